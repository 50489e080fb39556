"""One act on several cases with one form: each case is asked for itself, and has its own line in its journal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from pipeline.access import secrecy
from pipeline.access.rights import Right
from pipeline.cases.decide import decide
from pipeline.cases.decide_parts import DecideParts
from pipeline.cases.offers import Offer
from pipeline.cases.standing import standing_state
from pipeline.desk.case_file import CaseFile, file_of
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.questions import answered
from pipeline.desk.rendering import words_of
from pipeline.desk.routes.moves import asked_of, offered
from pipeline.desk.visit import Visit, case_of, number_in
from pipeline.errors import Incomplete, NotAllowed, YankomasError
from pipeline.register.row import Row

pages = Pages()
_HERE = "/sekaligus/{move}"
#: So many cases at once: each is decided in a moment, and somebody waits for all of them.
MOST = 50


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A case that was chosen: its number, its row (None: it cannot be shown), and how it stands with the act.

    ``seen`` is the last line of its journal, ``offer`` the act as it is open; ``why`` says why it is not, or was not
    made (``slips``: its form was not filled in as it must), ``state`` where the case stands after it was.
    """

    number: str
    row: Row | None = None
    seen: int = 0
    offer: Offer | None = None
    why: str = ""
    slips: Incomplete | None = None
    state: str = ""


@pages.get(_HERE, Right.MOVE_CASES, Lane.LOOKUPS)
def ask(visit: Visit) -> Response:
    """Ask once what is to be decided on the cases that were chosen."""
    return _asked(visit, visit.request.query_params.getlist("perkara"))


@pages.post(_HERE, Right.MOVE_CASES, Lane.PAPERS)
def make(visit: Visit) -> Response:
    """Make the act on each of the cases; tell case by case what became of it, and ask again for what failed."""
    numbers = visit.texts("perkara")
    chosen = [_chosen(visit, number) for number in dict.fromkeys(numbers[:MOST])]
    offer = next((one.offer for one in chosen if one.offer), None)
    if offer is None:
        return _asked(visit, numbers)
    typed, parts = answered(visit.form, offer.fields), visit.desk.decide_parts()
    made = [_made(visit, one, offer, typed, parts) for one in chosen]
    visit.desk.wake()
    left = [one for one in made if one.why]
    if not left:
        words = f"{offer.label}: dicatat pada {len(made)} perkara."
        return _shown(visit, made, (), offer, {}, words=words)
    return _shown(visit, [one for one in made if not one.why], left, offer, typed, fault=_common(left, made))


def _asked(visit: Visit, numbers: Sequence[str]) -> Response:
    chosen = [_chosen(visit, number) for number in dict.fromkeys(numbers[:MOST])]
    offer = next((one.offer for one in chosen if one.offer), None)
    if offer is None:
        why = chosen[0].why if chosen else "Centang dahulu perkaranya."
        return visit.go("/", why, kind="gagal")
    return _shown(visit, (), chosen, offer, offer.known)


def _chosen(visit: Visit, number: str) -> _Chosen:
    try:
        file = _file(visit, number)
    except YankomasError as fault:
        return _Chosen(number, why=fault.message)
    row, seen = secrecy.shown(visit.who.sees, file.row), file.case.entries[-1].seq
    try:
        offer = offered(visit, file)
    except NotAllowed as fault:
        return _Chosen(str(file.case.number), row, seen, why=fault.message)
    if not offer.together:
        return _Chosen(str(file.case.number), row, seen, why=f"{offer.label}: dilakukan pada perkaranya masing-masing.")
    return _Chosen(str(file.case.number), row, seen, offer)


def _file(visit: Visit, number: str) -> CaseFile:
    year, _, serial = number.partition("/")
    found = case_of(year, serial)
    visit.note(found)
    return file_of(visit.desk, found, visit.who.sees)


def _made(visit: Visit, one: _Chosen, asked: Offer, typed: Mapping[str, Any], parts: DecideParts) -> _Chosen:
    """Make the act on one case, as the visitor saw it when the form was opened."""
    if one.offer is None or one.row is None:
        return one
    if [f.name for f in one.offer.fields] != [f.name for f in asked.fields]:
        return _Chosen(one.number, one.row, one.seen, why="Formulirnya lain; kerjakan di halaman perkaranya.")
    number, seen = one.row.case_number, number_in(visit.text(f"dilihat.{one.number}"), 9)
    try:
        after = decide(number, one.offer.key, typed, by=visit.who.acting(one.offer.roles[0]), parts=parts, seen=seen)
    except Incomplete as fault:
        return _Chosen(one.number, one.row, one.seen, one.offer, "Isiannya perlu diperiksa.", fault)
    except YankomasError as fault:
        return _Chosen(one.number, one.row, one.seen, one.offer, words_of(fault))
    state = standing_state(after, visit.desk.root.sop_of(after)).label
    return _Chosen(one.number, one.row, one.seen, state=state)


def _common(left: Sequence[_Chosen], made: Sequence[_Chosen]) -> YankomasError:
    """Return what is said above all: what is wrong with the form, or how many cases are left."""
    if slips := next((one.slips for one in left if one.slips), None):
        return slips
    words = f"{len(left)} dari {len(made)} perkara belum dicatat."
    return Incomplete(words, "Sebabnya tertulis pada masing-masing; isian Anda masih di bawah.")


def _shown(
    visit: Visit,
    done: Sequence[_Chosen],
    left: Sequence[_Chosen],
    offer: Offer,
    known: Mapping[str, Any],
    *,
    fault: YankomasError | None = None,
    words: str = "",
) -> Response:
    return visit.show(
        "sekaligus.html",
        422 if fault else 200,
        title=offer.button,
        offer=offer,
        done=done,
        left=left,
        asked=asked_of(offer.fields, known, fault, ""),
        fault=fault,
        words=words,
        most=MOST,
    )
