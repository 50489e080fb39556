"""Word files of letters, each opened in a confined child; what the child answers is held against its form.

A file that was just sent is looked into by a child of its own, which ends with it: no other letter is ever opened in a
child that met a file nobody had looked into.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

from pipeline.errors import EngineFault
from pipeline.letters.approved_text import Line, Span, plain
from pipeline.letters.identity import Identity
from pipeline.letters.ports import MOST_WORD_BYTES, Passage
from pipeline.scans.confinement.budget import MemoryBudget
from pipeline.scans.confinement.child import ChildLimits
from pipeline.scans.confinement.framing import Message
from pipeline.scans.confinement.pool import Pool

_OPERATIONS = "pipeline.letters.engines.word_child"
#: The heaviest file within the limits of ``word_file`` takes 0.13 GB and 5 s (2026-11-26).
_LIMITS = ChildLimits(memory=1_000_000_000, own=400_000_000, seconds=30.0, cpu=20.0)
_LOOKING = ChildLimits(memory=1_000_000_000, own=400_000_000, seconds=30.0, cpu=20.0, requests=1)
T = TypeVar("T")


class ConfinedWord:
    """Implements the ports LetterFiles, LetterReader and SheetEditor. Starts its children when they are needed."""

    def __init__(self, budget: MemoryBudget | None = None) -> None:
        self._looking = Pool(_OPERATIONS, size=1, limits=_LOOKING, budget=budget)
        self._pool = Pool(_OPERATIONS, size=1, limits=_LIMITS, budget=budget)

    def unsafe(self, docx: bytes) -> list[tuple[str, str]]:
        """Return what makes a file unfit to be opened or printed, as (fact, remedy)."""
        if len(docx) > MOST_WORD_BYTES:
            return [("Berkas Word itu terlalu besar", "Kecilkan gambarnya, lalu simpan ulang.")]
        answer = self._looking.call("unsafe", {}, (docx,))
        return _read(answer, lambda body: [(str(fact), str(remedy)) for fact, remedy in body])

    def lines(self, docx: bytes) -> tuple[Line, ...]:
        """Return every paragraph that one sees."""
        answer = self._pool.call("lines", {}, (docx,))
        return _read(
            answer, lambda body: tuple(tuple(Span(str(text), str(field)) for text, field in line) for line in body)
        )

    def said(self, docx: bytes) -> list[tuple[str, str]]:
        """Return everything that the file says, seen or not, as (place, text)."""
        answer = self._pool.call("said", {}, (docx,))
        return _read(answer, lambda body: [(str(place), str(text)) for place, text in body])

    def words(self, docx: bytes) -> tuple[str, ...]:
        """Return the words of every paragraph."""
        return plain(self.lines(docx))

    def check_places(self, docx: bytes, fields: Collection[str]) -> None:
        """Make sure that there is one place for each of these fields."""
        self.named(docx, fields)

    def named(self, docx: bytes, wanted: Collection[str]) -> bytes:
        """Return the file with controls around the places of these fields."""
        return _file(self._pool.call("named", {"wanted": list(wanted)}, (docx,)))

    def filled(self, docx: bytes, values: Mapping[str, str]) -> bytes:
        """Return the file with these values in the fields' controls."""
        return _file(self._pool.call("filled", {"values": dict(values)}, (docx,)))

    def identity(self, docx: bytes) -> Identity | None:
        """Return which letter and version a fit file says it is."""
        answer = self._pool.call("identity", {}, (docx,))
        return _read(answer, lambda body: None if body is None else Identity(str(body[0]), int(body[1])))

    def identified(self, docx: bytes, identity: Identity) -> bytes:
        """Return the file saying that it is this letter and version."""
        named = {"code": identity.code, "version": identity.version}
        return _file(self._pool.call("identified", named, (docx,)))

    def impersonal(self, docx: bytes, title: str) -> bytes:
        """Return the file under this title, saying nothing of who wrote it."""
        return _file(self._pool.call("impersonal", {"title": title}, (docx,)))

    def passages(self, docx: bytes) -> tuple[Passage, ...]:
        """Return the paragraphs that hold words."""
        return _read(
            self._pool.call("passages", {}, (docx,)), lambda body: tuple(Passage(**passage) for passage in body)
        )

    def rewritten(self, docx: bytes, changes: Mapping[int, str]) -> bytes:
        """Return the file with other words in some of its paragraphs."""
        named = {str(number): text for number, text in changes.items()}
        return _file(self._pool.call("rewritten", {"changes": named}, (docx,)))

    def close(self) -> None:
        """End the children."""
        self._looking.close()
        self._pool.close()


def _read(answer: Message, reading: Callable[[Any], T]) -> T:
    try:
        return reading(answer.body)
    except (TypeError, ValueError, KeyError, IndexError):
        raise _senseless() from None


def _file(answer: Message) -> bytes:
    if not answer.blobs:
        raise _senseless()
    return answer.blobs[0]


def _senseless() -> EngineFault:
    return EngineFault("Pembuka berkas Word memberi jawaban yang tidak dapat dipahami.")
