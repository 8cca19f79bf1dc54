"""The budgets of the house, each as a function from source text to complaints."""

from __future__ import annotations

import ast
from collections.abc import Iterator

MODULE_LINES = 350
MEDIAN_LINES = 150
FUNCTION_LINES = 40
ARGUMENTS = 6
PUBLIC_NAMES = 15

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(tree: ast.AST) -> Iterator[Function]:
    for node in ast.walk(tree):
        if isinstance(node, Function):
            yield node


def long_module(source: str) -> list[str]:
    count = len(source.splitlines())
    return [f"{count} lines, at most {MODULE_LINES}"] if count > MODULE_LINES else []


def long_functions(source: str) -> list[str]:
    return [
        f"{node.name}: {length} lines, at most {FUNCTION_LINES}"
        for node in functions(ast.parse(source))
        if (length := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION_LINES
    ]


def many_arguments(source: str) -> list[str]:
    complaints = []
    for node in functions(ast.parse(source)):
        if any("command" in ast.dump(decorator) for decorator in node.decorator_list):
            continue  # a command has one argument an option
        names = [
            arg.arg for arg in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
        ]
        count = len([name for name in names if name not in {"self", "cls"}])
        if count > ARGUMENTS:
            complaints.append(f"{node.name}: {count} arguments, at most {ARGUMENTS}")
    return complaints


def globals_used(source: str) -> list[str]:
    return [
        f"line {node.lineno}: global {', '.join(node.names)}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Global)
    ]


def prints(source: str) -> list[str]:
    return [
        f"line {node.lineno}: print"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]


def root_imports(source: str) -> list[str]:
    """The package root gathers the public names; a module inside that used it made a cycle."""
    return [
        f"line {node.lineno}: imports the package root"
        for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.ImportFrom) and node.module == "vnocr")
        or (isinstance(node, ast.Import) and any(alias.name == "vnocr" for alias in node.names))
    ]
