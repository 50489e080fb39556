"""What processes tell one another of this moment: whole, replaced, and no fault where it cannot be told."""

from __future__ import annotations

import os

import pytest

from pipeline.storage.ephemeral import heard, tell


def test_what_was_told_last_is_heard(tmp_path):
    path = tmp_path / "proses" / "meja"
    assert heard(path) is None

    tell(path, [1, "a"])
    tell(path, {"b": "é\ud83d"})  # a name on the disk need not be text

    assert heard(path) == {"b": "é\ud83d"}
    assert os.listdir(path.parent) == ["meja"]


@pytest.mark.parametrize("rubbish", [b"", b"[1, ", b"\xff"])
def test_what_is_no_value_is_as_if_nothing_was_told(tmp_path, rubbish):
    (tmp_path / "meja").write_bytes(rubbish)

    assert heard(tmp_path / "meja") is None


def test_where_nothing_can_be_written_nothing_is_told_and_nobody_stopped(tmp_path):
    (tmp_path / "berkas").write_bytes(b"")
    (tmp_path / "folder").mkdir()

    tell(tmp_path / "berkas" / "meja", 1)
    tell(tmp_path / "folder", 1)

    assert heard(tmp_path / "folder") is None
    assert sorted(os.listdir(tmp_path)) == ["berkas", "folder"]
