"""*Meja saya*: what waits for the roles that one holds, late ones first; and what keeps open pages up to date."""

from __future__ import annotations

from starlette.responses import Response, StreamingResponse

from pipeline.access import secrecy
from pipeline.access.rights import Right
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.rendering import paged
from pipeline.desk.visit import Visit
from pipeline.register.due import waiting_for
from pipeline.register.letter_lists import ACT_TITLES, filed_as_signed

pages = Pages()


@pages.get("/", Right.SIGNED_IN, Lane.QUICK)
def my_desk(visit: Visit) -> Response:
    """Show what waits for the visitor."""
    desk, who = visit.desk, visit.who
    if not who.may(Right.READ_CASES):
        return visit.show("meja.html", title="Meja saya", waiting=None)
    rows = [row for row in desk.book.rows() if secrecy.open_to(who.roles, row)]
    found = waiting_for(who.roles, rows, desk.now(), desk.root.calendar)
    part = paged(found.rows, visit.part_asked)
    if part.items:
        visit.note()
    return visit.show(
        "meja.html",
        title="Meja saya",
        waiting=found,
        letters=found.letters,
        acts=ACT_TITLES,
        filed=filed_as_signed(who.roles, who.login, rows, desk.now(), desk.root.settings.office),
        part=part,
        rows=[secrecy.shown(who.roles, row) for row in part.items],
    )


@pages.get("/peristiwa", Right.SIGNED_IN, Lane.STREAM)
def events(visit: Visit) -> Response:
    """Stream what changes."""
    who, last_seen = visit.who, visit.request.headers.get("last-event-id", "")
    told = visit.desk.live_news.stream(who.session, who.roles, last_seen, login=who.login, network=visit.network)
    return StreamingResponse(told, media_type="text/event-stream", headers={"x-accel-buffering": "no"})
