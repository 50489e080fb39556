"""The seals of an office of many, in PostgreSQL: the lines that a folder has in ``segel/``.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import date, datetime

from pipeline.archive.store.postgres_changes import PostgresChanges
from pipeline.cases.case_number import CaseNumber
from pipeline.evidence.seal import Covered, Head, Seal, read_seal, sealed
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_lines import SEALS, PostgresLines


class PostgresSeals:
    """The seals of one office (see the port); ``key`` is asked for when one is made."""

    def __init__(self, database: Database, key: Callable[[], bytes]) -> None:
        self._lines, self._changes, self._key = PostgresLines(database, SEALS), PostgresChanges(database), key
        self._looked: date | None = None

    def seal_if_due(self, now: datetime) -> Seal | None:
        """Make the day's seal if there is none yet and something changed since the last one; return it."""
        if self._looked == now.date():
            return None
        with self._lines.held():
            seal = self._next(self.last(), now)
        self._looked = now.date()
        return seal

    def last(self) -> Seal | None:
        """Return the newest seal that can be read."""
        return next(self._newest_first(), None)

    def everything(self) -> list[Seal]:
        """Return every seal that can be read and is as it was made, oldest first."""
        read = (read_seal(line[:-1]) for _, line in self._lines.lines())
        return [seal for seal, fault in read if seal and not fault]

    def before(self, day: date) -> Seal | None:
        """Return the newest seal made before a day."""
        return next((seal for seal in self._newest_first() if seal.at.date() < day), None)

    def _newest_first(self) -> Iterator[Seal]:
        for part in reversed(self._lines.parts()):
            for _, line in reversed(self._lines.lines(part)):
                if seal := read_seal(line[:-1])[0]:
                    yield seal

    def _next(self, last: Seal | None, now: datetime) -> Seal | None:
        if last and now.date() <= last.at.date():
            return None
        covered = self._covered(last.end if last else 0)
        if not covered.heads:
            return None
        line, seal = sealed(last, now, covered, self._key())
        self._lines.append(str(now.year), line)
        return seal

    def _covered(self, start: int) -> Covered:
        digest, heads, covered_to = hashlib.sha256(), dict[CaseNumber, Head](), start
        for text, change, end in self._changes.written(start):
            covered_to = end
            digest.update(text)
            if change.seq >= (heads[change.number].seq if change.number in heads else 0):
                heads[change.number] = Head(change.number, change.seq, change.head)
        return Covered(start, covered_to, digest.hexdigest(), [heads[number] for number in sorted(heads)])
