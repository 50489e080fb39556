"""Which case has these bytes, this page code, words like these? A small SQLite file beside the register book: a view.

TinyDB answers such questions by reading every book; with ten years in the archive that takes seconds. What stands here
is what the rows say, so it can be lost: numbers are then looked up in the folders until the book has filled it again.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pipeline.cases.case_number import CaseNumber, Volume, in_volume
from pipeline.errors import Passing
from pipeline.reading.near_duplicates import LIKE, alike, bands
from pipeline.register.naskah_numbers import comparable
from pipeline.register.register_numbers import Registered

if TYPE_CHECKING:  # rows take longer to load than looking at a case may
    from pipeline.register.row import Row

_EDITION = 6  # of the tables below; another one is filled anew
_LOOKED_AT = 40  # complaints that share most bands; their signatures are compared whole
_PATIENCE = 10.0  # seconds that a reader waits for the one writer
_TABLES = f"""
    CREATE TABLE letters (year INTEGER, serial INTEGER, sha256 TEXT, claim TEXT, PRIMARY KEY (year, serial))
        WITHOUT ROWID;
    CREATE INDEX letters_by_hash ON letters (sha256, year, serial);
    CREATE TABLE codes (code TEXT, year INTEGER, serial INTEGER, PRIMARY KEY (code, year, serial)) WITHOUT ROWID;
    CREATE INDEX codes_by_case ON codes (year, serial);
    CREATE TABLE naskah (text TEXT, year INTEGER, serial INTEGER, PRIMARY KEY (text, year, serial)) WITHOUT ROWID;
    CREATE INDEX naskah_by_case ON naskah (year, serial);
    CREATE TABLE issued (hash TEXT, year INTEGER, serial INTEGER, PRIMARY KEY (hash, year, serial)) WITHOUT ROWID;
    CREATE INDEX issued_by_case ON issued (year, serial);
    CREATE TABLE words (year INTEGER, serial INTEGER, signature TEXT, PRIMARY KEY (year, serial)) WITHOUT ROWID;
    CREATE TABLE bands (band INTEGER, year INTEGER, serial INTEGER, PRIMARY KEY (band, year, serial)) WITHOUT ROWID;
    PRAGMA user_version = {_EDITION};
"""
#: The kind of an error of SQLite is the lowest byte of its code.
_KIND = 0xFF
#: So often is a file asked again beside which another's journal lies, and seconds between two tries: its writer may
#: just be at work, or the file have just been replaced. One that stays is of a writer that died.
_GLANCES, _PAUSE = 5, 0.01
R = TypeVar("R")


class SqliteLookups:
    """The look-ups of one archive. Where there is no such file, or a broken one, readers find nothing.

    Who reads while others write for long hears that as :class:`~pipeline.errors.Passing`: nothing found would be a
    second number for a letter, or a sheet of ours taken for a stranger's. So does who writes when the disk is full.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def serials(self, year: Volume) -> set[int]:
        """Return the serials of a volume that are known here."""
        return self._asked(
            lambda base: {int(n) for (n,) in base.execute("SELECT serial FROM letters WHERE year = ?", (year,))}, set()
        )

    def holder(self, sha256: str, series: str = "") -> Registered | None:
        """Return the first case of a series that was registered with these bytes."""
        query = "SELECT year, serial, claim FROM letters WHERE sha256 = ? ORDER BY year, serial"
        none: list[tuple[int, int, str]] = []
        found = self._asked(lambda base: base.execute(query, (sha256,)).fetchall(), none)
        held = (Registered(in_volume(year, serial), sha256, claim) for year, serial, claim in found)
        return next((one for one in held if series == one.number.series), None)

    def case_with(self, code: str) -> CaseNumber | None:
        """Return the case one of whose sheets carries this page code."""
        query = "SELECT year, serial FROM codes WHERE code = ? ORDER BY year, serial LIMIT 1"
        found = self._asked(lambda base: base.execute(query, (code,)).fetchone(), None)
        return in_volume(*found) if found else None

    def with_naskah(self, text: str) -> CaseNumber | None:
        """Return the case that has a letter with this number, however it is written."""
        query = "SELECT year, serial FROM naskah WHERE text = ? ORDER BY year, serial LIMIT 1"
        found = self._asked(lambda base: base.execute(query, (comparable(text),)).fetchone(), None)
        return in_volume(*found) if found else None

    def case_of_file(self, hash_start: str) -> CaseNumber | None:
        """Return the case one of whose letters is a file whose hash begins so."""
        query = "SELECT year, serial FROM issued WHERE hash = ? ORDER BY year, serial LIMIT 1"
        found = self._asked(lambda base: base.execute(query, (hash_start,)).fetchone(), None)
        return in_volume(*found) if found else None

    def resembling(self, signed: str) -> list[tuple[CaseNumber, float]] | None:
        """Return the complaints whose words are like those of this signature, and how much, the likest first.

        None if the file is not :attr:`ready`.
        """
        keys = bands(signed)
        query = f"""
            SELECT year, serial, signature FROM words JOIN (
                SELECT year, serial, count(*) AS shared FROM bands WHERE band IN ({", ".join("?" * len(keys))})
                GROUP BY year, serial ORDER BY shared DESC, year, serial LIMIT {_LOOKED_AT}
            ) USING (year, serial)
        """  # noqa: S608 - question marks and a number of ours

        def asked(base: sqlite3.Connection) -> list[tuple[int, int, str]] | None:
            return base.execute(query, keys).fetchall() if _edition(base) == _EDITION else None

        found = self._asked(asked, None) if keys else []
        if found is None:
            return None
        near = [(in_volume(year, serial), alike(signed, other)) for year, serial, other in found]
        return sorted(((number, share) for number, share in near if share >= LIKE), key=lambda n: (-n[1], n[0]))

    @property
    def ready(self) -> bool:
        """Whether the file is there and of this edition."""
        return bool(self._asked(_edition, 0) == _EDITION)

    def note(self, rows: Iterable[Row]) -> None:
        """Take rows of the register in, over what was known of their cases."""
        with self._written() as base:
            _fill(base, rows)

    def renew_year(self, year: Volume, rows: Iterable[Row]) -> None:
        """Take these rows in as all that there is of a volume; the others stay as they are."""
        with self._written() as base:
            for table in ("letters", "codes", "naskah", "issued", "words", "bands"):
                base.execute(f"DELETE FROM {table} WHERE year = ?", (year,))  # noqa: S608 - our own names
            _fill(base, rows)

    def renew(self, rows: Iterable[Row]) -> None:
        """Forget everything and take these rows in; whoever asks meanwhile is answered by what was known before."""
        made = self._path.with_name(f"{self._path.name}.baru")
        _discard(made)
        with self._written(made) as base:
            base.executescript(_TABLES)
            _fill(base, rows)
        if _journal(self._path).exists():  # of a writer that died: without it what it left would look whole
            _discard(self._path)
        made.replace(self._path)

    def _asked(self, question: Callable[[sqlite3.Connection], R], otherwise: R) -> R:
        for _ in range(_GLANCES):
            try:
                with closing(sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro", _PATIENCE, uri=True)) as base:
                    return question(base)
            except sqlite3.OperationalError as fault:
                if fault.sqlite_errorcode & _KIND in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                    raise Passing("Penunjuk surat sedang dipakai.", "Tunggu sebentar, lalu ulangi.") from fault
                if fault.sqlite_errorcode != sqlite3.SQLITE_READONLY_ROLLBACK:
                    return otherwise
                time.sleep(_PAUSE)
            except sqlite3.Error:
                return otherwise
        return otherwise

    @contextmanager
    def _written(self, path: Path | None = None) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(path or self._path, _PATIENCE)) as base:
                base.execute("PRAGMA synchronous = OFF")  # a view: what a power cut breaks is filled anew
                with base:
                    yield base
        except sqlite3.OperationalError as fault:
            if fault.sqlite_errorcode == sqlite3.SQLITE_ERROR:
                raise
            raise Passing(
                "Penunjuk surat sedang tidak dapat disimpan.", "Periksa sisa ruang cakram; diulang sendiri."
            ) from fault


