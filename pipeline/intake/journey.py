"""The way of one file, from its rest in the inbox to its end, in one direction.

::

    Resting --take--> InHand --open--> Claimed --note--> Noted --receive--> Decided ------end--> Ended
                                                              `-> StillWritten --put back-------^

Each step leaves on the disk what the next one needs. A fault leaves a file at the stage it had come to, from which it
is tried again; after a crash a file that was in hand is in hand again. The account is noted before a file goes, so that
a crash loses neither, and doing a step again changes nothing.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from pipeline.backoff import CUT_OFFS, TRIES, Backoff
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.deliveries import FOLDER, Delivery, delivered
from pipeline.errors import Changed, EngineFault, Passing, Refused, Unfinished, YankomasError, place_of
from pipeline.intake import outcomes
from pipeline.intake.account import AccountPart, GoneBack, Settled, State, Taken
from pipeline.intake.arrival_order import Turns
from pipeline.intake.inbox_files import InboxFile
from pipeline.intake.outcomes import Outcome, SetAside
from pipeline.intake.ports import Attempts, Board, Inbox, InboxAccount, Receiving, Stage
from pipeline.register.ports import Claim
from pipeline.scans.refusals import Limits
from pipeline.system_messages import os_words

_RECEIVING = "terima"
#: Bytes beyond which a file goes to the slow lane at once: copying and hashing so many took 0.05 s (2026-11-26).
_LARGE = 32 * 2**20
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Resting:
    """It lies in the inbox and has come to rest; ``gap`` is what it lacks, if it is given up as it is."""

    file: InboxFile
    gap: str = ""


@dataclass(frozen=True, slots=True)
class InHand:
    """It is out of the scanner's reach."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """It was opened, and its bytes are known."""

    claim: Claim


@dataclass(frozen=True, slots=True)
class Noted:
    """The account has it as taken; ``crashes`` is how often its reader has died of it since."""

    claim: Claim
    taken: Taken
    crashes: int = 0


@dataclass(frozen=True, slots=True)
class Decided:
    """What becomes of it is known."""

    claim: Claim
    taken: Taken
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class StillWritten:
    """Somebody writes to it after all: it goes back, to be waited for."""

    claim: Claim
    taken: Taken


@dataclass(frozen=True, slots=True)
class Ended:
    """Nothing is left to do with it: it came to its end, or is another file by now, which is looked at anew."""


@dataclass(frozen=True, slots=True)
class OnItsWay:
    """A file on its way: the id of its claim, its place in the order of arrival, the stage it has come to.

    ``origin`` is how it rested in the inbox; it is missing for one that was taken before this process began. ``fault``
    is why the last try came to nothing, ``told`` what the mailroom heard of that. ``slow``: it is large or costly, and
    takes turns with others of its kind.
    """

    id: str
    place: int
    origin: Resting | None
    stage: Resting | InHand | Claimed | Noted | Decided | StillWritten | Ended
    fault: YankomasError | None = None
    backoff: Backoff = field(default_factory=Backoff)
    told: str = ""
    slow: bool = False

    @property
    def goes_on_slowly(self) -> bool:
        """Whether it is to be worked on, in the slow lane."""
        return self.slow and self.fault is None and isinstance(self.stage, InHand | Claimed | Noted)


