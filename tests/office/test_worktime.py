"""Working time: the office's hours, Indonesia's holidays and cuti bersama of 2024 to 2026, worked out by hand."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from fakes import wib
from hypothesis import given
from hypothesis import strategies as st

from pipeline.office.store.holidays import ClosedDays
from pipeline.office.worktime import Calendar, Limit, SpecialHours

WIB = ZoneInfo("Asia/Jakarta")
WIT = ZoneInfo("Asia/Jayapura")
USUAL = ((time(7, 30), time(12)), (time(13), time(16)))
FRIDAY = ((time(7, 30), time(11, 30)), (time(13), time(16, 30)))
HOURS = {0: USUAL, 1: USUAL, 2: USUAL, 3: USUAL, 4: FRIDAY, 5: (), 6: ()}
OFFICE = Calendar(WIB, HOURS, ClosedDays(frozenset()))

moments = st.datetimes(datetime(2024, 1, 1), datetime(2026, 10, 31)).map(lambda d: d.replace(second=0, tzinfo=WIB))
minutes = st.integers(1, 3000)
days = st.integers(1, 40)


def open_minutes(start: datetime, end: datetime) -> float:
    """Add up office time between two moments, day by day."""
    total, day = timedelta(), start.date()
    while day <= end.date():
        if OFFICE.is_working_day(day):
            for opens, closes in HOURS[day.weekday()]:
                begin = max(datetime.combine(day, opens, WIB), start)
                stop = min(datetime.combine(day, closes, WIB), end)
                total += max(stop - begin, timedelta())
        day += timedelta(days=1)
    return total.total_seconds() / 60


@pytest.mark.parametrize(
    ("start", "limit", "end"),
    [
        ("2026-11-25T08:15", 15, "2026-11-25T08:30"),
        ("2026-11-25T06:00", 15, "2026-11-25T07:45"),  # before opening
        ("2026-11-25T11:45", 15, "2026-11-25T12:00"),  # just before lunch is still before lunch
        ("2026-11-25T11:50", 15, "2026-11-25T13:05"),
        ("2026-11-25T12:30", 15, "2026-11-25T13:15"),
        ("2026-11-27T11:20", 15, "2026-11-27T13:05"),  # Friday prayer
        ("2026-11-25T15:50", 15, "2026-11-26T07:35"),
        ("2026-11-25T16:00", 15, "2026-11-26T07:45"),
        ("2026-11-25T22:00", 15, "2026-11-26T07:45"),
        ("2026-11-27T16:25", 15, "2026-11-30T07:40"),  # over the weekend
        ("2026-11-28T10:00", 15, "2026-11-30T07:45"),
        ("2026-11-25T07:30", 450, "2026-11-25T16:00"),  # a whole day
        ("2026-11-25T07:30", 451, "2026-11-26T07:31"),
        ("2024-04-05T16:25", 15, "2024-04-16T07:40"),  # Lebaran 1445
        ("2025-03-27T15:50", 15, "2025-04-08T07:35"),  # Nyepi and Lebaran 1446
        ("2026-03-17T15:50", 15, "2026-03-25T07:35"),  # Nyepi and Lebaran 1447
    ],
)
def test_minutes_run_in_office_hours_only(start, limit, end):
    assert OFFICE.after(wib(start), Limit(minutes=limit)) == wib(end)


@pytest.mark.parametrize(
    ("start", "limit", "end"),
    [
        ("2026-11-25T08:15", 2, "2026-11-27T16:30"),
        ("2026-11-25T23:59", 2, "2026-11-27T16:30"),
        ("2026-11-26T08:15", 2, "2026-11-30T16:00"),
        ("2026-11-27T08:15", 3, "2026-12-02T16:00"),
        ("2026-11-28T10:00", 1, "2026-11-30T16:00"),  # begun on a Saturday
        ("2024-02-13T09:00", 1, "2024-02-15T16:00"),  # election day
        ("2024-04-05T09:00", 1, "2024-04-16T16:00"),  # Lebaran 1445: 8, 9, 12 and 15 April are cuti bersama
        ("2024-06-14T09:00", 1, "2024-06-19T16:00"),  # Idul Adha and its cuti bersama
        ("2025-03-27T09:00", 2, "2025-04-09T16:00"),  # Lebaran 1446: 28 March and 2 to 7 April are cuti bersama
        ("2025-08-15T09:00", 1, "2025-08-19T16:00"),  # 18 August, a cuti bersama decreed late
        ("2025-12-24T09:00", 1, "2025-12-29T16:00"),
        ("2025-12-31T09:00", 1, "2026-01-02T16:30"),  # over the year's end
        ("2026-02-13T09:00", 1, "2026-02-18T16:00"),  # Imlek and its cuti bersama
        ("2026-03-17T09:00", 2, "2026-03-26T16:00"),  # Lebaran 1447
        ("2026-03-02T09:00", 22, "2026-04-09T16:00"),  # pemantauan over Nyepi, Lebaran and Wafat Yesus
        ("2026-05-13T09:00", 1, "2026-05-18T16:00"),  # Kenaikan Yesus and its cuti bersama
        ("2026-12-23T09:00", 2, "2026-12-29T16:00"),  # Natal and its cuti bersama
    ],
)
def test_days_are_working_days_and_end_at_closing_time(start, limit, end):
    assert OFFICE.after(wib(start), Limit(days=limit)) == wib(end)


def test_minutes_come_first_and_the_days_begin_where_they_end():
    late_on_wednesday = wib("2026-11-25T15:50")

    assert OFFICE.after(late_on_wednesday, Limit(minutes=15, days=1)) == wib("2026-11-27T16:30")


def test_the_whole_sop_takes_three_quarters_of_an_hour_and_29_days():
    assert OFFICE.after(wib("2025-10-01T08:15"), Limit(minutes=45, days=29)) == wib("2025-11-11T16:00")


def test_an_office_may_close_on_days_of_its_own():
    office = Calendar(WIB, HOURS, ClosedDays(frozenset({date(2026, 11, 26)})))

    assert office.after(wib("2026-11-25T08:15"), Limit(days=1)) == wib("2026-11-27T16:30")
    assert not office.is_working_day(date(2026, 11, 26))
    assert not office.is_working_day(date(2026, 12, 25))


def test_an_office_further_east_counts_in_its_own_zone():
    office = Calendar(WIT, HOURS, ClosedDays(frozenset()))
    evening_utc = datetime(2026, 11, 25, 22, 0, tzinfo=UTC)  # Thursday 07.00 in Jayapura

    assert office.after(evening_utc, Limit(minutes=15)) == datetime(2026, 11, 26, 7, 45, tzinfo=WIT)
    assert office.after(evening_utc, Limit(days=1)) == datetime(2026, 11, 27, 16, 30, tzinfo=WIT)


def test_no_limit_ends_at_once():
    start = wib("2026-11-28T10:00")

    assert OFFICE.after(start, Limit()) == start


@pytest.mark.parametrize("limit", [Limit(minutes=1), Limit(days=1)])
def test_an_office_that_never_opens_is_a_mistake_and_no_endless_search(limit):
    office = Calendar(WIB, {}, frozenset())

    with pytest.raises(ValueError, match="left"):
        office.after(wib("2026-11-25T08:15"), limit)


@given(moments, minutes | st.just(0), days | st.just(0))
def test_no_limit_ever_ends_on_a_closed_day_or_outside_hours(start, minute, day):
    limit = Limit(minute, day)
    if limit == Limit():
        return

    end = OFFICE.after(start, limit)

    assert OFFICE.is_working_day(end.date())
    assert any(opens <= end.time() <= closes for opens, closes in HOURS[end.weekday()])
    assert end > start


@given(moments, minutes)
def test_so_many_minutes_of_office_time_pass_until_the_end_and_no_sooner(start, minute):
    end = OFFICE.after(start, Limit(minutes=minute))

    assert open_minutes(start, end) == minute
    assert open_minutes(start, end - timedelta(microseconds=1)) < minute


@given(moments, days)
def test_so_many_working_days_follow_the_day_it_began(start, day):
    end = OFFICE.after(start, Limit(days=day))

    between = [start.date() + timedelta(days=n) for n in range(1, (end.date() - start.date()).days + 1)]
    assert sum(map(OFFICE.is_working_day, between)) == day
    assert end.time() == HOURS[end.weekday()][-1][1]


@given(moments, moments, minutes | st.just(0), days | st.just(0))
def test_what_begins_later_never_ends_sooner(one, other, minute, day):
    first, second = sorted((one, other))

    assert OFFICE.after(first, Limit(minute, day)) <= OFFICE.after(second, Limit(minute, day))


@given(moments, st.tuples(minutes, minutes), st.tuples(days, days))
def test_a_limit_may_be_split_and_adds_up(start, minute, day):
    half = OFFICE.after(start, Limit(minutes=minute[0]))
    assert OFFICE.after(half, Limit(minutes=minute[1])) == OFFICE.after(start, Limit(minutes=sum(minute)))

    some = OFFICE.after(start, Limit(days=day[0]))
    assert OFFICE.after(some, Limit(days=day[1])) == OFFICE.after(start, Limit(days=sum(day)))


def test_limits_add_up_part_by_part():
    assert Limit(15) + Limit(15, 2) + Limit(days=3) == Limit(30, 5)


@given(moments, minutes | st.just(0))
def test_between_a_moment_and_so_much_later_lies_just_so_much_office_time(start, minute):
    span = timedelta(minutes=minute)

    assert OFFICE.between(start, OFFICE.forward(start, span)) == span


@given(moments, moments, moments)
def test_office_time_adds_up_however_it_is_split(one, other, third):
    first, middle, last = sorted((one, other, third))

    whole = OFFICE.between(first, last)

    assert OFFICE.between(first, middle) + OFFICE.between(middle, last) == whole
    assert whole == timedelta(minutes=open_minutes(first, last))


@given(moments, moments, moments)
def test_a_longer_time_never_holds_less_office_time(one, other, third):
    first, middle, last = sorted((one, other, third))

    assert timedelta() <= OFFICE.between(first, middle) <= OFFICE.between(first, last)
    assert OFFICE.between(last, first) == timedelta()


@given(moments, st.tuples(minutes, minutes))
def test_going_forward_may_be_split_and_never_goes_back(start, minute):
    one, other = (timedelta(minutes=m) for m in minute)

    half = OFFICE.forward(start, one)

    assert start < half < OFFICE.forward(start, one + other) == OFFICE.forward(half, other)


@given(moments, moments, minutes)
def test_who_starts_later_is_never_there_sooner(one, other, minute):
    first, second = sorted((one, other))
    span = timedelta(minutes=minute)

    assert OFFICE.forward(first, span) <= OFFICE.forward(second, span)


@given(moments, moments, moments)
def test_working_days_add_up_and_are_those_of_a_limit(one, other, third):
    first, middle, last = sorted((one, other, third))

    assert OFFICE.working_days(first, last) == OFFICE.working_days(first, middle) + OFFICE.working_days(middle, last)
    assert OFFICE.working_days(last, first) == 0 or last.date() == first.date()


@given(moments, days)
def test_a_limit_of_days_is_so_many_working_days_away(start, day):
    assert OFFICE.working_days(start, OFFICE.after(start, Limit(days=day))) == day


def test_no_office_time_lies_in_a_night_a_weekend_or_lebaran():
    assert OFFICE.between(wib("2026-11-25T16:00"), wib("2026-11-26T07:30")) == timedelta()
    assert OFFICE.between(wib("2026-11-27T16:30"), wib("2026-11-30T07:30")) == timedelta()
    assert OFFICE.between(wib("2026-03-17T16:00"), wib("2026-03-25T07:30")) == timedelta()
    assert OFFICE.working_days(wib("2026-03-17T16:00"), wib("2026-03-25T07:30")) == 1


def test_moments_of_other_zones_are_measured_by_the_offices_clock():
    start, end = datetime(2026, 11, 25, 0, 30, tzinfo=UTC), datetime(2026, 11, 25, 2, 0, tzinfo=UTC)

    assert OFFICE.between(start, end) == timedelta(minutes=90)
    assert OFFICE.forward(start, timedelta(minutes=90)) == end


@given(st.dates(date(2023, 6, 1), date(2027, 6, 1)), st.integers(-40, 900))
def test_working_days_are_those_that_one_counts_one_by_one(first, span):
    start = datetime.combine(first, time(9), WIB)
    end = start + timedelta(days=span)

    counted = sum(OFFICE.is_working_day(first + timedelta(days=n)) for n in range(1, span + 1))

    assert OFFICE.working_days(start, end) == counted


@pytest.mark.parametrize(
    ("moment", "open_"),
    [
        ("2026-11-25T07:29", False),
        ("2026-11-25T07:30", True),
        ("2026-11-25T12:30", True),
        ("2026-11-25T15:59", True),
        ("2026-11-25T16:00", False),
        ("2026-11-28T09:00", False),
        ("2026-12-25T09:00", False),
    ],
)
def test_between_opening_and_closing_of_a_working_day_the_office_is_there_at_midday_too(moment, open_):
    assert OFFICE.is_office_day(wib(moment)) is open_
    assert OFFICE.is_office_day(wib(moment).astimezone(UTC)) is open_


RAMADAN = SpecialHours("Ramadan", date(2027, 2, 8), date(2027, 3, 9), {n: ((time(8), time(15)),) for n in range(5)})


def test_a_period_has_hours_of_its_own_on_its_days_alone():
    office = Calendar(WIB, HOURS, frozenset(), special=(RAMADAN,))  # whatever holidays that month may have

    before, within = datetime(2027, 2, 5, 9, tzinfo=WIB), datetime(2027, 2, 8, 14, 59, tzinfo=WIB)
    assert office.is_office_day(before.replace(hour=16))
    assert not office.is_office_day(within.replace(hour=15, minute=0))
    assert office.after(within, Limit(minutes=2)) == datetime(2027, 2, 9, 8, 1, tzinfo=WIB)
    assert office.after(before, Limit(days=1)) == datetime(2027, 2, 8, 15, tzinfo=WIB)


def test_a_holiday_on_which_the_office_is_open_counts_as_a_working_day():
    christmas = date(2026, 12, 25)
    closed, opened = (ClosedDays(frozenset(), opened=days) for days in (frozenset(), frozenset({christmas})))

    assert christmas in closed
    assert christmas not in opened
    assert date(2026, 12, 24) in opened or date(2026, 12, 24) not in closed
