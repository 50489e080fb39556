"""What offices of a centre hand to one another, and to the directorate: parcels, their files, figures.

No office sees a table of it: each has functions that take its own name from the role with which it came, and show what
it sent and what is addressed to it. A parcel is sent, taken or refused in the transaction that says so in a journal.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from typing import LiteralString

import psycopg
from psycopg import sql

SCHEMA = "antar"
#: The directorate, as parcels name it; its role has this schema's functions and the figures, and no office's tables.
DIRECTORATE = "direktorat"
DIRECTORATE_ROLE = "yankomas_direktorat"
_MADE: LiteralString = rf"""
CREATE SCHEMA IF NOT EXISTS {SCHEMA};

-- status: menunggu, diterima, ditolak, or ditarik (its sender took it back).
-- dicatat: the sender's journal has the answer. tahun, urut: the case's number at the sender.
CREATE TABLE IF NOT EXISTS {SCHEMA}.kiriman (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    asal text NOT NULL,
    tujuan text NOT NULL,
    tahun integer NOT NULL,
    urut integer NOT NULL,
    isi jsonb NOT NULL,
    dikirim timestamptz NOT NULL DEFAULT now(),
    status text NOT NULL DEFAULT 'menunggu' CHECK (status IN ('menunggu', 'diterima', 'ditolak', 'ditarik')),
    dijawab timestamptz,
    nomor text NOT NULL DEFAULT '',
    alasan text NOT NULL DEFAULT '',
    dicatat boolean NOT NULL DEFAULT false,
    CHECK (asal <> tujuan)
);
CREATE UNIQUE INDEX IF NOT EXISTS kiriman_menunggu ON {SCHEMA}.kiriman (asal, tahun, urut, tujuan)
    WHERE status = 'menunggu';
CREATE INDEX IF NOT EXISTS kiriman_tujuan ON {SCHEMA}.kiriman (tujuan) WHERE status = 'menunggu';
CREATE INDEX IF NOT EXISTS kiriman_asal ON {SCHEMA}.kiriman (asal) WHERE NOT dicatat;
DO $$ BEGIN  -- of a form in which nothing could be taken back
    IF EXISTS (SELECT FROM pg_constraint WHERE conrelid = '{SCHEMA}.kiriman'::regclass
        AND conname = 'kiriman_status_check' AND pg_get_constraintdef(oid) NOT LIKE '%ditarik%') THEN
        ALTER TABLE {SCHEMA}.kiriman DROP CONSTRAINT kiriman_status_check, ADD CONSTRAINT kiriman_status_check
            CHECK (status IN ('menunggu', 'diterima', 'ditolak', 'ditarik'));
    END IF;
END $$;

-- The files of a parcel; they go when it was answered.
CREATE TABLE IF NOT EXISTS {SCHEMA}.berkas (
    kiriman bigint REFERENCES {SCHEMA}.kiriman,
    ke integer,
    sidik bytea NOT NULL CHECK (sidik = sha256(isi)),
    isi bytea NOT NULL,
    PRIMARY KEY (kiriman, ke)
);

-- The figures of a year that an office handed up: counts alone, small ones left out before they leave the office.
CREATE TABLE IF NOT EXISTS {SCHEMA}.angka (
    kantor text,
    tahun integer,
    saat timestamptz NOT NULL DEFAULT now(),
    isi jsonb NOT NULL,
    PRIMARY KEY (kantor, tahun)
);

CREATE OR REPLACE FUNCTION {SCHEMA}.saya() RETURNS text
LANGUAGE sql STABLE SET search_path = {SCHEMA}, pg_temp AS $$
    SELECT CASE WHEN session_user = '{DIRECTORATE_ROLE}' THEN '{DIRECTORATE}'
                WHEN session_user LIKE 'kantor\_%' THEN substr(session_user, 8) END
$$;

-- What stays of a parcel that was answered: what lists show. Names and addresses go, as its files do.
CREATE OR REPLACE FUNCTION {SCHEMA}.tersisa(isi jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = {SCHEMA}, pg_temp AS $$
    SELECT coalesce(jsonb_object_agg(key, value), '{{}}') FROM jsonb_each(tersisa.isi)
    WHERE key IN ('kantor', 'nomor_register', 'rahasia')
$$;
UPDATE {SCHEMA}.kiriman SET isi = {SCHEMA}.tersisa(isi) WHERE status <> 'menunggu' AND isi <> {SCHEMA}.tersisa(isi);

-- Offices that moved out take nothing any more.
CREATE OR REPLACE FUNCTION {SCHEMA}.tujuan() RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = {SCHEMA}, pg_temp AS $$
DECLARE
    nama text;
    ada boolean;
BEGIN
    FOR nama IN
        SELECT n.nspname FROM pg_roles r JOIN pg_namespace n ON n.nspname = substr(r.rolname, 8)
        WHERE r.rolname LIKE 'kantor\_%' AND n.nspname <> {SCHEMA}.saya() ORDER BY 1
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %I.kantor WHERE keluar IS NULL)', nama) INTO ada;
        IF ada THEN
            RETURN NEXT nama;
        END IF;
    END LOOP;
    RETURN QUERY SELECT '{DIRECTORATE}' FROM pg_roles WHERE rolname = '{DIRECTORATE_ROLE}';
