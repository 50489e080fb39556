"""The directorate sees totals of all offices, small ones left out, and what was handed up to it; nothing else."""

from __future__ import annotations

import pytest
from central_servers import servers_of_this_run
from two_offices import CentralOffice

from pipeline.cases.actor import Actor
from pipeline.cases.timeline import timeline
from pipeline.cli import main
from pipeline.errors import NotFound, SettingsFault
from pipeline.wiring import directorate_in, make_directorate
from pipeline.work.transfer import DIRECTORATE, note_answers, offer

ORAL = {"perihal": "Sengketa tanah", "pelapor": ["Siti Rekaan"], "terlapor": "Instansi", "uraian": "Uraian"}
HEAD = Actor("kakanwil", "budi")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("direktorat")
    make_directorate(folder, servers_of_this_run().database)
    return folder


@pytest.fixture
def offices(tmp_path):
    made = [CentralOffice(tmp_path / name) for name in ("bengkulu", "jambi")]
    yield made
    for office in made:
        office.close()


def figures_of(folder, office):
    with directorate_in(folder) as directorate:
        return {row.year: row for row in directorate.figures() if row.office == office.name}


def test_counts_are_handed_up_and_small_ones_are_not(folder, offices):
    many, few = offices
    for n in range(4):
        many.open("lisan", {**ORAL, "perihal": f"Hal {n}"})
    few.open("lisan", ORAL)
    for office in offices:
        office.root.figure_reports.report()

    assert figures_of(folder, many)[2026].counts == {
        "diterima": 4,
        "berakhir": None,
        "berjalan": 4,
        "terlambat": None,
    }
    assert set(figures_of(folder, few)[2026].counts.values()) == {None}
    assert figures_of(folder, many)[2026].breakdowns == {}  # the year still lasts


def test_of_a_year_that_has_ended_traits_are_told_without_small_ones(folder, offices):
    office, _ = offices
    for n in range(5):
        office.open("lisan", {**ORAL, "perihal": f"Hal {n}"})
    office.clock.forward(days=60)
    office.root.figure_reports.report()

    ended = figures_of(folder, office)[2026]

    counts = [count for lines in ended.breakdowns.values() for count in lines.values()]
    assert ended.counts["diterima"] == 5
    assert 5 in counts
    assert not any(count in (0, 1, 2) for count in counts)


def test_a_secret_case_is_among_what_came_and_nothing_else(folder, offices):
    office, _ = offices
    for n in range(3):
        office.open("lisan", {**ORAL, "perihal": f"Hal {n}"})
    office.open("lisan", {**ORAL, "sifat": "rahasia"})
    office.root.figure_reports.report()

    assert figures_of(folder, office)[2026].counts["diterima"] == 4
    assert figures_of(folder, office)[2026].counts["berjalan"] == 3


def test_nothing_that_names_anybody_is_handed_up(folder, offices):
    office, _ = offices
    for n in range(4):
        office.open("lisan", {**ORAL, "perihal": f"Hal {n}"})
    office.root.figure_reports.report()

    said = str(figures_of(folder, office))

    assert "Siti" not in said
    assert "Hal 1" not in said
    assert "0001" not in said


def test_a_case_that_is_shown_is_fetched_once_and_stays_with_its_office(folder, offices):
    office, _ = offices
    number = office.open("lisan", ORAL)
    state = office.root.case(number).state("x")
    offer(number, DIRECTORATE, "Perlu perhatian pusat.", by=HEAD, parts=office.transfer_parts)

    with directorate_in(folder) as directorate:
        (parcel,) = (one for one in directorate.shown() if one.sender == office.name)
        place = directorate.fetch(parcel.id)
        with pytest.raises(NotFound):
            directorate.fetch(parcel.id)
    note_answers(office.transfer_parts)

    assert sorted(file.name for file in place.iterdir()) == ["01.txt", "keterangan.json"]
    assert "Siti Rekaan" in (place / "01.txt").read_text()
    assert office.root.case(number).state("x") == state
    case = office.root.case(number)
    said = [happening.title for happening in timeline(case, office.root.sop_of(case))]
    assert said[-2:] == ["Disampaikan kepada direktorat", "Diterima direktorat"]


