"""An office with editions of its own: cases follow them from their day and keep them; the doctor says what is wrong."""

import shutil
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from offices import FakeOffice
from sop_texts import own_texts

from pipeline.errors import NotAllowed, SettingsFault
from pipeline.office.worktime import Limit
from pipeline.work.engines.doctor_sop import sop_checks
from pipeline.work.own_sop import planned

TOLD = {"perihal": "Tanah adat", "pelapor": "Siti Rekaan", "terlapor": "PT Contoh", "uraian": "Tanah digarap."}
LONGER = ("steps.toml", 'hari = 2\nwaktu = "2 hari"', 'hari = 5\nwaktu = "5 hari"')


@pytest.fixture
def office(tmp_path):
    return FakeOffice(tmp_path)


def install(office, day, *changes):
    folder = office.root.own_editions(new=True)
    folder.install(day, own_texts(day, *changes), by="ani", at=office.clock.now(), why="uji")


def renewed(office):
    """Take what changed into use, as every process does between two works."""
    clock, root = office.clock, office.root.successor()
    if root:
        office.root, office.clock = root, clock
    return root


def told(office):
    root = office.root
    return list(sop_checks(root.editions, root.own_editions(), root.clock.now().date()))


def edition_of(office, number):
    return office.root.sop_of(office.root.cabinet.case(number))


def today(office, *, days=0):
    return office.clock.now().date() + timedelta(days=days)


def test_roles_are_those_of_today_also_when_an_edition_of_the_program_begins(office):
    """No file of the office changes then; who had asked before answered otherwise than who had not."""
    begins = max(sop.effective for sop in office.root.editions)
    office.clock.forward(days=(begins - today(office)).days - 1)
    before = office.root.office_roles.above
    office.clock.forward(days=1)

    assert before["kabid"] == ""
    assert office.root.office_roles.above["kabid"] == "kadiv"
    assert office.root.settings.office.roles.chain("kabid") == ("kadiv",)


def test_cases_follow_the_edition_of_their_day_and_keep_it(office):
    before = office.open("lisan", TOLD)
    install(office, today(office, days=1), LONGER)
    assert renewed(office), "an edition was installed"
    same_day = office.open("lisan", {**TOLD, "perihal": "Upah"})
    office.clock.forward(days=1)
    assert renewed(office), "its day has come"

    after = office.open("lisan", {**TOLD, "perihal": "Rumah"})

    assert renewed(office) is None
    assert [edition_of(office, number).own for number in (before, same_day, after)] == [False, False, True]
    limits = [edition_of(office, number).step("telaahan").limit for number in (before, after)]
    assert limits == [Limit(days=2), Limit(days=5)]


def test_a_case_is_read_and_verified_when_the_offices_folder_is_lost(office):
    install(office, today(office), LONGER)
    renewed(office)
    number = office.open("lisan", TOLD)

    shutil.rmtree(office.root.layout.services)
    root = type(office.root)(office.root.layout.root)

    assert root.sop_of(root.cabinet.case(number)).step("telaahan").limit == Limit(days=5)
    office.root.seals.seal_now(office.clock.now())
    assert [finding for finding in office.root.verify(lambda *_: None) if finding.code != "asing"] == []


@pytest.mark.in_folders
def test_an_edition_in_the_record_that_was_changed_is_told(office):
    install(office, today(office), LONGER)
    renewed(office)
    office.root.seals.seal_now(office.clock.now())

    [kept] = office.root.layout.sop_record.glob("*.json")
    kept.write_text("{}", encoding="utf-8")

    assert [finding.code for finding in office.root.verify(lambda *_: None)] == ["edisi-sop"]


def test_another_process_that_gave_a_number_a_moment_ago_leaves_nobody_without_the_edition(office):
    root, known = office.root, len(office.root.editions)
    install(office, today(office))
    other = type(root)(root.layout.root)
    other.clock = office.clock
    office.root = other
    number = office.open("lisan", TOLD)

    assert root.sop_of(root.cabinet.case(number)).own
    assert len(root.editions) == known + 1


