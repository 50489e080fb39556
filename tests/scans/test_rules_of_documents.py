"""What documents say: Word's, LibreOffice's, RTF, web pages, texts; a condition each."""

from __future__ import annotations

import io
import struct
import zipfile

import pypdfium2
import pytest
from outlook_files import compound
from PIL import Image
from said_contents import inserts, words

from pipeline.errors import Refused
from pipeline.scans.formats.kinds import JPEG, PNG
from pipeline.scans.refusals import Limits
from pipeline.scans.renditions import (
    chats,
    compound_files,
    old_word,
    open_document,
    packages,
    plain_text,
    rich_text,
    word,
    xml_parts,
)
from pipeline.scans.renditions.compound_files import CompoundFile
from pipeline.scans.renditions.content import Content, Insert, Text, Writing
from pipeline.scans.renditions.packages import Package
from pipeline.scans.renditions.pictures import is_ornament, webp_content
from pipeline.scans.renditions.typesetting import _lines, typeset
from pipeline.scans.renditions.web_text import words_of_page
from pipeline.scans.renditions.xml_parts import outermost, parsed


def packed(entries, compressed: bool = False) -> Package:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return Package(out)


def picture(kind="PNG", size=(300, 300), mode="RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind)
    return out.getvalue()


def code(check) -> str:
    """The code with which something is refused; empty if it is not."""
    try:
        check()
    except Refused as found:
        return found.code
    return ""


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
    row = "<table-row><table-cell><p>Saksi</p></table-cell><table-cell/><table-cell><p>Siti</p></table-cell></table-row>"

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
    ("part", "told"), [("Basic__Standard__a.xml", True), ("Scripts__a.xml", True), ("Basic__a.txt", False), ("a.xml", False)]
)
def test_a_macro_of_a_text_document_is_told(part, told):
    found = text_document("<p>isi</p>", **{part: "<a/>"})

    assert bool(found.unread) is told


# XML


def test_as_many_marks_as_a_letter_may_have_are_read(monkeypatch):
    monkeypatch.setattr(xml_parts, "_MOST_MARKS", 3)

    assert [code(lambda: parsed(xml)) for xml in (b'<a b=""/>' + b"<!---->", b'<a b="" c="" d=""/>')] == ["", "terlalu-besar"]


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

    assert [code(lambda: packed(dict.fromkeys("abc"[:many], b""))) for many in (2, 3)] == ["", "terlalu-besar"]
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


def old(text: bytes = b"Pengaduan\r", *, size: int = 0x200, mark: int = 0xA5EC, table: bytes = b"", lengths=()) -> Content:
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


# RTF


def rtf(said: bytes) -> str:
    return rich_text.content(rb"{\rtf1 " + said + b"}").blocks[0].text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (rb"\v x\v0 isi", "isi"),
        (rb"\deleted x\deleted0 isi", "isi"),
        (rb"\v x\plain isi", "isi"),
        (rb"\deleted x\plain isi", "isi"),
        (rb"\v x\b y", ""),
        (rb"a\bin b", "ab"),  # of no bytes
        (rb"\u b", ""),  # of no number: a sign that is none, and what stands in for it
        (rb"\uc\u233?b", "é?b"),
        (rb"\uc0\u233 b", "éb"),
        (rb"\ansicpg\'e9", "é"),
        (rb"\ansicpg65001\'c3\'a9", "é"),
        (rb"\pc\'82", "é"),
        (rb"\u233\~b", "éb"),  # a symbol stands in for it
        (rb"\u233\par b", "éb"),
        (rb"{a\*\b c}", "ac"),  # no group that may be passed over: something stood in it
        (rb"{\~\*\b c}", " c"),
        (rb"{\b\*\b c}", "c"),
        (rb"{\*\lain c}", ""),
        (rb"{\lain c}", "c"),
        (rb"{\*\shpinst a{\*\shptxt b}}", "ab"),
        (rb"{a\pict c}", "ac"),
        (rb"{\pict a{b}\par c}d", "d"),
        (b"{\r\n\\pict a}b", "b"),
        (rb"a\{b\}\\c\_d", r"a{b}\c-d"),
        (rb"a\:b", "ab"),
    ],
)
def test_what_an_rtf_says_of_itself_holds_as_far_as_it_says(said, told):
    assert rtf(said) == told


def test_heads_of_pages_are_said_once_each():
    assert rtf(rb"{\headerl A}{\headerr A}{\footer B}isi") == "A\n\nB\nisi"
    assert rtf(rb"{\headerl A{\headerr A}}isi") == "AA\nisi"
    assert rtf(rb"{a\headerl b}{a\headerr b}isi") == "ababisi"


def test_an_rtf_of_pictures_is_told_from_one_of_nothing():
    assert code(lambda: rtf(rb"{\pict ff}")) == "jenis"
    assert (rtf(b""), rtf(rb"{\pict ff}isi")) == ("", "isi")


def test_an_rtf_may_be_so_deep_so_long_and_of_so_many_parts(monkeypatch):
    monkeypatch.setattr(rich_text, "_DEEPEST", 3)
    assert [code(lambda: rtf(b"{" * deep + b"}" * deep)) for deep in (2, 3)] == ["", "terlalu-besar"]
    monkeypatch.setattr(rich_text, "_MOST_SIGNS", 5)
    assert [code(lambda: rtf(b"a" * signs)) for signs in (5, 6)] == ["", "terlalu-besar"]
    monkeypatch.setattr(rich_text, "_MOST_TOKENS", 4)
    assert [code(lambda: rtf(said)) for said in (b"a", rb"a\par")] == ["", "terlalu-besar"]


