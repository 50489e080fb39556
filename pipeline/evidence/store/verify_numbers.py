"""Verify the records of a year's numbers against the cases: ``.tertinggi`` and the series of naskah numbers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.archive.ports import Finding
from pipeline.archive.store.case_reading import first_line, read_case
from pipeline.archive.store.layout import Layout
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber, read_number
from pipeline.cases.moves import TYPED_NUMBER
from pipeline.errors import YankomasError
from pipeline.register.store.numbers import read_highest

_KEPT = "Pulihkan berkas ini dari cadangan; nomornya sendiri tetap ada di jurnal perkara."
_REPAIR = "yankomas rebuild"
Line = tuple[int, CaseNumber, str]


class NumberCheck:
    """The records of one year, held against the cases as these are met."""

    def __init__(self, layout: Layout, year: int) -> None:
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
        yield from self._series_findings()
        yield from self._highest_findings(witnessed)

    def _given(self, year: int) -> set[tuple[CaseNumber, str]]:
        if year not in self._series:
            self._series[year] = {(number, text) for _, number, text in self._lines(year)[0]}
        return self._series[year]

    def _series_findings(self) -> Iterator[Finding]:
        lines, broken = self._lines(self._year)
        where = f"{self._year}/.naskah"
        for position in broken:
            yield Finding(where, "naskah", f"Baris {position} tidak dapat dibaca.", _KEPT)
        later: set[int] = set()
        for serial, number, text in reversed(lines):
            # A crash leaves a line that no case has; its number is the next one to be given, in a line that follows.
            if later and serial not in later and not self._has(number, text):
                yield Finding(
                    where, "naskah", f"Nomor naskah {text} tercatat, tetapi {number} tidak memilikinya.", _KEPT
                )
            later.add(serial)

    def _lines(self, year: int) -> tuple[list[Line], list[int]]:
        """Return the whole lines of a series, and the positions of those that cannot be read."""
        lines, broken = list[Line](), list[int]()
        try:
            text = self._layout.series(year).read_bytes()
        except FileNotFoundError:
            return [], []
        for position, line in enumerate(text.split(b"\n")[:-1], start=1):
            try:
                serial, number, written = line.decode().split(" ", 2)
                lines.append((int(serial), read_number(number), written))
            except (ValueError, YankomasError):
                broken.append(position)
        return lines, broken

    def _has(self, number: CaseNumber, text: str) -> bool:
        if (number, text) in self._met:
            return True
        try:
            made = read_case(self._layout, number).made
        except YankomasError:
            return True  # its folder is away or broken, which is a finding of its own
        return any(text in m.decision.numbers.values() for m in made)

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
        yield Finding(f"{self._year}/.tertinggi", "nomor", fact, remedy, _REPAIR)

    def _is_note_of(self, path: Path, serial: int) -> bool:
        try:
            registered = first_line(self._layout, CaseNumber(self._year, serial)).registered_at
            return path.read_bytes() == f"{serial} {registered.isoformat()}\n".encode()
        except (YankomasError, OSError):
            return True  # a broken folder, which is a finding of its own

    def _may_lag(self, serial: int) -> bool:
        """Say whether the newest case was registered a moment ago, or is broken, which is a finding of its own."""
        try:
            return len(read_case(self._layout, CaseNumber(self._year, serial)).entries) == 1
        except YankomasError:
            return True
