"""What people are still to be told: derived from the register and from what they were told, never queued.

Each thing has a key that stands for it alone: this account, this case, this deadline. What has been told is in a record
(:class:`pipeline.mail.ports.SentRecord`); the rest is owed, whether the machine was off, the server down or the process
killed. A morning is one thing, so that who missed a week of them is told once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from pipeline.access import secrecy
from pipeline.access.on_duty import OnDuty
from pipeline.cases.sop import Sop
from pipeline.cases.sop_rows import Step
from pipeline.office.roles import ARCHIVIST, OfficeRoles
from pipeline.office.worktime import Calendar, Limit
from pipeline.privacy.matters import Pressing
from pipeline.register.due import Waiting, waiting_for
from pipeline.register.row import Row


@dataclass(frozen=True, slots=True)
class Owed:
    """What one person is to be told in one message: only how many, never which.

    ``keys`` stand for all of it. ``morning`` is what waits for them today (None: that is not due); ``urgent``,
    ``reminded`` and ``escalated`` count what is urgent, falls due, or is late below them, ``lent`` the folders that
    should be back; ``rights`` what the law on personal data wants within three times twenty-four hours, and is near its
    end or late.
    """

    to: OnDuty
    keys: frozenset[str]
    morning: Waiting | None = None
    urgent: int = 0
    reminded: int = 0
    escalated: int = 0
    lent: int = 0
    rights: int = 0

    @property
    def says_something(self) -> bool:
        """Whether there is anything to be told: a morning without work needs no mail."""
        counted = (self.urgent, self.reminded, self.escalated, self.lent, self.rights)
        return any(counted) or bool(self.morning and self.morning.total)


@dataclass(frozen=True)
class Situation:
    """The office as it stands: who works today, the register's rows, the SOP's editions by key, the time.

    ``of`` are the office's roles; ``pressing``: what of personal data presses those who have these.
    """

    people: Sequence[OnDuty]
    rows: Sequence[Row] = field(repr=False)
    editions: Mapping[str, Sop]
    now: datetime
    calendar: Calendar
    of: OfficeRoles
    pressing: Callable[[frozenset[str]], Sequence[Pressing]] = lambda _roles: ()

    @cached_property
    def urgent(self) -> list[Row]:
        """The running cases that are *segera* or *amat segera*."""
        return [row for row in self.rows if row.urgency and not row.final and not row.top_secret]

    @cached_property
    def near(self) -> list[Row]:
        """The cases of whose deadline those are reminded for whom they wait."""
        horizons: dict[Limit, datetime] = {}
        found = []
        for row, due, step in self._timed:
            if step.remind and due > self.now:
                if step.remind not in horizons:
                    horizons[step.remind] = self.calendar.after(self.now, step.remind)
                if due <= horizons[step.remind]:
                    found.append(row)
        return found

    @cached_property
    def overdue(self) -> list[tuple[Row, frozenset[str]]]:
        """The cases that are late for so long that somebody above is told, with the roles that are."""
        late = [
            row
            for row, due, step in self._timed
            if step.escalate and due < self.now and self.calendar.after(due, step.escalate) <= self.now
        ]
        return [(row, above) for row in late if (above := self._above(row))]

    def lent_keys(self, roles: frozenset[str]) -> list[str]:
        """Return the loans that are overdue, for those who lend."""
        if ARCHIVIST not in roles:
            return []
        today = self.now.date().isoformat()
        late = (row for row in self.rows if "" < row.lent_until < today and not row.top_secret)
        return [f"pinjaman {row.number} {row.lent_until}" for row in late]

    @cached_property
    def _timed(self) -> list[tuple[Row, datetime, Step]]:
        """The running cases that have a deadline."""
        return [
            (row, datetime.fromisoformat(row.due_at), sop.steps[row.step - 1])
            for row in self.rows
            if row.due_at and not row.final and not row.top_secret and (sop := self.editions.get(row.sop))
        ]

    def _above(self, row: Row) -> frozenset[str]:
        """Return who is told that a case is late: above each role, the nearest that may read it and can be told."""
        ways = (self.editions[row.sop].above(role) for role in row.awaits)
        nearest = (next((role for role in way if self._can_be_told(role, row)), "") for way in ways)
        return frozenset(nearest) - {""}

    def _can_be_told(self, role: str, row: Row) -> bool:
        if role in row.awaits or row.top_secret or not secrecy.open_to(self.of.standing({role}), row):
            return False
        return any(role in one.roles and one.roles.isdisjoint(row.awaits) for one in self.people)

    def waiting(self, roles: frozenset[str]) -> Waiting:
        """Return what *Meja saya* shows to somebody with these roles."""
        return self._waiting(roles, self.rows)

    def _waiting(self, roles: frozenset[str], rows: Iterable[Row]) -> Waiting:
        return waiting_for(
            roles, (r for r in rows if not r.top_secret and secrecy.open_to(roles, r)), self.now, self.calendar
        )

    def urgent_keys(self, roles: frozenset[str]) -> list[str]:
        """Return what is urgent and waits for these roles: cases, and letters."""
        found = self._waiting(roles, self.urgent)
        letters = (one for some in found.letters.values() for one in some)
        return [
            *(f"segera {row.number} {row.state_key} {row.since}" for row in found.rows),
            *(f"segera {one.case.number} {one.letter.template} {one.letter.act} {one.letter.since}" for one in letters),
        ]

    def near_keys(self, roles: frozenset[str]) -> list[str]:
        """Return the deadlines of which somebody with these roles is reminded."""
        return [f"tenggat {row.number} {row.due_at}" for row in self.near if not roles.isdisjoint(row.awaits)]

    def rights_keys(self, roles: frozenset[str]) -> list[str]:
        """Return what of personal data is near its end or late, for somebody with these roles."""
        pressing = self.pressing(roles)
        near = (one for one in pressing if one.clock.near(self.now))
        late = (one for one in pressing if one.clock.late(self.now))
        return [
            *(f"hak-dekat {one.kind} {one.number} {one.clock.due}" for one in near),
            *(f"hak-lewat {one.kind} {one.number} {one.clock.due}" for one in late),
        ]

    def overdue_keys(self, roles: frozenset[str]) -> list[str]:
        """Return the deadlines that others have missed below somebody with these roles."""
        return [
            f"lewat {row.number} {row.due_at}"
            for row, above in self.overdue
            if not roles.isdisjoint(above) and roles.isdisjoint(row.awaits)
        ]


def owed(situation: Situation, is_told: Callable[[str], bool]) -> list[Owed]:
    """Return what is to be told now, one message for each person.

    What is urgent, and what the law gives hours for, is told at any hour, all else on working days between opening and
    closing. The morning of a day is
    told only by mail: who comes to the desk sees it there.
    """
    by_roles: dict[frozenset[str], _Things] = {}
    found = []
    for one in situation.people:
        things = by_roles.setdefault(one.standing, _Things(situation, one.standing))
        message = _for(one, things, situation, is_told)
        if message.keys:
            found.append(message)
    return found


@dataclass(frozen=True)
class _Things:
    """What there is for all who have these roles; each is looked for once."""

    situation: Situation
    roles: frozenset[str]

    @cached_property
    def urgent(self) -> list[str]:
        return self.situation.urgent_keys(self.roles)

    @cached_property
    def rights(self) -> list[str]:
        return self.situation.rights_keys(self.roles)

    @cached_property
    def near(self) -> list[str]:
        return self.situation.near_keys(self.roles)

    @cached_property
    def overdue(self) -> list[str]:
        return self.situation.overdue_keys(self.roles)

    @cached_property
    def lent(self) -> list[str]:
        return self.situation.lent_keys(self.roles)

    @cached_property
    def waiting(self) -> Waiting:
        return self.situation.waiting(self.roles)


def _for(one: OnDuty, things: _Things, situation: Situation, is_told: Callable[[str], bool]) -> Owed:
    def new(keys: Iterable[str]) -> list[str]:
        return [key for key in (f"{key} {one.login}" for key in keys) if not is_told(key)]

    urgent, rights = new(things.urgent), new(things.rights)
    if not situation.calendar.is_office_day(situation.now):
        return Owed(one, frozenset([*urgent, *rights]), urgent=len(urgent), rights=len(rights))
    morning = new([f"pagi {situation.now.date()}"]) if one.address else []
    near, overdue, lent = new(things.near), new(things.overdue), new(things.lent)
    return Owed(
        one,
        frozenset([*morning, *urgent, *rights, *near, *overdue, *lent]),
        morning=things.waiting if morning else None,
        urgent=len(urgent),
        reminded=len(near),
        escalated=len(overdue),
        lent=len(lent),
        rights=len(rights),
    )
