"""*Cek status*: a complainant asks with the code on the receipt, and says how the service was once the case has ended.

No session, no code in an address, none in a log. Every text that is no code gets the same answer. Guessing is slowed
(:mod:`pipeline.desk.code_tries`).
"""

from __future__ import annotations

from starlette.responses import Response

from pipeline.access.failed_tries import STATUS, STATUS_EVERYWHERE
from pipeline.access.rights import Right
from pipeline.desk.code_tries import tried
from pipeline.desk.faults import wrong_with
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.visit import Visit
from pipeline.errors import Denied, Incomplete, NotAllowed, NotFound, YankomasError
from pipeline.register.complainant_status import Standing, standing_of
from pipeline.survey.questionnaire import questionnaire
from pipeline.survey.take_part import can_take_part, take_part

pages = Pages()
_TITLE = "Cek status pengaduan"
_SURVEY = "Survei kepuasan masyarakat"
_FORM_LIMIT = 4096  # bytes: a code and the form's token; the survey's answers are shorter still


@pages.get("/status", Right.ANYONE, Lane.QUICK)
def ask(visit: Visit) -> Response:
    """Show the question."""
    return _question(visit)


@pages.post("/status", Right.ANYONE, Lane.QUICK, limit=_FORM_LIMIT)
def answer(visit: Visit) -> Response:
    """Show where the complaint stands."""
    try:
        found = _standing(visit)
    except Denied as fault:
        return _question(visit, fault, 429)
    except NotFound as fault:
        return _question(visit, fault, 404)
    code, box = visit.text("kode"), visit.desk.root.survey
    asked = questionnaire() if can_take_part(code, found, box) else None
    return visit.show("status-jawaban.html", title=_TITLE, standing=found, survey=asked, code=code)


@pages.post("/status/survei", Right.ANYONE, Lane.QUICK, limit=_FORM_LIMIT)
def survey(visit: Visit) -> Response:
    """Take an answer to the survey in; nothing of who sends it, or when, is written down."""
    asked = questionnaire()
    typed = {name: visit.text(name) for name in asked.keys}
    code, desk = visit.text("kode"), visit.desk
    try:
        take_part(code, typed, _standing(visit), desk.root.survey, desk.now().date())
    except Denied as fault:
        return _question(visit, fault, 429)
    except NotFound as fault:
        return _question(visit, fault, 404)
    except NotAllowed as fault:
        return visit.show("status-terima-kasih.html", 409, title=_SURVEY, fault=fault)
    except Incomplete as fault:
        values = {"survey": asked, "code": code, "typed": typed, "wrong": wrong_with(fault)}
        return visit.show("status-survei.html", 422, title=_SURVEY, fault=fault, **values)
    return visit.show("status-terima-kasih.html", title=_SURVEY, fault=None)


def _standing(visit: Visit) -> Standing:
    """Return where the complaint of the code that was typed stands; a text that is none counts as a guess."""
    root = visit.desk.root

    def find() -> Standing:
        return standing_of(visit.text("kode"), root.status_codes, root.cabinet.case, root.sop_of)

    return tried(visit, STATUS, STATUS_EVERYWHERE, find)


def _question(visit: Visit, fault: YankomasError | None = None, status: int = 200) -> Response:
    """Show the question, with what went wrong; what was typed is not repeated."""
    return visit.show("status.html", status, title=_TITLE, fault=fault)
