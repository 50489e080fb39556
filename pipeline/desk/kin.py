"""Kin: the cases that a letter names or resembles, to which it may belong instead of being one itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.access import secrecy
from pipeline.cases.case import Case
from pipeline.cases.case_number import read_number
from pipeline.desk.visit import Visit
from pipeline.register.resembling import Resembling
from pipeline.register.row import Row


@dataclass(frozen=True, slots=True)
class Kin:
    """A case that the letter may belong to: its row, why it may, and what is written if the letter joins it.

    ``alike``: it reads like the letter; otherwise the letter names it. ``joins``: the letter can join it now, for that
    case is the earlier one, has not ended, and both are complaints.
    """

    row: Row
    alike: bool
    why: str
    reason: str
    joins: bool


def kin_of(visit: Visit, case: Case) -> Iterator[Kin]:
    """Yield the cases that the letter names, then those that it resembles, of those that the visitor may read."""
    desk, roles, there = visit.desk, visit.who.sees, {str(link.other) for link in case.links}
    for other, alike, why in _suggested(visit, case):
        row = desk.row(read_number(other))
        if row is None or other in there or not secrecy.open_to(roles, row):
            continue
        there.add(other)
        reason = f"Surat yang sama dengan perkara {other}." if alike else f"Surat susulan perkara {other}."
        number = read_number(other)
        joins = number < case.number and number.series == case.number.series == "" and not row.final
        yield Kin(secrecy.shown(roles, row), alike, why, reason, joins)


def _suggested(visit: Visit, case: Case) -> Iterator[tuple[str, bool, str]]:
    for cited in case.reading.cited if case.reading else ():
        yield str(cited["number"]), False, f"Disebut di halaman {cited['page']}: “{cited['teks']}”."
    for found in visit.desk.resembling(case, visit.who.sees):
        yield found.number, True, _alike(found)


def _alike(found: Resembling) -> str:
    same = f"; sama: {', '.join(found.same)}" if found.same else ""
    return f"{found.share:.0%} pasangan kata sama{same}."
