"""The figures of another service: its own cases alone, by its own SOP's choices, shown to those who read its cases."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

import openpyxl
import pytest
from other_services import BOOKED, CLERK, EDITION, LAYANAN, OPENING, UNIT, ServiceOffice, write_service

from pipeline.access.secrecy import exact_counts, reads_of
from pipeline.cases.secrecy_level import TOP_SECRET
from pipeline.errors import NotFound
from pipeline.letters.sheets.periodical_report import file_name, values
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE
from pipeline.register.summary.counted import Counting, counted, workload
from pipeline.register.summary.period import Period

YEAR = Period(2026)
KEEPER, BOSS, GUEST = "ruang-rapat.penjaga", "ruang-rapat.kepala", "ruang-rapat.tamu"
READER = f"""
[[peran]]
kunci = "{GUEST}"
nama = "Tamu"
hak = "membaca"
"""
LANE = f"""
[[lajur]]
peran = "{GUEST}"
nama = "Tamu"
"""
FLOOR = """
[[register]]
nama = "lantai"
label = "Lantai"
jenis = "pilihan-banyak"
pilihan = ["satu", "dua"]
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A complaint, three letters of which one is secret, and two requests for rooms; in the next year."""
    office = ServiceOffice(tmp_path_factory.mktemp("angka"))
    office.take("surat-masuk")
    write_service(office.root.layout.root, layanan=LAYANAN + READER, edition=EDITION + LANE + FLOOR + OPENING)
    office.take("ruang-rapat")
    office.open("lisan", {"perihal": "Sengketa", "pelapor": "Siti Rekaan", "terlapor": "X", "uraian": "y"})
    for kind, level in (("undangan", "biasa"), ("undangan", "biasa"), ("laporan", "rahasia")):
        told = {**BOOKED, "jenis_surat": kind, "sifat": level, "perihal": f"{kind} {office.clock.now()}"}
        office.open("surat-masuk.tanpa-pindaian", told, CLERK)
        office.clock.forward(days=1)
    for floors in (["satu", "dua"], ["dua"]):
        office.open("ruang-rapat.lisan", {"peminta": "Unit Rekaan", "lantai": floors}, KEEPER)
    office.clock.forward(days=60)
    return office


def figures(office, name, roles=None):
    root = office.root
    return root.summaries.of(YEAR, office.clock.now(), roles, root.service_named(name))


def lines(summary, key):
    return {line.label: line.count for b in summary.breakdowns if b.key == key for line in b.lines}


def test_each_service_counts_its_own_cases(office):
    counts = {name: figures(office, name).flow.received for name in ("", "yankomas", "surat-masuk", "ruang-rapat")}

    assert counts == {"": 1, "yankomas": 1, "surat-masuk": 3, "ruang-rapat": 2}
    with pytest.raises(NotFound, match="surat-masuk"):
        figures(office, "surat-keluar")


def test_a_service_is_counted_by_the_choices_of_its_own_register(office):
    letters, rooms = figures(office, "surat-masuk"), figures(office, "ruang-rapat")

    assert [b.title for b in letters.breakdowns] == ["Cara penyampaian", "Jenis surat"]
    assert lines(letters, "jenis_surat") | {"undangan": 2, "laporan": 1, "permohonan": 0} == lines(
        letters, "jenis_surat"
    )
    assert (lines(rooms, "lantai"), rooms.breakdowns[0].several) == ({"satu": 1, "dua": 2}, True)
    assert [line.label for line in rooms.outcomes.lines] == ["dijawab"]
    assert [pace.activity for pace in rooms.steps] == [
        step.activity for step in office.root.services[0].editions[0].steps
    ]


def test_the_lines_of_a_figure_are_cases_of_that_service(office):
    root, service = office.root, office.root.service_named("ruang-rapat")
    rows = [row for row in root.rows.rows() if row.series == "RR"]
    of = Counting(rows, office.clock.now(), service.editions[-1], (), root.calendar, service)

    assert [row.register_number for row in counted(of, YEAR, "lantai", "satu", {KEEPER})] == ["001/RUANG/2026"]
    assert [(load.label, load.cases) for load in workload(of, {KEEPER})] == [("Penjaga ruang", 2)]


def test_a_secret_letter_is_no_figure_for_whom_it_is_closed_to(office):
    letters = figures(office, "surat-masuk", {UNIT})

    assert (letters.flow.received, letters.secret) == (2, 1)
    assert lines(letters, "jenis_surat")["laporan"] == 0


def test_who_reads_cases_of_a_service_may_have_its_figures_and_nobody_else(office):
    rooms, letters = (office.root.service_named(name) for name in ("ruang-rapat", "surat-masuk"))
    roles = (CLERK, KEEPER, GUEST, "tim-yankomas", "kabid", "arsiparis", "kakanwil", "admin")

    read = {role: [reads_of({role}, of) for of in (None, letters, rooms)] for role in roles}

    assert read[CLERK] == [False, True, False]
    assert read[KEEPER] == read[GUEST] == [False, False, True]
    assert read["tim-yankomas"] == read["kabid"] == [True, False, False]
    assert read["arsiparis"] == read["kakanwil"] == [True, True, True]
    assert reads_of({"admin", CLERK}, None) is False
    exact = [role for role in roles if exact_counts({role}, rooms)]
    assert exact == [KEEPER, "kakanwil"]


@pytest.mark.parametrize("role", ["arsiparis", GUEST])
def test_who_only_reads_a_service_is_shown_no_small_count_of_it(office, role):
    rooms = figures(office, "ruang-rapat", {role})

    assert not rooms.exact
    assert set(lines(rooms, "lantai").values()) == {None}
    assert {line.count for line in rooms.outcomes.lines} <= {None, 0}
    assert figures(office, "ruang-rapat", {BOSS}).exact


def test_a_case_that_became_top_secret_keeps_no_answer_in_its_row(office):
    row = next(row for row in office.root.rows.rows() if row.series == "SM")

    assert row.answers("jenis_surat") == ("undangan",)
    assert row.kept_secret(TOP_SECRET).chosen == ()


def test_the_report_of_a_service_speaks_of_cases_and_of_nobody_who_complains(office):
    summary = figures(office, "ruang-rapat")
    told = values(summary, SPECIMEN_OFFICE)

    words = str({name: value for name, value in told.items() if not name.startswith("bagan")}).casefold()
    assert told["layanan"] == "Peminjaman Ruang Rapat"
    assert told["penandatangan_jabatan"] == "Kepala rumah tangga"
    assert told["dasar"] == [
        "Surat Edaran Rekaan Nomor 1; dan",
        "Standar Operasional Prosedur Nomor RR-01 tentang Peminjaman Ruang Rapat.",
    ]
    assert "aduan" not in words
    assert "pelapor" not in words
    assert file_name(summary, "xlsx") == "laporan-ruang-rapat-2026.xlsx"
    quiet = replace(summary, period=Period(2025), at=summary.at - timedelta(days=500))
    assert "aduan" not in str(values(quiet, SPECIMEN_OFFICE)["simpulan"])


def test_the_report_of_a_service_as_a_spreadsheet_has_its_figures(office):
    book = openpyxl.load_workbook(io.BytesIO(office.root.report_files.made(figures(office, "ruang-rapat"), "xlsx")))

    assert ["Masuk", 2, 0] in [[cell.value for cell in row] for row in book["Ringkasan"].iter_rows()]
    assert ("Lantai", "dua", 2, 0) in [tuple(cell.value for cell in row) for row in book["Rincian"].iter_rows()]
