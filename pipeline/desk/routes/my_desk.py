"""*Meja saya*: what waits for one's roles, by the act that is due; and what keeps open pages up to date."""

from __future__ import annotations

from contextlib import suppress

from starlette.responses import Response, StreamingResponse

from pipeline.access import secrecy
from pipeline.access.rights import Right
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.rendering import paged
from pipeline.desk.routes.audiences import appointments
from pipeline.desk.routes.receipts import todays
from pipeline.desk.routes.record_acts import without_code
from pipeline.desk.visit import Visit
from pipeline.errors import ArchiveFault
from pipeline.office.roles import ARCHIVIST
from pipeline.records.acts import ListKind, ListStep
from pipeline.records.list_steps import awaiting
from pipeline.records.record_list import RecordList
from pipeline.register.desk_groups import grouped
from pipeline.register.due import Waiting, waiting_for
from pipeline.register.letter_lists import ACT_TITLES, filed_as_signed
from pipeline.register.meetings import in_order
from pipeline.register.row import Row

pages = Pages()
#: So many cases of each act are shown beside the others; all of them once that act is asked for.
_SHOWN = 12
#: So many of them are in sight on a phone; of the others those that are late, near or urgent.
_ON_A_PHONE = 4


@pages.get("/", Right.SIGNED_IN, Lane.QUICK)
def my_desk(visit: Visit) -> Response:
    """Show what waits for the visitor: all acts, or the one that is asked for."""
    desk, who = visit.desk, visit.who
    if not who.may(Right.READ_CASES):
        return visit.show("meja.html", title="Meja saya", waiting=None, pressing=desk.root.pressing(who.standing))
    rows = _open_rows(visit)
    found = _waiting(visit, rows)
    groups = grouped(found.rows, desk.root.all_editions, who.roles)
    key = visit.asked("kelompok")
    group = next((one for one in groups if one.key == key), None)
    act = key if group is None and key in found.letters else ""
    chosen = bool(group or act)
    part = paged(group.rows if group else found.letters.get(act, ()), visit.part_asked)
    if found.total:
        visit.note()
    if chosen:
        shown, letters = [(group, part.items)] if group else [], {act: part.items} if act else {}
    else:
        shown = [(one, one.rows[:_SHOWN]) for one in groups]
        letters = {one: some[:_SHOWN] for one, some in found.letters.items()}
    return visit.show(
        "meja.html",
        title="Meja saya",
        waiting=found,
        pressing=() if chosen else desk.root.pressing(who.standing),
        letters=letters,
        acts=ACT_TITLES,
        filed=() if chosen else filed_as_signed(who.roles, who.login, rows, desk.now(), desk.root.settings.office),
        groups=[(group, [secrecy.shown(who.sees, row) for row in some]) for group, some in shown],
        every=groups,
        chosen=chosen,
        part=part,
        shown=_SHOWN,
        on_a_phone=_ON_A_PHONE,
        acting=not who.acts_in.isdisjoint(who.roles) and who.may(Right.MOVE_CASES),
        meetings=() if chosen else in_order(appointments(visit, rows), desk.now().date())[:_SHOWN],
        overdue=() if chosen else _overdue(visit, rows),
        lists=() if chosen else _lists(visit),
        unfiled=() if chosen or ARCHIVIST not in who.roles else without_code(visit, rows),
        receipts=len(todays(visit, rows)) if who.may(Right.VERIFY) else 0,
    )


@pages.get("/berikutnya", Right.READ_CASES, Lane.QUICK)
def following(visit: Visit) -> Response:
    """Go to what waits for the visitor behind the case that one comes from (``?dari=``)."""
    found = _waiting(visit, _open_rows(visit)).after(visit.asked("dari"))
    if found is None:
        return visit.go("/", "Tidak ada perkara lain yang menunggu Anda.")
    row, letter = found
    if letter:
        return visit.go(f"/kasus/{row.number}/surat/{letter}")
    checks = not (row.confirmed or row.in_work or row.needs_person) and visit.who.may(Right.VERIFY)
    return visit.go(f"/verifikasi/{row.number}" if checks else f"/kasus/{row.number}")


def _overdue(visit: Visit, rows: list[Row]) -> list[Row]:
    """Return the folders that should be back by now, for whoever lends them; the longest overdue first."""
    if ARCHIVIST not in visit.who.roles:
        return []
    today = visit.desk.now().date().isoformat()
    return sorted((row for row in rows if "" < row.lent_until < today), key=lambda row: row.lent_until)


def _lists(visit: Visit) -> list[tuple[RecordList, ListKind, ListStep]]:
    """Return the lists of records whose next step is the visitor's.

    None of a book that is broken, as ``verify`` says: the cases here are worked on all the same.
    """
    if visit.who.may(Right.RECORDS):
        with suppress(ArchiveFault):
            return awaiting(visit.who.acts_in, visit.desk.root.record_parts)
    return []


def _open_rows(visit: Visit) -> list[Row]:
    rows, sees = visit.desk.live_rows.of(visit.desk.now().date()), visit.who.sees
    return [row for row in rows if secrecy.open_to(sees, row)]


def _waiting(visit: Visit, rows: list[Row]) -> Waiting:
    return waiting_for(visit.who.roles, rows, visit.desk.now(), visit.desk.root.calendar)


@pages.get("/peristiwa", Right.SIGNED_IN, Lane.STREAM)
def events(visit: Visit) -> Response:
    """Stream what changes."""
    who, last_seen = visit.who, visit.request.headers.get("last-event-id", "")
    told = visit.desk.live_news.stream(who.session, who.standing, last_seen, login=who.login, network=visit.network)
    return StreamingResponse(told, media_type="text/event-stream", headers={"x-accel-buffering": "no"})
