"""Which complainants' NIK cannot be right: a number of sixteen figures that says a birthday and a sex.

Such a one is pointed out to whoever confirms the register, and never refused or mended. What a NIK says and the
sentences lie in ``nik_doubts.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.cases.answers import read_day
from pipeline.cases.register_words import register_words
from pipeline.office.wording import said

_NIK: Mapping[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
#: Where the day begins behind a place (``Bengkulu, 14 Mei 1990``).
_DAY = re.compile(r"\d{1,2}[-/. ].*|\d{4}-.*")


@dataclass(frozen=True, slots=True)
class IdentityDoubt:
    """A complainant (from 1) whose NIK cannot be right, as a sentence for the clerk that does not write it out."""

    person: int
    told: str

    def __str__(self) -> str:
        """Return the sentence."""
        return self.told


def doubtful_niks(fields: Mapping[str, Any]) -> Iterator[IdentityDoubt]:
    """Yield which complainants' NIK is none, or says another birthday or sex than the register does."""
    for position, person in enumerate(fields.get("pelapor") or [], start=1):
        if isinstance(person, Mapping) and (number := re.sub(r"[\s.-]", "", said(person.get("nik")))):
            yield from (IdentityDoubt(position, told) for told in _doubts(number, person, position))


def _doubts(number: str, person: Mapping[str, Any], position: int) -> Iterator[str]:
    if not re.fullmatch(rf"\d{{{_NIK['angka']}}}", number):
        there = sum(c.isdigit() for c in number)
        yield _NIK["bukan"].format(orang=position, angka=_NIK["angka"], ada=there)
        return
    day, month, year = (int(number[at : at + 2]) for at in (6, 8, 10))
    woman = day > _NIK["hari_perempuan"]
    day -= _NIK["hari_perempuan"] if woman else 0
    if not _is_day(day, month, year):
        yield _NIK["tanpa_tanggal"].format(orang=position)
        return
    born = _day_in(said(person.get("ttl")))
    if born and (born.day, born.month, born.year % 100) != (day, month, year):
        yield _NIK["lain_tanggal"].format(orang=position)
    man, female = register_words().sexes
    sex = said(person.get("jenis_kelamin"))
    if sex in (man, female) and (sex == female) != woman:
        yield _NIK["lain_kelamin"].format(orang=position, menurut_nik=female if woman else man, tertulis=sex)


def _is_day(day: int, month: int, year: int) -> bool:
    """Say whether there was such a day in either century."""
    for century in (1900, 2000):
        with suppress(ValueError):
            date(century + year, month, day)
            return True
    return False


def _day_in(text: str) -> date | None:
    found = _DAY.search(text)
    with suppress(ValueError):
        return read_day(found[0]) if found else None
    return None
