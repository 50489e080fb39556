"""Records in custody: folders that are out, their papers, the papers of lists, boxes, what goes to another archive."""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import Response

from pipeline.access import secrecy
from pipeline.access.rights import Right
from pipeline.archive.papers import MEDIA
from pipeline.desk.case_file import file_of, open_file
from pipeline.desk.downloads import attachment
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.stated_reasons import ReasonAsked
from pipeline.desk.visit import Visit
from pipeline.errors import NotAllowed
from pipeline.records.list_steps import found_list
from pipeline.records.loans import on_loan
from pipeline.register.ports import Extent
from pipeline.register.row import Row

pages = Pages()
_LIST = "/penyusutan/daftar/{name}"


@pages.get("/pinjaman", Right.RECORDS, Lane.LOOKUPS)
def lent(visit: Visit) -> Response:
    """Show the folders that are out, the longest overdue first."""
    desk, today = visit.desk, visit.desk.now().date()
    out = [(row, on_loan(desk.root.cabinet.case(desk.root.pattern.read(row.number)).archived)) for row in _lent(visit)]
    return visit.show("pinjaman.html", title="Pinjaman", out=[(row, loan) for row, loan in out if loan], today=today)


def _lent(visit: Visit) -> list[Row]:
    rows = visit.desk.live_rows.of(visit.desk.now().date())
    there = (row for row in rows if row.lent_until and secrecy.open_to(visit.who.sees, row))
    return sorted(there, key=lambda row: row.lent_until)


@pages.get("/arsip/{year}/{serial}/cetak/{paper}", Right.RECORDS, Lane.PAPERS)
def paper(visit: Visit) -> Response:
    """Give a paper of a case as PDF: its loan form with the out-indicator, its checklist."""
    number, word = open_file(visit).case.number, visit.request.path_params["paper"].removesuffix(".pdf")
    made = visit.desk.root.case_paper(word, number, "pdf")
    return attachment(made, f"{word}-{number.key}.pdf", MEDIA["pdf"])


@pages.get(_LIST + "/paket.zip", Right.RECORDS, Lane.LOOKUPS)
def package(visit: Visit) -> Response:
    """Give what goes to another archive: a bag for each folder of the list, and the list."""
    name, desk = _name(visit), visit.desk
    if not visit.who.may(Right.ORIGINALS):
        raise NotAllowed("Berkas asli tidak dapat diunduh oleh peran Anda.", "Mintalah arsiparis.")
    for number in found_list(name, desk.root.record_parts)[0].members:
        visit.note(number)
        file = file_of(desk, number, visit.who.sees)
        file.require_told(desk, visit.who.sees)
        try:
            desk.reasons.require(visit.who, file.row, desk.now())
        except ReasonAsked as fault:  # the form that asks for it is about one case
            raise NotAllowed(fault.message, f"Buka dahulu perkara {number} dan tulis alasannya.") from fault
    desk.root.seal_what_is_left()
    return attachment(desk.root.package(name), f"paket-{name}.zip", "application/zip")


@pages.get("/penyusutan/boks.xlsx", Right.RECORDS, Lane.LOOKUPS)
def boxes(visit: Visit) -> Response:
    """Give the register of boxes."""
    made = visit.desk.root.box_lists().xlsx(Extent(series=None), _opened(visit))
    return attachment(made, "daftar-boks.xlsx", MEDIA["xlsx"])


@pages.get("/penyusutan/label-boks.pdf", Right.RECORDS, Lane.PAPERS)
def box_labels(visit: Visit) -> Response:
    """Give labels for the boxes."""
    made = visit.desk.root.box_lists().labels_pdf(Extent(series=None), _opened(visit))
    return attachment(made, "label-boks.pdf", MEDIA["pdf"])


def _opened(visit: Visit) -> Callable[[Row], bool]:
    """Return what says whether a folder is open to the visitor as the register has it now."""
    visit.desk.index.up_to_date()
    sees, as_now = visit.who.sees, visit.desk.as_now()
    return lambda row: secrecy.open_to(sees, as_now(row))


def _name(visit: Visit) -> str:
    return str(visit.request.path_params["name"])
