"""What documents say, and the files that hold them: Word's, LibreOffice's, XML, ZIP and compound files."""

from __future__ import annotations

import io
import struct

import pytest
from outlook_files import compound
from said_contents import code, inserts, packed, picture, words

from pipeline.scans.renditions import compound_files, old_word, open_document, packages, word, xml_parts
from pipeline.scans.renditions.compound_files import CompoundFile
from pipeline.scans.renditions.content import Content
from pipeline.scans.renditions.packages import Package
from pipeline.scans.renditions.xml_parts import outermost, parsed

# Word


def document(body: str, **parts: str | bytes) -> Content:
    entries = {"word/document.xml": f'<d xmlns:r="r" xmlns:w="w">{body}</d>'}
    return word.content(packed(entries | {name.replace("__", "/"): said for name, said in parts.items()}))


def test_a_word_document_says_heads_body_feet_and_notes_in_this_order():
    found = document(
        "<p><t>isi</t></p>",
        **{
            "word__header1.xml": "<h><p><t>kepala</t></p></h>",
            "word__footer1.xml": "<f><p><t>kaki</t></p></f>",
            "word__footnotes.xml": "<n><p><t>catatan</t></p></n>",
            "word__header1.bin": "bukan XML",
            "word__headers__lain.txt": "bukan XML",
            "lain__header.xml": "bukan XML",
        },
    )

    assert list(found.words()) == ["kepala", "isi", "kaki", "catatan"]
    assert found.unread == ()


def test_of_a_paragraph_its_signs_are_said_and_not_what_nobody_sees():
    body = "<p><r><t>a</t><tab/><t>b</t><br/><t/><noBreakHyphen/><t>c</t></r><del><r><t>x</t></r></del><!-- x --></p>"

    assert words(document(body)) == "a\tb\n-c"
    assert words(document("<!-- x --><sectPr><p><t>x</t></p></sectPr><p><t>isi</t></p>")) == "isi"


def test_a_text_box_is_said_behind_its_paragraph_and_but_once():
    box = "<txbxContent><p><r><t>kotak</t></r></p></txbxContent>"
    body = f"<p><r><t>sebelum</t><pict>{box}</pict></r><r><Fallback>{box}</Fallback><t> sesudah</t></r></p>"

    assert words(document(body)) == "sebelum sesudah\nkotak"


def test_comments_in_one_part_are_told_whatever_follows_it():
    head, foot = "<h><p><commentReference/><t>kepala</t></p></h>", "<f><p><t>kaki</t></p></f>"

    (told,) = document("<p><t>isi</t></p>", **{"word__header1.xml": head, "word__footer1.xml": foot}).unread

    assert "komentar" in told


RELATIONS = """<r>
  <Relationship Id="r1" Type="x/image" Target="media/a.png"/>
  <Relationship Id="r2" Type="x/image" Target="media/b.png" TargetMode="External"/>
  <Relationship Id="r3" Type="x/hyperlink" Target="media/c.png"/>
  <Relationship Id="r4" Type="x/image" Target="media/d.png"/>
  <Relationship Id="r5" Type="x/image" Target="media/hilang.png"/>
</r>"""


def test_a_documents_pictures_are_those_that_lie_in_it_and_stand_in_its_body():
    body = "".join(f'<blip r:embed="r{n}"/>' for n in (1, 2, 3, 5)) + '<imagedata r:id="r4"/><blip/>'
    media = {f"word__media__{name}.png": picture() for name in "abcde"}

    assert inserts(document(body, **{"word___rels__document.xml.rels": RELATIONS}, **media)) == ["a.png", "d.png"]
    assert inserts(document(body, **media)) == []


def test_what_is_embedded_is_told():
    assert "objek" in document("<p><t>isi</t></p>", **{"word__embeddings__a.bin": "x"}).unread[0]


# LibreOffice


def text_document(body: str, **parts: str | bytes) -> Content:
    entries = {"content.xml": f'<o xmlns:x="x">{body}</o>'}
    return open_document.content(packed(entries | {name.replace("__", "/"): said for name, said in parts.items()}))


def test_a_text_document_says_its_paragraphs_and_rows_with_their_signs():
    body = "<p>a<s/>b<tab/>c<line-break/>d<span>e</span>f<annotation>x</annotation>g<!-- x -->h</p>"
    row = (
        "<table-row><table-cell><p>Saksi</p></table-cell><table-cell/><table-cell><p>Siti</p></table-cell></table-row>"
    )

    assert words(text_document(f"{body}{row}<!-- x --><list><h>butir</h></list>")) == "a b\tc\ndefgh\nSaksi Siti\nbutir"


