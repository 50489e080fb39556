"""Verify what stands beside the folders against them: a year's numbers, its series of naskah numbers, book and marks.

A view may lag behind, and may be brought up to date while we look; so what differs is looked at once more at the end.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.archive.ports import Finding
from pipeline.archive.store.case_reading import first_line, read_case
from pipeline.archive.store.layout import Layout
from pipeline.archive.store.witness_log import WitnessLog
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber, Volume, folder_of_volume, in_volume
from pipeline.cases.moves import TYPED_NUMBER
from pipeline.cases.sop import title_of
from pipeline.errors import ArchiveFault, YankomasError
from pipeline.register.naskah_numbers import comparable
from pipeline.register.row import Row
from pipeline.register.store.book_file import TABLE, lines_beside, read_written
from pipeline.register.store.number_records import (
    SeriesLine,
    has_number,
    highest_note,
    read_highest,
    read_series_line,
)

_KEPT = "Pulihkan berkas ini dari cadangan; nomornya sendiri tetap ada di jurnal perkara."
_TWIN = "Kedua surat tetap seperti yang dikirim; beri tahu penerimanya, dan ralat salah satunya."
_REPAIR = "yankomas rebuild"
_REMEDY = f"Aman disusun ulang dari map perkara: `{_REPAIR}`."


class TwinNumbers:
    """The naskah numbers of all letters as cases are met: two letters of one year may not have the same."""

    def __init__(self) -> None:
        self._met: dict[tuple[int, str], CaseNumber] = {}

    def case(self, case: Case) -> Iterator[Finding]:
        """Hold a case's numbers against those that were met before."""
        for made in case.made:
            for template, text in made.decision.numbers.items():
                key = (made.at.year, comparable(str(text)))
                if key in self._met:
                    first = self._met[key]
                    where = f"perkara {first}" if first != case.number else "surat lain perkara ini"
                    fact = f"Nomor naskah {text} ({title_of(template)}) sudah dipakai {where}."
                    yield Finding(str(case.number), "naskah", fact, _TWIN)
                self._met.setdefault(key, case.number)


class TwinClaims:
    """Which complaints have been met; of each a few bytes, and by name only what was met twice."""

    def __init__(self) -> None:
        self._met: set[bytes] = set()
        self._twice: Counter[str] = Counter()

    def note(self, case: Case) -> None:
        """Take note of a case's claim."""
        claim = case.received.claim
        mark = hashlib.sha256(claim.encode()).digest()[:8]
        if mark in self._met:
            self._twice[claim] += 1
        self._met.add(mark)

    def findings(self) -> Iterator[Finding]:
        """Say which complaints have more than one number."""
        for claim, more in sorted(self._twice.items()):
            fact = f"Satu surat (klaim {claim}) bernomor {more + 1} kali."
            yield Finding("arsip", "kembar", fact, "Panggil pengelola.")


