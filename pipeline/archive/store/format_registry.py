"""The registry of formats held: a small SQLite file that follows the cases; a view, made anew when it is lost.

Old archives are in it too: whatever version wrote a case, its files are looked at once, and again when it changes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline.archive.formats import SOUND, UNKNOWN, Held, HeldFile, formats, held_files
from pipeline.archive.ports import Changes
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber, in_volume
from pipeline.cases.events import Document
from pipeline.cases.ports import Cabinet, content
from pipeline.errors import NotFound, Passing, YankomasError

_EDITION = 3  # of the tables, and of how formats are told; another one is filled anew
_PATIENCE = 10.0  # seconds that one waits for another who writes
_STEP = 200  # cases that are taken in at once
_TABLES = """
    CREATE TABLE cases (year INTEGER, serial INTEGER, head TEXT, PRIMARY KEY (year, serial)) WITHOUT ROWID;
    CREATE TABLE files (year INTEGER, serial INTEGER, name TEXT, format TEXT, archival TEXT, signature TEXT,
        concern INTEGER, PRIMARY KEY (year, serial, name)) WITHOUT ROWID;
    CREATE INDEX concerns ON files (year, serial) WHERE concern;
    CREATE TABLE followed (position INTEGER);
    INSERT INTO followed VALUES (0);
