"""*Buku register*: every case of a year, the newest first; narrowed by month and state; as files."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

from starlette.responses import Response

from pipeline.access import secrecy
from pipeline.access.rights import Right
from pipeline.desk.rendering import SIZE, Paged
from pipeline.desk.routing import Pages
from pipeline.desk.visit import Visit
from pipeline.office.wording import MONTHS
from pipeline.register.ports import Extent
from pipeline.register.register_files import RegisterFiles, Seen

pages = Pages()
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What a spreadsheet needs at the beginning of a CSV to know that it is UTF-8.
_MARK = "\ufeff"


@pages.get("/register", Right.REGISTER)
def register(visit: Visit) -> Response:
    """Show the register book."""
    desk, roles, extent = visit.desk, visit.who.roles, _extent(visit)
    desk.root.index.up_to_date()
    asked = visit.asked("hal")
    number = max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1
    total, cases = desk.root.index.page(extent, (number - 1) * SIZE, SIZE)
    rows = [secrecy.shown(roles, found.row) for found in cases]
    query = {"tahun": extent.year, "bulan": extent.month or "", "keadaan": extent.state}
    return visit.show(
        "register.html",
        title="Buku register",
        rows=rows,
        part=Paged(rows, number, max(1, -(-total // SIZE)), total),
        extent=extent,
        years=desk.root.booked_years(),
        months=[(str(n), name) for n, name in enumerate(MONTHS, start=1)],
        states=[(state, f"{state} ({n})") for state, n in desk.root.index.states(extent.year, extent.roles)],
        query={name: value for name, value in query.items() if value},
        files=urlencode({name: value for name, value in query.items() if value}),
    )


@pages.get("/register/buku.xlsx", Right.EXPORT)
def as_xlsx(visit: Visit) -> Response:
    """Give the book as a spreadsheet."""
    return _file(visit, _files(visit).xlsx(_extent(visit), _seen(visit)), "xlsx", _XLSX)


@pages.get("/register/buku.csv", Right.EXPORT)
def as_text(visit: Visit) -> Response:
    """Give the book as CSV."""
    text = _MARK + _files(visit).csv(_extent(visit), _seen(visit))
    return _file(visit, text.encode(), "csv", "text/csv; charset=utf-8")


@pages.get("/register/buku.pdf", Right.EXPORT)
def as_pdf(visit: Visit) -> Response:
    """Give the printed book."""
    return _file(visit, _files(visit).pdf(_extent(visit), _seen(visit)), "pdf", "application/pdf")


def _files(visit: Visit) -> RegisterFiles:
    visit.desk.root.index.up_to_date()
    return visit.desk.root.register_files()


def _extent(visit: Visit) -> Extent:
    """Return what is asked for: a year that the books have, else the newest of them; a month, a state."""
    years = visit.desk.root.booked_years()
    year, month = visit.asked("tahun"), visit.asked("bulan")
    newest = years[-1] if years else visit.desk.now().year
    return Extent(
        int(year) if year.isdecimal() and len(year) == 4 and int(year) in years else newest,
        int(month) if month.isdecimal() and len(month) < 3 and 1 <= int(month) <= 12 else None,
        visit.asked("keadaan"),
        visit.who.roles,
    )


def _seen(visit: Visit) -> Seen:
    """Return what hides of an entry what the visitor may not see in lists."""
    return partial(secrecy.entry_shown, visit.who.roles)


def _file(visit: Visit, data: bytes, ending: str, media: str) -> Response:
    extent = _extent(visit)
    name = "-".join(str(part) for part in ("register", extent.year, extent.month) if part)
    return Response(data, media_type=media, headers={"content-disposition": f'attachment; filename="{name}.{ending}"'})
