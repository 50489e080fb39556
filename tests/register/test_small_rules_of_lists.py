"""Rules of lists and figures that are a condition each: which folder stands where, what goes out, what is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from case_factory import CALENDAR, case_of, drafted, printed, recognised, tended, then
from fakes import WIB
from registers import SOP as FIRST
from registers import a_letter, entry, summary_of
from usual_standing import standing

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.events import Decided
from pipeline.cases.line_values import NO_HOLDER
from pipeline.cases.sop_rows import FormField
from pipeline.cases.store.sop_editions import editions
from pipeline.errors import NotFound, UsageFault
from pipeline.register.desk_groups import grouped
from pipeline.register.facts import facts
from pipeline.register.handed_out import other_system, other_systems, sheet_for
from pipeline.register.issued_files import IssuedFile, issued_files
from pipeline.register.ports import Extent
from pipeline.register.record_lists import RecordLists
from pipeline.register.register_files import RegisterFiles
from pipeline.register.row import row_of
from pipeline.register.service_book import answers_told, columns_of
from pipeline.register.summary.counted_cases import (
    CAME,
    END,
    ENDED,
    LATE,
    PAST,
    PAUSED,
    RUNNING,
    STEP,
    WHOLE,
    WITH,
    Counting,
    counted,
    workload,
)
from pipeline.register.summary.counting import Summaries
from pipeline.register.summary.period import Period

SOP = editions()[-1]
CASE = tended(case_of(), SOP)
ROW = row_of(CASE, SOP, CALENDAR)


def listed(**values) -> SimpleNamespace:
    row = replace(ROW, **values)
    filed = {"klasifikasi": "HA.01", "boks": "12", "perihal": "Tanah", "terlapor": "PT Contoh"}
    return SimpleNamespace(number=CaseNumber(2026, row.serial), row=row, entry=filed)


def lists(*there: SimpleNamespace) -> tuple[RecordLists, list]:
    sheets: list = []
    papers = {1: ["Tanda terima", "Lembar disposisi (belum bertanda tangan)"]}
    made = RecordLists(
        SimpleNamespace(every=lambda _extent: there),
        lambda number: [
            SimpleNamespace(title=title, day="25/11/2026") for title in papers.get(number.serial, ["Surat"])
        ],
        SimpleNamespace(name="Kantor", service="Yankomas"),
        lambda _title, found: sheets.extend(found) or b"",
        lambda drawn, _title: sheets.extend(drawn) or b"",
    )
    return made, sheets


def test_lists_of_records_tell_each_folder_where_it_belongs_and_of_top_secret_ones_nobody():
    there = [
        listed(serial=1),
        listed(serial=2, final=True),
        listed(serial=3, archived="dimusnahkan"),
        listed(serial=4, sifat="sangat rahasia"),
        listed(serial=5, sifat=None),
    ]
    (made, sheets), (_, inactive) = lists(*there), (None, None)

    made.active_xlsx()
    active = sheets.pop().rows
    made.inactive_xlsx()
    inactive = sheets.pop().rows
    made.active_xlsx(opened=lambda row: row.serial != 5)

    assert [(line[0] != "", line[5], line[8]) for line in active if line[5]] == [
        (True, "1", "Asli"),
        (False, "2", "Konsep"),
        (True, "1", "Asli"),
    ]
    assert [line[-1] for line in active if not line[5]] == ["Sangat rahasia"]
    assert len(inactive) == 1
    assert [line[-1] for line in sheets.pop().rows if not line[5]][-1] == "Rahasia"


def test_labels_leave_room_for_what_is_not_known():
    made, sheets = lists(listed(serial=1), listed(serial=2, sifat="sangat rahasia"))
    made.labels_pdf()

    (sheet,) = sheets
    texts = [item.text for item in sheet.items if hasattr(item, "text")]
    assert texts.count("HA.01") == 1
    assert sum(text.startswith("....") for text in texts) == 3  # an index of the first, both of the closed one
    made, sheets = lists(listed(serial=2, sifat="sangat rahasia"))
    made.labels_pdf()
    assert "HA.01" not in [item.text for item in sheets[0].items if hasattr(item, "text")]
    with pytest.raises(NotFound, match="Belum ada map"):
        lists(listed(archived="diserahkan"))[0].labels_pdf()


def test_a_fact_is_told_in_its_lines_and_doubted_where_nobody_confirmed_it():
    read = {
        "perihal": {"nilai": "Tanah", "confidence": 0.2},
        "pelapor": [{"nama": {"nilai": "Siti Rekaan", "confidence": 0.9}}],
        "tanggal_surat": {"nilai": "2026-11-20", "confidence": 0.99},
        "nomor_surat": {"nilai": "12"},
        "terlapor": [{"nilai": "PT Contoh", "confidence": 0.99}, {"nilai": "CV Rekaan", "confidence": 0.99}],
        "korban": [{"nama": {"nilai": "Budi Rekaan", "confidence": 0.1}}],
    }
    found = {fact.name: fact for fact in facts(case_of(recognised(read)), SOP)}

    assert (found["perihal"].lines, found["perihal"].doubtful) == (("Tanah",), True)
    assert ([*found["pelapor"].persons[0].values()], found["pelapor"].lines) == (["Siti Rekaan"], ())
    assert (found["tanggal_surat"].lines, found["tanggal_surat"].doubtful) == (("20 November 2026",), False)
    assert found["nomor_surat"].doubtful
    assert (found["terlapor"].lines, found["terlapor"].persons) == (("PT Contoh", "CV Rekaan"), ())
    assert [found[name].doubtful for name in ("pelapor", "terlapor", "korban")] == [False, False, True]
    assert "alamat" not in found
    confirmed = then(
        case_of(recognised(read)),
        Decided("konfirmasi", "a", "a", NO_HOLDER, "x", {}, {"perihal": "Tanah"}, (), {}, ()),
    )
    assert not next(fact for fact in facts(confirmed, SOP) if fact.name == "perihal").doubtful


def test_the_book_of_a_service_tells_what_its_register_asks():
    asked = (
        FormField("sifat", "Sifat", "pilihan", choices=("biasa",)),
        FormField("tanggal", "Tanggal", "tanggal"),
        FormField("pengirim", "Pengirim", "orang"),
        FormField("hal", "Hal", "isian"),
    )
    older = (FormField("hal", "Perihal", "isian"), FormField("lama", "Lama", "isian"))
    service = SimpleNamespace(
        editions=(
            replace(SOP, register=older, effective=date(2026, 1, 1)),
            replace(SOP, register=asked, effective=date(2026, 2, 1)),
        )
    )
    columns = {column.name: (column.label, column.kind) for column in columns_of(service)}

    assert columns["sifat"] == ("Sifat", "teks")
    assert columns["isian.tanggal"] == ("Tanggal", "hari")
    assert columns["isian.hal"] == ("Hal", "teks")
    assert columns["isian.lama"] == ("Lama", "teks")
    people = [{"nama": "Siti Rekaan"}, {"alamat": "Curup"}]
    said = answers_told(service.editions[1], {"pengirim": people, "hal": "Undangan"})
    assert said["isian.pengirim"].startswith("Siti Rekaan")
    assert said["isian.hal"] == "Undangan"


def test_prints_and_what_came_back_signed_are_files_of_a_cases_sheets():
    sheet = SOP.at_intake[0]
    case = case_of(recognised(), drafted(sheet), printed(sheet))
    (printed_file,) = issued_files(case).values()

    assert printed_file == IssuedFile(sheet, 1, signed=False)
    assert issued_files(case_of(recognised(), drafted(sheet))) == {}


def test_to_another_system_goes_what_was_confirmed_and_is_neither_old_nor_destroyed_nor_secret():
    system = next(one for one in other_systems() if one.of_cases)
    rows = [
        replace(ROW, number=f"2026/{n}", serial=n, **{"confirmed": True, "archived": "aktif", **values})
        for n, values in enumerate(({}, {"confirmed": False}, {"imported": True}, {"archived": "dimusnahkan"}, {}, {}))
    ]

    sheet = sheet_for(system, rows, frozenset({"2026/4"}), lambda row: row.serial == 5, lambda *_: b"")

    assert (sheet.items, sheet.secret) == (("2026/0",), 1)
    assert other_system(system.key) == system
    assert {one.of_cases for one in other_systems()} == {True, False}
    with pytest.raises(NotFound):
        other_system("lain")


PERIOD = Period(2026, 1, 11)


def figures(*rows, sop=FIRST, at: str = "2026-12-15T09:00") -> Counting:
    return Counting(rows, datetime.fromisoformat(at).replace(tzinfo=WIB), sop, (), CALENDAR)


def test_behind_the_figures_of_a_period_stand_the_cases_of_all_its_days():
    days = ("2026-10-31", "2026-11-01", "2026-11-30", "2026-12-01")
    came, ended = [entry(day) for day in days], [entry("2026-10-01", day) for day in days]
    late = replace(ended[1], closed_late=True)
    of = figures(*came, ended[0], late, *ended[2:])

    def behind(by: str, line: str = "") -> list[int]:
        return [row.serial for row in counted(of, PERIOD, by, line, standing("kakanwil"))]

    assert behind(CAME) == [row.serial for row in came[1:3]]
    assert sorted(behind(ENDED)) == [row.serial for row in ended[1:3]]
    assert behind(LATE) == [late.serial]
    assert behind(END, "tidak ada akhir seperti itu") == []
    channels = next(field for field in FIRST.register if field.name == "cara_penyampaian").choices
    posted = replace(came[1], cara_penyampaian=channels[0])
    of = figures(posted, came[2])
    assert behind("cara_penyampaian", channels[0]) == [posted.serial]
    with pytest.raises(UsageFault):
        behind("apa saja")


def test_behind_the_figures_of_now_stand_the_cases_that_run_and_are_past_their_time():
    now, soon = "2026-12-14T09:00:00+07:00", "2026-12-20T09:00:00+07:00"
    rows = [
        entry("2026-12-01", due_at=now, case_due_at=soon),
        entry("2026-12-02", due_at=soon, case_due_at=now, step=5),
        entry("2026-12-03", due_at=now, case_due_at=now, paused=True),
        entry("2026-12-04", "2026-12-05"),
    ]
    of = figures(*rows)

    def behind(by: str, line: str) -> list[int]:
        found = counted(of, PERIOD, by, line, standing("kakanwil"))
        return [[row.serial for row in rows].index(row.serial) for row in found]

    step = next(step.activity for step in FIRST.steps if step.number == 5)
    assert [behind(RUNNING, line) for line in ("", PAST, WHOLE, PAUSED)] == [[0, 1, 2], [0], [1], [2]]
    assert behind(STEP, step) == [1]
    assert behind(WITH, next(lane.name for lane in FIRST.lanes if lane.role == "kakanwil")) == [0, 1, 2]
    letters = [a_letter("06-x", "Surat", None) | {"roles": ["kadiv"], "since": "2026-12-06T09:00:00+07:00"}]
    with_letter = entry("2026-12-06", surat=letters, due_at=soon)
    loads = {load.role: (load.cases, load.letters) for load in workload(figures(*rows, with_letter), None)}
    assert loads == {"kakanwil": (4, 0), "kadiv": (0, 1)}
    assert workload(figures(entry("2026-12-07", awaits=["pelapor"])), None) == ()
    secret = entry("2026-12-08", sifat="rahasia", awaits=["kadiv"])
    assert workload(figures(secret), ["kasubbid"]) == ()
    (load,) = workload(of, None)
    assert (load.role, load.cases, load.late, load.letters) == ("kakanwil", 3, 1, 0)
    (load,) = workload(figures(*rows, entry("2026-12-03", due_at=now)), None)
    assert (load.cases, load.late) == (4, 2)
    with pytest.raises(UsageFault):
        behind(RUNNING, "apa saja")


def test_a_summary_is_made_once_for_who_asks_the_same_and_of_its_own_series():
    made: list[date] = []
    rows = [entry("2026-11-02"), entry("2026-11-02"), entry("2026-11-03", series="SM")]
    register = SimpleNamespace(mark=lambda: 1, touched_since=lambda day: made.append(day) or rows)
    summaries = Summaries(register, editions(), (), CALENDAR)
    now = datetime(2026, 12, 1, 9, tzinfo=WIB)

    first = summaries.of(PERIOD, now)

    assert summaries.of(PERIOD, now + timedelta(seconds=59)) is first
    assert (first.flow.received, len(made)) == (2, 1)
    summaries.of(PERIOD, now, roles=["kakanwil"])
    summaries.of(PERIOD, now + timedelta(minutes=1))
    assert len(made) == 3


def test_a_summary_counts_the_first_and_the_last_day_of_its_period():
    days = ("2026-10-31", "2026-11-01", "2026-11-30", "2026-12-01")
    summary = summary_of(*(entry(day) for day in days), *(entry("2026-10-15", day) for day in days), period=PERIOD)

    assert (summary.flow.received, summary.flow.closed) == (2, 2)


def test_cases_that_wait_for_no_act_of_a_service_stand_with_the_others():
    groups = grouped([replace(ROW, state_key="tak-dikenal")], [SOP], ["tim-yankomas"])

    assert [(group.move, group.together, group.checks) for group in groups] == [("", False, False)]


def test_the_book_of_a_series_is_that_of_its_service():
    own = SimpleNamespace(series="SM", name="Surat Masuk", editions=(replace(SOP, register=()),))
    seen: list = []
    files = RegisterFiles(
        SimpleNamespace(every=lambda _extent: []), lambda *told: seen.append(told) or b"", None, services=(own,)
    )

    for series in ("", "SM"):
        files.xlsx(Extent(2026, series=series))

    assert ["Surat Masuk" in str(told[0]) for told in seen] == [False, True]
    asked = (FormField("hari", "Hari", "tanggal"), FormField("hal", "Hal", "isian"))
    own = SimpleNamespace(series="SM", name="Surat Masuk", editions=(replace(SOP, register=asked),))
    case = SimpleNamespace(row=ROW, entry={"isian.hari": "2026-11-20", "isian.hal": "2026-11-20"})
    listing = SimpleNamespace(every=lambda _extent: [case])
    RegisterFiles(listing, lambda *told: seen.append(told) or b"", None, services=(own,)).xlsx(
        Extent(2026, series="SM")
    )
    (line,) = seen[-1][1][0].rows
    assert line[2:4] == [date(2026, 11, 20), "2026-11-20"]
