"""The report as files: a Word document with charts that say what they show, a spreadsheet that runs nothing."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from registers import NOW, a_year, summary_of

from pipeline.errors import UsageFault
from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.sheets import REPORT, known_fields, specimen_values
from pipeline.letters.sheets.periodical_report import MEDIA, file_name, values
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE
from pipeline.register.engines.workbook import workbook
from pipeline.register.ports import WorkbookSheet
from pipeline.register.summary.period import Period
from pipeline.register.summary.small_cell_suppression import suppressed

TEMPLATES = Path(__file__).resolve().parents[2] / "letter_templates"
SUMMARY = summary_of(*a_year())


@pytest.fixture(scope="module")
def docx() -> bytes:
    return WordTypist(TEMPLATES).draft(REPORT, values(SUMMARY, SPECIMEN_OFFICE)).docx


def test_the_template_that_comes_with_the_software_is_whole():
    assert WordTypist(TEMPLATES).check(REPORT) == []
    for specimen in specimen_values(REPORT).values():
        assert set(specimen) | {"logo"} == set(known_fields()[REPORT])


def test_the_same_figures_make_the_same_bytes(docx):
    assert WordTypist(TEMPLATES).draft(REPORT, values(SUMMARY, SPECIMEN_OFFICE)).docx == docx


def test_the_report_has_every_count_in_its_tables(docx):
    tables = Document(io.BytesIO(docx)).tables
    cells = {tuple(cell.text for cell in row.cells) for table in tables for row in table.rows}

    flow, before = SUMMARY.flow, SUMMARY.flow_before
    assert any(c[:3] == ("Masuk", str(flow.received), str(before.received)) for c in cells)
    for breakdown in (SUMMARY.outcomes, *SUMMARY.breakdowns):
        for line in breakdown.lines:
            assert any(c[:3] == (line.label, str(line.count), str(line.before)) for c in cells), line
    for held in SUMMARY.running.by_role:
        assert (held.label, str(held.count), str(held.late)) in cells


def test_each_chart_in_the_document_says_in_words_what_it_shows(docx):
    body = zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml").decode()
    pictures = Document(io.BytesIO(docx)).inline_shapes

    described = [shape._inline.docPr.get("descr") for shape in pictures]
    assert len(described) == body.count("<pic:pic") == 4
    assert any(d.startswith("Januari 2026") for d in described)
    assert all(len(d) > 40 for d in described)


def test_a_trait_whose_words_are_markup_stays_words():
    odd = replace(SUMMARY.breakdowns[0].lines[0], label="<b>&{{ 7*7 }}")
    breakdown = replace(SUMMARY.breakdowns[0], lines=(odd,))
    summary = replace(SUMMARY, breakdowns=(breakdown,))
    made = WordTypist(TEMPLATES).draft(REPORT, values(summary, SPECIMEN_OFFICE)).docx

    texts = [c.text for t in Document(io.BytesIO(made)).tables for r in t.rows for c in r.cells]
    assert "<b>&{{ 7*7 }}" in texts


def test_the_spreadsheet_has_the_same_figures_as_numbers(office):
    book = openpyxl.load_workbook(io.BytesIO(office.root.report_files.made(SUMMARY, "xlsx")))

    assert book.sheetnames == ["Ringkasan", "Rincian", "Langkah", "Berjalan", "Bulan"]
    figures = {row[0]: row[1] for row in book["Ringkasan"].iter_rows(min_row=4, values_only=True)}
    assert figures["Masuk"] == SUMMARY.flow.received
    details = {row[:2]: row[2] for row in book["Rincian"].iter_rows(min_row=4, values_only=True)}
    assert details["Kelas terlapor", "korporasi"] == next(
        line.count for b in SUMMARY.breakdowns for line in b.lines if line.label == "korporasi"
    )
    assert len(list(book["Bulan"].iter_rows(min_row=4))) == 12


def test_a_count_that_is_not_shown_is_not_in_the_spreadsheet_either(office):
    year = suppressed(summary_of(*a_year(40), period=Period(2026), at=NOW.replace(year=2027)))
    book = openpyxl.load_workbook(io.BytesIO(office.root.report_files.made(year, "xlsx")))
    counts = [cell for row in book["Rincian"].iter_rows(min_row=4, min_col=3, values_only=True) for cell in row]

    assert "*" in counts
    assert not {1, 2} & {c for c in counts if isinstance(c, int)}


@pytest.mark.parametrize("hostile", ['=cmd|"/c calc"!A1', "+1+1", "@SUM(A1)", "-2", "http://contoh.example", "{=1}"])
def test_a_text_never_becomes_a_formula_or_a_link(hostile):
    data = workbook("Uji", [WorkbookSheet("Uji", hostile, ("Kolom", hostile), (("x", hostile), (1, None)))])
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Uji"]

    for place in ("A1", "B3", "B4"):
        assert (sheet[place].value, sheet[place].data_type, sheet[place].hyperlink) == (hostile, "s", None)
    assert not [name for name in zipfile.ZipFile(io.BytesIO(data)).namelist() if "external" in name]
    assert workbook("Uji", []) == workbook("Uji", [])


def test_a_file_is_called_by_its_period_and_by_nothing_of_its_content():
    assert file_name(SUMMARY, "docx") == "laporan-yankomas-2026-T4.docx"


def test_another_kind_of_file_is_refused(office):
    with pytest.raises(UsageFault, match="docx, pdf, xlsx"):
        office.root.report_files.made(SUMMARY, "odt")
    assert set(MEDIA) == {"docx", "pdf", "xlsx"}
