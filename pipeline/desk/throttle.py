"""How often somebody may call: a store of calls that refills with time; who empties it waits.

Kept in memory: it protects the machine's minutes, not a secret. Failed logins and guessed codes are counted elsewhere,
on disk (:mod:`pipeline.access.failed_tries`).
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime

_REMEMBERED = 10_000  # callers; the one that called longest ago is forgotten first


@dataclass(frozen=True, slots=True)
class Rate:
    """At most so many calls at once, and so many a minute after that."""

    store: float
    a_minute: float


class Throttle:
    """The stores of all callers of one kind. Safe for many threads."""

    def __init__(self, rate: Rate) -> None:
        self._rate, self._turn = rate, threading.Lock()
        self._stores: OrderedDict[str, tuple[float, datetime]] = OrderedDict()

    def take(self, whose: str, now: datetime) -> int:
        """Take one call; return 0, or in how many seconds there will be one."""
        with self._turn:
            left, since = self._stores.pop(whose, (self._rate.store, now))
            passed = max((now - since).total_seconds(), 0.0)
            left = min(left + passed * self._rate.a_minute / 60, self._rate.store)
            short = 1.0 - left
            self._stores[whose] = (left if short > 0 else left - 1.0, now)
            if len(self._stores) > _REMEMBERED:
                self._stores.popitem(last=False)
        return max(1, round(short * 60 / self._rate.a_minute)) if short > 0 else 0
