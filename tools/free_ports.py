"""Ports for programs that are told theirs before they listen there."""

from __future__ import annotations

import random
import socket
from contextlib import suppress

#: Below those that Linux gives to whoever names none (``ip_local_port_range``: from 32768): between the choice and the
#: program's start, no connection and no other test's server is given it.
_LEAST, _BEYOND = 20_000, 32_000
#: The processes of a run choose apart, however they were seeded.
_CHANCE = random.SystemRandom()


def free_port() -> int:
    """Return a port of this machine on which nobody listens."""
    while True:
        port = _CHANCE.randrange(_LEAST, _BEYOND)
        with socket.socket() as tried, suppress(OSError):
            tried.bind(("127.0.0.1", port))
            return port
