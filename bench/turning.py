"""Turning a comparison or a boolean of a function round: ``==`` to ``!=``, ``and`` to ``or``, ``not`` away.

Why this is ours and no library: ``docs/decisions/0013-mutants.md``.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

_TURNED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
}
#: Keyword arguments that say how something looks: people look at that, no test does.
_LOOKS = {"bold", "dashed"}
#: One that only says what holds anyway: whoever zips lists of two lengths has made a mistake elsewhere.
_GUARD = ("zip", "strict")


@dataclass(frozen=True)
class Mutant:
    """A module with one condition turned: its text, the lines (from 1) it is on, and how it reads before and after.

    The lines begin with the statement's, for that is what a measurement of coverage knows.
    """

    text: str
    first: int
    last: int
    old: str
    new: str


@dataclass(frozen=True)
class _Point:
    node: ast.expr
    statement: ast.stmt
    turn: Callable[[], None]


def count(source: str) -> int:
    """Return how many conditions of a module can be turned."""
    return sum(1 for _ in _points(ast.parse(source), None))


def written(source: str, old: str) -> list[int]:
    """Return which conditions of a module read so, as :func:`turned` counts them."""
    return [which for which, point in enumerate(_points(ast.parse(source), None)) if ast.unparse(point.node) == old]


def turned(source: str, which: int) -> Mutant:
    """Return the module with that condition turned (from 0, in the order in which they are written)."""
    tree = ast.parse(source)
    point = list(_points(tree, None))[which]
    old = ast.unparse(point.node)
    point.turn()
    return Mutant(ast.unparse(tree), point.statement.lineno, point.node.end_lineno or 0, old, ast.unparse(point.node))


def _points(node: ast.AST, statement: ast.stmt | None) -> Iterator[_Point]:
    """Yield the conditions below a node that lie in the body of a function."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.keyword) and (child.arg in _LOOKS or _is_guard(node, child)):
            continue
        in_function = statement is not None or isinstance(node, ast.FunctionDef)
        inside = child if in_function and isinstance(child, ast.stmt) else statement
        if inside and isinstance(child, ast.expr):
            yield from (_Point(child, inside, turn) for turn in _turns(child))
        yield from _points(child, inside)


def _is_guard(node: ast.AST, keyword: ast.keyword) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and (node.func.id, keyword.arg) == _GUARD


def _turns(node: ast.expr) -> Iterator[Callable[[], None]]:
    match node:
        case ast.Compare(ops=ops):
            yield from (partial(ops.__setitem__, at, _TURNED[type(op)]()) for at, op in enumerate(ops))
        case ast.BoolOp(op=op):
            yield partial(setattr, node, "op", _TURNED[type(op)]())
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield partial(setattr, node, "operand", ast.UnaryOp(ast.Not(), operand))
        case ast.Constant(value=bool(value)):
            yield partial(setattr, node, "value", not value)
