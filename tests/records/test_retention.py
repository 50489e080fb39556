"""The retention schedule: versions from a day on, rows in use stay, and what falls due is what a hand reckons."""

from __future__ import annotations

import random
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from ended_cases import ARCHIVIST, HEAD_OF_FIELD, ended

from pipeline.errors import Incomplete, NotAllowed
from pipeline.records.acting import act_on
from pipeline.records.due import DueRecord, due_by, due_in
from pipeline.records.list_steps import begin
from pipeline.records.retention import FATES, TRIGGERS, RetentionRow, Schedule, in_force, read_row, schedules, typed_row
from pipeline.records.schedule_versions import schedule_on, set_schedule

DEFAULT = "* | Semua | selesai | 1 | 2 | dinilai kembali"
LAND = "HA.01 | Tanah | akhir tahun selesai | 1 | 1 | musnah | SK 1"
SHIPPED = [typed_row(row) for row in schedules([])[0].rows]


def kept(office, *rows: str, since: date | None = None, by=ARCHIVIST) -> Schedule:
    typed = {"berlaku": (since or office.clock.now().date()).isoformat(), "baris": [*rows]}
    office.root.book.refresh()
    return set_schedule(typed, by=by, rows=office.root.book.rows(), parts=office.root.record_parts)


def test_nothing_falls_due_by_the_schedule_that_comes_with_the_program(office):
    ended(office)
    office.root.book.refresh()

    found = due_by(2050, office.root.book.rows(), [], date(2050, 1, 1))

    assert (found.records, found.unset) == ((), 1)
    assert schedules([])[0].row_of("HA.01.07").fate == "dinilai kembali"


def test_a_version_holds_from_its_day_on_and_the_one_before_until_then(office):
    today = office.clock.now().date()
    kept(office, *SHIPPED[1:], DEFAULT)
    kept(office, *SHIPPED[1:], DEFAULT, LAND, since=today + timedelta(days=10))

    parts = office.root.record_parts
    assert schedule_on(today, parts).row_of("HA.01.07").code == "*"
    assert schedule_on(today + timedelta(days=10), parts).row_of("HA.01.07").fate == "musnah"
    assert in_force(schedules(parts.book.lines()), today - timedelta(days=1)).since is None


def test_a_row_by_which_records_are_kept_cannot_be_removed(office):
    kept(office, *SHIPPED[1:], DEFAULT, LAND, "PK | Lain | selesai | 1 | 1 | musnah")
    act_on(ended(office), "berkaskan", {"klasifikasi": "HA.01.07"}, by=ARCHIVIST, parts=office.root.record_parts)

    with pytest.raises(NotAllowed, match=r"HA\.01 \(1 map, misalnya 2026/0001\)"):
        kept(office, *SHIPPED[1:], DEFAULT)
    assert len(kept(office, *SHIPPED[1:], DEFAULT, LAND).rows) == len(SHIPPED) + 1


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([LAND], r"baris \*"),
        ([DEFAULT, LAND, LAND], "dua kali"),
        ([DEFAULT, "HA | Tanah | selesai | satu | 1 | musnah"], "bukan banyaknya tahun"),
        ([DEFAULT, "HA | Tanah | selesai | 1 | 1 | dibakar"], "nasib 'dibakar'"),
        ([DEFAULT, "HA | Tanah | selesai | 101 | 1 | musnah"], "bukan banyaknya tahun"),
        ([DEFAULT, "HA |  | selesai | 1 | 1 | musnah"], "kode"),
        ([DEFAULT, " | Tanah | selesai | 1 | 1 | musnah"], "kode"),
        ([DEFAULT, "HA | Tanah | selesai | 1 | 1 | musnah | SK 1 | x"], "kode"),
        ([DEFAULT, "HA | Tanah | kapan saja | 1 | 1 | musnah"], "pemicu"),
    ],
)
def test_rows_that_say_nothing_are_refused_with_why(office, rows, why):
    with pytest.raises(Incomplete, match=why):
        kept(office, *rows)


def test_neither_the_past_is_changed_nor_by_whoever_may_not(office):
    with pytest.raises(Incomplete, match="sudah lewat"):
        kept(office, DEFAULT, since=date(2020, 1, 1))
    with pytest.raises(NotAllowed, match="tidak berwenang"):
        kept(office, *SHIPPED, by=HEAD_OF_FIELD)


def test_a_held_record_is_not_due_and_one_that_is_due_may_be_proposed(office):
    kept(office, *SHIPPED[1:], "* | Semua | selesai | 0 | 0 | musnah")
    first, second = ended(office), ended(office)
    parts = office.root.record_parts
    act_on(first, "tahan", {"alasan": "Gugatan"}, by=HEAD_OF_FIELD, parts=parts)
    office.root.book.refresh()

    found = due_by(2026, office.root.book.rows(), parts.book.lines(), office.clock.now().date())

    assert [(due.number, due.what) for due in found.records] == [(second, "musnah")]
    assert found.held == 1
    assert [len(found.of(what)) for what in ("musnah", "pindah")] == [1, 0]


