"""What is wrong with the lanes of an SOP: their roles, what these may, who is above whom."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from pipeline.cases.sop import YANKOMAS, Sop, title_of
from pipeline.cases.sop_rows import Lane
from pipeline.office.roles import LANE_WORDS, OF_PROGRAM, OUTSIDE, ROLES, TITLES, is_role, service_of_role
from pipeline.office.wording import hinted

_NAMED = 3  # of what a role has to do: enough to find the rest
#: Names the line in which the row of a kind at a position begins.
At = Callable[[str, int], str]
#: What somebody must be there for in Yankomas: to take letters in, to decide (also on what waits), to approve what
#: becomes of records (their lists have a step that nobody else makes), to head the office.
_NEEDED_WORDS = ("menangani", "memutus", "membidangi", "memimpin")
#: One of these the desk asks of who acts on cases, opens them, or binds the office to the outside
#: (``access/rights.py``).
ACTING_WORDS, OPENING_WORDS, _SIGNING_WORDS = (
    ("menangani", "menyusun", "memutus", "memimpin"),
    ("menyusun",),
    ("memutus",),
)
#: What separates the parts of a change as it is told to who confirms it, or of a file: no name of a role has these.
_OF_LISTS = re.compile(r"[;:<>{}]")


def lane_faults(sop: Sop, at: At) -> Iterator[str]:
    """Yield everything that is wrong with the lanes; ``at`` names the line of a row."""
    for position, lane in enumerate(sop.lanes):
        yield from (f"{at('lajur', position)}: {fault}" for fault in _faults_of_lane(sop, lane))
        if lane.above and lane.above not in {other.role for other in sop.lanes if not other.outside}:
            yield f"{at('lajur', position)} {lane.role}: atasan {lane.above!r} bukan lajur di dalam kantor"
        if lane.above and lane.role in (lane.above, *sop.above(lane.above)):
            yield f"{at('lajur', position)} {lane.role}: menjadi atasan bagi dirinya sendiri"
    there = {word for lane in sop.lanes for word in lane.rights}
    for word in _NEEDED_WORDS if sop.service == YANKOMAS else ():
        if word not in there:
            yield f"lajur: tidak ada peran dengan hak {word!r}"


def idle_faults(sop: Sop, at: At) -> Iterator[str]:
    """Yield which lanes of Yankomas are given something to do that their rights do not open to them at the desk."""
    for position, lane in enumerate(sop.lanes):
        if sop.service != YANKOMAS or lane.outside or not lane.rights or lane.role in OF_PROGRAM:
            continue
        letters = [sheet for sheet in sop.sheets if sheet.outgoing or sheet.series]
        asked = (
            (ACTING_WORDS, "bertindak atas perkara", [m.label for m in sop.moves if lane.role in m.roles]),
            (OPENING_WORDS, "membuka perkara", [one.label for one in sop.openings if lane.role in one.roles]),
            (_SIGNING_WORDS, "menandatangani", [title_of(one.template) for one in letters if lane.role in one.signers]),
        )
        for words, what, named in asked:
            if named and set(words).isdisjoint(lane.rights):
                told = f"{what} ({', '.join(dict.fromkeys(named[:_NAMED]))}{', …' if named[_NAMED:] else ''})"
                yield f"{at('lajur', position)} {lane.role}: {told}, tetapi tanpa hak {' atau '.join(words)}"


def strange_roles(sop: Sop, roles: Iterable[str]) -> set[str]:
    """Return which of these are no roles: of this software, or of the edition's service and one of its lanes."""
    lanes = {lane.role for lane in sop.lanes}
    return {role for role in roles if role not in ROLES and not (service_of_role(role) and role in lanes)}


def _faults_of_lane(sop: Sop, lane: Lane) -> Iterator[str]:
    """Yield what is wrong with a lane's role, and with what it may."""
    if not is_role(lane.role):
        shape = f"peran baru ditulis {sop.service}.NAMA, dengan huruf kecil, angka, dan tanda hubung"
        yield f"{hinted(f'peran {lane.role!r} tidak dikenal', lane.role, ROLES)} ({shape})"
        return
    if service_of_role(lane.role) not in ("", sop.service):
        yield f"peran {lane.role!r} milik layanan lain"
    if [other.role for other in sop.lanes].count(lane.role) > 1:
        yield f"peran {lane.role!r} punya lebih dari satu lajur"
    if lane.role in OUTSIDE and not lane.outside:
        yield f"peran {lane.role!r} ada di luar kantor (luar = true)"
    if service_of_role(lane.role) == YANKOMAS and lane.role.partition(".")[2] in ROLES:
        yield f"peran {lane.role!r} disebut seperti peran yang sudah ada; beri kunci lain"
    if found := _OF_LISTS.search(lane.name):
        yield f"nama {lane.name!r} memuat tanda {found[0]!r}"
    called = [(other.role, other.name) for other in sop.lanes]
    called += TITLES.items() if service_of_role(lane.role) else ()
    if any(role != lane.role and _bare(name) == _bare(lane.name) for role, name in called):
        yield f"nama {lane.name!r} sudah nama peran lain; siapa yang berwenang tidak dapat dibedakan"
    if sop.service != YANKOMAS or lane.role in OF_PROGRAM:
        if lane.rights:
            where = "ditulis di layanan.toml" if sop.service != YANKOMAS else "tetap, karena milik program ini"
            yield f"hak peran ini {where}"
        return
    yield from (
        hinted(f"hak {word!r} tidak dikenal", word, LANE_WORDS) for word in lane.rights if word not in LANE_WORDS
    )
    if "memimpin" in lane.rights and "memutus" not in lane.rights:
        yield f"peran {lane.role!r}: yang memimpin juga memutus"
    if lane.outside and lane.rights:
        yield f"peran {lane.role!r}: hak hanya bagi lajur di dalam kantor"
    if not lane.outside and not lane.rights:
        yield f"peran {lane.role!r} tanpa hak; pilih dari {', '.join(LANE_WORDS)}"


def _bare(name: str) -> str:
    """Return a lane's name as people tell it from others: whatever its capitals and blanks."""
    return " ".join(name.casefold().split())
