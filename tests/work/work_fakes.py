"""What running an office's processes needs of the world, in memory."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.errors import Passing, YankomasError
from pipeline.work.processes import Part, PartNote, PartState
from pipeline.work.telling import Told


class FakeProcesses:
    """Processes as a test says they are."""

    def __init__(self) -> None:
        self.running: set[Part] = set()
        self.supervised = False
        self.notes: dict[Part, PartNote] = {}

    def state(self, part: Part) -> PartState:
        return PartState(part, part in self.running, self.supervised, self.notes.get(part, PartNote()))

    def note(self, part: Part, note: PartNote) -> None:
        self.notes[part] = note


class FakeStarted:
    """A process that does what a test tells it to."""

    def __init__(self, part: Part, *, again: bool) -> None:
        self.part, self.again = part, again
        self._told: list[Told] = []
        self._ended: int | None = None
        self.stubborn = self.moves = False

    def comes_up(self) -> None:
        """Come up; from now on it gives signs of life, until a test lets it hang."""
        self.moves = True

    def hangs(self) -> None:
        self.moves = False

    def ends(self, code: int, fault: YankomasError | None = None) -> None:
        if fault:
            self._told.append(Told(fault))
        self._ended = code

    def told(self) -> list[Told]:
        told, self._told = self._told, []
        return [Told()] * self.moves + told

    def ended(self) -> int | None:
        return self._ended

    def stop(self) -> None:
        if not self.stubborn and self._ended is None:
            self._ended = 0

    def kill(self) -> None:
        self._ended = -9


class FakeLauncher:
    """Starts nothing; time passes only while it is waited, and ``happens`` is asked at each wait what to do then."""

    def __init__(self, happens: Callable[[FakeLauncher], None]) -> None:
        self.stopping, self.now = False, 0.0
        self.started: list[FakeStarted] = []
        self.moments: list[float] = []
        self.exhausted = 0
        self._happens = happens

    def of(self, part: Part) -> list[FakeStarted]:
        return [process for process in self.started if process.part is part]

    def start(self, part: Part, *, again: bool) -> FakeStarted:
        if self.exhausted:
            self.exhausted -= 1
            raise Passing("proses tidak dapat dimulai (memori habis).", "Periksa memori.")
        self.moments.append(self.now)
        self.started.append(FakeStarted(part, again=again))
        return self.started[-1]

    def wait(self, seconds: float) -> None:
        before = [process.ended() for process in self.started], self.stopping
        self._happens(self)
        if before == ([process.ended() for process in self.started], self.stopping):
            self.now += seconds
