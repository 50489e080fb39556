"""*Masa simpan*: what was kept for its term and may go, by the admin's act; what went before."""

from __future__ import annotations

from starlette.responses import Response

from pipeline.access.accounts import loggable
from pipeline.access.rights import Right
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.routes.personal_data import by_visitor
from pipeline.desk.visit import Visit, number_in
from pipeline.errors import Incomplete
from pipeline.privacy.terms import clear_account, close_year

pages = Pages()


@pages.get("/masa-simpan", Right.TERMS, Lane.LOOKUPS, personal=False)
def show(visit: Visit) -> Response:
    """Show what may go, and what went."""
    return _page(visit)


@pages.post("/masa-simpan/akses", Right.TERMS, Lane.LOOKUPS)
def close(visit: Visit) -> Response:
    """Close a year of the access log."""
    root, year = visit.desk.root, number_in(visit.text("tahun"), 4) or 0
    try:
        found, now = root.due_removals(), visit.desk.now()
        close_year(found, year, visit.text("alasan"), by_visitor(visit), now, root.removals, root.settings.terms)
    except Incomplete as fault:
        return _page(visit, fault)
    return visit.go("/masa-simpan", f"Catatan akses {year} ditutup.")


@pages.post("/masa-simpan/akun", Right.TERMS, Lane.LOOKUPS, personal=False)
def clear(visit: Visit) -> Response:
    """Clear an account."""
    root, login = visit.desk.root, visit.text("akun")
    visit.note(about=loggable(login))
    try:
        clear_account(
            root.due_removals(), login, visit.text("alasan"), by_visitor(visit), visit.desk.now(), root.removals
        )
    except Incomplete as fault:
        return _page(visit, fault)
    return visit.go("/masa-simpan", f"Data orang dari akun {login} dihapus.")


def _page(visit: Visit, fault: Incomplete | None = None) -> Response:
    root = visit.desk.root
    return visit.show(
        "masa-simpan.html",
        422 if fault else 200,
        title="Masa simpan",
        due=root.due_removals(),
        terms=root.settings.terms,
        gone=root.removals.lines()[::-1],
        fault=fault,
    )
