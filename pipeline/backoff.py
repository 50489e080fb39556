"""When something that failed for a passing reason is tried again: after a pause that doubles with every failure."""

from __future__ import annotations

from dataclasses import dataclass, replace

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 300.0  # seconds
#: After so many failures nobody waits for it to pass by itself soon.
STUCK_AFTER = 3


@dataclass(frozen=True, slots=True)
class Backoff:
    """How often something failed, and when it is due again; as made, it never failed and is due.

    Times are seconds of one monotonic clock. ``first`` is the pause after the first failure.
    """

    first: float = FIRST_PAUSE
    due: float = float("-inf")
    pause: float = 0.0
    failures: int = 0

    def failed(self, now: float) -> Backoff:
        """Return the back-off after one more failure, which was now."""
        pause = min(self.pause * 2, LONGEST_PAUSE) if self.failures else self.first
        return replace(self, due=now + pause, pause=pause, failures=self.failures + 1)

    @property
    def is_stuck(self) -> bool:
        """Whether it failed so often that it will not pass by itself soon."""
        return self.failures >= STUCK_AFTER