@dataclass(frozen=True, slots=True)
class Journey:
    """What files need on their way. ``say`` shows the mailroom a line, ``accepted`` is told of each case with work.

    ``slow_parts`` are those of the slow lane, in which files take turns. ``limits`` say how large a file may be that is
    read at all.

    :meth:`take` is done in one thread at a time, :meth:`work` in several, :meth:`end` in the one that has the inbox.
    """

    inbox: Inbox
    account: InboxAccount
    parts: Receiving
    slow_parts: Receiving
    limits: Limits
    board: Board
    attempts: Attempts
    turns: Turns
    say: Callable[[str], None]
    accepted: Callable[[CaseNumber], None]
    counts: Counter[str] = field(default_factory=Counter)

    def take(self, file: OnItsWay) -> OnItsWay:
        """Take a file that lies in the inbox out of the scanner's reach, in the order of arrival.

        After a crash between two files it is thus the first of them that was taken, and gets its number first.
        """
        return _tried(file, self._taken)

    def _taken(self, file: OnItsWay) -> OnItsWay:
        match file.stage:
            case Resting(lies):
                taken = self.inbox.take(lies, file.id)
                return replace(file, stage=InHand() if taken else Ended(), slow=self.is_large(lies))
        return file

    def is_large(self, file: InboxFile) -> bool:
        """Say whether copying a file alone would hold up those behind it."""
        return _LARGE < file.size <= self.limits.size

    def work(self, file: OnItsWay) -> OnItsWay:
        """Bring a file that was taken as far as it comes, in the slow lane as far as its turn goes.

        One that turns out to be costly comes back to be worked on in the slow lane; nobody waits for it any more.
        """
        if file.slow:
            return self._worked(file)
        with self.turns.taken(file.place):
            return self._worked(file)

    def _worked(self, file: OnItsWay) -> OnItsWay:
        try:
            while file.fault is None and isinstance(file.stage, InHand | Claimed | Noted):
                file = _tried(file, self._next)
        except Unfinished as turn:
            self.board.show(file.id, Stage("berkas berat, diperiksa bergiliran", turn.done, turn.of))
            return replace(file, slow=True)
        return file

    def _next(self, file: OnItsWay) -> OnItsWay:
        match file.stage:
            case InHand():
                lay, most = file.origin and file.origin.file, self.limits.size
                claim = self.inbox.opened(lay, file.id, most) if lay else self.inbox.reclaim(file.id, most)
                return replace(file, stage=Claimed(claim) if claim else Ended())
            case Claimed(claim):
                taken = noted(claim, self.inbox, self.account, self.parts.clock.now())
                return replace(file, stage=Noted(replace(claim, deliveries=self._deliveries(claim, taken)), taken))
            case Noted() as stage:
                if not file.slow:  # of which it is shown how far its turns have come
                    self.board.show(file.id, Stage("diperiksa"))
                return self._received(file, stage)
        return file

    def _deliveries(self, claim: Claim, taken: Taken) -> tuple[Delivery, ...]:
        """Return how a file came, as it was noted before; of one that was put into the folder nobody noted anything."""
        known = self.account.account(taken.at).deliveries(taken.mark, taken.sha256, claim.folder)
        return known if any(not one.places for one in known) else (delivered(FOLDER, taken.at), *known)

    def _received(self, file: OnItsWay, noted: Noted) -> OnItsWay:
        claim, taken, crashes = noted.claim, noted.taken, noted.crashes + 1
        try:
            outcome = self._outcome(file, claim, last_try=crashes >= TRIES)
        except Changed:
            return replace(file, stage=StillWritten(claim, taken))
        except EngineFault as fault:
            if crashes < TRIES:
                return replace(file, stage=Noted(claim, taken, crashes), fault=fault)
            outcome = SetAside(outcomes.unreadable(fault.message))
        return replace(file, stage=Decided(claim, taken, outcome))

    def _outcome(self, file: OnItsWay, claim: Claim, *, last_try: bool) -> Outcome:
        try:
            self.limits.check_size(claim.blob.size)
        except Refused as reason:  # it was not read, and is not
            return SetAside(reason)
        if file.origin is not None:
            if file.origin.gap and not self.inbox.has_end(claim):
                return SetAside(outcomes.incomplete(claim.blob.size, file.origin.gap))
            return self._looked_into(file, claim, last_try=last_try)
        if self.attempts.begin(claim.id, _RECEIVING).cut_off >= CUT_OFFS:
            return SetAside(outcomes.unreadable("program ini sendiri berhenti setiap kali memeriksanya"))
        try:
            return self._looked_into(file, claim, last_try=last_try)
        finally:
            self.attempts.forget(claim.id)

    def _looked_into(self, file: OnItsWay, claim: Claim, *, last_try: bool) -> Outcome:
        """Receive the file; before it asks for a number, it waits for its turn."""

        def my_turn() -> None:
            self.turns.wait(file.place)
            self._check(claim)

        parts = self.slow_parts if file.slow else self.parts
        try:
            return parts.received(claim, my_turn=my_turn, check=self._check, last_try=last_try)
        except (YankomasError, OSError):
            raise
        except Exception as fault:  # one file that our own program stumbles over must not stop the others
            _log.error("%s: kesalahan program %s di %s", claim.id, type(fault).__name__, place_of(fault))
            raise EngineFault(f"kesalahan program ({type(fault).__name__})") from fault

    def _check(self, claim: Claim) -> None:
        """Make sure that nobody writes to a file any more: what we have of it would be half a letter.

        Raises:
            Changed: somebody does.
        """
        if not self.inbox.is_as_claimed(claim):
            raise _still_written()

    def end(self, file: OnItsWay) -> OnItsWay:
        """Do what is left to do with a file that was worked on; one that met a fault stays as it is."""
        return file if file.fault else _tried(file, self._ended)

    def _ended(self, file: OnItsWay) -> OnItsWay:
        match file.stage:
            case StillWritten(claim):
                self.account.note(GoneBack(claim.id, self.parts.clock.now()))
                self.inbox.put_back(claim)
            case Decided(claim, taken, outcome):
                try:
                    self._settle(claim, taken, outcome)
                except Changed as fault:
                    return replace(file, stage=StillWritten(claim, taken), fault=fault)
        return replace(file, stage=Ended())

    def _settle(self, claim: Claim, taken: Taken, outcome: Outcome) -> None:
        if reason := outcomes.refusal(outcome):
            self._check(claim)  # what was refused must be what lies there
            place = put_aside(claim, taken, outcome, self.inbox, self.account, self.parts.clock.now())
            self.counts["ganda" if reason.code == outcomes.TWIN else "ditolak"] += 1
            self.say(f"{claim.blob.name} → {place.rpartition('/')[0]}/: {reason.message}")
        else:
            self.account.note(Settled(taken, outcomes.account_parts(outcome), self.parts.clock.now()))
            self.inbox.done(claim)
        for part in outcomes.parts_of(outcome):
            if (number := outcomes.case_of(part.fate)) is not None:
                self.counts[outcomes.heading(part.fate)] += 1
                self.say(f"{claim.blob.name} → {outcomes.told(part)}")
                self.accepted(number)

    def was_lost(self, file: OnItsWay) -> bool:
        """Say whether somebody took a claimed file away; if so, note that and tell the mailroom."""
        match file.stage:
            case Decided(claim, taken, outcome) if outcomes.refusal(outcome):
                pass
            case Noted(claim, taken) | StillWritten(claim, taken):
                pass
            case _:  # not noted yet, or its bytes lie in the archive already
                return False
        if not self.inbox.was_taken_away(claim):
            return False
        reason = outcomes.lost()
        part = AccountPart(State.REFUSED, code=reason.code, reason=reason.message, remedy=reason.remedy)
        try:
            self.account.note(Settled(taken, (part,), self.parts.clock.now()))
        except Passing:
            return False  # it is tried again, and found lost again
        self.counts["hilang"] += 1
        self.say(f"{taken.name}: {reason.message}")
        return True


