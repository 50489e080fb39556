"""Days as Indonesian letters write them: with a month's name, in figures, in words, by the lunar calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from pipeline.reading.vocabulary import DIGITLIKE, Pattern, digits, distance, fold, letters, modern, vocabulary

_NUMBER = r"(?:<dates.number>\s*)+\b"  # to the end of a word: *sembilan* is no *se*
_DAY, _YEAR = rf"[{DIGITLIKE}]{{1,2}}", rf"[12lI][{DIGITLIKE}]{{3}}"
_SHORT_YEAR = r"['’‘`´\"“”]\d\d"
_NUMBER_WORDS = Pattern("dates", r"se(?=<tens>)|<units>|<tens>")
_WRITTEN = re.compile(
    rf"(?<![\w/.])({_DAY})[ \t.,/–—-]{{1,3}}(?:bulan[ \t])?([A-Za-z015|]{{3,10}})[.,]?[ \t,/–—-]{{1,3}}(?:tahun[ \t])?"
    rf"({_YEAR}|{_SHORT_YEAR})"
    r"(?![\w/])"
)
_NUMERIC = re.compile(
    rf"(?<![\w/.,-])({_DAY})\s*([-–—/.])\s*([{DIGITLIKE}]{{1,2}})\s*[-–—/.]\s*({_YEAR}|{_SHORT_YEAR}|\d{{2}})(?![\w/]|[-.]\d)"
)
#: Between blanks alone a day is one in figures (*I V 2025* is no first of May), and no article (*Pasal 28 I 1945*).
_ROMAN = Pattern(
    "dates",
    rf"(?<![\w/.,-])(?:({_DAY})\s*[-–—/.]\s*|<!articles>(\d{{1,2}})[ \t])([IVX]{{1,4}})(?:\s*[-–—/.]\s*|[ \t])({_YEAR})"
    r"(?![\w/]|[-.]\d)",
)
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ROMAN_MONTH = {name: i for i, name in enumerate(_ROMANS, 1)}
_MONTH_FIRST = re.compile(rf"(?<!\w)([A-Z][a-z]{{2,8}})\.?[ \t]({_DAY}),?[ \t]({_YEAR})(?![\w/])")
_SPELLED = Pattern(
    "dates", rf"\b({_NUMBER})\s+(?:bulan\s+)?([A-Za-z]{{3,10}})\s+(?:tahun\s+)?({_NUMBER}|[12]\d{{3}}\b)", re.I
)
_LUNAR = Pattern("dates", r"(?<!\w)(\d{1,2})\s+([A-Za-z']{5,11}(?:\s+<lunar_part>)?)\s+(1[34]\d\d)\s*H?\b")
_EPOCH = date(622, 7, 19)


@dataclass(frozen=True, slots=True)
class Found:
    """A date in the text: which day, and from where to where it is written."""

    day: date
    start: int
    end: int
    how: str


@cache
def _months(table: str) -> Mapping[str, int]:
    """Return the number of each month by its spellings; the table is ``months`` or ``lunar_months``."""
    return {name: int(number) for number, names in vocabulary("dates")[table].items() for name in names}


def month_of(word: str) -> int | None:
    """Return the month a word names, forgiving old spelling and misread letters; abbreviations must be exact."""
    name, months = modern(letters(word)), _months("months")
    if name in months:
        return months[name]
    if len(name) >= 5:
        best = min((distance(name, full, 2), i) for full, i in months.items() if len(full) >= 5)
        if best[0] <= (1 if len(name) < 7 else 2):
            return best[1]
    if len(name) == 4:
        return next((i for full, i in months.items() if len(full) in (4, 5) and distance(name, full, 1) <= 1), None)
    return None


def number_of(words: str) -> int | None:
    """Return a number written in words (``dua ribu dua puluh dua``), or ``None``."""
    units = vocabulary("dates")["units"]
    total, group, unit = 0, 0, 0
    for match in _NUMBER_WORDS.finditer(words.lower()):
        word = match[0]
        if word in units:
            unit = units.index(word)
        elif word == "se":
            unit = 1
        elif word == "belas":
            group, unit = group + 10 + unit, 0
        elif word == "ribu":
            total, group, unit = total + (group + unit) * 1000, 0, 0
        else:
            group, unit = group + unit * (10 if word == "puluh" else 100), 0
    return total + group + unit or None


def _day(day: int, month: int | None, year: int) -> date | None:
    try:
        return date(year + 2000 if year < 100 else year, month or 0, day)
    except ValueError:
        return None


def _from_hijri(day: int, name: str, year: int) -> date | None:
    """Return the Gregorian day by the tabular calendar; it may be one day off the calendar that was proclaimed."""
    month = _months("lunar_months").get(fold(name))
    if month is None or not 1 <= day <= 30:
        return None
    days = day - 1 + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30
    return _EPOCH + timedelta(days=days)


def dates_in(text: str, start: int = 0, end: int | None = None) -> Iterator[Found]:
    """Yield the dates written between two offsets, in no particular order."""
    end = len(text) if end is None else end
    for m in _WRITTEN.finditer(text, start, end):
        month = month_of(m[2])
        if month and (day := _day(int(digits(m[1]) or 0), month, int(digits(m[3]) or 0))):
            yield Found(day, m.start(), m.end(), "ditulis dengan nama bulan")
    for m in _NUMERIC.finditer(text, start, end):
        if day := _day(int(digits(m[1]) or 0), int(digits(m[3]) or 0), int(digits(m[4]) or 0)):
            yield Found(day, m.start(), m.end(), "ditulis dengan angka")
    for m in _MONTH_FIRST.finditer(text, start, end):
        month = month_of(m[1])
        if month and (day := _day(int(digits(m[2]) or 0), month, int(digits(m[3]) or 0))):
            yield Found(day, m.start(), m.end(), "ditulis dengan nama bulan")
    for m in _ROMAN.finditer(text, start, end):
        if day := _day(int(digits(m[1] or m[2]) or 0), _ROMAN_MONTH.get(m[3]), int(digits(m[4]) or 0)):
            yield Found(day, m.start(), m.end(), "ditulis dengan bulan Romawi")
    for m in _SPELLED.finditer(text, start, end):
        numbers = number_of(m[1]), int(m[3]) if m[3].isdigit() else number_of(m[3])
        if numbers[0] and numbers[1] and numbers[1] > 1900 and (day := _day(numbers[0], month_of(m[2]), numbers[1])):
            yield Found(day, m.start(), m.end(), "ditulis dengan huruf")
    for m in _LUNAR.finditer(text, start, end):
        if day := _from_hijri(int(m[1]), m[2], int(m[3])):
            yield Found(day, m.start(), m.end(), "tanggal Hijriah, dihitung")
