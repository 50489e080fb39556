"""Rules of letters that others read: who was there and is not named, how the case is spoken of, which SOP is cited."""

from __future__ import annotations

import pytest
from sheet_factory import usual

from pipeline.letters.sheets.agency_letter import case_words, particulars, procedure
from pipeline.letters.sheets.attendees import KEPT, ON_A_LEAF, present, told_of
from pipeline.letters.sheets.minutes import MINUTES
from pipeline.letters.sheets.recommendation import RECOMMENDATION
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE, field

SITI = {"pelapor": [{"nama": field("Siti Rekaan")}]}


@pytest.mark.parametrize(
    ("agrees", "capacity", "named"),
    [("ya", "korban", True), ("ya", "keluarga", False), ("tidak", "korban", False), ("tidak", "keluarga", False)],
)
def test_who_is_there_as_the_victim_is_named_only_where_that_is_who_agreed_to_be(agrees, capacity, named):
    facts = usual(MINUTES, fields={**SITI, "izin_identitas": field(agrees), "kapasitas": field(capacity)})

    (told,) = told_of([{"nama": "Wati Umpama", "jabatan": "Korban"}], facts)

    shown = (told.row["nama"].replace("\u00a0", " "), told.row["tanda_tangan"])
    assert shown == (("Wati Umpama", "") if named else (f"Korban {KEPT}", ON_A_LEAF))


@pytest.mark.parametrize("tie", ["Kuasa", "Kuasa hukum", "Pendamping hukum dari", "Orang tua", "Para"])
def test_whoever_is_there_for_the_complainant_is_told_by_what_they_are_to_them(tie):
    (told,) = told_of([{"nama": "Wati Umpama", "jabatan": f"{tie} pelapor"}], usual(MINUTES, fields=SITI))

    assert told.name == f"{tie} pelapor {KEPT}"


@pytest.mark.parametrize(
    ("post", "own"),
    [
        (f"Staf {SPECIMEN_OFFICE.name}", True),
        ("Petugas YANKOMAS", True),
        ("Kabid HAM.", True),
        ("Kepala Bidang HAM.", True),
        ("Camat Contoh", False),
    ],
)
def test_the_offices_own_are_known_by_their_names_or_posts(post, own):
    facts = usual(MINUTES, fields=SITI)
    rows = [{"nama": "Wati Umpama", "jabatan": post}, {"nama": "eko contoh, S.H.", "jabatan": "Tamu"}]

    ours, others = present(rows, facts, SPECIMEN_OFFICE)

    assert [one.name for one in ours] == ["Wati Umpama"] * own + ["eko contoh, S.H."]
    assert [one.name for one in others] == ["Wati Umpama"] * (not own)


@pytest.mark.parametrize(
    ("channel", "told"),
    [
        ("surat", "Hal yang dimohon: gaji pelapor dibayar."),
        ("lisan", "Hal yang dimohon: gaji pelapor dibayar."),
        ("pelimpahan", "Hal yang dimohon: gaji saya dibayar."),
    ],
)
def test_what_is_asked_for_is_told_by_the_office_but_for_an_agencys_own_words(channel, told):
    assert particulars(usual(RECOMMENDATION, channel=channel, fields={"permintaan": [field("gaji saya dibayar")]})) == [
        told
    ]


@pytest.mark.parametrize(
    ("fields", "channel", "told"),
    [
        ({}, "pelimpahan", "ya"),
        (SITI, "pelimpahan", ""),
        ({"kuasa": SITI["pelapor"][0]}, "pelimpahan", ""),
        ({}, "surat", ""),
    ],
)
def test_that_an_agency_complains_is_told_where_no_person_does(fields, channel, told):
    assert case_words(usual(RECOMMENDATION, channel=channel, fields=fields))["instansi_melimpahkan"] == told


def test_an_sop_is_cited_by_number_and_title_or_not_at_all():
    known = {"nomor_sop": "7", "nama_sop": "Pengaduan"}

    assert procedure(known) == ["Standar Operasional Prosedur Nomor 7 tentang Pengaduan"]
    assert [procedure({**known, name: ""}) for name in known] == [[], []]