@pytest.mark.in_folders
def test_an_edition_nobody_has_is_a_fault_that_names_what_to_bring_back(office):
    install(office, today(office))
    renewed(office)
    number = office.open("lisan", TOLD)
    shutil.rmtree(office.root.layout.services)
    shutil.rmtree(office.root.layout.sop_record)

    with pytest.raises(SettingsFault, match=r"archive/\.sop"):
        type(office.root)(office.root.layout.root).sop_of(office.root.cabinet.case(number))


def test_a_bad_edition_stops_nothing_and_the_doctor_says_where_it_is_wrong(office):
    place = office.root.layout.services / "yankomas" / "sop" / today(office).isoformat()
    place.mkdir(parents=True)
    for name, text in own_texts(today(office), ("steps.toml", '"tim-yankomas"', '"tim-lain"')).items():
        (place / name).write_text(text, encoding="utf-8")
    (place.parent / "catatan").mkdir()
    renewed(office)

    number = office.open("lisan", TOLD)

    assert not edition_of(office, number).own
    bad = [check for check in told(office) if not check.good]
    assert "steps.toml baris" in bad[0].fact
    assert "peran 'tim-lain' tidak dikenal" in bad[0].fact
    assert "catatan" in bad[1].fact


def test_the_doctor_says_that_an_update_brought_an_edition_that_is_not_used(office):
    office.clock.forward(days=5)
    install(office, today(office))
    renewed(office)
    newer = replace(office.root.editions[-1], key="2030-01-01", own=False, effective=date(2030, 1, 1))
    office.root.editions = (newer, *office.root.editions)

    told_of = [check.fact for check in told(office) if check.caution]

    assert told_of == ["program ini membawa edisi 2030-01-01, yang tidak dipakai: edisi kantor tetap berlaku"]


def test_who_may_no_longer_act_is_told_because_running_cases_may_wait_for_them(office):
    lane = '\n[[lajur]]\nperan = "yankomas.analis"\nnama = "Analis HAM"\natasan = "kabid"\nhak = ["menyusun"]\n'
    texts = own_texts(today(office))
    acting = {**texts, "lanes.toml": texts["lanes.toml"] + lane}
    reading = {**acting, "lanes.toml": acting["lanes.toml"].replace('hak = ["menyusun"]\n', 'hak = ["membaca"]\n')}
    office.root.own_editions(new=True).install(today(office), acting, by="ani", at=office.clock.now(), why="uji")
    renewed(office)
    parts = office.root.sop_parts(lambda: SimpleNamespace(come_in=list), office.clock.now(), lambda _: None)

    same, fewer = (planned(one, today(office, days=1), parts).warnings for one in (acting, reading))

    assert not any("tidak lagi bertindak" in one for one in same)
    assert any("Analis HAM tidak lagi bertindak atas perkara; yang berjalan" in one for one in fewer), fewer


def test_a_role_that_an_edition_adds_acts_on_cases_and_another_office_knows_nothing_of_it(office, tmp_path_factory):
    lane = '\n[[lajur]]\nperan = "yankomas.analis"\nnama = "Analis HAM"\natasan = "kabid"\nhak = ["menyusun"]\n'
    texts = own_texts(today(office))
    openers = texts["openings.toml"].replace('["tim-yankomas"]', '["tim-yankomas", "yankomas.analis"]')
    acts = {**texts, "lanes.toml": texts["lanes.toml"] + lane, "openings.toml": openers}
    office.root.own_editions(new=True).install(today(office), acts, by="ani", at=office.clock.now(), why="uji")
    renewed(office)
    other = FakeOffice(tmp_path_factory.mktemp("lain"))

    number = office.open("lisan", TOLD, role="yankomas.analis")

    shutil.rmtree(office.root.layout.services)  # as on a machine that has no copy of the edition
    again = FakeOffice(office.root.layout.root)
    case = again.root.cabinet.case(number)
    assert case.entries[0].by == "yankomas.analis"
    assert "yankomas.analis" in {lane.role for lane in again.root.sop_of(case).lanes}
    again.root.book.refresh()
    assert [row.number for row in again.root.book.rows()] == [str(number)]
    assert again.findings() == []
    with pytest.raises(NotAllowed):
        other.open("lisan", TOLD, role="yankomas.analis")
    assert other.root.cabinet.numbers() == []
