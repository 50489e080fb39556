"""A schema of every form that there was becomes one of today's, with all that stood in it."""

from __future__ import annotations

import psycopg
import pytest
from central_letters import enrolled
from older_forms import made_in_form
from psycopg import sql
from thorough import slowly

from pipeline.archive.store.postgres_cabinet import PostgresCabinet
from pipeline.evidence.store.postgres_verify import verify_office
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_forms import migrations
from pipeline.storage.postgres_lines import ACCESS, PostgresLines
from pipeline.storage.postgres_offices import make_office, role_of

LINES = [b"satu\n", b"dua\n"]
#: The form since which books of lines lie with the office's rows.
_FORM_OF_LINES = 3
#: The first, from which every step is gone; the last whose lines do not say where they end, and with all that was said
#: until then; that of the version before. The slow run begins with each.
SOME, EVERY = (1, 10, len(migrations()) - 1), range(1, len(migrations()))
#: What a schema is: its columns, indexes, rules, functions, triggers, and who may do what.
_MADE_OF = (
    "SELECT table_name, column_name, data_type, column_default, is_nullable, is_generated, generation_expression"
    " FROM information_schema.columns WHERE table_schema = %(schema)s",
    "SELECT relname, relkind, relpersistence, reloptions FROM pg_class WHERE relnamespace = %(schema)s::regnamespace",
    "SELECT indexdef FROM pg_indexes WHERE schemaname = %(schema)s",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE connamespace = %(schema)s::regnamespace",
    "SELECT pg_get_functiondef(oid), proacl::text FROM pg_proc WHERE pronamespace = %(schema)s::regnamespace",
    "SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid"
    " WHERE relnamespace = %(schema)s::regnamespace AND NOT tgisinternal",
    "SELECT table_name, privilege_type FROM information_schema.role_table_grants"
    " WHERE table_schema = %(schema)s AND grantee = %(role)s",
    "SELECT table_name, column_name, privilege_type FROM information_schema.role_column_grants"
    " WHERE table_schema = %(schema)s AND grantee = %(role)s",
)


def made_of(owner: psycopg.Connection, office: str) -> set[str]:
    """Return everything that a schema is made of, but for its name."""
    said = {"schema": office, "role": role_of(office)}
    owner.execute(sql.SQL("SET search_path TO {}").format(sql.Identifier(office)))
    return {str(row).replace(office, "kantor_ini") for question in _MADE_OF for row in owner.execute(question, said)}


def brought_along(owner: psycopg.Connection, first: str, second: str) -> None:
    """Copy an office's rows into a schema of an earlier form, as far as it has tables and columns for them."""
    columns = (
        "SELECT there.table_name, array_agg(there.column_name::text) FROM information_schema.columns there"
        " JOIN information_schema.columns here USING (table_name, column_name)"
        " WHERE there.table_schema = %s AND here.table_schema = %s"
        " AND there.is_generated = 'NEVER' AND there.table_name NOT IN ('bentuk', 'kunci') GROUP BY 1"
    )
    owner.execute("SET session_replication_role = replica")  # rows that were checked are not checked again
    for table, names in owner.execute(columns, (second, first)).fetchall():
        kept = sql.SQL(", ").join(map(sql.Identifier, names))
        new, old = sql.Identifier(second, table), sql.Identifier(first, table)
        owner.execute(sql.SQL("DELETE FROM {}").format(new))
        copied = "INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM {}"
        owner.execute(sql.SQL(copied).format(new, kept, kept, old))


@pytest.mark.parametrize("forms", [SOME, slowly(EVERY)], ids=["some", "every"])
def test_a_schema_of_every_form_becomes_todays_with_its_cases_lines_and_rights(central, central_office, forms):
    database, objects = central_office
    for text in ("pertama", "kedua"):
        enrolled(database, objects, text)
    for line in LINES:
        PostgresLines(database, ACCESS).append("2026-11", line)
    first = database.schema
    journals = PostgresCabinet(database, objects)
    expected = {number: journals.case(number) for number in journals.numbers()}
    with psycopg.connect(central.database) as owner:
        todays = made_of(owner, first)

    for form in forms:
        name = next(central.names)
        made_in_form(form, central, name)
        with psycopg.connect(central.database) as owner:
            brought_along(owner, first, name)

        make_office(central.database, name)

        with psycopg.connect(central.database) as owner:
            found = made_of(owner, name)
            assert found == todays, (form, found ^ todays)
        with central.as_owner(Database(central.database, name)) as theirs:
            theirs.require_form()
            cabinet = PostgresCabinet(theirs, objects)
            assert {number: cabinet.case(number) for number in cabinet.numbers()} == expected, form
            assert list(verify_office(theirs, cabinet, lambda _done, _all: None)) == [], form
            lines = [line for _, line in PostgresLines(theirs, ACCESS).lines()]
            assert lines == (LINES if form >= _FORM_OF_LINES else []), form
