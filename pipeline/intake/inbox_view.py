"""The inbox as front ends show it: what lies there now, and what became of what was taken from it.

Every file is one entry in one of five states, and how many came in is the sum over the five.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any

from pipeline.acts import Act, Advice
from pipeline.cases.deliveries import in_words
from pipeline.intake.account import LABELS, Account, AccountEntry, AccountPart, State, label_of
from pipeline.intake.inbox_files import InboxFile
from pipeline.intake.no_scans import ASK_WHETHER_NEW
from pipeline.intake.ports import Inbox, InboxAccount, Progress, Stage
from pipeline.intake.sight import Sight

_IDLE = Advice("menunggu: ", Act.WATCH_INBOX, " sedang tidak berjalan")
_ARRIVED = "baru tiba, ditunggu sampai selesai ditulis"
_TAKEN = "diambil, menunggu giliran diperiksa"
_LOST = "hilang dari folder kerja kotak masuk sebelum selesai; cari berkasnya, lalu letakkan lagi"


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxEntry:
    """One file. ``id`` is its claim's (empty while it was not taken), ``path`` where it lies, under the inbox.

    ``detail`` is a sentence: why it is in its state, or what it waits for; ``since`` when it came to it; ``code`` a
    refusal's; ``numbers`` the cases it went to (``2026/0007``); ``parts`` one for each part of a scan that held
    several; ``left_alone`` says that it is no complaint, such as a link. ``key`` names the file itself wherever it
    lies, in addresses, and says nothing of it; ``put_away``: somebody has dealt with what was refused. ``deliveries``
    say who brought it and who said what becomes of it; there are none of what was put into the folder.
    """

    id: str = ""
    key: str = ""
    name: str
    path: str = ""
    state: State
    label: str
    detail: str = ""
    remedy: str = ""
    code: str = ""
    since: datetime
    bytes: int
    numbers: tuple[str, ...] = ()
    parts: tuple[AccountPart, ...] = ()
    progress: Stage | None = None
    left_alone: bool = False
    can_retry: bool = False
    put_away: bool = False
    deliveries: tuple[Mapping[str, Any], ...] = ()

    @property
    def brought(self) -> str:
        """Who brought it, and what was said of it, in words; empty where nobody is known."""
        return "; ".join(in_words(self.deliveries))

    @property
    def asks_whether_new(self) -> bool:
        """Whether it waits for a person to say that it is a new complaint, or that it is none."""
        return self.can_retry and self.code in ASK_WHETHER_NEW


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
    entries = _Entries(inbox, now, progress.stages(), running, known)
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
    return InboxView(now, inbox.fault, running, last_number, totals, tuple(sorted(shown, key=_order)))


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
        entries = _Entries(inbox, now, progress.stages(), running, known)
        found = [entries.lying(file) for file in _still_lying(inbox, here, known)]
        gone = ((claim, file) for claim, file in taken.items() if claim not in known.entries)
        found += [entries.taken(claim, file) for claim, file in gone if key_of(file.mark) == key]
        of_key = (entry for entry in known.entries.values() if key_of(entry.taken.mark) == key)
        found += [entries.accounted(entry, taken) for entry in of_key]
        if found:
            return min(found, key=_order)
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


@dataclass(frozen=True, slots=True)
class _Entries:
    """Makes entries; knows the inbox, the time, what is being worked on, whether anybody works, what was noted."""

    inbox: Inbox
    now: datetime
    stages: Mapping[str, Stage]
    running: bool
    known: Account

    def lying(self, file: InboxFile) -> InboxEntry:
        """Return the entry of something that was not taken."""
        if file.why:
            return replace(self._waiting(file), path=file.shown, detail=file.why, left_alone=True)
        stage = self.stages.get(file.shown)
        return replace(self._waiting(file), path=file.shown, detail=self._way(stage, _ARRIVED), progress=stage)

    def taken(self, claim: str, file: InboxFile) -> InboxEntry:
        """Return the entry of a file that was taken but not noted yet."""
        stage = self.stages.get(claim)
        return replace(self._waiting(file), id=claim, detail=self._way(stage, _TAKEN), progress=stage)

    def accounted(self, entry: AccountEntry, taken: Mapping[str, InboxFile]) -> InboxEntry:
        """Return the entry of a file that is in the account."""
        claim = entry.taken.claim
        shown = InboxEntry(
            id=claim,
            name=entry.taken.name,
            state=entry.state,
            label=label_of(entry),
            since=entry.at,
            bytes=entry.taken.size,
            key=key_of(entry.taken.mark),
            put_away=entry.put_away is not None,
            deliveries=tuple(one.as_data() for one in entry.deliveries),
        )
        if entry.state is State.WAITING:
            stage = self.stages.get(claim)
            return replace(shown, detail=self._way(stage, _TAKEN) if claim in taken else _LOST, progress=stage)
        numbers = entry.numbers
        telling = next(part for part in entry.parts if part.state is entry.state)
        return replace(
            shown,
            path=telling.place,
            detail="; ".join(dict.fromkeys(map(_told, entry.parts))),
            remedy=Advice.read(telling.remedy),
            code=telling.code,
            numbers=numbers,
            parts=entry.parts,
            progress=next((self.stages[n] for n in numbers if n in self.stages), None),
            can_retry=bool(telling.place) and self.inbox.lies_at(telling.place, entry.taken.mark),
        )

    def _waiting(self, file: InboxFile) -> InboxEntry:
        label, since = LABELS[State.WAITING], file.since(self.now)
        key = key_of(file.mark)
        came = tuple(one.as_data() for one in self.known.deliveries(file.mark, ""))
        return InboxEntry(
            name=file.name,
            key=key,
            state=State.WAITING,
            label=label,
            since=since,
            bytes=file.size,
            deliveries=came,
        )

    def _way(self, stage: Stage | None, resting: str) -> str:
        return str(stage) if stage else resting if self.running else _IDLE


def key_of(mark: str) -> str:
    """Return what names a file in addresses; what the file is called is not told by it."""
    return hashlib.sha256(mark.encode()).hexdigest()[:16]


def _told(part: AccountPart) -> str:
    """Say where a part of a file went, or why it did not."""
    pages = f"halaman {part.pages}: " if part.pages else ""
    return pages + (part.reason or " ".join(text for text in (part.number, part.document) if text))


def _is_today(at: datetime, now: datetime) -> bool:
    return at.astimezone(now.tzinfo).date() == now.date()


def _order(entry: InboxEntry) -> tuple[int, float, str]:
    """Put what waits first, the longest first; then what was refused; then the rest; of these the latest first."""
    at = entry.since.timestamp()
    if entry.state is State.WAITING:
        return 0, at, entry.name
    return 1 if entry.state is State.REFUSED else 2, -at, entry.name


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
