"""What the papers of an audience say, and whom they do not name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from kinds_of_case import facts_of_kind, office_of_kind

from pipeline.access.masking import names_complainant
from pipeline.letters.sheets import context, specimen_facts
from pipeline.letters.sheets.attendance_list import ATTENDANCE
from pipeline.letters.sheets.audience_proposal import PROPOSAL
from pipeline.letters.sheets.invitation import INVITATION
from pipeline.letters.sheets.separate_leaf import LEAF
from pipeline.letters.sheets.sheet_facts import MoveMade, SheetFacts
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE, as_in_the_sop, field
from pipeline.office.officials import Official

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=timezone(timedelta(hours=7)))


def invited(template: str, *guests: str, **changes: Any) -> dict[str, Any]:
    values = {"pihak": list(guests), "tanggal_audiensi": "2026-12-02", "waktu_audiensi": "09.00 WIB"}
    known = case(MoveMade("undang", NOON, "kasubbid", values), **{**as_in_the_sop().get(template, {}), **changes})
    return context(template, known, SPECIMEN_OFFICE)


def case(*moves: MoveMade, **changes: Any) -> SheetFacts:
    return replace(specimen_facts(INVITATION)["lazim"], moves=moves, **changes)


def test_a_single_guest_is_the_addressee() -> None:
    letter = invited(INVITATION, "Camat Contoh")

    assert (letter["yth"], letter["undangan_di_surat"], letter["daftar_undangan"]) == (["Camat Contoh"], [], [])


def test_up_to_three_guests_are_numbered_on_the_letter() -> None:
    letter = invited(INVITATION, "A", "B", "C")

    assert (letter["yth"], letter["undangan_di_surat"], letter["lampiran_naskah"]) == ([], ["A", "B", "C"], "-")


def test_more_guests_stand_on_a_page_of_their_own() -> None:
    letter = invited(INVITATION, "A", "B", "C", "D")

    assert letter["yth"] == ["Pejabat sebagaimana tercantum dalam lampiran"]
    assert letter["daftar_undangan"] == ["A", "B", "C", "D"]
    assert letter["lampiran_naskah"] == "1 (satu) lembar"


@pytest.mark.parametrize("guest", ["Sari Melati", "Saudari SARI  MELATI, warga", "Hendra Gunawan dkk."])
def test_the_invitation_does_not_say_who_complains(guest: str) -> None:
    letter = invited(INVITATION, "Camat Contoh", guest)

    assert letter["undangan"] == letter["yth"] == ["Camat Contoh"]


def test_the_subject_is_quoted_without_the_complainant() -> None:
    fields = {"pelapor": [{"nama": field("Sari Melati")}], "perihal": field("Pengaduan Sari Melati atas sumur")}

    assert invited(INVITATION, "A", fields=fields)["pokok_pengaduan"].endswith("mengenai pelapor atas sumur")


def test_the_text_that_names_nobody_is_known_as_such() -> None:
    assert not names_complainant("Kepala Desa Contoh", specimen_facts(INVITATION)["lazim"].fields)


def test_the_attendance_list_has_fifteen_rows_and_more_for_more_guests() -> None:
    few, many = invited(ATTENDANCE, "A"), invited(ATTENDANCE, *(f"Camat {n}" for n in range(20)))

    assert [len(sheet["daftar"]) for sheet in (few, many)] == [15, 28]


def test_the_attendance_list_names_agencies_but_not_the_complainant() -> None:
    rows = invited(ATTENDANCE, "Camat Contoh", "Sari Melati")["daftar"]

    assert [row["unsur"] for row in rows if not row["nama"]][:2] == ["Camat Contoh", ""]


def test_the_office_s_own_people_stand_printed_in_the_attendance_list() -> None:
    rows = [(row["nama"], row["unsur"]) for row in invited(ATTENDANCE, "Camat Contoh")["daftar"] if row["nama"]]

    assert rows[0] == ("Eko Contoh", "Kepala Bidang HAM")
    assert len(rows) == 3


@pytest.mark.parametrize(
    ("day", "first"), [("2026-12-02", "Joko Contoh"), ("2026-11-30", "Eko Contoh"), ("", "Eko Contoh")]
)
def test_the_offices_own_people_are_those_of_the_day_of_the_audience(day: str, first: str) -> None:
    later = Official("kabid", "Kepala Bidang HAM", "Joko Contoh", since=date(2026, 12, 1), acting="Plh.")
    office = replace(SPECIMEN_OFFICE, officials=(*SPECIMEN_OFFICE.officials, later))
    known = case(MoveMade("undang", NOON, "kasubbid", {"tanggal_audiensi": day}), **as_in_the_sop()[ATTENDANCE])

    assert context(ATTENDANCE, known, office)["daftar"][0]["nama"] == first


@pytest.mark.parametrize(
    ("known", "kept"),
    [
        ({"channel": "surat"}, "ya"),
        ({"channel": "berita", "fields": {}}, ""),
        ({"channel": "berita"}, "ya"),  # somebody complained since
        ({"channel": None}, "ya"),
    ],
)
def test_the_attendance_list_tells_of_a_leaf_only_where_somebody_signs_on_one(known: dict[str, Any], kept: str) -> None:
    assert invited(ATTENDANCE, "Camat Contoh", **known)["ada_dirahasiakan"] == kept


def test_an_agency_that_passed_a_complaint_on_has_a_row_where_others_may_read_which_it_is() -> None:
    facts = facts_of_kind("instansi", ATTENDANCE)
    secret = replace(facts, fields={**facts.fields, "sifat": field("rahasia")})

    open_list, kept = (context(ATTENDANCE, known, office_of_kind("instansi")) for known in (facts, secret))

    agency = "Komisi Nasional Rekaan Perwakilan Bengkulu"
    assert [row["nomor"] for row in open_list["daftar"] if row["unsur"] == agency] == [3], "below who was invited"
    assert not any("Komisi" in row["unsur"] or "melimpahkan" in row["unsur"] for row in kept["daftar"])
    assert kept["ada_dirahasiakan"] == "ya"


@pytest.mark.parametrize("template", [ATTENDANCE, LEAF])
def test_a_later_page_says_of_which_case_it_is(template: str) -> None:
    docx = Document(Path(__file__).resolve().parents[2] / "letter_templates" / f"{template}.docx")

    head = " ".join(paragraph.text for paragraph in docx.sections[0].header.paragraphs)
    assert "Audiensi/Koordinasi\nNomor Register {{ nomor_register }}" in head


def test_signatures_zigzag_down_the_attendance_list() -> None:
    rows = invited(ATTENDANCE)["daftar"]

    assert [(row["kiri"], row["kanan"]) for row in rows[:2]] == [("1.", ""), ("", "2.")]


@pytest.mark.parametrize("day", ["2026-12-02", date(2026, 12, 2), datetime(2026, 12, 2, 9, 0)])
def test_the_day_of_the_audience_is_written_with_its_weekday(day: object) -> None:
    proposed = MoveMade("usulkan-audiensi", NOON, "kasubbid", {"tanggal_audiensi": day})

    assert context(PROPOSAL, case(proposed), SPECIMEN_OFFICE)["hari_tanggal"] == "Rabu, 2 Desember 2026"


def test_a_day_that_is_none_leaves_the_line_free() -> None:
    proposed = MoveMade("usulkan-audiensi", NOON, "kasubbid", {"tanggal_audiensi": "minggu depan"})

    assert context(PROPOSAL, case(proposed), SPECIMEN_OFFICE)["hari_tanggal"] == ""


def test_the_proposal_is_for_the_office_and_names_its_parties() -> None:
    proposed = MoveMade("usulkan-audiensi", NOON, "kasubbid", {"pihak": ["Sari Melati"]})

    assert context(PROPOSAL, case(proposed), SPECIMEN_OFFICE)["pihak"] == ["Sari Melati"]


def test_a_number_in_a_narrow_column_stays_beside_its_word() -> None:
    rows = invited(ATTENDANCE, "Kepala Desa Contoh KM 7")["daftar"]

    assert rows[0]["unsur"] == "Kepala Desa Contoh KM\u00a07"
