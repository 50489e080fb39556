"""The offices of a central database, as who looks after it makes them: a schema and a role for each.

The role of an office has its schema and no other. It owns nothing there, so it cannot take constraints away; and of
journals and witnesses it can neither change nor remove a line.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

import secrets

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from pipeline.errors import UsageFault
from pipeline.storage.postgres import in_our_words, later_form, migrations
from pipeline.storage.postgres_exchange import DIRECTORATE_ROLE, let_directorate, let_office, make_exchange
from pipeline.storage.postgres_jobs import SCHEMA as JOBS
from pipeline.storage.postgres_jobs import make_jobs

#: What is only ever added to.
_APPENDED = ("jurnal", "saksi", "jam_salah", "deret_naskah", "catatan")
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
    with in_our_words(), psycopg.connect(address) as connection:
        rows = connection.execute(
            "SELECT substr(r.rolname, 8) FROM pg_roles r JOIN pg_namespace n ON n.nspname = substr(r.rolname, 8)"
            " WHERE r.rolname LIKE 'kantor\\_%' ORDER BY 1"
        ).fetchall()
        return {office: _form(connection, office) for (office,) in rows}


def server_version(address: str) -> int:
    """Return the server's version (17)."""
    with in_our_words(), psycopg.connect(address) as connection:
        return connection.info.server_version // 10_000


def without_login(address: str) -> str:
    """Return where a database is, without who comes to it and how."""
    kept = {key: value for key, value in conninfo_to_dict(address).items() if key in _WHERE}
    return make_conninfo("", **{key: str(value) for key, value in kept.items()})


def drop_office(address: str, office: str) -> None:
    """Remove an office that was made just now and nobody has used: schema, role and all."""
    with in_our_words(), psycopg.connect(address) as connection:
        connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(office)))
        if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role_of(office),)).fetchone():
            role = sql.Identifier(role_of(office))
            connection.execute(sql.SQL("DROP OWNED BY {}").format(role))
            connection.execute(sql.SQL("DROP ROLE {}").format(role))


def make_office(address: str, office: str, *, new: bool = False) -> str:
    """Make an office's schema and role, or bring the schema to this version's form; return the password of a new role.

    Raises:
        UsageFault: it is to be ``new``, and there is one of that name.
        SettingsFault: a later version of the program made the schema.
        Passing: the database cannot be reached.
    """
    with in_our_words(), psycopg.connect(address) as connection:
        # Two that make it at once: the second waits, and finds everything done.
        connection.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (f"yankomas {office}",))
        password = _make_role(connection, role_of(office))
        if new and not password:
            raise UsageFault(f"Kantor {office} sudah ada di pusat.", "Pilih nama lain; lihat `yankomas pusat status`.")
        make_jobs(connection)
        make_exchange(connection)
        there = sql.SQL("" if new else "IF NOT EXISTS ")
        connection.execute(sql.SQL("CREATE SCHEMA {}{}").format(there, sql.Identifier(office)))
        connection.execute(sql.SQL("SET LOCAL search_path TO {}").format(sql.Identifier(office)))
        _migrate(connection, office)
        _grant(connection, office)
        let_office(connection, role_of(office))
        return password


def make_directorate(address: str) -> str:
    """Make the directorate's role if it is missing, with the rights of this version; return the password of a new one.

    Raises:
        Passing: the database cannot be reached.
    """
    with in_our_words(), psycopg.connect(address) as connection:
        make_exchange(connection)
        password = _make_role(connection, DIRECTORATE_ROLE)
        let_directorate(connection)
        return password


def directorate_address(address: str, password: str) -> str:
    """Return the connection string with which the directorate comes to what is its."""
    return make_conninfo(address, user=DIRECTORATE_ROLE, **({"password": password} if password else {}))


def _make_role(connection: psycopg.Connection, role: str) -> str:
    if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone():
        return ""
    password = secrets.token_urlsafe(_PASSWORD_BYTES)
    # What the server writes into its log holds no password.
    kept = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    made = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {} NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT")
    connection.execute(made.format(sql.Identifier(role), sql.Literal(kept)))
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
    names = {"schema": sql.Identifier(office), "role": sql.Identifier(role_of(office)), "jobs": sql.Identifier(JOBS)}
    appended = sql.SQL(", ").join(sql.Identifier(office, table) for table in _APPENDED)
    for statement in (
        "GRANT USAGE ON SCHEMA {schema}, {jobs} TO {role}",
        "GRANT EXECUTE ON FUNCTION {jobs}.titip(integer, integer) TO {role}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}",
        "GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {role}",
        "REVOKE UPDATE, DELETE ON {appended} FROM {role}",
        "REVOKE DELETE ON {schema}.kantor, {schema}.deret, {schema}.perkara FROM {role}",
        "REVOKE INSERT, UPDATE, DELETE ON {form} FROM {role}",
    ):
        form = sql.Identifier(office, _FORM)
        connection.execute(sql.SQL(statement).format(**names, appended=appended, form=form))
