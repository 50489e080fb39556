"""Accounts are copied as they stood, and whoever has them open keeps them."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing

from pipeline.backup.store.back_up import _copy_people
from pipeline.storage.durable_sqlite import opened_durable

#: Takes a file for itself, or says that somebody is in it.
_OTHER = """
import sqlite3, sys
rows = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)
rows.execute("PRAGMA locking_mode=EXCLUSIVE")
try:
    rows.execute("BEGIN EXCLUSIVE")
    rows.execute("INSERT INTO a VALUES (2)")
except sqlite3.OperationalError as fault:
    print(fault)
"""


def test_a_copy_has_all_that_was_committed_and_takes_no_lock_from_who_has_the_file_open(tmp_path):
    people = tmp_path / "akun"
    desk = opened_durable(people / "akun.sqlite3")
    desk.execute("CREATE TABLE a (b)")
    desk.execute("INSERT INTO a VALUES (1)")
    (people / "catatan.txt").write_text("rekaan")
    (people / "rusak.sqlite3").write_text("bukan basis data, rekaan")

    _copy_people(people, tmp_path / "salinan")
    command = [sys.executable, "-c", _OTHER, str(people / "akun.sqlite3")]
    told = subprocess.run(command, capture_output=True, text=True, check=True)

    assert "locked" in told.stdout
    with closing(sqlite3.connect(tmp_path / "salinan" / "akun.sqlite3")) as copy:
        assert copy.execute("SELECT b FROM a").fetchall() == [(1,)]
    assert (tmp_path / "salinan" / "catatan.txt").read_text() == "rekaan"
    assert (tmp_path / "salinan" / "rusak.sqlite3").read_text() == "bukan basis data, rekaan"
    assert {file.stat().st_mode & 0o777 for file in (tmp_path / "salinan").iterdir()} == {0o600}
