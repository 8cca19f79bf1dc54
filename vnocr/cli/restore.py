"""`vnocr restore`: badly recognised text in, correct Vietnamese out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

import click

from vnocr.cli.options import (
    STANDARD_STREAM,
    config_option,
    input_errors,
    make_toolkit,
    output_option,
    tone_option,
    user_words_option,
    write_result,
)
from vnocr.restore.restorer import Restoration
from vnocr.settings import ToneStyle


@click.command()
@click.argument("file", default=STANDARD_STREAM)
@click.option("--explain", is_flag=True, help="List every change as JSON lines instead of text.")
@output_option
@user_words_option
@tone_option
@config_option
def command(
    file: str,
    explain: bool,
    output: Path | None,
    user_words: Path | None,
    tone: ToneStyle | None,
    config: Path | None,
) -> None:
    """Restore Vietnamese that was recognised without its marks, or badly.

    FILE is UTF-8 text of any size, "-" (the default) standard input. The output has the same
    lines in the same order. Good text is left alone; numbers, codes, dates, web and mail
    addresses are never replaced by words.

    \b
    vnocr restore old.txt > restored.txt
    echo "cai cach hanh chinh" | vnocr restore
    vnocr restore --explain old.txt | jq -r '.seen + " -> " + .text'
    """
    restorer = make_toolkit(config, user_words, tone).restorer
    with input_errors(file), _opened(file) as stream:
        parts = _rendered(restorer.restore_stream(stream), explain=explain)
        if output:
            write_result("".join(parts), output)
            return
        for part in parts:
            write_result(part, None)


def _rendered(restorations: Iterator[Restoration], *, explain: bool) -> Iterator[str]:
    before = 0
    for restoration in restorations:
        if explain:
            for change in restoration.changes:
                row = {**asdict(change), "line": change.line + before}
                yield json.dumps(row, ensure_ascii=False) + "\n"
        else:
            yield restoration.text + "\n"
        before += len(restoration.lines)


@contextmanager
def _opened(name: str) -> Iterator[TextIO]:
    if name == STANDARD_STREAM:
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="strict")  # type: ignore[union-attr]
        yield sys.stdin
    else:
        with Path(name).open(encoding="utf-8-sig") as stream:
            yield stream
