"""Audiences in a calendar: day, hour, place, number, and nobody's name."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from pipeline.register.meetings import Appointment, Meeting, as_calendar, in_order

ZONE, NOW = ZoneInfo("Asia/Jakarta"), datetime(2026, 11, 25, 1, 15, tzinfo=UTC)


def appointment(clock="09.00 WIB s.d. selesai", day="2026-12-02", place="Ruang Rapat", number="2026/0007", **more):
    meeting = Meeting(day, clock, place, more.get("invited", True))
    return Appointment(meeting, number, f"{number[5:]}/YANKOMAS/2026")


def lines(*appointments):
    text = as_calendar(appointments, NOW, ZONE).decode()
    assert text.endswith("END:VCALENDAR\r\n")
    return text.replace("\r\n ", "").split("\r\n")


def test_an_audience_has_its_hour_in_the_offices_zone():
    found = lines(appointment("09.00 WIB s.d. 11.30 WIB"))

    assert "DTSTART:20261202T020000Z" in found
    assert "DTEND:20261202T043000Z" in found
    assert "SUMMARY:Audiensi perkara 0007/YANKOMAS/2026" in found
    assert "STATUS:CONFIRMED" in found


@pytest.mark.parametrize("clock", ["pagi", "", "pukul sembilan", "25.00"])
def test_an_audience_whose_hour_cannot_be_read_takes_the_day(clock):
    assert "DTSTART;VALUE=DATE:20261202" in lines(appointment(clock))


def test_an_audience_to_which_nobody_is_invited_yet_is_tentative():
    assert "STATUS:TENTATIVE" in lines(appointment(invited=False))


def test_a_long_place_is_folded_and_its_signs_mean_nothing():
    place = "Ruang Rapat; lantai 2, gedung B\nATTENDEE:mailto:orang " + "é" * 100

    (shown,) = (line for line in lines(appointment(place=place)) if line.startswith("LOCATION"))

    assert "\\; lantai 2\\, gedung B ATTENDEE" in shown
    raw = as_calendar([appointment(place=place)], NOW, ZONE)
    assert max(map(len, raw.split(b"\r\n"))) <= 75


def test_the_next_audience_stands_first_and_those_that_are_over_are_left_out():
    some = [appointment(day="2026-12-03"), appointment("13.00"), appointment("09.00"), appointment(day="2026-11-01")]

    found = in_order(some, date(2026, 11, 25))

    assert [(one.meeting.day, one.meeting.clock) for one in found] == [
        ("2026-12-02", "09.00"),
        ("2026-12-02", "13.00"),
        ("2026-12-03", "09.00 WIB s.d. selesai"),
    ]
