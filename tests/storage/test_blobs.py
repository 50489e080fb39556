"""Stored files and typed texts are handed out alike, and only as what they were when they were looked at."""

from __future__ import annotations

import hashlib
import os

import pytest

from pipeline.cases.ports import content
from pipeline.errors import Changed, NotFound, Refused
from pipeline.scans.refusals import Limits
from pipeline.storage import disk
from pipeline.storage.blobs import TypedText, stored_file

LETTER = b"Surat pengaduan"


@pytest.fixture(params=["file", "typed"])
def blob(request, tmp_path):
    (tmp_path / "surat.txt").write_bytes(LETTER)
    return (
        stored_file(tmp_path / "surat.txt", Limits().check_size)
        if request.param == "file"
        else TypedText("surat.txt", LETTER)
    )


def test_a_blob_says_what_it_is_and_gives_its_bytes_as_a_file(blob):
    assert (blob.name, blob.size, blob.sha256) == ("surat.txt", len(LETTER), hashlib.sha256(LETTER).hexdigest())
    for _ in range(2):
        with blob.local() as path:
            assert path.read_bytes() == LETTER
    assert content(blob) == LETTER


def test_bytes_that_changed_after_they_were_looked_at_are_not_taken(tmp_path):
    (tmp_path / "surat.txt").write_bytes(LETTER)
    blob = stored_file(tmp_path / "surat.txt", Limits().check_size)
    (tmp_path / "surat.txt").write_bytes(LETTER.upper())

    with pytest.raises(Changed):
        content(blob)


def test_a_file_that_is_not_there_is_not_found(tmp_path):
    with pytest.raises(NotFound, match=r"surat\.txt"):
        stored_file(tmp_path / "surat.txt", Limits().check_size)


def test_a_file_that_is_too_large_is_refused_before_its_first_byte_is_read(tmp_path, monkeypatch):
    (tmp_path / "besar.pdf").touch()
    os.truncate(tmp_path / "besar.pdf", 2**40)
    monkeypatch.setattr(disk, "sha256_of", None)

    with pytest.raises(Refused, match="1099512 MB"):
        stored_file(tmp_path / "besar.pdf", Limits().check_size)
