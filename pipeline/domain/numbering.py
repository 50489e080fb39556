"""Register numbers: how a case is numbered, written and found again.

The register number belongs to the case: gapless per year from 1, never reused (``sop.md``, *Two kinds of numbers*).
Its canonical text is ``2026/0007``; what the office prints follows the office's own pattern.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import Formatter

from pipeline.errors import SettingsFault, UsageFault

_YEAR = "(?:19|20|21)[0-9]{2}"
_SERIAL = "[0-9]{1,9}"


@dataclass(frozen=True, slots=True, order=True)
class CaseNumber:
    """A case's number: its year of registration and its serial in that year, from 1."""

    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.year}/{self.folder}"

    @property
    def folder(self) -> str:
        """The folder's name inside the year: at least four digits."""
        return f"{self.serial:04d}"

    @property
    def key(self) -> str:
        """The number as one file name (``2026-0007``)."""
        return f"{self.year}-{self.folder}"


@dataclass(frozen=True, slots=True)
class RegisterPattern:
    """The office's way to print a register number, e.g. ``{urut:04d}/YANKOMAS/{tahun}``."""

    pattern: str

    def __post_init__(self) -> None:
        try:
            names = [name for _, name, _, _ in Formatter().parse(self.pattern) if name is not None]
            if sorted(names) != ["tahun", "urut"]:
                raise ValueError("names")
            for number in (CaseNumber(2026, 7), CaseNumber(2031, 123_456_789)):
                if self.read(self.write(number)) != number:
                    raise ValueError("not read back")
        except (ValueError, KeyError, IndexError, AttributeError, UsageFault) as fault:
            raise SettingsFault(
                f"Pola nomor register {self.pattern!r} tidak dapat dipakai.",
                "Pola harus memuat {urut} dan {tahun}, misalnya {urut:04d}/YANKOMAS/{tahun}.",
            ) from fault

    def write(self, number: CaseNumber) -> str:
        """Return the number as printed."""
        return self.pattern.format(urut=number.serial, tahun=number.year)

    def read(self, text: str) -> CaseNumber:
        """Return the number that a person means, written by the pattern or loosely.

        Raises:
            UsageFault: it is not a register number.

        """
        if found := self._expression().fullmatch(_squeezed(text)):
            return _number(int(found["tahun"]), int(found["urut"]), text)
        return read_number(text)

    def _expression(self) -> re.Pattern[str]:
        parts = []
        for literal, name, _, _ in Formatter().parse(self.pattern):
            parts.append(re.escape(_squeezed(literal)))
            if name == "urut":
                parts.append(f"(?P<urut>{_SERIAL})")
            elif name == "tahun":
                parts.append(f"(?P<tahun>{_YEAR})")
        return re.compile("".join(parts))


@dataclass(frozen=True, slots=True)
class NaskahPattern:
    """The office's way to print the number of a letter that leaves it, e.g. ``{unit}.{klasifikasi}-{urut}``."""

    pattern: str
    unit: str
    classification: str

    def __post_init__(self) -> None:
        try:
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

    def write(self, serial: int, year: int) -> str:
        """Return the number as printed."""
        return self.pattern.format(urut=serial, unit=self.unit, klasifikasi=self.classification, tahun=year)

    def read(self, text: str, year: int) -> int | None:
        """Return the serial of a number that this pattern wrote in that year, or None."""
        digits = (d for d in re.findall("[0-9]+", text) if re.fullmatch(_SERIAL, d))
        return next((n for n in map(int, digits) if self.write(n, year) == text), None)


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
    r"(?:[/.-]?(?:TAHUN)?(?P<year>(?:19|20|21)\d\d))?"
)


def read_naskah(text: str) -> NaskahNumber | None:
    """Return the naskah number that people wrote as ``W8.OT.02.01 - 74``, ``W.8-OT-02-01-74 TAHUN 2020`` and the like.

    None if it is no number of this kind: other offices have other ways, and their numbers are kept as they are.
    """
    found = re.fullmatch(_NASKAH, _squeezed(text).replace("–", "-").replace("—", "-"))
    if found is None:
        return None
    unit = f"{found['letters']}.{int(found['unit'])}" if found["unit"] else found["letters"]
    classification = f"{found['main']}.{int(found['first']):02d}.{int(found['second']):02d}"
    return NaskahNumber(unit, classification, int(found["serial"]), int(found["year"]) if found["year"] else None)


def read_number(text: str) -> CaseNumber:
    """Return the number meant by ``2026/0007``, ``2026-0007``, ``7/2026`` or ``0007/YANKOMAS/2026``.

    With a word between them the serial stands first, as offices print it; with nothing but a separator a year that
    stands first is the year, as our folders have it.

    Raises:
        UsageFault: it is not a register number.

    """
    plain = _squeezed(text)
    digits = re.findall("[0-9]+", plain)
    if len(digits) != 2 or not all(re.fullmatch(_SERIAL, d) for d in digits):
        raise _not_a_number(text)
    first, last = digits
    between = plain[plain.index(first) + len(first) : plain.rindex(last)]
    worded = any(c.isalpha() for c in between)
    if re.fullmatch(_YEAR, first) and not (worded and re.fullmatch(_YEAR, last)):
        return _number(int(first), int(last), text)
    if re.fullmatch(_YEAR, last):
        return _number(int(last), int(first), text)
    raise _not_a_number(text)


def _number(year: int, serial: int, text: str) -> CaseNumber:
    if serial < 1:
        raise _not_a_number(text)
    return CaseNumber(year, serial)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text).upper()


def _not_a_number(text: str) -> UsageFault:
    shown = text if len(text) <= 40 else text[:40] + "…"
    return UsageFault(
        f"{shown!r} bukan nomor register.",
        "Tulislah misalnya 2026/0007, 7/2026 atau 0007/YANKOMAS/2026.",
    )
