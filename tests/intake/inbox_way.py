"""A file's way from the inbox to its end, with an inbox and an account in memory, for tests of its stages."""

from __future__ import annotations

from dataclasses import replace

from inbox_fakes import FakeAccount, FakeAttempts, FakeBoard, FakeInbox

from pipeline.intake.account import State
from pipeline.intake.arrival_order import Turns
from pipeline.intake.journey import Journey, OnItsWay, Resting
from pipeline.scans.refusals import Limits

CLAIM = "0123456789abcdef"


class Way:
    """A journey with a file in the inbox, and what the mailroom hears."""

    def __init__(self, office) -> None:
        self.inbox, self.account, self.attempts = FakeInbox(), FakeAccount(), FakeAttempts()
        self.said, self.accepted = [], []
        self.journey = Journey(
            inbox=self.inbox,
            account=self.account,
            parts=office.receive_parts,
            slow_parts=office.receive_parts,
            limits=Limits(),
            board=FakeBoard(),
            attempts=self.attempts,
            turns=Turns(),
            say=self.said.append,
            accepted=self.accepted.append,
        )

    def rests(self, content=b"Surat", gap="") -> OnItsWay:
        self.inbox.drop("scan.pdf", content)
        resting = Resting(self.inbox.files()[0], gap)
        return OnItsWay(CLAIM, 0, resting, resting)

    def goes(self, file: OnItsWay) -> OnItsWay:
        """Go as far as it comes, from wherever it stopped."""
        return self.journey.end(self.journey.work(self.journey.take(replace(file, fault=None))))

    def states(self) -> list[State]:
        return [entry.state for entry in self.account.everything().entries.values()]
