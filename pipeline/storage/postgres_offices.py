"""The offices of a central database, as who looks after it makes them: a schema and a role for each.

The role of an office has its schema and no other. It owns nothing there, so it cannot take constraints and triggers
away; of journals and witnesses it can neither change nor remove a line, and of its numbers and cases it can write what
numbering and tending need (``migrations/0004_guards.sql`` holds the rest).

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from pipeline.errors import UsageFault
from pipeline.storage.locks import PATIENCE
from pipeline.storage.postgres import ALIVE
from pipeline.storage.postgres_exchange import (
    DIRECTORATE_ROLE,
    let_directorate,
    let_office,
    make_exchange,
    note_former,
)
from pipeline.storage.postgres_faults import in_our_words
from pipeline.storage.postgres_forms import known_form, later_form, migrations
from pipeline.storage.postgres_jobs import ROLE as WORKER
from pipeline.storage.postgres_jobs import bring_over, let_workers, make_jobs
from pipeline.storage.postgres_places import SCHEMA as PLACES
from pipeline.storage.postgres_places import forget_place, make_places
from pipeline.storage.postgres_workers import SCHEMA as JOBS

#: What the role of an office may write of what is no view; views, and how often work failed, are its own to make anew.
_GUARDED: Mapping[str, str] = {
    "jurnal": "INSERT (tahun, urut, seq, prev, hash, baris)",
    "saksi": "INSERT (posisi, tahun, urut, seq, hash)",
    "jam_salah": "INSERT (saat, benar, oleh)",
    "deret_naskah": "INSERT (tahun, nama, nomor, perkara, teks)",
    "catatan": "INSERT (buku, bagian, isi)",
    "deret": "INSERT (tahun, terakhir, saat), UPDATE (terakhir, saat)",
    "perkara": "INSERT (tahun, urut, asli, klaim), UPDATE (terbuka)",
    "kantor": "UPDATE (posisi, keluar, pindah, kunci_dicoba, kunci_membuka)",
    "batas_naskah": "INSERT (tahun, nama, nomor), UPDATE (nomor)",
    "kunci": "UPDATE (dipegang)",
    "hapus_objek": "INSERT (sha256, daftar), DELETE",
    "versi_tercatat": "INSERT (buku, sha256, isi)",
    "people_state": "UPDATE (taken, change, history)",
    "last_id": "UPDATE (seq)",
    "taken_over": "INSERT (what, file)",
    "survey_mark": "INSERT (mark), DELETE",
    "office_key": "INSERT (name, mark), UPDATE (mark)",
}
#: What says of itself which version made it; nobody but who looks after the database writes it.
_FORM = "bentuk"
_PASSWORD_BYTES = 24
#: What of a connection string says where a database is, and that it is the right one.
_WHERE = ("host", "hostaddr", "port", "dbname", "sslmode", "sslrootcert")


def role_of(office: str) -> str:
    """Return the role that has an office's schema."""
    return f"kantor_{office}"


def address_of(address: str, office: str, password: str = "") -> str:
    """Return the connection string with which an office comes to its schema; without a password, libpq finds one."""
    return make_conninfo(address, user=role_of(office), **({"password": password} if password else {}))


def offices(address: str) -> dict[str, int]:
    """Return the offices there are, by name, and which form each schema has; ``address`` is that of who looks after it.

    Raises:
        Passing: the database cannot be reached.
    """
    with in_our_words(), psycopg.connect(address, **ALIVE) as connection:
        rows = connection.execute(
            "SELECT substr(r.rolname, 8) FROM pg_roles r JOIN pg_namespace n ON n.nspname = substr(r.rolname, 8)"
            " WHERE r.rolname LIKE 'kantor\\_%' ORDER BY 1"
        ).fetchall()
        return {office: _form(connection, office) for (office,) in rows}


def server_version(address: str) -> int:
    """Return the server's version (17)."""
    with in_our_words(), psycopg.connect(address, **ALIVE) as connection:
        return connection.info.server_version // 10_000


def without_login(address: str) -> str:
    """Return where a database is, without who comes to it and how."""
    kept = {key: value for key, value in conninfo_to_dict(address).items() if key in _WHERE}
    return make_conninfo("", **{key: str(value) for key, value in kept.items()})


def drop_office(address: str, office: str, mark: str) -> None:
    """Remove an office that a move with this mark has made and that nobody has used: schema, role and all."""
    with in_our_words(), psycopg.connect(address, **ALIVE) as connection:
        if _moving(connection, office) != mark:
            return
        connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(office)))
        if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role_of(office),)).fetchone():
            role = sql.Identifier(role_of(office))
            connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(role))  # only then may who is no superuser
            connection.execute(sql.SQL("DROP OWNED BY {}").format(role))
            connection.execute(sql.SQL("DROP ROLE {}").format(role))
        forget_place(connection, office)


