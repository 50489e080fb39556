"""Tries the ways out of a child process, so that what is said about its confinement has been seen to hold here."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.scans.confinement.child import Holding
from pipeline.scans.confinement.framing import Message, Operation
from pipeline.scans.confinement.nursery import Nursery
from pipeline.scans.confinement.pool import Pool


@dataclass(frozen=True, slots=True)
class Escapes:
    """What a child process can do here that it should not."""

    network: bool
    reading: bool
    writing: bool
    processes: bool


def try_to_escape(holding: Holding | None = None) -> Escapes:
    """Have children try them all, one that is started and one that is forked; return what either can.

    Raises:
        EngineFault, EngineMissing: no child can be started, or it died.
    """
    nursery = Nursery(__name__, holding=holding)
    try:
        with (
            tempfile.TemporaryDirectory(prefix="yankomas-") as name,
            Pool(__name__, size=1, holding=holding) as started,
            Pool(__name__, size=1, holding=holding, nursery=nursery) as forked,
        ):
            secret = Path(name, "rahasia")
            secret.write_text("rahasia")
            arguments = {"secret": str(secret), "new": str(Path(name, "baru"))}
            found = [pool.call("try", arguments).body for pool in (started, forked)]
    finally:
        nursery.close()
    return Escapes(**{field: any(each[field] for each in found) for field in Escapes.__slots__})


def _try(arguments: Mapping[str, Any], _: tuple[bytes, ...]) -> Message:
    return Message(
        {
            "network": _succeeds(_open_socket),
            "reading": _succeeds(lambda: Path(arguments["secret"]).read_bytes()),
            "writing": _succeeds(lambda: Path(arguments["new"]).write_bytes(b"")),
            "processes": _succeeds(_start_process),
        }
    )


def _succeeds(act: Any) -> bool:
    try:
        act()
    except OSError:
        return False
    return True


def _open_socket() -> None:
    """Open a socket, and find an interface for it besides the loopback of a namespace of our own."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM):
        if len(socket.if_nameindex()) < 2:
            raise OSError


def _start_process() -> None:
    pid = os.posix_spawn("/bin/true", ["true"], {})
    os.waitpid(pid, 0)


OPERATIONS: Mapping[str, Operation] = {"try": _try}