END $$;

-- Nobody sends to an office while it asks what is open to it (terbuka), because it moves out.
CREATE OR REPLACE FUNCTION {SCHEMA}.kirim(ke text, tahun integer, urut integer, isi jsonb) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = {SCHEMA}, pg_temp AS $$
    SELECT pg_advisory_xact_lock_shared(hashtextextended('yankomas antar ' || ke, 0));
    INSERT INTO {SCHEMA}.kiriman (asal, tujuan, tahun, urut, isi)
    SELECT {SCHEMA}.saya(), ke, tahun, urut, isi WHERE ke IN (SELECT {SCHEMA}.tujuan()) RETURNING id
$$;

-- What waits for an answer, or for its answer to be noted; nobody sends to this office until the transaction ends.
CREATE OR REPLACE FUNCTION {SCHEMA}.terbuka() RETURNS SETOF {SCHEMA}.kiriman
LANGUAGE sql SECURITY DEFINER SET search_path = {SCHEMA}, pg_temp AS $$
    SELECT pg_advisory_xact_lock(hashtextextended('yankomas antar ' || {SCHEMA}.saya(), 0));
    SELECT * FROM {SCHEMA}.kiriman WHERE (asal = {SCHEMA}.saya() AND NOT dicatat)
    OR (tujuan = {SCHEMA}.saya() AND status = 'menunggu') ORDER BY id
$$;

-- Its sender takes a parcel back that nobody answered; the same transaction says so in the journal.
CREATE OR REPLACE FUNCTION {SCHEMA}.tarik(kiriman bigint) RETURNS SETOF {SCHEMA}.kiriman
LANGUAGE sql SECURITY DEFINER SET search_path = {SCHEMA}, pg_temp AS $$
    WITH ditarik AS (
        UPDATE {SCHEMA}.kiriman k SET status = 'ditarik', dijawab = now(), dicatat = true,
            isi = {SCHEMA}.tersisa(k.isi)
        WHERE k.id = tarik.kiriman AND k.asal = {SCHEMA}.saya() AND k.status = 'menunggu' RETURNING k.*
    ), hilang AS (
        DELETE FROM {SCHEMA}.berkas b USING ditarik WHERE b.kiriman = ditarik.id
    )
    SELECT * FROM ditarik
$$;

