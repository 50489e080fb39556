"""How a seal comes to be: when, of what, dated how. Where seals lie is for the stores.

Sealing follows the work: what changed is sealed at the next look, at most two minutes later, and at once before a
register is printed or a backup begins, and when the office closes. A wrong clock never stops it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice
from types import MappingProxyType

from pipeline.cases.case_number import CaseNumber
from pipeline.evidence.ports import Books
from pipeline.evidence.seal import Covered, Seal, Stretch, moment_of_next, sealed

#: So long what was done waits for its seal at most, while the office works.
EVERY = timedelta(minutes=2)
#: The hash of a seal, and how far each book was sealed by it and those before.
Sealed = tuple[str, Mapping[str, int]]


class SealMaker(ABC):
    """Makes the seals of one office; what a store adds is where they lie, and what of cases they cover.

    ``key`` is asked for before anything is noted for a seal; ``note_states`` writes down what is in force (accounts,
    templates) before the books are looked at.
    """

    def __init__(self, key: Callable[[], bytes], books: Books, note_states: Callable[[datetime], None]) -> None:
        self._key, self._books, self._note_states = key, books, note_states
        self._looked: datetime | None = None
        self._known: Sealed | None = None

    def seal_if_due(self, now: datetime) -> Seal | None:
        """Make a seal if something changed and the last look was long enough ago; return it."""
        if self._looked is not None and timedelta(0) <= now - self._looked < EVERY:
            return None
        return self.seal_now(now)

    def seal_now(self, now: datetime) -> Seal | None:
        """Make a seal if anything changed since the last one; return it."""
        with self._held():
            last = self.last()
            self._settle(last)
            key = self._key()  # first: where nothing can be sealed, as in a copy without keys, nothing is noted either
            made = self._next(last, now, key) if self._may_seal(last, now, key) else None
        self._looked = now
        return made

    def last(self) -> Seal | None:
        """Return the newest seal that can be read."""
        return next(self._newest_first(), None)

    def newest(self, count: int) -> list[Seal]:
        """Return so many of the newest seals that can be read, the newest first."""
        return list(islice(self._newest_first(), count))

    def numbered(self, seq: int) -> Seal | None:
        """Return the seal of that number; None if there is none that is as it was made."""
        return next((seal for seal in self.everything() if seal.seq == seq), None)

    @abstractmethod
    def everything(self) -> list[Seal]:
        """Return every seal that can be read and is as it was made, oldest first."""

    def before(self, day: date) -> Seal | None:
        """Return the newest seal made before a day."""
        return next((seal for seal in self._newest_first() if seal.at.date() < day), None)

    def naming(self, number: CaseNumber) -> Seal | None:
        """Return the newest seal that names a case; None if none does."""
        return next((seal for seal in self._newest_first() if any(head.number == number for head in seal.heads)), None)

    def _next(self, last: Seal | None, now: datetime, key: bytes) -> Seal | None:
        self._note_states(now)
        ends = self._ends(last)
        covered = replace(self._covered(last), books=tuple(grown(self._books, ends)))
        if not (covered.heads or covered.books):
            return None
        at = moment_of_next(last, now, self._was_wrong)
        line, seal = sealed(last, at, covered, key)
        self._append(line, seal)
        self._known = seal.hash, {**ends, **{part.book: part.end for part in seal.books}}
        self._remember(self._known)
        return seal

    def _ends(self, last: Seal | None) -> Mapping[str, int]:
        """Return how far each book was sealed; what is remembered of older seals is not read again."""
        if last is None:
            return {}
        known = self._known or self._remembered()
        found: dict[str, int] = {}
        for seal in self._newest_first():
            if known and seal.hash == known[0]:
                return {**known[1], **found}
            for part in seal.books:
                found.setdefault(part.book, part.end)
        return found

    @abstractmethod
    def _held(self) -> AbstractContextManager[None]:
        """Hold the seals: nobody else makes one meanwhile."""

    @abstractmethod
    def _newest_first(self) -> Iterator[Seal]:
        """Yield the seals that can be read, the newest first."""

    @abstractmethod
    def _covered(self, last: Seal | None) -> Covered:
        """Return what was witnessed of cases since the last seal."""

    @abstractmethod
    def _append(self, line: bytes, seal: Seal) -> None:
        """Keep a new seal."""

    def _may_seal(self, last: Seal | None, now: datetime, key: bytes) -> bool:
        """Say whether this process is to seal; whoever it is notes itself."""
        return True

    def _settle(self, last: Seal | None) -> None:  # noqa: B027 - a database leaves nothing out
        """Make up for what a crash left out when the last seal was made."""

    def _was_wrong(self, at: datetime) -> bool:
        """Say whether a person has confirmed that a moment was a wrong clock's."""
        return False

    def _remembered(self) -> Sealed | None:
        """Return what was remembered of an earlier process."""
        return None

    def _remember(self, known: Sealed) -> None:  # noqa: B027 - losing it costs time only
        """Remember how far the books were sealed, for the next process."""


def grown(books: Books, ends: Mapping[str, int]) -> Iterator[Stretch]:
    """Yield what of each book is not sealed yet; one that is shorter than what was sealed begins anew at 0."""
    for book in books.names():
        before, end = ends.get(book, 0), books.end(book)
        if end == before:
            continue
        books.secure(book)
        start = before if end > before else 0
        yield Stretch(book, start, end, books.digest(book, start, end))


def book_faults(
    seals: Iterable[Seal], books: Books, closed: Mapping[str, int] = MappingProxyType({})
) -> Iterator[tuple[str, str]]:
    """Yield, oldest first, what is wrong with books by their seals, as (book, fact); of each book the first fault only.

    A book that was cut and sealed again, or begun anew, stays told for ever: what was sealed of it can no longer be
    shown. ``closed``: books that were closed and removed when their term was over, with their length: of these the
    seals must fit together up to it.
    """
    ends: dict[str, int] = {}
    told: set[str] = set()
    for seal in seals:
        for part in seal.books:
            before, ends[part.book] = ends.get(part.book, 0), part.end
            if part.book in told:
                continue
            if part.start != before:
                fact = "bukan lanjutan dari yang disegel sebelumnya: pernah dipotong atau disusun ulang"
            elif part.book in closed:
                if part.end <= closed[part.book]:
                    continue
                fact = "lebih panjang disegel daripada ketika ditutup"
            elif books.end(part.book) < part.end:
                fact = "lebih pendek daripada yang disegel"
            elif books.digest(part.book, part.start, part.end) != part.digest:
                fact = "bukan lagi yang disegel"
            else:
                continue
            told.add(part.book)
            yield part.book, f"{fact} (segel {seal.seq}, {seal.at:%d-%m-%Y %H.%M})"
    for book, size in closed.items():
        if book not in told and ends.get(book, 0) != size:
            yield book, "ditutup sebelum seluruhnya disegel"
