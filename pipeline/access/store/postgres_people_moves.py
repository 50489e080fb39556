"""An office's people come to the centre, from the file in which an earlier version of the program kept them.

Once: what says that they are there becomes so together with them. From then on no file of a folder counts; one that is
still there, or is there again (a folder brought back, another that stood for the office), is put aside and not read.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pipeline.access.store.account_states import states_in
from pipeline.access.store.people_file import FILE, PeopleFile
from pipeline.access.store.people_moves import HIGHEST, IDS, AllPeople, people_in, put_aside, write_people
from pipeline.access.store.people_rows import Rows
from pipeline.access.store.postgres_people import ChangedRows, PeopleSchema, hold_people
from pipeline.errors import Passing, SettingsFault
from pipeline.storage import locks
from pipeline.storage.postgres import Database, Transaction

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PeopleFolder:
    """A folder that may have a file of people of before: where it is, and whose it is.

    ``lock`` is held by who looks; ``desk`` by a desk that serves the folder. ``aside`` gives a folder that is not there
    yet; ``kept`` the file that was put aside last, if one was. ``elsewhere`` says, with what to do, that the office is
    not run from it.
    """

    folder: Path
    lock: Path
    desk: Path
    aside: Callable[[], Path]
    kept: Callable[[], Path | None]
    elsewhere: Callable[[], tuple[str, str] | None]

    @property
    def file(self) -> Path:
        """The file."""
        return self.folder / FILE


def open_people(database: Database, before: PeopleFolder) -> None:
    """Have an office's people at the centre, from the folder where they are not yet; asked once by each process.

    In a database that was brought back to a moment nobody is still there who was there then, and no link is good that
    may have been used since.

    Raises:
        SettingsFault: they are to come from another folder, from which the office is run; one that has none of its own
            begins with nobody there either, for whoever were made then would stand in their place.
        Passing: a desk of an earlier version still works with them; or the centre is away.
    """
    schema = PeopleSchema(database)
    if before.file.is_file() or not _are_there(schema):
        with locks.held(before.lock):
            _take_over(schema, before)
    (state,) = database.named_rows("SELECT history = riwayat_sekarang() AS known FROM people_state")
    if not state["known"]:
        with schema.changing() as rows:
            _let_nobody_be_there(rows)
            rows.execute("UPDATE people_state SET history = riwayat_sekarang()")


def move_people_in(running: Transaction, told: AllPeople | None) -> None:
    """Have the people of an office that moves in at the centre; None: its folder has none."""
    hold_people(running)
    _bring(ChangedRows(running), told)


def central_people(database: Database) -> AllPeople | None:
    """Return all that the centre has of an office's people, of one moment; None if they are not there yet."""
    with database.transaction() as running:
        hold_people(running)
        return people_at(running)


def people_at(running: Transaction) -> AllPeople | None:
    """Return the same as a transaction sees it."""
    rows = ChangedRows(running)
    return people_in(rows, IDS) if _are_here(rows) else None


def central_account_states(database: Database) -> Mapping[str, str]:
    """Return a hash of each account and each token, as they are of a file (``account_states.py``)."""
    with PeopleSchema(database).reading() as rows:
        return states_in(rows)


def _take_over(schema: PeopleSchema, before: PeopleFolder) -> None:
    """Bring the people of a folder to the centre if they are not there yet; the folder's lock is held.

    A database that was brought back to before they came has none: they are taken again as they were put aside then.
    """
    is_left = before.file.is_file()
    if _are_there(schema):
        if is_left:
            _log.warning("Akun kantor ini ada di pusat; %s tidak dipakai lagi dan disisihkan.", before.file)
    elif told := before.elsewhere():
        fact, remedy = told
        raise SettingsFault(f"Akun kantor ini belum ada di pusat, dan tidak diambil dari folder ini: {fact}.", remedy)
    elif found := before.file if is_left else before.kept():
        _take_from(found, schema, before.desk, were_there=not is_left)
    if is_left:
        put_aside(before.file, before.aside())


def _take_from(found: Path, schema: PeopleSchema, desk: Path, *, were_there: bool) -> None:
    """Bring the people of a file to the centre; ``were_there``: once before, and nobody knows who came in since.

    Raises:
        Passing: a desk of an earlier version still works with them.
    """
    if locks.is_run_by_another(desk):  # it knows no others than those of the file
        raise Passing(
            "Meja web versi sebelumnya masih memakai akun di folder ini.", "Hentikan mejanya, lalu jalankan lagi."
        )
    with closing(PeopleFile(found)) as file:
        with file.changing() as there, schema.changing() as rows:  # nobody writes there meanwhile
            _bring(rows, people_in(there, HIGHEST))
            if were_there:
                _let_nobody_be_there(rows)
        file.overwrite()
    _log.warning("Akun kantor ini sekarang di pusat, diambil dari %s.", found)


def _let_nobody_be_there(rows: Rows) -> None:
    """End every session and void every link: who is there, and what was used, nobody knows."""
    rows.execute("DELETE FROM session")
    rows.execute("DELETE FROM link")


def _are_there(schema: PeopleSchema) -> bool:
    with schema.reading() as rows:
        return _are_here(rows)


def _are_here(rows: Rows) -> bool:
    return bool(rows.execute("SELECT taken FROM people_state").fetchone()["taken"])


def _bring(rows: Rows, told: AllPeople | None) -> None:
    """Add an office's people, in a transaction that holds them, if they are not there yet."""
    if _are_here(rows):
        return
    if told is not None:
        write_people(rows, told)
        rows.executemany("UPDATE last_id SET seq = ? WHERE name = ?", [(seq, name) for name, seq in told[IDS]])
    rows.execute("UPDATE people_state SET taken = true, history = riwayat_sekarang()")
