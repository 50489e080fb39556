"""Those who want the desk closed, as a program of their own: ``python attackers.py KIND PORT CERTIFICATE MORE``.

``connections``: 2,000 connections of 20 addresses that are silent or slow, opened again as soon as they are ended.
``requests``: 50 requests at once of one account (``MORE`` is its session's cookie), of the kinds that cost most.
"""

from __future__ import annotations

import itertools
import json
import random
import resource
import select
import socket
import ssl
import sys
import threading
import time
from contextlib import suppress

ADDRESSES, OF_EACH = [f"127.0.1.{n}" for n in range(1, 21)], 100
_HEAD = b"GET /masuk HTTP/1.1\r\nHost: localhost\r\n"
_BODY = b"POST /status HTTP/1.1\r\nHost: localhost\r\nContent-Length: 15000\r\n\r\n"
_GREEDY = b"GET /statis/meja.css HTTP/1.1\r\nHost: localhost\r\n\r\n" * 300
#: What is said once TLS stands, and whether something is dripped after it.
_KINDS = (None, b"\x16\x03\x01\x02\x00\x01\x00", "tls", _HEAD, _BODY, _GREEDY)


def _open(port: int, context: ssl.SSLContext, address: str, kind) -> socket.socket:
    line = socket.socket()
    line.settimeout(3)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.bind((address, 0))
    line.connect(("127.0.0.1", port))
    if kind is None:
        return line
    if kind == _KINDS[1]:
        line.sendall(kind)
        return line
    line = context.wrap_socket(line, server_hostname="localhost")
    if kind != "tls":
        line.sendall(kind)
    return line


def _hold(port: int, context: ssl.SSLContext, addresses) -> None:
    """Hold so many connections of these addresses, for good."""
    wanted = [(address, _KINDS[n % len(_KINDS)]) for address in addresses for n in range(OF_EACH)]
    random.shuffle(wanted)
    held: dict[int, socket.socket] = {}
    while True:
        for number, (address, kind) in enumerate(wanted):
            if (line := held.get(number)) is not None:
                with suppress(OSError, ValueError):
                    ended = kind in (None, _KINDS[1], "tls") and bool(select.select([line], [], [], 0)[0])
                    if not ended:
                        if kind in (_HEAD, _BODY):
                            line.sendall(b"x")
                        continue
                line.close()
                del held[number]
            with suppress(OSError):
                held[number] = _open(port, context, address, kind)


def connections(port: int, certificate: str, _more: str) -> None:
    """Open the connections."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))
    context = ssl.create_default_context(cafile=certificate)
    for n in range(4):
        threading.Thread(target=_hold, args=(port, context, ADDRESSES[n::4]), daemon=True).start()
    threading.Event().wait()


def requests(port: int, certificate: str, more: str) -> None:
    """Ask."""
    import httpx

    asked = json.loads(more)
    context, paths, counted = ssl.create_default_context(cafile=certificate), itertools.cycle(asked["paths"]), {}

    def ask() -> None:
        with httpx.Client(
            base_url=f"https://localhost:{port}", verify=context, cookies=asked["cookies"], timeout=60
        ) as browser:
            while True:
                with suppress(httpx.HTTPError):
                    status = browser.get(next(paths)).status_code
                    counted[status] = counted.get(status, 0) + 1

    for _ in range(50):
        threading.Thread(target=ask, daemon=True).start()
    while True:
        time.sleep(1)
        print(json.dumps(counted), flush=True)


if __name__ == "__main__":
    globals()[sys.argv[1]](int(sys.argv[2]), sys.argv[3], sys.argv[4] if len(sys.argv) > 4 else "")
