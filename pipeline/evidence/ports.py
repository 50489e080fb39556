"""What proving an archive whole needs of the world."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from pipeline.cases.case_number import CaseNumber
from pipeline.evidence.seal import Seal


class Seals(Protocol):
    """The office's seals, kept outside the archive that they vouch for: one for each batch of work."""

    def seal_if_due(self, now: datetime) -> Seal | None:
        """Make a seal if something changed and the last look was long enough ago; return it."""

    def seal_now(self, now: datetime) -> Seal | None:
        """Make a seal if anything changed since the last one; return it."""

    def last(self) -> Seal | None:
        """Return the newest seal that can be read."""

    def newest(self, count: int) -> Sequence[Seal]:
        """Return so many of the newest seals that can be read, the newest first."""

    def numbered(self, seq: int) -> Seal | None:
        """Return the seal of that number; None if there is none that is as it was made."""

    def naming(self, number: CaseNumber) -> Seal | None:
        """Return the newest seal that names a case; None if none does."""

    def everything(self) -> list[Seal]:
        """Return every seal that can be read and is as it was made, oldest first."""

    def before(self, day: date) -> Seal | None:
        """Return the newest seal made before a day."""


class Books(Protocol):
    """What seals cover besides the cases: books of lines that are only added to, by their path under the root."""

    def names(self) -> Sequence[str]:
        """Return the books there are, in a fixed order."""

    def end(self, book: str) -> int:
        """Return the position (bytes) behind a book's last whole line; 0 if there is no such book."""

    def secure(self, book: str) -> None:
        """Make what stands in a book durable: what is sealed must not be lost by a power cut."""

    def digest(self, book: str, start: int, end: int) -> str:
        """Return the SHA-256 (hex) of a part of a book, as far as it reaches."""

    def lines(self, book: str, start: int, end: int) -> Iterator[bytes]:
        """Yield the whole lines of a part of a book, as far as it reaches; none if there is no such book."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A seal that reached a witness outside: which, when, and where."""

    place: str
    seq: int
    hash: str
    at: datetime


class Outside(Protocol):
    """A place that keeps hashes of seals and that this machine cannot change."""

    @property
    def place(self) -> str:
        """How the place is called, for people."""

    def send(self, seal: Seal, now: datetime) -> None:
        """Leave a seal there; when this returns, the place has it.

        Raises:
            YankomasError: it cannot be reached, or does not take it.
        """

    def kept(self) -> Mapping[int, frozenset[str]] | None:
        """Return the hashes that the place has, by the seal's number; None where only people can look (a mailbox).

        Raises:
            YankomasError: it cannot be asked.
        """
