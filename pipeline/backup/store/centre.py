"""The centre of many offices, for who looks after it: its servers are made ready, offices are made, move in and out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from pipeline.archive.store.layout import Layout, opened
from pipeline.archive.store.objects import Objects, StorePlace
from pipeline.archive.store.postgres_cabinet import PostgresCabinet
from pipeline.backup.ports import CentralOffice
from pipeline.backup.store import central_moves
from pipeline.cases.case_number import CaseNumber
from pipeline.errors import ArchiveFault, UsageFault
from pipeline.evidence.store.postgres_verify import verify_office
from pipeline.office.central_plan import KEY, KEY_ID, PASSWORD, CentralPlan, check_name, secret
from pipeline.office.store.central_settings import join, leave
from pipeline.storage import disk, locks
from pipeline.storage.postgres import OLDEST, Database
from pipeline.storage.postgres_offices import (
    address_of,
    drop_office,
    make_office,
    offices,
    server_version,
    without_login,
)

Progress = Callable[[int, int], None]


class PostgresCentre:
    """The centre (see the port). ``address`` is how who looks after it comes to the database (for libpq)."""

    def __init__(self, address: str) -> None:
        self._address = address

    def prepare(self, progress: Progress) -> int:
        """Bring every office's schema to this version's form; return how many offices there are."""
        if (version := server_version(self._address)) < OLDEST:
            raise UsageFault(f"PostgreSQL {version} terlalu tua.", f"Pasang PostgreSQL {OLDEST} atau lebih baru.")
        names = [*offices(self._address)]
        for done, name in enumerate(names, start=1):
            make_office(self._address, name)
            progress(done, len(names))
        return len(names)

    def add(self, office: str, folder: Path, objects: str, bucket: str) -> None:
        """Make a new office, and have a folder that was laid out and has no cases be it."""
        if opened(folder.resolve()).years():
            raise UsageFault(f"{folder} sudah berisi perkara.", "Pakai `yankomas pusat kantor pindah-masuk`.")
        self.move_in(office, folder, objects, bucket, _unseen)

    def move_in(self, office: str, folder: Path, objects: str, bucket: str, progress: Progress) -> int:
        """Move a folder's office into the centre, verify it there, and set its own cases aside; return how many."""
        layout = opened(folder.resolve())
        with _alone(layout):
            plan, said = self._made(office, objects, bucket)
            try:
                database = Database(address_of(plan.database, office, said[PASSWORD]), office)
                kept = Objects(StorePlace(objects, bucket, said[KEY_ID], said[KEY]), office)
                count = central_moves.move_in(layout, database, kept, progress)
                if found := next(verify_office(database, PostgresCabinet(database, kept), _unseen), None):
                    raise ArchiveFault(f"Yang tiba di pusat tidak utuh: {found.where}: {found.fact}", found.remedy)
                database.close()
            except BaseException:
                drop_office(self._address, office)
                raise
            self._joined(layout, plan, said)
            disk.replace(layout.moved, f"{office}\n".encode())
            central_moves.set_aside(layout)
        return count

    def brought_back(self) -> int:
        """Have every office ask how far its numbers went, before the next is given; return how many there are."""
        names = [*offices(self._address)]
        for name in names:
            database = Database(self._address, name)
            try:
                with database.transaction() as running:
                    running.execute("UPDATE kantor SET riwayat = ''")
            finally:
                database.close()
        return len(names)

    def status(self) -> Iterator[CentralOffice]:
        """Yield the offices, by name."""
        for name, form in offices(self._address).items():
            database = Database(self._address, name)
            try:
                counted = database.row("SELECT count(*), count(*) FILTER (WHERE terbuka) FROM perkara")
                cases, waiting = counted or (0, 0)
                given = database.row("SELECT tahun, terakhir FROM deret ORDER BY tahun DESC LIMIT 1")
                left = database.row("SELECT keluar FROM kantor")
                last = CaseNumber(*given) if given else None
                yield CentralOffice(name, form, cases, waiting, last, moved_out=bool(left and left[0]))
            finally:
                database.close()

    def _made(self, office: str, objects: str, bucket: str) -> tuple[CentralPlan, dict[str, str]]:
        check_name(office)
        plan = CentralPlan(office, without_login(self._address), objects, bucket)
        said = {name: secret(name, {}, os.environ) for name in (KEY_ID, KEY)}
        password = make_office(self._address, office, new=True)
        return plan, {PASSWORD: password, **said}

    def _joined(self, layout: Layout, plan: CentralPlan, said: dict[str, str]) -> None:
        try:
            join(layout.settings, plan, said)
        except BaseException:
            drop_office(self._address, plan.office)
            raise


def move_out(folder: Path, database: Database, cabinet: PostgresCabinet, progress: Progress) -> int:
    """Write an office's cases into its own folder, and let nobody work on them centrally any more; return how many.

    Raises:
        Busy: a process works on the folder.
        UsageFault: the folder has cases.
    """
    layout = opened(folder.resolve())
    with _alone(layout):
        central_moves.require_room(layout)
        database.close_office()
        try:
            count = central_moves.move_out(database, cabinet, layout, progress)
        except BaseException:
            if not layout.years():  # nothing was put in place
                database.open_office()
            raise
        leave(layout.settings)
        disk.remove(layout.moved)
    return count


def _unseen(_done: int, _all: int) -> None:
    """Show no progress."""


@contextmanager
def _alone(layout: Layout) -> Iterator[None]:
    with ExitStack() as held:
        for lock in (layout.supervisor_lock, layout.run_lock, layout.desk_lock):
            held.enter_context(locks.sole_process(lock))
        yield
