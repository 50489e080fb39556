"""*Penyusutan arsip*: the retention schedule, and what falls due by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from starlette.responses import Response

from pipeline.access import secrecy
from pipeline.access.rights import Right
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.questions import answered
from pipeline.desk.routes.moves import asked_of
from pipeline.desk.routes.record_acts import role_among
from pipeline.desk.visit import Visit, number_in
from pipeline.errors import Incomplete, NotAllowed, YankomasError
from pipeline.records.due import due_by
from pipeline.records.retention import FATES, TRANSFER, in_force, schedules, typed_row
from pipeline.records.schedule_versions import FORM, OFFERED, ROLES, ROWS, SINCE, set_schedule

pages = Pages()
#: So many records of one kind are listed; all of them are in the terminal's list.
_LISTED = 200
#: So many years from now on and back are offered, one after the other.
_FAR = 10


@pages.get("/penyusutan/jra", Right.RECORDS, Lane.LOOKUPS)
def schedule(visit: Visit) -> Response:
    """Show the schedule in force, earlier and later versions, and the form of a new one."""
    today = visit.desk.now().date()
    holds = in_force(schedules(visit.desk.root.records_book.lines()), today)
    return _schedule(visit, {SINCE: today.isoformat(), ROWS: [typed_row(row) for row in holds.rows]})


@pages.post("/penyusutan/jra", Right.RECORDS, Lane.LOOKUPS)
def change(visit: Visit) -> Response:
    """Keep a new version, or ask again with what is wrong."""
    typed, root = answered(visit.form, FORM), visit.desk.root
    if visit.text("tambah"):
        return _schedule(visit, typed, longer=visit.text("tambah"))
    try:
        by = visit.who.acting(role_among(visit, ROLES))
        made = set_schedule(typed, by=by, rows=root.rows.rows(), parts=root.record_parts)
    except (Incomplete, NotAllowed) as fault:
        return _schedule(visit, typed, fault)
    return visit.go("/penyusutan/jra", f"Jadwal retensi dicatat, berlaku sejak {made.since:%d-%m-%Y}.")


@pages.get("/penyusutan/jatuh-tempo", Right.RECORDS, Lane.LOOKUPS)
def due(visit: Visit) -> Response:
    """Show what is due by the end of a year, of the cases that are open to the visitor."""
    desk, today = visit.desk, visit.desk.now().date()
    year = number_in(visit.asked("tahun"), 4) or today.year
    rows = (row for row in desk.root.rows.rows() if secrecy.open_to(visit.who.sees, row))
    found = due_by(year, rows, desk.root.record_parts.book.lines(), today)
    groups = [(what, records[:_LISTED], len(records)) for what in (TRANSFER, *FATES) if (records := found.of(what))]
    values: dict[str, Any] = {"found": found, "groups": groups, "listed": _LISTED}
    lists = desk.root.record_parts.acts.lists
    values["years"] = [y for y in (year - 1, year + 1) if abs(y - today.year) <= _FAR]
    return visit.show("jatuh-tempo.html", title="Arsip yang jatuh tempo", lists=lists, **values)


def _schedule(visit: Visit, known: Mapping[str, Any], fault: YankomasError | None = None, longer: str = "") -> Response:
    versions = schedules(visit.desk.root.records_book.lines())
    return visit.show(
        "jra.html",
        422 if fault else 200,
        title="Jadwal retensi",
        holds=in_force(versions, visit.desk.now().date()),
        versions=versions[1:],
        asked=[replace(one, offered=OFFERED) for one in asked_of(FORM, known, fault, longer)],
        may_change=not visit.who.acts_in.isdisjoint(ROLES),
        fault=fault,
    )
