"""Where connections are accepted: counted first, then the handshake of TLS within seconds, then their requests.

asyncio's own servers accept whatever comes, and begin to count (uvicorn) after the handshake, which may take a minute.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import ssl
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from socket import socket

from pipeline.desk.connections import Patient
from pipeline.desk.crowd import Crowd, Guest
from pipeline.desk.line import Line
from pipeline.errors import place_of
from pipeline.system_messages import os_words

_HANDSHAKE = 10.0  # seconds that a handshake may take: two round trips of the slowest line, and a busy machine
_FAREWELL = 3.0  # seconds that the other side has to say goodbye (TLS)
_AT_ONCE = 32  # connections accepted in one turn: what is ended meanwhile is closed only after it
_BREATH = 0.5  # seconds in which nobody is accepted when there is no file left for them
_TOLD_AGAIN = 600.0  # seconds between two words about a crowd
_log = logging.getLogger(__name__)
_SHORT = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})


class Doorway:
    """Accepts the connections of one listening socket; uvicorn closes it like any server of asyncio's."""

    def __init__(
        self,
        listener: socket,
        crowd: Crowd,
        protocol: Callable[[], Patient],
        *,
        context: ssl.SSLContext | None,
        say: Callable[[str], None],
    ) -> None:
        self._listener, self._crowd, self._protocol, self._context, self._say = listener, crowd, protocol, context, say
        self._loop = asyncio.get_running_loop()
        self._greetings: set[asyncio.Task[None]] = set()
        self._told: dict[str, float] = {}
        self._pause: asyncio.TimerHandle | None = None
        self._held_back = False
        listener.setblocking(False)
        self._loop.add_reader(listener, self._accept)

    def close(self) -> None:
        """Accept nobody any more; handshakes end."""
        if self._pause:
            self._pause.cancel()
        self._loop.remove_reader(self._listener)
        self._listener.close()
        for greeting in tuple(self._greetings):
            greeting.cancel()

    async def wait_closed(self) -> None:
        """Wait for nothing: what is still open is uvicorn's to end."""

    def _accept(self) -> None:
        for _ in range(_AT_ONCE):
            try:
                accepted, peer = self._listener.accept()
            except (BlockingIOError, InterruptedError, ConnectionError):
                return
            except OSError as fault:
                self._hold_back(fault)
                return
            self._held_back = False
            line = Line(fileno=accepted.detach())
            guest, full = self._crowd.enter(str(peer[0]), datetime.now(UTC))
            if full:
                self._tell_of_crowd()
            if guest is None:
                line.close()
                continue
            greeting = self._loop.create_task(self._greet(guest, line))
            self._greetings.add(greeting)
            greeting.add_done_callback(partial(self._greeted, guest, line))
            guest.end = partial(_end, greeting)

    async def _greet(self, guest: Guest, line: Line) -> None:
        def protocol() -> Patient:
            made = self._protocol()
            made.crowd, made.guest, made.line = self._crowd, guest, line
            return made

        times = {"ssl_handshake_timeout": _HANDSHAKE, "ssl_shutdown_timeout": _FAREWELL} if self._context else {}
        await self._loop.connect_accepted_socket(protocol, line, ssl=self._context, **times)

    def _greeted(self, guest: Guest, line: Line, greeting: asyncio.Task[None]) -> None:
        """Forget who was ended, or failed, before there was a connection; also one that was ended before it began."""
        self._greetings.discard(greeting)
        fault = None if greeting.cancelled() else greeting.exception()
        if not (fault or greeting.cancelled()):
            return
        self._crowd.leave(guest)
        line.close()
        if fault and not isinstance(fault, OSError):  # that is of the handshake, and nobody's concern
            _log.error("Meja web: %s di %s", type(fault).__name__, place_of(fault))

    def _hold_back(self, fault: OSError) -> None:
        """Accept nobody for a moment; if there is still no file then, let one go: the program goes on."""
        if self._held_back and fault.errno in _SHORT:  # at first perhaps nobody waits: Linux looks for a file before
            self._crowd.thin()
        self._held_back = True
        self._loop.remove_reader(self._listener)
        self._pause = self._loop.call_later(_BREATH, self._loop.add_reader, self._listener, self._accept)
        self._tell(
            "berkas",
            f"Meja web: sambungan baru ditahan sebentar, {os_words(fault)}. Yang sudah masuk tetap dilayani. "
            "Bila berulang, naikkan batas berkas terbuka (LimitNOFILE pada layanan, atau ulimit -n).",
        )

    def _tell_of_crowd(self) -> None:
        whence, count = self._crowd.largest
        self._tell(
            "ramai",
            f"Meja web: terlalu banyak sambungan ({len(self._crowd)}; terbanyak {count} dari {whence}); yang diam "
            "paling lama diputus. Yang lain tetap dilayani.",
        )

    def _tell(self, what: str, words: str) -> None:
        now = time.monotonic()
        if now - self._told.get(what, -_TOLD_AGAIN) >= _TOLD_AGAIN:
            self._told[what] = now
            self._say(words)


def _end(greeting: asyncio.Task[None]) -> None:
    greeting.cancel()
