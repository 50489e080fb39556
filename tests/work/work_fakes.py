"""What running an office's processes needs of the world, in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace

from case_factory import then

from pipeline.backoff import Tries
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.errors import Busy, Passing, YankomasError
from pipeline.storage.blobs import TypedText
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


class Cases:
    """Cases in memory, their files by name; ``busy`` are those that somebody else holds."""

    def __init__(self, *cases: Case, **files: bytes) -> None:
        self.cases = {case.number: case for case in cases}
        self.files, self.busy = files, set[CaseNumber]()
        self.tries: dict[str, Tries] = {}
        self.settled: set[CaseNumber] = set()

    def case(self, number: CaseNumber) -> Case:
        return self.cases[number]

    def blob(self, _number, one) -> TypedText:
        return TypedText(one.name, self.files.get(one.name, b"isi"))

    @contextmanager
    def held(self, number: CaseNumber) -> Iterator[SimpleNamespace]:
        if number in self.busy:
            raise Busy(f"Perkara {number} sedang dipakai.")

        def append(event, _files, *, by, at) -> Case:
            self.cases[number] = folder.case = then(self.cases[number], event, by, at)
            return folder.case

        folder = SimpleNamespace(case=self.cases[number], append=append, settle=lambda: self.settled.add(number))
        yield folder

    def attempt(self, _number: CaseNumber, duty: str) -> Tries:
        return self.tries.get(duty, Tries(0, 0))

    def failed(self, _number: CaseNumber, duty: str) -> int:
        self.tries[duty] = Tries(self.attempt(_number, duty).failed + 1, 0)
        return self.tries[duty].failed

    def forgive(self, _number: CaseNumber, duty: str) -> None:
        self.tries[duty] = Tries(self.attempt(_number, duty).failed, 0)

    def hold_up(self, _number: CaseNumber, duty: str, why: str) -> None:
        self.tries[duty] = Tries(0, 0, why)
