"""From the inbox to a number: looks at what lies there, has what came to rest looked into, and brings it to its end."""

from __future__ import annotations

import secrets
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import InitVar, dataclass, field
from itertools import count
from pathlib import Path

from pipeline.backoff import Backoff
from pipeline.cases.case_number import CaseNumber
from pipeline.errors import Passing, YankomasError
from pipeline.intake.at_rest import Identity, Settling, Verdict
from pipeline.intake.ending import Ending
from pipeline.intake.engines.watching import Bell
from pipeline.intake.journey import Receiving
from pipeline.intake.progress import Board, Stage
from pipeline.intake.receivers import Pending, Receivers
from pipeline.intake.store.inbox import Inbox, readable
from pipeline.system_messages import os_words

_LONGEST_WAIT = 300.0  # seconds between looks when nothing is awaited
_LOOKING = 20  # a look at an inbox with thousands of files takes at most so small a part of the time


@dataclass(slots=True)
class Intake:
    """One inbox being worked off. ``say`` shows a line to the mailroom, ``accepted`` is told of each new case."""

    receiving: Receiving
    settling: Settling
    bell: Bell
    say: Callable[[str], None]
    accepted: InitVar[Callable[[CaseNumber], None]]
    threads: int = 2
    clock: Callable[[], float] = time.monotonic
    counts: Counter[str] = field(default_factory=Counter)
    last_fault: YankomasError | None = None
    fault: str = ""
    _places: count[int] = field(default_factory=count)
    _pending: list[Pending] = field(default_factory=list)
    _waiting: dict[Path, str] = field(default_factory=dict)
    _at_work: dict[str, Pending] = field(default_factory=dict)
    _refusing: dict[Path, Backoff] = field(default_factory=dict)
    _unsure: bool = False
    _closed: set[Path] = field(default_factory=set)
    _look_due: float = float("-inf")
    _look_owed: bool = False
    _fresh: bool = False
    _stop: Callable[[], bool] = lambda: False
    ending: Ending = field(init=False)
    _receivers: Receivers = field(init=False)

    def __post_init__(self, accepted: Callable[[CaseNumber], None]) -> None:
        receiving = self.receiving
        self.ending = Ending(
            receiving.inbox, receiving.ledger, receiving.desk.clock, lambda line: self.say(line), accepted, self.counts
        )
        self._receivers = Receivers(self._take, receiving.work, self.threads, self.bell.ring)

    @property
    def inbox(self) -> Inbox:
        """The inbox."""
        return self.receiving.inbox

    @property
    def board(self) -> Board:
        """What is being worked on."""
        return self.receiving.board

    def take_up(self, stop: Callable[[], bool]) -> None:
        """Take up again what was claimed before a crash. ``stop`` is asked before each file."""
        self._stop = stop
        self._unsure = True

    def turn(self) -> float:
        """Look once and begin what is ready; return in how many seconds to look again at the latest."""
        self._closed |= self.bell.closed()  # silences the bell, so what ends from here on rings it again
        self._fetch()
        if self._cannot_see():
            return self._next_look()
        if self._unsure:
            self._take_up_leftovers()
        self._try_again()  # what was taken first, before a crash even, gets its number first
        now = self.clock()
        self._look_owed = now < self._look_due
        if not self._look_owed:
            self._look()
            self._look_due = self.clock() + _LOOKING * (self.clock() - now)
        return self._next_look()

    def stop(self, patience: float) -> None:
        """Let what is being looked into come to its end, for so many seconds at most, and note it."""
        self._receivers.stop(patience)
        self._fetch()

    @property
    def settled(self) -> bool:
        """Whether nothing waits: every file seen has an outcome."""
        return self._fresh and not (self._pending or self._at_work or self._waiting or self._unsure or self.fault)

    @property
    def stuck(self) -> int:
        """How many files failed at least three times for a passing reason, while nothing is being looked into."""
        if self._at_work:
            return 0
        backoffs = [*(p.backoff for p in self._pending), *self._refusing.values()]
        return sum(backoff.is_stuck for backoff in backoffs) + bool(self.fault)

    @property
    def waiting(self) -> int:
        """How many files have no outcome yet."""
        return len(self._pending) + len(self._at_work) + len(self._waiting)

    def bring_to_an_end(self, pending: Pending) -> None:
        """Receive one file from its beginning to its end, here and now."""
        self.receiving.take(pending)
        self.receiving.work(pending)
        self._end(pending)

    def _take(self, pending: Pending) -> None:
        if self._stop():
            pending.in_reach = True
        else:
            self.receiving.take(pending)

    def _cannot_see(self) -> bool:
        """Say whether the inbox is gone; tell the mailroom when it goes and when it is back."""
        fault = self.inbox.fault
        if fault != self.fault:
            self.say(fault or "Kotak masuk terlihat lagi; berkas di dalamnya dikerjakan.")
            self.board.touch()
        if self.fault and not fault:
            self._unsure = True
        self.fault = fault
        if fault:
            self.last_fault = Passing(fault, "Periksa apakah share atau foldernya tersambung; program menunggu.")
        return bool(fault)

    def _take_up_leftovers(self) -> None:
        known = {*self._at_work, *(pending.id for pending in self._pending)}
        self._pending += [Pending(claim, next(self._places)) for claim in self.inbox.taken() if claim not in known]
        self._unsure = False

    def _try_again(self) -> None:
        now = self.clock()
        due = [p for p in self._pending if p.backoff.due <= now]
        self._pending = [p for p in self._pending if p.backoff.due > now]
        for pending in due:
            self._submit(pending)

    def _look(self) -> None:
        closed, self._closed, self._fresh = self._closed, set(), True
        seen = self.inbox.files()
        verdicts = self.settling.look(seen, closed, self.clock())
        self._refusing = {path: backoff for path, backoff in self._refusing.items() if path in seen}
        before, self._waiting = self._waiting, {}
        in_work = {(p.lay, p.identity) for p in self._at_work.values()}
        for path in sorted(verdicts, key=lambda path: (seen[path][3], path)):  # the order in which they were written
            if (path, seen[path]) not in in_work:
                self._act(path, seen[path], *verdicts[path])
        for path in before.keys() - self._waiting.keys():
            self.board.clear(self._shown(path))
        for path, what in self._waiting.items():
            self.board.show(self._shown(path), Stage(what or "ditunggu sampai selesai ditulis"))

    def _act(self, path: Path, identity: Identity, verdict: Verdict, gap: str) -> None:
        if verdict is Verdict.WAIT:
            self._waiting[path] = f"menunggu: {gap}" if gap else ""
        elif self._refusing.get(path, Backoff()).due > self.clock():
            self._waiting[path] = "tidak dapat diambil, dicoba lagi nanti"
        else:
            gap = gap if verdict is Verdict.GIVE_UP else ""
            self._submit(Pending(secrets.token_hex(8), next(self._places), path, identity, gap))

    def _submit(self, pending: Pending) -> None:
        self._at_work[pending.id] = pending
        self.board.show(pending.id, Stage("menunggu giliran diperiksa"))
        self._receivers.submit(pending)

    def _fetch(self) -> None:
        for pending in self._receivers.finished():
            self._fresh = False
            del self._at_work[pending.id]
            self.board.clear(pending.id)
            self._end(pending)

    def _end(self, pending: Pending) -> None:
        """Do what is left to do with a file that was looked into."""
        try:
            if pending.fault is not None:
                raise pending.fault
            self.ending.bring_home(pending)
            if pending.lay is not None:
                self._refusing.pop(pending.lay, None)
        except YankomasError as fault:
            self._later(pending, fault)
        except OSError as fault:
            self._later(pending, Passing(f"Berkas tidak dapat dikerjakan: {os_words(fault)}.", "Periksa cakram ini."))
        self.board.touch()

    def _later(self, pending: Pending, fault: YankomasError) -> None:
        self.last_fault = fault
        if pending.claim is None:
            self._not_taken(pending, fault)
        elif not self.ending.was_lost(pending):
            if (told := f"{pending.claim.blob.name} tertunda: {fault}") != pending.told:
                pending.told = told
                self.say(told)
            self.board.show(pending.id, Stage(f"tertunda: {fault}"))
            pending.backoff = pending.backoff.failed(self.clock())
            self._pending.append(pending)

    def _not_taken(self, pending: Pending, fault: YankomasError) -> None:
        if pending.lay is not None:
            self._unsure = True  # it may have been taken and not have found its way back
            self._refusing[pending.lay] = self._refusing.get(pending.lay, Backoff()).failed(self.clock())
            self._waiting[pending.lay] = fault.message
        elif pending.id in self.inbox.taken():
            pending.backoff = pending.backoff.failed(self.clock())
            self._pending.append(pending)

    def _shown(self, path: Path) -> str:
        return readable(path.relative_to(self.inbox.folder).as_posix())

    def _next_look(self) -> float:
        now = self.clock()
        waits = [w for w in (self.settling.next_look(now),) if w is not None]
        backoffs = [*(p.backoff for p in self._pending), *self._refusing.values()]
        waits += [max(0.0, backoff.due - now) for backoff in backoffs]
        waits += [max(0.0, self._look_due - now)] if self._look_owed else []
        return min(waits, default=_LONGEST_WAIT)