def test_what_was_not_handed_up_it_cannot_open(folder, offices):
    office, other = offices
    number = office.open("lisan", ORAL)
    offer(number, other.name, "Wilayah sana.", by=HEAD, parts=office.transfer_parts)

    with directorate_in(folder) as directorate:
        assert [one for one in directorate.shown() if one.sender == office.name] == []
        for question in (
            f"SELECT * FROM {office.name}.jurnal",
            f"SELECT * FROM {office.name}.buku",
            f"SELECT * FROM {office.name}.cari_perkara",
            "SELECT * FROM antar.kiriman",
            "SELECT * FROM antar.berkas",
            "SELECT antar.kirim('x', 1, 1, '{}')",
            "SELECT antar.lapor(2026, '{}')",
            "SELECT antar.keluar(5)",
            "UPDATE antar.angka SET isi = '{}'",
        ):
            with pytest.raises(Exception, match="permission denied"):
                directorate._database.rows(question)
        with pytest.raises(NotFound):
            directorate.fetch(other.transfer_parts.exchange.incoming()[-1].id)


def test_an_office_reports_for_itself_alone(folder, offices):
    one, other = offices
    one.root.database.rows('SELECT antar.lapor(1999, \'{"angka": {}, "rincian": {}}\')')

    assert 1999 in figures_of(folder, one)
    assert 1999 not in figures_of(folder, other)


def test_reports_come_now_and_then_not_at_every_look(folder, offices):
    office, _ = offices
    reports, seen = office.root.figure_reports, []
    report = reports._exchange.report
    reports._exchange = replace_report(lambda year, told: (seen.append(year), report(year, told)))

    for minutes in (0, 1, 10, 5):
        office.clock.forward(minutes=minutes)
        reports.look()

    assert seen == [2025, 2026, 2025, 2026]


def replace_report(report):
    class Reporting:
        pass

    made = Reporting()
    made.report = report
    return made


def test_by_commands(folder, offices, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("YANKOMAS_PUSAT_PENGELOLA", servers_of_this_run().database)
    many, few = offices
    for n in range(4):
        many.open("lisan", {**ORAL, "perihal": f"Hal {n}"})
    few.open("lisan", ORAL)
    for office in offices:
        office.root.figure_reports.report()
    number = many.root.cabinet.numbers()[0]
    offer(number, DIRECTORATE, "Perlu perhatian.", by=HEAD, parts=many.transfer_parts)

    def yankomas(*words):
        code = main(["pusat", "direktorat", *map(str, words)])
        return code, capsys.readouterr().out

    _, told = yankomas("angka", folder, "--tahun", "2026")
    _, listed = yankomas("daftar", folder)
    parcel = next(line.partition(":")[0] for line in listed.splitlines() if many.name in line)
    _, fetched = yankomas("ambil", folder, parcel)
    again, _ = yankomas("ambil", folder, parcel)

    row = next(line.split() for line in told.splitlines() if line.startswith(many.name))
    assert row[1:5] == ["4", "*", "4", "*"], told
    assert "Angka di bawah 3" in told
    assert "keterangan" not in listed
    assert str(folder / "berkas" / parcel) in fetched
    assert again != 0
    assert yankomas("angka", tmp_path)[0] != 0
    assert yankomas("siapkan", folder)[0] == 0  # again: the password stays
    assert yankomas("daftar", folder)[0] == 0


def test_a_folder_that_is_no_place_of_the_directorate_is_told(tmp_path):
    with pytest.raises(SettingsFault, match="bukan tempat direktorat"):
        directorate_in(tmp_path)