def noted(claim: Claim, inbox: Inbox, account: InboxAccount, at: datetime) -> Taken:
    """Note in the account that a file was taken, before anything is done with it."""
    blob = claim.blob
    folder = claim.folder if inbox.is_of_another(claim.folder) else ""
    taken = Taken(claim.id, blob.name, blob.size, blob.sha256, inbox.mark(claim), at, folder)
    account.note(taken)
    return taken


def put_aside(claim: Claim, taken: Taken, outcome: Outcome, inbox: Inbox, account: InboxAccount, at: datetime) -> str:
    """Set a file aside that was refused, noting where it will lie before it goes there; return the place."""
    reason = outcomes.refusal(outcome)
    assert reason is not None, "only what was refused is set aside"
    words = outcomes.refusal_text(claim.blob.name, reason, at, claim.id)
    return inbox.set_aside(
        claim, words, lambda place: account.note(Settled(taken, outcomes.account_parts(outcome, place), at))
    )


def _still_written() -> Changed:
    return Changed("Berkas masih ditulis ketika diperiksa.", "Berkas ditunggu sampai selesai ditulis.")


def _tried(file: OnItsWay, step: Callable[[OnItsWay], OnItsWay]) -> OnItsWay:
    """Return the file after a step; if that was kept from happening, as it was, with the fault."""
    try:
        return step(file)
    except Unfinished:
        raise
    except YankomasError as fault:
        return replace(file, fault=fault)
    except OSError as fault:
        words = f"Berkas tidak dapat dikerjakan: {os_words(fault)}."
        return replace(file, fault=Passing(words, "Periksa cakram ini."))
