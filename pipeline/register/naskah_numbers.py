"""Naskah numbers: which number of a series a letter gets, how it is printed, and how people write it.

A letter gets the next number that no letter of any case or year has, however it is written. Which letters share a
series (those that leave the office, each internal kind) is data of the SOP (``deret`` in its ``letters.toml``); how a
number is taken without a gap: ``store/naskah_series.py``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from string import Formatter

from pipeline.cases.case import Case
from pipeline.cases.case_number import SERIAL, CaseNumber, squeezed
from pipeline.errors import SettingsFault, YankomasError
from pipeline.register.register_numbers import refuse_wide

#: What stands between a number and its year where the same number was given in another year.
_OF_YEAR = " TAHUN "


@dataclass(frozen=True, slots=True)
class NaskahPattern:
    """The office's way to print the number of a letter that leaves it, e.g. ``{unit}.{klasifikasi}-{urut}``."""

    pattern: str
    unit: str
    classification: str
    later: tuple[tuple[date, NaskahPattern], ...] = ()
    """How the series is printed from a later day on, the earliest first."""

    def __post_init__(self) -> None:
        try:
            refuse_wide(self.pattern)
            names = {name for _, name, _, _ in Formatter().parse(self.pattern) if name is not None}
            if "urut" not in names or names - {"urut", "unit", "klasifikasi", "tahun"}:
                raise ValueError("names")
            if self.read(self.write(1234, 2026), 2026) != 1234:
                raise ValueError("not read back")
        except (ValueError, KeyError, IndexError, AttributeError) as fault:
            raise SettingsFault(
                f"Pola nomor naskah {self.pattern!r} tidak dapat dipakai.",
                "Pola harus memuat {urut}; boleh juga {unit}, {klasifikasi}, {tahun}.",
            ) from fault

    def on(self, day: date) -> NaskahPattern:
        """Return how the series is printed on a day."""
        return next((pattern for since, pattern in reversed(self.later) if since <= day), self)

    def write(self, serial: int, year: int, *, whole: bool = False) -> str:
        """Return the number as printed; ``whole``: with its year, also where the pattern leaves it out."""
        text = self._written(serial, year)
        return with_year(text, year) if whole and str(year) not in text else text

    def _written(self, serial: int, year: int) -> str:
        return self.pattern.format(urut=serial, unit=self.unit, klasifikasi=self.classification, tahun=year)

    def read(self, text: str, year: int) -> int | None:
        """Return the serial of a number that this pattern wrote in that year, at whatever time, or None."""
        for _, pattern in self.later:
            if (serial := pattern.read(text, year)) is not None:
                return serial
        printed = {text, without_year(text)[0]}  # a pattern may itself end in the year
        digits = (d for d in re.findall("[0-9]+", text) if re.fullmatch(SERIAL, d))
        return next((n for n in map(int, digits) if self._written(n, year) in printed), None)


@dataclass(frozen=True, slots=True)
class NaskahNumber:
    """A letter's number as understood: ``W.8``, ``OT.02.01``, 74, and the year if it was written behind it."""

    unit: str
    classification: str
    serial: int
    year: int | None = None

    def __str__(self) -> str:
        return f"{self.unit}.{self.classification}-{self.serial}" + (f" TAHUN {self.year}" if self.year else "")


_NASKAH = (
    r"(?:NOMOR|NO)?[.:]*(?P<letters>[A-Z]{1,4})[.-]?(?P<unit>\d{0,3})[.-]"
    r"(?P<main>[A-Z]{2,4})[.-](?P<first>\d{1,2})[.-](?P<second>\d{1,2})[.-](?P<serial>\d{1,7})"
    r"(?:[/.-]?(?:TAHUN|THN?\.?)?(?P<year>(?:19|20|21)\d\d))?"
)


def read_naskah(text: str) -> NaskahNumber | None:
    """Return the naskah number that people wrote as ``W8.OT.02.01 - 74``, ``W.8-OT-02-01-74 TAHUN 2020`` and the like.

    None if it is no number of this kind: other offices have other ways, and their numbers are kept as they are.
    """
    found = re.fullmatch(_NASKAH, _plain(text))
    if found is None:
        return None
    unit = f"{found['letters']}.{int(found['unit'])}" if found["unit"] else found["letters"]
    classification = f"{found['main']}.{int(found['first']):02d}.{int(found['second']):02d}"
    return NaskahNumber(unit, classification, int(found["serial"]), int(found["year"]) if found["year"] else None)


def comparable(text: str) -> str:
    """Return a number as it is compared with others: however people write it, it is the same number."""
    found = read_naskah(text)
    return str(found) if found else _plain(text)


def _plain(text: str) -> str:
    """Return a number without what the eye does not tell: other strokes, wide signs, unseen ones, a point behind it."""
    signs = unicodedata.normalize("NFKC", squeezed(text))
    seen = (sign for sign in signs if unicodedata.category(sign) != "Cf")
    strokes = ("-" if sign == "\u2212" or unicodedata.category(sign) == "Pd" else sign for sign in seen)
    return "".join(strokes).rstrip(".,;")


def with_year(text: str, year: int) -> str:
    """Return a number with its year written behind it."""
    return f"{text}{_OF_YEAR}{year}"


def without_year(text: str) -> tuple[str, int | None]:
    """Return a number without the year behind it (``TAHUN 2026``), and that year; None if none stands there."""
    found = re.fullmatch(r"(.*?)\s*TAHUN\s*((?:19|20|21)\d\d)", text, re.IGNORECASE | re.DOTALL)
    return (found[1], int(found[2])) if found else (text, None)


#: Says which case has a letter with a number, however it is written.
Holder = Callable[[str], CaseNumber | None]


@dataclass(frozen=True, slots=True)
class FreeNumbers:
    """The numbers of a year's series, printed as on the day.

    ``holder_of`` knows every letter, ``read`` reads a case.
    """

    pattern: NaskahPattern
    year: int
    holder_of: Holder
    read: Callable[[CaseNumber], Case]

    def after(self, last: int, day: date) -> tuple[int, str]:
        """Return the next serial after ``last`` that is free, and its number as printed that day.

        One that a letter of this year has already, typed in, is passed over; where a letter of another year has it, it
        is written with its year.
        """
        serial, pattern = last + 1, self.pattern.on(day)
        while self.holder(pattern.write(serial, self.year, whole=True)) is not None:
            serial += 1
        text = pattern.write(serial, self.year)
        return serial, pattern.write(serial, self.year, whole=True) if self._given_in(text) else text

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
