"""The boxes of those who initial a letter, beside its signature."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fakes import PAGE_CODE, PAGE_KEY
from sheet_factory import paper, usual

from pipeline.letters.engines.libreoffice import LibreOfficePress
from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.page_codes import page_text
from pipeline.letters.sheets import context
from pipeline.letters.sheets.recommendation import RECOMMENDATION
from pipeline.letters.sheets.review_memo import MEMO
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE
from pipeline.office.officials import Official
from pipeline.scans.comparison.printed_page import PrintedPage, printed_page
from pipeline.scans.comparison.signature_places import signature_places
from pipeline.signing.engines.page_text import sheet_text
from pipeline.signing.ports import SignerNamed
from pipeline.signing.signature_place import place_of

TEMPLATES = Path(__file__).resolve().parents[2] / "letter_templates"
DRAFTER = SignerNamed("Kepala Subbidang Pemajuan HAM", "Fitri Contoh", "19850404 200901 2 002")


def last_page(pdf: bytes) -> PrintedPage:
    pages = len(sheet_text(pdf).widths)
    page = printed_page(pdf, pages - 1, page_text(PAGE_KEY, PAGE_CODE.document, pages, pages))
    assert page
    return page


def test_those_who_initial_stand_in_the_order_of_the_sop_by_their_titles_of_the_day() -> None:
    acting = Official("kadiv", "Kepala Divisi Pelayanan Hukum dan HAM", "Agus Contoh", acting="Plh.")
    office = replace(SPECIMEN_OFFICE, officials=(acting, *SPECIMEN_OFFICE.officials))

    memo = context(MEMO, usual(MEMO, initials=("kabid", "kadiv")), office)

    assert memo["paraf"] == ["Kepala Bidang HAM", "Plh. Kepala Divisi Pelayanan Hukum dan HAM"]


def test_who_signs_on_behalf_initials_nothing_of_their_own() -> None:
    post = "Kepala Divisi Pelayanan Hukum dan HAM"
    signing = Official("kakanwil", "Kepala Kantor Wilayah", "Agus Contoh", acting="a.n.", own_title=f"Plh. {post}")
    acting = Official("kadiv", post, "Agus Contoh", acting="Plh.")
    office = replace(SPECIMEN_OFFICE, officials=(signing, acting, *SPECIMEN_OFFICE.officials))

    letter = context(RECOMMENDATION, usual(RECOMMENDATION, initials=("kabid", "kadiv")), office)

    assert letter["paraf"] == ["Kepala Bidang HAM"]


@pytest.mark.parametrize("initials", [(), ("kabid", "kadiv"), ("kasubbid", "kabid", "kadiv")])
def test_the_boxes_leave_the_place_of_the_signature_where_it_was(
    press: LibreOfficePress, initials: tuple[str, ...]
) -> None:
    pdf = press.print(WordTypist(TEMPLATES).draft(MEMO, paper(MEMO, initials=initials)).docx, PAGE_CODE)

    page, place = last_page(pdf), place_of(sheet_text(pdf), DRAFTER)

    assert [found.name for found in signature_places(page)] == ["Fitri Contoh"]
    assert place.left > 297
    boxes = [strip for strip in page.strips if "araf" in strip.text]
    assert [strip.text for strip in boxes] == (["Diparaf oleh", "Paraf, tanggal"] if initials else [])
    assert all(strip.area[2] < signature_places(page)[0].area[0] for strip in boxes)
