"""Numbers as old registers write them, as numbers of cases: the serial, and the year if it stands beside it.

What becomes of rows with the same number, and of numbers that are taken here: ``plan.py``.
"""

from __future__ import annotations

import re

from pipeline.cases.case_number import SERIAL, YEAR, CaseNumber, squeezed
from pipeline.errors import UsageFault
from pipeline.register.register_numbers import RegisterPattern

_BARE = re.compile(rf"({SERIAL})\.?")
_YEAR = re.compile(YEAR)
_FIRST = re.compile(rf"{SERIAL}(?![0-9])")
#: A number that somebody put between two others.
_BETWEEN = re.compile(rf"{SERIAL}[.\- ]?(?:[A-D]|BIS|TER)(?![A-Z])")
#: What a number says when its year stands elsewhere.
_OUT_OF = 1_000_000


class Unreadable(ValueError):
    """It is no number of a register; says why, and what helps."""

    def __init__(self, fact: str, remedy: str) -> None:
        super().__init__(fact)
        self.fact, self.remedy = fact, remedy


def old_number(text: str, year: int, pattern: RegisterPattern | None) -> CaseNumber:
    """Return the number that a book writes as ``12``, ``12/HAM/II/2019``, ``2019-0012`` or by a pattern.

    ``year`` is that of the row where the number tells none (0: nobody knows it).

    Raises:
        Unreadable: it is none, its year is not known, or it stands between two numbers (``12a``).
    """
    plain = squeezed(text)
    if bare := _BARE.fullmatch(plain):
        if not year:
            remedy = "Sebut tahunnya (di terminal: --tahun), atau isi kolom tahun atau tanggal."
            raise Unreadable("tahunnya tidak disebut", remedy)
        return _numbered(year, int(bare[1]))
    if pattern:
        return _by_pattern(text, pattern)
    if _BETWEEN.match(plain):
        raise Unreadable(
            "sisipan (12a, 12 bis) tidak dapat menjadi nomor perkara",
            "Beri nomor bebas di kolom nomor dan tulis nomor aslinya di kolom lain; semua kolom ikut disimpan.",
        )
    digits = re.findall("[0-9]+", plain)
    years, first = [bool(_YEAR.fullmatch(d)) for d in digits], _FIRST.match(plain)
    if years == [True, False] and _FIRST.fullmatch(digits[1]):
        return _numbered(int(digits[0]), int(digits[1]))
    if first and len(years) > 1 and years[-1]:
        return _numbered(int(digits[-1]), int(first[0]))
    if first and years == [False] and year:
        return _numbered(year, int(first[0]))  # 12/HAM, its year elsewhere
    raise Unreadable(
        "tidak terbaca sebagai nomor register",
        "Sebut pola nomornya (di terminal: --pola), misalnya W8.HAM-{urut}.TAHUN {tahun}.",
    )


def _by_pattern(text: str, pattern: RegisterPattern) -> CaseNumber:
    try:
        return pattern.read(text)
    except UsageFault:
        raise Unreadable(f"tidak menurut pola {pattern.pattern!r}", "Betulkan nomornya, atau polanya.") from None


def _numbered(year: int, serial: int) -> CaseNumber:
    if not 0 < serial < _OUT_OF:
        raise Unreadable(f"urut {serial} di luar 1 sampai {_OUT_OF - 1}", "Betulkan nomornya.")
    return CaseNumber(year, serial)


def is_bare(text: str) -> bool:
    """Say whether a number is a serial alone."""
    return bool(_BARE.fullmatch(squeezed(text)))
