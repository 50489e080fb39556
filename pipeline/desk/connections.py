"""Connections that are kept: those that ask in good time, not too many of one address, behind a proxy only its own.

Without this a stranger who opens connections and says nothing on them would close the desk to everybody.
"""

from __future__ import annotations

import asyncio
import ipaddress
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from pipeline.access.failed_tries import network
from pipeline.desk.tls import is_loopback
from pipeline.errors import SettingsFault
from pipeline.work.settings import WebSettings

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_PAUSE = 15.0  # seconds between two looks at a connection
_LEAST = 4096  # bytes of a body that must come between two looks: less than any line carries that is still alive
_OF_ONE = 150  # connections of one address; an office behind a proxy comes by the proxy's, which has no such bound


class Patient(H11Protocol):
    """A connection with an end to the patience that it is waited for."""

    pause, of_one = _PAUSE, _OF_ONE
    proxies: tuple[Network, ...] = ()
    proxied_only = False
    _timer: asyncio.TimerHandle | None = None
    _heard = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take a connection, or end it at once."""
        super().connection_made(transport)  # type: ignore[arg-type] # of the same class as asyncio gives it
        peer = self.client[0] if self.client else ""
        if not self._welcome(peer):
            self.transport.abort()
            return
        self._look_again()

    def data_received(self, data: bytes) -> None:
        """Take what came."""
        self._heard += len(data)
        super().data_received(data)

    def connection_lost(self, exc: Exception | None) -> None:
        """Let a connection go."""
        if self._timer is not None:
            self._timer.cancel()
        super().connection_lost(exc)

    def _welcome(self, peer: str) -> bool:
        if any(_is_in(peer, proxy) for proxy in self.proxies):
            return True
        if self.proxied_only and not is_loopback(peer):
            return False
        whence = network(peer)
        return sum(_whence(other) == whence for other in self.connections) <= self.of_one

    def _look_again(self) -> None:
        self._timer = self.loop.call_later(self.pause, self._look, self.cycle, self._heard)

    def _look(self, before: Any, heard: int) -> None:
        """End the connection if since the last look no request has come whole, or next to nothing of its body."""
        waits = self.conn.their_state is h11.IDLE and self.cycle is before
        starves = self.conn.their_state is h11.SEND_BODY and not self.flow.read_paused
        if waits or (starves and self.cycle is before and self._heard - heard < _LEAST):
            self.transport.abort()
            return
        self._look_again()


def patient(settings: WebSettings) -> type[Patient]:
    """Return the protocol for a desk with these settings."""
    beyond = settings.proxy_speaks_tls and not is_loopback(settings.host)
    values = {"proxies": tuple(map(_network, settings.proxies)), "proxied_only": beyond}
    return type("OfThisDesk", (Patient,), values)


def _network(proxy: str) -> Network:
    """Return the addresses that a setting names.

    Raises:
        SettingsFault: it names none.
    """
    try:
        return ipaddress.ip_network(proxy, strict=False)
    except ValueError as fault:
        raise SettingsFault(f"[web] proksi: {proxy!r} bukan alamat.", 'Tulis misalnya "127.0.0.1".') from fault


def _is_in(peer: str, proxy: Network) -> bool:
    try:
        return ipaddress.ip_address(network(peer).partition("/")[0] if "." in peer else peer) in proxy
    except ValueError:
        return False


def _whence(connection: Any) -> str:
    client = getattr(connection, "client", None)
    return network(client[0]) if client else ""
