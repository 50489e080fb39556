"""Builds the real parts from the settings. Nothing opens, connects or starts before it is asked to work.

Only an archive that a later version wrote is refused at once. Heavy parts are imported where they are built, so that
``case`` or ``register`` does not pay for an OCR engine.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipeline.archive.store.folder_refusals import refuse_moved, refuse_moving
from pipeline.errors import SettingsFault, UsageFault
from pipeline.wiring.office import load_settings
from pipeline.wiring.processes import supervision
from pipeline.wiring.root import Root

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from pipeline.backup.ports import Centre, Fence
    from pipeline.backup.store.centre import Leaving
    from pipeline.storage.postgres import Database
    from pipeline.wiring.central import CentralRoot
    from pipeline.work.ports import CentreWorker, Directorate, Machine
    from pipeline.work.service_plan import ServicePlan

__all__ = [
    "Root",
    "centre_at",
    "directorate_in",
    "export_from_centre",
    "lay_out",
    "lay_out_demo",
    "load_settings",
    "make_directorate",
    "move_out_of_centre",
    "office_in",
    "restore_backup",
    "run_office_from",
    "service_plan",
    "supervision",
    "take_objects_again",
    "this_machine",
    "worker_of_centre",
]


def office_in(folder: Path, *, looking: bool = False) -> Root:
    """Return the office whose folder this is: one whose settings have a table ``[pusat]`` keeps its cases centrally.

    Raises:
        ArchiveFault: a later version wrote its archive.
        SettingsFault: what an office of many needs is not installed; the office moves at present, or has moved away.
    """
    root = Root(folder, looking=looking)
    if not root.is_central:
        refuse_moved(root.layout)
        return root
    refuse_moving(root.layout)
    with _installed():
        from pipeline.wiring.following import PlacedRoot
    return PlacedRoot(folder, looking=looking)


def centre_at(address: str) -> Centre:
    """Return the centre of many offices, as who looks after it comes to it (a libpq connection string).

    Raises:
        SettingsFault: what it needs is not installed.
    """
    with _installed():
        from pipeline.backup.store.centre import PostgresCentre

    def make_views(folder: Path, progress: Callable[[int, int], None]) -> None:
        office = CentralRoot(folder)
        office.book.refresh(progress)
        office.status_codes.refresh()
        office.database.close()

    def agents(database: Database) -> tuple[str, ...]:
        return tuple(sign.words for sign in PostgresAgentSigns(database).all())

    from pipeline.intake.store.postgres_agent_signs import PostgresAgentSigns
    from pipeline.wiring.central import CentralRoot

    return PostgresCentre(address, make_views, agents)


def worker_of_centre(
    folders: Iterable[Path], address: str, say: Callable[[str], None]
) -> AbstractContextManager[CentreWorker]:
    """Return a worker that tends the cases of these folders' offices; it ends with the context.

    Raises:
        SettingsFault: what it needs is not installed.
        UsageFault: a folder's cases are not kept centrally, or the worker comes as who looks after the database.
    """
    with _installed():
        from pipeline.storage.postgres_jobs import refuse_administrator
        from pipeline.wiring.central_workers import worker_of
    refuse_administrator(address)
    return worker_of(folders, address, say)


def export_from_centre(folder: Path, place: Path | None, progress: Callable[[int, int], None]) -> tuple[Path, int]:
    """Write the office of a folder beside the centre, as an ordinary archive; return where, and how many cases.

    Raises:
        UsageFault: its cases are not kept centrally, or the place cannot be used.
        ArchiveFault, Busy, Passing: the store has lost a file; somebody works on it; the centre is away.
    """
    root = _central(folder, "Kantor itu dicadangkan dengan `yankomas backup`.")
    from pipeline.wiring.central_export import export_office

    return export_office(root.exporting_from_here, place, progress)


def take_objects_again(folder: Path, source: Path, progress: Callable[[int, int], None]) -> list[tuple[str, bool]]:
    """Take files that the object store lost again from a folder that has them; return each, and whether it has now.

    Raises:
        UsageFault: the office's cases are not kept centrally.
        NotFound: there is no such folder.
        Passing: the centre is away.
    """
    root = _central(folder, "Map di folder dipulihkan dari cadangan.")
    from pipeline.wiring import central_export

    return central_export.take_objects_again(root.exporting, source, progress)


def run_office_from(folder: Path, *, keys_lost: bool = False) -> tuple[str, bool]:
    """Have an office be run from its folder, as it is, from now on; return from which other it was, empty if from none.

    And whether its people are still to come to the centre, but are not in this folder. Its books are sealed, its
    templates and settings drawn with, whatever another folder published, or this one before.

    ``keys_lost``: this folder's keys are the office's from now on, also in place of others that are lost for good.

    Raises:
        UsageFault: the office's cases are not kept centrally.
        SettingsFault: its settings cannot be used; its keys are not the office's.
        Passing: the centre is away.
    """
    root = _central(folder, "Kantor itu dijalankan dari foldernya sendiri.")
    root.prepare()
    root.settings  # noqa: B018 - what cannot be used makes no folder the office's
    root.keys.take(lost=keys_lost)
    root.publish_in_force(from_here_on=True)
    return str(root.office_folders.take(root.clock.now()) or ""), root.lacks_people


def _central(folder: Path, remedy: str) -> CentralRoot:
    """Return the office of a folder whose cases are kept centrally.

    Raises:
        UsageFault: they are not.
    """
    if not office_in(folder).is_central:
        raise UsageFault(f"{folder} tidak disimpan di pusat.", remedy)
    from pipeline.wiring.central import CentralRoot

    return CentralRoot(folder)


def move_out_of_centre(folder: Path, progress: Callable[[int, int], None]) -> int:
    """Move the office of a folder out of the centre, back into the folder; return how many cases it has.

    Raises:
        UsageFault: its cases are not kept centrally.
        Busy: a process works on it.
    """
    root = Root(folder)
    if not (root.is_central or root.layout.moving.exists()):
        raise UsageFault(f"{folder} tidak disimpan di pusat.", "Tidak ada yang perlu dipindahkan.")
    with _installed():
        from pipeline.backup.store.centre import move_out
        from pipeline.wiring.central import CentralRoot
    central = CentralRoot(folder)

    def way() -> Leaving:
        central.require_run_here()
        central.take_over_records()
        return central.database, central.cabinet, central.take_typed_home

    return move_out(folder, way, progress)


def directorate_in(folder: Path) -> AbstractContextManager[Directorate]:
    """Return the directorate's place in a folder; its connections end with the context.

    Raises:
        SettingsFault: it is none, or what it needs is not installed.
    """
    with _installed():
        from contextlib import closing

        from pipeline.work.store.directorate import PostgresDirectorate
    return closing(PostgresDirectorate(folder))


def make_directorate(folder: Path, address: str) -> None:
    """Make the directorate's role at the centre and its place in a folder, as who looks after the centre.

    Raises:
        SettingsFault: what it needs is not installed.
        Passing: the database cannot be reached.
    """
    with _installed():
        from pipeline.storage.postgres_offices import make_directorate as make_role
        from pipeline.storage.postgres_offices import without_login
        from pipeline.work.store.directorate import lay_out as lay_out_directorate
    lay_out_directorate(folder, without_login(address), make_role(address))


@contextmanager
def _installed() -> Iterator[None]:
    try:
        yield
    except ImportError as fault:
        raise SettingsFault(
            "Bagian program untuk kantor yang disimpan di pusat belum dipasang.",
            "Jalankan `make install-pusat`, atau hapus [pusat] dari office.toml.",
        ) from fault


def lay_out(folder: Path) -> list[str]:
    """Make what is missing of an office folder; return a line for each thing. Nothing that exists is touched.

    Raises:
        UsageFault: the place is taken by a file.
    """
    from pipeline.work.store import setup

    return setup.lay_out(folder)


def lay_out_demo(folder: Path) -> list[Path]:
    """Make a folder of its own for the sample letters and drop them in; return them. Real registers never see them.

    Raises:
        UsageFault: the folder is in use for something else.
    """
    from pipeline.work.store import setup

    setup.lay_out_demo(folder)
    return setup.samples()


def this_machine() -> Machine:
    """Return the machine that this program runs on, on which an office can be installed as a service."""
    from pipeline.work.engines.service_machine import ThisMachine

    return ThisMachine()


def service_plan(root: Root) -> tuple[ServicePlan, str]:
    """Return how an office would be installed as a service here, and where its desk would listen.

    Raises:
        SettingsFault: its settings cannot be used; a folder that has none yet gets those of a new office.
    """
    import sys
    from pathlib import Path

    import pipeline
    from pipeline.work.service_plan import SHARE, ServicePlan, program_parts
    from pipeline.work.settings import WebSettings

    web = root.settings.web if root.layout.settings.exists() else WebSettings()
    package = Path(str(pipeline.__file__)).resolve().parent
    parts = program_parts((sys.prefix, sys.base_prefix), package)
    program = Path(sys.prefix, "bin", "yankomas")
    return ServicePlan(root.layout.root, program, parts, web.port, SHARE.parent.is_dir()), web.host


def restore_backup(
    repository: str,
    snapshot: str,
    target: Path,
    password: str,
    progress: Callable[[int, int], None],
    settling: Callable[[int, int], None],
) -> Fence:
    """Bring a backup back into an empty folder, as the office was when that backup began; views are still missing.

    Raises:
        UsageFault: the folder is not empty.
        NotFound, SettingsFault, ArchiveFault: there is no such backup, the password is wrong, it is damaged, or a later
            version made it (then nothing of it stays in the folder).
    """
    from pipeline.backup.store.restore import restore

    return restore(repository, snapshot, target, password, progress, settling)
