"""*Audiensi*: when people meet about which case, as a list and for calendars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from starlette.responses import Response

from pipeline.access import secrecy
from pipeline.access.rights import Right
from pipeline.desk.downloads import attachment
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.visit import Visit
from pipeline.register.meetings import Appointment, as_calendar, in_order
from pipeline.register.row import Row

pages = Pages()
#: Meetings of the last days are still shown, so that what came of them is written down.
_PAST = timedelta(days=14)


@pages.get("/audiensi", Right.READ_CASES, Lane.QUICK)
def audiences(visit: Visit) -> Response:
    """Show the audiences that are set, with those of the last days."""
    today = visit.desk.now().date()
    found = in_order(appointments(visit, visit.desk.live_rows.of(today)), today - _PAST)
    return visit.show(
        "audiensi.html",
        title="Audiensi",
        ahead=[one for one in found if one.day >= today],
        past=[one for one in found if one.day < today],
    )


@pages.get("/audiensi.ics", Right.READ_CASES, Lane.QUICK)
def as_file(visit: Visit) -> Response:
    """Give the audiences that are set for a calendar, naming nobody."""
    now = visit.desk.now()
    found = in_order(appointments(visit, visit.desk.live_rows.of(now.date())), now.date())
    return attachment(as_calendar(found, now, visit.desk.root.calendar.zone), "audiensi.ics", "text/calendar")


def appointments(visit: Visit, rows: Iterable[Row]) -> Iterator[Appointment]:
    """Yield the meetings about cases that the visitor may open."""
    for row in rows:
        if row.audiensi and secrecy.open_to(visit.who.sees, row):
            yield from (Appointment(meeting, row.number, row.register_number) for meeting in row.audiensi)
