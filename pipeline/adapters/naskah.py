"""The series of naskah numbers: ``archive/2026/.naskah``, one line a number, written before the case's journal has it.

The journal is the truth. A line whose case does not have the number is one that a crash left behind, and its number is
given again; so the series has no gap and no twin.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.adapters import disk, locks
from pipeline.adapters.folder import read_case
from pipeline.adapters.layout import Layout
from pipeline.domain.numbering import CaseNumber, NaskahPattern, read_number
from pipeline.errors import YankomasError


class NaskahSeries:
    """The series of one archive, printed by the office's pattern."""

    def __init__(self, layout: Layout, pattern: NaskahPattern) -> None:
        self._layout, self._pattern = layout, pattern

    @contextmanager
    def held(self, year: int) -> Iterator[NaskahDesk]:
        """Hold the year's series."""
        with locks.held(self._layout.locks / f"naskah-{year}"):
            yield NaskahDesk(self._layout, self._pattern, year)


class NaskahDesk:
    """A year's series while its lock is held."""

    def __init__(self, layout: Layout, pattern: NaskahPattern, year: int) -> None:
        self._layout, self._pattern, self._year = layout, pattern, year
        self._path = layout.series(year)
        self._last = self._highest_taken()

    def next(self, number: CaseNumber) -> str:
        """Return the next number as printed, noting which case is about to take it."""
        self._last += 1
        text = self._pattern.write(self._last, self._year)
        if not self._path.parent.is_dir():
            disk.make_folder(self._path.parent)
        disk.append(self._path, f"{self._last} {number} {text}\n".encode())
        return text

    def _highest_taken(self) -> int:
        """Return the highest number that a case really has; only the last lines can be a crash's."""
        for serial, number, text in reversed(list(_lines(self._path))):
            if self._has(number, text):
                return serial
        return 0

    def _has(self, number: CaseNumber, text: str) -> bool:
        try:
            made = read_case(self._layout, number).made
        except YankomasError:
            return True  # its folder is away or broken: the number counts as taken
        return any(text in m.decision.numbers.values() for m in made)


def _lines(path: Path) -> Iterator[tuple[int, CaseNumber, str]]:
    try:
        text = path.read_text()
    except FileNotFoundError:
        return
    for line in text.splitlines():
        parts = line.split(" ", 2)
        if len(parts) == 3 and parts[0].isdigit():
            yield int(parts[0]), read_number(parts[1]), parts[2]
