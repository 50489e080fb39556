"""*Catatan akses*: who looked at what, for the admin; and whether its chain is whole."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.desk.paging import paged
from pipeline.desk.routing import Pages
from pipeline.desk.visit import Visit
from pipeline.office.wording import MONTHS

pages = Pages()


@pages.get("/akses", Right.ACCESS_LOG, personal=False)
def access_log(visit: Visit) -> Response:
    """Show a month of the access log, the newest first."""
    log = visit.desk.access
    months = log.months()
    month = visit.asked("bulan") if visit.asked("bulan") in months else (months[0] if months else "")
    login, case = visit.asked("akun"), visit.asked("perkara")
    entries = log.entries(month) if month else ()
    found = [e for e in entries if (not login or e.by == login) and (not case or e.data.get("case") == case)]
    part = paged(found[::-1], visit.asked("hal"))
    findings = log.verify() if visit.asked("periksa") else None
    values: dict[str, Any] = {
        "part": part,
        "months": [(m, f"{MONTHS[int(m[5:]) - 1]} {m[:4]}") for m in months],
        "month": month,
        "login": login,
        "number": case,
        "findings": findings,
    }
    return visit.show("akses.html", title="Catatan akses", **values)
