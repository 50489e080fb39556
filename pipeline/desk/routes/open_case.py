"""*Buka perkara*: a case without a scan, as the SOP of Yankomas or of another service says that one may begin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.cases.sop import Sop, in_force
from pipeline.cases.sop_rows import Opening
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.questions import answered
from pipeline.desk.routes.moves import asked_of
from pipeline.desk.visit import Visit
from pipeline.errors import Incomplete, NotAllowed, NotFound, YankomasError
from pipeline.intake.open_case import open_case, way_of

pages = Pages()


@dataclass(frozen=True, slots=True)
class OpenWay:
    """A way to open a case: how addresses call it, the SOP that tells of it, and what it says."""

    way: str
    sop: Sop
    opening: Opening
    service: str
    """How lists call its service; empty: Yankomas."""


@pages.get("/buka", Right.OPEN_CASES, Lane.QUICK, personal=False)
def choose(visit: Visit) -> Response:
    """Show how a case may be opened without a scan."""
    return visit.show("buka.html", title="Buka perkara", ways=list(_open_to(visit)))


@pages.get("/buka/{channel}", Right.OPEN_CASES, Lane.QUICK, personal=False)
def form(visit: Visit) -> Response:
    """Show the form of an opening."""
    return _form(visit, _way(visit), {})


@pages.post("/buka/{channel}", Right.OPEN_CASES, Lane.QUICK)
def open_one(visit: Visit) -> Response:
    """Give what was told the next number, or show the form again with what is missing."""
    desk, there = visit.desk, _way(visit)
    typed = {name: value for name, value in answered(visit.form, there.sop.register).items() if value}
    if longer := visit.text("tambah"):
        return _form(visit, there, typed, longer=longer)
    role = next(role for role in there.opening.roles if role in visit.who.acts_in)
    try:
        opened = open_case(there.way, typed, by=visit.who.acting(role), parts=desk.open_parts())
    except (Incomplete, NotAllowed) as fault:
        return _form(visit, there, typed, fault)
    desk.wake()
    written = desk.root.cabinet.case(opened.number).received.register_number
    said = "sudah dibuka sebelumnya" if opened.again else "dibuka"
    return visit.go(f"/kasus/{opened.number}", f"Perkara {written} {said}; naskahnya sedang disiapkan.")


def _open_to(visit: Visit) -> Iterator[OpenWay]:
    """Yield the ways that are open to the visitor, those of Yankomas first."""
    root, today = visit.desk.root, visit.desk.now().date()
    for editions, called in ((root.editions, ""), *((one.editions, one.short) for one in root.services)):
        sop = in_force(editions, today)
        for opening in sop.openings:
            if not visit.who.acts_in.isdisjoint(opening.roles):
                yield OpenWay(way_of(sop.service, opening.channel), sop, opening, called)


def _way(visit: Visit) -> OpenWay:
    asked = visit.request.path_params["channel"]
    found = next((one for one in _open_to(visit) if one.way == asked), None)
    if found is None:
        raise NotFound("Perkara tidak dapat dibuka dengan cara itu oleh peran Anda.", "Pilih cara lain di daftar.")
    return found


def _form(
    visit: Visit,
    there: OpenWay,
    typed: Mapping[str, Any],
    fault: YankomasError | None = None,
    longer: str = "",
) -> Response:
    opening, register = there.opening, visit.desk.root.drafting_help.register(there.sop.register)
    fields = [replace(f, required=f.name in opening.required) for f in register if f.name not in opening.preset]
    asked = asked_of(fields, typed, fault, longer)
    needed = [q for q in asked if q.field.required]
    others = [q for q in asked if not q.field.required]
    values = {"there": there, "needed": needed, "others": others, "fault": fault}
    return visit.show("buka-formulir.html", 422 if fault else 200, title=opening.label, **values)
