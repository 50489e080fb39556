"""The child process in which hostile files are opened: limits first, then one request after the other.

Started by :mod:`pipeline.scans.confinement.pool` as ``python -m … '{"operations": …}'``. Standard
input is a socket that brings requests, and with each the file it is about, as an open descriptor; standard output
carries answers; both end with the parent. The first answer says that we are ready. An operation is a function
``(arguments, blobs) -> Message``, found by name in the ``OPERATIONS`` of the module that the parent names.
"""

from __future__ import annotations

import ctypes
import importlib
import json
import math
import os
import resource
import select
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from pipeline.errors import YankomasError
from pipeline.scans.confinement import seccomp
from pipeline.scans.confinement.framing import BadMessage, Message, Operation, pack, unpack

#: Files that are open at once: libraries, fonts, the scan.
_MOST_FILES = 64
#: Seconds without a request after which memory that was kept for the next picture is given back: of one that looks
#: before the number 8 MB, of one that reads 14 (2026-11-27).
_IDLE_SECONDS = 0.25
_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38


def main() -> None:
    """Obey requests until the parent closes our standard input."""
    settings = json.loads(sys.argv[1])
    die_with(settings["parent"])
    limit(settings)
    serve(settings, lambda: importlib.import_module(settings["operations"]).OPERATIONS)


def serve(settings: Mapping[str, Any], load: Callable[[], Mapping[str, Operation]]) -> None:
    """Obey requests until the parent closes our standard input; our limits are set."""
    requests, answers = _take_pipes()
    operations = load()
    if settings["calls"]:
        seccomp.hold_reader()
    _send(answers, pack("ready"))
    while True:
        try:
            request = requests.next()
        except EOFError:
            return
        _allow_seconds(request.body["cpu"])
        _send(answers, _answer(operations, request))


def die_with(parent: int | None) -> None:
    """Ask the kernel to kill us when our parent dies (Linux); go at once if it is dead already.

    In a namespace of our own (None), our parent is bubblewrap, which sees to it.
    """
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if parent is not None and os.getppid() != parent:
        os._exit(0)


def limit(settings: Mapping[str, Any]) -> None:
    """Bound memory, open files and priority; no byte is ever written to a file."""
    for limit, value in (
        (resource.RLIMIT_AS, int(settings["memory"])),
        (resource.RLIMIT_DATA, int(settings["own"])),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _MOST_FILES),
        (resource.RLIMIT_FSIZE, 0),
    ):
        hard = resource.getrlimit(limit)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (value, value))
    os.nice(int(settings["nice"]))


def _allow_seconds(seconds: float) -> None:
    """Bound the processor time of the next request. A bound on our whole life would end an honest long-lived worker.

    The timer ends us to some milliseconds; the limit behind it, in whole seconds, holds whatever becomes of the timer.
    """
    signal.setitimer(signal.ITIMER_PROF, seconds)
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(used + seconds) + 1, hard))


class _Requests:
    """The socket that brings requests, and the file that the last one was about.

    A file stays open, under the same name, until a request brings another: pages are asked for one after the other.
    """

    def __init__(self, descriptor: int) -> None:
        self._socket = socket.socket(fileno=descriptor)
        self._file: int | None = None

    def next(self) -> Message:
        """Wait for the next request; its argument ``path`` is the file it brought.

        Raises:
            EOFError: the parent is gone.
        """
        if not select.select([self._socket], [], [], _IDLE_SECONDS)[0]:
            give_memory_back()
        brought: list[int] = []
        request = unpack(lambda count: self._exactly(count, brought))
        for descriptor in brought:
            self._hold(descriptor)
        if brought:
            request.body["arguments"]["path"] = f"/proc/self/fd/{self._file}"
        return request

    def _hold(self, descriptor: int) -> None:
        if self._file is None:
            self._file = descriptor
        elif os.fstat(self._file).st_ino == os.fstat(descriptor).st_ino:
            os.close(descriptor)
        else:
            os.close(self._file)
            self._file = descriptor

    def _exactly(self, count: int, brought: list[int]) -> bytes:
        parts = []
        while count:
            part, descriptors, _, _ = socket.recv_fds(self._socket, min(count, 2**20), 1)
            brought += descriptors
            if not part:
                raise EOFError
            parts.append(part)
            count -= len(part)
        return b"".join(parts)


def _take_pipes() -> tuple[_Requests, int]:
    """Keep the pipes for ourselves, so that a library that prints cannot spoil an answer."""
    requests, answers = os.dup(0), os.dup(1)
    silence(0, 1)
    return _Requests(requests), answers


def silence(*descriptors: int) -> None:
    """Have these lead nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in descriptors:
        os.dup2(nowhere, descriptor)
    os.close(nowhere)


def give_memory_back() -> None:
    """Give the kernel what lies free of our memory; where the C library does not know how, it stays."""
    with suppress(AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _send(pipe: int, message: bytes) -> None:
    view = memoryview(message)
    while view:
        view = view[os.write(pipe, view) :]


def _answer(operations: Mapping[str, Operation], request: Message) -> bytes:
    """Return the packed answer; what went wrong is data, never a traceback."""
    try:
        operation = operations[request.body["operation"]]
        result = operation(request.body["arguments"], request.blobs)
        return pack({"done": result.body, "resident": _resident()}, result.blobs)
    except YankomasError as error:
        body = {"error": type(error).__name__, "message": error.message, "remedy": error.remedy}
        return pack({**body, "code": getattr(error, "code", ""), "resident": _resident()})
    except MemoryError:
        return pack({"error": "MemoryError", "message": "kehabisan memori", "remedy": "", "resident": 2**62})
    except BadMessage:
        return pack({"error": "BadMessage", "message": "hasilnya terlalu besar", "remedy": "", "resident": 0})
    except Exception as error:
        # Parsers of foreign formats raise anything at all; its type is enough for the record, its text may be personal.
        return pack({"error": type(error).__name__, "message": "", "remedy": "", "resident": _resident()})


def _resident() -> int:
    """Return how many bytes of memory we hold now (0 where the system does not say)."""
    try:
        with open("/proc/self/statm", "rb") as statm:
            return int(statm.read().split()[1]) * resource.getpagesize()
    except (OSError, ValueError, IndexError):
        return 0


if __name__ == "__main__":
    main()
