"""The statements of a module, however deep: tests that ask nothing of expressions look at a tenth of what there is."""

from __future__ import annotations

import ast
from collections.abc import Iterator


def statements(tree: ast.AST) -> Iterator[ast.stmt]:
    """Yield every statement of a tree and of its statements, their bodies, branches, handlers and cases."""
    for part in ("body", "orelse", "finalbody", "handlers", "cases"):
        for inner in getattr(tree, part, ()):
            if isinstance(inner, ast.stmt):
                yield inner
            yield from statements(inner)
