"""A case on one page: who, what, where it stands, what one may do now, its papers, what happened; and to be copied."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from starlette.responses import Response

from pipeline.access import masking
from pipeline.access.rights import Right
from pipeline.archive.papers import in_hand, papers
from pipeline.cases.case import Case
from pipeline.cases.case_number import read_number
from pipeline.cases.completeness import checklist
from pipeline.cases.deadlines import current_step
from pipeline.cases.duties import held_up
from pipeline.cases.key_labels import PERSON_LABELS
from pipeline.cases.letter_life import letters
from pipeline.cases.moves import LETTER
from pipeline.cases.nik_doubts import doubtful_niks
from pipeline.cases.offers import Offer, elsewhere
from pipeline.cases.owed_letters import uncorrected_letters
from pipeline.cases.separation import why
from pipeline.cases.sop import Sop
from pipeline.cases.standing import standing_state
from pipeline.cases.timeline import Happening, timeline
from pipeline.desk.case_file import file_of, file_to_copy, open_file
from pipeline.desk.faults import ask_why
from pipeline.desk.gate import Pages
from pipeline.desk.known_facts import known_facts
from pipeline.desk.lanes import Lane
from pipeline.desk.questions import columns_of, question
from pipeline.desk.rendering import moment
from pipeline.desk.routes.transfers import may_send
from pipeline.desk.two_people import offers_to
from pipeline.desk.visit import Visit, own_path
from pipeline.drawing.svg import svg
from pipeline.errors import Incomplete
from pipeline.intake.dropping import EMPTY
from pipeline.letters.sop_chart import draw
from pipeline.letters.sop_chart.flow import flow_of, trail_of
from pipeline.register.facts import Fact
from pipeline.register.letter_lists import ACT_TITLES

pages = Pages()
#: Forms of so many questions or fewer stand on the case's page itself.
_SHORT = 4


@pages.get("/kasus/{year}/{serial}", Right.READ_CASES, Lane.QUICK)
def case(visit: Visit) -> Response:
    """Show a case."""
    desk, found = visit.desk, open_file(visit)
    case, sop = found.case, desk.root.sop_of(found.case)
    told, printed = desk.told_to(visit.who.sees), _printing(visit)
    found_papers, lives = papers(case, sop), letters(case, sop)
    mine, kept = offers_to(visit, case, sop)
    waiting = {barred.letter for barred in kept}
    return visit.show(
        "kasus.html",
        title=f"Perkara {case.received.register_number}",
        case=case,
        doubts=tuple(map(str, doubtful_niks(sop.known(case.fields)))),
        uncorrected=() if found.row.final else uncorrected_letters(case, sop),
        checked=checklist(case, sop) if found.row.final and not case.gone else None,
        held_up=held_up(case, sop, desk.root.held_up(case.number)),
        row=found.row,
        sop=sop,
        step=current_step(case, sop),
        passed_steps=_passed(case, sop),
        standing=standing_state(case, sop),
        facts=known_facts(visit, case, sop),
        offers=[(offer, _inline(desk.root.drafting_help.offered(offer, case, desk.now().date()))) for offer in mine],
        kept_apart=[why(barred, case.number) for barred in kept],
        elsewhere=elsewhere(case, sop, visit.who.acts_in),
        papers=found_papers,
        in_hand=in_hand(found_papers, lives, visit.who.acts_in) if any(offer.here for offer in mine) else None,
        outdated=desk.root.outdated_places(case),
        acts=_acts(mine),
        lives={letter.template: letter for letter in lives},
        mine={
            letter.template: letter
            for letter in lives
            if mine
            and letter.turn
            and letter.template not in waiting
            and not set(letter.turn.roles).isdisjoint(visit.who.acts_in)
        },
        act_titles=ACT_TITLES,
        days=_days(_covered(event, case, printed) for event in timeline(case, sop, told)),
        links=[link for link in case.links if told(link.other)],
        alike=desk.resembling(case, visit.who.sees),
        printed=printed,
        sends=desk.of_centre and may_send(visit),
    )


@pages.post("/kasus/{year}/{serial}/alasan", Right.READ_CASES, Lane.QUICK, personal=False)
def say_why(visit: Visit) -> Response:
    """Take down why the visitor reads a case that they have no part in, and go on to it."""
    number, onward = visit.case_number, own_path(visit.text("lanjut"))
    file_of(visit.desk, number, visit.who.sees)
    try:
        visit.desk.reasons.state(visit.who, number, visit.text("alasan"), visit.desk.now())
    except Incomplete as fault:
        return ask_why(visit, onward, 422, fault)
    return visit.go(onward if onward != "/" else f"/kasus/{number}")


@pages.get("/kasus/{year}/{serial}/bagan", Right.READ_CASES, Lane.QUICK)
def chart_page(visit: Visit) -> Response:
    """Show the flow chart on a page of its own."""
    case = open_file(visit).case
    sop = visit.desk.root.sop_of(case)
    state = standing_state(case, sop)
    return visit.show(
        "bagan.html", title=f"Bagan alir {case.received.register_number}", case=case, sop=sop, standing=state
    )


@pages.get("/kasus/{year}/{serial}/bagan.svg", Right.READ_CASES, Lane.QUICK)
def chart(visit: Visit) -> Response:
    """Draw the SOP's flow chart with the case's way through it."""
    desk, case = visit.desk, open_file(visit).case
    sop = desk.root.sop_of(case)
    flow = flow_of(sop)
    drawn = svg(draw(sop, flow, trail_of(case, sop, flow, desk.root.calendar, desk.now())))
    return Response(drawn, media_type="image/svg+xml")


@pages.post("/kasus/{year}/{serial}/lampiran", Right.INBOX, Lane.QUICK, uploads="inbox")
def attach(visit: Visit) -> Response:
    """Put sent files into the inbox for this case, where the watcher takes them as its attachments."""
    number = open_file(visit).case.number
    found = visit.drop(number.key)
    words = []
    if found.landed:
        words.append(
            f"{len(found.landed)} lampiran masuk ke kotak masuk untuk perkara ini; sebentar lagi ada di Berkas."
        )
    if cut := [f"{file.name} ({file.why})" for file in found.not_taken if file.why != EMPTY]:
        words.append(f"Tidak diterima: {'; '.join(cut)}. Pindai atau salin ulang sampai selesai, lalu kirim lagi.")
    if not words:
        return visit.go(f"/kasus/{number}", "Belum ada lampiran yang dipilih, atau berkasnya kosong.", kind="gagal")
    if empty := len(found.not_taken) - len(cut):
        words.append(f"{empty} berkas kosong tidak diambil.")
    return visit.go(f"/kasus/{number}", " ".join(words), kind="gagal" if cut else "baik")


def _covered(event: Happening, case: Case, printed: Callable[[str], str]) -> Happening:
    """Return what happened with the last digits of each NIK alone, and the numbers of tied cases as they are printed.

    What a field held before may have a NIK.
    """
    title = event.title
    for link in case.links if event.machine else ():
        title = " ".join(printed(word) if word == link.other else word for word in title.split(" "))
    return replace(
        event, title=title, words=tuple((label, masking.covered_niks(words)) for label, words in event.words)
    )


def _printing(visit: Visit) -> Callable[[str], str]:
    """Return how the office prints the number of another case."""

    def said(number: str) -> str:
        row = visit.desk.row(read_number(number))
        return row.register_number if row else number

    return said


def _days(events: Iterable[Happening]) -> list[tuple[date, int, list[tuple[bool, list[Happening]]]]]:
    """Return what happened by days, the newest first: the day, how much, and what machine and people did in turn."""
    found = []
    for day, some in groupby(reversed(list(events)), lambda event: event.at.date()):
        whole = list(some)
        turns = [(machine, list(turn)) for machine, turn in groupby(whole, lambda event: event.machine)]
        found.append((day, len(whole), turns))
    return found


def _passed(case: Case, sop: Sop) -> set[int]:
    """Return the steps in which the case has stood; a complaint that came was handed in, so the first is among them."""
    keys = [sop.first, *(key for m in case.made for key in (m.decision.start, m.decision.state))]
    return {sop.steps[0].number, *(sop.step(sop.state(key).step).number for key in keys)}


def _acts(mine: Iterable[Offer]) -> dict[str, list[Offer]]:
    """Return the moves that are made on one of several sheets (its number, its signed scan), by the sheet."""
    found: dict[str, list[Offer]] = {}
    for offer in mine:
        for sheet in (choice for field in offer.fields if field.name == LETTER for choice in field.choices):
            found.setdefault(sheet, []).append(offer)
    return found


def _inline(offer: Offer) -> list[object] | None:
    """Return the questions of a form that is short enough to stand on the case's page, else None."""
    if offer.register or len(offer.fields) > _SHORT or any(columns_of(f) for f in offer.fields):
        return None
    return [question(f, offer.known.get(f.name)) for f in offer.fields]