class NumberCheck:
    """``.tertinggi`` and the series of naskah numbers of one year, held against the cases as these are met."""

    def __init__(self, layout: Layout, year: Volume) -> None:
        self._layout, self._year = layout, year
        self._series: dict[int, set[tuple[CaseNumber, str]]] = {}
        self._met: set[tuple[CaseNumber, str]] = set()

    def case(self, case: Case) -> Iterator[Finding]:
        """Hold the numbers that a case has against the series that gave them."""
        for made in case.made:
            if made.decision.values.get(TYPED_NUMBER):
                continue  # typed in from elsewhere: no series of ours
            for text in made.decision.numbers.values():
                self._met.add((case.number, str(text)))
                if (case.number, str(text)) not in self._given(made.at.year):
                    fact = f"Nomor naskah {text} perkara {case.number} tidak tercatat."
                    yield Finding(f"{made.at.year}/.naskah", "naskah", fact, _KEPT)

    def findings(self, witnessed: int) -> Iterator[Finding]:
        """Say what is wrong with the records themselves, once all cases of the year were met.

        ``witnessed`` is the highest serial that anybody ever witnessed.
        """
        for path in self._layout.all_series(self._year):  # the office's letters: in the folder of the first series
            yield from self._series_findings(path)
        yield from self._highest_findings(witnessed)

    def _given(self, year: int) -> set[tuple[CaseNumber, str]]:
        if year not in self._series:
            lines = (line for path in self._layout.all_series(year) for line in _lines(path)[0])
            self._series[year] = {(line.number, line.text) for line in lines}
        return self._series[year]

    def _series_findings(self, path: Path) -> Iterator[Finding]:
        lines, broken = _lines(path)
        where = f"{self._year}/{path.name}"
        for position in broken:
            yield Finding(where, "naskah", f"Baris {position} tidak dapat dibaca.", _KEPT)
        later: set[int] = set()
        for line in reversed(lines):
            # A crash leaves a line that no case has; its number is the next one to be given, in a line that follows.
            if later and line.serial not in later and self._is_without(line):
                fact = f"Nomor naskah {line.text} tercatat, tetapi {line.number} tidak memilikinya."
                yield Finding(where, "naskah", fact, _KEPT)
            later.add(line.serial)

    def _is_without(self, line: SeriesLine) -> bool:
        """Say whether a case is whole and lacks its number; a broken folder is a finding of its own."""
        return (line.number, line.text) not in self._met and has_number(self._layout, line) is False

    def _highest_findings(self, witnessed: int) -> Iterator[Finding]:
        """Hold the noted highest number against folders and witnesses; a note too high is a gap, found elsewhere."""
        path = self._layout.highest(self._year)
        noted, _ = read_highest(path)
        folder = max((n.serial for n in self._layout.numbers(self._year)), default=0)
        if (
            not path.parent.is_dir()
            or noted > folder
            or (noted == max(folder, witnessed) and self._is_note_of(path, folder))
        ):
            return
        if noted < folder and self._may_lag(folder):
            return
        right = max(folder, witnessed)
        fact = f"Catatan nomor tertinggi ({noted or 'tidak ada'}) tidak sesuai; seharusnya {right}."
        if noted == right:
            fact = f"Catatan nomor tertinggi ({noted}) berubah sejak ditulis: waktunya bukan waktu nomor itu."
        remedy = f"Aman disusun ulang dari map perkara dan daftar saksi: `{_REPAIR}`."
        yield Finding(f"{folder_of_volume(self._year)}/.tertinggi", "nomor", fact, remedy, _REPAIR)

    def _is_note_of(self, path: Path, serial: int) -> bool:
        try:
            registered = first_line(self._layout, in_volume(self._year, serial)).registered_at
            return path.read_bytes() == highest_note(serial, registered)
        except (YankomasError, OSError):
            return True  # a broken folder, which is a finding of its own

    def _may_lag(self, serial: int) -> bool:
        """Say whether the newest case was registered a moment ago, or is broken, which is a finding of its own."""
        try:
            return len(read_case(self._layout, in_volume(self._year, serial)).entries) == 1
        except YankomasError:
            return True


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

    def __init__(self, layout: Layout, year: Volume, views: Views) -> None:
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
        book = self._layout.book(self._year)
        where = book.name
        self._rows = self._read()
        behind = self._behind()
        if not book.exists() and any(number.serial not in behind for number in self._doubtful):
            yield Finding(where, "buku", "Buku register tidak ada.", _REMEDY, _REPAIR)
            self._rows = None
        elif self._rows is None:
            yield Finding(where, "buku", "Buku register rusak.", _REMEDY, _REPAIR)
        elif not all(_is_as_written(path) for path in (book, lines_beside(book)) if path.exists()):
            yield Finding(where, "buku", "Buku register berubah sejak ditulis.", _REMEDY, _REPAIR)
        for number in self._doubtful:
            yield from self._again(number, where, behind)
        numbers = {number.serial for number in self._layout.numbers(self._year)}
        for serial in sorted(set(self._rows or ()) - numbers):
            fact = f"Buku register memuat {in_volume(self._year, serial)}, yang tidak ada mapnya."
            remedy = f"Cari map itu; bila memang tidak pernah ada, susun ulang buku ini: `{_REPAIR}`."
            yield Finding(where, "buku", fact, remedy, "")

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


def _lines(path: Path) -> tuple[list[SeriesLine], list[int]]:
    """Return the whole lines of a series, and the positions of those that cannot be read."""
    lines, broken = list[SeriesLine](), list[int]()
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return [], []
    for position, line in enumerate(text.split(b"\n")[:-1], start=1):
        try:
            lines.append(read_series_line(line.decode()))
        except ValueError:
            broken.append(position)
    return lines, broken
