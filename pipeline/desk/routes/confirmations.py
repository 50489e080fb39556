"""*Pengesahan*: what waits for a second person, and what one is told until one has read it."""

from __future__ import annotations

from starlette.responses import Response

from pipeline.access.confirmation import described, settle
from pipeline.access.rights import Right
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.visit import Visit, number_in

pages = Pages()


@pages.get("/pengesahan", Right.SIGNED_IN, Lane.QUICK)
def waiting(visit: Visit) -> Response:
    """Show what waits for the visitor to confirm, and what they have asked for themselves."""
    mine = visit.to_confirm()
    login, there = visit.who.login, visit.desk.people.requests.waiting()
    asked = [r for r in there if login in (r.by, r.login) and r not in mine]
    told = [[(r, described(r)) for r in some] for some in (mine, asked)]
    return visit.show("pengesahan.html", title="Pengesahan", mine=told[0], asked=told[1])


@pages.post("/pengesahan/sahkan", Right.SIGNED_IN, Lane.QUICK)
def confirm(visit: Visit) -> Response:
    """Confirm what waits."""
    return _settled(visit, confirmed=True)


@pages.post("/pengesahan/tolak", Right.SIGNED_IN, Lane.QUICK)
def reject(visit: Visit) -> Response:
    """Reject what waits, or take back what one has asked for."""
    return _settled(visit, confirmed=False)


@pages.post("/pemberitahuan/baca", Right.SIGNED_IN, Lane.QUICK)
def have_read(visit: Visit) -> Response:
    """Note that the visitor has read what they were told."""
    visit.desk.people.notices.read(visit.who.login, number_in(visit.text("nomor"), 15) or 0)
    return visit.go("/")


def _settled(visit: Visit, *, confirmed: bool) -> Response:
    number = number_in(visit.text("nomor"), 15) or 0
    found = settle(number, confirmed=confirmed, by=visit.who.login, parts=visit.grant_parts)
    return visit.go("/pengesahan", f"{'Disahkan' if confirmed else 'Ditolak'}: {described(found)}")
