"""One office's schema in PostgreSQL: connections, transactions that nest, faults in the office's words.

A transaction belongs to the thread that began it; whoever begins another meanwhile joins it, so that a decision and the
number that it takes become so together or not at all. What is to be the last act of a transaction (taking the office's
position, for which others wait) is put off until just before it ends.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import resources
from typing import Any

import psycopg
from psycopg import sql
from psycopg.abc import Params
from psycopg.conninfo import make_conninfo
from psycopg_pool import ConnectionPool, PoolTimeout

from pipeline.errors import Busy, Passing, SettingsFault, UsageFault
from pipeline.storage.locks import PATIENCE

Row = tuple[Any, ...]
#: The oldest PostgreSQL that this was tried with.
OLDEST = 15
#: Connections of one process to one office: its workers, its receivers, and some pages at once.
_MOST = 8
#: Seconds that a connection is waited for.
_CONNECTING = 10.0
# Its remarks are for programmers; what goes wrong is raised, and told in our words.
logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)
#: A connection that was cut is noticed within a minute, on both sides: it may hold what an office waits for.
_ALIVE: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
_SERVER_SIDE = {
    "tcp_keepalives_idle": "15",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "idle_in_transaction_session_timeout": "300s",
}
_BUSY = (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure)


class Transaction:
    """A transaction of this thread: statements, and what was put off until its end."""

    def __init__(self, connection: psycopg.Connection[Row]) -> None:
        self._connection = connection
        self._put_off: dict[PutOff, list[Row]] = {}
        #: What is held until the end: a thread that asks for it again would wait for itself.
        self.held: set[object] = set()

    def execute(self, statement: str, values: Params = ()) -> psycopg.Cursor[Row]:
        """Run a statement of the program's own; values travel apart from it."""
        return self._connection.execute(statement.encode(), values)

    def many(self, statement: str, rows: list[Row]) -> None:
        """Run a statement for each of these rows."""
        with self._connection.cursor() as cursor:
            cursor.executemany(statement.encode(), rows)

    def at_the_end(self, act: PutOff, row: Row) -> None:
        """Put a row off: ``act`` gets all that were put off for it, in order, just before the transaction ends."""
        self._put_off.setdefault(act, []).append(row)

    @contextmanager
    def part(self) -> Iterator[None]:
        """Begin a part that can fail alone: what it wrote, held and put off is then as if it had not been."""
        before = {act: len(rows) for act, rows in self._put_off.items()}, set(self.held)
        try:
            with self._connection.transaction():
                yield
        except BaseException:
            self._put_off = {act: rows[: before[0].get(act, 0)] for act, rows in self._put_off.items()}
            self.held = before[1]
            raise

    def end(self) -> None:
        """Do what was put off."""
        for act, rows in self._put_off.items():
            if rows:
                act(self, rows)


#: What is done at the end of a transaction, with the rows that were put off for it.
PutOff = Callable[[Transaction, list[Row]], None]


