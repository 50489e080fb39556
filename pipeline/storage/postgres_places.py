"""Where the files of each office of a centre lie: every office may know it, so that each can try its own key there.

An office writes its own row alone, by a function that takes its own name. There is nothing secret in it.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from typing import LiteralString

import psycopg

from pipeline.storage.postgres import Database

SCHEMA = "pusat"
_MADE: LiteralString = f"""
CREATE SCHEMA IF NOT EXISTS {SCHEMA};
CREATE TABLE IF NOT EXISTS {SCHEMA}.tempat (kantor text PRIMARY KEY, alamat text NOT NULL, ember text NOT NULL);
CREATE OR REPLACE FUNCTION {SCHEMA}.catat_tempat(alamat text, ember text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = {SCHEMA}, pg_temp AS $$
    INSERT INTO {SCHEMA}.tempat VALUES (substr(session_user, 8), alamat, ember)
    ON CONFLICT (kantor) DO UPDATE SET alamat = excluded.alamat, ember = excluded.ember
$$;
REVOKE EXECUTE ON FUNCTION {SCHEMA}.catat_tempat(text, text) FROM PUBLIC;
"""  # noqa: S608 - names of our own


def make_places(connection: psycopg.Connection) -> None:
    """Make the table of places if it is missing, as who looks after the database."""
    connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('yankomas pusat', 0))")
    connection.execute(_MADE)


def forget_place(connection: psycopg.Connection, office: str) -> None:
    """Take out where the files of an office lie that is no more."""
    make_places(connection)
    connection.execute(f"DELETE FROM {SCHEMA}.tempat WHERE kantor = %s".encode(), (office,))  # noqa: S608


def note_place(database: Database, address: str, bucket: str) -> None:
    """Note where this office's files lie."""
    with database.transaction() as running:
        running.execute(f"SELECT {SCHEMA}.catat_tempat(%s, %s)", (address, bucket))


def place_of(database: Database) -> tuple[str, str] | None:
    """Return the address and the bucket of this office's files, if it has noted them."""
    found = database.row(f"SELECT alamat, ember FROM {SCHEMA}.tempat WHERE kantor = %s", (database.schema,))  # noqa: S608
    return (str(found[0]), str(found[1])) if found else None


def other_places(database: Database) -> list[tuple[str, str, str]]:
    """Return the other offices with the address and the bucket of their files, by name."""
    question = f"SELECT kantor, alamat, ember FROM {SCHEMA}.tempat WHERE kantor <> %s ORDER BY kantor"  # noqa: S608
    return [(office, address, bucket) for office, address, bucket in database.rows(question, (database.schema,))]
