"""Which dispositions are one row of the disposition sheet: those that one person made in two posts, one after another.

Who acts in a post beside their own does not write to themselves; whatever cites the sheet cites its rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipeline.letters.sheets.sheet_facts import MoveMade
from pipeline.office.office import Office


def in_one_row(made: Sequence[MoveMade], office: Office) -> list[list[MoveMade]]:
    """Return dispositions row by row; the first of a row says whose it is and of which day."""
    rows: list[list[MoveMade]] = []
    for move in made:
        before = rows[-1][-1] if rows else None
        if before and before.role != move.role and same_person(before.role, move.role, before.at.date(), office):
            rows[-1].append(move)
        else:
            rows.append([move])
    return rows


def same_person(one: str, other: str, day: date, office: Office) -> bool:
    """Say whether both posts are one person's that day."""
    first, second = office.holder(one, day), office.holder(other, day)
    return bool(first and second and first.is_same_person(second))
