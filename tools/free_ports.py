"""Ports for programs that are told theirs before they listen there."""

from __future__ import annotations

import random
import socket
from contextlib import ExitStack, suppress

#: Below those that Linux gives to whoever names none (``ip_local_port_range``: from 32768): between the choice and the
#: program's start, no connection and no other test's server is given it.
_LEAST, _BEYOND = 20_000, 32_000
#: The processes of a run choose apart, however they were seeded.
_CHANCE = random.SystemRandom()
#: The same numbers of UDP, on which nobody else listens: by these the other processes of a run know what is given away
#: before its program is there. The kernel lets go of them with this process.
_GIVEN = ExitStack()


def free_port() -> int:
    """Return a port of this machine on which nobody listens, and which is given to nobody else while we live."""
    while True:
        port = _CHANCE.randrange(_LEAST, _BEYOND)
        with ExitStack() as trying, suppress(OSError):
            trying.enter_context(socket.socket(type=socket.SOCK_DGRAM)).bind(("127.0.0.1", port))
            with socket.socket() as tried:
                tried.bind(("127.0.0.1", port))
            _GIVEN.enter_context(trying.pop_all())
            return port
