"""The budgets hold for every module, and each check is shown failing on a bad one."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from pathlib import Path

import pytest

import vnocr
from tests.gates import budgets

PACKAGE = Path(vnocr.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
Check = Callable[[str], list[str]]
CHECKS: list[Check] = [
    budgets.long_module,
    budgets.long_functions,
    budgets.many_arguments,
    budgets.globals_used,
    budgets.prints,
    budgets.root_imports,
]
BAD: list[tuple[Check, str]] = [
    (budgets.long_module, "x = 1\n" * 351),
    (budgets.long_functions, "def f():\n" + "    x = 1\n" * 40),
    (budgets.many_arguments, "def f(a, b, c, d, *, e, f, g): ...\n"),
    (budgets.globals_used, "def f():\n    global x\n    x = 1\n"),
    (budgets.prints, "print('hello')\n"),
    (budgets.root_imports, "from vnocr import read\n"),
]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_every_module_keeps_the_budget(check: Check) -> None:
    complaints = [
        f"{path.relative_to(PACKAGE)}: {complaint}"
        for path in MODULES
        for complaint in check(path.read_text(encoding="utf-8"))
    ]
    assert complaints == []


@pytest.mark.parametrize(("check", "source"), BAD, ids=lambda value: getattr(value, "__name__", ""))
def test_the_check_sees_a_breach(check: Check, source: str) -> None:
    assert check(source)


def test_modules_are_small_at_the_median() -> None:
    lengths = [len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES]
    assert statistics.median(lengths) < budgets.MEDIAN_LINES


def test_few_public_names() -> None:
    assert len(vnocr.__all__) <= budgets.PUBLIC_NAMES
    assert sorted(vnocr.__all__) == vnocr.__all__
