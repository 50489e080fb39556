"""Templates that are sent are looked through and filled in a confined child, as those of the folder are in ours."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from printed_sheets import specimen_of

from pipeline.errors import TemplateFault
from pipeline.letters.engines.confined_templates import ConfinedTemplates
from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.sheets.receipt import RECEIPT
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE
from pipeline.letters.sheets.texts import REPORT
from pipeline.office.office import F4

TEMPLATES = Path(__file__).resolve().parents[2] / "letter_templates"


@pytest.fixture(scope="module")
def confined():
    child = ConfinedTemplates(WordTypist(TEMPLATES), SPECIMEN_OFFICE)
    yield child
    child.close()


def changed(text: str) -> bytes:
    document, data = Document(str(TEMPLATES / f"{RECEIPT}.docx")), io.BytesIO()
    document.add_paragraph(text)
    document.save(data)
    return data.getvalue()


@pytest.mark.parametrize("text", ["Model baru", "{{ nomor_registr }}", "{hal}"])
def test_the_child_finds_what_is_found_in_the_folder(confined, tmp_path, text):
    (tmp_path / f"{RECEIPT}.docx").write_bytes(changed(text))

    assert confined.check(RECEIPT, changed(text)) == WordTypist(tmp_path).check(RECEIPT)


@pytest.mark.parametrize("template", [RECEIPT, REPORT], ids=["a sheet", "the report with its charts"])
def test_the_child_fills_as_the_typist_does(confined, template):
    values = specimen_of(template)

    filled = confined.fill(template, (TEMPLATES / f"{template}.docx").read_bytes(), values)

    assert filled == WordTypist(TEMPLATES).draft(template, values).docx


def test_the_child_uses_the_offices_paper():
    child = ConfinedTemplates(WordTypist(TEMPLATES, F4), replace(SPECIMEN_OFFICE, paper=F4))
    values = specimen_of(RECEIPT)

    filled = child.fill(RECEIPT, (TEMPLATES / f"{RECEIPT}.docx").read_bytes(), values)
    child.close()

    assert round(Document(io.BytesIO(filled)).sections[0].page_height.mm) == 330


def test_what_cannot_be_filled_is_told_in_the_childs_words(confined):
    with pytest.raises(TemplateFault, match="nomor_registr"):
        confined.fill(RECEIPT, changed("{{ nomor_registr }}"), specimen_of(RECEIPT))


def test_a_file_that_is_larger_than_any_letter_is_not_opened(confined):
    (finding,) = confined.check(RECEIPT, b"x" * 20_000_001)

    assert "terlalu besar" in finding.what
