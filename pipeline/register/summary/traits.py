"""By which traits complaints are counted, and in which words: the register's own choices, in their order.

What no one has recorded is a line of its own, and so is what is recorded in other words than the register's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.cases.register_words import bare_right
from pipeline.cases.secrecy_level import SECRECY
from pipeline.cases.sop import YANKOMAS, Sop
from pipeline.cases.sop_rows import FormField
from pipeline.office.office import Region
from pipeline.office.regency import OUTSIDE, regency_finder
from pipeline.register.row import Row
from pipeline.register.summary.figures import Breakdown, Count

UNKNOWN, OTHER, ELSEWHERE = "belum dicatat", "dicatat dengan kata lain", "tidak disebut atau di luar wilayah"
#: What a case that came without a written complaint is said to have come by, until somebody records it.
_OPENED = ("lisan", "berita")


@dataclass(frozen=True, slots=True)
class Trait:
    """A trait: its key and title, its lines in order, and which of them a row stands in."""

    key: str
    title: str
    lines: tuple[str, ...]
    of: Callable[[Row], Iterable[str]]
    several: bool = False


def traits(sop: Sop, regions: tuple[Region, ...]) -> tuple[Trait, ...]:
    """Return the traits that this SOP's register and this office's regions allow to be counted.

    Of another service they are the choices of its register, by their own titles.
    """
    if sop.service != YANKOMAS:
        return tuple(_of_service(sop, asked) for asked in sop.register if asked.choices and asked.name != SECRECY)
    found = [
        _choice(sop, "cara_penyampaian", "Cara penyampaian", _channel),
        _choice(sop, "hak", "Hak yang diduga dilanggar", lambda row: row.hak),
        _choice(sop, "kelas_terlapor", "Kategori terlapor", lambda row: row.kelas_terlapor),
        _choice(sop, "kapasitas", "Kapasitas pelapor", lambda row: row.kapasitas),
        _choice(sop, "kerentanan", "Kelompok rentan", lambda row: row.kerentanan),
    ]
    if regions:
        found.insert(3, _place(sop, regions))
    return tuple(found)


def _of_service(sop: Sop, asked: FormField) -> Trait:
    return _choice(sop, asked.name, asked.label, lambda row: row.answers(asked.name))


def _place(sop: Sop, regions: tuple[Region, ...]) -> Trait:
    """Return where it happened: as it was confirmed; what was never asked of a case is concluded from its place."""
    names, find = tuple(region.name for region in regions), regency_finder(regions)
    known = {name.casefold(): name for name in (*names, OUTSIDE)}
    asks = any(f.name == "kabupaten" for f in sop.register)

    def place(row: Row) -> list[str]:
        if row.kabupaten:
            return [known.get(row.kabupaten.casefold(), OTHER)]
        if asks and row.confirmed and row.sop == sop.key:
            return [UNKNOWN]
        return [find(row.tempat_kejadian) or ELSEWHERE]

    return Trait("wilayah", "Kabupaten/kota tempat kejadian", (*names, OUTSIDE, ELSEWHERE, OTHER, UNKNOWN), place)


def breakdown(trait: Trait, now: Iterable[Row], before: Iterable[Row], *, gaps: bool = False) -> Breakdown:
    """Return how many rows of a period, and of the one before it, stand in each line of the trait.

    The lines that stand for gaps (nothing recorded, other words) are left out where both counts are 0; with ``gaps``
    they always stand there, for that a line is there tells of its counts.
    """
    counts, earlier = (Counter(line for row in rows for line in set(trait.of(row))) for rows in (now, before))
    shown = [line for line in trait.lines if gaps or line not in (UNKNOWN, OTHER) or counts[line] or earlier[line]]
    lines = tuple(Count(line, counts[line], earlier[line]) for line in shown)
    return Breakdown(trait.key, trait.title, lines, trait.several)


def _choice(sop: Sop, name: str, title: str, value_of: Callable[[Row], Any]) -> Trait:
    field = next((f for f in sop.register if f.name == name), None)
    choices = field.choices if field else ()
    known = {choice.casefold(): choice for choice in choices}

    @cache
    def line_of(value: Any) -> str:
        return _line(value, choices, known)

    def lines_of(row: Row) -> list[str]:
        value = value_of(row)
        values = value if isinstance(value, tuple) else (value,)
        return [line_of(v) for v in values if v not in (None, "")] or [UNKNOWN]

    several = field is not None and field.kind == "pilihan-banyak"
    return Trait(name, title, (*choices, OTHER, UNKNOWN), lines_of, several)


def _line(value: Any, choices: Sequence[str], known: Mapping[str, str]) -> str:
    """Return the register's word for a value, which the reading may give as the number of the choice."""
    text = str(value).strip().casefold()
    if text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= len(choices):
        return choices[int(text) - 1]
    return known.get(text) or known.get(bare_right(text)) or OTHER


def _channel(row: Row) -> Any:
    recorded = row.cara_penyampaian
    return recorded or (row.channel if row.channel in _OPENED else None)
