"""What the office keeps of a person, as they get it: their own, and nothing of others."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime

import pytest
from case_factory import CALENDAR, case_of, received, recognised
from life_office import MORNING
from openpyxl import load_workbook
from usual_standing import standing
from web_desk import WebDesk

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.store.sop_editions import editions
from pipeline.errors import NotAllowed
from pipeline.privacy import requests as asking
from pipeline.privacy.held_data import candidates, held_case, is_same_person
from pipeline.privacy.matters import By
from pipeline.register.row import row_of

SOP = editions()[0]
NIK = "1771014506800001"
TEAM = By("tim", "tim-yankomas")


@pytest.mark.parametrize(
    ("name", "nik", "person", "same"),
    [
        ("Siti Rekaan", "", {"nama": "Siti Rekaan, S.H."}, True),
        ("Siti Rekaan", "", {"nama": "Siti Contoh"}, False),
        ("Siti", "", {"nama": "Siti Rekaan"}, False),
        ("Siti Rekaan", NIK, {"nama": "S. Rekaan", "nik": "1771 0145 0680 0001"}, True),
        ("Siti Rekaan", NIK, {"nama": "Siti Rekaan", "nik": "1771014506800002"}, False),
        ("Siti Rekaan", "", "Siti Rekaan", True),
        ("Siti Rekaan", NIK, "Siti Rekaan", True),
        ("Siti Rekaan", NIK, {"nilai": "Siti Rekaan", "yakin": 0.9}, True),
    ],
)
def test_a_person_is_told_by_nik_and_else_by_the_whole_name(name, nik, person, same):
    assert is_same_person(name, nik, person) is same


@pytest.fixture
def desk(tmp_path):
    return told_at(WebDesk(tmp_path / "kantor"))


def told_at(desk):
    """Let two people tell their complaint, and another person theirs."""
    people = [
        {"nama": "Siti Rekaan", "nik": NIK, "alamat": "Jalan Mawar 1"},
        {"nama": "Dewi Khayalan", "nik": "1771014506800009", "telepon": "0812345678"},
    ]
    story = "Saya dan Dewi Khayalan dipukul. Budi Andaian juga."
    told = {
        "perihal": "Pemukulan",
        "pelapor": people,
        "korban": ["Budi Andaian"],
        "terlapor": ["Satpol"],
        "uraian": story,
    }
    desk.office.open("lisan", told)
    desk.office.open("lisan", {"perihal": "Upah", "pelapor": ["Siti Contoh"], "terlapor": ["PT"], "uraian": "x"})
    desk.office.root.book.refresh()
    desk.office.root.index.refresh()
    return desk


def request_of(desk, **other):
    root, now = desk.office.root, desk.clock.now()
    typed = {"hak": "salinan", "nama": "Siti Rekaan", "nik": NIK, "cara": "loket", "isi": "x", **other}
    number = asking.receive(root.person_requests, typed, TEAM, now).number
    asking.identify(root.person_requests, number, "KTP", TEAM, now)
    return asking.choose_cases(root.person_requests, number, ["2026/0001"], TEAM, now)


def test_only_cases_that_name_the_person_are_offered(desk):
    found = desk.office.root.candidates(request_of(desk), {"tim-yankomas"})

    assert [(one.row.number, one.places, one.by_nik) for one in found] == [("2026/0001", ("Pelapor",), True)]


def test_a_namesake_without_a_nik_is_offered_and_not_said_to_be_by_nik(desk):
    found = desk.office.root.candidates(request_of(desk, nama="Siti Contoh"), {"tim-yankomas"})

    assert [(one.row.number, one.by_nik) for one in found] == [("2026/0001", True), ("2026/0002", False)]


@pytest.mark.parametrize(
    ("nik", "places"), [(NIK, ("Pelapor", "Isi surat", "Nomor kartu")), ("", ("Pelapor", "Isi surat"))]
)
def test_in_a_letter_of_another_service_the_text_of_any_answer_may_name_the_person(nik, places):
    fields = {
        "pelapor": [{"nama": "Siti Rekaan"}],
        "isi_surat": "Undangan bagi Siti Rekaan, Kamis.",
        "nomor_kartu": "1771 0145 0680 0001",
        "tempat": "Aula",
    }
    case = case_of(recognised(fields), first=received(series="SM"))
    row = replace(row_of(case, SOP, CALENDAR), pelapor=())

    (found,) = candidates("Siti Rekaan", nik, [row], (), standing("tim-yankomas"), lambda _row: case)

    assert (found.places, found.by_nik) == (places, False)


def test_particulars_are_told_also_of_who_is_no_more_than_a_name_and_others_stay_hidden():
    said_of_others = {"nomor_surat": {"nilai": "12/LBH-SUMUR/2026"}, "uraian": "Surat 12/LBH-SUMUR/2026 dibawa saya."}
    fields = {"pelapor": [{"nilai": "Siti Rekaan", "yakin": 0.9}], "saksi": ["Siti Rekaan"], **said_of_others}

    held = held_case(case_of(recognised(fields)), SOP, "0007/YANKOMAS/2026", "Siti Rekaan", "", ())

    assert held.particulars == (("Pelapor: Nama", "Siti Rekaan"), ("Saksi: Nama", "Siti Rekaan"))
    assert "12/LBH" not in dict(held.words)["Uraian"]


def test_the_nik_finds_a_case_in_which_the_name_was_misread(desk):
    found = desk.office.root.candidates(request_of(desk, nama="Sitti Rekahan Lain"), {"tim-yankomas"})

    assert [one.row.number for one in found] == ["2026/0001"]


def test_the_file_holds_all_of_the_person_and_nothing_of_others(desk):
    root, now = desk.office.root, datetime.fromisoformat("2026-11-27T09:00:00+07:00")
    root.access_log.append(now, "kabid-orang", "GET /kasus/{year}/{serial}", {"kabid"}, case="2026/0001")

    made, sha256 = root.person_file(request_of(desk), {"tim-yankomas"}, now)

    book = load_workbook(io.BytesIO(made))
    said = "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    assert len(sha256) == 64
    assert all(
        word in said for word in ("Siti Rekaan", NIK, "Jalan Mawar 1", "Pemukulan", "Dibuka 1 kali", "Kabid HAM")
    )
    assert not any(word in said for word in ("Dewi", "Khayalan", "0812345678", "Budi", "Andaian", "kabid-orang"))


def test_a_secret_case_is_neither_offered_nor_exported_to_who_may_not_read_it(desk):
    desk.office.decide(CaseNumber(2026, 1), "koreksi", "tim-yankomas", {"sifat": "rahasia", "alasan": "x"})
    desk.office.root.book.refresh()
    request = request_of(desk)

    assert desk.office.root.candidates(request, standing("kadiv")) == []
    with pytest.raises(NotAllowed, match="rahasia"):
        desk.office.root.person_file(request, standing("kadiv"), desk.clock.now())
    assert desk.office.root.candidates(request, standing("kakanwil"))


def test_the_persons_own_data_in_a_case_that_is_top_secret_is_offered_to_who_may_open_it(tmp_path):
    desk = WebDesk(tmp_path / "kantor")
    desk.clock.at = MORNING  # of an edition that knows such cases
    told_at(desk)
    mark = {"sifat": "sangat rahasia", "dibuka_bagi": ["rini"], "alasan": "x"}
    desk.office.decide(CaseNumber(2026, 1), "tetapkan-sifat", "kakanwil", mark)
    desk.office.root.book.refresh()
    request, root = request_of(desk), desk.office.root

    assert root.candidates(request, {"tim-yankomas"}) == []
    for reader in (standing("kakanwil"), standing("tim-yankomas") | {"akun:rini"}):
        assert [one.row.number for one in root.candidates(request, reader)] == ["2026/0001"]
    with pytest.raises(NotAllowed):
        root.person_file(request, {"tim-yankomas"}, desk.clock.now())
    assert root.person_file(request, standing("kakanwil"), desk.clock.now())
    page = desk.browser("tim-yankomas").get(f"/data-pribadi/{request.number}").text
    assert "2026/0001" not in page
    assert "tidak terbuka bagi Anda" in page
