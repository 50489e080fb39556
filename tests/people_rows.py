"""Accounts looked at and changed past the program, wherever an office keeps them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from pipeline.access.store.people import FILE

if TYPE_CHECKING:
    from pipeline.wiring import Root


def past_the_program(root: Root, statement: str) -> None:
    """Change an office's people as who has its file, or its way to the database, can."""
    if root.is_central:
        import psycopg

        with psycopg.connect(root.database.address) as rows:
            rows.execute(f"SET search_path TO {root.database.schema}")
            rows.execute(statement)
        return
    with closing(sqlite3.connect(root.layout.people / FILE)) as rows:
        rows.execute(statement)
        rows.commit()


def all_that_is_kept(root: Root) -> bytes:
    """Return all that an office keeps of its people, its file byte for byte or the values of its rows."""
    if not root.is_central:
        return b"".join(path.read_bytes() for path in root.layout.people.iterdir())
    from pipeline.access.store.postgres_people_moves import central_people

    rows = (row for table in (central_people(root.database) or {}).values() for row in table)
    return b"\n".join(value if isinstance(value, bytes) else str(value).encode() for row in rows for value in row)
