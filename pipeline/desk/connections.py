"""Connections that are kept: those that ask, send and take in good time.

Without this a stranger who opens connections and says nothing on them, or asks and does not take the answer, would hold
them for good. How many there may be is :mod:`pipeline.desk.crowd`'s.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from pipeline.desk.crowd import Crowd, Guest
from pipeline.desk.line import Line

PAUSE = 15.0  # seconds between two looks at a connection
_LEAST = 4096  # bytes that must come, or be taken, between two looks: less than any line carries that is still alive


@dataclass(frozen=True, slots=True)
class _Look:
    """A connection as it was: the request, bytes heard and sent since it began, and taken by the other side."""

    cycle: Any
    heard: int
    sent: int
    taken: int


class Patient(H11Protocol):
    """A connection with an end to the patience that it is waited for."""

    pause = PAUSE
    crowd: Crowd
    guest: Guest
    line: Line
    _timer: asyncio.TimerHandle | None = None
    _heard = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take a connection."""
        super().connection_made(transport)  # type: ignore[arg-type] # of the same class as asyncio gives it
        self.guest.end = self._cut
        self._look_again()

    def data_received(self, data: bytes) -> None:
        """Take what came."""
        self._heard += len(data)
        super().data_received(data)
        self._tell()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        self._tell()

    def connection_lost(self, exc: Exception | None) -> None:
        """Let a connection go."""
        if self._timer is not None:
            self._timer.cancel()
        self._unset_keepalive_if_required()  # uvicorn does so only after a good end
        self.crowd.leave(self.guest)
        super().connection_lost(exc)

    def _tell(self) -> None:
        self.crowd.note(self.guest, waits=self.cycle is None or self.cycle.response_complete)

    def _look_again(self) -> None:
        look = _Look(self.cycle, self._heard, self.line.sent, self.line.taken())
        self._timer = self.loop.call_later(self.pause, self._look, look)

    def _look(self, before: _Look) -> None:
        """End the connection if since the last look no request came whole, or next to nothing of its body or answer.

        Who has taken all that had been sent by then takes it in good time, however little it was.
        """
        same = self.cycle is before.cycle
        waits = same and self.conn.their_state is h11.IDLE
        starves = same and self.conn.their_state is h11.SEND_BODY and not self.flow.read_paused
        starves = starves and self._heard - before.heard < _LEAST
        if waits or starves or self.line.taken() < min(before.sent, before.taken + _LEAST):
            self._cut()
            return
        self._look_again()

    def _cut(self) -> None:
        """End the connection at once, also for the system, which would go on offering what was not taken."""
        self.line.forget_unsent()
        self.transport.abort()
