"""*Cek status*: a complainant asks with the code on the receipt. No session, no code in an address, none in a log.

Every text that is no code gets the same answer. Guessing is slowed: for one address after a few failures, and for all
that have failed before together after many, so that codes cannot be tried from everywhere at once. Who asks for the
first time is answered whatever others do.
"""

from __future__ import annotations

from starlette.responses import Response

from pipeline.access.failed_tries import STATUS, STATUS_EVERYWHERE
from pipeline.access.rights import Right
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.visit import Visit
from pipeline.errors import Denied, NotFound, YankomasError
from pipeline.register.complainant_status import standing_of

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
    tries, now, root = visit.desk.people.tries, visit.desk.now(), visit.desk.root
    own, everywhere = STATUS.of(visit.network), STATUS_EVERYWHERE.of()
    first = not tries.any(own)
    counted = (own,) if first else (own, everywhere)
    try:
        tries.begin(counted, now)
        found = standing_of(visit.text("kode"), root.status_codes, root.cabinet.case, root.sop_of)
    except Denied as fault:
        return _question(visit, fault, 429)
    except NotFound as fault:
        if first:
            tries.failed(everywhere, now)
        return _question(visit, fault, 404)
    tries.give_back(counted)
    return visit.show("status-jawaban.html", title=_TITLE, standing=found)


def _question(visit: Visit, fault: YankomasError | None = None, status: int = 200) -> Response:
    """Show the question, with what went wrong; what was typed is not repeated."""
    return visit.show("status.html", status, title=_TITLE, fault=fault)