# Texts, web pages


def test_a_text_may_be_so_long(monkeypatch):
    monkeypatch.setattr(plain_text, "_MOST_BYTES", 3)

    assert [code(lambda: plain_text.content(data)) for data in (b"isi", b"isi.")] == ["", "terlalu-besar"]


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("A &amp; B &#233;", "A & B é"),
        ("<head><title>x</title>y<body>isi</body>", "isi"),
        ("<script>x<b>y</b></script>isi", "isi"),
        ("<svg><style>x</style>y</svg>isi", "isi"),
        ("<template>x<p>y</p></template>isi", "isi"),
        ("<p>satu</p>dua<br>tiga", "satu\ndua\ntiga"),
        ("satu<p>dua</p>tiga", "satu\ndua\ntiga"),
        ("<td>satu</td><td>dua</td>", "satu dua"),
        ("sa<b>tu</b>", "satu"),
    ],
)
def test_of_a_web_page_what_is_shown_is_said(page, told):
    assert words_of_page(page) == told


# Chats


def chat(entries) -> Content:
    package = packed({"WhatsApp Chat.txt": "1/2/26 08.00 - A: isi\n"} | entries)
    return chats.content(package, chats.chat_in(package), lambda name, _data, _deep: Content((Text(name),), "txt"))


def test_of_a_chat_its_text_is_said_and_what_was_sent_in_it_but_recordings(monkeypatch):
    found = chat({"a.pdf": b"x", "b.opus": b"x"})

    assert list(found.words()) == ["1/2/26 08.00 - A: isi\n", "\nIsi berkas a.pdf:", "a.pdf"]
    assert found.unread == ("b.opus tidak dibaca (rekaman, kontak, atau terlalu besar); tersimpan di dalam berkas aslinya.",)
    monkeypatch.setattr(chats, "_MOST_BYTES", 3)
    assert [len(chat({"a.pdf": bytes(size)}).unread) for size in (3, 4)] == [0, 1]


def test_so_many_files_of_a_chat_are_read(monkeypatch):
    monkeypatch.setattr(chats, "_MOST_READ", 1)

    assert chat({"a.pdf": b"x", "b.pdf": b"x"}).unread == (
        "b.pdf tidak dibaca (terlalu banyak berkas); tersimpan di dalam berkas aslinya.",
    )


@pytest.mark.parametrize(("lines", "is_chat"), [(2, False), (3, True)])
def test_three_lines_that_begin_with_a_day_and_an_hour_are_a_chat(lines, is_chat):
    assert chats.looks_like_a_chat("1/2/26, 08.00 - A: isi\n" * lines) is is_chat


# Pictures, pages


def test_a_small_picture_is_ornament_and_one_that_cannot_be_opened_is_looked_at():
    assert [is_ornament(picture(size=(300, side))) for side in (199, 200)] == [True, False]
    assert not is_ornament(b"\x89PNG\r\n\x1a\nrusak")


def test_a_picture_inside_a_document_is_a_page_and_an_ornament_none_nor_told():
    body = '<p/><image x:href="a.png"/><image x:href="b.png"/><image x:href="c.emf"/>'
    entries = {"a.png": picture(), "b.png": picture(size=(90, 40)), "c.emf": b"x"}

    found = text_document(body, **entries)

    assert inserts(found) == ["a.png"]
    assert [told.split(" tidak")[0] for told in found.unread] == ["Gambar c.emf"]


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_webp_keeps_what_is_transparent_in_it(mode):
    (block,) = webp_content(picture("WEBP", mode=mode), Limits()).blocks

    assert isinstance(block, Insert)
    assert (block.media, Image.open(io.BytesIO(block.data)).mode) == (PNG, mode)


def test_a_content_says_nothing_if_its_texts_are_blank_and_it_has_no_page():
    assert [Content(blocks, "txt").says_nothing for blocks in ((), (Text(" \n"),), (Text("a"),), (Text(""), Text("a")))] == [
        True, True, False, False,
    ]  # fmt: skip
    assert not Content((Text(""), Insert("a.jpg", JPEG, b"x")), "txt").says_nothing


def test_what_a_file_inside_says_stands_under_its_name_and_a_picture_under_none():
    writing = Writing()

    writing.enclose("a.doc", Content((Text("isi"),), "doc"), called="lampiran")
    writing.enclose("b.jpg", Content((Insert("b.jpg", JPEG, b"x"),), "gambar"), called="lampiran")
    writing.enclose("c.png", "", called="lampiran")

    assert [block.text if isinstance(block, Text) else block.name for block in writing.blocks] == [
        "\nIsi lampiran a.doc:",
        "isi",
        "b.jpg",
    ]
    assert writing.unread == []


def test_texts_are_set_line_by_line_without_blank_ones_before_the_first_or_in_a_row():
    texts = [Text("\n\nsatu\n\n\ndua"), Text("tiga", bold=True)]
    pdf, pages, lacking = typeset(texts, "a", Limits())
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage()

    assert list(_lines(texts)) == [("satu", False), ("", False), ("dua", False), ("tiga", True)]
    assert (pages, lacking) == (1, 0)
    assert text.get_text_bounded().split() == ["satu", "dua", "tiga"]


def test_a_full_page_is_one_page_and_a_line_more_is_two():
    full = "\n".join(["baris"] * 47)

    assert typeset([Text(full)], "a", Limits(pages=1))[1] == 1
    assert code(lambda: typeset([Text(f"{full}\nlagi")], "a", Limits(pages=1))) == "terlalu-besar"