@dataclass(frozen=True, slots=True)
class CopiedField:
    """A field as it is copied: what it is called, its text, and whether nobody has vouched for it."""

    label: str
    text: str
    doubtful: bool = False

    def __str__(self) -> str:
        """Return it as it stands among all fields."""
        several = "\n" in self.text
        return f"{self.label}:\n{self.text}\n" if several else f"{self.label}: {self.text}"


@pages.get("/kasus/{year}/{serial}/salin", Right.EXPORT, Lane.QUICK)
def copy(visit: Visit) -> Response:
    """Show a case's fields to be copied; a NIK in full only to those who may have the complaint itself."""
    case, whole_nik = file_to_copy(visit).case, visit.who.may(Right.ORIGINALS)
    known = known_facts(visit, case, visit.desk.root.sop_of(case))
    entries = [
        CopiedField("No. register", case.received.register_number),
        CopiedField("Diterima", moment(case.received_at)),
        *(CopiedField(fact.label, _text(fact, whole_nik=whole_nik), fact.doubtful) for fact in known),
    ]
    whole = "\n".join(map(str, entries))
    return visit.show("salin.html", title=f"Salin {case.number}", case=case, entries=entries, whole=whole)


def _text(fact: Fact, *, whole_nik: bool) -> str:
    def told(key: str, value: str) -> str:
        said = masking.masked_nik(value) if key == "nik" and not whole_nik else value
        return f"{PERSON_LABELS[key]}: {said}"

    persons = ["\n".join(told(*detail) for detail in person.items()) for person in fact.persons]
    return "\n\n".join(persons) or "\n".join(fact.lines)
