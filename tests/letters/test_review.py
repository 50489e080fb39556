"""What the review memo and the letters to the complainant say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from fakes import WIB

from pipeline.letters.sheets import context
from pipeline.letters.sheets.review_letters import INCOMPLETE, MERGED, NO_INDICATION, NOT_COMPETENT
from pipeline.letters.sheets.review_memo import MEMO
from pipeline.letters.sheets.sheet_facts import MoveMade, SheetFacts
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE
from pipeline.office import wording
from pipeline.office.laws import SHIPPED, laws_of
from pipeline.office.officials import Official

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=WIB)
LETTERS = (INCOMPLETE, NOT_COMPETENT, NO_INDICATION, MERGED)


def facts(*moves: MoveMade, **changes: Any) -> SheetFacts:
    plain = SheetFacts(
        register_number="0007/YANKOMAS/2026",
        number="2026/0007",
        received_at=NOON,
        status_code="K7QM-2XPA-94TD",
        drafted_on=date(2026, 11, 25),
        fields={},
        pages=2,
        moves=moves,
        signers=("kakanwil",),
    )
    return replace(plain, **changes)


@pytest.mark.parametrize("template", LETTERS)
def test_a_letter_without_a_number_is_a_draft_and_says_so(template: str) -> None:
    draft = context(template, facts(), SPECIMEN_OFFICE)

    assert [draft[name] for name in ("tanda_konsep", "nomor_naskah", "tanggal_naskah")] == ["KONSEP", "", ""]


@pytest.mark.parametrize("template", LETTERS)
def test_a_letter_with_its_number_is_no_draft_any_more(template: str) -> None:
    numbered = facts(naskah_number="W.8-HA.01.07-0012", naskah_date=date(2026, 11, 26))

    letter = context(template, numbered, SPECIMEN_OFFICE)

    assert letter["tanda_konsep"] == ""
    assert letter["nomor_naskah"] == "W.8-HA.01.07-0012"
    assert letter["tanggal_naskah"] == "26 November 2026"


def test_whoever_holds_the_post_on_the_day_of_the_letter_signs_it() -> None:
    acting = Official("kakanwil", "Kepala Kantor Wilayah", "Joko Contoh", "1", date(2026, 11, 26), None, "Plh.")
    office = replace(SPECIMEN_OFFICE, officials=(*SPECIMEN_OFFICE.officials, acting))

    draft = context(NO_INDICATION, facts(), office)
    letter = context(NO_INDICATION, facts(naskah_number="1", naskah_date=date(2026, 11, 26)), office)

    assert (draft["penandatangan_jabatan"], draft["penandatangan_nama"]) == ("Kepala Kantor Wilayah", "Budi Contoh")
    assert (letter["penandatangan_jabatan"], letter["penandatangan_nama"]) == (
        "Plh. Kepala Kantor Wilayah",
        "Joko Contoh",
    )


def test_who_signs_on_behalf_has_their_own_title_below_the_posts() -> None:
    own = "Kepala Divisi Pelayanan Hukum dan HAM"
    deputy = Official("kakanwil", "Kepala Kantor Wilayah", "Dewi Contoh", "2", acting="a.n.", own_title=own)
    office = replace(SPECIMEN_OFFICE, officials=(*SPECIMEN_OFFICE.officials, deputy))

    letter = context(INCOMPLETE, facts(), office)

    assert letter["penandatangan_jabatan"] == f"a.n. Kepala Kantor Wilayah\n{own}"
    assert letter["penandatangan_nama"] == "Dewi Contoh"
    memo = context(MEMO, facts(MoveMade("telaah", NOON, "kasubbid", {})), office)
    assert memo["tujuan_jabatan"] == "Kepala Kantor Wilayah", "the post is written to, not who signs for it"


def test_an_empty_post_leaves_name_and_nip_to_be_written() -> None:
    letter = context(NO_INDICATION, facts(), replace(SPECIMEN_OFFICE, officials=()))

    assert letter["penandatangan_jabatan"] == "Kepala Kantor Wilayah"
    assert (letter["penandatangan_nama"], letter["penandatangan_nip"]) == ("", "")


def test_what_is_missing_and_how_long_there_is_to_send_it_stand_in_the_letter() -> None:
    asked = MoveMade("minta-kelengkapan", NOON, "kasubbid", {"kekurangan": ["KTP", "  ", "Surat\nkuasa"]})

    letter = context(INCOMPLETE, facts(asked, answer_days=14), SPECIMEN_OFFICE)

    assert letter["kekurangan"] == ["KTP", "Surat kuasa"]
    assert letter["batas_jawaban"] == "14 (empat belas) hari kerja"


def test_who_does_not_complete_a_complaint_reads_by_which_rule_it_is_withdrawn() -> None:
    asked = MoveMade("minta-kelengkapan", NOON, "kasubbid", {"kekurangan": ["KTP"]})
    without = laws_of(SHIPPED.read_text(encoding="utf-8").replace('dicabut = "Pasal 13 ayat (4)"', ""))
    bare = replace(SPECIMEN_OFFICE, own_laws=lambda: without)

    cited, silent = (
        context(INCOMPLETE, facts(asked), office)["dasar_pencabutan"] for office in (SPECIMEN_OFFICE, bare)
    )

    assert cited.startswith(
        "Pasal 13 ayat (4) Peraturan Menteri Hukum dan Hak Asasi Manusia Nomor 23 Tahun 2022 tentang"
    )
    assert silent == ""


def test_an_office_that_counts_days_of_the_calendar_says_so_to_the_complainant() -> None:
    asked = MoveMade("minta-kelengkapan", NOON, "kasubbid", {"kekurangan": ["KTP"]})

    letter = context(INCOMPLETE, facts(asked, answer_days=10, working_days=False), SPECIMEN_OFFICE)

    assert letter["batas_jawaban"] == "10 (sepuluh) hari kalender"


def test_the_newest_answer_to_a_form_is_the_one_that_counts() -> None:
    first, second = (MoveMade("tidak-berwenang", NOON, "kabid", {"instansi_berwenang": name}) for name in "AB")

    assert context(NOT_COMPETENT, facts(first, second), SPECIMEN_OFFICE)["instansi_berwenang"] == "B"


def test_the_day_of_minutes_is_written_in_words() -> None:
    words = "Rabu, tanggal dua puluh lima bulan November tahun dua ribu dua puluh enam"

    assert wording.date_in_words(date(2026, 11, 25)) == words
