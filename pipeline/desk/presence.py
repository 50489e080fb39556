"""Who fills in a form of which case at this moment, so that two clerks on one letter know of each other; in memory."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

#: How long somebody counts as there after the last sign of them.
_LIFE = timedelta(minutes=3)
_REMEMBERED = 1000


@dataclass(frozen=True, slots=True)
class _Sign:
    name: str
    at: datetime


class Presence:
    """Who is at which case. Safe for many threads."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._signs: dict[tuple[str, str], _Sign] = {}

    def told(self, case: str, login: str, name: str, now: datetime, *, filling: bool) -> str:
        """Say who else fills in a form of a case; note that somebody does, if they do. Empty if nobody does."""
        if filling:
            self.come(case, login, name, now)
        names = self.others(case, login, now)
        return f"{' dan '.join(names)} sedang mengisi formulir perkara ini juga." if names else ""

    def come(self, case: str, login: str, name: str, now: datetime) -> None:
        """Note that somebody is at a form of a case."""
        with self._turn:
            if len(self._signs) >= _REMEMBERED:
                self._signs = {key: sign for key, sign in self._signs.items() if now - sign.at <= _LIFE}
            if len(self._signs) < _REMEMBERED:
                self._signs[case, login] = _Sign(name, now)

    def leave(self, case: str, login: str) -> None:
        """Note that somebody is done with it."""
        with self._turn:
            self._signs.pop((case, login), None)

    def others(self, case: str, login: str, now: datetime) -> list[str]:
        """Return the names of those who are there too."""
        with self._turn:
            there = list(self._signs.items())
        return sorted(s.name for (at, who), s in there if at == case and who != login and now - s.at <= _LIFE)