def test_a_text_document_that_lists_its_parts_is_not_locked_for_it():
    listed = {"META-INF__manifest.xml": "<manifest/>"}

    assert words(text_document("<p>isi</p>", **listed)) == "isi"
    assert code(lambda: text_document("<p/>", **{"META-INF__manifest.xml": "<encryption-data/>"})) == "terkunci"
    assert code(lambda: open_document.content(packed({"lain.xml": "<a/>"}))) == "rusak"


def test_a_text_documents_pictures_are_those_that_lie_in_it():
    body = '<p/><image x:href="./Pictures/a.png"/><image x:href="Pictures/hilang.png"/><image x:href="http://x.id/b"/>'

    assert inserts(text_document(body, **{"Pictures__a.png": picture(), "Pictures__b.png": picture()})) == ["a.png"]


@pytest.mark.parametrize(
    ("part", "told"),
    [("Basic__Standard__a.xml", True), ("Scripts__a.xml", True), ("Basic__a.txt", False), ("a.xml", False)],
)
def test_a_macro_of_a_text_document_is_told(part, told):
    found = text_document("<p>isi</p>", **{part: "<a/>"})

    assert bool(found.unread) is told


# XML


def test_as_many_marks_as_a_letter_may_have_are_read(monkeypatch):
    monkeypatch.setattr(xml_parts, "_MOST_MARKS", 3)

    assert [code(parsed, xml) for xml in (b'<a b=""/>' + b"<!---->", b'<a b="" c="" d=""/>')] == [
        "",
        "terlalu-besar",
    ]


@pytest.mark.parametrize("alphabet", ["utf-8", "utf-16"])
def test_what_declares_entities_is_refused_in_whatever_signs_it_is_written(alphabet):
    xml = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'

    assert code(lambda: parsed(xml.encode(alphabet))) == "rusak"
    assert parsed("<a>isi</a>".encode(alphabet)).text == "isi"


def test_the_outermost_of_a_name_are_found_but_within_what_is_passed_over():
    root = parsed(b"<a><b n='1'><b n='2'/></b><c><b n='3'/></c><d><b n='4'/></d></a>")

    assert [found.get("n") for found in outermost(root, "b", without="c")] == ["1", "4"]


# ZIP files


def test_a_file_may_have_so_many_parts_and_no_more(monkeypatch):
    monkeypatch.setattr(packages, "_MOST_ENTRIES", 2)

    assert [code(packed, dict.fromkeys("abc"[:many], b"")) for many in (2, 3)] == ["", "terlalu-besar"]
    nothing_but_an_end = b"PK\x05\x06" + bytes(4) + struct.pack("<HHIIH", 9, 9, 0, 0, 0)
    assert code(lambda: Package(io.BytesIO(nothing_but_an_end))) == "terlalu-besar"


def test_folders_in_a_file_are_no_parts_of_it():
    assert list(packed({"word/": b"", "word/a.xml": b"x"}).entries) == ["word/a.xml"]


def test_a_part_may_be_so_large_and_all_of_them_together(monkeypatch):
    monkeypatch.setattr(packages, "_MOST_BYTES", 5)

    assert packed({"a": b"123"}).read("a", 3) == b"123"
    assert code(lambda: packed({"a": b"123"}).read("a", 2)) == "terlalu-besar"
    both = packed({"a": b"123", "b": b"123"})
    assert both.read("a") == b"123"
    assert code(lambda: both.read("b")) == "terlalu-besar"


def test_a_part_may_swell_so_many_times(monkeypatch):
    monkeypatch.setattr(packages, "_MOST_RATIO", 2)
    file = packed({"a": bytes(2048), "b": bytes(2049)}, compressed=True)

    assert len(file.read("a")) == 2048
    assert code(lambda: file.read("b")) == "terlalu-besar"


# Compound files


def test_a_compound_file_may_have_so_many_parts(monkeypatch):
    monkeypatch.setattr(compound_files, "_MOST_ENTRIES", 2)

    assert code(lambda: CompoundFile(compound({"a": b"x", "b": b"x"}))) == ""
    assert code(lambda: CompoundFile(compound({"a": b"x", "b": b"x", "c": b"x"}))) == "terlalu-besar"


