"""The lists of the office's templates: Word numbers them, so that a clerk may add an entry."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from template_drawings import official_letter, paper, word_lists  # noqa: E402 (found beside the project)

TEMPLATES = sorted((ROOT / "letter_templates").glob("*.docx"))
#: A number or letter that somebody typed before an entry.
TYPED = re.compile(r"(?:–|\(?(?:\{\{ loop\.index \}\}|\d{1,2}|[a-zA-Z])[.)])\s")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_no_number_of_a_list_is_typed(template: Path) -> None:
    document = Document(str(template))

    paragraphs = [Paragraph(p, document).text for p in document.element.body.iter(qn("w:p"))]

    assert [text for text in paragraphs if TYPED.match(text)] == []


def test_every_list_begins_at_its_own_first_number() -> None:
    document = paper.page("Contoh", "Contoh", top=20, bottom=20, looks={"Butir": paper.Look(11, left=7, first=-7)})
    typed = ("a.\tsatu", "b.\tdua", "antara", "a.\tlagi", "1)\tlain", "{{ loop.index }}.\t{{ butir }}", "–\tdan")
    paper.lines(document, "Butir", typed)

    word_lists.numbered(document)

    again = Document(io.BytesIO(_saved(document)))
    entries = [p for p in again.element.body.iter(qn("w:p")) if p.pPr is not None and p.pPr.numPr is not None]
    assert [p.pPr.numPr.numId.val for p in entries] == [1, 1, 2, 3, 4, 5]
    assert [Paragraph(p, again).text for p in entries] == ["satu", "dua", "lagi", "lain", "{{ butir }}", "dan"]
    forms = [level.get(qn("w:val")) for level in again.part.numbering_part.element.iter(qn("w:lvlText"))]
    assert forms == ["%1.", "%1.", "%1)", "%1.", "–"]


def test_the_last_entry_that_holds_on_to_the_closing_line_is_of_the_same_list() -> None:
    look = paper.Look(11, left=7, first=-7)
    document = paper.page("Contoh", "Contoh", top=20, bottom=20, looks={"Butir": look, "Butir Akhir": look})
    for name in ("satu", "dua"):
        official_letter.each_to_closing(document, "Butir", name, "{{ loop.index }}.\t{{ butir }}")

    word_lists.numbered(document)

    lists = [p.pPr.numPr.numId.val for p in document.element.body.iter(qn("w:p")) if p.pPr.numPr is not None]
    assert lists == [1, 1, 2, 2]


def _saved(document: object) -> bytes:
    held = io.BytesIO()
    document.save(held)  # type: ignore[attr-defined]
    return held.getvalue()
