"""*Arsip*: find any folder by anything that is written on it, look through it, take it away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from pipeline.access import secrecy
from pipeline.access.masking import covered_niks
from pipeline.access.rights import Right
from pipeline.archive.contents import Covering, folder_pdf, shown_papers
from pipeline.archive.papers import MEDIA
from pipeline.cases.case import Case
from pipeline.cases.completeness import checklist
from pipeline.desk.answering import answer
from pipeline.desk.case_file import file_to_copy, open_file
from pipeline.desk.downloads import attachment
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.rendering import Paged, pages_of
from pipeline.desk.visit import Visit, number_in
from pipeline.errors import NotAllowed
from pipeline.office.wording import said
from pipeline.records.acting import closed_because, standing_of
from pipeline.records.loans import on_loan
from pipeline.register.record_lists import RecordLists
from pipeline.register.row import Row
from pipeline.search.case_text import FACETS
from pipeline.search.query import Wanted

pages = Pages()
_SIZE = 20
#: How many values of a facet are offered; the others are found with more words.
_OFFERED = 12
_LATE = "terlambat"
#: The name of a query in the address.
_ASKED = "tanya"
#: Where a folder stands, as the register has it.
_PLACE = ("klasifikasi", "berkas", "boks", "rak", "lokasi")


@pages.get("/arsip", Right.ARCHIVE, Lane.LOOKUPS)
def archive(visit: Visit) -> Response:
    """Find folders."""
    desk, roles, way = visit.desk, visit.who.standing, _way(visit)
    page = visit.part_asked
    found = answer(desk, way.asked, Wanted((), way.narrow, way.late, first=(page - 1) * _SIZE, count=_SIZE), roles)
    part = Paged(found.hits, page, pages_of(found.total, _SIZE), found.total)
    return visit.show("arsip.html", title="Arsip", found=found, part=part, way=way, offered=_OFFERED)


@pages.post("/arsip", Right.ARCHIVE, Lane.QUICK, personal=False)
def ask(visit: Visit) -> Response:
    """Go to the answer, at an address that does not repeat what was asked."""
    typed = visit.text("q")
    name = visit.desk.saved_queries.keep(visit.who.session, typed) if typed else ""
    address = _SearchAddress(typed, name, _narrowed(visit.texts), late=bool(visit.text(_LATE)))
    return visit.go("/arsip", query=address.query)


def _way(visit: Visit) -> _SearchAddress:
    """Return the query that the address names; the words themselves may stand in it too, but its links have none."""
    queries, session, name = visit.desk.saved_queries, visit.who.session, visit.asked(_ASKED)
    typed = visit.asked("q") or (queries.text(session, name) if name else "")
    narrow = _narrowed(visit.request.query_params.getlist)
    kept = queries.keep(session, typed) if typed else ""
    return _SearchAddress(typed or "", kept, narrow, late=bool(visit.asked(_LATE)), forgotten=typed is None)


def _narrowed(values_of: Callable[[str], list[str]]) -> dict[str, tuple[str, ...]]:
    return {facet: tuple(values) for facet in FACETS if (values := values_of(facet))}


@dataclass(frozen=True, slots=True)
class _SearchAddress:
    """The query as the address names it, and the addresses with one value more or less.

    ``forgotten``: the desk no longer knows what was asked under that name.
    """

    asked: str
    name: str
    narrow: dict[str, tuple[str, ...]]
    late: bool
    forgotten: bool = False

    @property
    def bare(self) -> list[tuple[str, str]]:
        """The words alone, as name and value."""
        return [(_ASKED, self.name)] if self.name else []

    @property
    def query(self) -> list[tuple[str, str]]:
        """The query as name and value."""
        pairs = self.bare
        pairs += [(name, value) for name, values in self.narrow.items() for value in values]
        return pairs + [(_LATE, "ya")] * self.late

    def with_value(self, name: str, value: str) -> list[tuple[str, str]]:
        """Return the query narrowed by one value more; or without it, if it was."""
        pair = (name, value)
        return [p for p in self.query if p != pair] if pair in self.query else [*self.query, pair]

    def turned(self, page: int) -> list[tuple[str, str]]:
        """Return the query for another page of the answer."""
        return [*self.query, ("hal", str(page))]


@pages.get("/arsip/daftar-aktif.xlsx", Right.EXPORT, Lane.LOOKUPS)
def active(visit: Visit) -> Response:
    """Give the list of active records."""
    return _list(visit, RecordLists.active_xlsx, "daftar-arsip-aktif.xlsx")


@pages.get("/arsip/daftar-inaktif.xlsx", Right.EXPORT, Lane.LOOKUPS)
def inactive(visit: Visit) -> Response:
    """Give the list of inactive records."""
    return _list(visit, RecordLists.inactive_xlsx, "daftar-arsip-inaktif.xlsx")


@pages.get("/arsip/label.pdf", Right.EXPORT, Lane.PAPERS)
def labels(visit: Visit) -> Response:
    """Give labels for folders."""
    return _list(visit, RecordLists.labels_pdf, "label-berkas.pdf")


def _list(visit: Visit, make: Callable[..., bytes], name: str) -> Response:
    """Answer with a list of a year's folders (``?tahun=``), or of all."""
    visit.desk.index.up_to_date()
    year, sees = number_in(visit.asked("tahun"), 4), visit.who.sees
    as_now = visit.desk.as_now(year)

    def opened(row: Row) -> bool:
        now = as_now(row)
        return secrecy.open_to(sees, now) and not now.top_secret

    made = make(visit.desk.root.record_lists(), year, opened)
    return attachment(made, name, MEDIA[name.rpartition(".")[2]])


