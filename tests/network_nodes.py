"""Machines of a centre on one machine: each a network namespace with a cable of its own, which can be pulled.

Needs root and Linux's network namespaces; where a machine does not allow them, what asks for one is skipped.
"""

from __future__ import annotations

import ctypes
import os
import random
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_network
from itertools import count

import pytest

_NUMBERS = count(1)
_NETWORK_SPACE = 0x40000000  # CLONE_NEWNET
#: Where all machines reach the servers, whatever cable they come by, as libpq and pg_hba.conf write it.
NETWORK = "10.213.0.0/16"


@dataclass(frozen=True)
class Node:
    """A machine: the name of its namespace, the end of its cable at the servers, the servers' address as it sees it."""

    name: str
    cable: str
    servers: str

    def start(self, command: Sequence[object], environment: Mapping[str, str]) -> subprocess.Popen[str]:
        """Start a program on it."""
        words = ["ip", "netns", "exec", self.name, *map(str, command)]
        return subprocess.Popen(words, env=dict(environment), stdout=subprocess.PIPE, text=True)

    def cut_off(self) -> None:
        """Pull its cable: nothing goes through any more, and nobody is told."""
        _ip("link", "set", self.cable, "down")

    def reconnect(self) -> None:
        """Plug the cable in again."""
        _ip("link", "set", self.cable, "up")


def enter(name: str) -> None:
    """Have this process, which has one thread, be on a machine from now on."""
    with open(f"/run/netns/{name}") as space:
        if ctypes.CDLL(None, use_errno=True).setns(space.fileno(), _NETWORK_SPACE):
            raise OSError(ctypes.get_errno(), "setns")


def _cable() -> tuple[str, str]:
    """Return the addresses of a cable's two ends, which those of other tests that run at this moment do not have."""
    first = ip_network(NETWORK)[4 * random.SystemRandom().randrange(2**14)]
    return str(first + 1), str(first + 2)


@contextmanager
def node() -> Iterator[Node]:
    """Give a machine of its own while the context lasts."""
    if os.geteuid() != 0:
        pytest.skip("jaringan tersendiri hanya dapat dibuat root")
    n = next(_NUMBERS)
    name, here, there = f"ykn{os.getpid()}-{n}", f"yk{os.getpid() % 100000}a{n}", f"yk{os.getpid() % 100000}b{n}"
    ours, theirs = _cable()
    try:
        _ip("netns", "add", name)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("mesin ini tidak mengizinkan jaringan tersendiri (ip netns)")
    try:
        _ip("link", "add", here, "type", "veth", "peer", "name", there, "netns", name)
        _ip("addr", "add", f"{ours}/30", "dev", here)
        _ip("link", "set", here, "up")
        for words in (
            ("addr", "add", f"{theirs}/30", "dev", there),
            ("link", "set", there, "up"),
            ("link", "set", "lo", "up"),
        ):
            _ip("-n", name, *words)
        yield Node(name, here, ours)
    finally:
        _ip("netns", "del", name)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)
