"""Moves: what somebody may do with a case, as forms; making one is :func:`pipeline.cases.decide.decide`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.archive.papers import in_hand, papers
from pipeline.cases.acted import acted
from pipeline.cases.case import Case
from pipeline.cases.decide import decide
from pipeline.cases.key_labels import role_name
from pipeline.cases.letter_life import letters
from pipeline.cases.moves import LETTER
from pipeline.cases.offers import Offer, offers
from pipeline.cases.secrecy_level import RAHASIA, SECRECY
from pipeline.cases.separation import REMEDY, kept_apart, why
from pipeline.cases.sop_rows import FormField
from pipeline.cases.splitting import own_pages
from pipeline.cases.standing import standing_state
from pipeline.cases.timeline import move_title
from pipeline.desk.case_file import CaseFile, open_file
from pipeline.desk.gate import Pages
from pipeline.desk.known_facts import known_facts
from pipeline.desk.lanes import Lane
from pipeline.desk.questions import MORE_ROWS, FormQuestion, answered, question
from pipeline.desk.rendering import hour
from pipeline.desk.visit import Visit, number_in
from pipeline.errors import Incomplete, NotAllowed, Refused, YankomasError
from pipeline.register.row import Row

pages = Pages()
#: So many pages of the complaint stand beside a form.
_PAGES = 30


@pages.get("/kasus/{year}/{serial}/gerak/{move}", Right.MOVE_CASES, Lane.QUICK)
def form(visit: Visit) -> Response:
    """Show the form of a move."""
    file = open_file(visit)
    case, offer = file.case, offered(visit, file)
    return _form(visit, case, offer, {**offer.known, LETTER: visit.asked(LETTER)})


@pages.post("/kasus/{year}/{serial}/gerak/{move}", Right.MOVE_CASES, Lane.PAPERS, uploads="state")
def make(visit: Visit) -> Response:
    """Make a move, or show its form again with what is missing."""
    file = open_file(visit)
    case, offer = file.case, offered(visit, file)
    typed = answered(visit.form, (*offer.fields, *offer.register))
    if visit.text("simpan"):
        visit.kept_now()
        visit.request.state.unfinished = True
        said = f"Konsep tersimpan pukul {hour(visit.desk.now())}; hanya Anda yang melihatnya. Belum ada yang dicatat."
        return visit.go(visit.request.url.path, said, query=about_letter(visit))
    if visit.text("tambah"):
        return _form(visit, case, offer, {**offer.known, **typed}, longer=visit.text("tambah"))
    try:
        after = decided(visit, case, offer, meant(offer, typed))
    except (Incomplete, Refused, NotAllowed) as fault:
        return _form(visit, case, offer, {**offer.known, **typed}, fault)
    visit.desk.wake()
    state = standing_state(after, visit.desk.root.sop_of(after))
    return visit.go(f"/kasus/{case.number}", f"{offer.label}: dicatat. Keadaan perkara sekarang: {state.label}.")


def about_letter(visit: Visit) -> list[tuple[str, str]]:
    """Return which letter a form is about, as its page's address says it."""
    return [(LETTER, letter)] if (letter := visit.text(f"i.{LETTER}")) else []


def offered(visit: Visit, file: CaseFile) -> Offer:
    """Return the move that the address names, as it is open to the visitor on this case.

    Raises:
        NotAllowed: it is not, or it is the second step of a pair whose first one the visitor made.
    """
    move, case, desk = visit.request.path_params["move"], file.case, visit.desk
    sop = desk.root.sop_of(case)
    for roles in filter(None, (visit.who.acts_in, visit.who.roles)):  # what was handed over is refused with its words
        found = [offer for offer in offers(case, sop, roles) if offer.key == move]
        left, barred = kept_apart(found, visit.who.acting, case, sop, desk.root.settings.office)
        if barred and not left:
            raise NotAllowed(why(barred[0], case.number), REMEDY)
        if left:
            return desk.root.drafting_help.offered(as_it_stands(left[0], file.row), case, desk.now().date())
    raise _not_open(visit, case)


