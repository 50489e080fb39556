"""*Buku register*: every case of a year, the newest first."""

from __future__ import annotations

from starlette.responses import Response

from pipeline.views.desk import timed
from pipeline.web import secrecy
from pipeline.web.paging import paged
from pipeline.web.rights import Right
from pipeline.web.routing import Pages
from pipeline.web.visit import Visit

pages = Pages()


@pages.get("/register", Right.REGISTER)
def register(visit: Visit) -> Response:
    """Show the register book."""
    desk, roles = visit.desk, visit.who.roles
    years = desk.root.layout.booked_years()
    asked = visit.asked("tahun")
    year = int(asked) if asked.isdecimal() and int(asked) in years else (years[-1] if years else desk.now().year)
    part = paged(desk.book.rows(year)[::-1], visit.asked("hal"))
    rows = [secrecy.shown(roles, timed(row, desk.now(), desk.root.calendar)) for row in part.items]
    return visit.show("register.html", title="Buku register", rows=rows, part=part, year=year, years=years)
