"""Redacted copies: what of a document is covered, confirmed or drawn on its pages; the copy is filed in the case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.archive.papers import shown_copy
from pipeline.cases.case import Case
from pipeline.desk.case_file import file_to_copy
from pipeline.desk.desk import Desk
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.visit import Visit
from pipeline.errors import EngineFault, Incomplete, Refused, YankomasError
from pipeline.redaction.areas import HOW, Area, areas_around, by_page
from pipeline.redaction.redact import Looked, RedactParts, Wanted, look, makers, redact

pages = Pages()
#: A page is so many units wide in the measure of what is drawn over it.
_WIDE = 1000.0
_PATH = "/kasus/{year}/{serial}/samarkan/{name}"


@dataclass(frozen=True, slots=True)
class Mark:
    """An area over a page: where it lies in units of :data:`_WIDE`, the suggestion that it is of, whether it is chosen.

    ``key`` is empty for one that was drawn, typed, or found by a word.
    """

    x: float
    y: float
    width: float
    height: float
    key: str = ""
    chosen: bool = True


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """A page (from 1), how high it is in units of :data:`_WIDE`, and what lies over it."""

    number: int
    high: float
    marks: tuple[Mark, ...]


@pages.get(_PATH, Right.ORIGINALS, Lane.PICTURES)
def ask(visit: Visit) -> Response:
    """Show a document's pages with what is suggested to be covered: what names somebody for certain is chosen."""
    case, name = file_to_copy(visit).case, str(visit.request.path_params["name"])
    looked = look(case, name, visit.desk.told_to(visit.who.sees), redact_parts(visit.desk))
    chosen = tuple(one.key for one in looked.suggested if one.sure)
    return _asked(visit, case, looked, Wanted(places=chosen))


@pages.post(_PATH, Right.ORIGINALS, Lane.PAPERS)
def make(visit: Visit) -> Response:
    """Make the copy; or show again what was chosen, with what is wrong."""
    case, name, desk = file_to_copy(visit).case, str(visit.request.path_params["name"]), visit.desk
    told, parts = desk.told_to(visit.who.sees), redact_parts(desk)
    wanted = Wanted(
        places=tuple(visit.texts("tempat")),
        words=tuple(visit.text("kata").splitlines()),
        drawn=visit.text("daerah"),
        reason=visit.text("alasan"),
        recipient=visit.text("penerima"),
    )
    if visit.text("tampilkan"):
        return _asked(visit, case, look(case, name, told, parts), wanted)
    able = makers(desk.root.office_roles)
    role = next((role for role in sorted(visit.who.acts_in) if role in able), min(visit.who.acts_in, default=""))
    try:
        after = redact(case.number, name, wanted, by=visit.who.acting(role), told=told, parts=parts)
    except (Incomplete, Refused, EngineFault) as fault:
        return _asked(visit, case, look(case, name, told, parts), wanted, fault)
    desk.wake()
    made = after.redacted[-1].documents[0].name
    said = f"Salinan yang disamarkan tersimpan sebagai {made}. Periksa setiap halamannya sebelum diserahkan."
    return visit.go(f"/kasus/{case.number}/lihat/{made}", said)


def redact_parts(desk: Desk) -> RedactParts:
    """Return what making redacted copies needs, at the desk's time."""
    return replace(desk.root.redact_parts(lambda: desk.redactor), clock=desk.clock)


def _asked(visit: Visit, case: Case, looked: Looked, wanted: Wanted, fault: YankomasError | None = None) -> Response:
    name = looked.found.document.name
    areas: Sequence[Area] = ()
    try:
        areas = looked.areas(Wanted(words=wanted.words, drawn=wanted.drawn))
    except Incomplete as unread:
        fault = fault or (unread if visit.text("tampilkan") else None)
    return visit.show(
        "samarkan.html",
        422 if fault else 200,
        title="Salinan yang disamarkan",
        case=case,
        name=name,
        pages=_marked(looked, wanted, areas),
        suggested=looked.suggested,
        read=_read_copy(case, looked),
        textless=[page.number for page in looked.pages if not page.words],
        wanted=wanted,
        how=HOW,
        copies=[made for made in case.redacted if made.source == name],
        fault=fault,
        wrong=fault.fields if isinstance(fault, Incomplete) else {},
    )


def _read_copy(case: Case, looked: Looked) -> str:
    """Return the copy with searchable text of a scan that has none itself; nothing if there is none."""
    name = looked.found.document.name
    read = case.reading if name == case.original.name else case.attachments_read.get(name)
    copy = shown_copy(read, looked.found.document, case.shared)
    return copy if copy != name else ""


def _marked(looked: Looked, wanted: Wanted, areas: Sequence[Area]) -> list[MarkedPage]:
    """Return the pages with what is suggested, chosen or not, and what was drawn, typed or found by a word."""
    there = by_page(areas)
    found = []
    for page in looked.pages:
        high = _WIDE * page.height / page.width
        marks = [_mark(area, high) for area in there.get(page.number, ())]
        for one in looked.suggested:
            if one.run.page == page.number:
                around = areas_around(one.run, looked.pages)
                marks += [_mark(area, high, one.key, chosen=one.key in wanted.places) for area in around]
        found.append(MarkedPage(page.number, high, tuple(marks)))
    return found


def _mark(area: Area, high: float, key: str = "", *, chosen: bool = True) -> Mark:
    left, top, right, bottom = area.box
    return Mark(left * _WIDE, top * high, (right - left) * _WIDE, (bottom - top) * high, key, chosen)
