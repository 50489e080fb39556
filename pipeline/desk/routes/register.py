"""*Buku register*: every case of a year, the newest first; narrowed by month and state; as files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from starlette.responses import Response

from pipeline.access import secrecy
from pipeline.access.rights import Right
from pipeline.archive.papers import MEDIA
from pipeline.cases.public_service import key_of, own_series
from pipeline.desk.downloads import attachment
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.rendering import SIZE, Paged, pages_of, words_of
from pipeline.desk.services_read import choices, service_asked, takes_book
from pipeline.desk.visit import Visit, number_in
from pipeline.errors import NotAllowed, NotFound
from pipeline.office.wording import MONTHS
from pipeline.register.handed_out import HandedOut, other_system, other_systems
from pipeline.register.ports import Extent
from pipeline.register.register_files import RegisterFiles, Seen
from pipeline.register.row import Row

pages = Pages()
_MEDIA = {**MEDIA, "csv": "text/csv; charset=utf-8"}
#: What a spreadsheet needs at the beginning of a CSV to know that it is UTF-8.
_MARK = "\ufeff"


@pages.get("/register", Right.REGISTER, Lane.QUICK)
def register(visit: Visit) -> Response:
    """Show the register book."""
    desk, roles, extent = visit.desk, visit.who.sees, _extent(visit)
    desk.index.up_to_date()
    number = visit.part_asked
    total, cases = desk.index.page(extent, (number - 1) * SIZE, SIZE)
    rows = [secrecy.shown(roles, row) for row in desk.current(found.row for found in cases)]
    service, series = service_asked(visit), extent.series or ""
    query = {"tahun": extent.year, "bulan": extent.month or "", "keadaan": extent.state, "layanan": key_of(service)}
    query = {name: value for name, value in query.items() if value and (name != "layanan" or desk.root.services)}
    return visit.show(
        "register.html",
        title="Buku register",
        rows=rows,
        complete=desk.index.complete(),
        part=Paged(rows, number, pages_of(total), total),
        extent=extent,
        years=desk.root.booked_years(series),
        months=[(str(n), name) for n, name in enumerate(MONTHS, start=1)],
        states=[(state, f"{state} ({n})") for state, n in desk.index.states(extent.year, extent.roles, series)],
        query=query,
        may_take=takes_book(visit.who, service),
        systems=other_systems() if service is None else (),
        files=urlencode(query),
        service=service,
        services=choices(visit.who, desk.root),
        chosen=key_of(service),
    )


@pages.get("/register/buku.xlsx", Right.BOOKS, Lane.LOOKUPS)
def as_xlsx(visit: Visit) -> Response:
    """Give the book as a spreadsheet."""
    return _file(visit, RegisterFiles.xlsx, "xlsx")


@pages.get("/register/buku.csv", Right.BOOKS, Lane.LOOKUPS)
def as_text(visit: Visit) -> Response:
    """Give the book as CSV."""

    def marked(files: RegisterFiles, extent: Extent, seen: Seen) -> bytes:
        return (_MARK + files.csv(extent, seen)).encode()

    return _file(visit, marked, "csv")


@pages.get("/register/buku.pdf", Right.BOOKS, Lane.PAPERS)
def as_pdf(visit: Visit) -> Response:
    """Give the printed book."""
    return _file(visit, RegisterFiles.pdf, "pdf")


@pages.post("/register/serah", Right.EXPORT, Lane.LOOKUPS)
def hand_out(visit: Visit) -> Response:
    """Give the sheet of what was not handed out to another system before, and note that it went out."""
    root, now = visit.desk.root, visit.desk.now()
    try:
        system = other_system(visit.text("sistem"))
    except NotFound as fault:
        return visit.go("/register", words_of(fault), kind="gagal")
    made = root.hand_out_sheet(system)
    if not made.items:
        return visit.go("/register", f"Tidak ada yang baru untuk {system.name}.", kind="gagal")
    name, digest = f"serah-{system.key}-{now:%Y-%m-%d}.xlsx", hashlib.sha256(made.data).hexdigest()
    root.handed_out.note(HandedOut(system.key, name, digest, made.items, visit.who.login, now))
    return attachment(made.data, name, _MEDIA["xlsx"])


@pages.get("/register/serah", Right.EXPORT, Lane.QUICK, personal=False)
def handed_out(visit: Visit) -> Response:
    """Lead back from the address of an act, which a browser may come to again without its form."""
    return visit.go("/register")


def _extent(visit: Visit) -> Extent:
    """Return what is asked for: a year that the books have, else the newest of them; a month, a state."""
    series = own_series(service_asked(visit))
    years = visit.desk.root.booked_years(series)
    year, month = number_in(visit.asked("tahun"), 4), number_in(visit.asked("bulan"), 2)
    newest = years[-1] if years else visit.desk.now().year
    return Extent(
        year if year in years else newest,
        month if month in range(1, 13) else None,
        visit.asked("keadaan"),
        visit.who.standing,
        series,
    )


def _file(visit: Visit, make: Callable[[RegisterFiles, Extent, Seen], bytes], ending: str) -> Response:
    """Answer with the book as a file, of what is asked for; what the visitor may not see in lists is hidden.

    Raises:
        NotAllowed: that service's book is not theirs to take.
    """
    service = service_asked(visit)
    if not takes_book(visit.who, service):
        name = service.name if service else "aduan"
        raise NotAllowed(f"Buku register {name} tidak diambil sebagai berkas oleh peran ini.", "Lihat di layar.")
    visit.desk.index.up_to_date()
    extent = _extent(visit)
    as_now = visit.desk.as_now(extent.year)

    def seen(row: Row, entry: Mapping[str, str]) -> secrecy.ShownEntry:
        return secrecy.entry_shown(visit.who.sees, as_now(row), entry)

    data = make(visit.desk.root.register_files(), extent, seen)
    parts = ("register", service.key if service else "", extent.year, extent.month)
    name = "-".join(str(part) for part in parts if part)
    return attachment(data, f"{name}.{ending}", _MEDIA[ending])
