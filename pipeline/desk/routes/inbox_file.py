"""One file of the inbox: looked at page by page, and attached to a case that is found and shown before."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response

from pipeline.access import secrecy
from pipeline.access.rights import Right
from pipeline.cases.ports import Blob
from pipeline.desk.answering import answer
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.rendering import words_of
from pipeline.desk.routes.inbox import HERE, cases_of
from pipeline.desk.routes.papers import small_picture
from pipeline.desk.service_inboxes import services_seen_by
from pipeline.desk.visit import Visit, number_in
from pipeline.errors import EngineFault, NotFound, Refused, YankomasError
from pipeline.intake.inbox_entry import InboxEntry
from pipeline.register.row import Row
from pipeline.search.query import Wanted

pages = Pages()
_FILE = "/kotak-masuk/berkas/{key}"
#: So many pages are shown: enough to know a letter by.
_PAGES = 30
_USUAL = 900  # pixels that a page is wide
#: So many cases are offered; others are found with more words.
_OFFERED = 8


@pages.get(_FILE, Right.SEND_FILES, Lane.PICTURES)
def look(visit: Visit) -> Response:
    """Show a file with what can be done with it; one that became a case leads there."""
    return _shown(visit)


@pages.post(_FILE, Right.SEND_FILES, Lane.PICTURES)
def find(visit: Visit) -> Response:
    """Show beside the file the cases that were looked for, by number or by anything that is written on them."""
    return _shown(visit, visit.text("q"))


@pages.get(f"{_FILE}/halaman/{{page}}", Right.SEND_FILES, Lane.PICTURES)
def page(visit: Visit) -> Response:
    """Show a page (from 1) of a file that was set aside, about ``?lebar=`` pixels wide."""
    entry, number = _entry(visit), number_in(visit.request.path_params["page"], 5)
    if entry is None or not entry.can_retry or number is None:
        raise NotFound("Halaman itu tidak ada.", "Lihat berkasnya di kotak masuk.")
    wide = number_in(visit.asked("lebar"), 5)
    picture = visit.desk.previews.page(_looked_at(visit, entry), number, _USUAL if wide is None else wide)
    return Response(picture.webp, media_type="image/webp", headers={"x-halaman": str(picture.pages)})


@pages.get(f"{_FILE}/gambar", Right.SEND_FILES, Lane.PICTURES)
def thumbnail(visit: Visit) -> Response:
    """Show the first page of a scan that was set aside, small; of what is no scan nothing, as each costs a child."""
    if (entry := _entry(visit)) is None or not entry.can_retry:
        raise NotFound("Halaman itu tidak ada.", "Lihat berkasnya di kotak masuk.")
    return small_picture(visit, lambda: visit.desk.mailroom(visit.who).shown(entry.path))


@pages.post("/kotak-masuk/lampirkan", Right.SEND_FILES, Lane.PICTURES)
def attach(visit: Visit) -> Response:
    """Have a file attached to a case that the visitor may open."""
    name, root = visit.text("berkas"), visit.desk.root
    try:
        number = root.pattern.read(visit.text("nomor"))
        visit.desk.attach(name, number, visit.who)
    except YankomasError as fault:
        return _shown(visit, fault=fault) if visit.text("kunci") else visit.go(HERE, words_of(fault), kind="gagal")
    written = root.cabinet.case(number).received.register_number
    return visit.go(HERE, f"Berkas itu akan dilampirkan pada perkara {written}.")


def _entry(visit: Visit) -> InboxEntry | None:
    key = visit.request.path_params.get("key") or visit.text("kunci")
    root = visit.desk.root
    return root.inbox_entry(str(key), services_seen_by(visit.who, root))


def _shown(visit: Visit, asked: str | None = None, fault: YankomasError | None = None) -> Response:
    """Show a file; where it lies no more, go where it is now."""
    entry = _entry(visit)
    if entry is None:
        return visit.go(HERE, words_of(fault) if fault else "Berkas itu tidak ada lagi di kotak masuk.", kind="gagal")
    if entry.numbers and not entry.can_retry:
        return _gone_on(visit, entry)
    return visit.show(
        "kotak-masuk-berkas.html",
        422 if fault else 200,
        title=f"Berkas {entry.name}",
        entry=entry,
        cases=cases_of(visit, [entry])[0],
        pages=min(_pages(visit, entry), _PAGES) if entry.can_retry else 0,
        asked=asked,
        found=_found(visit, asked) if asked else (),
        fault=fault,
    )


def _gone_on(visit: Visit, entry: InboxEntry) -> Response:
    rows = [row for row in cases_of(visit, [entry])[0] if not row.closed]
    if not rows:
        return visit.go(HERE, "Berkas itu sudah menjadi bagian perkara yang tidak terbuka bagi Anda.", kind="gagal")
    return visit.go(f"/kasus/{rows[0].number}", f"Berkas itu sudah ada pada perkara {rows[0].register_number}.")


def _pages(visit: Visit, entry: InboxEntry) -> int:
    """Return how many pages of a file that was set aside can be shown: often none, which may be why it was."""
    try:
        return visit.desk.previews.page(_looked_at(visit, entry), 1, _USUAL).pages
    except (Refused, EngineFault, NotFound):
        return 0


def _looked_at(visit: Visit, entry: InboxEntry) -> Blob:
    """Return a file that was set aside as it is looked at: of what is no scan its pages."""
    file = visit.desk.mailroom(visit.who).shown(entry.path)
    made = visit.desk.reader.rendition(file)
    return made.pages if made else file


def _found(visit: Visit, asked: str) -> Sequence[Row]:
    """Return the cases that answer, of those that the visitor may open."""
    desk, roles = visit.desk, visit.who.sees
    numbers = [hit.case_number for hit in answer(desk, asked, Wanted(count=_OFFERED), roles).hits]
    there = desk.open_among(roles, numbers)
    return [secrecy.shown(roles, there[number]) for number in numbers if number in there]
