"""Bringing a file to its end once it was looked into: noted in the account, gone from the inbox, told to people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.ports import Clock
from pipeline.errors import Changed, Passing, Refused
from pipeline.intake import account, outcome_texts
from pipeline.intake.account import GoneBack, Settled, State, Taken
from pipeline.intake.account_texts import TWIN, account_parts, lost, refusal_text
from pipeline.intake.outcomes import Outcome, Part
from pipeline.intake.receivers import Pending
from pipeline.intake.store.inbox import Inbox
from pipeline.intake.store.ledger import Ledger
from pipeline.register.ports import Claim
from pipeline.storage import disk


@dataclass(frozen=True, slots=True)
class Ending:
    """What bringing files to their ends needs. The account is noted before a file goes, so a crash loses neither."""

    inbox: Inbox
    ledger: Ledger
    clock: Clock
    say: Callable[[str], None]
    accepted: Callable[[CaseNumber], None]
    counts: Counter[str]

    def bring_home(self, pending: Pending) -> None:
        """Do what is left to do with a file that was looked into; doing it again after a fault is no fault.

        Raises:
            Passing: the disk is full, or the file was changed meanwhile; it stays and is tried again.
        """
        if pending.claim is None or pending.taken is None:
            return
        if pending.changed:
            self.ledger.note(GoneBack(pending.claim.id, self.clock.now()))
            self.inbox.put_back(pending.claim)
        elif pending.outcome is not None:
            try:
                self._settle(pending.claim, pending.taken, pending.outcome)
            except Changed:
                pending.changed, pending.outcome = True, None
                raise

    def was_lost(self, pending: Pending) -> bool:
        """Say whether somebody took a claimed file away; if so, note that and tell the mailroom."""
        if pending.claim is None or pending.taken is None or _is_home(pending.outcome) or not self._gone(pending.claim):
            return False
        reason = lost()
        part = account.Part(State.REFUSED, code=reason.code, reason=reason.message, remedy=reason.remedy)
        try:
            self.ledger.note(Settled(pending.taken, (part,), self.clock.now()))
        except Passing:
            return False  # it is tried again, and found lost again
        self.counts["hilang"] += 1
        self.say(f"{pending.taken.name}: {reason.message}")
        return True

    def _settle(self, claim: Claim, taken: Taken, outcome: Outcome) -> None:
        reason = outcome_texts.refusal(outcome)
        if reason is None:
            self.ledger.note(Settled(taken, account_parts(outcome), self.clock.now()))
            self.inbox.done(claim)
        else:
            self._put_aside(claim, taken, outcome, reason)
        for part in outcome_texts.parts_of(outcome):
            self._tell(claim, part)

    def _tell(self, claim: Claim, part: Part) -> None:
        if (number := outcome_texts.case_of(part.fate)) is not None:
            self.counts[outcome_texts.counted(part.fate)] += 1
            self.say(f"{claim.blob.name} → {outcome_texts.told(part)}")
            self.accepted(number)

    def _put_aside(self, claim: Claim, taken: Taken, outcome: Outcome, reason: Refused) -> None:
        with claim.blob.local() as path:
            if disk.sha256_of(path) != claim.blob.sha256:  # what was refused is not what lies there
                raise Changed("Berkas masih ditulis ketika diperiksa.", "Berkas ditunggu sampai selesai ditulis.")
        at = self.clock.now()

        def note(place: str) -> None:
            self.ledger.note(Settled(taken, account_parts(outcome, place), at))

        place = self.inbox.set_aside(claim, refusal_text(claim.blob.name, reason, at, claim.id), note)
        self.counts["ganda" if reason.code == TWIN else "ditolak"] += 1
        self.say(f"{claim.blob.name} → {place.parent.name}/: {reason.message}")

    def _gone(self, claim: Claim) -> bool:
        """Say whether the file is gone, and not the whole inbox with it."""
        try:
            with claim.blob.local() as path:
                path.lstat()
        except FileNotFoundError:
            return not self.inbox.fault
        except OSError:
            pass
        return False


def _is_home(outcome: Outcome | None) -> bool:
    """Say whether the file's bytes lie in the archive already, so that the claimed file may go."""
    return outcome is not None and outcome_texts.refusal(outcome) is None
