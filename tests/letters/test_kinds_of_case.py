"""Every sheet in every kind of case says what is true of that case, whole, in the office's words."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from drafted_kinds import paragraphs
from kinds_of_case import KINDS, facts_of_kind, office_of_kind, sheets_of_kind

from pipeline.access.masking import naming
from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.sheets import TEMPLATES, context
from pipeline.letters.sheets.disposition_sheet import DISPOSITION
from pipeline.letters.sheets.minutes import MINUTES
from pipeline.letters.sheets.receipt import RECEIPT
from pipeline.letters.sheets.register_book import BOOK
from pipeline.letters.sheets.separate_leaf import LEAF

ROOT = Path(__file__).resolve().parents[2]
#: The sheets that people outside the office read, other than the complainant.
TO_OTHERS = (
    "04-surat-penerusan",
    "05-undangan-audiensi",
    "05-daftar-hadir",
    "05-berita-acara",
    "06-surat-rekomendasi",
    "06-ralat",
    "07-permintaan-tindak-lanjut",
    "07-teguran-pertama",
    "07-teguran-kedua",
)
#: What tells who complains, or is a victim, in one kind or another.
IDENTITY = re.compile(
    r"sari\s+melati|hendra\s+gunawan|yusuf\s+pratama|wulan|bayu|joko\s+contoh,?\s+s\.h|1771\d{6}|0812|07/FWS"
    r"|31/LBH|forum warga|lembaga bantuan|jalan melur|dusun (dua|tiga)",
    re.IGNORECASE,
)
#: What no reader of a sheet should meet: cut texts, keys, shapes of the program, holes where something was left out.
RAW = re.compile(
    r"…| \| |\{'|\['|\bNone\b|\bTrue\b|\bFalse\b|\{\{|\{%|\btim-yankomas\b|\btidak-dilanjutkan\b|\bterbatas\b"
    r"| ,| \.(?!\.)|,,|\(\)|: ,|;;|(?<!\.)\.\.(?!\.)|\bnan\b"
)
#: The sheets of which each page has the same head, or none.
HEADLESS = (RECEIPT, BOOK, DISPOSITION)


@cache
def _typist() -> WordTypist:
    return WordTypist(ROOT / "letter_templates")


@cache
def said(kind: str, template: str) -> tuple[str, ...]:
    """The paragraphs of a sheet as the office drafts it for that kind of case."""
    return tuple(text.strip() for text in paragraphs(kind, template) if text.strip())


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_cut_or_raw(kind: str) -> None:
    assert [(t, text) for t in sheets_of_kind(kind) for text in said(kind, t) if RAW.search(text)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_heading_stands_over_a_mere_dash(kind: str) -> None:
    assert [t for t in sheets_of_kind(kind) for text in said(kind, t) if text in ("–", "—")] == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_post_in_what_others_read_tells_where_the_complainant_lives(kind: str) -> None:
    """A kind of case is one that the office could draft: what stops a draft finds nothing in it."""
    fields = facts_of_kind(kind, MINUTES).fields
    values = context(MINUTES, facts_of_kind(kind, MINUTES), office_of_kind(kind))

    assert [naming(row["jabatan"], fields) for row in values["penanda_tangan"] if naming(row["jabatan"], fields)] == []


@pytest.mark.parametrize("template", [t for t in TO_OTHERS if t in TEMPLATES])
@pytest.mark.parametrize("kind", KINDS)
def test_others_do_not_read_who_complains(kind: str, template: str) -> None:
    assert [text for text in said(kind, template) if IDENTITY.search(text)] == []


@pytest.mark.parametrize("template", [t for t in TO_OTHERS if t in TEMPLATES])
def test_a_case_from_the_news_has_no_complainant_in_letters(template: str) -> None:
    told = "\n".join(said("berita", template))

    assert not re.search(r"\bpelapor\b|pengaduan masyarakat", told, re.IGNORECASE)


@pytest.mark.parametrize(
    "template", [t for t in sheets_of_kind("berita") if t != RECEIPT]
)  # which nobody gets: test_letters_to_nobody
def test_a_case_from_the_news_never_speaks_of_a_letter_that_came(template: str) -> None:
    assert [text for text in said("berita", template) if re.search(r"surat pengaduan", text, re.IGNORECASE)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_correction_tells_the_place_as_offices_do(kind: str) -> None:
    """And it is there: the sample corrects what the recommendation says under that number and letter."""
    (row,) = context("06-ralat", facts_of_kind(kind, "06-ralat"), office_of_kind(kind))["ralat"]
    facts = facts_of_kind(kind, "06-surat-rekomendasi")
    basis = context("06-surat-rekomendasi", facts, office_of_kind(kind))["dasar"]

    (letter,) = re.fullmatch(r"Angka 1 huruf ([a-z])", row["letak"]).groups()
    assert row["semula"] in basis["abcdefghijkl".index(letter)]


def test_running_text_is_set_from_the_left_on_every_sheet() -> None:
    """Numbers and dates are parted nowhere: a justified line before one would be torn apart."""
    justified = {}
    for path in sorted((ROOT / "letter_templates").glob("*.docx")):
        with ZipFile(path) as parts:
            if b'w:val="both"' in parts.read("word/styles.xml") + parts.read("word/document.xml"):
                justified[path.name] = "rata kanan kiri"

    assert justified == {}


def test_who_signs_on_behalf_reports_to_the_post_and_gets_no_copy() -> None:
    told = {template: said("pengganti", template) for template in TEMPLATES}
    on_behalf = {t: text for t, text in told.items() if any(line.startswith("a.n.") for line in text)}
    copied = {t: text[text.index("Tembusan:") + 1 :] for t, text in on_behalf.items() if "Tembusan:" in text}

    assert len(copied) >= 12
    assert [t for t, copies in copied.items() if "Kepala Kantor Wilayah (sebagai laporan)" not in copies] == []
    assert [t for t, copies in copied.items() if any(line.startswith("Kepala Divisi") for line in copies)] == []


def heads(kind: str, template: str) -> list[str]:
    """What stands at the head of the first page, and of each later one."""
    values = context(template, facts_of_kind(kind, template), office_of_kind(kind))
    section = Document(io.BytesIO(_typist().draft(template, values).docx)).sections[0]
    return ["\n".join(p.text for p in head.paragraphs) for head in (section.first_page_header, section.header)]


@pytest.mark.parametrize(
    "template", [t for t in sheets_of_kind("korban-anak") if t not in (RECEIPT, BOOK, DISPOSITION)]
)
def test_every_page_of_a_secret_case_says_so_at_its_head_and_of_another_none(template: str) -> None:
    assert all("RAHASIA" in head for head in heads("korban-anak", template))
    assert template == LEAF or not any("RAHASIA" in head for head in heads("surat", template))


def test_receipt_register_and_disposition_of_a_secret_case_say_so_too() -> None:
    assert "RAHASIA" in heads("korban-anak", DISPOSITION)[1], "its pages have one head"
    assert said("korban-anak", RECEIPT).count("RAHASIA") == 2, "on both copies"
    assert "RAHASIA" in said("korban-anak", BOOK)
