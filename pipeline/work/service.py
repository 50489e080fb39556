"""One process that has the root: watches the inbox, gives numbers, tends cases, keeps the register book up."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, suppress
from dataclasses import dataclass, field

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.ports import Cabinet
from pipeline.errors import Busy, Interrupted, Passing, YankomasError, place_of
from pipeline.intake.intake import Intake
from pipeline.work.ports import Engine, View
from pipeline.work.workers import Tenders

RESCAN = 5.0  # seconds between looks at inbox and open cases when nothing rings
_SEAL_PAUSE = 1.0  # seconds between looks whether a seal is due
_INDEX_PAUSE = 5.0  # and of the search index, which whoever searches brings up to date
_LOOKING = 20  # looking for open cases takes at most so small a part of the time
_KEEPING = 50  # keeping a view up takes at most so small a part of the time,
_LONGER = 3  # but no more than so many times its pause is waited for that
_SEAL_PATIENCE = 1.0  # seconds that the start waits for its seal; an archive never sealed takes longer
_GRACE = 20.0  # seconds that work in hand may take to end when the service stops
_VIEW_GRACE = 5.0  # and that views may take in which something is just written: a centre that is away holds nobody up
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pauses:
    """Seconds between two refreshes of a view, and at least so many between two looks for open cases."""

    view: float = 1.0
    open_cases: float = 0.0


@dataclass(slots=True)
class Service:
    """The parts of a running root, wired.

    ``alone`` holds the root against other processes, ``tidy_up`` clears away what dead ones left. ``seal`` makes a
    seal if it is due, ``last_seal`` one of all that is left when the office closes; ``beside`` is what other processes
    see and wake it by, ``moves`` is called at every turn, as a sign of life; ``engines`` are closed last. ``kept`` is
    what else is kept up meanwhile: name, what is done, seconds between two looks.
    """

    alone: Callable[[], AbstractContextManager[None]]
    tidy_up: Callable[[], object]
    cabinet: Cabinet
    book: View
    index: View
    codes: View
    seal: Callable[[], object]
    intake: Intake
    tenders: Tenders
    watch: AbstractContextManager[bool]
    engines: tuple[Engine, ...]
    interval: float
    stopping: threading.Event
    beside: tuple[AbstractContextManager[None], ...] = ()
    moves: Callable[[], None] = lambda: None
    kept: tuple[tuple[str, Callable[[], object], float], ...] = ()
    last_seal: Callable[[], object] = lambda: None
    pauses: Pauses = Pauses()
    _closing: threading.Event = field(default_factory=threading.Event)
    _keepers: list[threading.Thread] = field(default_factory=list)
    _round_due: float = 0.0
    _delayed: str = ""

    def run(self, *, once: bool) -> dict[str, int]:
        """Work until stopped, or with ``once`` until everything that lies there is settled; return the counts.

        Raises:
            Busy: another process has this root.
            SettingsFault: inbox and archive lie in one another.
            Interrupted: ``once`` ended with files or cases that have no outcome yet.
        """
        with self.alone():
            try:
                self._start()
                with ExitStack() as stack:
                    for helper in self.beside:
                        stack.enter_context(helper)
                    native = stack.enter_context(self.watch)
                    self._loop(once, RESCAN if native else self.interval)
            finally:
                self._close()
        if once and not self.stopping.is_set():
            self._account()
        return dict(self.intake.counts)

    def _start(self) -> None:
        self.intake.inbox.prepare()
        self.tidy_up()
        self._seal_first()
        self.tenders.start()
        kept: tuple[tuple[str, Callable[[], object], float], ...] = (
            ("Buku register", self.book.refresh, self.pauses.view),
            ("Indeks pencarian", self.index.refresh, _INDEX_PAUSE),
            ("Kode status", self.codes.refresh, self.pauses.view),
            ("Segel", self.seal, _SEAL_PAUSE),
            *self.kept,
        )
        for name, refresh, pause in kept:
            self._begin(threading.Thread(target=self._keep, args=(name, refresh, pause), name=name, daemon=True))

    def _begin(self, keeper: threading.Thread) -> None:
        self._keepers.append(keeper)
        keeper.start()

    def _loop(self, once: bool, rescan: float) -> None:
        while not self.stopping.is_set():
            pause = min(self.intake.turn(), self._submit_open_cases())
            self.moves()
            if once and self._finished():
                return
            self.intake.bell.wait(min(pause, 0.05 if once else rescan))

    def _submit_open_cases(self) -> float:
        """Look for cases that are owed something; return in how many seconds that is to be made up for at the latest.

        With thousands of them it is not done at every turn, yet whoever rang the bell meanwhile is not forgotten.
        """
        if (now := time.monotonic()) < self._round_due:
            return self._round_due - now
        try:
            for number in self.cabinet.open_cases():
                self.tenders.submit(number)
            self._delayed = ""
        except (Passing, Busy) as fault:  # told once; the inbox is worked off meanwhile
            if (said := str(fault)) != self._delayed:
                _log.warning("Perkara tertunda: %s", said)
            self._delayed = said
        self._round_due = time.monotonic() + max(self.pauses.open_cases, _LOOKING * (time.monotonic() - now))
        return float("inf")

    def _finished(self) -> bool:
        if self.intake.stuck or self.tenders.stuck:
            return True
        return self.intake.settled and self.tenders.idle and not self._owed()

    def _owed(self) -> set[CaseNumber]:
        return set(self.cabinet.open_cases()) - set(self.tenders.broken)

    def _account(self) -> None:
        if broken := next(iter(self.tenders.broken.values()), None):
            raise broken
        owed = len(self._owed())
        if self.intake.waiting or owed:
            fault = self.intake.last_fault or self.tenders.last_fault
            why = f" ({fault.message} {fault.remedy})" if fault else ""
            raise Interrupted(
                f"{self.intake.waiting} berkas dan {owed} perkara belum selesai{why}.",
                "Betulkan sebabnya, lalu jalankan lagi; tidak ada yang hilang.",
            )

    def _close(self) -> None:
        self._stop_engines()
        self._closing.set()
        until = time.monotonic() + _VIEW_GRACE
        for keeper in self._keepers:
            keeper.join(max(0.0, until - time.monotonic()))
        with suppress(YankomasError):
            self.book.refresh()
        self._seal(self.last_seal)

    def _stop_engines(self) -> None:
        """Let work in hand end, then end the engines."""
        self.intake.stop(0)
        self.tenders.stop(0 if self.stopping.is_set() else _GRACE)
        for engine in self.engines:
            engine.close()
        self.intake.stop(_GRACE)
        self.tenders.stop(_GRACE)

    def _keep(self, name: str, refresh: Callable[[], object], pause: float) -> None:
        """Keep a view up to date; the archive goes on without it. What is wrong is told once, not at every try.

        While letters come in by the dozen, every case changes several times in seconds: it is taken in less often.
        """
        told = ""
        while True:
            began = time.monotonic()
            try:
                refresh()
                said = ""
            except (Passing, Busy) as fault:
                said = f"{name} tertunda: {fault}"
            except Exception as fault:
                said = f"{name}: {type(fault).__name__} di {place_of(fault)}"
            if said and said != told:
                _log.warning("%s", said)
            told = said
            busy = _KEEPING * (time.monotonic() - began)
            if self._closing.wait(min(max(pause, busy), _LONGER * pause)):
                return

    def _seal_first(self) -> None:
        """Seal before any sheet is drafted that names the newest seal, unless there is very much to be sealed."""
        sealing = threading.Thread(target=self._seal, args=(self.seal,), name="Segel", daemon=True)
        self._begin(sealing)
        sealing.join(_SEAL_PATIENCE)

    def _seal(self, seal: Callable[[], object]) -> None:
        """Make a seal; work goes on without one, and the next look makes up for it."""
        try:
            seal()
        except (YankomasError, OSError) as fault:
            _log.warning("Segel tertunda: %s", fault)
