"""Live news for open pages (server-sent events): one look a second for all, told to every stream that may hear it.

Events carry case numbers and nothing else: ``perkara`` (data: the number), ``kotak-masuk``, ``muat`` (too much to tell:
load the page again), ``berakhir`` (the session is over). Ids are positions in ``.changes``, so a browser that lost the
line hears what it missed when it comes back. A stream is not work at the desk: it keeps no session alive.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool

from pipeline.errors import Busy
from pipeline.running.tending import place_of
from pipeline.views.news import News, Newsreader
from pipeline.web.rights import Right
from pipeline.web.visit import Visitor

_TICK = 1.0  # seconds between two looks
_CHECK = 15.0  # seconds between two looks at the session, each told to the browser so that the line stays open
_MOST, _MOST_OF_ONE = 200, 6
_WAITING = 50  # news that a slow browser may have waiting
_BEHIND = 200  # changed cases that are told one by one to a browser that comes back
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Listener:
    """A stream: what it may hear, what waits to be sent."""

    session: bytes
    cases: bool
    inbox: bool
    waiting: asyncio.Queue[News | None]


class Hub:
    """The streams of one desk; lives on the server's event loop."""

    def __init__(
        self,
        reader: Callable[[], Newsreader],
        alive: Callable[[bytes], bool],
        *,
        tick: float = _TICK,
        check: float = _CHECK,
    ) -> None:
        self._reader, self._alive, self._tick, self._check = reader, alive, tick, check
        self._listeners: set[Listener] = set()
        self._looking: asyncio.Task[None] | None = None
        self._news: Newsreader | None = None
        self.closing = False

    def admit(self, visitor: Visitor) -> None:
        """Make sure that there is room for one more stream.

        Raises:
            Busy: there are too many, of this session or in all.
        """
        own = Counter(listener.session for listener in self._listeners)[visitor.session]
        if own >= _MOST_OF_ONE or len(self._listeners) >= _MOST:
            raise Busy("Terlalu banyak halaman terbuka.", "Tutup beberapa tab; halaman tetap dapat dimuat ulang.")

    async def stream(self, visitor: Visitor, last_seen: str = "") -> AsyncIterator[bytes]:
        """Yield the events for a visitor until the session ends, the browser leaves, or the desk closes."""
        may_cases, may_inbox = visitor.may(Right.READ_CASES), visitor.may(Right.INBOX)
        listener = Listener(visitor.session, may_cases, may_inbox, asyncio.Queue(_WAITING))
        self._listeners.add(listener)
        try:
            news = await self._start()
            yield b"retry: 3000\n\n"
            if last_seen.isdecimal() and len(last_seen) < 16:
                yield told(listener, news.since(int(last_seen)))
            else:
                yield b"id: %d\n: terhubung\n\n" % news.position
            async for event in self._events(listener):
                yield event
        finally:
            self._listeners.discard(listener)

    async def _events(self, listener: Listener) -> AsyncIterator[bytes]:
        waited = 0.0
        while not self.closing:
            try:
                news = await asyncio.wait_for(listener.waiting.get(), self._tick)
            except TimeoutError:
                waited += self._tick
                if waited < self._check:
                    continue
                waited = 0.0
                if not await run_in_threadpool(self._alive, listener.session):
                    yield b"event: berakhir\ndata: \n\n"
                    return
                yield b": masih\n\n"
            else:
                yield b"event: muat\ndata: \n\n" if news is None else told(listener, news)

    async def _start(self) -> Newsreader:
        if self._news is None:
            self._news = await run_in_threadpool(self._reader)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look(self._news))
        return self._news

    async def _look(self, reader: Newsreader) -> None:
        """Look for news as long as anybody listens."""
        while self._listeners and not self.closing:
            await asyncio.sleep(self._tick)
            try:
                news = await run_in_threadpool(reader.look)
            except Exception as fault:
                _log.error("Kabar meja: %s di %s", type(fault).__name__, place_of(fault))
                continue
            if news.cases or news.inbox:
                for listener in tuple(self._listeners):
                    _give(listener, news)


def _give(listener: Listener, news: News) -> None:
    with suppress(asyncio.QueueFull):
        listener.waiting.put_nowait(news)
        return
    while not listener.waiting.empty():
        listener.waiting.get_nowait()
    listener.waiting.put_nowait(None)


def told(listener: Listener, news: News) -> bytes:
    """Return the news as events, as far as the listener may hear them."""
    events = []
    if listener.cases:
        if len(news.cases) > _BEHIND:
            events.append("event: muat\ndata: \n")
        else:
            events += [f"event: perkara\ndata: {number}\n" for number in news.cases]
    if listener.inbox and news.inbox:
        events.append("event: kotak-masuk\ndata: \n")
    return "".join(f"id: {news.position}\n{event}\n" for event in events).encode() or b": \n\n"
