"""An office of the centre that another test had is as empty as a new one; one that was changed is not given."""

from __future__ import annotations

import obstore
import psycopg
import pytest
from central_letters import enrolled
from patience import until
from psycopg import sql

from pipeline.cases.case_number import CaseNumber
from pipeline.storage.postgres_places import note_place
from pipeline.work.store.postgres_exchange import PostgresExchange


def rows_of(owner: psycopg.Connection, office: str) -> dict[str, list[tuple]]:
    """Return everything that stands in an office's tables, and how far its counters went."""
    tables = owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", (office,)).fetchall()
    found = {
        name: owner.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(office, name))).fetchall()
        for (name,) in tables
    }
    counters = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = %s ORDER BY 1"
    return {**found, "counters": owner.execute(counters, (office,)).fetchall()}


def handed_on(owner: psycopg.Connection, office: str) -> list[tuple]:
    """Return what stands of an office outside its schema."""
    return owner.execute(
        "SELECT 'job', id::text FROM kerja.procrastinate_jobs WHERE args->>'office' = %(office)s UNION ALL"
        " SELECT 'parcel', id::text FROM antar.kiriman WHERE %(office)s IN (asal, tujuan) UNION ALL"
        " SELECT 'place', ember FROM pusat.tempat WHERE kantor = %(office)s",
        {"office": office},
    ).fetchall()


def test_an_office_that_another_test_had_is_as_empty_as_a_new_one(central):
    with central.office() as (database, objects), central.office() as (other, _):
        enrolled(database, objects, "surat rekaan", handed_on=True)
        enrolled(database, objects, "surat lain", series="SM")
        PostgresExchange(database).send(other.schema, CaseNumber(2026, 1), {"kantor": "Rekaan"}, [b"surat"])
        note_place(database, "http://127.0.0.1:9", "ember")
    with psycopg.connect(central.database, autocommit=True) as owner:  # in a transaction who is there stays the same
        had = f"SELECT count(*) FROM pg_stat_activity WHERE usename = 'kantor_{database.schema}'"
        until(lambda: owner.execute(had).fetchone() == (0,))
        assert len(handed_on(owner, database.schema)) == 3

    with central.office() as (again, files), psycopg.connect(central.database) as owner:
        assert again.schema == database.schema
        assert rows_of(owner, again.schema) == rows_of(owner, central.empty[0])
        assert handed_on(owner, again.schema) == []
        assert list(obstore.list(files._store)) == []
        assert enrolled(again, files, "surat rekaan") == CaseNumber(2026, 1)


@pytest.mark.parametrize(
    "act",
    [
        "ALTER TABLE {office}.saksi DROP CONSTRAINT saksi_tahun_urut_seq_hash_fkey",
        "ALTER TABLE {office}.deret DISABLE TRIGGER USER",
        "ALTER TABLE {office}.deret ALTER saat SET DEFAULT 'x'",
        "REVOKE SELECT ON {office}.jurnal FROM kantor_{office}",
        "GRANT UPDATE (posisi) ON {office}.saksi TO kantor_{office}",
        "GRANT USAGE ON SCHEMA {office} TO PUBLIC",
        "ALTER ROLE kantor_{office} PASSWORD NULL",
        "ALTER ROLE kantor_{office} SET search_path TO public",
        "CREATE OR REPLACE FUNCTION {office}.satu() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "REVOKE EXECUTE ON FUNCTION kerja.keadaan() FROM kantor_{office}",
        "DROP SCHEMA {office} CASCADE",
    ],
)
def test_one_whose_schema_or_rights_were_changed_is_given_to_nobody_again(central, act):
    with central.office() as (database, _), psycopg.connect(central.database) as owner:
        owner.execute(act.format(office=database.schema).encode())

    with central.office() as (again, _):
        assert again.schema != database.schema
