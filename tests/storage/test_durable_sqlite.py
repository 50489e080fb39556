"""SQLite files that hold what must be durable: nobody else reads them, no lock is lost, two may begin."""

from __future__ import annotations

import sqlite3
import stat

import pytest
from other_process import told_to_another

from pipeline.storage import durable_sqlite
from pipeline.storage.durable_sqlite import opened_durable


def test_a_new_file_is_its_owners_alone_and_a_link_is_followed_nowhere(tmp_path):
    opened_durable(tmp_path / "baru" / "akun.sqlite").close()

    assert stat.S_IMODE((tmp_path / "baru" / "akun.sqlite").stat().st_mode) == 0o600
    (tmp_path / "tautan").symlink_to(tmp_path / "lain.sqlite")
    with pytest.raises(OSError, match="tautan"):
        opened_durable(tmp_path / "tautan")
    assert not (tmp_path / "lain.sqlite").exists()


def test_a_second_opening_in_a_process_takes_no_lock_from_the_first(tmp_path):
    """The first one stays in the file as far as other processes can see: none takes it for itself."""
    first = opened_durable(tmp_path / "akun.sqlite")
    first.execute("CREATE TABLE a (b)")
    first.execute("BEGIN")
    first.execute("SELECT * FROM a").fetchall()

    opened_durable(tmp_path / "akun.sqlite")

    assert "locked" in told_to_another(tmp_path / "akun.sqlite")


def test_a_new_file_is_made_without_being_opened(tmp_path, monkeypatch):
    """Closed again, it would take the locks of another thread that found it just made."""
    monkeypatch.setattr(durable_sqlite.os, "close", lambda _: pytest.fail("closed"))

    opened_durable(tmp_path / "akun.sqlite").close()


def test_a_file_that_somebody_begins_to_write_meanwhile_is_waited_for(tmp_path, monkeypatch):
    """SQLite itself refuses at once what asks for a log just then."""
    holder = sqlite3.connect(tmp_path / "akun.sqlite", isolation_level=None)
    holder.execute("CREATE TABLE a (b)")
    holder.execute("BEGIN IMMEDIATE")
    pauses = []

    def sleep(seconds):
        pauses.append(seconds)
        holder.rollback()

    monkeypatch.setattr(durable_sqlite.time, "sleep", sleep)
    opened_durable(tmp_path / "akun.sqlite").close()

    assert len(pauses) == 1


def test_who_waits_in_vain_is_told(tmp_path):
    """A file of old journals that somebody holds does not become one with a log."""
    holder = sqlite3.connect(tmp_path / "akun.sqlite", isolation_level=None)
    holder.execute("CREATE TABLE a (b)")
    holder.execute("BEGIN EXCLUSIVE")

    with pytest.raises(sqlite3.OperationalError, match="locked"):
        opened_durable(tmp_path / "akun.sqlite", patience=0.05)
