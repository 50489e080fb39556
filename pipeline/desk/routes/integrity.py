"""*Keutuhan*: the daily seals, to be held against those on paper; and whether this machine has what it needs."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.visit import Visit
from pipeline.work.ports import Check

pages = Pages()
#: So many of the last seals are shown: a month's working days.
_SEALS = 22


@pages.get("/keutuhan", Right.INTEGRITY, Lane.QUICK, personal=False)
def integrity(visit: Visit) -> Response:
    """Show the last seals."""
    return _shown(visit)


@pages.post("/keutuhan/mesin", Right.MACHINE, Lane.PAPERS, personal=False)
def machine(visit: Visit) -> Response:
    """Look at the machine, which takes some seconds: the engines are really tried."""
    return _shown(visit, visit.desk.root.examine())


def _shown(visit: Visit, checks: Sequence[Check] | None = None) -> Response:
    seals = visit.desk.root.seals.everything()
    return visit.show("keutuhan.html", title="Keutuhan", seals=seals[: -_SEALS - 1 : -1], checks=checks)
