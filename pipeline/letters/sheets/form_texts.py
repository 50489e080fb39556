"""What people wrote into the forms of moves, as texts, lists and table rows for a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from pipeline.letters.sheets.sheet_facts import MoveMade
from pipeline.office import wording


def line(move: MoveMade | None, name: str) -> str:
    """Return a value on one line; empty where nothing was written."""
    value = move.values.get(name) if move else None
    return "" if value is None or isinstance(value, list | tuple) else wording.one_line(value)


def paragraphs(move: MoveMade | None, name: str) -> list[str]:
    """Return a long value paragraph by paragraph: each line of it is one."""
    value = move.values.get(name) if move else None
    if isinstance(value, list | tuple):
        return items(move, name)
    return [text for part in str(value or "").splitlines() if (text := wording.one_line(part))]


def items(move: MoveMade | None, name: str) -> list[str]:
    """Return the entries of a list, each on one line."""
    value = move.values.get(name) if move else None
    entries: Sequence[object] = value if isinstance(value, list | tuple) else str(value or "").splitlines()
    return [text for entry in entries if (text := wording.one_line(entry))]


def rows(move: MoveMade | None, name: str, columns: Sequence[str]) -> list[dict[str, str]]:
    """Return the entries of a list as table rows, split at ``|``; what is too much stays in the last column."""
    found = []
    for entry in items(move, name):
        cells = [cell.strip() for cell in entry.split("|", len(columns) - 1)]
        found.append(dict(zip(columns, [*cells, *[""] * (len(columns) - len(cells))], strict=True)))
    return found


def day(move: MoveMade | None, name: str) -> date | None:
    """Return a date, or nothing where there is none."""
    value = move.values.get(name) if move else None
    if isinstance(value, datetime):
        return value.date()
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        return None


def as_date(text: str) -> str:
    """Return an ISO date as the office writes it; any other text as it is."""
    return wording.date_from(text) or text
