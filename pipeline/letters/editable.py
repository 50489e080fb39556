"""Which passages of a letter a person changes on the desk: the letterhead is hidden, fixed parts show but are locked.

What stands where it is by a named style of the office's templates is data (``fixed_parts.toml``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib.resources import files

from pipeline.letters.ports import Passage


def editable(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """Return the passages that an editor sees, those that may not be changed locked."""
    fixed = _fixed()
    shown = [p for p in passages if p.style not in fixed["hidden"]]
    first: dict[int, int] = {}
    for passage in shown:
        first.setdefault(passage.row, passage.cell)
    several = {p.row for p in shown if p.row and p.cell != first[p.row]}

    def is_fixed(passage: Passage) -> bool:
        label = passage.row in several and passage.cell == first[passage.row] and passage.style in fixed["labels"]
        return passage.locked or label or passage.style in fixed["locked"]

    return tuple(replace(p, locked=is_fixed(p)) for p in shown)


@cache
def _fixed() -> dict[str, frozenset[str]]:
    told = tomllib.loads(files("pipeline.letters").joinpath("fixed_parts.toml").read_text(encoding="utf-8"))
    return {name: frozenset(styles) for name, styles in told.items()}
