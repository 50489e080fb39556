"""What is late and what falls due: the longest overdue first, in office time, with those it waits for."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from case_factory import CALENDAR, case_of, moved, received, tended
from fakes import MORNING, wib

from pipeline.cases.store.sop_editions import editions
from pipeline.office.office import Letterhead, Office
from pipeline.office.officials import Official
from pipeline.register.due import Due, Holder, falling_due, remaining, time_left, waiting_for
from pipeline.register.row import Row, row_of

SOP = editions()[0]
OFFICE = Office(
    "Kantor Rekaan",
    "Bengkulu",
    Letterhead((), "", "", ""),
    (
        Official("kakanwil", "Kepala Kantor Wilayah", "Rudi"),
        Official("kakanwil", "Kepala Kantor Wilayah", "Dewi", since=date(2026, 11, 26), acting="Plh."),
    ),
    "",
)


def case(serial: int, *moves: str, at: datetime = MORNING) -> Row:
    found = tended(case_of(first=received(serial=serial), at=at), SOP)
    for key in moves:
        found = moved(found, SOP, key)
    return row_of(found, SOP, CALENDAR)


CONFIRMING = case(1)  # due on Wednesday the 25th at 08.30
AT_HEAD = case(2, "konfirmasi", "sampaikan")  # two days: Friday the 27th
ENDED = case(3, "cabut")
ASKED = case(4, "konfirmasi", "sampaikan", "disposisi", "disposisi", "disposisi", "minta-kelengkapan")
ROWS = [AT_HEAD, ENDED, ASKED, CONFIRMING]


def due(now: str, days: int = 3) -> list[Due]:
    return falling_due(ROWS, wib(now), CALENDAR, OFFICE, days)


def test_what_is_late_comes_first_and_then_what_falls_due_next():
    found = due("2026-11-25T09:30")

    assert [(r.number, r.late) for r in found] == [("2026/0001", True), ("2026/0002", False)]
    assert [r.remaining_minutes for r in found] == [-60, 1230]
    assert [r.remaining for r in found] == ["terlambat 1 jam kerja", "2 hari kerja"]


def test_what_has_ended_is_never_due():
    assert "2026/0003" not in {r.number for r in due("2027-06-01T08:00")}


def test_only_so_many_working_days_ahead_are_shown():
    assert [r.number for r in due("2026-11-25T08:00", days=0)] == []
    assert [r.number for r in due("2026-11-25T08:00", days=1)] == ["2026/0001"]
    assert [r.number for r in due("2026-11-25T08:00", days=30)] == ["2026/0001", "2026/0002", "2026/0004"]


def test_it_says_who_is_waited_for_and_who_that_is_today():
    today = due("2026-11-25T09:30")[1]
    tomorrow = due("2026-11-26T09:30")[1]

    assert today.roles == ("kakanwil",)
    assert today.holders == (Holder("kakanwil", "Kepala Kantor Wilayah", "Rudi"),)
    assert tomorrow.holders == (Holder("kakanwil", "Plh. Kepala Kantor Wilayah", "Dewi"),)


def test_a_case_that_waits_for_its_complainant_says_so():
    found = next(r for r in due("2026-11-25T09:30", days=30) if r.number == "2026/0004")

    assert found.holders == (Holder("pelapor", "", ""),)


@pytest.mark.parametrize(
    ("now", "end", "said"),
    [
        ("2026-11-25T08:15", "2026-11-25T08:30", "15 menit kerja"),
        ("2026-11-25T08:15", "2026-11-25T15:20", "6 jam 5 menit kerja"),
        ("2026-11-25T15:00", "2026-11-26T08:30", "2 jam kerja"),
        ("2026-11-25T08:15", "2026-11-27T16:30", "2 hari kerja"),
        ("2026-11-27T16:00", "2026-11-30T16:00", "8 jam kerja"),
        ("2026-11-25T08:30", "2026-11-25T08:30", "0 menit kerja"),
        ("2026-11-25T12:05", "2026-11-25T12:00", "terlambat 0 menit kerja"),
        ("2026-11-25T09:35", "2026-11-25T08:30", "terlambat 1 jam 5 menit kerja"),
        ("2026-12-02T09:35", "2026-11-25T16:00", "terlambat 5 hari kerja"),
    ],
)
def test_time_is_said_in_hours_today_and_in_working_days_beyond(now, end, said):
    assert remaining(wib(now), wib(end), CALENDAR) == said


@pytest.mark.parametrize(
    ("now", "late", "near"),
    [
        ("2026-11-24T11:59", False, False),
        ("2026-11-24T12:00", False, True),  # four hours of office time before it is due, with the lunch between
        ("2026-11-25T08:30", False, True),
        ("2026-11-25T08:31", True, False),
    ],
)
def test_a_deadline_is_near_from_half_a_day_before_it_and_late_after_it(now, late, near):
    left = time_left(CONFIRMING, wib(now), CALENDAR)
    waiting = waiting_for(CONFIRMING.awaits, ROWS, wib(now), CALENDAR)

    assert (left.late, left.near) == (late, near)
    assert (waiting.rows, waiting.late, waiting.near) == ([CONFIRMING], late, near)
