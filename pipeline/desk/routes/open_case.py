"""*Buka perkara*: a complaint that was told at the counter, or a case that the office takes up from the news."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
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
from pipeline.intake.open_case import open_case

pages = Pages()


@pages.get("/buka", Right.OPEN_CASES, Lane.QUICK, personal=False)
def choose(visit: Visit) -> Response:
    """Show how a case may be opened without a written complaint."""
    return visit.show("buka.html", title="Buka perkara", openings=_open_to(visit, _sop(visit)))


@pages.get("/buka/{channel}", Right.OPEN_CASES, Lane.QUICK, personal=False)
def form(visit: Visit) -> Response:
    """Show the form of an opening."""
    sop = _sop(visit)
    return _form(visit, sop, _opening(visit, sop), {})


@pages.post("/buka/{channel}", Right.OPEN_CASES, Lane.QUICK)
def open_one(visit: Visit) -> Response:
    """Give what was told the next number, or show the form again with what is missing."""
    desk, sop = visit.desk, _sop(visit)
    opening = _opening(visit, sop)
    typed = {name: value for name, value in answered(visit.form, sop.register).items() if value}
    if longer := visit.text("tambah"):
        return _form(visit, sop, opening, typed, longer=longer)
    role = next(role for role in opening.roles if role in visit.who.acts_in)
    try:
        opened = open_case(opening.channel, typed, by=visit.who.acting(role), parts=desk.open_parts())
    except (Incomplete, NotAllowed) as fault:
        return _form(visit, sop, opening, typed, fault)
    desk.wake()
    written = desk.root.cabinet.case(opened.number).received.register_number
    said = "sudah dibuka sebelumnya" if opened.again else "dibuka"
    return visit.go(f"/kasus/{opened.number}", f"Perkara {written} {said}; naskahnya sedang disiapkan.")


def _sop(visit: Visit) -> Sop:
    return in_force(visit.desk.root.editions, visit.desk.now().date())


def _open_to(visit: Visit, sop: Sop) -> tuple[Opening, ...]:
    return tuple(o for o in sop.openings if not visit.who.acts_in.isdisjoint(o.roles))


def _opening(visit: Visit, sop: Sop) -> Opening:
    channel = visit.request.path_params["channel"]
    found = next((o for o in _open_to(visit, sop) if o.channel == channel), None)
    if found is None:
        raise NotFound("Perkara tidak dapat dibuka dengan cara itu oleh peran Anda.", "Pilih cara lain di daftar.")
    return found


def _form(
    visit: Visit,
    sop: Sop,
    opening: Opening,
    typed: Mapping[str, Any],
    fault: YankomasError | None = None,
    longer: str = "",
) -> Response:
    register = visit.desk.root.drafting_help.register(sop.register)
    fields = [replace(f, required=f.name in opening.required) for f in register if f.name not in opening.preset]
    asked = asked_of(fields, typed, fault, longer)
    needed = [q for q in asked if q.field.required]
    others = [q for q in asked if not q.field.required]
    values = {"opening": opening, "needed": needed, "others": others, "fault": fault}
    return visit.show("buka-formulir.html", 422 if fault else 200, title=opening.label, **values)