def make_office(address: str, office: str, *, new: bool = False, mark: str = "") -> str:
    """Make an office's schema and role, or bring the schema to this version's form; return the password of a new role.

    ``mark`` is that of the folder that moves in: what a move with this mark has begun is gone on with, and the role
    gets a password anew.

    Raises:
        UsageFault: it is to be ``new``, and there is one of that name.
        SettingsFault: a later version of the program made the schema.
        Passing: the database cannot be reached.
    """
    with in_our_words(), psycopg.connect(address, **ALIVE) as connection:
        connection.execute(f"SET lock_timeout TO '{PATIENCE:.0f}s'")
        # Two that make it at once: the second waits, and finds everything done.
        connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (f"yankomas {office}",))
        goes_on = bool(mark) and _moving(connection, office) == mark
        password = _make_role(connection, role_of(office), again=goes_on)
        if new and not password:
            raise UsageFault(f"Kantor {office} sudah ada di pusat.", "Pilih nama lain; lihat `yankomas pusat status`.")
        make_jobs(connection)
        make_exchange(connection)
        if password and not goes_on:
            note_former(connection, office)
        make_places(connection)
        there = sql.SQL("" if new and not goes_on else "IF NOT EXISTS ")
        connection.execute(sql.SQL("CREATE SCHEMA {}{}").format(there, sql.Identifier(office)))
        # What the functions of the schema look through: temporary tables of whoever comes are the last of it.
        connection.execute(sql.SQL("SET LOCAL search_path TO {}, pg_temp").format(sql.Identifier(office)))
        _migrate(connection, office)
        bring_over(connection, [office], known_form())
        _grant(connection, office)
        let_office(connection, role_of(office))
        if mark:
            connection.execute("UPDATE kantor SET pindah = %s WHERE pindah = ''", (mark,))
        return password


def make_worker(address: str) -> str:
    """Make the role of workers if it is missing, with the rights of this version; return the password of a new one.

    Raises:
        Passing: the database cannot be reached.
    """
    with in_our_words(), psycopg.connect(address, **ALIVE) as connection:
        make_jobs(connection)
        password = _make_role(connection, WORKER, again=False)
        let_workers(connection)
        return password


def make_directorate(address: str) -> str:
    """Make the directorate's role if it is missing, with the rights of this version; return the password of a new one.

    Raises:
        Passing: the database cannot be reached.
    """
    with in_our_words(), psycopg.connect(address, **ALIVE) as connection:
        make_exchange(connection)
        password = _make_role(connection, DIRECTORATE_ROLE, again=False)
        let_directorate(connection)
        return password


def directorate_address(address: str, password: str) -> str:
    """Return the connection string with which the directorate comes to what is its."""
    return make_conninfo(address, user=DIRECTORATE_ROLE, **({"password": password} if password else {}))


def worker_address(address: str, password: str) -> str:
    """Return the connection string with which workers come to their jobs."""
    return make_conninfo(without_login(address), user=WORKER, password=password)


def _moving(connection: psycopg.Connection, office: str) -> str:
    """Return the mark of the move that began an office and has not ended; empty if none did."""
    if connection.execute("SELECT to_regclass(%s)", (f"{office}.kantor",)).fetchone() in (None, (None,)):
        return ""
    marked = sql.SQL("SELECT split_part(pindah, ' ', 1) FROM {}").format(sql.Identifier(office, "kantor"))
    found = connection.execute(marked).fetchone()
    return str(found[0]) if found else ""


def _make_role(connection: psycopg.Connection, role: str, *, again: bool) -> str:
    """Give a new role, or one that is made ``again``, a random password and no rights; return it."""
    there = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone()
    if there and not again:
        return ""
    password = secrets.token_urlsafe(_PASSWORD_BYTES)
    # What the server writes into its log holds no password.
    kept = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    made = sql.SQL("{} ROLE {} LOGIN PASSWORD {} NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT")
    act = sql.SQL("ALTER" if there else "CREATE")
    connection.execute(made.format(act, sql.Identifier(role), sql.Literal(kept)))
    return password


def _form(connection: psycopg.Connection, office: str) -> int:
    named = sql.SQL("SELECT coalesce(max(versi), 0) FROM {}").format(sql.Identifier(office, _FORM))
    found = connection.execute(named).fetchone()
    return int(found[0]) if found else 0


def _migrate(connection: psycopg.Connection, office: str) -> None:
    connection.execute("CREATE TABLE IF NOT EXISTS bentuk (versi integer PRIMARY KEY)")
    version, steps = _form(connection, office), migrations()
    if version > len(steps):
        raise later_form(office, version)
    for number, step in enumerate(steps[version:], start=version + 1):
        connection.execute(step.encode())
        connection.execute("INSERT INTO bentuk VALUES (%s)", (number,))


def _grant(connection: psycopg.Connection, office: str) -> None:
    names = {
        "schema": sql.Identifier(office),
        "role": sql.Identifier(role_of(office)),
        "jobs": sql.Identifier(JOBS),
        "places": sql.Identifier(PLACES),
    }
    for statement in (
        "GRANT USAGE ON SCHEMA {schema}, {jobs}, {places} TO {role}",
        "GRANT EXECUTE ON FUNCTION {jobs}.titip(integer, integer), {jobs}.menunggu() TO {role}",
        "GRANT EXECUTE ON FUNCTION {jobs}.keadaan(), {jobs}.para_pekerja() TO {role}",
        "GRANT EXECUTE ON FUNCTION {places}.catat_tempat(text, text) TO {role}",
        "GRANT SELECT ON {places}.tempat TO {role}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}",
        "GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {role}",
        "REVOKE INSERT, UPDATE, DELETE ON {form} FROM {role}",
    ):
        connection.execute(sql.SQL(statement).format(**names, form=sql.Identifier(office, _FORM)))
    for table, rights in _GUARDED.items():
        named = {"table": sql.Identifier(office, table), "role": names["role"]}
        connection.execute(sql.SQL("REVOKE INSERT, UPDATE, DELETE ON {table} FROM {role}").format(**named))
        connection.execute(sql.SQL(f"GRANT {rights} ON {{table}} TO {{role}}").format(**named))
