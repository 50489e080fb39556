"""Which files of the inbox have come to rest: a pure state machine over what was seen and when.

At rest is: closed by its writer, or unchanged for a while; and then still to be proved whole. Times are seconds of a
monotonic clock, so a wall clock that is set back changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from pipeline.intake.inbox_files import Identity


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a file must be unchanged, in seconds.

    ``closed`` after its writer closed it, ``quiet`` when nobody told us that it was closed, ``incomplete`` before a
    file whose end is missing is given up. The first is most of a letter's way to its number, and spares looks alone:
    what is not whole is waited for in any case, and what is written to while it is looked into goes back.
    """

    closed: float = 0.05
    quiet: float = 2.0
    incomplete: float = 600.0


class Verdict(Enum):
    """What is to be done with a file now."""

    WAIT = "wait"
    TAKE = "take"
    GIVE_UP = "give up"


@dataclass(slots=True)
class _Track:
    identity: Identity
    since: float
    closed: bool = False
    gap: str | None = None


@dataclass(slots=True)
class Settling:
    """The files under watch, by path under the inbox.

    ``gap`` says what a file still lacks (empty when it is whole); it is asked once per state.
    """

    patience: Patience
    gap: Callable[[str], str]
    tracks: dict[str, _Track] = field(default_factory=dict)

    def look(self, seen: Mapping[str, Identity], closed: Iterable[str], now: float) -> dict[str, tuple[Verdict, str]]:
        """Return for every file seen what to do with it, and what it lacks if anything."""
        self.tracks = {p: t for p, t in self.tracks.items() if p in seen}
        for path, identity in seen.items():
            known = self.tracks.get(path)
            if known is None or known.identity != identity:
                self.tracks[path] = _Track(identity, now)
        for path in closed:
            if path in self.tracks:
                self.tracks[path].closed = True
        return {path: self._verdict(path, track, now) for path, track in self.tracks.items()}

    def next_look(self, now: float) -> float | None:
        """Return in how many seconds a verdict can change by time alone, after a look; None if none can."""
        waits = [due - now for due in map(self._due, self.tracks.values()) if due > now]
        return min(waits, default=None)

    def _rest(self, track: _Track) -> float:
        return self.patience.closed if track.closed else self.patience.quiet

    def _due(self, track: _Track) -> float:
        return track.since + (self._rest(track) if track.gap is None else self.patience.incomplete)

    def _verdict(self, path: str, track: _Track, now: float) -> tuple[Verdict, str]:
        if now < track.since + self._rest(track):
            return Verdict.WAIT, ""
        if track.gap is None:
            track.gap = self.gap(path)
        if not track.gap:
            return Verdict.TAKE, ""
        if now < track.since + self.patience.incomplete:
            return Verdict.WAIT, track.gap
        return Verdict.GIVE_UP, track.gap
