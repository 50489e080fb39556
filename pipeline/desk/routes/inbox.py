"""*Kotak masuk*: what became of every file, live; files are dropped here too; and sheets for the scanner's feeder."""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.cases.case_number import read_number
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.rendering import paged
from pipeline.desk.visit import Visit, attachment, open_file
from pipeline.errors import YankomasError

pages = Pages()
_HERE = "/kotak-masuk"


@pages.get("/kotak-masuk", Right.INBOX, Lane.QUICK)
def inbox(visit: Visit) -> Response:
    """Show the inbox account: what waits and what came today, or everything."""
    return _account(visit)


@pages.post("/kotak-masuk", Right.INBOX, Lane.QUICK, uploads="inbox")
def drop(visit: Visit) -> Response:
    """Put sent files into the inbox, where the watcher takes them like any scan."""
    names = [upload.land() for upload in visit.uploads if upload.size]
    empty = len(visit.uploads) - len(names)
    if not names:
        return visit.go(_HERE, "Belum ada berkas yang dipilih, atau berkasnya kosong.", kind="gagal")
    said = f"{len(names)} berkas masuk ke kotak masuk."
    return visit.go(_HERE, f"{said} {empty} berkas kosong tidak diambil." if empty else said)


@pages.post("/kotak-masuk/ulangi", Right.INBOX, Lane.QUICK)
def retry(visit: Visit) -> Response:
    """Move a refused file back into the inbox."""
    name = visit.text("berkas")
    return _acted(visit, lambda: visit.desk.root.mailroom().retry(name), "Berkas itu dicoba lagi.")


@pages.post("/kotak-masuk/sisihkan", Right.INBOX, Lane.QUICK)
def set_aside(visit: Visit) -> Response:
    """Set a waiting file aside, with a reason."""
    name, reason, by = visit.text("berkas"), visit.text("alasan"), visit.who.login
    return _acted(visit, lambda: visit.desk.root.mailroom().set_aside(name, reason, by), "Berkas itu disisihkan.")


@pages.post("/kotak-masuk/lampirkan", Right.INBOX, Lane.QUICK)
def attach(visit: Visit) -> Response:
    """Have a file attached to a case."""
    name, typed, root = visit.text("berkas"), visit.text("nomor"), visit.desk.root
    return _acted(
        visit,
        lambda: root.mailroom().attach(name, root.pattern.read(typed)),
        f"Berkas itu akan dilampirkan pada perkara {typed}.",
    )


def _acted(visit: Visit, act: Callable[[], object], said: str) -> Response:
    try:
        act()
    except YankomasError as fault:
        return _account(visit, fault)
    return visit.go(_HERE, said)


def _account(visit: Visit, fault: YankomasError | None = None) -> Response:
    everything = visit.asked("semua") == "1"
    view = visit.desk.root.inbox_view(everything=everything)
    part, pattern = paged(view.entries, visit.part_asked), visit.desk.root.pattern
    return visit.show(
        "kotak-masuk.html",
        422 if fault else 200,
        title="Kotak masuk",
        view=view,
        part=part,
        everything=everything,
        printed={n: pattern.write(read_number(n)) for entry in part.items for n in entry.numbers},
        waiting=visit.desk.root.waiting_sheets,
        limit=visit.desk.root.settings.inbox.max_bytes // 1_000_000,
        fault=fault,
    )


#: So many separators are given at once; they are printed once and used again and again.
_SEPARATORS = 20


@pages.get("/kotak-masuk/lembar-pemisah.pdf", Right.INBOX, Lane.PAPERS, personal=False)
def parting(visit: Visit) -> Response:
    """Give separator sheets."""
    return attachment(visit.desk.root.separators(_SEPARATORS), "lembar-pemisah.pdf", "application/pdf")


@pages.get("/kasus/{year}/{serial}/sampul.pdf", Right.INBOX, Lane.PAPERS)
def cover(visit: Visit) -> Response:
    """Give a case's cover sheet."""
    case = open_file(visit).case
    return attachment(visit.desk.root.cover_sheet(case), f"sampul-{case.number.key}.pdf", "application/pdf")
