"""The number of a case: its canonical text, its folder, and how people write it.

It belongs to the case: gapless per year and series from 1, never reused. The letters that the office sends have numbers
of another kind. The canonical text is ``2026/0007`` in the first series, ``2026~B/0007`` in one named ``B``; what the
office prints follows the office's own pattern.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NewType

from pipeline.errors import UsageFault

#: What a year, and a serial, look like as a part of a regular expression.
YEAR = "(?:19|20|21)[0-9]{2}"
SERIAL = "[0-9]{1,9}"
#: The name of a series besides the first, which has none. Four letters fit beside year and serial into the 60 bits of a
#: cover sheet's code and of a number in the search index.
SERIES = "[A-Z]{1,4}"
#: A number of another series than the first. No office writes the sign between year and series.
_OF_A_SERIES = re.compile(rf"(?P<year>{YEAR})~(?P<series>{SERIES})[/-](?P<serial>{SERIAL})")
_VOLUME = re.compile(rf"({YEAR})(?:~({SERIES}))?")
_SIGNS = 27
#: Years between two series' volumes of one year: of the longest name's last year the volume still fits into 31 bits.
YEARS = 4_000

Volume = NewType("Volume", int)
"""A year of one of an office's series, as one integer: of the first series the year itself.

What is kept of cases by year (folders, books, look-ups) is kept by volume; inside one, a serial is one case.
"""


@dataclass(frozen=True, slots=True, order=True)
class CaseNumber:
    """A case's number: its year of registration and its serial in that year, from 1.

    ``series`` names which of an office's series it is of, in one to four capitals; the first has no name.
    """

    year: int
    serial: int
    series: str = ""

    def __str__(self) -> str:
        return f"{self.year_folder}/{self.folder}"

    @property
    def volume(self) -> Volume:
        """The year of its series."""
        return volume_of(self.year, self.series) if self.series else Volume(self.year)

    @property
    def year_folder(self) -> str:
        """The name of the folder that holds the cases of its year and series."""
        return f"{self.year}~{self.series}" if self.series else str(self.year)

    @property
    def folder(self) -> str:
        """The folder's name inside the year: at least four digits."""
        return f"{self.serial:04d}"

    @property
    def key(self) -> str:
        """The number as one file name (``2026-0007``)."""
        return f"{self.year_folder}-{self.folder}"


def series_code(series: str) -> int:
    """Return a series' name as one integer of 20 bits; 0 for the first series."""
    code = 0
    for letter in series:
        code = code * _SIGNS + ord(letter) - ord("A") + 1
    return code


def series_of_code(code: int) -> str:
    """Return the series that :func:`series_code` made an integer."""
    letters = ""
    while code:
        code, letter = divmod(code, _SIGNS)
        letters = chr(letter + ord("A") - 1) + letters
    return letters


def volume_of(year: int, series: str = "") -> Volume:
    """Return a year of a series."""
    return Volume(series_code(series) * YEARS + year)


def volume_named(text: str) -> Volume | None:
    """Return the volume whose folder has that name (``2026``, ``2026~SM``), or None."""
    found = _VOLUME.fullmatch(text)
    return volume_of(int(found[1]), found[2] or "") if found else None


def in_volume(volume: int, serial: int) -> CaseNumber:
    """Return the number with that serial in a volume; a plain year is one of the first series."""
    code, year = divmod(volume, YEARS)
    return CaseNumber(year, serial, series_of_code(code))


def year_of(volume: Volume) -> int:
    """Return the year of a volume."""
    return volume % YEARS


def series_of(volume: int) -> str:
    """Return the series of a volume; the first has no name."""
    return series_of_code(volume // YEARS)


def folder_of_volume(volume: Volume) -> str:
    """Return the name of the folder that holds a volume's cases."""
    return in_volume(volume, 1).year_folder


def read_number(text: str) -> CaseNumber:
    """Return the number meant by ``2026/0007``, ``2026-0007``, ``7/2026``, ``0007/YANKOMAS/2026`` or ``2026~B/0007``.

    With a word between them the serial stands first, as offices print it; with nothing but a separator a year that
    stands first is the year, as our folders have it.

    Raises:
        UsageFault: it is not a register number.

    """
    plain = squeezed(text)
    if of_series := _OF_A_SERIES.fullmatch(plain):
        return numbered(int(of_series["year"]), int(of_series["serial"]), text, of_series["series"])
    if "~" in plain:  # a series that cannot be read must not become the first
        raise _not_a_number(text)
    digits = re.findall("[0-9]+", plain)
    if len(digits) != 2 or not all(re.fullmatch(SERIAL, d) for d in digits):
        raise _not_a_number(text)
    first, last = digits
    between = plain[plain.index(first) + len(first) : plain.rindex(last)]
    worded = any(c.isalpha() for c in between)
    if re.fullmatch(YEAR, first) and not (worded and re.fullmatch(YEAR, last)):
        return numbered(int(first), int(last), text)
    if re.fullmatch(YEAR, last):
        return numbered(int(last), int(first), text)
    raise _not_a_number(text)


def numbered(year: int, serial: int, text: str, series: str = "") -> CaseNumber:
    """Return the number that ``text`` was read as; raises ``UsageFault`` for a serial that none has."""
    if serial < 1:
        raise _not_a_number(text)
    return CaseNumber(year, serial, series)


def squeezed(text: str) -> str:
    """Return a number as people write it, without what says nothing."""
    return re.sub(r"\s+", "", text).upper()


def _not_a_number(text: str) -> UsageFault:
    shown = text if len(text) <= 40 else text[:40] + "…"
    return UsageFault(
        f"{shown!r} bukan nomor register.",
        "Tulislah misalnya 2026/0007, 7/2026 atau 0007/YANKOMAS/2026.",
    )
