"""Which number of a series a letter gets: the next that no letter of any case or year has, however it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.errors import SettingsFault, YankomasError
from pipeline.register.naskah_numbers import NaskahPattern, comparable, with_year, without_year

#: Says which case has a letter with a number, however it is written.
Holder = Callable[[str], CaseNumber | None]


@dataclass(frozen=True, slots=True)
class FreeNumbers:
    """The numbers of a year's series, printed by its pattern. ``holder`` knows every letter, ``read`` reads a case."""

    pattern: NaskahPattern
    year: int
    holder_of: Holder
    read: Callable[[CaseNumber], Case]

    def after(self, last: int) -> tuple[int, str]:
        """Return the next serial after ``last`` that is free, and its number as printed.

        One that a letter of this year has already, typed in, is passed over; where a letter of another year has it, it
        is written with its year.
        """
        serial = last + 1
        while self.holder(self.pattern.write(serial, self.year, whole=True)) is not None:
            serial += 1
        text = self.pattern.write(serial, self.year)
        return serial, self.pattern.write(serial, self.year, whole=True) if self._given_in(text) else text

    def holder(self, text: str) -> CaseNumber | None:
        """Return the case that has a letter with this number, however it is written, with its year or without."""
        bare, year = without_year(comparable(text))
        found = self.holder_of(text) or (self.holder_of(with_year(bare, self.year)) if year is None else None)
        return found or (self.holder_of(bare) if year is not None and self._given_in(bare) == year else None)

    def _given_in(self, text: str) -> int | None:
        """Return the year in which a letter got this very number; None if none has it."""
        if (number := self.holder_of(text)) is None:
            return None
        try:
            made = self.read(number).made
        except YankomasError:
            return self.year  # it is away or broken: the number counts as taken
        same = (m.at.year for m in made if comparable(text) in map(comparable, map(str, m.decision.numbers.values())))
        return next(same, self.year)


def no_pattern(series: str) -> SettingsFault:
    """Return the fault that the office prints no numbers of a series, to be raised."""
    return SettingsFault(
        f"Deret nomor {series!r} belum mempunyai pola.", f"Tambahkan di office.toml, [nomor.deret]: {series} = …"
    )
