"""The file of the desk's people where it cannot be opened."""

from __future__ import annotations

import pytest
from full_disk import no_room

from pipeline.access.store.people import SqlitePeople
from pipeline.errors import Passing


def test_a_full_disk_is_told_in_words_and_passes(tmp_path):
    path = tmp_path / "akun" / "orang.sqlite3"
    SqlitePeople(path).close()

    people = SqlitePeople(path)
    with no_room(), pytest.raises(Passing, match="Berkas akun tidak dapat dibuka: cakram tidak dapat ditulisi"):
        people.accounts.has_admin()

    assert not people.accounts.has_admin()
    people.close()
