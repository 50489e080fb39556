"""A connection that breaks while a change is committed: what became of it is found out, or said to be unknown."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager, suppress

import pytest
from case_factory import document, recognised
from central_letters import FIRST, enrolled
from fakes import MORNING
from patience import PATIENCE, until
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from pipeline.archive.store.postgres_cabinet import PostgresCabinet
from pipeline.errors import Passing, Uncertain
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_lines import ACCESS, PostgresLines

COMMIT = b"COMMIT\x00"
OTHER = document("03-lain.txt", b"lain", kind="teks", step=2)


class Wire:
    """A wire to the database that breaks at a commit, as ``breaks`` says: before it, after it, or while it is done."""

    def __init__(self, socket_file: str) -> None:
        self._server, self.breaks, self.cut = socket_file, "", False
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                if self.cut:
                    client.close()
                    continue
                server = socket.socket(socket.AF_UNIX)
                server.connect(self._server)
                for work in (self._ask, self._answer):
                    threading.Thread(target=work, args=(client, server), daemon=True).start()

    def _ask(self, client, server) -> None:
        with suppress(OSError):
            while asked := client.recv(1 << 16):
                if COMMIT in asked and self.breaks:
                    self._break(client, server, asked)
                    return
                server.sendall(asked)
        end(server)

    def _answer(self, client, server) -> None:
        with suppress(OSError):
            while answer := server.recv(1 << 16):
                client.sendall(answer)
        end(client)

    def _break(self, client, server, asked: bytes) -> None:
        how, self.breaks = self.breaks, ""
        end(client)
        if how == "while":
            time.sleep(0.5)  # who looks again has to wait for this
        if how != "before":
            server.sendall(asked)
            time.sleep(0.2)
        end(server)


def end(side: socket.socket) -> None:
    with suppress(OSError):
        side.shutdown(socket.SHUT_RDWR)
    side.close()


@pytest.fixture
def wired(central_office):
    """An office with a case, which it reaches by a wire that can break; the wire; the office as others reach it."""
    database, objects = central_office
    enrolled(database, objects, "surat rekaan")
    reached = conninfo_to_dict(database.address)
    wire = Wire(f"{reached['host']}/.s.PGSQL.5432")
    address = make_conninfo(database.address, host="127.0.0.1", port=wire.port, sslmode="disable", gssencmode="disable")
    far = Database(address, database.schema)
    far._pool.timeout = PATIENCE
    far.row("SELECT 1")  # what a new connection commits is not meant
    yield far, objects, wire, database
    far.close()
    wire.close()


def append(cabinet) -> None:
    with cabinet.held(FIRST) as folder:
        folder.append(recognised(documents=(OTHER,)), {OTHER.name: b"lain"}, by="sistem", at=MORNING)


@contextmanager
def broken(wire, how: str):
    wire.breaks = how
    yield
    assert wire.breaks == ""


def lines(database) -> int:
    return (database.row("SELECT count(*) FROM jurnal") or (0,))[0]


@pytest.mark.parametrize("how", ["after", "while"])
def test_a_line_that_was_kept_is_found_again_and_nobody_is_told_of_the_break(wired, how):
    far, objects, wire, near = wired
    cabinet = PostgresCabinet(far, objects)

    with broken(wire, how):
        append(cabinet)

    assert lines(near) == 2


def test_a_line_that_was_not_kept_is_said_not_to_be(wired):
    far, objects, wire, near = wired

    with broken(wire, "before"), pytest.raises(Passing, match="sebelum perubahan tersimpan") as told:
        append(PostgresCabinet(far, objects))

    assert not isinstance(told.value, Uncertain)
    assert lines(near) == 1


def test_while_the_database_is_away_nobody_says_that_nothing_was_changed(wired):
    far, objects, wire, near = wired
    cabinet = PostgresCabinet(far, objects)
    wire.cut, far._pool.timeout = True, 0.5

    with broken(wire, "after"), pytest.raises(Uncertain, match="belum pasti"):
        append(cabinet)

    until(lambda: lines(near) == 2)  # the database hears of it a moment later than who gave up


def test_a_number_that_was_given_is_not_given_twice(wired):
    far, objects, wire, near = wired

    with broken(wire, "after"):
        number = enrolled(far, objects, "kedua")

    assert number.serial == 2
    assert near.row("SELECT terakhir FROM deret") == (2,)


def test_a_line_of_a_book_is_kept_once(wired):
    far, _, wire, near = wired
    book = PostgresLines(far, ACCESS)

    with broken(wire, "after"), book.held():
        book.append("2026-11", b"satu\n")

    assert [line for _, line in PostgresLines(near, ACCESS).lines()] == [b"satu\n"]


def test_who_only_read_has_what_was_read(wired):
    far, _, wire, _ = wired

    with broken(wire, "before"), far.transaction() as running:
        assert running.execute("SELECT terakhir FROM deret").fetchone() == (1,)


def test_a_question_alone_begins_no_transaction_and_so_has_no_commit_to_wait_for(wired):
    far, _, wire, _ = wired
    wire.breaks = "before"

    assert far.row("SELECT terakhir FROM deret") == (1,)
    assert wire.breaks == "before"
