"""The sheets as they leave the printer: nothing left over, and the words of the golden texts.

To renew the golden texts after a template was changed on purpose: ``YANKOMAS_GOLDEN=1 pytest`` this file, then read
the difference.
"""

from __future__ import annotations

import io
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from fakes import PAGE_CODE, PAGE_KEY
from kinds_of_case import facts_of_kind, office_of_kind
from printed_sheets import foot_of, on_paper, printed, specimen_of, specimen_on_paper
from pypdf import PdfReader
from thorough import slowly

from pipeline.drawing.engines import pdfa_check
from pipeline.letters.engines.libreoffice import LibreOfficePress
from pipeline.letters.engines.print_check import Wanted, look
from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.page_codes import page_text
from pipeline.letters.sheets import TEMPLATES, context, specimen_facts, specimen_values
from pipeline.letters.sheets.closing_letter import CLOSING
from pipeline.letters.sheets.disposition_sheet import DISPOSITION
from pipeline.letters.sheets.minutes import MINUTES
from pipeline.letters.sheets.notice import NOTICE
from pipeline.letters.sheets.receipt import RECEIPT
from pipeline.letters.sheets.register_book import BOOK
from pipeline.letters.sheets.review_letters import INCOMPLETE, NO_INDICATION, NOT_COMPETENT
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE, SPECIMENS, field
from pipeline.letters.sheets.texts import OFFICE_SHEETS, REPORT, SERVICE_BOOK
from pipeline.letters.sheets.warning_letters import FIRST, SECOND

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden"
#: The sheets that must keep to one page.
ONE_PAGE = (RECEIPT, DISPOSITION)
HOSTILE = "A & B <b>'kutip'</b> {{ 7*7 }} {% for %}\nbaris\tdua \u202eoter " + "W" * 300


def pages(pdf: bytes) -> list[str]:
    """Return the words of each page in the order in which they were set, line by line."""
    texts = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    lines = ([re.sub(r"\s+", " ", line).strip() for line in text.splitlines()] for text in texts)
    return ["\n".join(line for line in page if line) + "\n" for page in lines]


def visible(pdf: bytes) -> str:
    return "-- halaman --\n".join(pages(pdf))


def hostile(template: str, value: str = HOSTILE) -> dict[str, Any]:
    """Give the sheet's values for a case of which every field and every form is hostile, and wide, and long."""
    text, name = field(value), field(f"{value} z")
    facts = specimen_facts(template)["lazim"]
    hostile_facts = replace(
        facts,
        status_code="WWWW-WWWW-WWWW",
        channel=value,
        pages=999_999,
        moves=tuple(replace(m, values={k: _hostile(v, value) for k, v in m.values.items()}) for m in facts.moves),
        fields={
            **dict.fromkeys(("perihal", "nomor_surat", "tempat_kejadian", "tanggal_surat"), text),
            **dict.fromkeys(("nomor_agenda", "indeks", "klasifikasi", "ringkasan"), text),
            **dict.fromkeys(("terlapor", "permintaan", "hak"), [text] * 9),
            "lembaga_pelapor": name,
            "pelapor": [{"nama": name, "alamat": text, "pekerjaan": text}] * 9,
            "kuasa": {"nama": name},
            "lampiran": {**text, "daftar": [text] * 9},
        },
    )
    return context(template, hostile_facts, SPECIMEN_OFFICE)


def _hostile(value: Any, text: str) -> Any:
    """Put the hostile text in the place of a form's value; choices and dates stay."""
    if isinstance(value, list):
        return [text, f"{text} | {text}", *[text] * 3]
    is_free = isinstance(value, str) and " " in value
    return text if is_free else value


@pytest.mark.parametrize("specimen", SPECIMENS)
@pytest.mark.parametrize("template", [*TEMPLATES, *OFFICE_SHEETS])
def test_a_sheet_says_the_words_agreed(press: LibreOfficePress, template: str, specimen: str) -> None:
    pdf = specimen_on_paper(press, template, specimen)
    golden = GOLDEN / f"{template}-{specimen}.txt"
    if os.environ.get("YANKOMAS_GOLDEN"):
        golden.write_text(visible(pdf), encoding="utf-8")

    assert visible(pdf) == golden.read_text(encoding="utf-8")
    assert not re.search(r"\{\{|\{%|%\}|\}\}|None|Undefined|secara elektronik", visible(pdf))


def assert_one_page(found: list[str]) -> None:
    """The sheet ends on its first page; what follows are sheets that go with it, of which the first page tells."""
    assert re.search(r"NIP |Mohon tidak memisahkan", found[0])
    assert len(found) == 1 or "lembar lanjutan" in found[0].replace("\n", " ")
    assert len(found) == 1 or "LANJUTAN" in found[1].upper()


@pytest.mark.parametrize("specimen", SPECIMENS)
@pytest.mark.parametrize("template", ONE_PAGE)
def test_a_sheet_of_one_page_keeps_to_it(press: LibreOfficePress, template: str, specimen: str) -> None:
    assert_one_page(pages(specimen_on_paper(press, template, specimen)))