def _journal(path: Path) -> Path:
    """Return where SQLite keeps what a change to a file can be undone by."""
    return path.with_name(f"{path.name}-journal")


def _discard(path: Path) -> None:
    for left in (path, _journal(path)):
        left.unlink(missing_ok=True)


def _edition(base: sqlite3.Connection) -> int:
    base.execute("SELECT 1 FROM letters LIMIT 1").fetchone()  # a file cut short shows here
    return int(base.execute("PRAGMA user_version").fetchone()[0])


def _fill(base: sqlite3.Connection, rows: Iterable[Row]) -> None:
    for row in rows:
        where = (row.case_number.volume, row.serial)
        base.execute("INSERT OR REPLACE INTO letters VALUES (?, ?, ?, ?)", (*where, row.sha256, row.claim))
        base.execute("DELETE FROM codes WHERE year = ? AND serial = ?", where)
        base.execute("DELETE FROM naskah WHERE year = ? AND serial = ?", where)
        _note_words(base, row, where)
        base.executemany("INSERT INTO codes VALUES (?, ?, ?)", ((code, *where) for code in row.page_codes))
        numbers = {comparable(text) for text in row.naskah}
        base.executemany("INSERT INTO naskah VALUES (?, ?, ?)", ((text, *where) for text in sorted(numbers)))
        base.execute("DELETE FROM issued WHERE year = ? AND serial = ?", where)
        base.executemany("INSERT OR IGNORE INTO issued VALUES (?, ?, ?)", ((part, *where) for part in row.issued))


def _note_words(base: sqlite3.Connection, row: Row, where: tuple[int, int]) -> None:
    """Take a complaint's signature in; nothing is written while it is the one that stands here already."""
    signed = row.signature
    known = base.execute("SELECT signature FROM words WHERE year = ? AND serial = ?", where).fetchone()
    if known == (signed,) or (known is None and not signed):
        return
    base.execute("INSERT OR REPLACE INTO words VALUES (?, ?, ?)", (*where, signed))
    if known:
        gone = ((band, *where) for band in bands(known[0]))
        base.executemany("DELETE FROM bands WHERE band = ? AND year = ? AND serial = ?", gone)
    base.executemany("INSERT INTO bands VALUES (?, ?, ?)", ((band, *where) for band in bands(signed)))
