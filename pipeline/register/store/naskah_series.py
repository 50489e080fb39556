"""The series of naskah numbers: ``archive/2026/.naskah``, one line a number, written before the case's journal has it.

The journals are the truth. A line whose case does not have the number is one that a crash left behind, and its number
is given again; so the series has no gap and no twin. Half a line is cut off, and a lost record is worked out anew from
the journals.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date

from pipeline.archive.store.case_reading import read_case
from pipeline.archive.store.layout import Layout
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.moves import TYPED_NUMBER
from pipeline.cases.sop_words import OUTGOING
from pipeline.errors import YankomasError
from pipeline.register.naskah_numbers import FreeNumbers, Holder, NaskahPattern, no_pattern
from pipeline.register.store.number_records import SeriesLine, has_number, read_series_line
from pipeline.register.store.restored import naskah_given, refuse_unconfirmed
from pipeline.storage import disk, locks


class NaskahSeries:
    """The series of one archive, each printed by the office's pattern for it (by the series' name)."""

    def __init__(self, layout: Layout, patterns: Mapping[str, NaskahPattern], holder: Holder) -> None:
        self._layout, self._patterns, self._holder = layout, patterns, holder

    @contextmanager
    def held(self, year: int, name: str = OUTGOING) -> Iterator[HeldSeries]:
        """Hold a series of the year.

        Raises:
            SettingsFault: the office has no pattern for it.
        """
        if name not in self._patterns:
            raise no_pattern(name)
        # One lock for all series and years: a number is one across them, so nobody else may take any meanwhile.
        with locks.held(self._layout.locks / "naskah"):
            yield HeldSeries(self._layout, self._patterns, name, year, self._holder)


class HeldSeries:
    """A series of a year while its lock is held."""

    def __init__(
        self, layout: Layout, patterns: Mapping[str, NaskahPattern], name: str, year: int, holder: Holder
    ) -> None:
        self._layout, self._pattern, self._year = layout, patterns[name], year
        self._others = [pattern for other, pattern in patterns.items() if other != name]
        self._free = FreeNumbers(self._pattern, year, holder, lambda number: read_case(layout, number))
        self.holder = self._free.holder
        self._path = layout.series(year, "" if name == OUTGOING else name)
        disk.cut_torn_line(self._path)
        given = naskah_given(layout.restored, year, name)
        self._last = max(self._highest_taken() or self._highest_in_journals(), given)

    def next(self, number: CaseNumber, day: date) -> str:
        """Return the next number as printed that day, noting which case is about to take it.

        Raises:
            Passing: the archive was restored, and nobody has said so far which numbers were given since.
        """
        refuse_unconfirmed(self._layout.restored)
        self._last, text = self._free.after(self._last, day)
        if not self._path.parent.is_dir():
            disk.make_folder(self._path.parent)
        disk.append(self._path, bytes(SeriesLine(self._last, number, text)))
        return text

    def _highest_in_journals(self) -> int:
        """Return the highest number of the series that any journal has: as many as it gave, or as its text says."""
        numbers = (number for year in self._layout.years() for number in self._layout.numbers(year))
        given = [text for number in numbers for text in self._given(number)]
        return max([len(given), *(self._pattern.read(text, self._year) or 0 for text in given)])

    def _given(self, number: CaseNumber) -> list[str]:
        """Return the numbers that a case has from this series; what was typed, or another series gave, is not."""
        try:
            made = read_case(self._layout, number).made
        except YankomasError:
            return []  # `verify` names what is wrong with it
        own = (m for m in made if m.at.year == self._year and not m.decision.values.get(TYPED_NUMBER))
        texts = (text for m in own for text in m.decision.numbers.values())
        return [text for text in texts if all(other.read(text, self._year) is None for other in self._others)]

    def _highest_taken(self) -> int:
        """Return the highest noted number that a case really has; only the last lines can be a crash's."""
        with suppress(FileNotFoundError):
            for line in map(read_series_line, reversed(self._path.read_text().splitlines())):
                if has_number(self._layout, line) is not False:  # of a folder that is away or broken it counts as taken
                    return line.serial
        return 0
