"""Forks a process into namespaces of its own, without root and without starting a program: it keeps what is loaded.

What bubblewrap does for a program that it starts, done for a process that goes on, inside the namespaces that
bubblewrap made: of the disk it sees what those show, of processes only itself. See clone(2), user_namespaces(7),
pid_namespaces(7).
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal

_CALLS = {"x86_64": (56, 126), "aarch64": (220, 91)}  # clone, capset; to both machines clone's flags come first
#: Mounts, control groups, host name, queues, users, processes, network (CLONE_NEW…).
_ALL_NEW = 0x00020000 | 0x02000000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000
_READ_ONLY, _NO_SUID, _NO_DEVICES, _NO_PROGRAMS, _REMOUNT = 1, 2, 4, 8, 32
_BIND, _MOVE, _RECURSIVE, _PRIVATE = 4096, 8192, 16384, 1 << 18
_BARE = _NO_SUID | _NO_DEVICES | _NO_PROGRAMS
_CAPABILITIES_VERSION, _PR_CAPBSET_DROP = 0x20080522, 24
#: A folder that bubblewrap made, where the new /proc is put together.
_ASIDE = b"/dev/shm"
#: Who bubblewrap says that we are (``wrapped(nesting=True)``), there and in our own namespace.
USER = 1000

_libc = ctypes.PyDLL(None, use_errno=True)  # keeps the interpreter's lock: a fork in between would lose it


def known() -> bool:
    """Say whether this processor's system calls are known here."""
    return platform.machine() in _CALLS


def fork() -> int:
    """Fork as :func:`os.fork` does, into new namespaces of every kind, as the first process there.

    Only for a process with one thread. The first process of a namespace gets no signal that it does not handle, but
    what the processor raises, and SIGKILL from outside.

    Raises:
        OSError: the kernel allows no such namespaces, or no more processes.
    """
    clone, _ = _CALLS[platform.machine()]
    ctypes.pythonapi.PyOS_BeforeFork()
    pid = int(_libc.syscall(clone, ctypes.c_ulong(_ALL_NEW | signal.SIGCHLD), 0, 0, 0, 0))
    fault = ctypes.get_errno()
    if pid == 0:
        ctypes.pythonapi.PyOS_AfterFork_Child()
        return 0
    ctypes.pythonapi.PyOS_AfterFork_Parent()
    if pid < 0:
        raise OSError(fault, os.strerror(fault))
    return pid


def settle() -> None:
    """Make the new namespaces ours, in the process that was forked: see of /proc only ourselves, and have no powers.

    Raises:
        OSError: the kernel does not allow it.
    """
    for name, text in (("setgroups", "deny"), ("gid_map", f"{USER} {USER} 1"), ("uid_map", f"{USER} {USER} 1")):
        _write(f"/proc/self/{name}", text)
    _see_only_ourselves()
    _drop_powers()


def _write(path: str, text: str) -> None:
    file = os.open(path, os.O_WRONLY)
    try:
        os.write(file, text.encode())
    finally:
        os.close(file)


def _see_only_ourselves() -> None:
    """Put a /proc before the one that shows all who were forked beside us: ``self`` alone.

    A /proc of our own may not be mounted where parts of the other are covered, as bubblewrap covers them.
    """
    us = os.readlink("/proc/self")
    _mount(None, b"/", None, _PRIVATE | _RECURSIVE)
    _mount(b"none", _ASIDE, b"tmpfs", _BARE, b"size=64k")
    os.mkdir(_ASIDE + b"/self")
    _mount(f"/proc/{us}".encode(), _ASIDE + b"/self", None, _BIND)
    _mount(None, _ASIDE, None, _REMOUNT | _READ_ONLY | _BARE)
    _mount(_ASIDE, b"/proc", None, _MOVE)


def _mount(source: bytes | None, target: bytes, kind: bytes | None, flags: int, options: bytes | None = None) -> None:
    if _libc.mount(source, target, kind, ctypes.c_ulong(flags), options):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), target.decode())


def _drop_powers() -> None:
    """Give up the powers that the first process of a namespace has there, for good."""
    _, capset = _CALLS[platform.machine()]
    power = 0
    while _libc.prctl(_PR_CAPBSET_DROP, power, 0, 0, 0) == 0:  # until the kernel knows no further one
        power += 1
    who = (ctypes.c_uint32 * 2)(_CAPABILITIES_VERSION, 0)
    none = (ctypes.c_uint32 * 6)()
    if _libc.syscall(capset, who, none):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
