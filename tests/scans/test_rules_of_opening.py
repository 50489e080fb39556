"""As what a file is opened, by itself or inside another, and photographs of iPhones; a condition each."""

from __future__ import annotations

import ctypes
import re

import pytest
from outlook_files import compound
from said_contents import inserts, packed

from pipeline.errors import Refused
from pipeline.scans.formats.kinds import MAIL, RTF, TEXT, ZIP
from pipeline.scans.refusals import Limits
from pipeline.scans.renditions import heif
from pipeline.scans.renditions.compound_files import CompoundFile
from pipeline.scans.renditions.content import Content
from pipeline.scans.renditions.opening import _inside, _of_compound, _of_package, content_of

PDF = b"%PDF-1.4 isi"


def unread(name: str, _data: bytes, _depth: int) -> str:
    """Open nothing."""
    return name


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"isi surat", ["isi surat"]),
        ("a.txt", b"isi\0surat", "jenisnya tidak dikenal"),
        ("a.bin", b"isi surat yang panjang", "teks yang bukan surat"),
        ("a.eml", b"From: a@b.id\n\nisi", ["Dari: a@b.id", "\nisi"]),
        ("a.dat", b"{\\rtf1 isi}", ["isi"]),
        ("a.dat", b"RIFF\0\0\0\0WAVEisi", "rekaman suara atau video"),
        ("a.dat", b"xxxx\0\0\0\0WEBPisi", "jenisnya tidak dikenal"),
        ("a.dat", b"RIFF\0\0\0\0WEBPisi", "gambar ini rusak"),
        ("a.dat", b"PK\x03\x04rusak", "rusak"),
        ("a.pdf", PDF, ["a.pdf"]),
        ("a.pdf", b"\n" + PDF, ["a.pdf"]),
        ("a.gif", b"GIF89a", "gambar GIF"),
    ],
)
def test_a_file_inside_another_is_known_by_its_bytes_and_a_text_by_its_name_too(name, data, said):
    found = _inside(name, data, Limits(), 1)

    if isinstance(found, Content):
        assert [*found.words(), *inserts(found)] == said
    else:
        assert isinstance(said, str)
        assert said.casefold() in found.casefold()


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"Workbook": b"x"}, "buku Excel lama (.xls)"),
        ({"Book": b"x"}, "buku Excel lama (.xls)"),
        ({"PowerPoint Document": b"x"}, "Office lama"),
        ({"EncryptedPackage": b"x"}, "kata sandi"),
    ],
)
def test_a_file_of_old_office_is_refused_by_what_it_is(parts, words):
    with pytest.raises(Refused, match=re.escape(words)):
        _of_compound(CompoundFile(compound(parts)), unread, 0)


@pytest.mark.parametrize(("part", "words"), [("xl/workbook.xml", "Excel"), ("program.exe", "ZIP")])
def test_a_zip_file_is_refused_by_what_is_in_it(part, words):
    with pytest.raises(Refused, match=words):
        _of_package(packed({part: b"x"}), ZIP, unread)


@pytest.mark.parametrize(("depth", "is_read"), [(3, True), (4, False)])
def test_what_lies_three_deep_is_read(depth, is_read):
    assert isinstance(_inside("a.txt", b"isi", Limits(), depth), Content) is is_read


@pytest.mark.parametrize(
    ("name", "data", "channel"),
    [
        ("Chat WhatsApp.txt", b"1/2/26 08.00 - A: isi\n" * 3, "WhatsApp"),
        ("Chat WhatsApp.txt", b"isi", ""),
        ("catatan.txt", b"1/2/26 08.00 - A: isi\n" * 3, ""),
    ],
)
def test_a_chat_is_one_by_its_name_and_its_lines(tmp_path, name, data, channel):
    path = tmp_path / "a"
    path.write_bytes(data)

    assert content_of(path, TEXT, name, Limits()).channel == channel


@pytest.mark.parametrize(
    ("kind", "data", "extension"),
    [(MAIL, b"From: a@b.id\n\nisi", "eml"), (RTF, b"{\\rtf1 isi}", "rtf"), (TEXT, b"From: a@b.id\n\nisi", "txt")],
)
def test_a_file_is_opened_as_of_its_kind(tmp_path, kind, data, extension):
    path = tmp_path / "a"
    path.write_bytes(data)

    assert content_of(path, kind, "a", Limits()).extension == extension


# Photographs of iPhones


class Decoded:
    """A library that has decoded a picture of that size, whose rows are so many bytes apart."""

    def __init__(self, size, stride, plane=True):
        self._size, self._stride = size, stride
        self._bytes = ctypes.create_string_buffer(stride * max(1, size[1])) if plane else None

    def heif_image_get_width(self, _image, _plane):
        return self._size[0]

    def heif_image_get_height(self, _image, _plane):
        return self._size[1]

    def heif_image_get_plane_readonly(self, _image, _plane, stride):
        stride._obj.value = self._stride
        return ctypes.addressof(self._bytes) if self._bytes else None


@pytest.mark.parametrize(
    ("size", "stride", "plane", "is_sound"),
    [
        ((2, 1), 6, True, True),
        ((1, 2), 8, True, True),
        ((2, 1), 5, True, False),
        ((0, 1), 6, True, False),
        ((2, 0), 6, True, False),
        ((2, 1), 6, False, False),
    ],
)
def test_a_photograph_whose_rows_are_shorter_than_it_is_wide_is_damaged(size, stride, plane, is_sound):
    library = Decoded(size, stride, plane)

    if is_sound:
        assert heif._picture(library, ctypes.c_void_p(), Limits()).size == size
    else:
        with pytest.raises(Refused, match="rusak"):
            heif._picture(library, ctypes.c_void_p(), Limits())


@pytest.mark.parametrize(("library", "opens"), [(None, False), (object(), True)])
def test_photographs_are_opened_where_the_library_is(monkeypatch, library, opens):
    monkeypatch.setattr(heif, "_library", lambda: library)

    assert heif.can_be_opened() is opens


def test_what_the_library_cannot_make_is_not_freed():
    freed = []

    with pytest.raises(Refused), heif._freed(None, freed.append):
        pytest.fail("nothing was made")
    with heif._freed(7, freed.append) as made:
        assert made == 7
    assert freed == [7]
