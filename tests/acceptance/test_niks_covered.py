"""Who may not have the complaint itself reads no NIK in full, in whatever was made of it."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader
from web_desk import WebDesk

from pipeline.access.masking import covered_niks, masked_niks
from pipeline.cases.case_number import CaseNumber

NIK = "1771012345670001"
TOLD = {
    "perihal": "Upah",
    "pelapor": [{"nama": "Siti Rekaan", "nik": NIK}],
    "terlapor": "PT Rekaan",
    "uraian": f"Saya, NIK {NIK}, tidak diupah.",
}
SCAN = f"Upah\nYang bertanda tangan di bawah ini: Siti Rekaan, NIK {NIK}".encode()
SCANNED, TYPED = CaseNumber(2026, 1), CaseNumber(2026, 2)


@pytest.fixture
def desk(tmp_path):
    made = WebDesk(tmp_path / "kantor")
    made.office.drop("surat.pdf", SCAN)
    made.office.run_once()
    made.office.open("lisan", TOLD)
    return made


@pytest.mark.parametrize("role", ["kakanwil", "kadiv"])
@pytest.mark.parametrize("number", [SCANNED, TYPED])
def test_what_was_read_and_what_was_told_is_for_those_who_may_have_the_complaint(desk, role, number):
    """``02-pembacaan.json`` was given to all who read cases, with the NIK in full."""
    browser = desk.browser(role)
    documents = desk.office.root.cabinet.case(number).documents

    refused = set()
    for document in documents:
        for base in ("", "/api"):
            answer = browser.get(f"{base}/kasus/{number}/naskah/{document.name}")
            assert NIK not in answer.text, (base, document.name)
            refused |= {document.kind} if answer.status_code == 403 else set()

    held = {"surat", "teks", "pembacaan"} if number == SCANNED else {"surat", "01-formulir-pengaduan"}
    assert held <= refused
    whole = desk.browser("kabid").get(f"/kasus/{number}/naskah/{documents[0].name}")
    assert NIK in whole.text


@pytest.mark.parametrize("role", ["kakanwil", "kadiv"])
def test_pages_that_show_a_case_cover_it_in_words_too(desk, role):
    browser = desk.browser(role)

    for path in ("/kasus/2026/0002", "/arsip/2026/0002", "/kasus/2026/0002/salin", "/api/kasus/2026/0002"):
        answer = browser.get(path)

        assert answer.status_code == 200 or (role, path[-5:]) == ("kadiv", "salin")
        assert NIK not in answer.text, path


def test_a_folder_bound_for_the_head_of_the_office_holds_no_nik_as_text(desk):
    answers = [desk.browser(role).get("/arsip/2026/0002/berkas.pdf") for role in ("kakanwil", "arsiparis")]

    texts = ["".join(page.extract_text() for page in PdfReader(io.BytesIO(a.content)).pages) for a in answers]
    assert (NIK in texts[0], NIK in texts[1]) == (False, True)
    assert "************0001" in texts[0]


@pytest.mark.parametrize("text", [NIK, f"NIK:{NIK}.", "17 7101 2345 6700 01", "1771-0123-4567-0001"])
def test_a_nik_is_covered_however_it_is_written(text):
    assert sum(c.isdigit() for c in covered_niks(text)) == 4


@pytest.mark.parametrize("text", ["0812-3456-7890", "12/X/2026", "Rp 1.500.000", "17710123456700011"])
def test_other_numbers_stay(text):
    assert covered_niks(text) == text


def test_a_nik_in_any_text_of_a_case_is_covered_for_programs():
    assert NIK not in str(masked_niks({"uraian": {"nilai": f"NIK {NIK}", "teks": NIK}, "korban": [NIK]}))
