"""An old register as cases of before: every row with its doubts, and what is doubted of the book as a whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.cases.case_number import YEAR
from pipeline.errors import Refused, UsageFault
from pipeline.moving_in.choices import Choices, Doubt
from pipeline.moving_in.columns import NUMBER, Headings, headings
from pipeline.moving_in.old_book import BookRow, BookSheet, OldBook, Place
from pipeline.moving_in.row_reading import OldRow, RowReader

_YEAR = re.compile(rf"(?<![0-9])({YEAR})(?![0-9])")


@dataclass(frozen=True, slots=True)
class SheetRead:
    """A sheet that was read: its name, its headings, how many rows below them hold anything."""

    name: str
    headings: Headings
    rows: int


@dataclass(frozen=True, slots=True)
class BookRead:
    """What a book says: the sheets that were read, the rows that can be cases, and every doubt, in their order."""

    sheets: tuple[SheetRead, ...]
    rows: tuple[OldRow, ...]
    doubts: tuple[Doubt, ...]
    skipped: tuple[str, ...] = ()
    """The sheets without headings that are known."""


def read_book(book: OldBook, choices: Choices, allowed: Mapping[str, tuple[str, ...]], today: date) -> BookRead:
    """Return what a book says, by what a person said of it.

    Raises:
        Refused: no sheet has headings, or none tells which column holds the number.
        UsageFault: the person named a sheet, row or column that is not there.
    """
    there = [sheet for sheet in book.sheets if sheet.rows]
    if choices.sheet:
        there = [sheet for sheet in there if sheet.name == choices.sheet]
        if not there:
            names = ", ".join(repr(sheet.name) for sheet in book.sheets if sheet.rows) or "tidak ada yang berisi"
            raise UsageFault(f"Lembar {choices.sheet!r} tidak ada, atau kosong.", f"Lembar yang ada: {names}.")
    if not there:
        raise Refused("kosong", "Buku ini tidak berisi satu baris pun.", "Periksa berkasnya.")
    sheets, skipped = list[SheetRead](), list[str]()
    rows, doubts = list[OldRow](), list[Doubt]()
    for sheet in there:
        found = headings(
            sheet, choices.heading_row, choices.columns if len(there) == 1 or _has_all(sheet, choices) else {}
        )
        if found is None:
            skipped.append(sheet.name)
            continue
        doubts += [Doubt(Place(sheet.name), told) for told in sheet.told]
        if found.of(NUMBER) is None:
            raise _no_number(sheet, found)
        reader = RowReader(sheet.name, found, choices, today, allowed, _year_in(sheet.name) or choices.year)
        below = [row for row in sheet.rows if row.number > found.row]
        sheets.append(SheetRead(sheet.name, found, len(below)))
        for row, told in _rows(below, reader):
            doubts += told
            rows += [row] if row else []
    if not sheets:
        raise Refused(
            "jenis",
            "Judul kolom tidak ditemukan di buku ini.",
            "Tentukan baris judulnya (--baris-judul) dan kolom nomornya (--kolom nomor=B).",
        )
    return BookRead(tuple(sheets), tuple(rows), (*doubts, *_about_days(rows)), tuple(skipped))


def _has_all(sheet: BookSheet, choices: Choices) -> bool:
    """Say whether what a person said of columns fits a sheet; of several, those with other columns are left to us."""
    try:
        headings(sheet, choices.heading_row, choices.columns)
    except UsageFault:
        return False
    return True


def _no_number(sheet: BookSheet, found: Headings) -> Refused:
    there = "; ".join(f"{column.letters} {column.heading!r}" for column in found.columns)
    fact = f"Lembar {sheet.name!r} tidak mempunyai kolom nomor register yang dikenal (judul di baris {found.row})."
    return Refused("jenis", fact, f"Tentukan kolomnya (--kolom nomor=A). Yang ada: {there}.")


def _rows(rows: Sequence[BookRow], reader: RowReader) -> Iterator[tuple[OldRow | None, list[Doubt]]]:
    """Yield what each row is: rows of headings, of figures under them, and titles between are none of cases."""
    heading = {column.index: column.heading for column in reader.headings.columns}
    for row in rows:
        held = {n: " ".join(cell.text.split()) for n, cell in enumerate(row.cells) if cell.holds}
        if _repeats(held, heading) or _counts_columns(held):
            continue
        title = next(iter(held.values()), "")
        year = _year_in(title)
        if len(held) == 1 and (reader.headings.of(NUMBER) not in held or _tells_no_more(title, year)):
            if year:
                reader.year = year
            yield None, [Doubt(Place(reader.sheet, row.number), f"bukan perkara, dilewati: {title[:60]!r}")]
            continue
        if held:
            yield reader.read(row)


def _tells_no_more(title: str, year: int) -> bool:
    """Say whether a text has no figures, or those of a year alone: ``TAHUN 2019`` is no number of a case."""
    return set(re.findall("[0-9]+", title)) <= ({str(year)} if year else set())


def _repeats(held: Mapping[int, str], heading: Mapping[int, str]) -> bool:
    return len(held) > 1 and all(heading.get(n) == text for n, text in held.items())


def _counts_columns(held: Mapping[int, str]) -> bool:
    """Say whether a row holds nothing but 1, 2, 3 … as printed forms have it below their headings."""
    numbers = [text.strip("()") for text in held.values()]
    return len(numbers) > 2 and numbers == [str(n) for n in range(1, len(numbers) + 1)]


def _year_in(text: str) -> int:
    found = _YEAR.findall(text)
    return int(found[0]) if len(set(found)) == 1 else 0


def _about_days(rows: Sequence[OldRow]) -> Iterator[Doubt]:
    """Yield which days can be read in two ways, where the same column has days with the month first."""
    columns: dict[tuple[str, int], list[tuple[Place, bool, str]]] = {}
    odd: Counter[tuple[str, int]] = Counter()
    for row in rows:
        for place, day in row.days:
            key = (place.sheet, place.column)
            odd[key] += day.month_first
            if day.either:
                columns.setdefault(key, []).append((place, day.either, f"{day.day:%d-%m-%Y}"))
    for key, found in columns.items():
        if odd[key]:
            for place, _, shown in found:
                fact = f"tanggal ini dibaca {shown}, tetapi kolom ini juga memuat tanggal dengan bulan di depan"
                yield Doubt(place, fact, "Cocokkan dengan buku aslinya.")
