"""What is said to be on the disk was synced, whole, by the effect itself: killing a program can never show that."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.storage import disk

OLD, NEW = b"yang lama\n", b"yang baru\n"


@pytest.fixture
def synced(monkeypatch):
    """What is synced, in its order: the name of each file or folder, and what a file holds at that moment."""
    seen = []

    def noted(descriptor: int) -> None:
        path = Path(os.readlink(f"/proc/self/fd/{descriptor}"))
        seen.append((path.name, None if path.is_dir() else path.read_bytes()))

    monkeypatch.setattr(os, "fsync", noted)
    return seen


def test_a_new_file_is_synced_with_all_that_it_holds(tmp_path, synced):
    disk.write_new(tmp_path / "baru", NEW)

    assert synced == [("baru", NEW)]


def test_what_replaces_a_file_is_synced_before_it_takes_its_name(tmp_path, synced):
    (tmp_path / "isi").write_bytes(OLD)

    disk.replace(tmp_path / "isi", NEW)

    assert synced == [(".isi.part", NEW)]
    assert (tmp_path / "isi").read_bytes() == NEW


def test_what_only_our_own_end_must_spare_is_replaced_whole_without_a_sync(tmp_path, synced):
    (tmp_path / "isi").write_bytes(OLD)

    disk.replace_unsynced(tmp_path / "isi", NEW)

    assert synced == []
    assert [path.name for path in tmp_path.iterdir()] == ["isi"]
    assert (tmp_path / "isi").read_bytes() == NEW


def test_what_is_appended_is_synced_and_lines_that_share_a_sync_only_by_that(tmp_path, synced):
    disk.append(tmp_path / "jurnal", OLD)
    disk.append_unsynced(tmp_path / "jurnal", NEW)
    assert synced == [("jurnal", OLD)]

    disk.sync_file(tmp_path / "jurnal")

    assert synced == [("jurnal", OLD), ("jurnal", OLD + NEW)]


def test_a_cut_is_synced(tmp_path, synced):
    (tmp_path / "jurnal").write_bytes(OLD + b"sobek")

    disk.cut_torn_line(tmp_path / "jurnal")

    assert synced == [("jurnal", OLD)]


def test_a_copy_is_synced_once_it_is_whole(tmp_path, synced):
    (tmp_path / "asal").write_bytes(NEW * 300_000)

    disk.copy_new(tmp_path / "asal", tmp_path / "salinan")

    assert synced == [("salinan", NEW * 300_000)]


def test_a_folders_names_are_synced_by_themselves(tmp_path, synced):
    disk.sync_folder(tmp_path)

    assert synced == [(tmp_path.name, None)]