def test_of_a_compound_file_its_streams_are_read_and_a_storage_holds_none():
    file = CompoundFile(compound({"map/a": b"isi", "map/dalam/b": b"x", "c": b"x"}))

    assert (file.children(""), file.children("map")) == (["c", "map"], ["a", "dalam"])
    assert (file.read("map/a", 3), file.read("map"), file.read("lain")) == (b"isi", b"", b"")
    assert code(lambda: file.read("map/a", 2)) == "terlalu-besar"


# Word of before 2007


def old(
    text: bytes = b"Pengaduan\r", *, size: int = 0x200, mark: int = 0xA5EC, table: bytes = b"", lengths=()
) -> Content:
    file = bytearray(size) + text
    struct.pack_into("<HH", file, 0, mark, 0xC1)
    struct.pack_into("<8I", file, 0x4C, *(lengths or (len(text), *([0] * 7))))
    table = table or pieces((len(text), size, True))
    if len(file) >= 0x1AA:
        struct.pack_into("<II", file, 0x1A2, 0, len(table))
    return old_word.content(CompoundFile(compound({"WordDocument": bytes(file), "0Table": table})))


def pieces(*told, before: bytes = b"", kind: int = 2) -> bytes:
    """A table of pieces: how many signs, where they stand, whether each is one byte."""
    starts, at = [0], 0
    for signs, _place, _narrow in told:
        starts.append(at := at + signs)
    out = struct.pack(f"<{len(starts)}I", *starts)
    for _signs, place, narrow in told:
        out += struct.pack("<HIH", 0, 0x40000000 | 2 * place if narrow else place, 0)
    return before + bytes([kind]) + struct.pack("<I", len(out)) + out


def test_an_old_word_file_is_one_by_its_mark_and_its_header():
    assert words(old()) == "Pengaduan"
    assert code(lambda: old(mark=0xA5ED)) == "rusak"
    header_alone = old(b"", size=0x1AA, lengths=(1, *([0] * 7)), table=pieces((1, 0x10, True)))
    assert header_alone.says_nothing
    assert code(lambda: old(b"", size=0x1A9, table=pieces((1, 0x10, True)))) == "rusak"


def test_its_text_is_put_together_of_its_pieces():
    text = "Penga".encode("cp1252") + "duan\r".encode("utf-16-le")
    told = pieces((5, 0x200, True), (0, 0x200, True), (5, 0x205, False), before=b"\x01\x02\x00ab")

    assert words(old(text, table=told, lengths=(10, *([0] * 7)))) == "Pengaduan"


@pytest.mark.parametrize(
    "table",
    [
        pieces((10, 0x200, True), kind=3),
        pieces(),
        pieces((10, 0x200, True))[:-3],
        b"\x02" + struct.pack("<IIII", 28, 0, 9, 5) + struct.pack("<HIHHIH", 0, 0x200, 0, 0, 0x200, 0),
    ],
    ids=["no table", "no pieces", "cut", "a piece of less than nothing"],
)
def test_a_table_of_pieces_that_is_none_makes_the_file_a_damaged_one(table):
    assert code(lambda: old(table=table)) == "rusak"


def test_its_text_may_have_so_many_signs_and_pieces(monkeypatch):
    monkeypatch.setattr(old_word, "_MOST_SIGNS", 10)
    monkeypatch.setattr(old_word, "_MOST_PIECES", 2)

    assert words(old(table=pieces((5, 0x200, True), (5, 0x205, True)))) == "Pengaduan"
    assert code(lambda: old(table=pieces((11, 0x200, True)))) == "terlalu-besar"
    assert code(lambda: old(table=pieces((5, 0x200, True), (5, 0x205, True), (0, 0x205, True)))) == "rusak"


def test_what_stands_on_left_and_right_pages_alike_is_said_once_and_lines_of_the_text_as_often_as_they_stand():
    text = b"isi\risi\rKepala\rKepala\r"

    assert words(old(text, lengths=(8, 0, 14, *([0] * 5)))) == "Kepala\n\nisi\nisi"


@pytest.mark.parametrize(
    ("field", "told"),
    [
        (b"a\x13kata\x14b\x15c", "abc"),
        (b"a\x13kata\x15c", "ac"),
        (b"a\x14b\x15c", "abc"),  # what ends though nothing began
        (b"a\x13kata\x14b\x14d\x15c", "abdc"),
        (b"a\x13kata", "akata"),
    ],
)
def test_of_a_field_its_result_is_said(field, told):
    assert words(old(field)) == told
