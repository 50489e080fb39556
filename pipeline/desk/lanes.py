"""Lanes: pages that cost much never hold up those that cost little, and nobody holds up others.

Each lane has so many places at work, of which one person has a share; who waits is served in turn, person by person.
Who has more in a lane than one person may is told so at once. A page declares its lane (``gate.py``), as it does its
right. Persons are accounts with all their sessions and tokens; strangers are counted by their address.
"""

from __future__ import annotations

import asyncio
import threading
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import Receive

from pipeline.errors import Busy

R = TypeVar("R")


class Lane(Enum):
    """Where a page works."""

    QUICK = "quick"
    """Reads the register, a case, a form: hundredths of a second."""
    DOOR = "door"
    """Looks at a password, which is made to cost (argon2: 0.05 s, 64 MB)."""
    PICTURES = "pictures"
    """Draws pages in the confined child."""
    PAPERS = "papers"
    """Makes or looks into Word files, PDFs and scans: LibreOffice, confined children, signing."""
    LOOKUPS = "lookups"
    """Goes through many cases or a whole folder: search, lists, exports, verifying."""
    STREAM = "stream"
    """Tells live news, as long as the page is open."""
    GATE = "gate"
    """Finds out who comes, before every page."""
    UPLOADS = "uploads"
    """Takes a file in, as slowly as its line is."""


@dataclass(frozen=True, slots=True)
class Breadth:
    """How many are at work in a lane, how many of those one person has, and how many one has there with those waiting.

    Who is being answered counts as there until the last byte is sent. ``in_all``: how many may be there together, where
    that many strangers could come.
    """

    at_work: int
    share: int
    of_one: int
    in_all: int = 1_000_000


#: One machine of two cores: a person alone takes at most one place that costs much in each lane. Browsers open six
#: connections, so two windows of one person ask for twelve pictures at once.
BREADTHS = {
    Lane.QUICK: Breadth(12, 6, 24),
    Lane.DOOR: Breadth(2, 2, 20, in_all=120),  # a whole office may come in from one address
    Lane.PICTURES: Breadth(3, 1, 12),
    Lane.PAPERS: Breadth(4, 1, 4),
    Lane.LOOKUPS: Breadth(3, 1, 4),
    Lane.STREAM: Breadth(4, 2, 12),
    Lane.GATE: Breadth(4, 4, 1_000),
    Lane.UPLOADS: Breadth(1_000, 1_000, 4),
}


@dataclass(slots=True)
class _Waiting:
    """Somebody who waits for a place."""

    called: asyncio.Future[None]
    has_place: bool = False


@dataclass(slots=True)
class Places:
    """The places of one lane. Safe for many threads and event loops."""

    breadth: Breadth
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _there: Counter[str] = field(default_factory=Counter)
    _at_work: Counter[str] = field(default_factory=Counter)
    _waiting: OrderedDict[str, deque[_Waiting]] = field(default_factory=OrderedDict)

    @contextmanager
    def place(self, whose: str) -> Iterator[Place]:
        """Let somebody into the lane.

        Raises:
            Busy: they have as many there as one person may, or it is full.
        """
        with self._lock:
            if self._there[whose] >= self.breadth.of_one:
                raise Busy(
                    "Terlalu banyak yang Anda minta sekaligus.",
                    "Tunggu beberapa detik sampai yang tadi selesai, lalu muat ulang halaman ini.",
                )
            if self._there.total() >= self.breadth.in_all:
                raise Busy("Meja sedang ramai.", "Tunggu beberapa detik, lalu coba lagi.")
            self._there[whose] += 1
        try:
            yield Place(self, whose)
        finally:
            with self._lock:
                _less(self._there, whose)

    def take(self, whose: str) -> bool:
        """Take a place at work if there is one."""
        with self._lock:
            free = whose not in self._waiting and self._is_free_for(whose)
            self._at_work[whose] += free
            return free

    async def wait(self, whose: str) -> None:
        """Wait for a place at work."""
        with self._lock:
            waiting = _Waiting(asyncio.get_running_loop().create_future())
            self._waiting.setdefault(whose, deque()).append(waiting)
            self._call_next()
        try:
            await waiting.called
        except asyncio.CancelledError:
            with self._lock:
                if waiting.has_place:
                    self._give_back(whose)
                else:
                    self._waiting[whose].remove(waiting)
                    self._drop_if_empty(whose)
            raise

    def end(self, whose: str) -> None:
        """Give the place back; the next in turn has it."""
        with self._lock:
            self._give_back(whose)

    def _give_back(self, whose: str) -> None:
        _less(self._at_work, whose)
        self._call_next()

    def _call_next(self) -> None:
        for other in tuple(self._waiting):
            if not self._is_free_for(other):
                continue
            waiting = self._waiting[other].popleft()
            self._waiting.move_to_end(other)
            self._drop_if_empty(other)
            waiting.has_place = True
            self._at_work[other] += 1
            waiting.called.get_loop().call_soon_threadsafe(_call, waiting.called)

    def _is_free_for(self, whose: str) -> bool:
        return self._at_work.total() < self.breadth.at_work and self._at_work[whose] < self.breadth.share

    def _drop_if_empty(self, whose: str) -> None:
        if not self._waiting[whose]:
            del self._waiting[whose]


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's place in a lane."""

    places: Places
    whose: str

    @asynccontextmanager
    async def at_work(self, leaves: Receive | None = None) -> AsyncIterator[None]:
        """Hold a place at work. ``leaves`` tells when the browser went: then it is not waited for any longer.

        Raises:
            ClientDisconnect: it went.
        """
        if not self.places.take(self.whose):
            await (self.places.wait(self.whose) if leaves is None else self._wait_or_go(leaves))
        try:
            yield
        finally:
            self.places.end(self.whose)

    async def _wait_or_go(self, leaves: Receive) -> None:
        """Wait for a place, unless the browser goes: who clicks on leaves pictures behind that nobody will see."""
        turn, gone = asyncio.ensure_future(self.places.wait(self.whose)), asyncio.ensure_future(_gone(leaves))
        try:
            await asyncio.wait((turn, gone), return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.places.end(self.whose)
            raise
        finally:
            gone.cancel()
            turn.cancel()
        if gone.done() and not turn.done():
            raise ClientDisconnect

    async def run(self, work: Callable[..., R], *arguments: object, leaves: Receive | None = None) -> R:
        """Do some work in a thread, in turn; a thread is there as soon as there is a place, whoever else has threads.

        Raises:
            ClientDisconnect: the browser went before its turn came.
        """
        async with self.at_work(leaves):
            return await to_thread.run_sync(partial(work, *arguments), limiter=CapacityLimiter(1))


class Lanes:
    """The lanes of one desk."""

    def __init__(self) -> None:
        self._places = {lane: Places(breadth) for lane, breadth in BREADTHS.items()}

    def place(self, lane: Lane, whose: str) -> AbstractContextManager[Place]:
        """Let somebody into a lane, as :meth:`Places.place` does."""
        return self._places[lane].place(whose)


def _call(called: asyncio.Future[None]) -> None:
    if not called.done():
        called.set_result(None)


def _less(counter: Counter[str], whose: str) -> None:
    counter[whose] -= 1
    if not counter[whose]:
        del counter[whose]


async def _gone(leaves: Receive) -> None:
    with suppress(HTTPException):
        while (await leaves())["type"] != "http.disconnect":
            pass
