"""One office's schema in PostgreSQL: connections, transactions that nest, faults in the office's words.

A transaction belongs to the thread that began it; whoever begins another meanwhile joins it, so that a decision and the
number that it takes become so together or not at all. What is to be the last act of a transaction (taking the office's
position, for which others wait) is put off until just before it ends.

A connection that breaks while a transaction is committed leaves open whether it was; then what it wrote is looked for
again, by what the writer gave as its proof.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from psycopg import sql
from psycopg.abc import Params
from psycopg.conninfo import make_conninfo
from psycopg_pool import ConnectionPool

from pipeline.errors import SettingsFault, Uncertain, YankomasError
from pipeline.storage.locks import PATIENCE
from pipeline.storage.postgres_faults import away, in_our_words
from pipeline.storage.postgres_forms import changed_form, known_form, later_form

Row = tuple[Any, ...]
#: The oldest PostgreSQL that this was tried with.
OLDEST = 15
#: Connections of one process to one office: its workers, its receivers, and some pages at once.
_MOST = 8
#: And for what is to be no part of a thread's transaction.
_BESIDE = 3
#: Seconds that a connection is waited for.
_CONNECTING = 10.0
#: Seconds for which a connection that was alive is taken to be so; if it is not, what is asked meanwhile is Passing.
_FRESH = 1.0
# Its remarks are for programmers; what goes wrong is raised, and told in our words.
logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)
#: A connection that was cut is noticed within a minute, on both sides: it may hold what an office waits for.
ALIVE: dict[str, Any] = {
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
_FORM = "SELECT max(versi) FROM bentuk"
#: The server ended this session: by an administrator, by a crash of another.
_ENDED = ("57P01", "57P02", "57P05")


class Transaction:
    """A transaction of this thread: statements, and what was put off until its end."""

    def __init__(self, connection: psycopg.Connection[Row], see_form: Callable[[int], None]) -> None:
        self._connection, self._see_form = connection, see_form
        self._put_off: dict[PutOff, list[Row]] = {}
        self.proofs: list[Proof] = []
        self.changes, self.at_its_end = False, False
        #: What is held until the end: a thread that asks for it again would wait for itself.
        self.held: set[object] = set()

    def execute(self, statement: str, values: Params = ()) -> psycopg.Cursor[Row]:
        """Run a statement of the program's own; values travel apart from it."""
        self.changes |= not statement.lstrip().startswith("SELECT")
        return self._connection.execute(statement.encode(), values)

    def many(self, statement: str, rows: list[Row]) -> None:
        """Run a statement for each of these rows."""
        self.changes = True
        with self._connection.cursor() as cursor:
            cursor.executemany(statement.encode(), rows)

    def copy(self, table: str, rows: list[Row]) -> None:
        """Add rows to a table of the program's own, as one stream."""
        if rows:
            self.changes = True
            with self._connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN".encode()) as stream:
                for row in rows:
                    stream.write_row(row)

    def at_the_end(self, act: PutOff, row: Row) -> None:
        """Put a row off: ``act`` gets all that were put off for it, in order, just before the transaction ends."""
        self._put_off.setdefault(act, []).append(row)

    def proven_by(self, proof: Proof) -> None:
        """Say by what it will be known whether this transaction came to be, should its connection break at the end."""
        self.proofs.append(proof)

    @contextmanager
    def part(self) -> Iterator[None]:
        """Begin a part that can fail alone: what it wrote, held and put off is then as if it had not been."""
        before = {act: len(rows) for act, rows in self._put_off.items()}, set(self.held)
        proven = len(self.proofs)
        try:
            with self._connection.transaction():
                yield
        except BaseException:
            self._put_off = {act: rows[: before[0].get(act, 0)] for act, rows in self._put_off.items()}
            self.held = before[1]
            del self.proofs[proven:]
            raise

    def look_at_form(self) -> None:
        """Make sure that the schema still has the form that is required.

        Raises:
            Passing: it has another by now, so that nothing of this transaction counts.
        """
        [form] = self._connection.execute(_FORM).fetchone() or (0,)
        self._see_form(form)

    def end(self) -> None:
        """Do what was put off."""
        for act, rows in self._put_off.items():
            if rows:
                act(self, rows)
        self.at_its_end = True


#: What is done at the end of a transaction, with the rows that were put off for it.
PutOff = Callable[[Transaction, list[Row]], None]
#: Says in a later transaction whether what one wrote is there; first it waits for what that one held until its end.
Proof = Callable[[Transaction], bool]


