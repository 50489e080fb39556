"""Sessions of people who logged in, and when one is over.

A session also ends when its person logs out, is locked, or gets a new password (:mod:`pipeline.access.store.accounts`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

IDLE = 30 * 60.0  # seconds without a request after which a session is over
NOTICE = 60.0  # seconds; a session's last use is written no more often
ABSOLUTE = 10 * 3600.0  # seconds after login at which a session is over: a working day


@dataclass(frozen=True, slots=True)
class Session:
    """A session. ``digest`` names it; ``csrf`` must come back with every form; times are seconds since 1970."""

    digest: bytes
    login: str
    csrf: str
    address: str
    started: float
    seen: float

    def is_over(self, now: float) -> bool:
        """Say whether nobody used it for too long, or it is as old as a working day."""
        return now - self.seen >= IDLE or now - self.started >= ABSOLUTE

    def left(self, now: float, *, used: bool) -> float:
        """Return in how many seconds it is over if nobody uses it; ``used``: it was just now."""
        unused = now - self.seen
        idle = IDLE if used and unused >= NOTICE else IDLE - unused
        return max(0.0, min(idle, ABSOLUTE - (now - self.started)))


@dataclass(frozen=True, slots=True)
class Presence:
    """An account with its sessions that are alive: the one that was used last, and how many there are."""

    latest: Session
    count: int


def presences(sessions: Iterable[Session]) -> list[Presence]:
    """Return who is there, the account whose session was used last first."""
    of: dict[str, list[Session]] = {}
    for session in sessions:
        of.setdefault(session.login, []).append(session)
    found = [Presence(max(some, key=lambda one: one.seen), len(some)) for some in of.values()]
    return sorted(found, key=lambda one: -one.latest.seen)