@pages.get("/arsip/{year}/{serial}", Right.ARCHIVE, Lane.LOOKUPS)
def folder(visit: Visit) -> Response:
    """Show a whole folder, page by page."""
    file, desk = open_file(visit), visit.desk
    told = str if visit.who.may(Right.ORIGINALS) else covered_niks
    papers = shown_papers(file.case, desk.root.sop_of(file.case), desk.root.cabinet, desk.binder, told)
    number, fields = file.case.number, file.case.fields
    place = " / ".join(text for name in _PLACE if (text := said(fields.get(name))))
    findings = desk.root.verify_case(number) if visit.asked("periksa") else None
    values: dict[str, Any] = {"row": file.row, "papers": papers, "number": number, "place": place, "findings": findings}
    values |= _as_record(visit, file.case)
    values |= {"out": on_loan(file.case.archived), "checked": checklist(file.case, desk.root.sop_of(file.case))}
    return visit.show("arsip-map.html", title=f"Map {number}", **values)


def _as_record(visit: Visit, case: Case) -> dict[str, Any]:
    """Return where the case stands as a record, what is left of a destroyed one, and what the visitor may do to it."""
    standing = standing_of(case, visit.desk.root.sop_of(case), visit.desk.now())
    mine = visit.desk.root.record_acts.done_by(visit.who.acts_in) if visit.who.may(Right.RECORDS) else []
    acts = [act for act in mine if not closed_because(act.start, act.unless, standing, act.only)]
    return {"standing": standing, "acts": acts, "case": case}


@pages.get("/arsip/{year}/{serial}/berkas.pdf", Right.EXPORT, Lane.PAPERS)
def as_pdf(visit: Visit) -> Response:
    """Give the folder as one PDF."""
    file, desk = file_to_copy(visit), visit.desk
    case, root, whole = file.case, desk.root, visit.who.may(Right.ORIGINALS)
    covering = None if whole else Covering(covered_niks, root.enrol_parts.blob)
    subject = file.row.perihal or ""
    pieces = folder_pdf(case, root.sop_of(case), root.cabinet, desk.binder, desk.now(), subject, covering)
    return attachment(pieces, f"berkas-{case.number.key}.pdf", "application/pdf")


@pages.get("/arsip/{year}/{serial}/berkas.zip", Right.EXPORT, Lane.LOOKUPS)
def as_zip(visit: Visit) -> Response:
    """Give every document of the folder."""
    case = file_to_copy(visit).case
    _require_originals(visit)
    pieces = visit.desk.root.export.documents(case.number, case.own_documents)
    return attachment(pieces, f"berkas-{case.number.key}.zip", "application/zip")


@pages.get("/arsip/{year}/{serial}/bag.zip", Right.EXPORT, Lane.LOOKUPS)
def as_bag(visit: Visit) -> Response:
    """Give the folder as the bag it is."""
    file = file_to_copy(visit)
    file.require_told(visit.desk, visit.who.sees)
    number = file.case.number
    _require_originals(visit)
    return attachment(visit.desk.root.export.bag(number), f"bag-{number.key}.zip", "application/zip")


def _require_originals(visit: Visit) -> None:
    if not visit.who.may(Right.ORIGINALS):
        raise NotAllowed("Berkas asli tidak dapat diunduh oleh peran Anda.", "Ambil map ini sebagai satu PDF.")
