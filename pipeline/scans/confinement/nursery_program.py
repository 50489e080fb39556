"""The process that has loaded what children need, and forks each of them into namespaces of its own.

Started by :mod:`pipeline.scans.confinement.nursery` under bubblewrap as ``python -m … OPERATIONS``. It opens no file
that anybody sent. Standard input is a socket: each message is the settings of a child (as
:mod:`~pipeline.scans.confinement.child_program` has them) with three descriptors, its requests, its answers, and where
we tell how it ended. First we say whether children can be forked here.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import json
import os
import select
import signal
import socket
import struct
import sys
from collections.abc import Mapping
from typing import Any

from pipeline.scans.confinement import child_program, own_namespaces
from pipeline.scans.confinement.framing import Operation
from pipeline.scans.confinement.nursery import ABLE, GO, HELLO, HERE, LARGEST_SETTINGS, UNABLE

_REQUESTS, _ANSWERS, _OPEN = 0, 1, 3
_STATUS = struct.Struct("=i")
#: The first process of a namespace dies of no signal by default; the processor's time is bounded by these.
_USED_UP = (signal.SIGPROF, signal.SIGXCPU)


def main() -> None:
    """Load, and fork until our parent closes our standard input."""
    child_program.die_with(None)
    control = socket.socket(fileno=os.dup(0))
    child_program.silence(0, 1)
    module = importlib.import_module(sys.argv[1])
    if hasattr(module, "load"):
        module.load()
    gc.collect()
    gc.freeze()  # or the first look for garbage would write to all that children have in common
    child_program.give_memory_back()
    control.send(ABLE if _can_fork() else UNABLE)
    _Nursery(control, module.OPERATIONS).serve()


def _can_fork() -> bool:
    """Try it once, with a child that ends at once."""
    if not own_namespaces.known() or len(os.listdir("/proc/self/task")) > 1:
        return False
    try:
        os.close(os.pidfd_open(os.getpid()))  # by such a descriptor those that live are held (Linux 5.3)
        pid = own_namespaces.fork()
    except OSError:
        return False
    if pid == 0:
        _ending(own_namespaces.settle)
    return os.waitpid(pid, 0)[1] == 0


class _Nursery:
    """Those that live, each with the descriptor by which its end is seen and the one by which it is told."""

    def __init__(self, control: socket.socket, operations: Mapping[str, Operation]) -> None:
        self._control, self._operations = control, operations
        self._children: dict[int, tuple[int, int]] = {}
        self._poll = select.poll()
        self._poll.register(control, select.POLLIN)

    def serve(self) -> None:
        while True:
            for ready, _ in self._poll.poll():
                if ready in self._children:
                    self._ended(ready)
                elif not self._asked():
                    return

    def _asked(self) -> bool:
        """Fork a child as we are told; False when there is nobody to tell us any more."""
        told, descriptors, _, _ = socket.recv_fds(self._control, LARGEST_SETTINGS, 3)
        if not told:
            return False
        requests, answers, status = descriptors
        with contextlib.suppress(OSError):  # whoever asked sees that nobody is there
            if (pid := own_namespaces.fork()) == 0:
                _ending(lambda: _live(json.loads(told), self._operations, requests, answers))
            end = os.pidfd_open(pid)
            self._children[end] = (pid, os.dup(status))
            self._poll.register(end, select.POLLIN)
        for descriptor in descriptors:
            os.close(descriptor)
        return True

    def _ended(self, end: int) -> None:
        pid, status = self._children.pop(end)
        self._poll.unregister(end)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        with contextlib.suppress(OSError):  # nobody wants to know
            os.write(status, _STATUS.pack(code))
        os.close(status)
        os.close(end)


def _ending(work: Any) -> None:
    """Do something in a forked process, and end it: it never goes on as its parent."""
    code = 1
    try:
        work()
        code = 0
    finally:
        os._exit(code)


def _live(settings: Mapping[str, Any], operations: Mapping[str, Operation], requests: int, answers: int) -> None:
    """Be a child."""
    os.dup2(requests, _REQUESTS)
    os.dup2(answers, _ANSWERS)
    os.closerange(_OPEN, os.sysconf("SC_OPEN_MAX"))  # all that is others'
    os.setsid()
    own_namespaces.settle()
    libc = ctypes.CDLL(None)
    for number in _USED_UP:
        libc.signal(number, libc._exit)  # with the signal's number as its code
    _greet()
    child_program.limit(settings)
    child_program.serve(settings, lambda: operations)


def _greet() -> None:
    """Have our parent see who we are: by this the kernel tells it our number, and it waits for us before it goes on."""
    with socket.socket(fileno=os.dup(_REQUESTS)) as ours:
        ours.send(HELLO)
        if ours.recv(1) != GO:
            raise EOFError
        ours.send(HERE)


if __name__ == "__main__":
    main()
