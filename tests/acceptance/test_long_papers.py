"""Papers that run over pages: nothing is split, stranded, covered, or told to the wrong reader."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from fakes import PAGE_CODE, PAGE_KEY
from patience import processor_seconds
from printed_sheets import TEMPLATES_FOLDER, foot_of, on_paper, specimen_of, specimen_on_paper
from thorough import slowly

from pipeline.letters.engines.libreoffice import LibreOfficePress
from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.page_codes import page_text
from pipeline.letters.sheets import TEMPLATES, context, specimen_facts
from pipeline.letters.sheets.audience_proposal import PROPOSAL
from pipeline.letters.sheets.closing_letter import CLOSING
from pipeline.letters.sheets.corrected_letters import CORRECTION
from pipeline.letters.sheets.evaluation import EVALUATION
from pipeline.letters.sheets.follow_up import REQUEST
from pipeline.letters.sheets.notice import NOTICE
from pipeline.letters.sheets.oral_complaint import FORM
from pipeline.letters.sheets.recommendation import RECOMMENDATION
from pipeline.letters.sheets.register_book import BOOK, row
from pipeline.letters.sheets.register_leaves import book
from pipeline.letters.sheets.review_memo import MEMO
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE, field
from pipeline.letters.sheets.transfer_letter import TRANSFER
from pipeline.letters.sheets.warning_letters import FIRST, SECOND

LETTERS = (TRANSFER, RECOMMENDATION, NOTICE, REQUEST, EVALUATION, FIRST, SECOND, CLOSING, CORRECTION)
#: The value that grows in each of them.
GROWING = {
    TRANSFER: "ringkasan",
    RECOMMENDATION: "analisis",
    NOTICE: "rekomendasi",
    REQUEST: "catatan",
    EVALUATION: "simpulan",
    MEMO: "uraian_saran",
    PROPOSAL: "pihak",
    FIRST: "catatan",
    SECOND: "catatan",
    CLOSING: "hasil",
    CORRECTION: "alasan",
}
#: Seconds of processor that a document may take.
CPU = 0.1


def pages(pdf: bytes) -> list[list[str]]:
    """Return the lines of each page without the page code."""
    texts = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    lines = ([re.sub(r"\s+", " ", line).strip() for line in text.splitlines()] for text in texts)
    return [[line for line in page if line and not re.match(r"YK1:|Kode halaman", line)] for page in lines]


def advice(number: int) -> dict[str, str]:
    words = "memeriksa air sumur warga " * 7
    return {
        "instansi": f"Kepala Dinas {number}",
        "tindakan": f"Awal-{number} {words}akhir-{number}",
        "tenggat": "besok",
    }


#: By how much each has grown where its signature comes to the end of a page: were nothing in the template kept with
#: what follows it, the signature would stand there alone (tried 2026-11-27). Of the others it never does; what is
#: signed takes eight lines and more, as many as their steps.
AT_THE_END = {
    RECOMMENDATION: (6, 8),
    NOTICE: (1, 9),
    REQUEST: (4, 6),
    MEMO: (22, 24),
    PROPOSAL: (2, 8),
    FIRST: (4, 6),
    SECOND: (4, 6),
    CLOSING: (3, 5),
}
GROWN = [
    (template, count) if count in at_the_end else slowly(template, count)
    for template in GROWING
    for at_the_end in [AT_THE_END.get(template, (0, 4, 8))]
    for count in sorted({*range(12), *at_the_end})
]


@pytest.mark.parametrize(("template", "count"), GROWN)
def test_a_signature_has_at_least_two_lines_of_its_letter_above_it(
    press: LibreOfficePress, template: str, count: int
) -> None:
    values = specimen_of(template)
    paragraphs = count + 10 if template in (MEMO, PROPOSAL) else count * 2
    more: list[Any] = [advice(n) for n in range(count)] if template == NOTICE else ["Satu alinea lagi."] * paragraphs

    sheets = pages(on_paper(press, template, {**values, GROWING[template]: [*values[GROWING[template]], *more]}))

    signed = next(page for page in sheets if any(line.startswith("NIP ") for line in page))
    title = signed.index(f"{values['penandatangan_jabatan']},")
    boxes = next((n for n, line in enumerate(signed[:title]) if line.startswith("Diparaf oleh")), title)
    above = [line for line in signed[:boxes] if not line.isdigit()]
    assert len(above) >= 2
    assert signed[title + 1] == values["penandatangan_nama"]
    copies = [page[page.index("Tembusan:") :] for page in sheets if "Tembusan:" in page]
    assert [sum(any(name in line for line in told) for name in values.get("tembusan", ())) for told in copies] in (
        [],
        [len(values.get("tembusan", ()))],
    ), "the copies stand whole on one page"


@pytest.mark.parametrize("template", [RECOMMENDATION, NOTICE, REQUEST, FIRST])
def test_a_row_of_recommendations_never_splits_and_each_page_has_the_heading(
    press: LibreOfficePress, template: str
) -> None:
    rows = [advice(n) for n in range(1, 31)]
    values = {**specimen_of(template), "rekomendasi": rows}
    if template == RECOMMENDATION:  # so many stand on pages of their own
        values["rekomendasi_terlampir"] = "ya"

    sheets = pages(on_paper(press, template, values))

    texts = [" ".join(page) for page in sheets]
    for number in range(1, 31):
        (where,) = [n for n, text in enumerate(texts) if re.search(rf"Awal-{number}\b", text)]
        assert re.search(rf"akhir-{number}\b", texts[where])
        assert "Pelaksana Tindakan Tenggat" in texts[where]


@pytest.mark.parametrize("specimen", ["lazim", "panjang"])
@pytest.mark.parametrize("template", [FORM, *LETTERS])
def test_the_page_code_stands_clear_on_every_page(press: LibreOfficePress, template: str, specimen: str) -> None:
    document = pypdfium2.PdfDocument(specimen_on_paper(press, template, specimen))

    for number, page in enumerate(document, 1):
        image = foot_of(page)
        codes = zxingcpp.read_barcodes(image)
        assert [code.text for code in codes] == [page_text(PAGE_KEY, PAGE_CODE.document, number, len(document))]
        top = min(codes[0].position.top_left.y, codes[0].position.top_right.y)
        assert image.crop((0, top - round(4 / 25.4 * 150), image.width, top - 4)).getextrema() == (255, 255)


def test_the_signature_of_attached_recommendations_has_the_last_of_them_above_it(press: LibreOfficePress) -> None:
    values = {**specimen_of(RECOMMENDATION), "rekomendasi_terlampir": "ya"}

    for count in range(16, 28, 3):
        rows = [{"instansi": "Camat", "tindakan": f"Rapat {n}", "tenggat": "besok"} for n in range(1, count + 1)]
        *_, last = pages(on_paper(press, RECOMMENDATION, {**values, "rekomendasi": rows}))
        assert f"{count} Camat Rapat {count} besok" in " ".join(last)
        assert values["penandatangan_nama"] in last


def test_the_kop_stands_on_the_first_page_only(press: LibreOfficePress) -> None:
    first, *others = pages(specimen_on_paper(press, RECOMMENDATION, "panjang"))

    assert "KANTOR WILAYAH BENGKULU" in first
    assert [page[0] for page in others] == [str(number) for number in range(2, len(others) + 2)]
    assert not any("KANTOR WILAYAH BENGKULU" in page for page in others)


@pytest.mark.parametrize("template", [TRANSFER, RECOMMENDATION, NOTICE, REQUEST, SECOND, CLOSING, CORRECTION])
def test_every_page_of_a_draft_says_so(press: LibreOfficePress, template: str) -> None:
    facts = replace(specimen_facts(template)["panjang"], naskah_number="", naskah_date=None)

    sheets = pages(on_paper(press, template, context(template, facts, SPECIMEN_OFFICE)))

    assert len(sheets) > 1
    assert all("KONSEP" in "".join(page[:2] + page[-1:]).replace(" ", "") for page in sheets)


@pytest.mark.parametrize("specimen", ["lazim", "panjang"])
@pytest.mark.parametrize("template", [TRANSFER, RECOMMENDATION, REQUEST, FIRST, SECOND, CORRECTION])
def test_no_page_for_the_agency_says_who_complains(press: LibreOfficePress, template: str, specimen: str) -> None:
    text = " ".join(line for page in pages(specimen_on_paper(press, template, specimen)) for line in page)

    assert not re.search(r"Sari Melati|Hendra Gunawan|Yusuf Pratama|Forum Warga|1771014501850001|0800-0000", text)
    untold = "identitas para pelapor ada pada kami" in text or "yang dilimpahkan kepada kami" in text
    assert untold or template == CORRECTION


def test_the_empty_form_has_two_pages_to_write_on(press: LibreOfficePress) -> None:
    first, second = pages(specimen_on_paper(press, FORM, "kosong"))

    assert "B. Terlapor" in first
    assert second[1] == "C. Isi pengaduan"
    assert "Rina Contoh, S.H." in " ".join(second)


@pytest.mark.parametrize("text", ["CONTOH ", "W", "甲", *map(slowly, ("Contoh ", "tanpaspasi", "a b "))])
def test_a_page_of_the_register_is_a_page_of_paper_also_in_a_year_of_the_widest_cases(
    press: LibreOfficePress, text: str
) -> None:
    wide = {
        **{name: field(text * 200) for name in ("perihal", "nomor_surat", "tempat_kejadian", "nomor_agenda")},
        **{name: field(text * 200) for name in ("lembaga_pelapor", "kapasitas", "klasifikasi", "tanggal_surat")},
        "terlapor": [field(text * 40)] * 9,
        "hak": [field(number) for number in range(1, 11)],
    }
    facts = replace(specimen_facts(BOOK)["panjang"], fields=wide, channel=text * 90)
    rows = [row(replace(facts, number=f"2026/{n:04d}"), SPECIMEN_OFFICE) for n in range(1, 4)]
    values = book(rows, 2026, SPECIMEN_OFFICE)

    sheets = pages(on_paper(press, BOOK, {**specimen_of(BOOK, "kosong"), **values}))

    count = len(values["halaman"])
    assert [page[-1].rpartition(" Halaman ")[2] for page in sheets] == [
        f"{n} dari {count}" for n in range(1, count + 1)
    ]


def test_a_document_is_drafted_in_a_tenth_of_a_second_and_all_sheets_of_a_case_in_one() -> None:
    typist = WordTypist(TEMPLATES_FOLDER)
    values = {template: specimen_of(template) for template in TEMPLATES}

    spent = {
        template: processor_seconds(lambda template=template: typist.draft(template, values[template]))
        for template in TEMPLATES
    }

    assert {template: seconds for template, seconds in spent.items() if seconds >= CPU} == {}
    assert sum(spent.values()) < 1.0