"""


@dataclass(frozen=True, slots=True)
class FormatRegistry:
    """The formats of one archive. ``checked`` says what is found of a print's bytes as PDF/A.

    ``beginning`` gives the first bytes of a document, as many as are looked at (:data:`HEAD`).
    """

    path: Path
    cabinet: Cabinet
    changes: Changes
    checked: Callable[[bytes], str]
    beginning: Callable[[CaseNumber, Document], bytes]

    def refresh(self, progress: Callable[[int, int], None] = lambda _done, _of: None, most: int = 0) -> int:
        """Take in the cases that are new or have changed; return how many are left (0 unless ``most`` limits them).

        Raises:
            Passing: the disk is full, or somebody else writes.
        """
        upto = self.changes.size()
        with self._open() as base:
            due = self._due(base)
            taken = due[:most] if most else due
            for at in range(0, len(taken), _STEP):
                with base:
                    for number in taken[at : at + _STEP]:
                        self._take_in(base, number)
                progress(min(at + _STEP, len(taken)), len(taken))
            if len(taken) == len(due):
                with base:
                    base.execute("UPDATE followed SET position = ?", (upto,))
        return len(due) - len(taken)

    def held(self, without: Collection[CaseNumber] = ()) -> list[Held]:
        """Return how many files there are of each format, in the order of the table, but for those of some cases."""
        table = formats()
        counts: dict[str, list[int]] = {key: [0, 0, 0, 0] for key in table}
        with self._open() as base:
            for number in (None, *set(without)):
                sign = -1 if number else 1
                for key, *numbers in _counted(base, number):
                    known = counts[key if key in table else UNKNOWN]
                    known[:] = (before + sign * more for before, more in zip(known, numbers, strict=True))
        return [Held(table[key], *told) for key, told in counts.items() if told[0]]

    def concerns(self, most: int, without: Collection[CaseNumber] = ()) -> list[HeldFile]:
        """Return the files at which an archivist should look, by case, at most so many."""
        hidden = set(without)
        query = "SELECT year, serial, name, format, archival, signature FROM files WHERE concern ORDER BY year, serial"
        found: list[HeldFile] = []
        with self._open() as base:
            for year, serial, *told in base.execute(query):
                number = in_volume(year, serial)
                if number not in hidden:
                    found.append(HeldFile(number, *told))
                if len(found) == most:
                    break
        return found

    def _due(self, base: sqlite3.Connection) -> list[CaseNumber]:
        heads = {in_volume(y, s): head for y, s, head in base.execute("SELECT year, serial, head FROM cases")}
        (position,) = base.execute("SELECT position FROM followed").fetchone()
        changed, _ = self.changes.since(position)
        newest = {change.number: change.head for change in changed}
        unknown = (number for number in self.cabinet.numbers() if number not in heads)
        due = {*unknown, *(number for number, head in newest.items() if heads.get(number) != head)}
        return sorted(due, key=lambda number: (number.volume, number.serial))

    def _take_in(self, base: sqlite3.Connection, number: CaseNumber) -> None:
        """Take a case in as it stands; one that cannot be read, or is gone, is not counted: ``verify`` names it."""
        where = (number.volume, number.serial)
        looked_at = "SELECT name, format, archival FROM files WHERE year = ? AND serial = ? AND format <> ?"
        known = {name: (kept, archival) for name, kept, archival in base.execute(looked_at, (*where, UNKNOWN))}
        base.execute("DELETE FROM files WHERE year = ? AND serial = ?", where)
        try:
            case = self.cabinet.case(number)
        except Passing:
            raise
        except YankomasError as fault:
            base.execute("DELETE FROM cases WHERE year = ? AND serial = ?", where)
            if not isinstance(fault, NotFound):
                base.execute("INSERT INTO cases VALUES (?, ?, '')", where)  # not again until it changes
            return
        base.execute("INSERT OR REPLACE INTO cases VALUES (?, ?, ?)", (*where, case.head))
        head, checked = (lambda one: self._head(case, one)), (lambda one: self._checked(case, one))
        found = held_files(case, head, checked, known)
        rows = ((*where, f.name, f.format, f.archival, f.signature, bool(f.concern)) for f in found)
        base.executemany("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def _head(self, case: Case, document: Document) -> bytes:
        try:
            return self.beginning(case.number, document)
        except Passing:  # a store of the centre that is away says nothing of the file
            raise
        except (OSError, YankomasError):
            return b""

    def _checked(self, case: Case, document: Document) -> str:
        try:
            return self.checked(content(self.cabinet.blob(case.number, document)))
        except Passing:
            raise
        except (OSError, YankomasError):
            return ""

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """Open the file, made anew if it is none, is broken, or is of another edition."""
        try:
            self.path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
            if not self._is_ours():
                for suffix in ("", "-journal"):
                    with suppress(FileNotFoundError):
                        self.path.with_name(self.path.name + suffix).unlink()
            with closing(sqlite3.connect(self.path, _PATIENCE)) as base:
                base.execute("PRAGMA synchronous = OFF")  # a view: what a power cut breaks is filled anew
                if not base.execute("PRAGMA user_version").fetchone()[0]:
                    base.executescript(f"{_TABLES} PRAGMA user_version = {_EDITION};")
                yield base
        except (sqlite3.OperationalError, OSError) as fault:
            raise Passing(
                "Daftar format sedang tidak dapat disimpan.", "Periksa sisa ruang cakram, lalu ulangi."
            ) from fault

    def _is_ours(self) -> bool:
        try:
            with closing(sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro", _PATIENCE, uri=True)) as base:
                base.execute("SELECT 1 FROM files LIMIT 1").fetchone()
                return bool(base.execute("PRAGMA user_version").fetchone()[0] == _EDITION)
        except sqlite3.Error:
            return False


def _counted(base: sqlite3.Connection, number: CaseNumber | None) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield files, sound, faulty and signed ones by format: of all cases, or of one."""
    narrowed = " WHERE year = :year AND serial = :serial" if number else ""
    query = f"""
        SELECT format, count(*), total(archival = :sound), total(archival NOT IN ('', :sound)), total(signature != '')
        FROM files{narrowed} GROUP BY format
    """  # noqa: S608 - one of two texts of ours
    told: dict[str, object] = {"sound": SOUND}
    if number:
        told |= {"year": number.volume, "serial": number.serial}
    for key, files, sound, faulty, signed in base.execute(query, told):
        yield key, int(files), int(sound), int(faulty), int(signed)
