"""Which case a file is for, by the folder it was dropped in or by its own name.

A wrong guess would hide a new complaint in an old case, so only what cannot be anything else counts: scanners name
files and folders by date too (``2026-11``, ``2026-1125``, ``20261125_0815``).
"""

from __future__ import annotations

import re
from string import Formatter

from pipeline.cases.case_number import SERIAL, SERIES, YEAR, CaseNumber
from pipeline.register.register_numbers import RegisterPattern

_APART = r"[-_/. ]*"
#: Year and serial as our own folders have them: four digits at least, no further figures beside them.
_KEY = re.compile(rf"(?<![0-9])(?<![0-9][-_.])({YEAR})[-_ ]([0-9]{{4,9}})(?![0-9])(?![-_.][0-9])")
#: Of another series than the first: nothing else is written so.
_OF_A_SERIES = re.compile(rf"(?<![0-9])({YEAR})~({SERIES})[-_ ]([0-9]{{4,9}})(?![0-9])")
#: A word before it says that it is a register number, however it is written.
_WORDED = re.compile(
    rf"(?<![a-z0-9])(?:perkara|register|reg)(?![a-z]){_APART}(?:({YEAR}){_APART}({SERIAL})|({SERIAL}){_APART}({YEAR}))"
    r"(?![0-9])",
    re.IGNORECASE,
)
_DATE = re.compile("(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")


def number_of_folder(folder: str, pattern: RegisterPattern) -> CaseNumber | None:
    """Return the case that a folder of the inbox is for (``2026-0007``, ``0007-YANKOMAS-2026``, ``perkara 7-2026``)."""
    if key := _KEY.fullmatch(folder):
        return _number(key[1], key[2])
    if of_series := _OF_A_SERIES.fullmatch(folder):
        return _number(of_series[1], of_series[3], of_series[2])
    found = _named(folder, pattern)
    return found.pop() if len(found) == 1 else None


def number_in_name(name: str, pattern: RegisterPattern) -> CaseNumber | None:
    """Return the one case that a file's name names beyond doubt, or None.

    ``2026-1125`` may be a day: without a word beside it, it is taken for one.
    """
    found = _named(name, pattern)
    found |= {_number(y, n) for y, n in _KEY.findall(name) if not _DATE.fullmatch(n)}
    return found.pop() if len(found) == 1 else None


def numbers_in_text(text: str, pattern: RegisterPattern) -> tuple[CaseNumber, ...]:
    """Return the cases that a text names beyond doubt, each once, lowest first."""
    return tuple(sorted(number for number in _named(text, pattern) if number))


def _named(text: str, pattern: RegisterPattern) -> set[CaseNumber | None]:
    """Return the numbers that stand behind a word of ours, or are written by the office's pattern."""
    found = {_number(a or d, b or c) for a, b, c, d in _WORDED.findall(text)}
    found |= {_number(year, serial, series) for year, series, serial in _OF_A_SERIES.findall(text)}
    for series, written in {"": pattern, **pattern.others}.items():
        if expression := _loosened(written):
            for match in expression.finditer(text):
                found.add(_number(match["tahun"], match["urut"], series))
    return found - {None}


def _loosened(pattern: RegisterPattern) -> re.Pattern[str] | None:
    """Return the office's pattern with its signs loosened; None if it has no word that would tell it from a date."""
    parts, worded = [], False
    for literal, name, _, _ in Formatter().parse(pattern.pattern):
        words = re.findall(r"[^\W\d_]+|[0-9]+", literal)
        worded = worded or any(len(word) > 1 and word.isalpha() for word in words)
        parts.append(_APART.join(["", *map(re.escape, words), ""]) if literal else "")
        if name:
            parts.append(rf"(?P<{name}>{YEAR})" if name == "tahun" else rf"(?P<{name}>{SERIAL})")
    return re.compile(rf"(?<![0-9]){''.join(parts)}(?![0-9])", re.IGNORECASE) if worded else None


def _number(year: str, serial: str, series: str = "") -> CaseNumber | None:
    return CaseNumber(int(year), int(serial), series) if int(serial) else None