class Database:
    """The schema of one office. Safe for many threads; opens nothing before it is first asked."""

    def __init__(self, address: str, schema: str) -> None:
        """Use the schema at this address (a libpq connection string)."""
        self.address, self.schema = address, schema
        self._thread = threading.local()
        self._pool: ConnectionPool[psycopg.Connection[Row]] = ConnectionPool(
            make_conninfo(address, **_ALIVE),
            min_size=0,
            max_size=_MOST,
            timeout=_CONNECTING,
            configure=self._configure,
            check=ConnectionPool.check_connection,
            open=False,
            name=schema,
        )

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Begin a transaction, or join this thread's as a part that can fail alone; it is committed at the end.

        Raises:
            Passing: the database cannot be reached, written to, or took no more connections; nothing was changed.
            Busy: somebody else has held what is needed too long; nothing was changed.
        """
        with in_our_words():
            if (running := self.running) is not None:
                with running.part():
                    yield running
                return
            self._pool.open()
            with self._pool.connection() as connection, connection.transaction():
                self._thread.running = running = Transaction(connection)
                try:
                    yield running
                    running.end()
                finally:
                    self._thread.running = None

    @contextmanager
    def apart(self) -> Iterator[Transaction]:
        """Begin a transaction beside this thread's, on a connection of its own; raises as :meth:`transaction`."""
        with in_our_words():
            self._pool.open()
            with self._pool.connection() as connection, connection.transaction():
                yield Transaction(connection)

    @property
    def running(self) -> Transaction | None:
        """The transaction of this thread, if it has begun one."""
        return getattr(self._thread, "running", None)

    def rows(self, statement: str, values: Params = ()) -> list[Row]:
        """Return what a question brings, as it is now."""
        with self.transaction() as running:
            return running.execute(statement, values).fetchall()

    def row(self, statement: str, values: Params = ()) -> Row | None:
        """Return the first row that a question brings, or None."""
        with self.transaction() as running:
            return running.execute(statement, values).fetchone()

    def close_office(self) -> None:
        """Let nobody give numbers or change cases here any more, because the office moves out.

        Raises:
            UsageFault: it moved out already.
        """
        with self.transaction() as running:
            if not running.execute("UPDATE kantor SET keluar = now() WHERE keluar IS NULL RETURNING 1").fetchone():
                raise UsageFault("Kantor ini sudah pindah keluar dari pusat.", "Kerjakan di folder tempat ia pindah.")

    def open_office(self) -> None:
        """Let cases be changed here again: the move that closed it came to nothing."""
        with self.transaction() as running:
            running.execute("UPDATE kantor SET keluar = NULL")

    def require_form(self) -> None:
        """Make sure that the schema has this version's form.

        Raises:
            SettingsFault: it is missing, of an earlier version, or of a later one.
            Passing, Busy: as :meth:`transaction`.
        """
        try:
            found = self.row("SELECT max(versi) FROM bentuk")
        except psycopg.errors.UndefinedTable:
            found = None
        version, known = int(found[0] or 0) if found else 0, len(migrations())
        if version > known:
            raise later_form(self.schema, version)
        if version < known:
            raise SettingsFault(
                f"Basis data kantor {self.schema} belum berbentuk versi program ini (bentuk {version}, perlu {known}).",
                "Jalankan `yankomas pusat siapkan` sebagai pengelola pusat.",
            )

    def _configure(self, connection: psycopg.Connection[Row]) -> None:
        connection.execute(sql.SQL("SET search_path TO {}").format(sql.Identifier(self.schema)))
        for name, value in {"lock_timeout": f"{PATIENCE:.0f}s", **_SERVER_SIDE}.items():
            connection.execute(sql.SQL("SET {} TO {}").format(sql.Identifier(name), sql.Literal(value)))
        connection.commit()


def migrations() -> list[str]:
    """Return the statements that make a schema, and bring it from one form to the next, in order."""
    files = resources.files("pipeline.storage").joinpath("migrations").iterdir()
    named = sorted((file for file in files if file.name.endswith(".sql")), key=lambda file: file.name)
    return [file.read_text(encoding="utf-8") for file in named]


def later_form(schema: str, version: int) -> SettingsFault:
    """Return the fault that a later version of the program made a schema, to be raised."""
    return SettingsFault(
        f"Basis data kantor {schema} ditulis versi program yang lebih baru (bentuk {version}; "
        f"program ini mengenal sampai bentuk {len(migrations())}).",
        "Tidak ada yang diubah. Pasang versi program yang lebih baru, lalu ulangi.",
    )


@contextmanager
def in_our_words() -> Iterator[None]:
    """Tell faults of the database in the office's words.

    Raises:
        Busy, Passing: what went wrong may be gone in a minute.
    """
    try:
        yield
    except _BUSY as fault:
        raise Busy("Basis data pusat sedang dipakai proses lain.", "Tunggu sebentar, lalu ulangi.") from fault
    except psycopg.errors.ReadOnlySqlTransaction as fault:
        raise _passing("sedang hanya dapat dibaca") from fault
    except psycopg.errors.DiskFull as fault:
        raise _passing("penuh") from fault
    except (psycopg.OperationalError, psycopg.errors.IdleInTransactionSessionTimeout, PoolTimeout) as fault:
        raise _passing("tidak dapat dihubungi") from fault


def _passing(how: str) -> Passing:
    return Passing(
        f"Basis data pusat {how}.",
        "Tidak ada yang hilang; pekerjaan diulang sendiri. Bila tidak pulih, hubungi pengelola pusat.",
    )
