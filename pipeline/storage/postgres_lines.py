"""Books of lines in an office's schema: only ever added to, each line as it would stand in a file of the folder.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.storage.postgres import Database, Transaction

#: The books there are: the account of the inbox, the access log, seals, what was said after a restore, closed years,
#: services in use, the office's own editions of its SOP, what its letters are drawn with, the folders from which it was
#: run, tag manifests of the first versions, roles handed over, what the survey counted.
INBOX, ACCESS, SEALS, RESTORED, YEAR_ENDS = "kotak-masuk", "akses", "segel", "pulih", "tutup-buku"
SERVICES, EDITIONS, IN_FORCE = "layanan", "sop", "berlaku"
FOLDERS, FIRST_TAGS, HANDOVERS, SURVEY = "folder", "tagmanifes", "alih-tugas", "ikm"
_PAGE = 256
_BEHIND_ALL = 2**62


class PostgresLines:
    """One book of an office; its parts are named as the files of the folder are (``2026``, ``2026-11``)."""

    def __init__(self, database: Database, book: str) -> None:
        self._database, self._book = database, book

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the book until the transaction ends: nobody else adds to it meanwhile."""
        with self._database.transaction() as running:
            hold(running, self._book)
            yield

    def append(self, part: str, line: bytes) -> None:
        """Add a line, which ends as lines do."""
        row = (self._book, part, line)
        with self._database.transaction() as running:
            running.execute("INSERT INTO catatan (buku, bagian, isi) VALUES (%s, %s, %s)", row)
            running.proven_by(lambda later: self._has(later, part, line))

    def parts(self) -> list[str]:
        """Return the parts there are, ascending."""
        question = (  # each by the index: a book has many lines and few parts
            "SELECT bagian FROM (WITH RECURSIVE ada AS (SELECT min(bagian) AS bagian FROM catatan WHERE buku = %s"
            " UNION ALL SELECT (SELECT min(c.bagian) FROM catatan c WHERE c.buku = %s AND c.bagian > ada.bagian)"
            " FROM ada WHERE ada.bagian IS NOT NULL) SELECT bagian FROM ada) AS parts WHERE bagian IS NOT NULL"
        )
        return [part for (part,) in self._database.rows(question, (self._book, self._book))]

    def lines(self, part: str | None = None, after: int = 0) -> list[tuple[int, bytes]]:
        """Return the lines of a part (None: of all) behind a place, in order, each with its place.

        Lines become visible in the order of their places only to who holds the book while adding.
        """
        question = (
            "SELECT baris, isi FROM catatan WHERE buku = %s AND baris > %s"
            " AND (%s::text IS NULL OR bagian = %s) ORDER BY bagian, baris"
        )
        return [(place, bytes(line)) for place, line in self._database.rows(question, (self._book, after, part, part))]

    def last(self) -> tuple[int, str, bytes] | None:
        """Return the newest line with its place and part; None if there is none."""
        question = "SELECT baris, bagian, isi FROM catatan WHERE buku = %s ORDER BY baris DESC LIMIT 1"
        found = self._database.row(question, (self._book,))
        return (found[0], found[1], bytes(found[2])) if found else None

    def newest_first(self) -> Iterator[bytes]:
        """Yield the lines, the last of the last part first; only as many are fetched as are asked for."""
        for part in reversed(self.parts()):
            yield from self.newest_in(part)

    def newest_in(self, part: str) -> Iterator[bytes]:
        """Yield the lines of a part likewise."""
        question = (
            "SELECT baris, isi FROM catatan WHERE buku = %s AND bagian = %s AND baris < %s ORDER BY baris DESC LIMIT %s"
        )
        before = _BEHIND_ALL
        while rows := self._database.rows(question, (self._book, part, before, _PAGE)):
            before = rows[-1][0]
            for _, line in rows:
                yield bytes(line)

    def size(self, part: str) -> int:
        """Return how many bytes the lines of a part are."""
        question = "SELECT coalesce(max(akhir), 0) FROM catatan WHERE buku = %s AND bagian = %s"
        found = self._database.row(question, (self._book, part))
        return int(found[0]) if found else 0

    def bytes_between(self, part: str, start: int, end: int) -> bytes:
        """Return what a file of the lines of a part would hold between two places (bytes)."""
        question = (
            "SELECT akhir, isi FROM catatan WHERE buku = %s AND bagian = %s AND akhir > %s AND akhir <= coalesce("
            "(SELECT min(akhir) FROM catatan WHERE buku = %s AND bagian = %s AND akhir >= %s), %s) ORDER BY akhir"
        )
        rows = self._database.rows(question, (self._book, part, start, self._book, part, end, end))
        if not rows:
            return b""
        first, text = int(rows[0][0]) - len(rows[0][1]), b"".join(bytes(line) for _, line in rows)
        return text[max(0, start - first) : end - first]

    def _has(self, later: Transaction, part: str, line: bytes) -> bool:
        hold(later, self._book)  # whoever still adds the line holds it
        question = "SELECT 1 FROM catatan WHERE buku = %s AND bagian = %s AND isi = %s"
        return later.execute(question, (self._book, part, line)).fetchone() is not None


def hold(running: Transaction, what: str) -> None:
    """Hold a book of the office, or its series of letters' numbers, until the transaction ends."""
    running.execute("SELECT 1 FROM kunci WHERE nama = %s FOR UPDATE", (what,))


def text_of(running: Transaction, book: str) -> bytes:
    """Return all lines of a book, the oldest first, as a transaction sees them."""
    question = "SELECT isi FROM catatan WHERE buku = %s ORDER BY baris"
    return b"".join(bytes(line) for (line,) in running.execute(question, (book,)))


def add_lines_of(running: Transaction, book: str, path: Path | None) -> None:
    """Add the whole lines of a folder's file to a book, if there is such a file; its part is called as the file is."""
    text = path.read_bytes() if path and path.is_file() else b""
    rows = [(book, path.stem, line) for line in text.splitlines(keepends=True) if path and line.endswith(b"\n")]
    running.many("INSERT INTO catatan (buku, bagian, isi) VALUES (%s, %s, %s)", list(rows))
