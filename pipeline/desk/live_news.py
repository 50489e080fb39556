"""Live news for open pages (server-sent events): one look a second for all, told to every stream that may hear it.

Events carry case numbers and nothing else: ``perkara`` (data: the number), ``kotak-masuk``, ``muat`` (too much to tell:
load the page again), ``berakhir`` (the session is over), ``penuh`` (its place went to a newer page). Of a case that is
*rahasia* only those hear who may read it. Ids are positions in ``.changes``, so a browser that lost the line hears what
it missed when it comes back. A stream is not work at the desk: it keeps no session alive, and it hears what the roles
of today may hear.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import suppress
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool

from pipeline.access.rights import Right, may
from pipeline.archive.ports import News, Newsreader
from pipeline.cases.case_number import CaseNumber
from pipeline.errors import place_of
from pipeline.office.roles import is_service_role

_TICK = 1.0  # seconds between two looks
_CHECK = 15.0  # seconds between two looks at the session, each told to the browser so that the line stays open
#: Streams in all, of one account (in however many sessions), and from one network address.
_MOST, _MOST_OF_ONE, _MOST_FROM_ONE = 200, 8, 60
_WAITING = 50  # news that a slow browser may have waiting
_BEHIND = 200  # changed cases that are told one by one to a browser that comes back
_NOTHING = b": \n\n"
_log = logging.getLogger(__name__)


#: Gives the roles of a session today, or None once it is over.
RolesOf = Callable[[bytes], Collection[str] | None]
#: Says whether a case is open to somebody with these roles.
OpenTo = Callable[[Collection[str], CaseNumber], bool]


@dataclass(slots=True, eq=False)
class Listener:
    """A stream: whose it is and whence, the roles that say what it may hear, what waits to be sent.

    ``ousted``: its place went to a newer one.
    """

    session: bytes
    roles: Collection[str]
    waiting: asyncio.Queue[News | None]
    login: str
    network: str
    ousted: bool = False

    def give(self, news: News) -> None:
        """Have news waiting; a browser that is too slow for it is to load its page again."""
        with suppress(asyncio.QueueFull):
            self.waiting.put_nowait(news)
            return
        self._wake()

    def oust(self) -> None:
        """Give its place to a newer stream."""
        self.ousted = True
        self._wake()

    def _wake(self) -> None:
        while not self.waiting.empty():
            self.waiting.get_nowait()
        self.waiting.put_nowait(None)


class LiveNews:
    """The streams of one desk; lives on the server's event loop."""

    def __init__(
        self,
        reader: Callable[[], Newsreader],
        roles_of: RolesOf,
        open_to: OpenTo,
        *,
        tick: float = _TICK,
        check: float = _CHECK,
    ) -> None:
        self._reader, self._roles_of, self._open_to = reader, roles_of, open_to
        self._tick, self._check = tick, check
        self._listeners: dict[Listener, None] = {}  # the oldest first
        self._looking: asyncio.Task[None] | None = None
        self._news: Newsreader | None = None
        self.closing = False

    async def stream(
        self, session: bytes, roles: Collection[str], last_seen: str = "", *, login: str = "", network: str = ""
    ) -> AsyncIterator[bytes]:
        """Yield the events for a session until it ends, the browser leaves, a newer one needs its place, or we close.

        ``login`` and ``network`` are whose places it takes; without them the session stands for the account.
        """
        listener = Listener(session, roles, asyncio.Queue(_WAITING), login or session.hex(), network)
        self._make_room(listener)
        self._listeners[listener] = None
        try:
            news = await self._start()
            yield b"retry: 3000\n\n"
            if last_seen.isdecimal() and len(last_seen) < 16:
                yield await self._told(listener, news.since(int(last_seen)))
            else:
                yield b"id: %d\n: terhubung\n\n" % news.position
            async for event in self._events(listener):
                yield event
        finally:
            self._listeners.pop(listener, None)

    def _make_room(self, newcomer: Listener) -> None:
        """Oust the oldest stream of the account, of the address, or else of the account that has the most."""
        kept = list(self._listeners)
        own = [one for one in kept if one.login == newcomer.login]
        near = [one for one in kept if newcomer.network and one.network == newcomer.network]
        if len(own) >= _MOST_OF_ONE:
            self._oust(own[0])
        elif len(near) >= _MOST_FROM_ONE:
            self._oust(near[0])
        elif len(kept) >= _MOST:
            most, _ = Counter(one.login for one in kept).most_common(1)[0]
            self._oust(next(one for one in kept if one.login == most))

    def _oust(self, listener: Listener) -> None:
        self._listeners.pop(listener, None)
        listener.oust()

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
                roles = await run_in_threadpool(self._roles_of, listener.session)
                if roles is None:
                    yield b"event: berakhir\ndata: \n\n"
                    return
                listener.roles = roles
                yield b": masih\n\n"
            else:
                if listener.ousted:
                    yield b"event: penuh\ndata: \n\n"
                    return
                said = b"event: muat\ndata: \n\n" if news is None else await self._told(listener, news)
                if said != _NOTHING:  # when others hear something is not told either
                    yield said

    async def _told(self, listener: Listener, news: News) -> bytes:
        """Return the news as events, as far as the listener may hear them."""
        return await run_in_threadpool(told, listener.roles, news, self._open_to)

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
                    listener.give(news)


def told(roles: Collection[str], news: News, open_to: OpenTo) -> bytes:
    """Return the news as events, as far as somebody with these roles may hear them."""
    events = []
    if may(roles, Right.READ_CASES) or any(map(is_service_role, roles)):  # every role of a service reads its cases
        if len(news.cases) > _BEHIND:
            events.append("event: muat\ndata: \n")
        else:
            events += [f"event: perkara\ndata: {number}\n" for number in news.cases if open_to(roles, number)]
    if news.inbox and (may(roles, Right.INBOX) or any(map(is_service_role, roles))):
        events.append("event: kotak-masuk\ndata: \n")
    return "".join(f"id: {news.position}\n{event}\n" for event in events).encode() or _NOTHING
