"""A filter of system calls that a process puts on itself and cannot take off: no network, no new programs, no writing.

It needs neither root nor namespaces, so it holds in containers where bubblewrap may not work. What it forbids answers
"not permitted"; the process goes on. Only the standard library is used: the system's Python, which holds LibreOffice,
runs this file by its path, as ``python3 -I seccomp.py COMMAND …``.

System call numbers: ``arch/x86/entry/syscalls/syscall_64.tbl`` and ``include/uapi/asm-generic/unistd.h`` of Linux.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import sys
from dataclasses import dataclass

_LOAD, _EQUALS, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_X32 = 0x40000000  # the other numbering of x86-64: every call by it is refused
_CLONE_THREAD, _AF_UNIX = 0x00010000, 1
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND | os.O_TMPFILE & ~os.O_DIRECTORY
_PR_GET_SECCOMP = 21
_PR_SET_NO_NEW_PRIVS, _SET_FILTER, _ALL_THREADS, _NO_SLOWING = 38, 1, 1, 4

#: Nothing of ours needs these: other processes' memory and signals, mounts, kernel modules, keys, unfiltered queues.
_STRANGE = (
    "ptrace process_vm_readv process_vm_writev pidfd_open pidfd_getfd pidfd_send_signal tkill rt_sigqueueinfo "
    "rt_tgsigqueueinfo mount umount2 pivot_root chroot unshare setns open_tree open_tree_attr move_mount fsopen "
    "fsconfig fsmount fspick mount_setattr init_module finit_module kexec_load add_key request_key keyctl bpf "
    "perf_event_open userfaultfd io_uring_setup io_uring_enter io_uring_register open_by_handle_at memfd_secret"
)
_MORE_PROCESSES = "fork vfork execve execveat"
_CHANGING_FILES = (
    "creat truncate rename renameat renameat2 link linkat symlink symlinkat unlink unlinkat mkdir mkdirat rmdir mknod "
    "mknodat chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat setxattr lsetxattr fsetxattr removexattr "
    "lremovexattr fremovexattr setxattrat removexattrat file_setattr utime utimes futimesat utimensat"
)
_SHARED_NUMBERS = (
    "pidfd_send_signal=424 io_uring_setup=425 io_uring_enter=426 io_uring_register=427 open_tree=428 move_mount=429 "
    "fsopen=430 fsconfig=431 fsmount=432 fspick=433 pidfd_open=434 clone3=435 openat2=437 pidfd_getfd=438 "
    "mount_setattr=442 memfd_secret=447 fchmodat2=452 setxattrat=463 removexattrat=466 open_tree_attr=467 "
    "file_setattr=469 "
)
_X86_64 = (
    "open=2 socket=41 clone=56 fork=57 vfork=58 execve=59 kill=62 truncate=76 rename=82 mkdir=83 rmdir=84 creat=85 "
    "link=86 unlink=87 symlink=88 chmod=90 fchmod=91 chown=92 fchown=93 lchown=94 ptrace=101 rt_sigqueueinfo=129 "
    "utime=132 mknod=133 pivot_root=155 chroot=161 mount=165 umount2=166 init_module=175 setxattr=188 lsetxattr=189 "
    "fsetxattr=190 removexattr=197 lremovexattr=198 fremovexattr=199 tkill=200 tgkill=234 utimes=235 kexec_load=246 "
    "add_key=248 request_key=249 keyctl=250 openat=257 mkdirat=258 mknodat=259 fchownat=260 futimesat=261 "
    "unlinkat=263 renameat=264 linkat=265 symlinkat=266 fchmodat=268 unshare=272 utimensat=280 rt_tgsigqueueinfo=297 "
    "perf_event_open=298 prlimit64=302 open_by_handle_at=304 setns=308 process_vm_readv=310 process_vm_writev=311 "
    "finit_module=313 renameat2=316 seccomp=317 bpf=321 execveat=322 userfaultfd=323 "
)
_AARCH64 = (
    "setxattr=5 lsetxattr=6 fsetxattr=7 removexattr=14 lremovexattr=15 fremovexattr=16 mknodat=33 mkdirat=34 "
    "unlinkat=35 symlinkat=36 linkat=37 renameat=38 umount2=39 mount=40 pivot_root=41 truncate=45 chroot=51 fchmod=52 "
    "fchmodat=53 fchownat=54 fchown=55 openat=56 utimensat=88 unshare=97 kexec_load=104 init_module=105 ptrace=117 "
    "kill=129 tkill=130 tgkill=131 rt_sigqueueinfo=138 socket=198 add_key=217 request_key=218 keyctl=219 clone=220 "
    "execve=221 rt_tgsigqueueinfo=240 perf_event_open=241 prlimit64=261 open_by_handle_at=265 setns=268 "
    "process_vm_readv=270 process_vm_writev=271 finit_module=273 renameat2=276 seccomp=277 bpf=280 execveat=281 "
    "userfaultfd=282 "
)


@dataclass(frozen=True)
class _Machine:
    """How the kernel calls this processor, and its numbers of system calls (those that it lacks are not there)."""

    audit: int
    numbers: dict[str, int]


def _machine(audit: int, numbers: str) -> _Machine:
    return _Machine(audit, {name: int(number) for name, number in (pair.split("=") for pair in numbers.split())})


_MACHINES = {
    "x86_64": _machine(0xC000003E, _X86_64 + _SHARED_NUMBERS),
    "aarch64": _machine(0xC00000B7, _AARCH64 + _SHARED_NUMBERS),
}
_Step = tuple[int, int, int, int]


def known() -> bool:
    """Say whether there is a filter for this machine, and a kernel that takes one."""
    return platform.machine() in _MACHINES and ctypes.CDLL(None).prctl(_PR_GET_SECCOMP, 0, 0, 0, 0) >= 0


def hold_reader() -> None:
    """Let this process read, compute and answer, nothing else: for children that open hostile files.

    Raises:
        OSError: the kernel takes no filter.
    """
    machine, own = _MACHINES[platform.machine()], os.getpid()
    steps = [
        *_denied(machine, f"{_STRANGE} {_MORE_PROCESSES} {_CHANGING_FILES} socket"),
        *_only(machine, "open", 1, _ANY_BIT, _WRITING, allow=False),
        *_only(machine, "openat", 2, _ANY_BIT, _WRITING, allow=False),
        *_only(machine, "clone", 0, _ANY_BIT, _CLONE_THREAD, allow=True),
        *_only(machine, "kill", 0, _EQUALS, own, allow=True),
        *_only(machine, "tgkill", 0, _EQUALS, own, allow=True),
        *_only(machine, "prlimit64", 0, _EQUALS, 0, allow=True),
        # Their arguments lie in memory, where a filter cannot look; libraries then fall back to the older calls.
        *_denied(machine, "clone3 openat2", errno.ENOSYS),
    ]
    _install(machine, steps)


def hold_office() -> None:
    """Keep this process and all it starts off the network and out of other processes: for LibreOffice.

    Raises:
        OSError: the kernel takes no filter.
    """
    machine = _MACHINES[platform.machine()]
    steps = [*_denied(machine, _STRANGE), *_only(machine, "socket", 0, _EQUALS, _AF_UNIX, allow=True)]
    _install(machine, steps)


def _denied(machine: _Machine, names: str, code: int = errno.EPERM) -> list[_Step]:
    numbers = [machine.numbers[name] for name in names.split() if name in machine.numbers]
    return [step for number in numbers for step in ((_EQUALS, 0, 1, number), (_RETURN, 0, 0, _ERRNO | code))]


def _only(machine: _Machine, name: str, argument: int, test: int, value: int, *, allow: bool) -> list[_Step]:
    """Judge one call by the lower half of an argument: passing the test allows it, or forbids it."""
    if name not in machine.numbers:
        return []
    passed, failed = (_ALLOW, _ERRNO | errno.EPERM) if allow else (_ERRNO | errno.EPERM, _ALLOW)
    return [
        (_EQUALS, 0, 4, machine.numbers[name]),
        (_LOAD, 0, 0, _FIRST_ARGUMENT + 8 * argument),
        (test, 0, 1, value),
        (_RETURN, 0, 0, passed),
        (_RETURN, 0, 0, failed),
    ]


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))


def _install(machine: _Machine, steps: list[_Step]) -> None:
    whole: list[_Step] = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUALS, 1, 0, machine.audit),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _X32),
        (_RETURN, 0, 0, _ERRNO | errno.EPERM),
        *steps,
        (_RETURN, 0, 0, _ALLOW),
    ]
    packed = b"".join(
        code.to_bytes(2, sys.byteorder) + bytes((yes, no)) + value.to_bytes(4, sys.byteorder)
        for code, yes, no, value in whole
    )
    code = ctypes.create_string_buffer(packed, len(packed))
    program = _Program(len(whole), ctypes.cast(code, ctypes.c_void_p))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    flags = _ALL_THREADS | _NO_SLOWING
    if libc.syscall(machine.numbers["seccomp"], _SET_FILTER, flags, ctypes.byref(program)):
        raise OSError(ctypes.get_errno(), "the kernel takes no filter of system calls")


if __name__ == "__main__":
    hold_office()
    os.execv(sys.argv[1], sys.argv[1:])  # noqa: S606 (no shell is wanted)
