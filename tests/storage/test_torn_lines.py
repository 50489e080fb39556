"""What a power cut leaves of a line is cut off before anything is added, and nothing else ever is."""

from __future__ import annotations

import pytest

from pipeline.storage import disk

LONG = b"a" * (3 << 20)  # longer than what is read at once


@pytest.mark.parametrize(
    ("there", "whole"),
    [
        (b"", b""),
        (b"one\n", b"one\n"),
        (b"one\ntw", b"one\n"),
        (b"tw", b""),
        (b"\n\n", b"\n\n"),
        (LONG, b""),
        (b"one\n" + LONG, b"one\n"),
        (LONG + b"\n" + LONG, LONG + b"\n"),
    ],
    ids=["empty", "whole", "torn", "only-torn", "blank", "long-only", "long", "long-both"],
)
def test_only_a_line_without_its_end_is_cut_off(tmp_path, there, whole):
    path = tmp_path / "daftar"
    path.write_bytes(there)

    disk.cut_torn_line(path)

    assert path.read_bytes() == whole


def test_a_whole_file_is_not_written_at_all(tmp_path):
    path = tmp_path / "daftar"
    path.write_bytes(b"one\n")
    path.chmod(0o400)
    before = path.stat().st_mtime_ns

    disk.cut_torn_line(path)

    assert path.stat().st_mtime_ns == before


def test_a_list_that_was_never_begun_has_no_torn_line(tmp_path):
    disk.cut_torn_line(tmp_path / "daftar")

    assert list(tmp_path.iterdir()) == []
