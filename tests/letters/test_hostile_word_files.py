"""What a Word file may not carry is found whatever it is called, in templates and in edited letters."""

from __future__ import annotations

import io
import resource
import struct
import zipfile

import pytest
from hostile_word import WAYS, content, field, lean, raw, with_body

from pipeline.letters.engines import word_file


@pytest.mark.parametrize("way", WAYS)
def test_no_such_file_is_opened(way):
    assert word_file.unsafe(raw(WAYS[way](lean("Kepada Yth."))))


def test_without_any_of_that_the_same_file_is_fit():
    assert word_file.unsafe(raw(lean("Kepada Yth."))) == []


def test_a_letter_with_pictures_and_links_within_itself_is_fit():
    parts = content("Kepada Yth.")
    parts["word/media/image1.png"] = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
    parts["word/fonts/font1.odttf"] = b"\x12\x34" * 40
    parts = with_body(parts, field('HYPERLINK \\l "_Toc1"') + field("PAGE"))

    assert word_file.unsafe(raw(parts)) == []


def test_parts_that_lie_upon_one_another_are_no_letter():
    whole = raw(content("Kepada Yth."))
    end = whole.rindex(b"PK\x05\x06")
    start = struct.unpack_from("<I", whole, end + 16)[0]
    at, directory = start, bytearray(whole)
    while directory[at : at + 4] == b"PK\x01\x02":
        name, extra, comment = struct.unpack_from("<HHH", directory, at + 28)
        if directory[at + 46 : at + 46 + name].endswith(b"styles.xml"):
            struct.pack_into("<I", directory, at + 42, 0)
        at += 46 + name + extra + comment

    assert word_file.unsafe(bytes(directory))


def test_a_directory_of_very_many_entries_is_not_read():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for n in range(30_000):
            archive.writestr(f"{n}", b"")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert word_file.unsafe(out.getvalue())
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # KB; the entries would take 30 MB
