"""The inbox being worked off: looks at what lies there, and sends what came to rest on its way to its end."""

from __future__ import annotations

import secrets
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count

from pipeline.backoff import Backoff
from pipeline.errors import Passing, YankomasError
from pipeline.intake.arrival_order import Receivers
from pipeline.intake.at_rest import Settling, Verdict
from pipeline.intake.inbox_files import InboxFile, readable
from pipeline.intake.journey import Claimed, Decided, InHand, Journey, Noted, OnItsWay, Resting, StillWritten
from pipeline.intake.ports import Bell, Board, Inbox, Stage

_LONGEST_WAIT = 300.0  # seconds between looks when nothing is awaited
_LOOKING = 20  # a look at an inbox with thousands of files takes at most so small a part of the time


@dataclass(slots=True)
class Intake:
    """One inbox being worked off. ``say`` shows a line to the mailroom; the clock is monotonic, in seconds."""

    journey: Journey
    receivers: Receivers[OnItsWay]
    settling: Settling
    bell: Bell
    say: Callable[[str], None]
    clock: Callable[[], float] = time.monotonic
    last_fault: YankomasError | None = None
    fault: str = ""
    _places: count[int] = field(default_factory=count)
    _at_work: dict[str, OnItsWay] = field(default_factory=dict)
    _held: list[OnItsWay] = field(default_factory=list)
    """What met a fault on its way, each until it is due again."""
    _not_taken: dict[str, Backoff] = field(default_factory=dict)
    """By path, what could not be taken out of the inbox, and when it is due again."""
    _waiting: dict[str, str] = field(default_factory=dict)
    _closed: set[str] = field(default_factory=set)
    _unsure: bool = True
    """Whether a file may be in hand that nobody here knows: at the start, and after a fault while taking one."""
    _fresh: bool = False
    _look_due: float = float("-inf")
    _look_owed: bool = False

    @property
    def inbox(self) -> Inbox:
        """The inbox."""
        return self.journey.inbox

    @property
    def board(self) -> Board:
        """What is being worked on."""
        return self.journey.board

    @property
    def counts(self) -> Counter[str]:
        """How many files came to which end."""
        return self.journey.counts

    @property
    def settled(self) -> bool:
        """Whether nothing waits: every file seen has an outcome."""
        return self._fresh and not (self._held or self._at_work or self._waiting or self._unsure or self.fault)

    @property
    def stuck(self) -> int:
        """How many files failed so often that waiting will not help, while nothing is being looked into."""
        return 0 if self._at_work else sum(b.is_stuck for b in self._backoffs()) + bool(self.fault)

    @property
    def waiting(self) -> int:
        """How many files have no outcome yet."""
        return len(self._held) + len(self._at_work) + len(self._waiting)

    def turn(self) -> float:
        """Look once and begin what is ready; return in how many seconds to look again at the latest."""
        self._closed |= self.bell.closed()  # silences the bell, so what ends from here on rings it again
        self._fetch()
        if self._sees():
            if self._unsure:
                self._take_up_leftovers()
            self._try_again()  # what was taken first, before a crash even, gets its number first
            now = self.clock()
            self._look_owed = now < self._look_due
            if not self._look_owed:
                self._look()
                self._look_due = self.clock() + _LOOKING * (self.clock() - now)
        return self._next_look()

    def hurry(self) -> None:
        """Try what waits again at the next turn: what it waited for has happened."""
        self._held = [replace(file, backoff=Backoff()) for file in self._held]

    def stop(self, patience: float) -> None:
        """Let what is being looked into come to its end, for so many seconds at most, and note it."""
        self.receivers.stop(patience)
        self._fetch()

    def _fetch(self) -> None:
        """Bring what was looked into to its end; what met a fault is held, or lies in the inbox still."""
        for finished in self.receivers.finished():
            self._fresh = False
            del self._at_work[finished.id]
            self.board.clear(finished.id)
            file = self.journey.end(finished)
            if file.fault is not None:
                self._try_later(file, file.fault)
            elif file.origin is not None:
                self._not_taken.pop(file.origin.file.path, None)
            self.board.touch()

    def _try_later(self, file: OnItsWay, fault: YankomasError) -> None:
        self.last_fault, now = fault, self.clock()
        match file.stage:
            case Resting() | InHand() if file.origin is not None:
                path = file.origin.file.path
                self._unsure = True  # it may have been taken and not have found its way back
                self._not_taken[path] = self._not_taken.get(path, Backoff()).failed(now)
                self._waiting[path] = fault.message
            case InHand():
                if file.id in self.inbox.taken():
                    self._held.append(replace(file, backoff=file.backoff.failed(now)))
            case Claimed(claim) | Noted(claim) | Decided(claim) | StillWritten(claim):
                if self.journey.was_lost(file):
                    return
                if (told := f"{claim.blob.name} tertunda: {fault}") != file.told:
                    self.say(told)
                self.board.show(file.id, Stage(f"tertunda: {fault}"))
                self._held.append(replace(file, told=told, backoff=file.backoff.failed(now)))

    def _sees(self) -> bool:
        """Say whether the inbox is there; tell the mailroom when it goes and when it is back."""
        fault = self.inbox.fault
        if fault != self.fault:
            self.say(fault or "Kotak masuk terlihat lagi; berkas di dalamnya dikerjakan.")
            self.board.touch()
        if self.fault and not fault:
            self._unsure = True
        self.fault = fault
        if fault:
            self.last_fault = Passing(fault, "Periksa apakah share atau foldernya tersambung; program menunggu.")
        return not fault

    def _take_up_leftovers(self) -> None:
        known = {*self._at_work, *(file.id for file in self._held)}
        for claim_id, lies in self.inbox.taken().items():
            if claim_id not in known:
                slow = self.journey.is_large(lies)
                self._held.append(OnItsWay(claim_id, next(self._places), None, InHand(), slow=slow))
        self._unsure = False

    def _try_again(self) -> None:
        now = self.clock()
        due = [file for file in self._held if file.backoff.due <= now]
        self._held = [file for file in self._held if file.backoff.due > now]
        for file in due:
            self._submit(replace(file, fault=None))

    def _look(self) -> None:
        closed, self._closed, self._fresh = self._closed, set(), True
        seen = {file.path: file for file in self.inbox.files()}
        verdicts = self.settling.look({path: file.identity for path, file in seen.items()}, closed, self.clock())
        self._not_taken = {path: backoff for path, backoff in self._not_taken.items() if path in seen}
        before, self._waiting = self._waiting, {}
        origins = [file.origin.file for file in self._at_work.values() if file.origin]
        at_work = {(file.path, file.identity) for file in origins}
        in_order = sorted(seen.values(), key=lambda file: (file.identity[3], file.path))  # in which they were written
        for file in in_order:
            if (file.path, file.identity) not in at_work:
                self._act(file, *verdicts[file.path])
        for path in before.keys() - self._waiting.keys():
            self.board.clear(readable(path))
        for path, what in self._waiting.items():
            self.board.show(readable(path), Stage(what or "ditunggu sampai selesai ditulis"))

    def _act(self, file: InboxFile, verdict: Verdict, gap: str) -> None:
        if verdict is Verdict.WAIT:
            self._waiting[file.path] = f"menunggu: {gap}" if gap else ""
        elif file.path in self._not_taken and self._not_taken[file.path].due > self.clock():
            self._waiting[file.path] = "tidak dapat diambil, dicoba lagi nanti"
        else:
            resting = Resting(file, gap if verdict is Verdict.GIVE_UP else "")
            self._submit(OnItsWay(secrets.token_hex(8), next(self._places), resting, resting))

    def _submit(self, file: OnItsWay) -> None:
        self._at_work[file.id] = file
        self.board.show(file.id, Stage("menunggu giliran diperiksa"))
        self.receivers.submit(file)

    def _next_look(self) -> float:
        now = self.clock()
        waits = [w for w in (self.settling.next_look(now),) if w is not None]
        waits += [max(0.0, backoff.due - now) for backoff in self._backoffs()]
        waits += [max(0.0, self._look_due - now)] if self._look_owed else []
        return min(waits, default=_LONGEST_WAIT)

    def _backoffs(self) -> list[Backoff]:
        return [*(file.backoff for file in self._held), *self._not_taken.values()]
