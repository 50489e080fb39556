"""Fakes of what proves an archive whole: they pass the contract tests of the real ones."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from pipeline.evidence.seal import Covered, Head, Seal, sealed


class FakeSeals:
    """Seals in memory over the heads that tests witness."""

    def __init__(self, key: bytes = b"kunci kantor") -> None:
        self._key = key
        self._seals: list[Seal] = []
        self._witnessed: list[Head] = []

    def witness(self, head: Head) -> None:
        self._witnessed.append(head)

    def seal_if_due(self, now: datetime) -> Seal | None:
        last = self.last()
        start = last.end if last else 0
        if (last and now.date() <= last.at.date()) or not self._witnessed[start:]:
            return None
        newest = {head.number: head for head in self._witnessed[start:]}
        digest = hashlib.sha256(repr(self._witnessed[start:]).encode()).hexdigest()
        covered = Covered(start, len(self._witnessed), digest, [newest[n] for n in sorted(newest)])
        self._seals.append(sealed(last, now, covered, self._key)[1])
        return self._seals[-1]

    def last(self) -> Seal | None:
        return self._seals[-1] if self._seals else None

    def everything(self) -> list[Seal]:
        return list(self._seals)

    def before(self, day: date) -> Seal | None:
        return next((seal for seal in reversed(self._seals) if seal.at.date() < day), None)
