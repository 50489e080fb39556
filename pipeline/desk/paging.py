"""Long lists in pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

SIZE = 50


@dataclass(frozen=True, slots=True)
class Paged:
    """One page of a list: its items, which page it is of how many, and how many items there are in all."""

    items: Sequence[Any]
    number: int
    pages: int
    total: int


def paged(items: Sequence[Any], asked: str, size: int = SIZE) -> Paged:
    """Return the page that was asked for (``?hal=3``); the nearest one for anything else."""
    pages = max(1, -(-len(items) // size))
    number = min(max(int(asked), 1), pages) if asked.isdecimal() and len(asked) < 9 else 1
    return Paged(items[(number - 1) * size : number * size], number, pages, len(items))
