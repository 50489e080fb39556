"""The inbox as front ends show it: what lies there now, and what became of what was taken from it.

Every file is one entry in one of five states, and how many came in is the sum over the five.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any

from pipeline.intake.account import Account, AccountEntry, State
from pipeline.intake.inbox_entry import EntryMaker, InboxEntry, key_of, order_of
from pipeline.intake.inbox_files import InboxFile
from pipeline.intake.ports import Inbox, InboxAccount, Progress
from pipeline.intake.sight import Sight


@dataclass(frozen=True, slots=True)
class InboxTotals:
    """How many files there are in each state, of all time; ``all_in`` is their sum.

    ``left_alone`` is how many of the waiting are no complaints, ``put_away`` with how many of the refused somebody has
    dealt.
    """

    all_in: int
    registered: int
    attached: int
    duplicate: int
    refused: int
    waiting: int
    left_alone: int
    put_away: int = 0

    @property
    def to_deal_with(self) -> int:
        """How many were refused and wait for somebody to deal with them."""
        return self.refused - self.put_away


class AskedFor(StrEnum):
    """Which files are asked for; the value stands in addresses."""

    TODAY = ""
    """What waits, what may be tried again, and what came to its end today."""
    WAITING = "menunggu"
    REFUSED = "ditolak"
    """Those that nobody has dealt with yet."""
    REGISTERED = "terdaftar"
    ATTACHED = "dilampirkan"
    DUPLICATE = "ganda"
    PUT_AWAY = "ditangani"
    ALL = "semua"


_STATES = {
    AskedFor.WAITING: State.WAITING,
    AskedFor.REGISTERED: State.REGISTERED,
    AskedFor.ATTACHED: State.ATTACHED,
    AskedFor.DUPLICATE: State.DUPLICATE,
}


@dataclass(frozen=True, slots=True)
class InboxView:
    """The inbox at a moment. ``fault`` is why it cannot be seen, ``running`` whether a process works it off."""

    at: datetime
    fault: str
    running: bool
    last_number: str | None
    totals: InboxTotals
    entries: tuple[InboxEntry, ...]

    def as_data(self) -> dict[str, Any]:
        """Return it as JSON has it, which is a public contract: moments in ISO 8601, and ``in`` for ``all_in``."""
        return asdict(self, dict_factory=_json_object)


def inbox_view(
    inbox: Inbox,
    account: InboxAccount,
    progress: Progress,
    sight: Sight,
    *,
    now: datetime,
    running: bool,
    last_number: str | None,
    part: AskedFor = AskedFor.TODAY,
    whole: bool = False,
) -> InboxView:
    """Return totals of all time, and the entries that are asked for: as a rule those that matter today.

    With ``whole`` also those that were filed long ago, which takes reading all that was ever noted. All of it is told
    of the files in ``sight`` alone; but whoever is shown complaints gets what was filed long ago counted as a whole,
    since of that nothing but counts is known.
    """
    lying, taken = sight.lying(inbox), sight.taken(inbox)  # in the order in which a file moves, so that none is missed
    known = sight.of(account.everything() if whole else account.account(now))
    entries = EntryMaker(inbox, now, progress.stages(), running, known)
    waiting = [entries.lying(file) for file in _still_lying(inbox, lying, known)]
    waiting += [entries.taken(claim, file) for claim, file in taken.items() if claim not in known.entries]
    accounted = [e for e in known.entries.values() if _may_be_asked_for(e, part, now)]
    shown = waiting if part in (AskedFor.TODAY, AskedFor.WAITING, AskedFor.ALL) else []
    shown = [*shown, *(entries.accounted(entry, taken) for entry in accounted)]
    if part is AskedFor.TODAY:  # it waits, may be tried again, or came to its end today
        shown = [e for e in shown if e.state is State.WAITING or e.can_retry or _is_today(e.since, now)]
    counts = known.totals() + Counter({State.WAITING: len(waiting)})
    totals = InboxTotals(
        all_in=counts.total(),
        left_alone=sum(entry.left_alone for entry in waiting),
        put_away=sum(e.put_away is not None and e.state is State.REFUSED for e in known.entries.values()),
        **{state.value: counts[state] for state in State},
    )
    last_number = last_number if sight.complaints else None
    return InboxView(now, inbox.fault, running, last_number, totals, tuple(sorted(shown, key=order_of)))


def entry_of(
    key: str,
    inbox: Inbox,
    account: InboxAccount,
    progress: Progress,
    sight: Sight,
    *,
    now: datetime,
    running: bool,
) -> InboxEntry | None:
    """Return the file in sight that an address names, wherever it lies, whatever it became; None: there is none.

    All that was ever noted is read only for one that was filed long ago.
    """
    lying, taken = sight.lying(inbox), sight.taken(inbox)  # in the order in which a file moves
    here = [file for file in lying if key_of(file.mark) == key]
    for noted in (partial(account.account, now), account.everything):
        known = sight.of(noted())
        entries = EntryMaker(inbox, now, progress.stages(), running, known)
        found = [entries.lying(file) for file in _still_lying(inbox, here, known)]
        gone = ((claim, file) for claim, file in taken.items() if claim not in known.entries)
        found += [entries.taken(claim, file) for claim, file in gone if key_of(file.mark) == key]
        of_key = (entry for entry in known.entries.values() if key_of(entry.taken.mark) == key)
        found += [entries.accounted(entry, taken) for entry in of_key]
        if found:
            return min(found, key=order_of)
    return None


def _may_be_asked_for(entry: AccountEntry, part: AskedFor, now: datetime) -> bool:
    """Say whether an entry of the account belongs to what is asked for, as far as it tells itself."""
    match part:
        case AskedFor.ALL:
            return True
        case AskedFor.TODAY:
            open_states = State.WAITING, State.REFUSED
            return not entry.put_away and (entry.state in open_states or _is_today(entry.at, now))
        case AskedFor.REFUSED | AskedFor.PUT_AWAY:
            return entry.state is State.REFUSED and bool(entry.put_away) == (part is AskedFor.PUT_AWAY)
    return entry.state is _STATES[part]


def _still_lying(inbox: Inbox, lying: Iterable[InboxFile], account: Account) -> list[InboxFile]:
    """Return what lies in the inbox and is not in the account; a file that lies there again leaves its old entry."""
    found = []
    for file in lying:
        if entry := account.lying(file.mark) if not file.why else None:
            if not inbox.is_there(file):
                continue  # it was taken while we looked
            del account.entries[entry.taken.claim]
        found.append(file)
    return found


def _is_today(at: datetime, now: datetime) -> bool:
    return at.astimezone(now.tzinfo).date() == now.date()


def _json_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {"in" if name == "all_in" else name: value for name, value in pairs}
    for name, value in found.items():
        match value:
            case datetime():
                found[name] = value.isoformat()
            case tuple():
                found[name] = list(value)
            case State():
                found[name] = value.value
    return found