def test_a_record_may_go_once_its_years_are_over_counted_from_when_its_case_ended(office):
    kept(office, *SHIPPED[1:], "* | Semua | selesai | 0 | 1 | musnah")
    number, parts = ended(office), office.root.record_parts
    with pytest.raises(NotAllowed, match="disimpan sampai"):
        begin("musnah", [number], {"dasar": "JRA"}, by=ARCHIVIST, parts=parts)
    office.clock.at += timedelta(days=366)

    assert begin("musnah", [number], {"dasar": "JRA"}, by=ARCHIVIST, parts=parts).members == (number,)


def test_a_row_of_which_half_the_years_are_set_keeps_for_ever_and_a_day_that_is_missing_is_the_one_before():
    half, whole = (RetentionRow("*", "x", "selesai", 1, inactive, "musnah") for inactive in (None, 2))

    assert (half.active_until(date(2024, 2, 29)), half.kept_until(date(2024, 2, 29))) == (date(2025, 2, 28), None)
    assert whole.kept_until(date(2024, 2, 29)) == date(2027, 2, 28)
    assert RetentionRow("*", "x", "selesai", None, 2, "musnah").active_until(date(2024, 2, 29)) is None
    row = SimpleNamespace(closed_at="2024-02-29T10:00:00+07:00")
    assert [DueRecord(row, what, whole).on.year for what in ("pindah", "musnah")] == [2025, 2027]


def by_hand(rows, schedule: Schedule, last: date, today: date) -> set[tuple[int, str]]:
    """What is due, reckoned another way: day by day of years and months, with no function of the program."""
    found = set()
    for row in rows:
        if not row.final or row.archived in ("dimusnahkan", "diserahkan"):
            continue
        if any(m == "ditahan" or (m.startswith("ditahan ") and m[8:] >= today.isoformat()) for m in row.marks):
            continue
        code, rule = row.klasifikasi or "", None
        while code:
            rule = rule or next((r for r in schedule.rows if r.code == code), None)
            code = code.rpartition(".")[0]
        rule = rule or next(r for r in schedule.rows if r.code == "*")
        if rule.active is None or rule.inactive is None:
            continue
        year, month, day = (int(part) for part in row.closed_at[:10].split("-"))
        if rule.trigger == "akhir tahun selesai":
            month, day = 12, 31
        # The 29th of February comes before the end of any year, as the 28th does.
        if (year + rule.active + rule.inactive, month, day) <= (last.year, last.month, last.day):
            found.add((row.serial, rule.fate))
        elif row.archived == "inaktif" and (year + rule.active, month, day) <= (last.year, last.month, last.day):
            found.add((row.serial, "pindah"))
    return found


def some_rows(count: int, rolling: random.Random) -> list[SimpleNamespace]:
    """Invented rows of a register: what :func:`due_in` looks at, nothing else."""
    codes = [None, "HA.01.07", "HA.01", "HA.010", "PK.02", "PK.02.1", "X"]
    states = ["inaktif"] * 6 + ["dipindahkan", "dimusnahkan", "diserahkan"]
    marks = [()] * 8 + [("ditahan",), ("ditahan 2030-05-01",), ("ditahan 2020-05-01", "dipinjam")]
    return [
        SimpleNamespace(
            year=2020,
            serial=serial,
            final=rolling.random() < 0.9,
            closed_at=(date(2012, 2, 29) + timedelta(days=rolling.randrange(5200))).isoformat() + "T10:00:00+07:00",
            klasifikasi=rolling.choice(codes),
            archived=rolling.choice(states),
            marks=rolling.choice(marks),
        )
        for serial in range(1, count + 1)
    ]


def some_schedule(rolling: random.Random) -> Schedule:
    """A schedule with every trigger and fate, and rows without years."""
    years = [None, 0, 1, 2, 5]
    codes = ["*", "HA.01", "HA", "PK.02", "PK.02.1"]
    return Schedule(
        tuple(
            RetentionRow(
                c, c, rolling.choice(TRIGGERS), rolling.choice(years), rolling.choice(years), rolling.choice(FATES)
            )
            for c in codes
        )
    )


@pytest.mark.parametrize("seed", range(20))
def test_what_is_due_is_what_a_hand_reckons(seed):
    rolling = random.Random(seed)
    rows, schedule, today = some_rows(400, rolling), some_schedule(rolling), date(2026, 11, 27)

    for year in (2014, 2026, 2040):
        found = due_in(year, rows, schedule, today)
        assert {(due.row.serial, due.what) for due in found.records} == by_hand(
            rows, schedule, date(year, 12, 31), today
        )


def test_a_row_is_read_as_it_is_written():
    for text in (DEFAULT, LAND, "HA | Tanah | selesai | 99 | 100 | permanen", *SHIPPED):
        assert typed_row(read_row(text)) == text
