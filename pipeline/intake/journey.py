"""The slow part of receiving a file: taking it, noting that it was taken, looking into it, giving it its number."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.archive.store.attempts import Attempts
from pipeline.errors import Changed, EngineFault, Passing, YankomasError, place_of
from pipeline.intake.account import Taken
from pipeline.intake.account_texts import incomplete, unreadable
from pipeline.intake.arrival_order import Turns
from pipeline.intake.outcomes import Outcome, SetAside
from pipeline.intake.progress import Board, Stage
from pipeline.intake.receive import Desk, receive
from pipeline.intake.receivers import TRIES, Pending
from pipeline.intake.store.inbox import Inbox
from pipeline.intake.store.ledger import Ledger
from pipeline.register.ports import Claim
from pipeline.scans.formats.wholeness import has_pdf_end
from pipeline.system_messages import os_words

#: How often this program may end in the middle of one file before that file is held to be the reason.
CUT_OFFS = 10
_RECEIVING = "terima"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Receiving:
    """What receiving a file needs; :meth:`work` runs in several threads, :meth:`take` in one at a time."""

    inbox: Inbox
    ledger: Ledger
    desk: Desk
    board: Board
    attempts: Attempts
    turns: Turns

    def take(self, pending: Pending) -> None:
        """Take a file that lies in the inbox out of the scanner's reach, in the order of arrival.

        After a crash between two files it is thus the first of them that was taken, and gets its number first.
        """
        pending.fault = None
        if pending.lay is None or pending.identity is None or pending.claim is not None:
            return
        with _noting(pending):
            pending.in_reach = not self.inbox.take(pending.lay, pending.identity, pending.id)

    def work(self, pending: Pending) -> None:
        """Bring a file that was taken as far as it comes, and note on it how far that is."""
        if pending.fault is None and not pending.in_reach:
            with _noting(pending), self.turns.taken(pending.place):
                self._work(pending)

    def _work(self, pending: Pending) -> None:
        if pending.claim is None:
            pending.claim = self._claimed(pending)
        if pending.claim is None or pending.outcome is not None or pending.changed:
            return
        self.board.show(pending.id, Stage("diperiksa"))
        pending.taken = pending.taken or self.noted(pending.claim)
        if pending.gap and not _mendable(pending.claim):
            pending.outcome = SetAside(incomplete(pending.claim.blob.size, pending.gap))
            return
        try:
            pending.outcome = self._outcome(pending, pending.claim)
        except Changed:
            pending.changed = True

    def _claimed(self, pending: Pending) -> Claim | None:
        if pending.lay is None or pending.identity is None:
            return self.inbox.reclaim(pending.id)
        return self.inbox.proven(pending.id, pending.lay, pending.identity)

    def noted(self, claim: Claim) -> Taken:
        """Note that this file was taken, before anything is done with it."""
        blob, mark = claim.blob, self.inbox.mark(claim)
        taken = Taken(claim.id, blob.name, blob.size, blob.sha256, mark, self.desk.clock.now())
        self.ledger.note(taken)
        return taken

    def _outcome(self, pending: Pending, claim: Claim) -> Outcome:
        if pending.left_over and self.attempts.begin(claim.id, _RECEIVING).cut_off >= CUT_OFFS:
            return SetAside(unreadable("program ini sendiri berhenti setiap kali memeriksanya"))
        try:
            return self._received(pending, claim)
        finally:
            if pending.left_over:
                self.attempts.forget(claim.id)

    def _received(self, pending: Pending, claim: Claim) -> Outcome:
        try:
            return receive(claim, self._desk_of(pending))
        except EngineFault as fault:
            return _crashed(pending, fault)
        except (YankomasError, OSError):
            raise
        except Exception as fault:  # one file that our own program stumbles over must not stop the others
            _log.error("%s: kesalahan program %s di %s", claim.id, type(fault).__name__, place_of(fault))
            return _crashed(pending, EngineFault(f"kesalahan program ({type(fault).__name__})"))

    def _desk_of(self, pending: Pending) -> Desk:
        """Return the desk at which this file waits for its turn before it asks for a number."""
        return replace(self.desk, door=replace(self.desk.door, my_turn=lambda: self.turns.wait(pending.place)))


@contextmanager
def _noting(pending: Pending) -> Iterator[None]:
    """Note on the file what kept it from going on."""
    try:
        yield
    except YankomasError as fault:
        pending.fault = fault
    except OSError as fault:
        pending.fault = Passing(f"Berkas tidak dapat dikerjakan: {os_words(fault)}.", "Periksa cakram ini.")


def _mendable(claim: Claim) -> bool:
    """Say whether a file that is not as it should be has its end: then the reader may mend it, with a warning."""
    with claim.blob.local() as path:
        return has_pdf_end(Path(path))


def _crashed(pending: Pending, fault: EngineFault) -> Outcome:
    """Count a crash over a file; after so many the file is set aside, until then the fault goes on."""
    pending.crashes += 1
    if pending.crashes < TRIES:
        raise fault
    return SetAside(unreadable(fault.message))
