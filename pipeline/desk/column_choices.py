"""Which column of a table is which field, as a person says it on a page: ``kolom.C`` is the field of column C."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.errors import UsageFault
from pipeline.moving_in.choices import Choices
from pipeline.moving_in.columns import NOTHING, Column, fields, headings
from pipeline.moving_in.old_book import OldBook

_COLUMN = "kolom."


def chosen_columns(typed: Mapping[str, str]) -> dict[str, str]:
    """Return by field which column is chosen; once a form was sent, a field without one is none."""
    chosen = {name.removeprefix(_COLUMN): field for name, field in typed.items() if name.startswith(_COLUMN)}
    if not chosen:
        return {}
    return dict.fromkeys(fields(), NOTHING) | {field: letters for letters, field in chosen.items() if field}


def column_words(chosen: Choices) -> list[str]:
    """Return the choices of columns as the words of a command."""
    words = [f"--kolom={field}={letters}" for field, letters in chosen.columns.items()]
    return [*words, f"--baris-judul={chosen.heading_row}"] if chosen.heading_row else words


def columns_to_choose(
    book: OldBook, typed: Mapping[str, str], known: Mapping[str, tuple[str, ...]] | None = None
) -> tuple[Column, ...]:
    """Return the columns of a table that cannot be read so far, for a person to say which is which.

    ``known`` are the names of its columns by field, if they are others than those of registers.
    """
    sheets = [sheet for sheet in book.sheets if sheet.rows and sheet.name == typed.get("lembar", sheet.name)]
    if not sheets:
        return ()
    first = sheets[0].rows[0].number
    try:
        found = headings(sheets[0], number_typed(typed, "judul"), {}, known) or headings(sheets[0], first, {}, known)
    except UsageFault:
        found = headings(sheets[0], 0, {}, known)
    return found.columns if found else ()


def number_typed(typed: Mapping[str, str], name: str) -> int:
    """Return a number that was typed; 0 for none.

    Raises:
        UsageFault: it is no number, or no row or year has such a one.
    """
    text = typed.get(name, "").strip()
    if text and not (text.isdecimal() and len(text) <= 5):
        raise UsageFault(f"{text[:20]!r} bukan bilangan.", "Isi dengan angka saja, atau kosongkan.")
    return int(text or 0)
