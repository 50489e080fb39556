"""*Keutuhan*: the daily seals, to be held against those on paper; and whether this machine has what it needs."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.desk.routing import Pages
from pipeline.desk.visit import Visit
from pipeline.evidence.store.seals import read_seals
from pipeline.work.doctor import Check, examine

pages = Pages()
#: So many of the last seals are shown: a month's working days.
_SEALS = 22


@pages.get("/keutuhan", Right.INTEGRITY, personal=False)
def integrity(visit: Visit) -> Response:
    """Show the last seals."""
    return _shown(visit)


@pages.post("/keutuhan/mesin", Right.MACHINE, personal=False)
def machine(visit: Visit) -> Response:
    """Look at the machine, which takes some seconds: the engines are really tried."""
    return _shown(visit, examine(visit.desk.root))


def _shown(visit: Visit, checks: Sequence[Check] | None = None) -> Response:
    seals = [seal for _, seal, fault in read_seals(visit.desk.root.layout) if seal and not fault]
    return visit.show("keutuhan.html", title="Keutuhan", seals=seals[: -_SEALS - 1 : -1], checks=checks)
