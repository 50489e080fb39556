"""Where an office's other services meet what else it keeps: numbers, records, persons, who reads what."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from ended_cases import ARCHIVIST, HEAD_OF_FIELD, let_all_fall_due
from other_services import BOOKED, CLERK, COMPLAINT, HEAD, MAIL, UNIT, ServiceOffice, case_of, write_service
from patience import until
from usual_standing import standing

from pipeline.access.accounts import held
from pipeline.access.secrecy import open_to
from pipeline.cases.becoming import Becoming
from pipeline.cases.case_number import CaseNumber, read_number
from pipeline.cases.sop import YANKOMAS
from pipeline.cases.splitting import Split
from pipeline.cases.unfit_edition import UnfitEdition
from pipeline.cli import main
from pipeline.errors import Interrupted, NotAllowed, UsageFault
from pipeline.privacy.held_data import candidates, held_case
from pipeline.records.list_steps import begin, go_on
from pipeline.records.packages import package
from pipeline.register.ports import Extent
from pipeline.work.become import become
from pipeline.work.own_sop import newest, planned
from pipeline.work.split import split_off


@pytest.fixture
def office(tmp_path):
    return ServiceOffice(tmp_path)


def test_an_admin_with_a_role_of_a_service_reads_no_complaint(with_mail):
    with_mail.drop("aduan.pdf", b"Aduan")
    with_mail.run_once()
    rows = {row.number: row for row in with_mail.root.rows.rows()}

    assert open_to({CLERK, "admin"}, rows[str(MAIL)])
    assert not open_to({CLERK, "admin"}, rows[str(COMPLAINT)])


def test_the_head_reads_the_cases_of_every_service(office):
    write_service(office.root.layout.root)
    office.take("ruang-rapat")
    office.drop_for("ruang-rapat", "permintaan.pdf", b"Permintaan")
    office.run_once()

    assert open_to(standing(HEAD), office.root.rows.rows()[0])


def test_what_became_a_case_of_another_service_is_found_again_in_whatever_order_the_series_stand(office):
    write_service(office.root.layout.root)
    for service in ("surat-masuk", "ruang-rapat"):
        office.take(service)
    office.drop_for("ruang-rapat", "permintaan.pdf", b"Permintaan")
    office.run_once()
    room = case_of(office, CaseNumber(2026, 1, "RR"))

    def became() -> str:
        return become(room, Becoming("surat-masuk", 3), office.root.cabinet, office.root.enrol_parts).other

    first = became()  # and the program ends before the room's case has a line of it
    office.root.book.refresh()

    assert [first, became()] == ["2026~SM/0001"] * 2
    fresh = ServiceOffice(office.root.layout.root)
    assert become(room, Becoming("surat-masuk", 3), fresh.root.cabinet, fresh.root.enrol_parts).other == first
    assert len(fresh.root.cabinet.numbers()) == 2


def test_a_complaint_goes_into_no_case_of_another_service(with_mail):
    with_mail.drop("aduan.pdf", b"Aduan")
    with_mail.run_once()

    with pytest.raises(NotAllowed, match="layanan lain"):
        with_mail.decide(COMPLAINT, "gabung", "tim-yankomas", {"perkara_induk": str(MAIL), "alasan": "sama"})


def test_pages_of_a_case_become_one_of_the_same_service(with_mail):
    mail = case_of(with_mail, MAIL)
    parts = with_mail.tend_parts

    told = split_off(mail, Split(mail.original.name, (1,), 2), parts.cabinet, parts.enrolling, parts.reader)

    assert read_number(told.other).series == "SM"


def test_lists_of_records_and_boxes_have_the_folders_of_every_service(with_mail):
    with_mail.drop("aduan.pdf", b"Aduan")
    with_mail.run_once()
    index = with_mail.root.index
    index.refresh()

    def listed(extent: Extent) -> list[str]:
        return [str(case.number) for case in index.every(extent)]

    assert listed(Extent(2026, series=None)) == listed(Extent(series=None)) == [str(COMPLAINT), str(MAIL)]
    assert listed(Extent()) == listed(Extent(2026)) == [str(COMPLAINT)]
    assert listed(Extent(series="SM")) == [str(MAIL)]
    assert listed(Extent(2025, series=None)) == []


def test_a_folder_of_a_service_begins_with_its_own_code_of_classification(with_mail):
    root = with_mail.root

    assert root.suggested_code([MAIL]) == "UM.01"
    assert root.suggested_code([COMPLAINT]) == root.suggested_code([])
    assert root.suggested_code([MAIL, COMPLAINT]) == ""


def test_who_asks_for_their_data_is_found_in_the_register_of_every_service(with_mail):
    booked = BOOKED | {"asal_surat": "Siti Rekaan, bersama Budi Contoh", "perihal": "Permohonan"}
    case = with_mail.decide(MAIL, "konfirmasi", CLERK, booked)
    rows = with_mail.root.rows.rows()

    found = [*candidates("Siti Rekaan", "", rows, (), {HEAD}, lambda _row: case)]
    held = held_case(case, with_mail.root.sop_of(case), "AGENDA-0001/2026", "Siti Rekaan", "", ())

    assert [(one.row.number, one.places) for one in found] == [(str(MAIL), ("Asal surat",))]
    assert held.particulars == (("Disebut pada Asal surat", "Siti Rekaan"),)
    assert "Budi" not in str(held)
    assert [*candidates("Siti Lain", "", rows, (), {HEAD}, lambda _row: case)] == []


def test_after_a_restore_a_number_stands_for_its_own_series_alone(with_mail, capsys):
    write_service(with_mail.root.layout.root)
    with_mail.take("ruang-rapat")
    with_mail.bring_back()
    told = "tetap,SM=003/RUANG/2026,RR=004/RUANG/2026"

    code = main(["--root", str(with_mail.root.layout.root), "nomor", "--register", told, "--naskah", "tetap"])

    assert code == UsageFault.exit_code
    assert "bukan nomor dari deret itu" in capsys.readouterr().err


def test_a_series_that_a_restored_archive_does_not_know_gives_no_number_before_somebody_says_how_far_it_went(office):
    office.bring_back()
    office.root.numbers.confirm(None, {}, "sri", office.clock.now())
    office.take("surat-masuk")

    office.drop_for("surat-masuk", "undangan.pdf", b"Undangan")

    with pytest.raises(Interrupted, match="dipulihkan"):
        office.run_once()

    office.root.numbers.confirm(None, {}, "sri", office.clock.now())
    office.run_once()
    assert office.root.cabinet.numbers() == [MAIL]
    office.take("surat-masuk")
    assert office.root.numbers.restored_from() is None


def test_the_book_of_a_service_is_not_called_one_of_complaints(with_mail):
    with_mail.root.index.refresh()
    made = []
    files = replace(with_mail.root.register_files(), workbook=lambda title, _leaves: made.append(title) or b"")

    for series in ("", "SM"):
        files.xlsx(Extent(2026, series=series))

    assert made == ["Buku register aduan 2026", "Buku register Pengelolaan Surat Masuk 2026"]


@pytest.mark.parametrize(("service", "role"), [("surat-masuk", "surat-masuk.hantu"), (YANKOMAS, CLERK)])
def test_no_edition_of_a_service_gives_work_to_roles_that_it_has_not(with_mail, service, role):
    parts = with_mail.root.sop_parts(lambda: None, with_mail.clock.now(), print, service)
    texts = dict(with_mail.root.edition_texts(newest(parts).key))
    texts["lanes.toml"] += f'\n[[lajur]]\nperan = "{role}"\nnama = "Siapa"\n'

    with pytest.raises(UnfitEdition, match=role):
        planned(texts, with_mail.clock.now().date(), parts)


def test_a_letter_s_folder_is_handed_over_as_what_it_is(with_mail):
    for move, role, typed in (
        ("konfirmasi", CLERK, BOOKED),
        ("disposisi", HEAD, {"diteruskan_kepada": "Subbagian", "isi_disposisi": "Hadiri"}),
        ("distribusikan", CLERK, {"diserahkan_kepada": "Rani"}),
        ("laporkan-tindak-lanjut", UNIT, {"hasil": "Dihadiri."}),
        ("berkaskan", CLERK, {}),
    ):
        with_mail.decide(MAIL, move, role, typed)
    let_all_fall_due(with_mail)
    parts = with_mail.root.record_parts
    name = begin("serah", [MAIL], {"tujuan": "ANRI", "lembaga": "ANRI"}, by=ARCHIVIST, parts=parts).id
    found = go_on(name, "setuju", {}, by=HEAD_OF_FIELD, parts=parts)

    with zipfile.ZipFile(io.BytesIO(b"".join(package(found, parts, with_mail.root.export)))) as packed:
        told = next(packed.read(one).decode() for one in packed.namelist() if one.endswith("isad-g.txt"))

    assert "Berkas Pengelolaan Surat Masuk nomor register AGENDA-0001/2026" in told
    assert "engaduan" not in told


def test_who_has_roles_of_a_service_alone_is_told_what_waits_also_when_it_was_taken_up_while_mail_went_round(office):
    rounds, people = office.root.mail_rounds(), office.root.people
    rounds._look()
    office.take("surat-masuk")
    for login, role in (("rani", CLERK), ("umar", UNIT)):
        people.accounts.make(login, login.title(), [held(role)], office.clock.now())
        people.accounts.set_password(login, "empat kata acak sekali")
    number = office.open("surat-masuk.tanpa-pindaian", BOOKED, CLERK)
    office.decide(number, "konfirmasi", CLERK, BOOKED)
    passed = {"diteruskan_kepada": "Subbagian", "isi_disposisi": "Hadiri", "derajat": "Segera"}
    office.decide(number, "disposisi", HEAD, passed)

    until(lambda: rounds._look() or people.notices.unread("rani"))  # at the centre it knows of the service in a second
    assert people.notices.unread("umar") == [], "it does not wait for them"
