"""Receipt, disposition sheet, register and form on paper, of the heaviest cases and offices that one meets.

Names, agencies and letterheads are invented, and as long as the longest real ones.
"""

from __future__ import annotations

import re
import tarfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import printed_sheets
import pypdfium2
import pytest
from fakes import PAGE_CODE
from kinds_of_case import KINDS, facts_of_kind, office_of_kind, sheets_of_kind
from printed_sheets import specimen_of

from pipeline.letters.engines.libreoffice import LibreOfficePress
from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.sheets import context
from pipeline.letters.sheets.disposition_sheet import DISPOSITION
from pipeline.letters.sheets.oral_complaint import FORM
from pipeline.letters.sheets.receipt import RECEIPT
from pipeline.letters.sheets.register_book import BOOK, row
from pipeline.letters.sheets.register_leaves import book
from pipeline.letters.sheets.room import CONTINUED
from pipeline.letters.sheets.sheet_facts import SheetFacts
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE, field, made
from pipeline.office.office import Letterhead, Office

TEMPLATES = Path(__file__).resolve().parents[2] / "letter_templates"
OLD_OFFICE = Path(__file__).resolve().parents[1] / "archives" / "0.1.0" / "kantor.tar.gz"
#: Millimetres at the foot of a page that belong to its code.
CODE_ROOM = 25
NAME = "Prof. Dr. Hj. Raden Ajeng Siti Nurhaliza Rekaan Kusumawardhani, S.H., M.H., M.Kn., Ph.D."
AGENCY = (
    "Dinas Pemberdayaan Perempuan, Perlindungan Anak, Pengendalian Penduduk dan Keluarga Berencana "
    "Kabupaten Contoh Selatan"
)
SUBJECT = (
    "Pengaduan mengenai pembiaran pencemaran sumur warga oleh limbah kolam pabrik kelapa sawit di Desa Contoh Jaya. "
    * 8
)
ORDER = "Telaah bersama tim, koordinasikan dengan dinas terkait, dan laporkan hasilnya sebelum tenggat. " * 6
HEAVY_HEAD = Letterhead(
    ministry=("KEMENTERIAN HUKUM DAN HAK ASASI MANUSIA", "REPUBLIK INDONESIA", "DIREKTORAT JENDERAL REKAAN"),
    office="KANTOR WILAYAH KEMENTERIAN HUKUM DAN HAK ASASI MANUSIA PROVINSI KEPULAUAN CONTOH RAYA SELATAN",
    address="Gedung Graha Rekaan Lantai 7, Jalan Pangeran Contoh Nomor 123, Kelurahan Contoh Indah, Kecamatan Contoh "
    "Tengah, Kota Contoh, Provinsi Kepulauan Contoh Raya Selatan 38000, Kotak Pos 1234",
    contact="Telepon (0736) 000000, 000001, 000002 · Faksimile (0736) 000003 · Laman kanwil.contoh-raya-selatan.example"
    " · Surel yankomas.kanwil@contoh-raya-selatan.example",
)
HEAVY_OFFICE = replace(
    SPECIMEN_OFFICE,
    letterhead=HEAVY_HEAD,
    officials=tuple(
        replace(official, title=f"{official.title} dan Pelayanan Komunikasi Masyarakat Provinsi Contoh", name=NAME)
        for official in SPECIMEN_OFFICE.officials
    ),
    status_page="yankomas.kanwil-contoh-raya-selatan.example/aduan/cek",
)
OFFICES = {"biasa": SPECIMEN_OFFICE, "kop panjang": HEAVY_OFFICE}


