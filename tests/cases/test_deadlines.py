"""When a case is late: worked out by hand around holidays, pauses, corrections, and cases that were sent back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from case_factory import CALENDAR, case_of, moved, moved_at, tended
from fakes import WIB, wib
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cases.case import Case
from pipeline.cases.deadlines import Deadlines, deadlines, step_times
from pipeline.cases.store.sop_editions import editions
from pipeline.office.store.holidays import ClosedDays
from pipeline.office.worktime import Calendar

SOP = editions()[0]
OFFICE = replace(CALENDAR, closed=ClosedDays(frozenset({date(2026, 11, 30)})))
EVERY_DAY = replace(OFFICE, calendar_days=True)
after = partial(moved_at, SOP)


def received(at: str) -> Case:
    return tended(case_of(at=wib(at)), SOP)


def due(case: Case, calendar: Calendar = OFFICE) -> Deadlines:
    return deadlines(case, SOP, calendar)


#: A letter of Monday 23 November 2026 that reaches the review on Tuesday; Monday the 30th the office is closed.
REVIEW = after(
    received("2026-11-23T08:00"),
    ("konfirmasi", "2026-11-23T08:10"),
    ("sampaikan", "2026-11-23T08:20"),
    ("disposisi", "2026-11-23T10:00"),
    ("disposisi", "2026-11-23T14:00"),
    ("disposisi", "2026-11-24T09:00"),
)
LETTER = after(REVIEW, ("telaah", "2026-11-25T09:00", {"saran": "rekomendasi"}))


def test_each_step_has_its_own_limit_from_the_moment_the_case_came_into_it():
    case = received("2026-11-23T08:00")
    assert due(case).step == wib("2026-11-23T08:15")  # pencatatan, 15 minutes

    case = after(case, ("konfirmasi", "2026-11-23T11:50"))
    assert due(case).step == wib("2026-11-23T13:05")  # penyampaian, 15 minutes over lunch

    case = after(case, ("sampaikan", "2026-11-23T13:00"))
    assert due(case).step == wib("2026-11-25T16:00")  # telaahan, 2 days
    assert due(REVIEW).step == wib("2026-11-25T16:00")  # three dispositions share them

    assert due(LETTER).step == wib("2026-11-27T16:30")  # rekomendasi, 2 days


def test_the_audience_has_three_days_that_go_around_a_weekend_and_a_day_the_office_was_closed():
    case = after(REVIEW, ("telaah", "2026-11-26T09:00", {"saran": "audiensi"}))

    assert due(case).step == wib("2026-12-02T16:00")  # Friday, Tuesday, Wednesday


def test_monitoring_has_twenty_two_days_that_go_around_christmas_and_new_year():
    case = after(
        LETTER,
        ("susun-rekomendasi", "2026-11-25T10:00"),
        ("paraf", "2026-11-25T11:00"),
        ("paraf", "2026-11-25T12:00"),
        ("nomori", "2026-11-25T13:00"),
        ("tandatangan", "2026-11-26T08:00"),
        ("kirim", "2026-11-26T09:00"),
        ("terima", "2026-12-01T10:00"),
    )

    # 2-4, 7-11, 14-18, 21-23 and 28-31 December are twenty; 4 and 6 January. Closed: 24 December (cuti bersama),
    # 25 (Natal), 1 January, 5 January (Isra Mikraj).
    assert due(case).step == wib("2027-01-06T16:00")


def test_the_review_and_the_whole_case_count_from_the_letters_receipt():
    # 45 minutes to 08.45, then 2 days; all of it 29 days: 24-27 Nov (4), 1-4 Dec (8), 7-11 (13), 14-18 (18),
    # 21-23 (21), 28-31 (25), 4 Jan (26), 6-8 Jan (29).
    assert due(REVIEW).review == wib("2026-11-25T16:00")
    assert due(REVIEW).case == wib("2027-01-08T16:30")


def test_three_quarters_of_an_hour_before_closing_the_days_begin_tomorrow():
    case = received("2026-11-23T15:30")

    assert due(case).review == wib("2026-11-26T16:00")


def test_while_the_complainant_is_asked_it_is_the_complainants_time():
    case = after(REVIEW, ("minta-kelengkapan", "2026-11-24T12:00"))

    assert due(case).step == wib("2026-12-09T16:00")  # ten days: 25, 26, 27 Nov, 1-4, 7-9 Dec


def test_while_a_case_waits_for_somebody_whom_its_edition_gives_no_days_the_step_has_its_own():
    patient_with_nobody = replace(SOP, states=tuple(replace(state, patience=0) for state in SOP.states))
    case = after(REVIEW, ("minta-kelengkapan", "2026-11-24T12:00"))

    assert deadlines(case, patient_with_nobody, OFFICE).step == due(REVIEW).step


def test_waiting_for_the_complainant_takes_nothing_from_the_offices_time():
    case = after(REVIEW, ("minta-kelengkapan", "2026-11-24T12:00"), ("terima-kelengkapan", "2026-12-03T13:00"))

    # Left of the review on Tuesday noon: 3 hours that day, 7.5 on Wednesday. From Thursday 13.00: 3 + 7.5 on Friday.
    assert due(case).step == wib("2026-12-04T16:30")
    assert due(case).review == wib("2026-12-04T16:30")
    assert due(case).case > due(REVIEW).case


def test_two_pauses_add_up():
    once = after(REVIEW, ("minta-kelengkapan", "2026-11-24T12:00"), ("terima-kelengkapan", "2026-11-25T12:00"))
    twice = after(once, ("minta-kelengkapan", "2026-11-25T14:00"), ("terima-kelengkapan", "2026-11-26T14:00"))

    assert due(once).step == wib("2026-11-26T16:00")
    assert due(twice).step == wib("2026-11-27T16:30")


def test_a_pause_after_the_deadline_excuses_nothing():
    for asked in ("2026-11-25T16:00", "2026-11-26T09:00"):
        case = after(REVIEW, ("minta-kelengkapan", asked), ("terima-kelengkapan", "2026-12-03T13:00"))

        assert due(case).step == due(REVIEW).step == wib("2026-11-25T16:00")


def test_the_time_of_a_step_is_what_the_office_worked_and_neither_a_pause_nor_the_end_is_work():
    waited = [("minta-kelengkapan", "2026-11-24T12:00"), ("terima-kelengkapan", "2026-12-03T13:00")]
    paused = after(REVIEW, *waited, ("telaah", "2026-12-03T14:00", {"saran": "rekomendasi"}))
    ended = after(paused, ("cabut", "2026-12-04T09:00"))

    def times(case: Case) -> dict[str, tuple]:
        return {time.step.key: (time.since, time.until, time.spent) for time in step_times(case, SOP, OFFICE)}

    begun = wib("2026-11-23T08:20")
    assert times(LETTER)["telaahan"] == (begun, wib("2026-11-25T09:00"), timedelta(hours=15, minutes=40))
    assert times(paused)["telaahan"] == (begun, wib("2026-12-03T14:00"), timedelta(hours=12, minutes=10))
    assert times(paused)["rekomendasi"] == (wib("2026-12-03T14:00"), None, timedelta())
    assert times(ended)["rekomendasi"] == (
        wib("2026-12-03T14:00"),
        wib("2026-12-04T09:00"),
        timedelta(hours=3, minutes=30),
    )
    assert list(times(ended)) == ["pencatatan", "penyampaian", "telaahan", "rekomendasi"]


def test_a_later_step_owes_nothing_to_an_earlier_pause():
    case = after(
        REVIEW,
        ("minta-kelengkapan", "2026-11-24T12:00"),
        ("terima-kelengkapan", "2026-12-03T13:00"),
        ("telaah", "2026-12-03T14:00", {"saran": "rekomendasi"}),
    )

    assert due(case).step == wib("2026-12-07T16:00")


def test_correcting_a_field_moves_no_deadline():
    case = after(REVIEW, ("koreksi", "2026-11-25T09:00", {"perihal": "Tanah adat"}))

    assert due(case) == due(REVIEW)


@pytest.mark.parametrize("stated", ["2026-11-20 14.00", "20 November 2026 pukul 14.00", "2026-11-20T14:00:00+07:00"])
def test_correcting_the_moment_of_receipt_moves_the_deadlines_that_count_from_it(stated):
    case = after(REVIEW, ("koreksi", "2026-11-25T09:00", {"diterima_pada": stated}))

    assert case.received_at == wib("2026-11-20T14:00")
    assert due(case).review == wib("2026-11-24T16:00")
    assert due(case).case < due(REVIEW).case
    assert due(case).step == due(REVIEW).step  # it came into the review when it did


def test_a_letter_received_before_it_was_scanned_was_late_from_the_start():
    case = after(received("2026-11-23T08:00"), ("koreksi", "2026-11-23T08:05", {"diterima_pada": "2026-11-20 15.00"}))

    assert due(case).step == wib("2026-11-20T15:15")


def test_sent_back_a_step_does_not_begin_anew():
    back = after(LETTER, ("kembalikan", "2026-11-26T09:00"))
    assert due(back).step == due(REVIEW).step

    again = after(back, ("telaah", "2026-11-27T09:00", {"saran": "rekomendasi"}))
    assert due(again).step == due(LETTER).step


def test_a_step_that_was_jumped_over_begins_when_the_case_first_comes_into_it():
    back = after(LETTER, ("kembalikan", "2026-11-26T09:00"))

    audience = after(back, ("telaah", "2026-11-26T10:00", {"saran": "audiensi"}))

    assert due(audience).step == wib("2026-12-02T16:00")


def test_a_case_that_has_ended_has_no_deadline():
    assert due(after(REVIEW, ("cabut", "2026-11-24T10:00"))).step is None


def test_opened_again_a_case_has_the_time_it_had_left():
    case = after(REVIEW, ("cabut", "2026-11-24T12:00"), ("buka-kembali", "2026-12-03T13:00"))

    assert due(case).step == wib("2026-12-04T16:30")


def test_having_been_withdrawn_early_is_no_work_on_the_review():
    case = after(
        received("2026-11-23T08:00"),
        ("cabut", "2026-11-23T08:05"),
        ("buka-kembali", "2026-12-01T08:00"),
        ("konfirmasi", "2026-12-01T08:05"),
        ("sampaikan", "2026-12-01T08:10"),
    )

    assert due(case).step == wib("2026-12-03T16:00")


def test_an_office_that_counts_calendar_days_counts_weekends_and_ends_on_a_day_it_works():
    assert due(REVIEW, EVERY_DAY).step == wib("2026-11-25T16:00")
    assert due(LETTER, EVERY_DAY).step == wib("2026-11-27T16:30")
    audience = after(REVIEW, ("telaah", "2026-11-26T09:00", {"saran": "audiensi"}))
    assert due(audience, EVERY_DAY).step == wib("2026-12-01T16:00")  # Sunday the 29th; Monday is closed
    assert due(REVIEW, EVERY_DAY).case == wib("2026-12-22T16:00")


def test_an_office_in_another_zone_closes_by_its_own_clock():
    east = replace(OFFICE, zone=ZoneInfo("Asia/Jayapura"))

    assert due(REVIEW, east).step == datetime.combine(date(2026, 11, 25), time(16), ZoneInfo("Asia/Jayapura"))


@given(st.datetimes(datetime(2026, 1, 2), datetime(2026, 10, 1)), st.integers(1, 60))
def test_a_pause_never_brings_a_deadline_nearer(start, days):
    begun = tended(case_of(at=start.replace(microsecond=0, tzinfo=WIB)), SOP)
    for key in ("konfirmasi", "sampaikan", "disposisi", "disposisi", "disposisi"):
        begun = moved(begun, SOP, key)
    asked = moved(begun, SOP, "minta-kelengkapan")
    answered = moved(asked, SOP, "terima-kelengkapan", at=asked.entries[-1].at + timedelta(days=days))

    before, after_it = due(begun), due(answered)

    assert after_it.step >= before.step
    assert after_it.case >= before.case
    assert after_it.review >= before.review
