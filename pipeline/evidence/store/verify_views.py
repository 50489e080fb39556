"""Verify the views against the folders: the register book, and the marks of cases that are owed something.

A view may lag behind, and may be brought up to date while we look; so what differs is looked at once more at the end.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.archive.ports import Finding
from pipeline.archive.store.case_reading import read_case
from pipeline.archive.store.layout import Layout
from pipeline.archive.store.witness_log import WitnessLog
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.errors import ArchiveFault, YankomasError
from pipeline.register.row import Row
from pipeline.register.store.book_file import TABLE, lines_beside, read_written

_REPAIR = "yankomas rebuild"
_REMEDY = f"Aman disusun ulang dari map perkara: `{_REPAIR}`."


@dataclass(frozen=True, slots=True)
class Views:
    """What the views should say: a case's row, whether it is owed anything; ``position`` is how far the book came.

    ``position`` is None if the book will be made anew anyhow; then it is not looked at.
    """

    row: Callable[[Case], Row]
    owed: Callable[[Case], bool]
    position: Callable[[], int | None]


class ViewCheck:
    """The views of one year, held against the cases as these are met."""

    def __init__(self, layout: Layout, year: int, views: Views) -> None:
        self._layout, self._year, self._views = layout, year, views
        self._changes = WitnessLog(layout.changes)
        self._rows = self._read()  # hashes, for a year's rows take much room
        self._doubtful: list[CaseNumber] = []

    def case(self, case: Case) -> None:
        """Hold a case's row and mark against the case."""
        if not (self._is_marked(case) and self._is_booked(case, self._rows)):
            self._doubtful.append(case.number)

    def findings(self) -> Iterator[Finding]:
        """Say which rows and marks are still wrong, and what is wrong with the book as a file."""
        where = self._layout.book(self._year).name
        self._rows = self._read()
        behind = self._behind()
        if self._is_lost(behind):
            yield Finding(where, "buku", "Buku register tidak ada.", _REMEDY, _REPAIR)
            self._rows = None
        elif self._rows is None:
            yield Finding(where, "buku", "Buku register rusak.", _REMEDY, _REPAIR)
        elif not all(map(_is_as_written, _files(self._layout.book(self._year)))):
            yield Finding(where, "buku", "Buku register berubah sejak ditulis.", _REMEDY, _REPAIR)
        for number in self._doubtful:
            yield from self._again(number, where, behind)
        numbers = {number.serial for number in self._layout.numbers(self._year)}
        for serial in sorted(set(self._rows or ()) - numbers):
            fact = f"Buku register memuat {CaseNumber(self._year, serial)}, yang tidak ada mapnya."
            remedy = f"Cari map itu; bila memang tidak pernah ada, susun ulang buku ini: `{_REPAIR}`."
            yield Finding(where, "buku", fact, remedy, "")

    def _is_lost(self, behind: set[int]) -> bool:
        """Say whether the year's book is away though a row was put into it."""
        book = self._layout.book(self._year)
        return not book.exists() and any(number.serial not in behind for number in self._doubtful)

    def _again(self, number: CaseNumber, where: str, behind: set[int]) -> Iterator[Finding]:
        try:
            case = read_case(self._layout, number)
        except YankomasError:
            return
        if not self._is_marked(case):
            fact = f"Perkara {number} belum tuntas tetapi tidak ditandai."
            yield Finding(f".open/{number.key}", "terbuka", fact, _REMEDY, _REPAIR)
        if number.serial not in behind and not self._is_booked(case, self._rows):
            fact = f"Baris {number} tidak sesuai dengan map perkaranya."
            yield Finding(where, "buku", fact, _REMEDY, _REPAIR)

    def _is_marked(self, case: Case) -> bool:
        try:
            owed = self._views.owed(case)
        except YankomasError:
            return True  # an SOP that is not installed here: the doctor's business
        return not owed or (self._layout.open_cases / case.number.key).exists()

    def _is_booked(self, case: Case, rows: dict[int, bytes] | None) -> bool:
        if rows is None or self._views.position() is None:
            return True
        try:
            right = _digest(self._views.row(case).as_json())
        except YankomasError:
            return True
        return rows.get(case.number.serial) == right

    def _behind(self) -> set[int]:
        """Return the serials of the year that the book has not followed yet."""
        position = self._views.position()
        walked = self._changes.walk(position or 0, self._year)
        return {change.number.serial for change, _ in walked if change}

    def _read(self) -> dict[int, bytes] | None:
        """Return the rows' hashes by serial; None for a book that is none any more."""
        try:
            return {row["serial"]: _digest(row) for row in read_written(self._layout.book(self._year))}
        except (ArchiveFault, KeyError, TypeError):
            return None


def _digest(row: object) -> bytes:
    return hashlib.sha256(_written(row)).digest()


def _files(book: Path) -> list[Path]:
    return [path for path in (book, lines_beside(book)) if path.exists()]


def _is_as_written(path: Path) -> bool:
    """Say whether a book's file is byte for byte what its own values are written as."""
    text = path.read_bytes()
    if path.suffix == ".json":
        tables = json.loads(text)
        return list(tables) == [TABLE] and text == _written(tables)
    *whole, _torn = text.split(b"\n")
    return all(line == _written(json.loads(line)) for line in whole)


def _written(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True).encode()
