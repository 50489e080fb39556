"""The dispatch book leaves the office as a spreadsheet and as the printed book."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from pipeline.register.dispatch_files import DispatchFiles, DispatchRow
from pipeline.register.engines.workbook import workbook
from pipeline.register.letter_rows import to_complainant

ROWS = (
    DispatchRow(
        date(2026, 12, 7),
        "0451",
        date(2026, 12, 4),
        '=HYPERLINK("http://contoh.example","klik")',
        "kurir",
        "Rina Rekaan",
        date(2026, 12, 8),
        "Petugas Tata Usaha",
        "Surat rekomendasi",
        "terbatas",
        "1 (satu) berkas",
    ),
    DispatchRow(date(2026, 12, 8), "0452", None, to_complainant("0007/YANKOMAS/2026"), "pos", "Rina Rekaan"),
)


def files(printed=lambda rows, period: b""):
    return DispatchFiles(workbook, printed)


def test_dates_are_dates_texts_are_texts_and_nothing_is_a_formula():
    sheet = load_workbook(io.BytesIO(files().xlsx(ROWS, "Desember 2026"))).active

    head, first, second = ([cell.value for cell in row] for row in sheet.iter_rows(min_row=3, max_row=5))
    row = dict(zip(head, first, strict=True))
    assert sheet["A1"].value == "Buku ekspedisi Desember 2026"
    assert (row["No."], row["Nomor surat"], row["Tanggal kirim"]) == (1, "0451", datetime(2026, 12, 7))
    assert (row["Sifat"], row["Lampiran"]) == ("Terbatas", "1 (satu) berkas")
    assert (row["Kepada"], row["Hal"]) == (ROWS[0].recipient, "Surat rekomendasi")
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "d", "n"}
    assert second[3:5] == [None, "Pelapor pada register nomor 0007/YANKOMAS/2026"]
    assert second[-3:] in ([None, None, None], [None, "", ""])


def test_the_printed_book_is_made_of_the_same_rows_in_the_same_order():
    asked = []

    files(lambda rows, period: asked.append((rows, period)) or b"pdf").pdf(ROWS, "Desember 2026")

    assert asked == [(ROWS, "Desember 2026")]


def test_a_period_in_which_nothing_was_sent_is_a_spreadsheet_of_headings():
    sheet = load_workbook(io.BytesIO(files().xlsx((), "November 2026"))).active

    assert sheet.max_row == 3
    assert [cell.value for cell in sheet[3]][-1] == "Tanda terima"


@pytest.mark.slow
def test_the_office_prints_the_book_from_its_own_template(office):
    pdf = PdfReader(io.BytesIO(office.root.dispatch_files().pdf(ROWS, "Desember 2026")))

    (page,) = (page.extract_text() for page in pdf.pages)
    assert pdf.metadata.title == "Buku ekspedisi Desember 2026"
    assert "Pelapor pada register nomor 0007/YANKOMAS/2026" in page
    assert "0451" in page
