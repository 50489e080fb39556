"""A case on one page: who, what, where it stands, its documents and what happened."""

from __future__ import annotations

from starlette.responses import Response

from pipeline.views.cases import case_view
from pipeline.views.desk import timed
from pipeline.web.casefile import open_file
from pipeline.web.rights import Right
from pipeline.web.routing import Pages
from pipeline.web.visit import Visit

pages = Pages()


@pages.get("/kasus/{year}/{serial}", Right.READ_CASES)
def case(visit: Visit) -> Response:
    """Show a case."""
    desk, number = visit.desk, visit.case_number
    row = timed(open_file(visit).row, desk.now(), desk.root.calendar)
    return visit.show("kasus.html", title=f"Perkara {number}", case=case_view(desk.root, number), row=row)
