"""The register leaves the office as a spreadsheet, as CSV and as the printed book."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from pipeline.access.secrecy import ShownEntry
from pipeline.cli import main
from pipeline.register.ports import Extent
from pipeline.register.register_files import told

SITI = {
    "perihal": '=HYPERLINK("http://contoh.example","klik")',
    "pelapor": "Siti Rekaan",
    "terlapor": "PT Contoh",
    "uraian": "Lembur",
    "tanggal_surat": "20-11-2026",
    "nomor_surat": "0451",
    "boks": "12",
}
BUDI = {**SITI, "perihal": "Penggusuran", "pelapor": "Budi Contoh"}


@pytest.fixture
def full(office):
    office.one_open_one_ended(SITI, BUDI)
    return office


def test_dates_are_dates_texts_are_texts_and_nothing_is_a_formula(full):
    sheet = load_workbook(io.BytesIO(full.root.register_files().xlsx(Extent(2026)))).active

    head, siti, budi = ([cell.value for cell in row] for row in sheet.iter_rows(min_row=3, max_row=5))
    row = dict(zip(head, siti, strict=True))
    assert row["No. register"] == "0001/YANKOMAS/2026"
    assert row["Diterima"] == datetime(2026, 11, 25, 8, 15)
    assert row["Tanggal surat"].date() == date(2026, 11, 20)
    assert row["No. surat"] == "0451"
    assert row["Perihal"] == SITI["perihal"]
    assert row["Boks"] == "12"
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "d", "n"}
    assert sheet.freeze_panes == "B4"
    assert dict(zip(head, budi, strict=True))["Status"].startswith("Selesai, dicabut, ")


def test_what_somebody_may_not_see_is_not_in_the_file(full):
    def seen(row, entry):
        return ShownEntry(entry) if row.serial == 1 else ShownEntry(dict.fromkeys(entry, ""), closed=True)

    rows = list(csv.DictReader(io.StringIO(full.root.register_files().csv(Extent(2026), seen))))

    assert rows[0]["Pelapor"] == "Siti Rekaan"
    assert set(rows[1].values()) == {"", "2026-11-25T08:15:00"}


def test_the_book_opens_on_the_newest_and_is_narrowed_by_month_and_state(full):
    listing = full.root.index
    total, (newest,) = listing.page(Extent(2026), 0, 1)

    assert total == 2
    assert str(newest.number) == "2026/0002"
    assert sum(count for _, count in listing.states(2026)) == 2
    assert listing.page(Extent(2026, 11), 0, 9)[0] == 2
    assert listing.page(Extent(2026, 10), 0, 9) == (0, [])
    assert listing.page(Extent(2025), 0, 9) == (0, [])
    _, found = listing.page(Extent(2026, state=newest.row.state), 0, 9)
    assert [str(case.number) for case in found] == ["2026/0002"]


def test_an_extent_is_told_in_words():
    assert told(Extent(2026, 3, "dicabut")) == "Maret 2026, dicabut"
    assert told(Extent()) == ""


@pytest.mark.slow
def test_the_printed_book_holds_every_case_on_numbered_pages(full):
    for n in range(12):
        full.open("lisan", {**BUDI, "pelapor": f"Orang {n}"})
    full.root.index.refresh()

    book = PdfReader(io.BytesIO(full.root.register_files().pdf(Extent(2026))))

    text = "\n".join(page.extract_text() for page in book.pages)
    assert len(book.pages) == 3
    assert all(f"{n:04d}/YANKOMAS/2026" in text.replace("\n", "") for n in range(1, 15))


def test_the_command_writes_a_spreadsheet_outside_the_archive(full, tmp_path, capsys):
    root, out = str(full.root.layout.root), tmp_path / "register.xlsx"

    assert main(["--root", root, "register", "--year", "2026", "--xlsx", str(out)]) == 0
    assert load_workbook(out).active.max_row == 5

    assert main(["--root", root, "register", "--xlsx", str(full.root.layout.archive / "x.xlsx")]) == 2
