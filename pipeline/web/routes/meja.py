"""*Meja saya*: what waits for the roles that one holds, late ones first."""

from __future__ import annotations

from starlette.responses import Response

from pipeline.views.desk import waiting_for
from pipeline.web import secrecy
from pipeline.web.rights import Right
from pipeline.web.routing import Pages
from pipeline.web.visit import Visit

pages = Pages()


@pages.get("/", Right.SIGNED_IN)
def my_desk(visit: Visit) -> Response:
    """Show what waits for the visitor."""
    desk, who = visit.desk, visit.who
    if not who.may(Right.READ_CASES):
        return visit.show("meja.html", title="Meja saya", waiting=[], late=0, reads=False)
    rows = waiting_for(who.roles, desk.book.rows(), desk.now(), desk.root.calendar)
    if rows:
        visit.note()
    waiting = [secrecy.shown(who.roles, row) for row in rows]
    return visit.show("meja.html", title="Meja saya", waiting=waiting, late=sum(r["late"] for r in rows), reads=True)
