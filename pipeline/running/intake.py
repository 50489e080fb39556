"""From the inbox to a number: looks at what lies there, claims what has come to rest, hands it to ``receive``."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.actions.outcomes import Outcome, Part, SetAside
from pipeline.actions.ports import Claim
from pipeline.actions.receive import Desk, receive
from pipeline.adapters.inbox.inbox import Inbox
from pipeline.adapters.inbox.ledger import Ledger
from pipeline.adapters.inbox.settling import Identity, Settling, Verdict
from pipeline.adapters.inbox.watching import Bell
from pipeline.adapters.scans.wholeness import has_pdf_end
from pipeline.domain.account import GoneBack, Settled, Taken
from pipeline.domain.numbering import CaseNumber
from pipeline.errors import Changed, EngineFault, Passing, Refused, YankomasError
from pipeline.running import fates
from pipeline.running.outcomes import TWIN, account_parts, incomplete, refusal_text, unreadable
from pipeline.running.progress import Board, Stage
from pipeline.running.tending import place_of

TRIES = 3
_LONGEST_PAUSE = 300.0  # seconds between tries of what fails for a passing reason
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Pause:
    """How long to wait before a file is tried again: twice as long each time."""

    due: float = 0.0
    length: float = 0.5

    def longer(self, now: float) -> None:
        self.due = now + self.length
        self.length = min(self.length * 2, _LONGEST_PAUSE)

    @property
    def is_long(self) -> bool:
        return self.length >= 0.5 * (1 << TRIES)


@dataclass(slots=True)
class _Pending:
    """A claimed file that is not settled yet: what became of it once that is known, else nothing."""

    claim: Claim
    outcome: Outcome | None = None
    pause: _Pause = field(default_factory=_Pause)
    crashes: int = 0
    taken: Taken | None = None


@dataclass(slots=True)
class Intake:
    """One inbox being worked off. ``say`` shows a line to the mailroom, ``accepted`` is told of each new case."""

    inbox: Inbox
    settling: Settling
    bell: Bell
    desk: Desk
    ledger: Ledger
    board: Board
    say: Callable[[str], None]
    accepted: Callable[[CaseNumber], None]
    clock: Callable[[], float] = time.monotonic
    counts: Counter[str] = field(default_factory=Counter)
    last_fault: YankomasError | None = None
    _pending: list[_Pending] = field(default_factory=list)
    _waiting: dict[Path, str] = field(default_factory=dict)
    _refusing: dict[Path, _Pause] = field(default_factory=dict)
    _unsure: bool = False
    _stop: Callable[[], bool] = lambda: False

    def take_up(self, stop: Callable[[], bool]) -> None:
        """Take up again what was claimed before a crash. ``stop`` is asked between two files."""
        self._stop = stop
        self._unsure = True
        self._take_up_leftovers()

    def _take_up_leftovers(self) -> None:
        known = {pending.claim.id for pending in self._pending}
        try:
            self._pending += [_Pending(claim) for claim in self.inbox.leftovers() if claim.id not in known]
        except Passing as fault:
            self.last_fault = fault
        else:
            self._unsure = False

    def turn(self) -> float:
        """Look once and work off what is ready; return in how many seconds to look again at the latest."""
        if self._unsure:
            self._take_up_leftovers()
        self._try_pending()  # what was taken first, before a crash even, gets its number first
        closed = self.bell.closed()
        seen = self.inbox.files()
        verdicts = self.settling.look(seen, closed, self.clock())
        self._waiting = {}
        self._refusing = {path: pause for path, pause in self._refusing.items() if path in seen}
        for path, (verdict, gap) in verdicts.items():
            if self._stop():
                break
            self._act(path, seen[path], verdict, gap)
        return self._next_look()

    @property
    def settled(self) -> bool:
        """Whether nothing waits: every file seen has an outcome."""
        return not self._pending and not self._waiting and not self._unsure

    @property
    def stuck(self) -> int:
        """How many files failed at least three times for a passing reason."""
        return sum(p.pause.is_long for p in self._pending) + sum(p.is_long for p in self._refusing.values())

    @property
    def waiting(self) -> int:
        """How many files have no outcome yet."""
        return len(self._pending) + len(self._waiting)

    def _act(self, path: Path, identity: Identity, verdict: Verdict, gap: str) -> None:
        if verdict is Verdict.WAIT:
            self._waiting[path] = gap
        elif self._refusing.get(path, _Pause()).due > self.clock():
            self._waiting[path] = "tidak dapat diambil"
        elif (claim := self._claimed(path, identity)) is not None:
            given_up = verdict is Verdict.GIVE_UP and not _mendable(claim)
            self._try(_Pending(claim, SetAside(incomplete(claim.blob.size, gap)) if given_up else None))

    def _claimed(self, path: Path, identity: Identity) -> Claim | None:
        try:
            claim = self.inbox.claim(path, identity)
        except Passing as fault:
            self.last_fault = fault
            self._unsure = True  # it may have been taken and not have found its way back
            self._refusing.setdefault(path, _Pause()).longer(self.clock())
            self._waiting[path] = fault.message
            return None
        self._refusing.pop(path, None)
        if claim is None:
            self._waiting[path] = "masih ditulis"
        return claim

    def _try_pending(self) -> None:
        now = self.clock()
        due = [p for p in self._pending if p.pause.due <= now]
        self._pending = [p for p in self._pending if p.pause.due > now]
        for position, pending in enumerate(due):
            if self._stop():
                self._pending += due[position:]
                return
            self._try(pending)

    def _try(self, pending: _Pending) -> None:
        try:
            self._bring_to_an_end(pending)
        except YankomasError as fault:
            self._later(pending, fault)
        except OSError as fault:
            self._later(pending, Passing(f"Berkas tidak dapat dikerjakan: {fault.strerror}.", "Periksa cakram ini."))

    def _bring_to_an_end(self, pending: _Pending) -> None:
        pending.taken = pending.taken or self._noted(pending.claim)
        try:
            pending.outcome = pending.outcome or receive(pending.claim, self.desk)
        except Changed:
            self.ledger.note(GoneBack(pending.claim.id, self.desk.clock.now()))
            self.inbox.put_back(pending.claim)
            return
        except EngineFault as fault:
            pending.outcome = _crashed(pending, fault)
        except (YankomasError, OSError):
            raise
        except Exception as fault:  # one file that our own program stumbles over must not stop the others
            _log.error("%s: kesalahan program %s di %s", pending.claim.id, type(fault).__name__, place_of(fault))
            pending.outcome = _crashed(pending, EngineFault(f"kesalahan program ({type(fault).__name__})"))
        self._settle(pending.claim, pending.taken, pending.outcome)
        self.board.clear(pending.claim.id)
        self.board.touch()

    def _noted(self, claim: Claim) -> Taken:
        """Note that this file was taken, before anything is done with it."""
        blob, mark = claim.blob, self.inbox.mark(claim)
        taken = Taken(claim.id, blob.name, blob.size, blob.sha256, mark, self.desk.clock.now())
        self.ledger.note(taken)
        return taken

    def _later(self, pending: _Pending, fault: YankomasError) -> None:
        _log.warning("%s tertunda: %s", pending.claim.id, fault)
        self.board.show(pending.claim.id, Stage(f"tertunda: {fault}"))
        self.last_fault = fault
        pending.pause.longer(self.clock())
        self._pending.append(pending)

    def _settle(self, claim: Claim, taken: Taken, outcome: Outcome) -> None:
        reason = fates.refusal(outcome)
        if reason is None:
            self.ledger.note(Settled(taken, account_parts(outcome), self.desk.clock.now()))
            self.inbox.done(claim)
        else:
            self._put_aside(claim, taken, outcome, reason)
        for part in fates.parts_of(outcome):
            self._tell(claim, part)

    def _tell(self, claim: Claim, part: Part) -> None:
        if (number := fates.case_of(part.fate)) is not None:
            self.counts[fates.counted(part.fate)] += 1
            self.say(f"{claim.blob.name} → {fates.told(part)}")
            self.accepted(number)

    def _put_aside(self, claim: Claim, taken: Taken, outcome: Outcome, reason: Refused) -> None:
        at = self.desk.clock.now()

        def note(place: str) -> None:
            self.ledger.note(Settled(taken, account_parts(outcome, place), at))

        place = self.inbox.set_aside(claim, refusal_text(claim.blob.name, reason, at, claim.id), note)
        self.counts["ganda" if reason.code == TWIN else "ditolak"] += 1
        self.say(f"{claim.blob.name} → {place.parent.name}/: {reason.message}")

    def _next_look(self) -> float:
        now = self.clock()
        waits = [w for w in (self.settling.next_look(now),) if w is not None]
        pauses = [*(p.pause for p in self._pending), *self._refusing.values()]
        waits += [max(0.0, pause.due - now) for pause in pauses]
        return min(waits, default=_LONGEST_PAUSE)


def _mendable(claim: Claim) -> bool:
    """Say whether a file that is not as it should be has its end: then the reader may mend it, with a warning."""
    with claim.blob.local() as path:
        return has_pdf_end(path)


def _crashed(pending: _Pending, fault: EngineFault) -> Outcome:
    """Count a crash over a file; after so many the file is set aside, until then the fault goes on."""
    pending.crashes += 1
    if pending.crashes < TRIES:
        raise fault
    return SetAside(unreadable(fault.message))
