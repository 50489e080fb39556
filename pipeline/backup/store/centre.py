"""The centre of many offices, for who looks after it: its servers are made ready, offices are made, move in and out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from pipeline.archive.store.central_keys import opened_elsewhere
from pipeline.archive.store.central_removable import RemovableObjects
from pipeline.archive.store.layout import Layout, opened
from pipeline.archive.store.objects import Objects, StorePlace
from pipeline.archive.store.postgres_cabinet import PostgresCabinet
from pipeline.backup.ports import CentralOffice, CentralWorkers, ObjectPlace, Prepared, RemovalKey
from pipeline.backup.store import central_move_out, central_moves, move_note
from pipeline.backup.store.central_removal import ObjectRemoval
from pipeline.backup.store.move_note import MoveNote
from pipeline.cases.case_number import YEARS, in_volume
from pipeline.errors import ArchiveFault, NotFound, SettingsFault, Uncertain, UsageFault, YankomasError
from pipeline.evidence.store.office_folders import OfficeFolders
from pipeline.evidence.store.postgres_verify import verify_arrived
from pipeline.office.central_plan import (
    KEY,
    KEY_ID,
    PASSWORD,
    CentralPlan,
    bucket_of,
    check_address,
    check_name,
    missing,
    secret,
)
from pipeline.office.store.central_settings import is_joined, join, leave, refuse_joined
from pipeline.office.store.keys import Keyring
from pipeline.office.store.postgres_keys import tell_keys
from pipeline.storage import disk, locks
from pipeline.storage.postgres import OLDEST, Database
from pipeline.storage.postgres_forms import known_form
from pipeline.storage.postgres_moving import close_office, end_move, open_office
from pipeline.storage.postgres_offices import (
    address_of,
    drop_office,
    make_office,
    make_worker,
    offices,
    server_version,
    without_login,
    worker_address,
)
from pipeline.storage.postgres_places import place_of
from pipeline.storage.postgres_unneeded import waiting_in
from pipeline.storage.postgres_workers import standing_of_all

Progress = Callable[[int, int], None]
#: The form of a schema from which on it notes how keys were tried; status is asked before `siapkan` too.
_FORM_OF_KEYS = 4
#: And from which on it notes which files are to be deleted.
_FORM_OF_REMOVAL = 8


class PostgresCentre:
    """The centre (see the port). ``address`` is how who looks after it comes to the database (for libpq).

    ``views`` makes the views of an office that has moved in, so that nothing waits for them afterwards; ``agents``
    tells of the agents of an office's remote scanners, in words.
    """

    def __init__(
        self, address: str, views: Callable[[Path, Progress], None], agents: Callable[[Database], tuple[str, ...]]
    ) -> None:
        self._address, self._views, self._agents = address, views, agents

    def prepare(self, progress: Progress) -> Prepared:
        """Bring every office's schema to this version's form, and make the role of workers if it is missing."""
        if (version := server_version(self._address)) < OLDEST:
            raise UsageFault(f"PostgreSQL {version} terlalu tua.", f"Pasang PostgreSQL {OLDEST} atau lebih baru.")
        password = make_worker(self._address)
        names = [*offices(self._address)]
        for done, name in enumerate(names, start=1):
            make_office(self._address, name)
            progress(done, len(names))
        worker = worker_address(self._address, password) if password else ""
        return Prepared(len(names), worker, tuple(filter(self._is_folderless, names)))

    def _is_folderless(self, office: str) -> bool:
        """Say whether nobody has said from which folder an office is run; one that moved out has its own."""
        with closing(Database(self._address, office)) as database:
            moved_out = database.row("SELECT 1 FROM kantor WHERE keluar IS NOT NULL")
            return not moved_out and OfficeFolders(database, Path()).run_from() is None

    def add(self, office: str, folder: Path, place: ObjectPlace) -> None:
        """Make a new office, and have a folder that was laid out and has no cases be it."""
        if opened(folder.resolve()).years():
            raise UsageFault(f"{folder} sudah berisi perkara.", "Pakai `yankomas pusat kantor pindah-masuk`.")
        self.move_in(office, folder, place, _unseen)

    def move_in(self, office: str, folder: Path, place: ObjectPlace, progress: Progress) -> int:
        """Move a folder's office into the centre, verify it there, and set its own cases aside; return how many."""
        layout = opened(folder.resolve())
        plan, key = _planned(office, place, without_login(self._address)), _key_of_environment()
        with _alone(layout), closing(Database(self._address, office)) as database:
            note = move_note.begun(layout, move_note.IN, office, central_moves.place_aside(layout).name)
            if note.new:
                refuse_joined(layout.settings)
                if fault := next(iter(Keyring(layout.keys, layout.key_marks).faults()), None):
                    raise fault
                note.write(layout)
            if not is_joined(layout.settings):
                self._bring(layout, plan, key, note, database, progress)
            disk.replace(layout.moved, f"{office}\n".encode())
            central_moves.set_aside(layout, layout.root / note.aside)
            end_move(database)
            OfficeFolders(database, layout.root).take(datetime.now().astimezone())
            tell_keys(database, layout.keys, layout.key_marks)
            move_note.ended(layout)
            self._views(layout.root, progress)
            return len(PostgresCabinet(database, _objects(plan, key)).numbers())

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

    @contextmanager
    def removal(self, office: str, key: RemovalKey) -> Iterator[ObjectRemoval]:
        """Give what deletes an office's files from the object store."""
        if office not in offices(self._address):
            raise NotFound(f"Kantor {office!r} tidak ada di pusat.", "Lihat `yankomas pusat status`.")
        with closing(Database(self._address, office)) as database:
            database.require_form()
            if (noted := place_of(database)) is None:
                raise NotFound(
                    f"Tempat berkas kantor {office} belum tercatat.", "Jalankan `yankomas doctor` di foldernya."
                )
            place = StorePlace(*noted, key.key_id, key.secret)
            cabinet = PostgresCabinet(database, Objects(place, office))
            yield ObjectRemoval(database, cabinet, RemovableObjects(place, office))

    def workers(self) -> CentralWorkers:
        """Return how the centre's workers stand."""
        found, others = standing_of_all(self._address)
        told = tuple(f"kantor {office}: {worker.words}" for office, worker in others)
        return CentralWorkers(found.alive, found.silent, found.waiting, told)

    def status(self) -> Iterator[CentralOffice]:
        """Yield the offices, by name."""
        for name, form in offices(self._address).items():
            with closing(Database(self._address, name)) as database:
                counted = database.row("SELECT count(*), count(*) FILTER (WHERE terbuka) FROM perkara")
                cases, waiting = counted or (0, 0)
                given = database.row(
                    "SELECT tahun, terakhir FROM deret WHERE tahun < %s ORDER BY tahun DESC LIMIT 1", (YEARS,)
                )
                tried = "kunci_dicoba, kunci_membuka" if form >= _FORM_OF_KEYS else "NULL, ''"
                said = database.row(f"SELECT keluar, {tried} FROM kantor") or (None, None, "")  # noqa: S608
                last = in_volume(*given) if given else None
                left = waiting_in(database) if form >= _FORM_OF_REMOVAL else None
                ready = form == known_form()
                agents = self._agents(database) if ready else ()
                yield CentralOffice(
                    name, form, cases, waiting, last, bool(said[0]), said[1], said[2], left, ready, agents
                )

    def _bring(
        self,
        layout: Layout,
        plan: CentralPlan,
        key: dict[str, str],
        note: MoveNote,
        database: Database,
        progress: Progress,
    ) -> None:
        """Bring a folder's cases to the centre and have its settings say so; what fails has done nothing."""
        try:
            password = make_office(self._address, plan.office, new=True, mark=note.mark)
            objects = _objects(plan, key)
            with closing(Database(address_of(plan.database, plan.office, password), plan.office)) as own:
                _refuse_wide_key(own, objects)
                central_moves.move_in(layout, database, objects, progress)
                if found := next(verify_arrived(own, PostgresCabinet(own, objects), _unseen), None):
                    raise ArchiveFault(f"Yang tiba di pusat tidak utuh: {found.where}: {found.fact}", found.remedy)
            join(layout.settings, plan, {PASSWORD: password, **key})
        except BaseException:
            # If the office cannot be taken back now, the folder stays closed: the same command goes on with it.
            with suppress(YankomasError):
                if not is_joined(layout.settings):
                    drop_office(self._address, plan.office, note.mark)
                    move_note.ended(layout)
            raise


