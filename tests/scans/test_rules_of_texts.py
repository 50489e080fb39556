"""What texts say that are no documents, and pictures: RTF, web pages, chats, and how they are set; a condition each."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from PIL import Image
from said_contents import code, inserts, packed, picture

from pipeline.scans.formats.kinds import JPEG, PNG
from pipeline.scans.refusals import Limits
from pipeline.scans.renditions import chats, open_document, plain_text, rich_text
from pipeline.scans.renditions.content import Content, Insert, Text, Writing
from pipeline.scans.renditions.pictures import is_ornament, webp_content
from pipeline.scans.renditions.typesetting import _lines, typeset
from pipeline.scans.renditions.web_text import words_of_page

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
    assert [code(rtf, b"{" * deep + b"}" * deep) for deep in (2, 3)] == ["", "terlalu-besar"]
    monkeypatch.setattr(rich_text, "_MOST_SIGNS", 5)
    assert [code(rtf, b"a" * signs) for signs in (5, 6)] == ["", "terlalu-besar"]
    monkeypatch.setattr(rich_text, "_MOST_TOKENS", 4)
    assert [code(rtf, said) for said in (b"a", rb"a\par")] == ["", "terlalu-besar"]


# Texts, web pages


def test_a_text_may_be_so_long(monkeypatch):
    monkeypatch.setattr(plain_text, "_MOST_BYTES", 3)

    assert [code(plain_text.content, data) for data in (b"isi", b"isi.")] == ["", "terlalu-besar"]


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
    assert found.unread == (
        "b.opus tidak dibaca (rekaman, kontak, atau terlalu besar); tersimpan di dalam berkas aslinya.",
    )
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
    body = '<o xmlns:x="x"><image x:href="a.png"/><image x:href="b.png"/><image x:href="c.emf"/></o>'
    pictures = {"a.png": picture(), "b.png": picture(size=(90, 40)), "c.emf": b"x"}

    found = open_document.content(packed({"content.xml": body} | pictures))

    assert inserts(found) == ["a.png"]
    assert [told.split(" tidak")[0] for told in found.unread] == ["Gambar c.emf"]


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_webp_keeps_what_is_transparent_in_it(mode):
    (block,) = webp_content(picture("WEBP", mode=mode), Limits()).blocks

    assert isinstance(block, Insert)
    assert (block.media, Image.open(io.BytesIO(block.data)).mode) == (PNG, mode)


def test_a_content_says_nothing_if_its_texts_are_blank_and_it_has_no_page():
    assert all(Content(blocks, "txt").says_nothing for blocks in ((), (Text(" \n"),)))
    assert not any(Content(blocks, "txt").says_nothing for blocks in ((Text("a"),), (Text(""), Text("a"))))
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
