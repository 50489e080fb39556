"""All that is kept of an office's people, to be brought from a file to the centre, and into a file again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from pipeline.access.store.people_file import PeopleFile
from pipeline.storage import disk
from pipeline.storage.rows import AllRows, Rows, add_values, values_in

#: What there is of people, table by table; what others refer to comes first.
TABLES: Mapping[str, tuple[str, ...]] = {
    "account": ("login", "name", "nip", "password", "locked", "made", "address"),
    "held_role": ("login", "role", "since", "until"),
    "token": ("id", "digest", "label", "role", "ends", "made_by", "owner"),
    "ever_held": ("role", "login", "since"),
    "taken_post": ("login", "role"),
    "nip_before": ("login", "nip"),
    "former_address": ("id", "login", "address", "at"),
    "request": (*("id", "login", "kind", "roles", "asked_by", "at", "state", "settled_by", "token", "detail"),),
    "notice": ("id", "login", "at", "words", "read"),
    "session": ("digest", "login", "csrf", "address", "started", "seen", "told"),
    "ended_session": ("digest", "login", "csrf", "address", "started", "seen"),
    "link": ("digest", "login", "ends", "made_by"),
    "tries": ("whose", "count", "last", "free"),
    "known": ("whose", "last"),
}
#: What lets people in at this moment, or keeps them out: nothing for who opens a copy some days later.
OF_THE_MOMENT = frozenset({"session", "ended_session", "link", "tries", "known"})
#: Tables whose rows have ids of which none is given twice, and where a file notes the highest.
_WITH_IDS, HIGHEST = ("token", "former_address", "request", "notice"), "sqlite_sequence"
#: Under which name the highest ids stand among what is told.
IDS = "last_id"

#: All rows of people: by table, each in the order of its columns; and the highest ids, by table.
AllPeople = AllRows


def people_in(rows: Rows, ids: str = IDS) -> AllPeople:
    """Return all that rows have of people; ``ids`` is where they have the highest ids."""
    told = {table: values_in(rows, table, columns) for table, columns in TABLES.items()}
    return told | {IDS: _highest(values_in(rows, ids, ("name", "seq")))}


def people_of_file(path: Path) -> AllPeople:
    """Return all that a file has of people; one of an earlier version is completed first.

    Raises:
        Passing: the disk is full.
        sqlite3.Error: the file is none, or cannot be read.
    """
    file = PeopleFile(path)
    with closing(file), file.changing() as rows:  # nobody writes meanwhile
        return people_in(rows, HIGHEST)


def write_people(rows: Rows, told: AllPeople) -> None:
    """Add all of these rows where there are none."""
    for table, columns in TABLES.items():
        add_values(rows, table, columns, told[table])


def write_people_file(path: Path, told: AllPeople) -> None:
    """Have a file with these rows in the place of the one that there is; one that has them already stays.

    Raises:
        Passing: the disk is full.
    """
    if path.is_file() and _as_sets(people_of_file(path)) == _as_sets(told):
        return
    making = path.with_name(f".{path.name}.part")
    _remove_log(making)
    disk.remove(making)
    disk.make_private_folder(path.parent)
    file = PeopleFile(making)
    with closing(file):
        with file.changing() as rows:
            write_people(rows, told)
            rows.execute(f"DELETE FROM {HIGHEST}")  # noqa: S608 - our name
            add_values(rows, HIGHEST, ("name", "seq"), [row for row in told[IDS] if row[1]])
        file.overwrite()
    _remove_log(path)  # which would be taken for the new one's
    disk.rename(making, path)
    disk.sync_folder(path.parent)


def _remove_log(path: Path) -> None:
    """Remove what SQLite keeps beside a file that was closed: all of it is in the file."""
    for suffix in ("-wal", "-shm"):
        disk.remove(path.with_name(f"{path.name}{suffix}"))


def _highest(noted: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    known = dict(noted)
    return [(table, known.get(table, 0)) for table in _WITH_IDS]


def _as_sets(told: AllPeople) -> dict[str, set[tuple[Any, ...]]]:
    return {table: set(rows) for table, rows in told.items()}
