"""*Keutuhan*: the seals, to be held against those on paper and outside; and whether this machine has what it needs."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.visit import Visit
from pipeline.errors import Busy, NotFound, Passing
from pipeline.evidence.outside import witness_words
from pipeline.work.chores import WORDS, Chore
from pipeline.work.ports import Check

pages = Pages()
#: So many of the last seals are shown.
_SEALS = 22
#: The works that are started from this page.
_STARTED_HERE = tuple(chore for chore in Chore if chore is not Chore.IMPORT)


@pages.get("/keutuhan", Right.INTEGRITY, Lane.QUICK, personal=False)
def integrity(visit: Visit) -> Response:
    """Show the last seals."""
    return _shown(visit)


@pages.post("/keutuhan/mesin", Right.MACHINE, Lane.PAPERS, personal=False)
def machine(visit: Visit) -> Response:
    """Look at the machine, which takes some seconds: the engines are really tried."""
    return _shown(visit, visit.desk.root.examine())


@pages.post("/keutuhan/kerja/{chore}", Right.MACHINE, Lane.QUICK, personal=False)
def start(visit: Visit) -> Response:
    """Start one of the long works of keeping; the page shows how far it is."""
    try:
        chore = Chore(str(visit.request.path_params["chore"]))
        if chore not in _STARTED_HERE:
            raise ValueError(chore)
    except ValueError:
        raise NotFound("Pekerjaan itu tidak ada.", "Pilih di halaman Keutuhan.") from None
    needs_place = chore in (Chore.BACK_UP, Chore.CHECK_BACKUP, Chore.REHEARSE)
    if needs_place and not visit.desk.root.settings.backup.repository:
        words = "Tempat cadangan belum ditentukan; isi dahulu di Pengaturan, Cadangan."
        return visit.go("/keutuhan", words, kind="gagal")
    visit.note(about=chore.value)
    try:
        visit.desk.chores.start(chore, visit.who.login, visit.desk.now)
    except (Busy, Passing) as fault:
        return visit.go("/keutuhan", f"{fault}", kind="gagal")
    return visit.go("/keutuhan", f"{WORDS[chore][0]} dimulai.")


def _shown(visit: Visit, checks: Sequence[Check] | None = None) -> Response:
    root = visit.desk.root
    places = [witness for witness, _ in root.witnesses()]
    chores = visit.desk.chores.last() if visit.who.may(Right.MACHINE) else None
    return visit.show(
        "keutuhan.html",
        title="Keutuhan",
        pairs=dict.fromkeys((pair.key, pair.label) for sop in root.editions for pair in sop.pairs),
        office=root.settings.office,
        seals=root.seals.newest(_SEALS),
        outside=list(witness_words(places, root.sent_seals, root.seals.last(), visit.desk.now())),
        checks=checks,
        works=[(chore.value, *WORDS[chore]) for chore in _STARTED_HERE],
        run=chores,
        run_title=WORDS[chores.chore][0] if chores else "",
        place=visit.desk.root.settings.backup.repository,
    )
