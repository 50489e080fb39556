"""*Kotak masuk*: what became of every file, live; files are dropped here too; and sheets for the scanner's feeder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.responses import PlainTextResponse, Response

from pipeline.access import secrecy
from pipeline.access.rights import Right
from pipeline.cases.case_number import read_number
from pipeline.desk.case_file import open_file
from pipeline.desk.downloads import attachment
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.rendering import paged
from pipeline.desk.service_inboxes import services_seen_by
from pipeline.desk.visit import Visit
from pipeline.errors import YankomasError
from pipeline.intake.account import State
from pipeline.intake.dropping import EMPTY, Dropped
from pipeline.intake.fronts_then_backs import FOLDER as STACKS
from pipeline.intake.inbox_entry import InboxEntry
from pipeline.intake.inbox_view import AskedFor
from pipeline.register.row import Row

pages = Pages()
HERE = "/kotak-masuk"
#: A script that sends files one by one says so; it shows the answer itself, and there is no page that comes after.
_ONE_BY_ONE = "x-kirim"
_AGAIN = "Pindai atau salin ulang sampai selesai, lalu kirim lagi."
#: The files that the page counts, as it calls them.
_COUNTED = {
    AskedFor.TODAY: "terbuka dan hari ini",
    AskedFor.WAITING: "menunggu",
    AskedFor.REFUSED: "ditolak",
    AskedFor.REGISTERED: "terdaftar",
    AskedFor.ATTACHED: "dilampirkan",
    AskedFor.DUPLICATE: "ganda",
    AskedFor.PUT_AWAY: "sudah ditangani",
    AskedFor.ALL: "seluruhnya",
}


@pages.get("/kotak-masuk", Right.SEND_FILES, Lane.QUICK)
def inbox(visit: Visit) -> Response:
    """Show the inbox account: what waits and what came today, or the files that are asked for."""
    return _account(visit)


@pages.post("/kotak-masuk", Right.INBOX, Lane.QUICK, uploads="inbox")
def drop(visit: Visit) -> Response:
    """Put sent files into the inbox, where the watcher takes them like any scan; what is not whole is told at once."""
    found = visit.drop(STACKS if visit.text("bolak_balik") else "")
    good = bool(found.landed) and not found.not_taken
    if _ONE_BY_ONE in visit.request.headers:
        why = "; ".join(file.why for file in found.not_taken) or "tidak ada berkas"
        return PlainTextResponse("" if good else f"{why}. {_AGAIN}", 200 if good else 422)
    return visit.go(HERE, _told(found), kind="baik" if good else "gagal")


def _told(found: Dropped) -> str:
    if not found.landed and not any(file.why != EMPTY for file in found.not_taken):
        return "Belum ada berkas yang dipilih, atau berkasnya kosong."
    words = [f"{len(found.landed)} berkas masuk ke kotak masuk."] if found.landed else []
    if found.not_taken:
        named = "; ".join(f"{file.name} ({file.why})" for file in found.not_taken)
        words.append(f"Tidak diterima: {named}. {_AGAIN}")
    return " ".join(words)


@pages.post("/kotak-masuk/ulangi", Right.SEND_FILES, Lane.QUICK)
def retry(visit: Visit) -> Response:
    """Move a refused file back into the inbox."""
    name, by = visit.text("berkas"), visit.who.acting("")
    return _acted(visit, lambda: visit.desk.mailroom(visit.who).retry(name, by), "Berkas itu dicoba lagi.")


@pages.post("/kotak-masuk/daftarkan", Right.INBOX, Lane.QUICK)
def register(visit: Visit) -> Response:
    """Have a file taken as a new complaint that a person was asked about."""
    name, by, said = visit.text("berkas"), visit.who.acting(""), "Berkas itu didaftarkan sebagai aduan baru."
    return _acted(visit, lambda: visit.desk.mailroom(visit.who).register(name, by), said)


@pages.post("/kotak-masuk/sisihkan", Right.SEND_FILES, Lane.QUICK)
def set_aside(visit: Visit) -> Response:
    """Set a waiting file aside, with a reason."""
    name, reason, by = visit.text("berkas"), visit.text("alasan"), visit.who.login
    return _acted(visit, lambda: visit.desk.mailroom(visit.who).set_aside(name, reason, by), "Berkas itu disisihkan.")


@pages.post("/kotak-masuk/ditangani", Right.SEND_FILES, Lane.QUICK)
def put_away(visit: Visit) -> Response:
    """Put a refused file away as dealt with; or, with ``lama``, all that were refused before today."""
    name, by, mailroom = visit.text("berkas"), visit.who.login, visit.desk.mailroom(visit.who)
    if visit.text("lama"):
        return visit.go(HERE, f"{mailroom.put_away_old(by)} berkas lama ditandai sudah ditangani.")
    said = "Berkas itu ditandai sudah ditangani; ia tetap tersimpan di folder ditolak."
    return _acted(visit, lambda: mailroom.put_away(name, by), said)


def _acted(visit: Visit, act: Callable[[], object], said: str) -> Response:
    try:
        act()
    except YankomasError as fault:
        return _account(visit, fault)
    return visit.go(HERE, said)


@dataclass(frozen=True, slots=True)
class _Line:
    """A file as the page lists it: its entry, and the cases it went to as the visitor may see them."""

    entry: InboxEntry
    cases: Sequence[Row]

    @property
    def case(self) -> Row | None:
        """The case that the line tells of: the first that is open to the visitor."""
        return next((row for row in self.cases if not row.closed), None)

    @property
    def to_check(self) -> bool:
        """Whether the case was read and waits to be checked."""
        row, entry = self.case, self.entry
        read = row is not None and not (row.confirmed or row.in_work or row.needs_person)
        return read and entry.state is State.REGISTERED and not entry.progress


def cases_of(visit: Visit, entries: Sequence[InboxEntry]) -> list[list[Row]]:
    """Return the cases to which each of these files went, as the visitor may see them in a list."""
    sees, numbers = visit.who.sees, [[read_number(number) for number in entry.numbers] for entry in entries]
    there = visit.desk.book.these([number for of_one in numbers for number in of_one])
    return [[secrecy.shown(sees, there[number]) for number in of_one if number in there] for of_one in numbers]


def _account(visit: Visit, fault: YankomasError | None = None) -> Response:
    asked = visit.asked("keadaan") or ("semua" if visit.asked("semua") == "1" else "")
    chosen = next((each for each in AskedFor if each.value == asked), AskedFor.TODAY)
    services = services_seen_by(visit.who, visit.desk.root)
    view = visit.desk.root.inbox_view(chosen, services=services)
    part = paged(view.entries, visit.part_asked)
    totals = view.totals
    counts = {
        AskedFor.WAITING: totals.waiting,
        AskedFor.REFUSED: totals.to_deal_with,
        AskedFor.REGISTERED: totals.registered,
        AskedFor.ATTACHED: totals.attached,
        AskedFor.DUPLICATE: totals.duplicate,
        AskedFor.PUT_AWAY: totals.put_away,
        AskedFor.ALL: totals.all_in,
    }
    midnight = view.at.replace(hour=0, minute=0, second=0, microsecond=0)
    return visit.show(
        "kotak-masuk.html",
        422 if fault else 200,
        title="Kotak masuk",
        view=view,
        complaints=visit.who.may(Right.INBOX),
        lines=list(map(_Line, part.items, cases_of(visit, part.items))),
        part=part,
        chosen=chosen,
        counters=[(each, counts.get(each), words) for each, words in _COUNTED.items()],
        counted_alone=max(0, counts.get(chosen, 0) - part.total),
        old=sum(e.state is State.REFUSED and e.since < midnight and not e.put_away for e in view.entries),
        waiting=visit.desk.root.waiting_sheets,
        central=[told for told in (visit.desk.root.folder_told, visit.desk.root.workers_told) if told],
        mailbox=visit.desk.root.mailbox_trouble.read() if visit.desk.root.settings.mailbox.is_on else None,
        limit=visit.desk.root.settings.inbox.max_bytes,
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


@pages.get("/kotak-masuk/{act}", Right.SEND_FILES, Lane.QUICK, personal=False)
def back(visit: Visit) -> Response:
    """Lead back from the address of an act, which a browser may come to again without its form."""
    return visit.go(HERE)
