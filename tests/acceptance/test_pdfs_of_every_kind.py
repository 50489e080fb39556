"""Every kind of PDF that we make is marked PDF/A-2b and opens in other programs without a warning; the check is kept.

qpdf, PDFium and, where it is installed, Poppler are asked. veraPDF, which alone proves PDF/A, and pdf.js are not.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import MORNING, PAGE_CODE, PAGE_KEY
from offices import FakeOffice
from pdf_readers import complaints
from pikepdf import Pdf
from printed_sheets import printed, specimen_of
from scan_samples import digital_pdf, letter_image, pdf_of, saved
from thorough import slowly

from pipeline.archive.engines.folder_binder import FolderBinder
from pipeline.archive.ports import How, Sheaf
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.sop import in_force
from pipeline.drawing.engines.pdf import pdf as drawn
from pipeline.drawing.engines.pdf_writing import joined
from pipeline.drawing.engines.pdfa_check import SOUND, marks, verdict
from pipeline.intake.engines.feeder_sheets import cover_sheet, separators
from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.sheets import TEMPLATES
from pipeline.letters.sheets.receipt import RECEIPT
from pipeline.letters.sheets.register_book import BOOK
from pipeline.letters.sheets.texts import OFFICE_SHEETS
from pipeline.letters.sop_chart import draw
from pipeline.letters.sop_chart.flow import flow_of
from pipeline.register.record_lists import Label, label_sheets
from pipeline.scans.formats.kinds import sniff
from pipeline.scans.operations.inspection import open_scan
from pipeline.scans.operations.page_extraction import extract_pages
from pipeline.scans.pdf.searchable_pdf import build_searchable
from pipeline.scans.pdf.upright_pages import joined_pages, upright_pages
from pipeline.scans.words import Page, Word
from pipeline.storage.blobs import StoredFile

ROOT = Path(__file__).resolve().parents[2]
FIRST = CaseNumber(2026, 1)
LABELS = [Label("HA.01.07", "Rekaan", f"{n:04d}/YANKOMAS/2026", "boks 3, rak 2") for n in range(23)]
READ = Page(1, 595, 842, (Word("Kepada", (0.12, 0.08, 0.3, 0.1), 0.9, 0),), "Kepada", "ocr")


@pytest.fixture(scope="module")
def on_paper(press):
    """Print a template with its usual specimen."""

    def on_paper(template: str, *, code: bool) -> bytes:
        docx = WordTypist(ROOT / "letter_templates").draft(template, specimen_of(template)).docx
        return printed(press, docx, PAGE_CODE if code else None)

    return on_paper


@pytest.fixture
def scan(tmp_path) -> Path:
    return pdf_of(letter_image(150), tmp_path / "pindaian.pdf")


def assert_archival(pdf: bytes) -> None:
    assert marks(pdf) == []
    assert complaints(pdf) == []


#: Every fifth sheet and the office's own: that all are marked as PDF/A, ``test_sheets_on_paper`` says in every run.
OPENED = {*TEMPLATES[::5], *OFFICE_SHEETS[::5], RECEIPT}


@pytest.mark.parametrize("template", [t if t in OPENED else slowly(t) for t in (*TEMPLATES, *OFFICE_SHEETS)])
def test_sheets_with_and_without_page_codes(on_paper, template):
    assert_archival(on_paper(template, code=template not in (RECEIPT, BOOK, *OFFICE_SHEETS)))


def test_books_that_are_joined_from_parts(on_paper):
    leaf = on_paper(BOOK, code=False)

    book = joined([leaf, leaf, on_paper(OFFICE_SHEETS[1], code=False)], 'Buku register <2026> & "lain"')

    assert_archival(book)
    with Pdf.open(io.BytesIO(book)) as opened:
        assert str(opened.Root.Lang) == "id-ID"
        assert opened.open_metadata()["dc:title"] == 'Buku register <2026> & "lain"'


@pytest.mark.parametrize(
    "made",
    [
        lambda: separators(5),
        lambda: cover_sheet(PAGE_KEY, FIRST, "0001/YANKOMAS/2026"),
        lambda: joined(
            [drawn(sheet) for sheet in label_sheets([Label("HA.01.07", "Rekaan", "0001", "")] * 23)], "Label"
        ),
    ],
    ids=["pemisah", "sampul", "label"],
)
def test_sheets_that_are_drawn(made):
    assert_archival(made())


def test_charts(office):
    sop = in_force(office.root.editions, MORNING.date())

    assert_archival(drawn(draw(sop, flow_of(sop))))


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif", "a.pdf"])
def test_searchable_copies_of_scans(tmp_path, name):
    path = tmp_path / name
    _ = pdf_of(letter_image(150), path) if name.endswith("pdf") else saved(letter_image(150), path, dpi=(150, 150))

    assert_archival(build_searchable(path, sniff(path), [READ]))


def test_signed_pages_that_came_back_are_filed_upright(scan):
    media = sniff(scan)

    upright = upright_pages(scan, media, open_scan(scan, media), [(0, 90)])

    assert_archival(upright)
    assert_archival(joined_pages([upright, upright], [(0, 0), (1, 0), (1, 0)]))


def test_pages_that_are_cut_out_of_a_scan_open_everywhere(tmp_path):
    """They are kept as the scanner made them, byte for byte, and so are marked as nothing."""
    path = tmp_path / "banyak.pdf"
    path.write_bytes(joined([pdf_of(letter_image(100), tmp_path / "satu.pdf").read_bytes()] * 3, "Pindaian"))

    assert complaints(extract_pages(path, sniff(path), [1, 3])) == []


@pytest.fixture
def bound(tmp_path) -> Iterator:
    """Bind files into one folder."""
    binder = FolderBinder()

    def made(*files: tuple[Path, How]) -> bytes:
        day = MORNING.date()
        blobs = [(StoredFile(path, path.name, "", 0), sniff(path), how) for path, how in files]
        sheaves = [Sheaf(blob.name, day, blob, media, how) for blob, media, how in blobs]
        return b"".join(binder.bind("Berkas perkara 0001/YANKOMAS/2026", (("Hal", "Tanah"),), sheaves))

    yield made
    binder.close()


def test_a_bound_folder_of_papers_that_are_archival(bound, on_paper, scan, tmp_path):
    letter, copy = tmp_path / "surat.pdf", tmp_path / "salinan.pdf"
    letter.write_bytes(on_paper("06-surat-rekomendasi", code=True))
    copy.write_bytes(build_searchable(scan, sniff(scan), [READ]))

    assert_archival(bound((letter, How.CARRIED), (copy, How.CARRIED), (scan, How.DRAWN)))


def test_a_bound_folder_with_pages_that_are_not_says_nothing_it_cannot_keep(bound, tmp_path):
    folder = bound((digital_pdf(tmp_path / "digital.pdf"), How.CARRIED))

    assert complaints(folder) == []
    assert any("Metadata XMP" in finding for finding in marks(folder))


class _Checked(FakeOffice):
    """An office whose prints are checked to be no PDF/A."""

    @property
    def tend_parts(self):
        return replace(super().tend_parts, archival=verdict)


def test_what_the_check_found_is_kept_with_the_print_and_verify_says_it(office, tmp_path):
    checked = _Checked(tmp_path / "lain")
    for one in (office, checked):
        one.drop("surat.pdf", b"Pengaduan")
        one.run_once()
    prints = [list(one.root.cabinet.case(FIRST).prints.values()) for one in (office, checked)]

    assert {printed.archival for printed in prints[0]} == {SOUND}
    assert all("tidak dapat diperiksa" in printed.fault for printed in prints[1])
    found = checked.root.verify_case(FIRST)
    assert found == checked.findings()
    assert {f.code for f in found} == {"pdfa"}
    assert {f.where for f in found} == {f"2026/0001/{p.documents[0].name}" for p in prints[1]}
    assert office.root.verify_case(FIRST) == []
