"""*Keutuhan*: the seals, to be held against those on paper and outside; and whether this machine has what it needs."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.access.secrecy import open_to
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
#: So many cases are taken into the list of formats while somebody waits for its page; so many files are named there.
_AT_ONCE, _CONCERNS = 300, 25
#: The works that are started from this page.
_STARTED_HERE = tuple(chore for chore in Chore if chore is not Chore.IMPORT)


@pages.get("/keutuhan", Right.INTEGRITY, Lane.QUICK, personal=False)
def integrity(visit: Visit) -> Response:
    """Show the last seals."""
    return _shown(visit)


@pages.get("/keutuhan/format", Right.INTEGRITY, Lane.LOOKUPS, personal=False)
def formats(visit: Visit) -> Response:
    """Show which formats the archive holds, and at which files one should look; a large archive is taken in by parts.

    Cases that are closed to the visitor are not counted: how many papers one has is nobody else's to know.
    """
    desk = visit.desk
    registry = desk.root.format_registry
    left = registry.refresh(most=_AT_ONCE)
    rows = (row for row in desk.book.rows() if not open_to(visit.who.sees, row))
    closed = [row.case_number for row in rows]
    return visit.show(
        "format.html",
        title="Format berkas",
        held=registry.held(closed),
        concerns=registry.concerns(_CONCERNS + 1, closed),
        most=_CONCERNS,
        left=left,
        closed=len(closed),
    )


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
        pairs=dict.fromkeys((pair.key, pair.label) for sop in root.all_editions for pair in sop.pairs),
        seals=root.seals.newest(_SEALS),
        outside=list(witness_words(places, root.sent_seals, root.seals.last(), visit.desk.now())),
        checks=checks,
        works=[(chore.value, *WORDS[chore]) for chore in _STARTED_HERE],
        run=chores,
        run_title=WORDS[chores.chore][0] if chores else "",
        place=visit.desk.root.settings.backup.repository,
    )
