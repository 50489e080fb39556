"""A file is moved to a name that nothing else has, whatever its name is made of, and is never lost on the way."""

from __future__ import annotations

import os
from pathlib import Path

from pipeline.storage.free_names import rename_free, rename_new

NOT_UTF8 = os.fsdecode(b"surat-\xff\xfe.pdf")


def test_a_file_that_has_the_name_already_stays(tmp_path):
    path = tmp_path / "surat.pdf"
    path.write_bytes(b"Surat")

    rename_new(path, path)

    assert path.read_bytes() == b"Surat"


def test_a_name_that_is_no_utf8_is_kept(tmp_path):
    (tmp_path / "lain").mkdir()
    (tmp_path / NOT_UTF8).write_bytes(b"Surat")

    assert rename_free(tmp_path / NOT_UTF8, tmp_path / "lain" / NOT_UTF8) == tmp_path / "lain" / NOT_UTF8

    assert contents(tmp_path / "lain") == {NOT_UTF8: b"Surat"}


def test_no_other_file_is_covered_and_the_name_stays_within_the_limit(tmp_path):
    for name, content in (("surat.pdf", b"Pertama"), ("baru.pdf", b"Kedua"), ("panjang.pdf", b"Ketiga")):
        (tmp_path / name).write_bytes(content)

    second = rename_free(tmp_path / "baru.pdf", tmp_path / "surat.pdf")
    third = rename_free(tmp_path / "panjang.pdf", tmp_path / f"{'é' * 200}.pdf", 100)

    assert second.name == "surat (2).pdf"
    assert len(os.fsencode(third.name)) <= 100
    assert contents(tmp_path) == {"surat.pdf": b"Pertama", "surat (2).pdf": b"Kedua", third.name: b"Ketiga"}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}
