"""Reports out of SP4N-LAPOR! and SIMASHAM become new cases, each once, however often its export comes again."""

from __future__ import annotations

import pytest
from old_registers import book

from pipeline.cases.actor import Actor
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.duties import duties
from pipeline.cases.secrecy_level import stated
from pipeline.cases.sop import in_force
from pipeline.cli import main
from pipeline.errors import NotFound, Refused, SettingsFault
from pipeline.moving_in.choices import Choices
from pipeline.moving_in.export_mapping import mapping_of, shipped
from pipeline.moving_in.foreign_reports import look_at, take_in
from pipeline.office.person import Person

HEADINGS = ("Tracking ID", "Tanggal Laporan", "Nama Pelapor", "Judul Laporan", "Isi Laporan", "Status", "Kategori")
LAPOR = mapping_of("sp4n-lapor")


def row(number="7001", subject="Penahanan", state="Belum", day="20-11-2026"):
    return (number, day, "Siti Rekaan", subject, "Anak saya ditahan.", state, "HAM")


def export(*rows):
    return book(("Laporan", [HEADINGS, *rows]))


def looked(office, made, choices=None):
    return look_at(made, LAPOR, choices or Choices(), office.root.foreign_parts())


def taken_in(office, made):
    found = looked(office, made)
    return list(take_in(found.new, made, LAPOR, Actor("tim-yankomas", "ani"), office.root.foreign_parts()))


def test_a_report_becomes_a_case_with_a_new_number_and_keeps_its_own(office):
    assert taken_in(office, export(row())) == [CaseNumber(2026, 1)]

    case = office.root.cabinet.case(CaseNumber(2026, 1))
    assert case.register["nomor_surat"] == "7001"
    assert case.register["cara_penyampaian"] == "SP4N-LAPOR!"
    assert case.register["perihal"] == "Penahanan"
    assert case.register["pelapor"] == [{"nama": "Siti Rekaan"}]
    assert case.received.source["nomor"] == "7001"
    assert case.received_at == case.registered_at  # the office received it now, whenever it was written there
    assert case.received.person == Person("ani")  # who enters a case in the register does not void it
    sheets = {duty.subject for duty in duties(case, in_force(office.root.editions, case.registered_at.date()))}
    assert "01-tanda-terima" in sheets


@pytest.mark.parametrize("system", ["sp4n-lapor", "simasham"])
@pytest.mark.parametrize(
    ("asked", "secret"),
    [
        ({"Rahasia": "Ya", "Anonim": "Tidak"}, True),
        ({"Rahasia": "Tidak", "Anonim": "Ya"}, True),
        ({"Rahasia": "Tidak", "Anonim": "Tidak"}, False),
        ({"Rahasia": "", "Anonim": "Tidak"}, True),
        ({"Sifat": "Anonim"}, True),
        ({"Sifat": "Rahasia"}, True),
        ({"Sifat": "Publik"}, False),
        ({}, False),
    ],
)
def test_a_secret_or_anonymous_report_comes_in_secret(office, system, asked, secret):
    mapping = mapping_of(system)
    made = book(
        ("Laporan", [["ID", "Tanggal", "Nama", *asked], ["7001", "20-11-2026", "Siti Rekaan", *asked.values()]])
    )

    found = look_at(made, mapping, Choices(), office.root.foreign_parts())
    (number,) = take_in(found.new, made, mapping, Actor("tim-yankomas", "ani"), office.root.foreign_parts())

    assert stated(office.root.cabinet.case(number)).secret is secret


def test_a_report_that_comes_again_with_another_state_is_no_second_case(office):
    taken_in(office, export(row(), row("7002", "Upah")))

    again = looked(office, export(row(state="Proses"), row("7002", "Upah lagi"), row("7003")))

    assert again.known == {"7001": CaseNumber(2026, 1), "7002": CaseNumber(2026, 2)}
    assert [report.id for report in again.new] == ["7003"]


def test_rows_that_are_no_new_reports_are_told(office):
    found = looked(office, export(row(), row(), row(""), row("7004", state="Selesai"), row("7005", day="31-12-2030")))

    assert [report.id for report in found.new] == ["7001"]
    told = [(str(doubt), doubt.refuses) for doubt in found.doubts]
    assert [refuses for _, refuses in told] == [True, True, False, True]
    assert "sudah ada di baris lain" in told[0][0]
    assert "tidak ada nomor SP4N-LAPOR!" in told[1][0]
    assert "sudah selesai di sana" in told[2][0]


def test_an_export_without_the_other_systems_number_is_refused_and_a_person_may_name_the_column(office):
    made = book(("x", [("Kode", "Judul Laporan", "Isi Laporan"), ("A-1", "Upah", "Tidak dibayar")]))
    with pytest.raises(Refused, match="kolom nomor laporan"):
        looked(office, made)

    assert looked(office, made, Choices(columns={"nomor": "A"})).new[0].id == "A-1"


def test_a_number_of_the_other_system_may_be_a_hundred_signs_long(office):
    found = looked(office, export(row("7" * 100), row("7" * 101)))

    assert [report.id for report in found.new] == ["7" * 100]
    assert [doubt.refuses for doubt in found.doubts] == [True]


def test_mappings_say_that_nobody_has_tried_them_until_an_office_has():
    assert shipped() == ("simasham", "sp4n-lapor")
    for key in shipped():
        assert "belum pernah dicoba" in mapping_of(key).caution
    own = 'nama = "X"\ncara_penyampaian = "pelimpahan"\ndicoba = "2026-12-01, Bengkulu"\n[kolom]\nnomor = ["kode"]\n'
    assert mapping_of("x", own).caution == ""
    with pytest.raises(NotFound, match="tidak ada"):
        mapping_of("x")
    for wrong in (own.replace("kode", ""), own.replace("nomor", "nomer"), "nama = ", 'nama = "X"'):
        with pytest.raises(SettingsFault):
            mapping_of("x", wrong)


def test_the_command_looks_first_and_registers_on_demand(office, capsys):
    file = office.root.layout.root / "ekspor.csv"
    file.write_text(";".join(HEADINGS) + "\n" + ";".join(row()) + "\n" + ";".join(row("")) + "\n")
    words = ["--root", str(office.root.layout.root), "impor-laporan", str(file), "--dari", "sp4n-lapor"]

    assert main([*words, "--laksanakan"]) == 13
    assert list(office.root.cabinet.numbers()) == []
    assert main([*words, "--lewati"]) == 0
    told = capsys.readouterr().out
    assert "belum pernah dicoba" in told
    assert "1 laporan baru, 0 sudah menjadi perkara, 1 baris ditolak" in told
    assert main([*words, "--lewati", "--laksanakan"]) == 0
    assert main([*words, "--lewati", "--laksanakan"]) == 0

    assert list(office.root.cabinet.numbers()) == [CaseNumber(2026, 1)]
    assert main([*words, "--as", "admin"]) != 0
