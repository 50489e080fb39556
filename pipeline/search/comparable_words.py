"""Words as they are compared: small letters without accents and punctuation; days and numbers as one word each.

A word that begins with ``_`` is none that people write: ``_d20261120`` is a day, ``_n045lbhxi2026`` a number without
the signs between, ``_c202600000007`` a case.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from pipeline.cases.answers import read_day
from pipeline.cases.case_number import CaseNumber
from pipeline.office.wording import MONTHS, WORD_MARKS, words_of
from pipeline.register.naskah_numbers import NaskahNumber

#: A day as people and programs write it.
DAY = re.compile(
    rf"(?<!\d)(?:\d{{1,2}}\s+(?:{'|'.join(MONTHS)})\s+\d{{4}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{4}}|\d{{4}}-\d{{1,2}}-\d{{1,2}})(?!\d)",
    re.IGNORECASE,
)
#: A word as it stands in a text: marks inside belong to it (``Ma'mun``).
PRINTED = re.compile(rf"[^\W_]+(?:[{WORD_MARKS}\u0300-\u036f]+[^\W_]+)*")


def day_word(day: date) -> str:
    """Return a day as one word."""
    return f"_d{day:%Y%m%d}"


def number_word(text: str) -> str:
    """Return a number as one word, whatever signs stand between its parts."""
    return "_n" + "".join(words_of(text))


def case_word(number: CaseNumber) -> str:
    """Return a case's number as one word."""
    return f"_c{number.year}{number.serial:09d}{number.series.lower()}"


def naskah_words(naskah: NaskahNumber) -> tuple[str, str]:
    """Return a letter's number as it lies in the index: for those who name no year, and for those who do."""
    plain = number_word(f"k{naskah.unit}{naskah.classification}-{naskah.serial}")
    return plain, f"{plain}_{naskah.year or ''}"


def naskah_asked(naskah: NaskahNumber) -> tuple[str, ...]:
    """Return what answers a letter's number: without a year any year, with one that year and letters that name none."""
    plain, dated = naskah_words(naskah)
    return (dated, f"{plain}_") if naskah.year else (plain,)


def days_in(text: str) -> frozenset[date]:
    """Return the days that a text names."""
    days = set()
    for found in DAY.finditer(text):
        with suppress(ValueError):
            days.add(read_day(" ".join(found[0].split())))
    return frozenset(days)