def _not_open(visit: Visit, case: Case) -> NotAllowed:
    """Return why a move is not open: somebody was faster than who sent its form, or it was none of theirs."""
    remedy = "Lihat di halaman perkara apa yang dapat Anda lakukan."
    seen = number_in(visit.text("dilihat"), 9)
    if seen is None or not case.made or case.made[-1].seq <= seen:
        return NotAllowed("Gerak itu tidak terbuka bagi Anda pada perkara ini.", remedy)
    last, sop = case.made[-1], visit.desk.root.sop_of(case)
    what, who = move_title(last.decision, case, sop), acted(last.decision).words(role_name(last.role))
    said = f"Perkara {case.number} sudah bergerak sejak halaman itu dibuka: {what}, {who}, pukul {hour(last.at)}."
    return NotAllowed(said, f"Keadaannya sekarang: {standing_state(case, sop).label}. {remedy}")


def as_it_stands(offer: Offer, row: Row) -> Offer:
    """Return the offer knowing how secret the case is by what it is tied to, so that it can be let out of it."""
    if not (offer.register and row.secret):
        return offer
    settable = any(f.name == SECRECY and row.sifat in f.choices for f in offer.register)
    return replace(offer, known={**offer.known, SECRECY: row.sifat if settable else RAHASIA})


def decided(visit: Visit, case: Case, offer: Offer, typed: Mapping[str, Any]) -> Case:
    """Make the move as the visitor, in the role that was chosen; return the case after it.

    Raises:
        NotAllowed, Incomplete, Refused: as :func:`pipeline.cases.decide.decide` does.
    """
    role = visit.text("sebagai") or offer.roles[0]
    if role not in visit.who.roles:
        raise NotAllowed("Anda tidak memegang peran itu hari ini.", "Pilih peran Anda sendiri.")
    visit.desk.require_mergeable(visit.who.sees, typed)
    return decide(
        case.number,
        offer.key,
        typed,
        by=visit.who.acting(role),
        parts=visit.desk.decide_parts(),
        files=[sent.blob for sent in visit.uploads],
        seen=number_in(visit.text("dilihat"), 9),
    )


def meant(offer: Offer, typed: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out the register's fields that were left as they are, and that nobody knew and nobody typed."""
    register = {f.name for f in offer.register}
    return {
        name: value
        for name, value in typed.items()
        if name not in register or bare(value) != bare(offer.known.get(name)) or (offer.forward and value)
    }


def bare(value: Any) -> Any:
    """Return an answer without blanks around it and without empty parts."""
    if isinstance(value, list | tuple):
        return [bare(v) for v in value if v]
    if isinstance(value, Mapping):
        return {k: bare(v) for k, v in value.items() if v}
    return "" if value is None else str(value).strip()


def _form(
    visit: Visit,
    case: Case,
    offer: Offer,
    known: Mapping[str, Any],
    fault: YankomasError | None = None,
    longer: str = "",
) -> Response:
    desk = visit.desk
    asked, register = (asked_of(fields, known, fault, longer) for fields in (offer.fields, offer.register))
    sop, there = desk.root.sop_of(case), papers(case, desk.root.sop_of(case))
    about = next((one for one in there if one.shown and one.key == known.get(LETTER)), None)
    paper = about or in_hand(there, letters(case, sop), visit.who.acts_in)
    return visit.show(
        "gerak.html",
        422 if fault else 200,
        title=offer.button,
        case=case,
        row=visit.desk.row(case.number),
        offer=offer,
        asked=asked,
        register=register,
        fault=fault,
        in_hand=paper,
        pages=min(len(own_pages(case)), _PAGES) if paper and paper.key == "surat" else 1,
        others=[other for other in there if other.shown and other is not paper],
        facts=known_facts(visit, case, sop),
    )


def asked_of(
    fields: Iterable[FormField], known: Mapping[str, Any], fault: YankomasError | None, longer: str
) -> list[FormQuestion]:
    """Return fields as a page asks them, each with what the fault says of it; one of them gets rows more."""
    wrong = fault.fields if isinstance(fault, Incomplete) else {}
    return [
        question(
            field,
            known.get(field.name),
            wrong=wrong[field.name][1] if field.name in wrong else "",
            more=MORE_ROWS if field.name == longer else 0,
        )
        for field in fields
    ]
