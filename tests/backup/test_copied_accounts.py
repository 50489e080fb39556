"""Accounts are copied as they stood, and whoever has them open keeps them."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from other_process import told_to_another

from pipeline.backup.store.back_up import _copy_people
from pipeline.storage.durable_sqlite import opened_durable


def test_a_copy_has_all_that_was_committed_and_takes_no_lock_from_who_has_the_file_open(tmp_path):
    people = tmp_path / "akun"
    desk = opened_durable(people / "akun.sqlite3")
    desk.execute("CREATE TABLE a (b)")
    desk.execute("INSERT INTO a VALUES (1)")
    (people / "catatan.txt").write_text("rekaan")
    (people / "rusak.sqlite3").write_text("bukan basis data, rekaan")

    _copy_people(people, tmp_path / "salinan")

    assert "locked" in told_to_another(people / "akun.sqlite3")
    with closing(sqlite3.connect(tmp_path / "salinan" / "akun.sqlite3")) as copy:
        assert copy.execute("SELECT b FROM a").fetchall() == [(1,)]
    assert (tmp_path / "salinan" / "catatan.txt").read_text() == "rekaan"
    assert (tmp_path / "salinan" / "rusak.sqlite3").read_text() == "bukan basis data, rekaan"
    assert {file.stat().st_mode & 0o777 for file in (tmp_path / "salinan").iterdir()} == {0o600}
