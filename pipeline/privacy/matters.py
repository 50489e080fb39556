"""What requests and breaches have in common: a number, a clock of hours, answers that are checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from pipeline.cases.answers import read_moment
from pipeline.errors import Incomplete, NotFound
from pipeline.office.wording import shows, unprintable
from pipeline.privacy.law import privacy_law
from pipeline.privacy.ports import MatterBook, MatterLine

Matter = TypeVar("Matter")
_LONGEST = 4000  # characters of one answer
_HOUR = timedelta(hours=1)
#: So long before its end a clock is near.
NEAR = timedelta(hours=24)
#: Hours from which what is late is told in days.
_MANY_HOURS = 96


@dataclass(frozen=True, slots=True)
class By:
    """Who acts: the login, and the role in which they do."""

    login: str
    role: str


@dataclass(frozen=True, slots=True)
class Clock:
    """How long there is still: ``stopped`` when it was done in time or not, ``due`` when it has to be."""

    due: datetime
    stopped: datetime | None

    def late(self, now: datetime) -> bool:
        """Say whether it was done too late, or is not done and too late by now."""
        return (self.stopped or now) > self.due

    def near(self, now: datetime) -> bool:
        """Say whether it must be done within a day."""
        return self.stopped is None and not self.late(now) and self.due - now <= NEAR

    def left(self, now: datetime) -> str:
        """Return in words how much time is left, in hours of the day and the night; what is late for long, in days."""
        if self.stopped is not None:
            return "lewat batas" if self.late(now) else "tepat waktu"
        hours = abs(self.due - now) // _HOUR
        if not self.late(now):
            return f"{hours} jam lagi"
        return f"lewat {hours} jam" if hours < _MANY_HOURS else f"lewat {hours // 24} hari"


@dataclass(frozen=True, slots=True)
class Pressing:
    """A matter that waits, as lists of what presses show it: nothing of the person, its clock alone."""

    kind: str
    number: int
    words: str
    clock: Clock


def clock_from(start: datetime, stopped: datetime | None) -> Clock:
    """Return the clock of what began then."""
    return Clock(start + privacy_law().term, stopped)


def next_number(lines: Sequence[MatterLine]) -> int:
    """Return the number of a new matter."""
    return max((line.number for line in lines), default=0) + 1


def found(matters: Mapping[int, Matter], number: int, thing: str) -> Matter:
    """Return a matter by its number.

    Raises:
        NotFound: there is none.
    """
    if number not in matters:
        raise NotFound(f"{thing} nomor {number} tidak ada.", "Lihat nomornya pada daftarnya.")
    return matters[number]


@dataclass(frozen=True, slots=True)
class Register(Generic[Matter]):
    """The matters of one kind in their book: ``fold`` makes them of its lines, ``thing`` is what one is called."""

    book: MatterBook
    fold: Callable[[Iterable[MatterLine]], Mapping[int, Matter]]
    thing: str

    def one(self, number: int) -> Matter:
        """Return a matter; raises ``NotFound`` if there is none of that number."""
        return found(self.fold(self.book.lines()), number, self.thing)

    def enter(self, act: str, told: Mapping[str, object], by: By, now: datetime) -> Matter:
        """Enter a new matter, under the next number."""
        line = self.book.add(lambda lines: MatterLine(next_number(lines), act, now, by.login, by.role, told))
        return self.one(line.number)

    def note(
        self,
        number: int,
        act: str,
        told: Mapping[str, object],
        by: By,
        now: datetime,
        allowed: Callable[[Matter], None],
    ) -> Matter:
        """Note something of a matter, as far as it is allowed of what stands in the book at that moment."""

        def make(lines: Sequence[MatterLine]) -> MatterLine:
            allowed(found(self.fold(lines), number, self.thing))
            return MatterLine(number, act, now, by.login, by.role, told)

        self.book.add(make)
        return self.one(number)


def checked(typed: Mapping[str, str], labels: Mapping[str, str], needed: Sequence[str]) -> dict[str, str]:
    """Return the answers that a form holds, trimmed.

    Raises:
        Incomplete: one that is needed is missing, or one cannot be kept; names every one.
    """
    wrong = dict[str, tuple[str, str]]()
    kept = {name: typed.get(name, "").strip() for name in labels}
    for name, label in labels.items():
        lines = [line for line in kept[name].splitlines() if line]
        if name in needed and not shows(kept[name]):
            wrong[name] = (label, "belum diisi")
        elif len(kept[name]) > _LONGEST:
            wrong[name] = (label, f"paling panjang {_LONGEST} huruf")
        elif why := next((fault for line in lines if (fault := unprintable(line))), ""):
            wrong[name] = (label, why)
    if wrong:
        raise incomplete(wrong)
    return kept


def incomplete(wrong: Mapping[str, tuple[str, str]]) -> Incomplete:
    """Return what is said of answers that cannot be taken."""
    said = "; ".join(f"{label}: {why}" for label, why in wrong.values())
    return Incomplete(f"Belum dapat dicatat: {said}.", "Betulkan, lalu kirim lagi.", dict(wrong))


def past_moment(typed: str, name: str, label: str, now: datetime) -> datetime:
    """Return a day and hour as typed, in the office's zone; nothing typed is now.

    Raises:
        Incomplete: it cannot be read, or lies ahead: a clock does not begin tomorrow.
    """
    if not typed.strip():
        return now
    try:
        at = read_moment(typed).replace(tzinfo=now.tzinfo)
    except ValueError as fault:
        raise incomplete({name: (label, f"{fault}")}) from None
    if at > now:
        raise incomplete({name: (label, "belum terjadi")})
    return at