CREATE OR REPLACE FUNCTION {SCHEMA}.lampirkan(kiriman bigint, ke integer, isi bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = {SCHEMA}, pg_temp AS $$
    INSERT INTO {SCHEMA}.berkas SELECT k.id, ke, sha256(lampirkan.isi), lampirkan.isi FROM {SCHEMA}.kiriman k
    WHERE k.id = lampirkan.kiriman AND k.asal = {SCHEMA}.saya() AND k.status = 'menunggu'
$$;

CREATE OR REPLACE FUNCTION {SCHEMA}.masuk() RETURNS SETOF {SCHEMA}.kiriman
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {SCHEMA}, pg_temp AS $$
    SELECT * FROM {SCHEMA}.kiriman WHERE tujuan = {SCHEMA}.saya() AND status = 'menunggu' ORDER BY id
$$;

CREATE OR REPLACE FUNCTION {SCHEMA}.keluar(terakhir integer) RETURNS SETOF {SCHEMA}.kiriman
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {SCHEMA}, pg_temp AS $$
    SELECT * FROM {SCHEMA}.kiriman WHERE asal = {SCHEMA}.saya() ORDER BY id DESC LIMIT terakhir
$$;

CREATE OR REPLACE FUNCTION {SCHEMA}.jawaban() RETURNS SETOF {SCHEMA}.kiriman
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {SCHEMA}, pg_temp AS $$
    SELECT * FROM {SCHEMA}.kiriman WHERE asal = {SCHEMA}.saya() AND NOT dicatat AND status <> 'menunggu' ORDER BY id
$$;

CREATE OR REPLACE FUNCTION {SCHEMA}.pegang(kiriman bigint) RETURNS SETOF {SCHEMA}.kiriman
LANGUAGE sql SECURITY DEFINER SET search_path = {SCHEMA}, pg_temp AS $$
    SELECT * FROM {SCHEMA}.kiriman k WHERE k.id = pegang.kiriman AND k.tujuan = {SCHEMA}.saya()
    AND k.status = 'menunggu' FOR UPDATE
$$;

CREATE OR REPLACE FUNCTION {SCHEMA}.isi_berkas(kiriman bigint, ke integer) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {SCHEMA}, pg_temp AS $$
    SELECT b.isi FROM {SCHEMA}.berkas b JOIN {SCHEMA}.kiriman k ON k.id = b.kiriman
    WHERE b.kiriman = isi_berkas.kiriman AND b.ke = isi_berkas.ke AND k.tujuan = {SCHEMA}.saya()
    AND k.status = 'menunggu'
$$;

CREATE OR REPLACE FUNCTION {SCHEMA}.jawab(kiriman bigint, status text, nomor text, alasan text) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = {SCHEMA}, pg_temp AS $$
    WITH dijawab AS (
        UPDATE {SCHEMA}.kiriman k SET status = jawab.status, nomor = jawab.nomor, alasan = jawab.alasan,
            dijawab = now(), isi = {SCHEMA}.tersisa(k.isi)
        WHERE k.id = jawab.kiriman AND k.tujuan = {SCHEMA}.saya() AND k.status = 'menunggu' RETURNING k.id
    ), hilang AS (
        DELETE FROM {SCHEMA}.berkas b USING dijawab WHERE b.kiriman = dijawab.id
    )
    SELECT count(*) = 1 FROM dijawab
$$;

CREATE OR REPLACE FUNCTION {SCHEMA}.catat(kiriman bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = {SCHEMA}, pg_temp AS $$
    UPDATE {SCHEMA}.kiriman k SET dicatat = true
    WHERE k.id = catat.kiriman AND k.asal = {SCHEMA}.saya() AND k.status <> 'menunggu'
$$;

CREATE OR REPLACE FUNCTION {SCHEMA}.lapor(tahun integer, isi jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = {SCHEMA}, pg_temp AS $$
    INSERT INTO {SCHEMA}.angka (kantor, tahun, isi) SELECT {SCHEMA}.saya(), lapor.tahun, lapor.isi
    ON CONFLICT (kantor, tahun) DO UPDATE SET isi = excluded.isi, saat = excluded.saat
$$;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA {SCHEMA} FROM PUBLIC;
"""  # noqa: S608 - names of our own
#: What only offices do.
_OFFICES_ALONE = ("kirim(text, integer, integer, jsonb)", "lampirkan(bigint, integer, bytea)", "keluar(integer)")
_OFFICES_ALSO = ("jawaban()", "catat(bigint)", "lapor(integer, jsonb)", "terbuka()", "tarik(bigint)")
_BOTH = (
    "saya()",
    "tujuan()",
    "masuk()",
    "pegang(bigint)",
    "isi_berkas(bigint, integer)",
    "jawab(bigint, text, text, text)",
)


def make_exchange(connection: psycopg.Connection) -> None:
    """Make the tables and functions of the exchange if they are missing, as who looks after the database."""
    connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('yankomas antar', 0))")
    connection.execute(_MADE)


def note_former(connection: psycopg.Connection, office: str) -> None:
    """Have what an office of this name sent and was sent be a former office's: one is made anew under its name."""
    former = f"{office} (dahulu)"
    for column in ("asal", "tujuan"):
        named = {"parcels": sql.Identifier(SCHEMA, "kiriman"), "column": sql.Identifier(column)}
        statement = sql.SQL("UPDATE {parcels} SET {column} = %s WHERE {column} = %s").format(**named)
        connection.execute(statement, (former, office))


def let_office(connection: psycopg.Connection, role: str) -> None:
    """Let the role of an office send and receive."""
    _let(connection, role, (*_OFFICES_ALONE, *_OFFICES_ALSO, *_BOTH))


def let_directorate(connection: psycopg.Connection) -> None:
    """Let the directorate's role, which is there, receive, and see the figures; nothing else."""
    _let(connection, DIRECTORATE_ROLE, _BOTH)
    connection.execute(f"GRANT SELECT ON {SCHEMA}.angka TO {DIRECTORATE_ROLE}")


def _let(connection: psycopg.Connection, role: str, functions: tuple[str, ...]) -> None:
    named = sql.Identifier(role)
    connection.execute(sql.SQL(f"GRANT USAGE ON SCHEMA {SCHEMA} TO {{}}").format(named))
    for function in functions:
        granted = f"GRANT EXECUTE ON FUNCTION {SCHEMA}.{function} TO {{}}"
        connection.execute(sql.SQL(granted).format(named))
