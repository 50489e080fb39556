"""*Cek status*: a complainant asks with the code on the receipt. No session, no code in an address, none in a log.

Every text that is no code gets the same answer. Guessing is slowed (:mod:`pipeline.desk.code_tries`).
"""

from __future__ import annotations

from starlette.responses import Response

from pipeline.access.failed_tries import STATUS, STATUS_EVERYWHERE
from pipeline.access.rights import Right
from pipeline.desk.code_tries import tried
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.visit import Visit
from pipeline.errors import Denied, NotFound, YankomasError
from pipeline.register.complainant_status import Standing, standing_of

pages = Pages()
_TITLE = "Cek status pengaduan"
_FORM_LIMIT = 4096  # bytes: a code and the form's token


@pages.get("/status", Right.ANYONE, Lane.QUICK)
def ask(visit: Visit) -> Response:
    """Show the question."""
    return _question(visit)


@pages.post("/status", Right.ANYONE, Lane.QUICK, limit=_FORM_LIMIT)
def answer(visit: Visit) -> Response:
    """Show where the complaint stands."""
    root = visit.desk.root

    def find() -> Standing:
        return standing_of(visit.text("kode"), root.status_codes, root.cabinet.case, root.sop_of)

    try:
        found = tried(visit, STATUS, STATUS_EVERYWHERE, find)
    except Denied as fault:
        return _question(visit, fault, 429)
    except NotFound as fault:
        return _question(visit, fault, 404)
    return visit.show("status-jawaban.html", title=_TITLE, standing=found)


def _question(visit: Visit, fault: YankomasError | None = None, status: int = 200) -> Response:
    """Show the question, with what went wrong; what was typed is not repeated."""
    return visit.show("status.html", status, title=_TITLE, fault=fault)
