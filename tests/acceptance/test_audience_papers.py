"""The papers of an audience and the evaluation on paper: what continues says what it is, and nothing stands alone."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import printed_sheets
import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from fakes import PAGE_CODE
from printed_sheets import specimen_of

from pipeline.letters.approved_text import NUMBER, plain
from pipeline.letters.engines import word_fields
from pipeline.letters.engines.libreoffice import LibreOfficePress
from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.sheets.attendance_list import ATTENDANCE, SPARE_ROWS
from pipeline.letters.sheets.audience_proposal import PROPOSAL
from pipeline.letters.sheets.evaluation import EVALUATION
from pipeline.letters.sheets.invitation import INVITATION, TO_COMPLAINANT
from pipeline.letters.sheets.minutes import MINUTES

TYPIST = WordTypist(Path(__file__).resolve().parents[2] / "letter_templates")
#: How high a row must be to sign in it, in English Metric Units: 9 mm.
SIGNABLE = 9 * 36_000


def on_paper(press: LibreOfficePress, template: str, **changes: Any) -> list[list[str]]:
    """Return the lines of each page of the usual sheet without the page code."""
    values = {**specimen_of(template), **changes}
    return printed(press, TYPIST.draft(template, values).docx)


def printed(press: LibreOfficePress, docx: bytes) -> list[list[str]]:
    document = pypdfium2.PdfDocument(printed_sheets.printed(press, docx, PAGE_CODE))
    texts = (page.get_textpage().get_text_range() for page in document)
    pages = ([re.sub(r"\s+", " ", line).strip() for line in text.splitlines()] for text in texts)
    return [[line for line in page if line and not re.match(r"YK1:|Kode halaman", line)] for page in pages]


def people(count: int) -> list[dict[str, str]]:
    row = {"jabatan": "Kepala Dinas Contoh", "selaku": "Pihak", "tanda_tangan": ""}
    return [{**row, "nama": f"Pihak {n}"} for n in range(1, count + 1)]


@pytest.mark.parametrize("count", [1, 5, 13, 18, 20, 30])
def test_the_leader_signs_last_and_never_alone(press: LibreOfficePress, count: int) -> None:
    pages = on_paper(press, MINUTES, penanda_tangan=people(count))

    words = [line for page in pages for line in page]
    assert words.index("Pemimpin audiensi,") > max(n for n, line in enumerate(words) if f"Pihak {count}" in line)
    signed = pages[-1]
    assert [len(page) for page in pages if "Pemimpin audiensi," in page] == [len(signed)]
    assert signed.index("Pemimpin audiensi,") >= 2
    assert signed[-1].startswith("NIP ")


def test_every_later_page_of_the_minutes_says_which_they_are(press: LibreOfficePress) -> None:
    pages = on_paper(press, MINUTES, penanda_tangan=people(30), nomor_naskah="W8/BA-3/2026", tanda_konsep="")

    assert len(pages) > 2
    for number, page in enumerate(pages[1:], 2):
        assert page[:2] == [str(number), "Berita Acara Audiensi/Koordinasi Nomor W8/BA-3/2026"]


def test_the_number_that_minutes_get_later_is_filled_in_on_later_pages_too() -> None:
    docx = TYPIST.draft(MINUTES, specimen_of(MINUTES)).docx

    numbered = plain(word_fields.lines(word_fields.filled(docx, {NUMBER: "W8/BA-3/2026"})))

    assert [line for line in numbered if "W8/BA-3/2026" in line] == [
        "NOMOR W8/BA-3/2026",
        "Berita Acara Audiensi/Koordinasi Nomor W8/BA-3/2026",
    ]


def test_the_minutes_begin_as_an_office_begins_them(press: LibreOfficePress) -> None:
    text = " ".join(on_paper(press, MINUTES)[0])

    assert "Pada hari ini, Rabu, tanggal dua bulan Desember tahun dua ribu dua puluh enam (2 Desember 2026)," in text
    assert "1 Memperbaiki kolam limbah PT Contoh Sawit Makmur 18 Desember 2026" in text


@pytest.mark.parametrize("guests", [4, 30, 45])
def test_a_list_of_guests_is_numbered_through_and_signed_with_its_last(press: LibreOfficePress, guests: int) -> None:
    names = [f"Kepala Desa Contoh KM {n}" for n in range(1, guests + 1)]

    pages = on_paper(press, INVITATION, daftar_undangan=names, undangan_di_surat=[])

    words = [line for page in pages for line in page]
    assert [line for line in words if "Desa Contoh" in line] == [f"{n}. {name}" for n, name in enumerate(names, 1)]
    assert all(any(name in line for line in pages[-1]) for name in names[-3:])
    assert pages[-1][-1].startswith("NIP ")


@pytest.mark.parametrize("template", [INVITATION, TO_COMPLAINANT, ATTENDANCE])
def test_a_usual_paper_is_one_page(press: LibreOfficePress, template: str) -> None:
    assert len(on_paper(press, template)) == 1


def test_an_evaluation_is_concluded_and_approved_on_its_second_page(press: LibreOfficePress) -> None:
    _, second = on_paper(press, EVALUATION)

    assert second[1] == "Hasil Evaluasi Pelaksanaan Rekomendasi Nomor W.8-HA.01.07-0017"
    assert second[2] == "D. Simpulan dan saran"
    assert any("Menyetujui," in line for line in second)


def test_the_attendance_list_ends_with_the_leader_s_signature_under_its_last_rows(press: LibreOfficePress) -> None:
    rows = specimen_of(ATTENDANCE, "panjang")["daftar"]

    last = on_paper(press, ATTENDANCE, daftar=rows)[-1]

    assert any(line.startswith(f"{len(rows)} ") for line in last)
    assert any("Pemimpin audiensi," in line for line in last)


def test_the_parties_of_a_proposal_are_numbered_and_who_complains_is_invited_apart(press: LibreOfficePress) -> None:
    text = on_paper(press, PROPOSAL)[0]

    first = text.index("1. Kepala Dinas Lingkungan Hidup Kabupaten Contoh; dan")
    assert text[first - 1] == "dengan mengundang para pelapor (melalui undangan tersendiri) dan pihak-pihak berikut:"
    assert text[first + 1].startswith("2. Direktur PT Contoh Sawit Makmur")


def test_the_rows_of_the_attendance_list_are_high_enough_to_sign_in() -> None:
    docx = TYPIST.draft(ATTENDANCE, specimen_of(ATTENDANCE, "panjang")).docx

    (grid,) = [t for t in Document(io.BytesIO(docx)).tables if "Tanda tangan" in t.rows[0].cells[-1].text]
    assert len(grid.rows) == 1 + 29 + 3 + SPARE_ROWS  # guests, the office's own
    assert all(row.height is not None and row.height >= SIGNABLE for row in grid.rows[1:])
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in grid.rows)


def test_every_page_of_the_attendance_list_says_what_it_is_and_breaks_no_name(press: LibreOfficePress) -> None:
    rows = specimen_of(ATTENDANCE, "panjang")["daftar"]

    first, *later = on_paper(press, ATTENDANCE, daftar=rows)

    assert later
    of_case = "Nomor Register 0007/YANKOMAS/2026, Rabu, 2 Desember 2026"
    assert all(page[1:3] == ["Daftar Hadir Audiensi/Koordinasi", of_case] for page in later)
    assert all("No. Nama Jabatan/Instansi Tanda tangan" in page for page in (first, *later))
    words = [line for page in (first, *later) for line in page]
    assert sum(bool(re.search(r"Kepala Desa Contoh KM \d+", line)) for line in words) == 27


def test_the_evaluation_s_columns_break_no_usual_word(press: LibreOfficePress) -> None:
    row = {
        "rekomendasi": "Pertanggungjawaban",
        "penanggung_jawab": "Pengadministrasian",
        "tenggat": "30 September 2026",
        "tindak_lanjut": "Terselenggara",
        "bukti": "Rekapitulasi",
        "status": "Dilaksanakan sebagian",
    }

    text = " ".join(on_paper(press, EVALUATION, hasil=[row])[0])

    for word in (*row.values(), "No."):
        assert word in text


@pytest.mark.parametrize("paragraphs", range(4, 40, 6))
def test_an_evaluation_is_signed_with_what_it_concludes(press: LibreOfficePress, paragraphs: int) -> None:
    conclusion = [f"Simpulan ke-{n}." for n in range(1, paragraphs + 1)]

    signed = on_paper(press, EVALUATION, butir_simpulan=conclusion)[-1]

    assert all(any(line.endswith(text) for line in signed) for text in conclusion[-3:])
    assert sum(line.count("NIP ") for line in signed) == 2  # who made it, and who approves


@pytest.mark.parametrize("template", [PROPOSAL, INVITATION, TO_COMPLAINANT, MINUTES, EVALUATION])
def test_on_the_longer_paper_of_many_offices_the_longest_case_is_signed_as_well(
    press: LibreOfficePress, template: str
) -> None:
    docx = TYPIST.draft(template, specimen_of(template, "panjang")).docx
    longer = Document(io.BytesIO(docx))
    longer.sections[0].page_width, longer.sections[0].page_height = Mm(215), Mm(330)  # F4
    folio = io.BytesIO()
    longer.save(folio)

    a4, f4 = printed(press, docx), printed(press, folio.getvalue())

    assert 1 < len(f4) <= len(a4)
    signed = next(page for page in reversed(f4) if any(line.startswith("NIP ") for line in page))
    assert next(n for n, line in enumerate(signed) if line.startswith(("Kepala", "Pemimpin")) and line[-1] == ",") >= 2