#: An office at the centre, and what has in its folder what its people are just typing.
Leaving = tuple[Database, PostgresCabinet, Callable[[], None]]


def move_out(folder: Path, way: Callable[[], Leaving], progress: Progress) -> int:
    """Write an office's cases into its own folder, and let nobody work on them centrally any more; return how many.

    A move that was cut short is gone on with. ``way`` gives the office, while the centre is needed.

    Raises:
        Busy: a process works on the folder.
        UsageFault: the folder has cases.
    """
    layout = opened(folder.resolve())
    with _alone(layout):
        office = layout.moved.read_text().strip() if layout.moved.exists() else ""
        note = move_note.begun(layout, move_note.OUT, office)
        if not note.placing:
            note = _gathered(layout, note, way(), progress)
        count = central_move_out.put_in_place(layout)
        leave(layout.settings)
        disk.remove(layout.moved)
        move_note.ended(layout)
    return count


def _gathered(layout: Layout, note: MoveNote, leaving: Leaving, progress: Progress) -> MoveNote:
    """Close the office at the centre, and write all of it beside the folder's archive."""
    database, cabinet, take_typed_home = leaving
    central_move_out.require_room(layout)
    note.write(layout)
    try:
        close_office(database, note.mark)
    except YankomasError as fault:
        if note.new and not isinstance(fault, Uncertain):
            move_note.ended(layout)
        raise
    try:
        central_move_out.gather(database, cabinet, layout, progress)
        take_typed_home()  # last: where the office stays at the centre, it would lie in the folder and come back
    except BaseException:
        with suppress(YankomasError):  # if it cannot be opened now, the same command goes on with the move
            open_office(database)
            move_note.ended(layout)
        raise
    return note.placed(layout)