def heavy(template: str) -> SheetFacts:
    """The facts of a case of 20 complainants and respondents, 30 requests and papers, and long orders."""
    usual = facts_of_kind("surat", template)
    people = [{"nama": field(f"{n:02d} {NAME}"), "alamat": field("Dusun Dua")} for n in range(1, 21)]
    fields = {
        **usual.fields,
        "perihal": field(SUBJECT),
        "lembaga_pelapor": field(AGENCY),
        "pelapor": people,
        "terlapor": [{"nama": f"{n:02d} {NAME}", "jabatan": "Kepala", "instansi": AGENCY} for n in range(1, 21)],
        "permintaan": [
            field(f"Permohonan {n:02d} agar air sumur diperiksa oleh yang tidak memihak") for n in range(1, 31)
        ],
        "lampiran": {**field("30 berkas"), "daftar": [field(f"Berkas {n:02d} dari {AGENCY}") for n in range(1, 31)]},
        "nomor_surat": field("W.8-HA.01.07/1234/YANKOMAS-KANWIL/XI/2026"),
    }
    moves = (
        made("sampaikan", "tim-yankomas"),
        *(
            made("disposisi", role, isi_disposisi=f"Awal-{role} {ORDER}Akhir-{role}")
            for role in ("kakanwil", "kadiv", "kabid")
        ),
        made("usulkan-audiensi", "kasubbid"),
        made("disposisi-audiensi", "kakanwil", keputusan="disetujui", isi_disposisi=ORDER),
    )
    return replace(usual, fields=fields, moves=moves)


def printed(press: LibreOfficePress, template: str, values: dict[str, Any]) -> pypdfium2.PdfDocument:
    code = None if template in (RECEIPT, BOOK) else PAGE_CODE
    docx = WordTypist(TEMPLATES).draft(template, values).docx
    return pypdfium2.PdfDocument(printed_sheets.printed(press, docx, code))


def words(page: pypdfium2.PdfPage) -> str:
    return re.sub(r"\s+", " ", page.get_textpage().get_text_range())


def lowest(page: pypdfium2.PdfPage) -> float:
    """Return how far above the page's edge its lowest word ends, in millimetres, without the code."""
    text = page.get_textpage()
    boxes = (text.get_charbox(n) for n in range(text.count_chars()))
    code = CODE_ROOM / 25.4 * 72 - 5
    return min(bottom for _, bottom, _, top in boxes if top > code) / 72 * 25.4


@pytest.mark.parametrize("office", OFFICES.values(), ids=OFFICES)
def test_both_copies_of_the_heaviest_receipt_stand_on_one_page(press: LibreOfficePress, office: Office) -> None:
    document = printed(press, RECEIPT, context(RECEIPT, heavy(RECEIPT), office))

    first, *others = [words(page) for page in document]
    assert first.count("TANDA TERIMA PENGADUAN") == first.count("Yang menyerahkan,") == first.count("NIP 1990") == 2
    assert first.count("dirinci pada lembar lanjutan") >= 2
    assert all("TANDA TERIMA PENGADUAN" not in page.replace("LANJUTAN TANDA TERIMA PENGADUAN", "") for page in others)


def test_what_a_receipt_has_no_room_for_stands_on_a_second_sheet_of_each_copy(press: LibreOfficePress) -> None:
    document = printed(press, RECEIPT, context(RECEIPT, heavy(RECEIPT), HEAVY_OFFICE))

    further = " ".join(words(page) for page in list(document)[1:])
    assert "…" not in further
    for number in range(1, 21):
        assert further.count(f"{number:02d} Prof. Dr.") == 2
    for number in range(1, 31):
        assert further.count(f"Berkas {number:02d} dari {AGENCY}") == 2
    assert further.count(SUBJECT.strip()) == 2


@pytest.mark.parametrize("kind", [kind for kind in KINDS if RECEIPT in sheets_of_kind(kind)])
def test_a_receipt_of_every_kind_of_case_is_one_page_in_an_office_of_the_longest_letterhead(
    press: LibreOfficePress, kind: str
) -> None:
    office = replace(HEAVY_OFFICE, officials=office_of_kind(kind).officials)

    document = printed(press, RECEIPT, context(RECEIPT, facts_of_kind(kind, RECEIPT), office))

    assert len(document) == 1


@pytest.mark.parametrize("office", OFFICES.values(), ids=OFFICES)
def test_the_heaviest_disposition_sheet_has_all_it_needs_on_its_first_page(
    press: LibreOfficePress, office: Office
) -> None:
    first, *others = printed(press, DISPOSITION, context(DISPOSITION, heavy(DISPOSITION), office))

    text = words(first)
    assert "Catatan:" in text
    assert "Mohon tidak memisahkan lembar disposisi ini dari suratnya." in text
    assert lowest(first) > CODE_ROOM
    assert "LEMBAR LANJUTAN DISPOSISI" in words(others[0])