class Database:
    """The schema of one office. Safe for many threads; opens nothing before it is first asked."""

    def __init__(self, address: str, schema: str, most: int = _MOST) -> None:
        """Use the schema at this address (a libpq connection string), by so many connections at most."""
        self.address, self.schema = address, schema
        #: The same schema by connections of its own: what is done there is no part of this thread's transaction.
        self.beside = Database(address, schema, _BESIDE) if most > _BESIDE else self
        self._thread = threading.local()
        #: The form that the schema was seen to have last; None while nobody requires this program's.
        self._form: int | None = None
        self._looked_at = WeakKeyDictionary[psycopg.Connection[Row], float]()
        self._pool: ConnectionPool[psycopg.Connection[Row]] = ConnectionPool(
            make_conninfo(address, **ALIVE),
            min_size=0,
            max_size=most,
            num_workers=1 if self.beside is self else 3,
            timeout=_CONNECTING,
            configure=self._configure,
            check=self._check,
            open=False,
            name=schema,
        )

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()
        if self.beside is not self:
            self.beside.close()

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Begin a transaction, or join this thread's as a part that can fail alone; it is committed at the end.

        Raises:
            Passing: the database cannot be reached, written to, or took no more connections; nothing was changed.
            Uncertain: it went away while the change was kept; whether it was is not known.
            Busy: somebody else has held what is needed too long; nothing was changed.
        """
        with in_our_words():
            if (running := self.running) is not None:
                with running.part():
                    yield running
                return
            self.beside._pool.open()  # its threads begin with ours, and not in the middle of some work
            with self._connected() as connection:
                running = Transaction(connection, self._see_form)
                try:
                    with connection.transaction():
                        self._thread.running = running
                        try:
                            yield running
                            running.end()
                        finally:
                            self._thread.running = None
                    return
                except psycopg.OperationalError as fault:
                    if not (running.at_its_end and (connection.broken or fault.sqlstate in _ENDED)):
                        raise
                    broken = fault
            self._look_again(running, broken)

    def _look_again(self, running: Transaction, broken: Exception) -> None:
        """Find out whether a transaction came to be whose connection broke while it was committed.

        Raises:
            Passing: it did not.
            Uncertain: nobody can say at present.
        """
        if not running.changes:
            return
        there: bool | None = None
        with suppress(YankomasError), self.transaction() as later:
            there = running.proofs[0](later) if running.proofs else None
        if there is None:
            raise Uncertain(
                "Sambungan ke basis data pusat putus ketika perubahan disimpan; belum pasti perubahan itu tersimpan.",
                "Lihat dahulu keadaannya; ulangi hanya bila perubahan itu belum ada.",
            ) from broken
        if not there:
            raise away("putus sebelum perubahan tersimpan") from broken

    @contextmanager
    def apart(self) -> Iterator[Transaction]:
        """Begin a transaction beside this thread's, on a connection of its own; raises as :meth:`transaction`."""
        with in_our_words(), self._connected() as connection, connection.transaction():
            yield Transaction(connection, self._see_form)

    @property
    def running(self) -> Transaction | None:
        """The transaction of this thread, if it has begun one."""
        return getattr(self._thread, "running", None)

    def rows(self, statement: str, values: Params = ()) -> list[Row]:
        """Return what a question brings, as it is now; raises as :meth:`transaction`."""
        with self._asked(statement, values) as found:
            return found.fetchall()

    def row(self, statement: str, values: Params = ()) -> Row | None:
        """Return the first row that a question brings, or None; raises as :meth:`transaction`."""
        with self._asked(statement, values) as found:
            return found.fetchone()

    def named_rows(self, statement: str, values: Params = ()) -> list[dict[str, Any]]:
        """Return what a question brings, each row by the names of its columns; raises as :meth:`transaction`."""
        with self._asked(statement, values) as found:
            return named(found)

    @contextmanager
    def _asked(self, statement: str, values: Params) -> Iterator[psycopg.Cursor[Row]]:
        """Run a statement in this thread's transaction; a question alone needs none, nor a part that can fail alone."""
        if not statement.startswith("SELECT"):
            with self.transaction() as begun:
                yield begun.execute(statement, values)
            return
        with in_our_words():
            if (joined := self.running) is not None:
                yield joined.execute(statement, values)
                return
            with self._connected() as connection:
                yield connection.execute(statement.encode(), values)

    @contextmanager
    def _connected(self) -> Iterator[psycopg.Connection[Row]]:
        """Give a connection to the schema, whose form, once it was required, is still this program's.

        Raises:
            Passing: it is another by now, so that this program neither understands nor writes what is there.
        """
        self._pool.open()
        with self._pool.connection() as connection:
            if self._form is not None:
                self._see_form(self._form)
            yield connection

    def _see_form(self, form: int) -> None:
        """Note which form the schema has, where one is required; raises as :meth:`_connected`."""
        if self._form is not None:
            self._form = form
            if form != known_form():
                raise changed_form(self.schema, form)

    def require_form(self) -> None:
        """Make sure that the schema has this version's form; from then on it is looked at again and again.

        Raises:
            SettingsFault: it is missing, of an earlier version, or of a later one.
            Passing, Busy: as :meth:`transaction`.
        """
        try:
            found = self.row(_FORM)
        except psycopg.errors.UndefinedTable:
            found = None
        version, known = int(found[0] or 0) if found else 0, known_form()
        if version > known:
            raise later_form(self.schema, version)
        if version < known:
            raise SettingsFault(
                f"Basis data kantor {self.schema} belum berbentuk versi program ini (bentuk {version}, perlu {known}).",
                "Jalankan `yankomas pusat siapkan` sebagai pengelola pusat.",
            )
        self._form = self.beside._form = version

    def _check(self, connection: psycopg.Connection[Row]) -> None:
        """Make sure that a connection is alive that was not looked at for a second; who works takes many in one.

        Where a form is required, the question is which one there is.
        """
        now = time.monotonic()
        if now - self._looked_at.get(connection, 0.0) > _FRESH:
            if self._form is None:
                ConnectionPool.check_connection(connection)
            else:
                [self._form] = connection.execute(_FORM).fetchone() or (0,)
            self._looked_at[connection] = now

    def _configure(self, connection: psycopg.Connection[Row]) -> None:
        connection.autocommit = True  # a transaction is begun where one is needed, and nowhere else
        settings = {"lock_timeout": f"{PATIENCE:.0f}s", **_SERVER_SIDE}
        said = [sql.SQL("SET search_path TO {}").format(sql.Identifier(self.schema))]
        said += [sql.SQL("SET {} TO {}").format(sql.Identifier(n), sql.Literal(v)) for n, v in settings.items()]
        connection.execute(sql.SQL(";").join(said))


def named(found: psycopg.Cursor[Row]) -> list[dict[str, Any]]:
    """Return the rows that a statement brought by the names of their columns; none if it brings none."""
    if found.description is None:
        return []
    names = [column.name for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found]
