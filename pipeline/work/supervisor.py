"""The supervisor: starts the intake and the desk as processes of their own, and starts again what ends unasked.

Whatever happens to one of them, the other goes on. What keeps the intake from coming up for the first time ends the
whole, as a person is there to read why, unless it may pass by itself (a disk that is full); later nothing does but a
signal: nobody may be there for days.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from math import inf

from pipeline.backoff import Backoff
from pipeline.errors import EngineFault, Passing, YankomasError
from pipeline.work.ports import Launcher, Processes, Started
from pipeline.work.processes import LABELS, Part, PartNote
from pipeline.work.telling import Told

_FRESH = Backoff(first=0.5, longest=60.0)  # seconds between the end of a part and its next start
_STEADY = 60.0  # seconds up, after which an end is a new story and not one more of the last
#: Seconds without a sign of life, after which a part that was up hangs: a look at an inbox of 100,000 files takes one
#: minute, an answer of the desk's event loop much less than a second.
_SILENCE = {Part.INTAKE: 600.0, Part.DESK: 180.0}
_HELD_UP = 5.0  # seconds that a wait takes too long only if this process did not run
_GRACE = 50.0  # seconds that parts have to end: more than the work in hand and open requests may take
_NEW = PartNote()
_LONGEST = 3600.0  # seconds between two looks when nothing is awaited
_CALM = {
    Part.INTAKE: "Tidak ada surat yang hilang.",
    Part.DESK: "Kotak masuk tetap dipantau.",
}


@dataclass(slots=True)
class _Course:
    """How a part fares. Moments are of the supervisor's monotonic clock; ``due``: when it is to be started."""

    due: float
    backoff: Backoff = _FRESH
    process: Started | None = None
    up_since: float = inf
    heard_at: float = inf
    ever_up: bool = False
    fault: YankomasError | None = None
    said: str = ""
    note: PartNote = _NEW


class Supervisor:
    """Keeps the two parts running until the launcher is asked to stop. ``now`` is the office's time, for notes."""

    def __init__(
        self,
        launcher: Launcher,
        processes: Processes,
        say: Callable[[str], None],
        now: Callable[[], datetime],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._launcher, self._processes, self._say, self._now, self._clock = launcher, processes, say, now, clock
        self._courses = {Part.INTAKE: _Course(due=-inf), Part.DESK: _Course(due=inf)}

    def run(self) -> int:
        """Keep the parts running; return 0, or the exit code of an intake that could not come up and told why itself.

        Raises:
            YankomasError: the intake could not come up, for this reason; its exit code is that of the reason.
        """
        try:
            for part, course in self._courses.items():
                self._processes.note(part, course.note)
            while not self._launcher.stopping:
                for part, course in self._courses.items():
                    if (code := self._followed(part, course)) is not None:
                        return code
                    if course.process is None and course.due <= self._clock():
                        self._start(part, course)
                self._waited(self._next())
            return 0
        finally:
            self._end()

    def _waited(self, seconds: float) -> None:
        """Wait; who was held up itself meanwhile (Ctrl-Z, a machine out of memory) has missed no sign of life."""
        until = self._clock() + seconds
        self._launcher.wait(seconds)
        if (now := self._clock()) - until > _HELD_UP:
            for course in self._courses.values():
                course.heard_at = max(course.heard_at, now)

    def _followed(self, part: Part, course: _Course) -> int | None:
        """Take in what a part has told and whether it ended; return the exit code if that ends the whole."""
        if course.process is None:
            return None
        ended = course.process.ended()  # before what it told: nothing is told after the end
        for told in course.process.told():
            self._heard(part, course, told)
        if ended is None and self._clock() - course.heard_at >= _SILENCE[part]:
            course.fault, course.heard_at = EngineFault(f"{LABELS[part]} macet, dan dihentikan paksa."), self._clock()
            course.process.kill()
            ended = course.process.ended()
        if ended is None or self._launcher.stopping:
            return None
        course.process = None
        if part is Part.INTAKE and not course.ever_up and ended > 0 and ended != Passing.exit_code:
            if course.fault is None:
                return ended
            raise course.fault
        self._away(part, course, ended)
        return None

    def _heard(self, part: Part, course: _Course, told: Told) -> None:
        if told.fault is not None:
            course.fault = told.fault
            return
        course.heard_at = self._clock()
        if course.up_since < inf:
            return
        if course.ever_up:
            self._say(f"{LABELS[part]} berjalan lagi.")
        course.up_since, course.ever_up, course.said = self._clock(), True, ""
        if part is Part.INTAKE:
            self._let_desk_begin()

    def _away(self, part: Part, course: _Course, ended: int) -> None:
        """Note that a part ended unasked, say so, and set when it is started again."""
        now, moment = self._clock(), self._now()
        steady = now - course.up_since >= _STEADY
        course.backoff = (_FRESH if steady else course.backoff).failed(now)
        course.due, course.up_since, course.heard_at = course.backoff.due, inf, inf
        fault, course.fault = course.fault, None
        why = fault.message if fault else cause(ended)
        since = moment if steady else course.note.away_since or moment
        course.note = PartNote(course.note.restarts + 1, moment, why, since)
        self._processes.note(part, course.note)
        if why != course.said:
            course.said = why
            self._say(why if fault else f"{LABELS[part]} berhenti: {why}")
            remedies = (fault.remedy if fault else "", _CALM[part], f"{LABELS[part]} dijalankan lagi sendiri.")
            self._say("  " + " ".join(filter(None, remedies)))
        self._let_desk_begin()

    def _let_desk_begin(self) -> None:
        """Have the desk started, now that the intake is up or has failed in a way that does not end the whole."""
        desk = self._courses[Part.DESK]
        if desk.due == inf:
            desk.due = self._clock()

    def _start(self, part: Part, course: _Course) -> None:
        try:
            course.process = self._launcher.start(part, again=course.ever_up)
            course.heard_at = self._clock()
        except Passing as fault:  # out of memory, out of processes
            course.fault = fault
            self._away(part, course, 0)

    def _next(self) -> float:
        """Return in how many seconds a part is to be started, or may be found to hang."""
        dues = [
            course.due if course.process is None else course.heard_at + _SILENCE[part]
            for part, course in self._courses.items()
        ]
        return max(0.0, min(*dues, self._clock() + _LONGEST) - self._clock())

    def _end(self) -> None:
        """Let the parts end in good order; kill what does not."""
        until = self._clock() + _GRACE
        running = [course.process for course in self._courses.values() if course.process is not None]
        for process in running:
            process.stop()
        while left := [process for process in running if process.ended() is None]:
            if (patience := until - self._clock()) <= 0:
                for process in left:
                    process.kill()
                return
            self._launcher.wait(patience)
        for part, course in self._courses.items():
            self._processes.note(part, replace(course.note, away_since=None))


def cause(ended: int) -> str:
    """Return in words why a process ended that told nothing; ``ended`` as :meth:`Started.ended` has it."""
    if ended < 0:
        try:
            name = signal.Signals(-ended).name
        except ValueError:
            name = f"sinyal {-ended}"
        return f"prosesnya dihentikan paksa ({name})."
    return f"kesalahan program (kode {ended})." if ended else "prosesnya diminta berhenti dari luar."
