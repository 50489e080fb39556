"""Lines that a template of the office's own sets to both margins: they are stretched, never shrunk over the margin."""

from __future__ import annotations

import io

import pypdfium2 as pdfium
import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from pipeline.letters.engines import word_file
from pipeline.letters.engines.libreoffice import LibreOfficePress
from pipeline.letters.engines.uno_press import is_justified

_MARGIN = 25  # millimetres
_TOLD = (
    "Menindaklanjuti pengaduan masyarakat yang disampaikan kepada kantor wilayah mengenai dugaan pelanggaran hak asasi "
    "manusia di wilayah hukum provinsi setempat dengan ini kami sampaikan"
)
#: Word 2013 and later: only in its files lines are shrunk.
_COMPATIBILITY = (
    f'<w:compat {nsdecls("w")}><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
)


def list_of(alignment: WD_ALIGN_PARAGRAPH | None) -> bytes:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(_MARGIN)
    told = _TOLD.split()
    for start in range(24):
        words = " ".join((told[start % len(told) :] + told) * 2)
        document.add_paragraph(words[: 420 + 7 * start], style="List Number").alignment = alignment
    settings = document.settings.element
    for old in settings.findall(qn("w:compat")):
        settings.remove(old)
    settings.append(parse_xml(_COMPATIBILITY))
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def beyond_margin(pdf: bytes) -> float:
    """Return how many points the farthest letter of the first page lies beyond the right margin."""
    page = pdfium.PdfDocument(pdf)[0]
    text, margin = page.get_textpage(), page.get_width() - _MARGIN / 25.4 * 72
    return max(text.get_charbox(n)[2] for n in range(text.count_chars()) if text.get_text_range(n, 1).strip()) - margin


def test_a_justified_list_keeps_within_its_margin(press: LibreOfficePress) -> None:
    assert beyond_margin(press.print(list_of(WD_ALIGN_PARAGRAPH.JUSTIFY), None)) <= 0


@pytest.mark.parametrize("alignment", [WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.DISTRIBUTE])
def test_a_file_with_justified_lines_is_told_from_one_without(alignment: WD_ALIGN_PARAGRAPH) -> None:
    assert is_justified(list_of(alignment))
    assert not is_justified(list_of(WD_ALIGN_PARAGRAPH.CENTER))
    assert not is_justified(list_of(None))


def test_a_style_that_is_justified_counts_and_one_written_in_another_way() -> None:
    content = word_file.opened(list_of(None))
    for name, old, new in (
        ("word/styles.xml", b"</w:docDefaults>", b'</w:docDefaults><x:style><x:jc x:val="both"/></x:style>'),
        ("word/document.xml", b"<w:pPr>", b"<w:pPr><w:jc w:val='&#98;oth'/>"),
    ):
        assert is_justified(word_file.packed({**content, name: content[name].replace(old, new, 1)}))


def test_of_what_cannot_be_looked_into_lines_may_be_justified() -> None:
    assert is_justified(b"PK bukan zip")
    assert is_justified(list_of(None)[:-400])
