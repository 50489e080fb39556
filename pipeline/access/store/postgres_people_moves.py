"""An office's people come to the centre, from the file in which an earlier version of the program kept them.

Once (``pipeline/storage/taking_over.py``): what says that they are there becomes so together with them.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from functools import partial
from pathlib import Path

from pipeline.access.store.account_states import states_in
from pipeline.access.store.people_file import FILE, PeopleFile
from pipeline.access.store.people_moves import HIGHEST, IDS, AllPeople, people_in, write_people
from pipeline.access.store.postgres_people import PeopleSchema, hold_people
from pipeline.storage.postgres import Database, Transaction
from pipeline.storage.postgres_rows import ChangedRows
from pipeline.storage.rows import Rows
from pipeline.storage.taking_over import FolderOfBefore, Taking, mark_of, take_over

#: What they are called where it is told that they come.
_WHAT = "Akun"


def open_people(database: Database, before: FolderOfBefore) -> None:
    """Have an office's people at the centre, from the folder where they are not yet; asked once by each process.

    In a database that was brought back to a moment nobody is still there who was there then, and no link is good that
    may have been used since.

    Raises:
        SettingsFault: they are to come from another folder, from which the office is run; one that has none of its own
            begins with nobody there either, for whoever were made then would stand in their place.
        Passing: a desk of an earlier version still works with them; or the centre is away.
    """
    schema = PeopleSchema(database)
    take_over(Taking(_WHAT, FILE, partial(_taken, schema), partial(_take_from, schema)), before)
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


def _take_from(schema: PeopleSchema, found: Path | None, were_there: bool) -> None:
    """Bring the people of a file to the centre; ``were_there``: once before, and nobody knows who came in since."""
    if found is None:
        return  # they are there with the first account
    with closing(PeopleFile(found)) as file:
        with file.changing() as there, schema.changing() as rows:  # nobody writes there meanwhile
            if not _are_here(rows):
                _bring(rows, people_in(there, HIGHEST))
                rows.execute("INSERT INTO taken_over VALUES (?, ?)", (_WHAT, mark_of(found)))
            if were_there:
                _let_nobody_be_there(rows)
        file.overwrite()


def _let_nobody_be_there(rows: Rows) -> None:
    """End every session and void every link: who is there, and what was used, nobody knows."""
    rows.execute("DELETE FROM session")
    rows.execute("DELETE FROM link")


def _taken(schema: PeopleSchema) -> str | None:
    with schema.reading() as rows:
        asked = "SELECT taken, (SELECT file FROM taken_over WHERE what = ?) AS file FROM people_state"
        found = rows.execute(asked, (_WHAT,)).fetchone()
    return str(found["file"] or "") if found["taken"] else None


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
