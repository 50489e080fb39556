"""What is known of a case, as its sheets and its row of the printed register say it."""

from __future__ import annotations

from datetime import date

from pipeline.cases.case import Case
from pipeline.cases.deadlines import deadlines
from pipeline.cases.duties import TYPED
from pipeline.cases.sop import Sop
from pipeline.letters.sheets.sheet_facts import MoveMade, SheetFacts
from pipeline.office.worktime import Calendar


def facts_of(case: Case, sop: Sop, calendar: Calendar, *, template: str = "", drafted_on: date) -> SheetFacts:
    """Return what a sheet made from that template on that day may say."""
    due = deadlines(case, sop, calendar)
    numbered = case.numbered.get(template)
    secrecy = case.register.get("sifat")
    return SheetFacts(
        register_number=case.received.register_number,
        number=str(case.number),
        received_at=case.received_at,
        status_code=case.received.status_code,
        fields=case.fields,
        pages=case.received.pages,
        channel=case.register.get("cara_penyampaian")
        or (case.received.channel if case.received.media == TYPED else None),
        **({"classification": secrecy} if secrecy else {}),
        due_at=due.case,
        review_due_at=due.review,
        drafted_on=drafted_on,
        moves=tuple(MoveMade(m.decision.move, m.at, m.role, m.decision.values) for m in case.made),
        naskah_number=str(numbered.decision.numbers[template]) if numbered else "",
        naskah_date=numbered.at.date() if numbered else None,
        sop_number=sop.number,
        sop_title=sop.title,
        confirmed=bool(case.made),
        numbers=case.numbers,
        answer_days=max((s.patience for s in sop.states if s.paused), default=0),
        working_days=not calendar.calendar_days,
    )