def test_an_order_stands_whole_on_the_sheet_or_on_the_one_that_goes_with_it(press: LibreOfficePress) -> None:
    first, *others = [
        words(page) for page in printed(press, DISPOSITION, context(DISPOSITION, heavy(DISPOSITION), HEAVY_OFFICE))
    ]

    assert "…" not in first
    assert CONTINUED in first
    for role in ("kakanwil", "kadiv", "kabid"):
        whole = f"Awal-{role} {ORDER}Akhir-{role}"
        assert f"Awal-{role}" in first
        assert whole in first or whole in " ".join(others)


def test_a_page_of_the_register_holds_its_rows_however_much_they_say(press: LibreOfficePress) -> None:
    usual = facts_of_kind("surat", BOOK)
    cases = [
        heavy(BOOK),
        usual,
        usual,
        replace(heavy(BOOK), fields={**usual.fields, "perihal": field("W" * 900)}),
        usual,
    ]
    rows = [row(replace(case, number=f"2026/{n:04d}"), HEAVY_OFFICE) for n, case in enumerate(cases * 2, 1)]
    values = book(rows, 2026, HEAVY_OFFICE, "no. 312 (25/11/2026): 3F9A-22C1-9B7E-4D10")

    pages = [words(page) for page in printed(press, BOOK, {**context(BOOK, usual, HEAVY_OFFICE), **values})]

    assert len(pages) == len(values["halaman"])
    for number, page in enumerate(pages, 1):
        assert f"Halaman {number} dari {len(pages)}" in page
        assert "segel arsip no. 312 (25/11/2026): 3F9A-22C1-9B7E-4D10" in page
    assert "Jumlah sampai halaman ini 10 (sepuluh) perkara" in pages[-1]
    assert "…" not in " ".join(pages)
    named = [" ".join(pages).count(f"{number:02d} Prof. Dr. Hj.") for number in range(1, 21)]
    assert min(named) >= 1
    assert sum(named) > 2 * 20 - len(pages)  # a name may begin at the foot of one page and go on on the next


@pytest.mark.parametrize("office", OFFICES.values(), ids=OFFICES)
def test_the_heaviest_form_keeps_clear_of_its_codes_and_says_everything(
    press: LibreOfficePress, office: Office
) -> None:
    pages = list(printed(press, FORM, context(FORM, heavy(FORM), office)))

    text = " ".join(words(page) for page in pages)
    assert all(lowest(page) > CODE_ROOM for page in pages)
    assert "…" not in text
    for number in range(1, 31):
        assert f"{number}. Permohonan {number:02d} agar" in text


def test_the_statement_of_a_long_story_never_stands_alone_on_its_page(press: LibreOfficePress) -> None:
    *_, last = printed(press, FORM, specimen_of(FORM, "panjang"))

    text = words(last)
    assert "Dokumen pendukung" in text
    assert "Petugas mengisi formulir ini menurut" in text


def test_every_further_page_of_a_receipt_says_to_which_copy_it_belongs(press: LibreOfficePress) -> None:
    _, *further = map(words, printed(press, RECEIPT, specimen_of(RECEIPT, "panjang")))

    half = len(further) // 2
    assert half > 1
    assert all("Lembar untuk pengirim" in page for page in further[:half])
    assert all("Lembar untuk arsip" in page for page in further[half:])


@pytest.mark.parametrize("template", [FORM, RECEIPT, BOOK, DISPOSITION])
def test_the_templates_that_an_office_has_from_an_earlier_version_still_print(tmp_path: Path, template: str) -> None:
    with tarfile.open(OLD_OFFICE) as office:
        held = office.extractfile(f"kantor/letter_templates/{template}.docx")
        assert held is not None
        (tmp_path / f"{template}.docx").write_bytes(held.read())

    assert WordTypist(tmp_path).check(template) == []


def test_the_form_of_a_case_from_the_news_is_one_page_clear_of_its_code(press: LibreOfficePress) -> None:
    (page,) = printed(press, FORM, context(FORM, facts_of_kind("berita", FORM), SPECIMEN_OFFICE))

    assert lowest(page) > CODE_ROOM
