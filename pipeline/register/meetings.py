"""Audiences: when and where people meet about a case, and the list of them as a calendar takes it (RFC 5545).

A calendar lies on telephones and other people's servers: it is told the case's register number, day, hour and place,
and nobody's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from pipeline.cases.case import Case
from pipeline.cases.deadlines import current_state
from pipeline.cases.sop import Sop

#: The questions in which a meeting is set.
_DAY, _TIME, _PLACE = "tanggal_audiensi", "waktu_audiensi", "tempat_audiensi"
#: The letter by which people are invited to it.
_INVITATION = "05-undangan-audiensi"
_HOUR = re.compile(r"\b([01]?\d|2[0-3])[.:]([0-5]\d)\b")
_LINE = 75  # octets of a line before it is folded


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting: its day (ISO), ``clock`` and place as they were written, and whether people are invited by now."""

    day: str
    clock: str
    place: str
    invited: bool

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Meeting:
        """Return the meeting that a book has."""
        return cls(values["day"], values["clock"], values["place"], values["invited"])

    @property
    def hours(self) -> list[time]:
        """When it begins, and when it ends if that is written."""
        return [time(int(hour), int(minute)) for hour, minute in _HOUR.findall(self.clock)][:2]


def meetings(case: Case, sop: Sop) -> tuple[Meeting, ...]:
    """Return the meeting that was set last for a running case, if one was."""
    if current_state(case, sop).final:
        return ()
    for made in reversed(case.made):
        if day := made.decision.values.get(_DAY):
            values = made.decision.values
            invited = _INVITATION in made.decision.sheets
            return (Meeting(str(day), str(values.get(_TIME) or ""), str(values.get(_PLACE) or ""), invited),)
    return ()


@dataclass(frozen=True, slots=True)
class Appointment:
    """A meeting with the case that it is about, as somebody may see it; ``number`` is empty where that is closed."""

    meeting: Meeting
    number: str
    register_number: str

    @property
    def day(self) -> date:
        """On which day it is."""
        return date.fromisoformat(self.meeting.day)


def in_order(appointments: Iterable[Appointment], since: date) -> list[Appointment]:
    """Return the appointments from a day on, the next first."""
    mine = (one for one in appointments if one.day >= since)
    return sorted(mine, key=lambda one: (one.meeting.day, one.meeting.hours[:1], one.register_number))


def as_calendar(appointments: Iterable[Appointment], now: datetime, zone: tzinfo) -> bytes:
    """Return appointments as an iCalendar file; one without an hour that can be read takes the whole day."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Yankomas//Audiensi//ID", "CALSCALE:GREGORIAN"]
    for one in appointments:
        lines += [
            "BEGIN:VEVENT",
            f"UID:audiensi-{one.number.replace('/', '-')}@yankomas",
            f"DTSTAMP:{_moment(now)}",
            *_span(one, zone),
            f"SUMMARY:{_text(f'Audiensi perkara {one.register_number}')}",
            f"LOCATION:{_text(one.meeting.place)}",
            f"STATUS:{'CONFIRMED' if one.meeting.invited else 'TENTATIVE'}",
            "CLASS:CONFIDENTIAL",
            "END:VEVENT",
        ]
    return "".join(f"{_folded(line)}\r\n" for line in (*lines, "END:VCALENDAR")).encode()


def _span(one: Appointment, zone: tzinfo) -> Iterator[str]:
    hours = one.meeting.hours
    if not hours:
        yield f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}"
        return
    begin, *end = (datetime.combine(one.day, hour, zone) for hour in hours)
    yield f"DTSTART:{_moment(begin)}"
    if end and end[0] > begin:
        yield f"DTEND:{_moment(end[0])}"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return " ".join(escaped.split())


def _folded(line: str) -> str:
    """Return a line in pieces of at most :data:`_LINE` octets, none of which cuts a letter."""
    pieces, piece = list[str](), ""
    for letter in line:
        if len((piece + letter).encode()) > _LINE - bool(pieces):
            pieces.append(piece)
            piece = ""
        piece += letter
    return "\r\n ".join([*pieces, piece])
