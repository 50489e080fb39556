"""What is late, what falls due, and what waits for whom: from the register's rows, in the office's working time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pipeline.cases.letter_life import WAITS_FOR
from pipeline.office.office import Office
from pipeline.office.wording import hours_and_minutes
from pipeline.office.worktime import Calendar, Limit
from pipeline.register.letter_lists import Listed, in_turn, proposed_to
from pipeline.register.letter_rows import ProposalRow
from pipeline.register.row import Row

_MINUTE = timedelta(minutes=1)
#: A deadline within so many hours of office time is near: half a working day.
_NEAR = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a role today."""

    role: str
    title: str
    name: str


@dataclass(frozen=True, slots=True)
class Due:
    """A case that is late or falls due; or a letter of it (``letter``: its template) that waits besides."""

    number: str
    register_number: str
    state: str
    step: int
    due_at: str
    late: bool
    remaining: str
    remaining_minutes: int
    roles: tuple[str, ...]
    holders: tuple[Holder, ...]
    letter: str = ""


def falling_due(rows: Iterable[Row], now: datetime, calendar: Calendar, office: Office, days: int) -> list[Due]:
    """Return the cases that are late, or due within so many working days, the longest overdue first.

    Each is followed by its letters that wait for others. ``remaining_minutes`` is office time, negative when late;
    ``holders`` are those who hold the awaited roles today.
    """
    horizon = replace(calendar, calendar_days=False).after(now, Limit(days=days)) if days else now
    running = ((datetime.fromisoformat(row.due_at), row) for row in rows if not row.final and row.due_at)
    due = sorted(((at, row) for at, row in running if at <= horizon), key=lambda d: (d[0], d[1].year, d[1].serial))
    return [
        found
        for at, row in due
        for found in (_due(row, at, now, calendar, office), *_letters_due(row, at, now, calendar, office))
    ]


def _letters_due(row: Row, at: datetime, now: datetime, calendar: Calendar, office: Office) -> Iterator[Due]:
    """Yield a case's letters that wait for somebody, but for the one that its state is about."""
    whole = _due(row, at, now, calendar, office)
    for letter in row.surat:
        if letter.act and letter.template != row.gate:
            state = f"{letter.title.lower()} {WAITS_FOR[letter.act]}"
            holders = _holders(letter.roles, now, office)
            yield replace(whole, state=state, roles=letter.roles, holders=holders, letter=letter.template)


def _holders(roles: Iterable[str], now: datetime, office: Office) -> tuple[Holder, ...]:
    return tuple(
        Holder(role, held.printed_title if held else "", held.name if held else "")
        for role in roles
        for held in (office.holder(role, now.date()),)
    )


def _due(row: Row, at: datetime, now: datetime, calendar: Calendar, office: Office) -> Due:
    late = at < now
    left = -calendar.between(at, now) if late else calendar.between(now, at)
    return Due(
        number=row.number,
        register_number=row.register_number,
        state=row.state,
        step=row.step,
        due_at=at.isoformat(),
        late=late,
        remaining=remaining(now, at, calendar),
        remaining_minutes=int(left / _MINUTE),
        roles=row.awaits,
        holders=_holders(row.awaits, now, office),
    )


def remaining(now: datetime, due: datetime, calendar: Calendar) -> str:
    """Return ``2 hari kerja``, ``1 jam 5 menit kerja``, or how long it has been late (``terlambat 3 hari kerja``)."""
    if due < now:
        return f"terlambat {_time(due, now, calendar)}"
    return _time(now, due, calendar)


def _time(start: datetime, end: datetime, calendar: Calendar) -> str:
    days = calendar.working_days(start, end)
    if days > 1:
        return f"{days} hari kerja"
    return f"{hours_and_minutes(int(calendar.between(start, end) / _MINUTE))} kerja"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for somebody: cases (the longest overdue first), letters by the act that is due, what is proposed.

    ``late`` and ``near`` count the cases of all these whose time is over, or nearly so.
    """

    rows: Sequence[Row]
    letters: Mapping[str, Sequence[Listed]]
    proposed: Sequence[tuple[Row, ProposalRow]]
    late: int
    near: int

    @property
    def total(self) -> int:
        """How many things wait."""
        return len(self.rows) + sum(map(len, self.letters.values())) + len(self.proposed)

    def after(self, number: str) -> tuple[Row, str] | None:
        """Return what waits next behind a case, in a circle: its row, and the letter (a template) if it is about one.

        None: nothing waits but that case.
        """
        things = [(row, "") for row in self.rows]
        things += [(one.case, one.letter.template) for some in self.letters.values() for one in some]
        things += [(row, "") for row, _ in self.proposed]
        places = [place for place, (row, _) in enumerate(things) if row.number == number]
        start = places[0] + 1 if places else 0
        return next((thing for thing in things[start:] + things[:start] if thing[0].number != number), None)


def waiting_for(roles: Collection[str], rows: Iterable[Row], now: datetime, calendar: Calendar) -> Waiting:
    """Return what waits for one of the roles: running cases, letters (also of cases that have ended), proposals.

    A case whose state only waits for one of these letters is told as the letter alone.
    """
    rows = list(rows)
    letters, proposed = in_turn(roles, rows), proposed_to(roles, rows, now.date())
    told = {(one.case.number, one.letter.template) for some in letters.values() for one in some}
    mine = [
        row
        for row in rows
        if not row.final and not set(row.awaits).isdisjoint(roles) and (row.number, row.gate) not in told
    ]
    mine.sort(key=lambda row: (_second_due(row), row.year, row.serial))
    cases = {row.number: row for row in mine} | {one.case.number: one.case for some in letters.values() for one in some}
    dues = [_second_due(row) for row in cases.values() if not row.final]
    horizon = calendar.forward(now, _NEAR).timestamp()
    late = sum(due < now.timestamp() for due in dues)
    return Waiting(mine, letters, proposed, late, sum(due <= horizon for due in dues) - late)


def _second_due(row: Row) -> float:
    return datetime.fromisoformat(row.due_at).timestamp() if row.due_at else float("inf")


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """How a deadline stands now: passed, near, and in words; without one neither, and no words."""

    late: bool
    near: bool
    remaining: str


def time_left(row: Row, now: datetime, calendar: Calendar) -> TimeLeft:
    """Return how a case's deadline stands."""
    if not row.due_at:
        return TimeLeft(late=False, near=False, remaining="")
    due = datetime.fromisoformat(row.due_at)
    late = due < now
    return TimeLeft(late, not late and due <= calendar.forward(now, _NEAR), remaining(now, due, calendar))
