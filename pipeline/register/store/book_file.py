"""A year's register book on the disk: TinyDB's JSON, and beside it the rows that have changed since it was written.

TinyDB rewrites its file whole at every change, which costs half a second when ten thousand cases stand in it. So a
large book grows by lines in ``register-2026.baru.jsonl``, each a row that replaces the one of its serial, and is
written whole again when these have become many. Small books are written whole each time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document

from pipeline.errors import ArchiveFault
from pipeline.register.row import WRITTEN, Row
from pipeline.storage import disk

TABLE = "aduan"
_SMALL = 256 * 1024  # bytes of a book that is written whole in a few milliseconds
_SHARE = 4  # the lines beside a book may reach this part of its size before it is written whole again
#: A row as it is written.
WrittenRow = dict[str, Any]


class Shelf(Storage):
    """TinyDB's storage: read as book and lines together; written whole, atomically, so that equal books are equal."""

    def __init__(self, path: Path) -> None:
        self._path, self._lines = path, lines_beside(path)

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return the tables, or None for a book that is not there yet.

        Raises:
            ArchiveFault: it is no book any more.
        """
        try:
            tables = json.loads(self._path.read_bytes())
            for line in _whole(self._lines).splitlines():
                row = json.loads(line)
                tables[TABLE][str(row["serial"])] = row
        except FileNotFoundError:
            return None
        except (ValueError, TypeError, KeyError):
            tables = None
        if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
            raise _broken(self._path)
        return tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace the book; the lines beside it go afterwards, for they say the same once more."""
        disk.replace(self._path, json.dumps(data, ensure_ascii=False, sort_keys=True).encode())
        if self._lines.exists():
            disk.remove(self._lines)


def lines_beside(book: Path) -> Path:
    """Return the file of the rows that changed since the book was written whole."""
    return book.with_name(f"{book.stem}.baru.jsonl")


def read_rows(book: Path) -> list[Row]:
    """Return the rows of a book.

    Raises:
        ArchiveFault: it is no book any more, or its rows are none of this program's.
    """
    try:
        return [Row.from_json(row) for row in read_written(book)]
    except (KeyError, TypeError):
        raise _of_another_version(book) from None


def read_written(book: Path) -> list[WrittenRow]:
    """Return the rows of a book as they are written.

    Raises:
        ArchiveFault: it is no book any more.
    """
    shelf = Shelf(book)
    with TinyDB(storage=lambda: shelf) as base:
        rows: list[Document] = base.table(TABLE).all()
        return [dict(row) for row in rows]


def _broken(book: Path) -> ArchiveFault:
    return ArchiveFault(
        f"Buku register {book.name} rusak.",
        "Susun ulang dari map-map perkara dengan `yankomas rebuild`; tidak ada yang hilang.",
    )


def _of_another_version(book: Path) -> ArchiveFault:
    return ArchiveFault(
        f"Buku register {book.name} ditulis versi program yang lain.",
        "Susun ulang dari map-map perkara dengan `yankomas rebuild`; tidak ada yang hilang.",
    )


def rows_since(book: Path, position: int) -> tuple[list[Row], int]:
    """Return the rows that were put beside a book from a byte position on, and the position behind the last whole one.

    What is no row ends them there: reading the whole book says what is wrong.
    """
    try:
        with open(lines_beside(book), "rb") as reader:
            reader.seek(position)
            text = reader.read()
    except FileNotFoundError:
        return [], position
    whole = text[: text.rfind(b"\n") + 1]
    try:
        return [Row.from_json(json.loads(line)) for line in whole.splitlines()], position + len(whole)
    except (ValueError, KeyError, TypeError):
        return [], position


def write_rows(book: Path, rows: Mapping[int, Row]) -> None:
    """Write a book whole: these rows, by serial, and no others."""
    Shelf(book).write({TABLE: {str(serial): row.as_json() for serial, row in rows.items()}})


def put_rows(book: Path, rows: Iterable[Row]) -> None:
    """Put changed rows into a book.

    Raises:
        ArchiveFault: it had to be read to be written whole, and is no book any more.
    """
    lines, size = lines_beside(book), disk.size(book)
    rows = list(rows)
    added = "".join(json.dumps(row.as_json(), ensure_ascii=False, sort_keys=True) + "\n" for row in rows).encode()
    if size > _SMALL and disk.size(lines) + len(added) <= size // _SHARE:
        disk.cut_torn_line(lines)
        disk.append(lines, added)
        return
    # As they are written: making rows of all that stand there costs more than reading and writing them.
    shelf = Shelf(book)
    known = (shelf.read() or {}).get(TABLE, {})
    if not all(isinstance(row, dict) and row.keys() == WRITTEN for row in known.values()):
        raise _of_another_version(book)
    shelf.write({TABLE: known | {str(row.serial): row.as_json() for row in rows}})


def _whole(lines: Path) -> bytes:
    """Return the whole lines; what a power cut left of the last is put there again, for it was never counted."""
    try:
        text = lines.read_bytes()
    except FileNotFoundError:
        return b""
    return text[: text.rfind(b"\n") + 1]
