"""The socket of one connection, which knows how much of what was sent the other side has taken."""

from __future__ import annotations

import fcntl
import socket
import struct
import termios
from collections.abc import Iterable
from typing import Any

Bytes = bytes | bytearray | memoryview


class Line(socket.socket):
    """A socket that counts what is sent. Beneath TLS, so it is what really goes over the network."""

    sent = 0

    def send(self, data: Bytes, flags: int = 0) -> int:  # type: ignore[override] # what asyncio sends
        """Send, and count."""
        sent = super().send(data, flags)
        self.sent += sent
        return sent

    def sendmsg(self, buffers: Iterable[Bytes], *more: Any) -> int:  # type: ignore[override]
        """Send, and count."""
        sent = super().sendmsg(buffers, *more)
        self.sent += sent
        return sent

    def taken(self) -> int:
        """Return how many of the bytes that were sent the other side has acknowledged (SIOCOUTQ, see tcp(7))."""
        waiting = fcntl.ioctl(self.fileno(), termios.TIOCOUTQ, struct.pack("i", 0))
        return self.sent - int(struct.unpack("i", waiting)[0])

    def forget_unsent(self) -> None:
        """Have the system throw away what is not sent when this is closed (SO_LINGER, see socket(7))."""
        self.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
