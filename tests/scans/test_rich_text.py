"""Letters in RTF: what they say, what of them is not said, and how hostile ones end."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest
from outlook_files import compound
from said_contents import words

from pipeline.errors import Refused
from pipeline.scans.formats.kinds import RTF, rendered_kind
from pipeline.scans.renditions.rich_text import content

HEAD = (
    rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman Times New Roman;}}{\colortbl;\red0\green0\blue0;}"
    rb"{\stylesheet{\s0 Normal;}}{\*\generator Riched20 10.0;}{\info{\author Orang Rekaan}{\title Surat}}"
)
LETTER = HEAD + (
    rb"{\headerl FORUM WARGA}{\headerr FORUM WARGA}\pard\plain Nomor: 07/FWS/2026\par Yth. Kepala Kantor\par\par"
    b"\r\nSaya me\r\nngadu: sumur kami \\'93keruh\\'94 \\u8212? sejak\\~Mei\\_Juni.\\line Baris kedua {\\b tebal}.\\par"
    rb"\trowd\cell Nama\cell Sari Melati\cell\row\pard{\field{\*\fldinst HYPERLINK http://contoh.id}{\fldrslt laman}}"
    rb"{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt Kotak alamat\par}}{\shprslt Kotak ganda}}"
    rb"{\pict\pngblip 89504e470d0a1a0a}{\*\bkmkstart a}{\v tersembunyi}{\deleted terhapus}\u55357?\u56832?\par}"
)


def test_an_rtf_says_its_head_its_paragraphs_and_rows_and_nothing_else(said):
    found = said("surat.rtf", LETTER)
    told = words(found)

    assert told.count("FORUM WARGA") == 1
    assert "Nomor: 07/FWS/2026\nYth. Kepala Kantor\n\nSaya mengadu: sumur kami “keruh” — sejak Mei-Juni." in told
    assert "Baris kedua tebal.\n" in told
    assert "Nama\tSari Melati\t\n" in told
    assert "laman" in told
    assert told.count("Kotak") == 1
    assert "\N{GRINNING FACE}" in told
    for silent in ("Times", "Rekaan", "HYPERLINK", "89504e", "tersembunyi", "terhapus", "Riched", "red0", "sn"):
        assert silent not in told
    assert (found.extension, found.unread) == ("rtf", (found.unread[0],))
    assert "gambar dan sisipan" in found.unread[0]


@pytest.mark.parametrize(
    ("said_so", "bytes_", "told"),
    [
        (rb"\ansicpg1251", rb"\'cf\'f0\'e8\'e2\'e5\'f2", "Привет"),
        (rb"\ansicpg932", rb"\'93\'fa\'96\'7b", "日本"),
        (rb"\ansicpg99999", rb"\'e9", "é"),
        (rb"\mac", rb"\'8e", "é"),
        (rb"", "mentah é".encode("cp1252"), "mentah é"),
        (rb"\uc2", rb"\u233\'c3\'a9.", "é."),
        (rb"", rb"\u233{x}", "éx"),
    ],
)
def test_its_letters_are_read_in_the_alphabet_that_it_states(said_so, bytes_, told):
    assert content(rb"{\rtf1" + said_so + b" " + bytes_ + b"}").blocks[0].text == told


def test_bytes_that_are_no_text_are_passed_over_by_their_number():
    data = rb"{\rtf1 Awal {\object{\*\objdata \bin9 }}}{{{{}}}} selesai}"

    assert content(data).blocks[0].text == "Awal  selesai"
    assert content(rb"{\rtf1 Awal\bin3 }}}\par akhir}").blocks[0].text == "Awal\nakhir"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (rb"{\rtf1 Awal{\v a{\b b}} akhir}", "Awal akhir"),
        (rb"{\rtf1 Awal{\deleted a{\b b}} akhir}", "Awal akhir"),
        (rb"{\rtf1 {\uc2 {\u233\'c3\'a9.}}}", "é."),
        (rb"{\rtf1{\header A {\footer B}C}{\header A BC}isi}", "A BC\n\nisi"),
    ],
    ids=["hidden", "deleted", "fallback", "head"],
)
def test_in_a_group_it_stands_as_in_the_group_around_it(data, told):
    assert content(data).blocks[0].text == told


def test_what_follows_its_last_brace_is_not_read():
    assert content(rb"{\rtf1 Surat}{\rtf1 lain}" + bytes(50)).blocks[0].text == "Surat"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (rb"{\rtf1 Surat yang terpotong di ten", "rusak"),
        (rb"{\rtf1 \bin999999 ", "rusak"),
        (b"{\\rtf1 \\", "rusak"),
        (rb"{\rtf1" + b"{" * 100_000, "terlalu-besar"),
        (rb"{\rtf1" + b"{}" * 500_001 + b"}", "terlalu-besar"),
        (rb"{\rtf1 " + b"a" * 5_000_000 + rb"\par}", "terlalu-besar"),
        (rb"{\rtf1 " + b"a" * 5_000_000 + rb"}", "terlalu-besar"),
        (rb"{\rtf1 {\pict ffff}}", "jenis"),
        (rb"{\rtf1 \par\par}", "kosong"),
    ],
    ids=[
        "cut",
        "bytes that are not there",
        "backslash",
        "deep",
        "groups",
        "long",
        "long to its end",
        "a picture alone",
        "empty",
    ],
)
def test_what_is_no_letter_is_refused_at_once_and_in_words(said, data, code):
    with pytest.raises(Refused) as refused:
        said("a.rtf", data)

    assert refused.value.code == code


@pytest.mark.parametrize("seed", range(40))
def test_no_damage_breaks_its_reader(seed):
    chance, data = random.Random(seed), bytearray(LETTER)
    for _ in range(chance.randint(1, 30)):
        data[chance.randrange(len(data))] = chance.choice((*b"{}\\'*u0-", chance.randrange(256)))

    with suppress(Refused):
        assert isinstance(content(bytes(data)).blocks[0].text, str)


def test_it_is_known_by_what_it_begins_with_whatever_its_name(tmp_path):
    path = tmp_path / "surat"
    path.write_bytes(LETTER)

    assert [rendered_kind(path, name) for name in ("surat.rtf", "surat.doc", "surat")] == [RTF] * 3


def test_a_workbook_of_excel_is_refused_with_what_to_do(said):
    with pytest.raises(Refused) as refused:
        said("buku.xls", compound({"Workbook": b"x" * 9000}))

    assert "buku Excel lama (.xls)" in refused.value.message
    assert "Buku register lama" in refused.value.remedy
    assert ".xlsx" in refused.value.remedy
