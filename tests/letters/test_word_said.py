"""A Word file is heard out: whatever part of it says a word, seen or not, says it with its place."""

from __future__ import annotations

import pytest
from word_files import of_paragraphs

from pipeline.letters.engines.word_file import opened, packed
from pipeline.letters.engines.word_said import said

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
_PARAGRAPH = "<w:p><w:r><w:t>Si</w:t></w:r><w:r><w:noBreakHyphen/><w:t>ti</w:t></w:r></w:p>"


def with_part(name: str, xml: str) -> bytes:
    return packed({**opened(of_paragraphs("Isi")), name: xml.encode()})


@pytest.mark.parametrize("space", [_W, _STRICT])
@pytest.mark.parametrize(
    ("part", "root", "place"),
    [
        ("word/header3.xml", "hdr", "kepala halaman, paragraf 1"),
        ("word/footer1.xml", "ftr", "kaki halaman, paragraf 1"),
        ("word/footnotes.xml", "footnotes", "catatan kaki, paragraf 1"),
        ("word/endnotes.xml", "endnotes", "catatan kaki, paragraf 1"),
        ("word/comments.xml", "comments", "komentar, paragraf 1"),
        ("word/glossary/document.xml", "document", "keterangan berkas, paragraf 1"),
    ],
)
def test_every_part_of_a_letter_is_heard(part: str, root: str, place: str, space: str) -> None:
    docx = with_part(part, f"<w:{root} {space}>{_PARAGRAPH}</w:{root}>")

    assert (place, "Si-ti") in said(docx)


@pytest.mark.parametrize(
    "inside",
    [
        '<w:bookmarkStart w:id="1" w:name="Siti"/>',
        '<w:p><w:del w:author="Siti"><w:r><w:delText>x</w:delText></w:r></w:del></w:p>',
        "<w:p><w:r><w:delText>Siti</w:delText></w:r></w:p>",
        "<w:p><w:r><w:instrText>AUTHOR Siti</w:instrText></w:r></w:p>",
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Siti</w:t></w:r></w:p>",
        '<w:sdt><w:sdtPr><w:alias w:val="Siti"/></w:sdtPr></w:sdt>',
        '<w:docPr descr="Foto Siti"/>',
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Siti</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Siti</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>",
    ],
)
def test_what_nobody_sees_on_paper_is_heard_too(inside: str) -> None:
    docx = with_part("word/document.xml", f"<w:document {_W}><w:body>{inside}</w:body></w:document>")

    assert any("Siti" in text for _, text in said(docx))


def test_what_a_file_says_of_itself_is_heard() -> None:
    docx = with_part("customXml/item1.xml", "<data><who>Siti</who></data>")

    assert ("keterangan berkas", "Siti") in said(docx)
