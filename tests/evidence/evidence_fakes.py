"""Fakes of what proves an archive whole: they pass the contract tests of the real ones."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime

from pipeline.errors import Passing
from pipeline.evidence.ports import Sent
from pipeline.evidence.seal import Covered, Head, Seal
from pipeline.evidence.sealing import SealMaker


class FakeBooks:
    """Books in memory."""

    def __init__(self) -> None:
        self.texts: dict[str, bytes] = {}

    def names(self) -> list[str]:
        return sorted(self.texts)

    def end(self, book: str) -> int:
        return self.texts.get(book, b"").rfind(b"\n") + 1

    def secure(self, book: str) -> None:
        pass

    def digest(self, book: str, start: int, end: int) -> str:
        return hashlib.sha256(self.texts.get(book, b"")[start:end]).hexdigest()

    def lines(self, book: str, start: int, end: int) -> Iterator[bytes]:
        yield from self.texts.get(book, b"")[start:end].splitlines(keepends=True)


class FakeSeals(SealMaker):
    """Seals in memory over the heads and lines that tests write."""

    def __init__(self, key: bytes = b"kunci kantor") -> None:
        self.books = FakeBooks()
        super().__init__(lambda: key, self.books, lambda _at: None)
        self._seals: list[Seal] = []
        self._witnessed: list[Head] = []

    def witness(self, head: Head) -> None:
        self._witnessed.append(head)

    def note(self, month: str, line: bytes) -> None:
        book = f"archive/akses/{month}.jsonl"
        self.books.texts[book] = self.books.texts.get(book, b"") + line

    def everything(self) -> list[Seal]:
        return list(self._seals)

    def _held(self) -> AbstractContextManager[None]:
        return nullcontext()

    def _newest_first(self) -> Iterator[Seal]:
        return reversed(self._seals)

    def _covered(self, last: Seal | None) -> Covered:
        start = last.end if last else 0
        new = self._witnessed[start:]
        newest = {head.number: head for head in new}
        digest = hashlib.sha256(repr(new).encode()).hexdigest()
        return Covered(start, len(self._witnessed), digest, [newest[n] for n in sorted(newest)])

    def _append(self, line: bytes, seal: Seal) -> None:
        self._seals.append(seal)


class FakeOutside:
    """A witness outside in memory; ``away`` as long as it cannot be reached."""

    place = "saksi rekaan"

    def __init__(self) -> None:
        self.has: dict[int, frozenset[str]] = {}
        self.away = False

    def send(self, seal: Seal, now: datetime) -> None:
        if self.away:
            raise Passing("Jaringan putus.", "Tunggu.")
        self.has[seal.seq] = self.has.get(seal.seq, frozenset()) | {seal.hash}

    def kept(self) -> dict[int, frozenset[str]]:
        return self.has


class FakeSentSeals:
    """A record in memory."""

    def __init__(self) -> None:
        self._sent: dict[str, Sent] = {}

    def note(self, sent: Sent) -> None:
        self._sent[sent.place] = sent

    def last(self) -> dict[str, Sent]:
        return dict(self._sent)
