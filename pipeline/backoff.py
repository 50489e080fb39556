"""When something that failed is tried again, and when it is given up.

What failed for a passing reason (:class:`~pipeline.errors.Passing`) is tried again for ever, after a pause that doubles
with every failure. What failed by its own doing, or was cut off, is given up after so many times; who counts them is
:mod:`pipeline.archive.store.attempts`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 300.0  # seconds
#: After so many failures nobody waits for it to pass by itself soon.
STUCK_AFTER = 3
#: How often a thing's own work may fail before it is given up and a person is asked.
TRIES = 3
#: How often this program may end in the middle of a thing's work before that thing is held to be the reason: it may be
#: its doing or not (somebody pulled the plug).
CUT_OFFS = 10


@dataclass(frozen=True, slots=True)
class Tries:
    """How often work failed by its own doing, and how often in a row this program ended in the middle of it.

    ``held_up``: why it waits for something that a person of the office has to mend; empty if it does not.
    """

    failed: int
    cut_off: int
    held_up: str = ""


@dataclass(frozen=True, slots=True)
class Backoff:
    """How often something failed, and when it is due again; as made, it never failed and is due.

    Times are seconds of one monotonic clock. ``first`` is the pause after the first failure, ``longest`` after many.
    """

    first: float = FIRST_PAUSE
    longest: float = LONGEST_PAUSE
    due: float = float("-inf")
    pause: float = 0.0
    failures: int = 0

    def failed(self, now: float) -> Backoff:
        """Return the back-off after one more failure, which was now."""
        pause = min(self.pause * 2, self.longest) if self.failures else self.first
        return replace(self, due=now + pause, pause=pause, failures=self.failures + 1)

    @property
    def is_stuck(self) -> bool:
        """Whether it failed so often that it will not pass by itself soon."""
        return self.failures >= STUCK_AFTER
