"""One file of the inbox as front ends show it: where it is, what it waits for, or what became of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pipeline.acts import Act, Advice
from pipeline.cases.deliveries import in_words
from pipeline.intake.account import LABELS, Account, AccountEntry, AccountPart, State, label_of
from pipeline.intake.inbox_files import InboxFile
from pipeline.intake.no_scans import ASK_WHETHER_NEW
from pipeline.intake.ports import Inbox, Stage

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
class EntryMaker:
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
        own = [part.number for part in entry.parts if part.state is not State.DUPLICATE]  # else it is another's reading
        telling = next(part for part in entry.parts if part.state is entry.state)
        return replace(
            shown,
            path=telling.place,
            detail="; ".join(dict.fromkeys(map(_told, entry.parts))),
            remedy=Advice.read(telling.remedy),
            code=telling.code,
            numbers=numbers,
            parts=entry.parts,
            progress=next((self.stages[n] for n in own if n in self.stages), None),
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


def order_of(entry: InboxEntry) -> tuple[int, float, str]:
    """Put what waits first, the longest first; then what was refused; then the rest; of these the latest first."""
    at = entry.since.timestamp()
    if entry.state is State.WAITING:
        return 0, at, entry.name
    return 1 if entry.state is State.REFUSED else 2, -at, entry.name


def _told(part: AccountPart) -> str:
    """Say where a part of a file went, or why it did not."""
    pages = f"halaman {part.pages}: " if part.pages else ""
    return pages + (part.reason or " ".join(text for text in (part.number, part.document) if text))