def _planned(office: str, place: ObjectPlace, database: str) -> CentralPlan:
    check_name(office)
    check_address(place.address, plaintext=place.plaintext)
    bucket = place.bucket or bucket_of(office)
    return CentralPlan(office, database, place.address, bucket, plaintext=place.plaintext)


def _key_of_environment() -> dict[str, str]:
    """Return the key of the object store that is the office's own, as it is named in the office's secrets."""
    said = {name: secret(name, {}, os.environ) for name in (KEY_ID, KEY)}
    for name in (name for name, found in said.items() if not found):
        raise missing(name, CentralPlan("", "", "", ""))
    return said


def _objects(plan: CentralPlan, key: dict[str, str]) -> Objects:
    return Objects(StorePlace(plan.objects, plan.bucket, key[KEY_ID], key[KEY]), plan.office)


def _refuse_wide_key(database: Database, objects: Objects) -> None:
    """Make sure that the office's key opens what is its own, and nothing of the offices that are there already.

    Raises:
        SettingsFault: it does not, or it opens more.
    """
    if opened := opened_elsewhere(database, objects):
        raise SettingsFault(
            f"Kunci objek itu membuka juga berkas kantor {', '.join(opened)}.",
            "Buat kunci yang hanya membuka ember kantor ini, lalu ulangi.",
        )


def _unseen(_done: int, _all: int) -> None:
    """Show no progress."""


@contextmanager
def _alone(layout: Layout) -> Iterator[None]:
    with ExitStack() as held:
        for lock in (layout.supervisor_lock, layout.run_lock, layout.desk_lock):
            held.enter_context(locks.sole_process(lock))
        yield
