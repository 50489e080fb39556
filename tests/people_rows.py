"""Accounts changed past the program, wherever an office keeps them."""

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