@pytest.mark.parametrize("template", [FIRST, SECOND])
@pytest.mark.parametrize("kind", [slowly("surat"), "korban-anak", "instansi", slowly("pengganti")])
def test_a_usual_warning_keeps_to_one_page(press: LibreOfficePress, kind: str, template: str) -> None:
    values = context(template, facts_of_kind(kind, template), office_of_kind(kind))

    assert len(pages(on_paper(press, template, values))) == 1


@pytest.mark.parametrize("specimen", SPECIMENS)
def test_the_receipt_names_the_page_for_complainants_on_one_page(press: LibreOfficePress, specimen: str) -> None:
    address = "yankomas.kanwil.bengkulu.contoh.go.id/aduan/cek"
    office = replace(SPECIMEN_OFFICE, status_page=address)
    found = pages(on_paper(press, RECEIPT, specimen_values(RECEIPT, office)[specimen]))

    assert_one_page(found)
    assert found[0].replace("\n", "").replace(" ", "").count(address) == 1


#: Words come into every sheet by the same sandbox: in every run some show it, and those that must keep to a page.
SHOWN = {*TEMPLATES[::5], *ONE_PAGE}


@pytest.mark.parametrize("template", [t if t in SHOWN else slowly(t) for t in TEMPLATES])
def test_a_hostile_case_is_shown_as_what_it_says(press: LibreOfficePress, template: str) -> None:
    pdf = on_paper(press, template, hostile(template))

    if template in ONE_PAGE:
        assert_one_page(pages(pdf))
    assert "A & B <b>'kutip'</b> {{ 7*7 }}" in visible(pdf).replace("\n", " ")


@pytest.mark.parametrize("value", ["W" * 2000, *map(slowly, ("WWWW " * 400, "tanpaspasi" * 200, "甲乙" * 500))])
@pytest.mark.parametrize("template", ONE_PAGE)
def test_the_widest_letter_still_makes_one_page(press: LibreOfficePress, template: str, value: str) -> None:
    assert_one_page(pages(on_paper(press, template, hostile(template, value))))


@pytest.mark.parametrize("template", [*TEMPLATES, *OFFICE_SHEETS])
def test_a_sheet_is_marked_pdf_a_and_set_in_a_face_of_arial_s_widths(press: LibreOfficePress, template: str) -> None:
    pdf = specimen_on_paper(press, template, "lazim")

    fonts = {
        str(f.get_object()["/BaseFont"]) for f in PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]["/Font"].values()
    }
    assert pdfa_check.marks(pdf) == []
    assert pdf.startswith(b"%PDF-1.7")
    assert any("LiberationSans" in font or "ArialMT" in font for font in fonts)
    assert not any("Carlito" in font or "Caladea" in font or "Serif" in font for font in fonts)


@pytest.mark.parametrize("template", [DISPOSITION, RECEIPT, BOOK])
@pytest.mark.parametrize("specimen", SPECIMENS)
def test_the_page_code_stands_clear_below_the_sheet(press: LibreOfficePress, specimen: str, template: str) -> None:
    pdf = specimen_on_paper(press, template, specimen)
    document = pypdfium2.PdfDocument(pdf)
    images = [foot_of(page) for page in document]

    codes = [zxingcpp.read_barcodes(image) for image in images]

    wanted = [[page_text(PAGE_KEY, PAGE_CODE.document, n, len(images))] for n in range(1, len(images) + 1)]
    assert [[code.text for code in found] for found in codes] == wanted
    for image, (code,) in zip(images, codes, strict=True):
        top = min(code.position.top_left.y, code.position.top_right.y)
        above = image.crop((0, top - round(2 / 25.4 * 150), image.width, top - 4))
        assert above.getextrema() == (255, 255), "nothing is printed in the two millimetres above the code"


@pytest.mark.parametrize("kind", ["surat", "instansi", "kuasa", "korban-anak"])
def test_a_receipt_leaves_room_for_its_page_code(press: LibreOfficePress, kind: str) -> None:
    values = context(RECEIPT, facts_of_kind(kind, RECEIPT), office_of_kind(kind))
    uncoded = printed(press, WordTypist(ROOT / "letter_templates").draft(RECEIPT, values).docx, None)

    assert look(uncoded, Wanted(coded=True)).faults == ()


def test_every_leaf_of_a_disposition_says_of_which_case_it_is(press: LibreOfficePress) -> None:
    first, *further = pages(specimen_on_paper(press, DISPOSITION, "panjang"))
    case = specimen_facts(DISPOSITION)["panjang"].register_number

    assert len(further) == 2
    for number, page in enumerate(further, 2):
        assert page.startswith(f"LEMBAR LANJUTAN DISPOSISI\nNomor register {case}, halaman {number}\n")
    assert "LEMBAR LANJUTAN" not in first


