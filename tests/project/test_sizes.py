"""The code stays of a size that is read in one go: no module and no function longer, nine functions of ten short."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from statements import statements

ROOT = Path(__file__).resolve().parents[2]
#: Lines: of a module; of a function without its docstring, and of nine functions in ten.
MODULE, FUNCTION, NINE_IN_TEN = 350, 50, 17


@cache
def _modules() -> dict[str, str]:
    return {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in (ROOT / "pipeline").rglob("*.py")}


def _lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = function.body[0]
    told = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    assert function.end_lineno
    assert first.end_lineno
    return function.end_lineno - function.lineno + 1 - (first.end_lineno - first.lineno + 1 if told else 0)


@cache
def _functions() -> dict[str, int]:
    return {
        f"{path}:{node.lineno} {node.name}": _lines(node)
        for path, text in _modules().items()
        for node in statements(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_no_module_is_longer_than_can_be_read_in_one_go():
    assert {path: n for path, text in _modules().items() if (n := len(text.splitlines())) > MODULE} == {}


def test_no_function_is_longer_than_a_screen():
    assert {where: n for where, n in _functions().items() if n > FUNCTION} == {}


def test_nine_functions_of_ten_are_short():
    lengths = sorted(_functions().values())

    assert lengths[len(lengths) * 9 // 10] <= NINE_IN_TEN
