"""An agent at a remote office: its inbox is worked off as ever, and what is claimed goes to where the cases are."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from pipeline.archive.store.attempts import Attempts
from pipeline.archive.store.layout import opened
from pipeline.intake.account import Taken
from pipeline.intake.arrival_order import Receivers, Turns
from pipeline.intake.at_rest import Patience, Settling
from pipeline.intake.engines.giving_again import RemoteGivingAgain
from pipeline.intake.engines.remote_centre import Centre
from pipeline.intake.engines.remote_receiving import RemoteReceiving
from pipeline.intake.engines.watching import Bell, Watch
from pipeline.intake.intake import Intake
from pipeline.intake.journey import Journey
from pipeline.intake.progress import ProgressBoard
from pipeline.intake.store.handed_over import HandedOver, KeepingInbox
from pipeline.intake.store.ledger import Ledger
from pipeline.scans.refusals import Limits
from pipeline.storage.locks import sole_process

_RESCAN = 5.0  # seconds between looks at the inbox when nothing rings
_GRACE = 5.0  # seconds that a file on its way may take when the agent stops


class _LocalClock:
    def now(self) -> datetime:
        return datetime.now().astimezone().replace(microsecond=0)


class Agent:
    """The agent of one folder, which has an inbox and nothing of cases."""

    def __init__(
        self,
        intake: Intake,
        passed_over: Collection[str],
        giving: RemoteGivingAgain,
        watch: Watch,
        bell: Bell,
        stopping: threading.Event,
    ) -> None:
        self._intake, self._passed_over, self._giving = intake, passed_over, giving
        self._watch, self._bell, self._stopping = watch, bell, stopping

    def stop(self) -> None:
        """End soon; what has no answer yet goes on when it begins again."""
        self._stopping.set()
        self._bell.ring()

    def run(self, *, once: bool = False) -> dict[str, int]:
        """Work until stopped, or with ``once`` until everything that lies there is answered; return the counts.

        Beside it what the centre has lost is given again; with ``once`` all that is kept is asked for at the end.
        """
        self._intake.inbox.prepare()
        beside = threading.Thread(target=self._giving.run, args=(self._stopping,), daemon=True)
        if not once:
            beside.start()
        with self._watch:
            answered = (0, 0)
            while not self._stopping.is_set():
                pause = self._intake.turn()
                if answered != (answered := (sum(self._intake.counts.values()), len(self._passed_over))):
                    self._intake.hurry()  # another is the first now
                    pause = 0.0
                if once and self._intake.settled:
                    break
                self._bell.wait(min(pause, 0.05 if once else _RESCAN))
        self._intake.stop(_GRACE)
        if once and not self._stopping.is_set():
            self._giving.ask_for_all()
        elif not once:
            beside.join(_GRACE)
        return dict(self._intake.counts)


@contextmanager
def agent_of(folder: Path, address: str, token: str, say: Callable[[str], None], patience: Patience) -> Iterator[Agent]:
    """Give the agent of a folder.

    Raises:
        SettingsFault: the address cannot be used.
        Busy: another process works on the folder.
    """
    centre, layout, stopping = Centre(address, token), opened(folder.resolve()), threading.Event()
    layout.prepare()
    bell, clock = Bell(layout.inbox), _LocalClock()
    handed_over = HandedOver(layout.handed_over)
    inbox = KeepingInbox(layout.inbox, layout.staging, handed_over)
    account = Ledger(layout.ledger, layout.locks / "kotak-masuk", layout.ledger_checkpoint)

    def taken(claim_id: str) -> Taken | None:
        entry = account.account(clock.now()).entries.get(claim_id)
        return entry.taken if entry else None

    def claimed(claim_id: str) -> datetime | None:
        return found.at if (found := taken(claim_id)) else None

    receiving = RemoteReceiving(centre, clock, inbox.taken, claimed, say, stopping.wait, stopping.is_set)
    journey = Journey(
        inbox=inbox,
        account=account,
        parts=receiving,
        slow_parts=receiving,
        limits=Limits(),
        board=ProgressBoard(),
        attempts=Attempts(layout.state),
        turns=Turns(),
        say=say,
        accepted=lambda _number: None,
    )
    # One waits for its answer, and what comes meanwhile is claimed beside it.
    receivers = Receivers(journey.take, journey.work, bell.ring, stopping.is_set, threads=2)
    settling = Settling(patience, partial(inbox.gap, most=journey.limits.size))
    intake = Intake(journey=journey, receivers=receivers, settling=settling, bell=bell, say=say)
    giving = RemoteGivingAgain(centre, handed_over, taken, clock, say)
    with sole_process(layout.run_lock):
        yield Agent(intake, receiving.passed_over, giving, Watch(bell, layout.inbox, native=True), bell, stopping)