@pytest.mark.parametrize("specimen", SPECIMENS)
def test_every_leaf_of_a_services_book_is_one_page(press: LibreOfficePress, specimen: str) -> None:
    leaves = specimen_of(SERVICE_BOOK, specimen)["halaman"]

    assert len(pages(specimen_on_paper(press, SERVICE_BOOK, specimen))) == len(leaves)


def test_a_report_that_has_no_number_has_no_date_of_its_own(press: LibreOfficePress) -> None:
    text = visible(specimen_on_paper(press, REPORT, "lazim"))

    assert text.count("4 Januari 2027") == text.count("4 Januari 2027 pukul"), "the day to which was counted alone"
    assert "Bengkulu, ....." in text


def test_both_copies_of_the_receipt_say_the_same_but_for_the_complainants_code(press: LibreOfficePress) -> None:
    text = visible(specimen_on_paper(press, RECEIPT, "lazim"))

    first, second = (half.splitlines() for half in re.split(r".*potong di sini.*\n", text))
    asking = range(first.index("Kode status pengaduan"), first.index("Yang menyerahkan,"))
    assert [line.removesuffix(" Lembar untuk pelapor") for n, line in enumerate(first) if n not in asking] == [
        line.removesuffix(" Lembar untuk arsip") for line in second if not line.startswith(("Kode ", "YK1:"))
    ]
    assert ("K7QM-2XPA-94TD" in first, "K7QM-2XPA-94TD" in second) == (True, False)


def test_a_receipt_without_a_known_officer_leaves_the_line_to_sign(press: LibreOfficePress) -> None:
    values = {**specimen_of(RECEIPT), "petugas_nama": "", "petugas_nip": ""}

    assert visible(on_paper(press, RECEIPT, values)).count("NIP ....") == 2


#: What is kept together with a signature takes eight lines and more, a step of these six: none can pass over it.
STEPS = [count if count % 6 == 2 else slowly(count) for count in range(8, 40, 2)]


@pytest.mark.parametrize("paragraphs", STEPS)
def test_a_signature_never_stands_alone_on_a_page(press: LibreOfficePress, paragraphs: int) -> None:
    facts = replace(specimen_facts(NO_INDICATION)["lazim"], initials=("kabid",))  # who does not initial gets a copy
    reasons = {"alasan": "Tidak ditemukan perbuatan yang melanggar hak.\n" * paragraphs}
    moves = tuple(replace(move, values=reasons) for move in facts.moves)

    pdf = on_paper(press, NO_INDICATION, context(NO_INDICATION, replace(facts, moves=moves), SPECIMEN_OFFICE))

    signed = next(page for page in pages(pdf) if "NIP 1970" in page)
    assert "Kepala Kantor Wilayah,\nBudi Contoh\nNIP 1970" in signed
    assert "Atas perhatian Saudara, kami ucapkan terima kasih." in signed
    assert "Hal yang belum jelas dapat Saudara tanyakan" in signed
    assert "Tembusan:\nKepala Divisi" in signed


@pytest.mark.parametrize("kind", ["surat", slowly("lisan"), "korban-anak", slowly("instansi")])
@pytest.mark.parametrize("template", [INCOMPLETE, NOT_COMPETENT, NO_INDICATION, NOTICE, CLOSING])
def test_a_usual_letter_to_the_complainant_keeps_to_one_page(press: LibreOfficePress, kind: str, template: str) -> None:
    values = context(template, facts_of_kind(kind, template), office_of_kind(kind))

    assert len(pages(on_paper(press, template, values))) == 1


def test_every_page_of_a_draft_says_so_and_no_page_of_a_numbered_letter(press: LibreOfficePress) -> None:
    numbered = specimen_facts(NO_INDICATION)["panjang"]
    draft = replace(numbered, naskah_number="", naskah_date=None)

    said = [
        ["KONSEP" in page for page in pages(on_paper(press, NO_INDICATION, context(NO_INDICATION, f, SPECIMEN_OFFICE)))]
        for f in (draft, numbered)
    ]

    assert said == [[True] * 3, [False] * 3]


def test_pages_are_numbered_from_the_second(press: LibreOfficePress) -> None:
    found = pages(specimen_on_paper(press, NO_INDICATION, "panjang"))

    assert [page.splitlines()[0] for page in found] == ["KEMENTERIAN HUKUM DAN HAK ASASI MANUSIA", "2", "3"]


def test_a_row_taller_than_a_page_loses_no_word(press: LibreOfficePress) -> None:
    facts = specimen_facts(MINUTES)["lazim"]
    words = [f"kata{n:04d}" for n in range(900)]
    moves = tuple(replace(m, values={**m.values, "hadir": [f"Maya | {' '.join(words)}"]}) for m in facts.moves)

    text = visible(on_paper(press, MINUTES, context(MINUTES, replace(facts, moves=moves), SPECIMEN_OFFICE)))

    assert all(text.count(word) == 2 for word in words)
