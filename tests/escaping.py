"""Operations for a sandboxed child that a hostile file has taken over: each tries one way out and says how it went."""

import ctypes
import os
import resource
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

from pipeline.scans.confinement.framing import Message

LIBC = ctypes.CDLL(None, use_errno=True)


def attempt(act):
    """Make an operation of it that answers "berhasil", or the kind of error that stopped it."""

    def operation(arguments, blobs):
        try:
            act(arguments)
        except OSError as fault:
            return Message(type(fault).__name__)
        return Message("berhasil")

    return operation


def connect(arguments):
    with socket.create_connection(("127.0.0.1", arguments["port"]), 2):
        pass


def datagram(arguments):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        out.sendto(b"nama", ("127.0.0.1", arguments["port"]))


def unix_socket(arguments):
    with socket.socket(socket.AF_UNIX) as out:
        out.connect(arguments["path"])


def rewrite(arguments):
    descriptor = os.open(arguments["path"], os.O_RDWR)
    os.pwrite(descriptor, b"X", 0)


def fork(arguments):
    if (child := os.fork()) == 0:
        os._exit(0)
    os.waitpid(child, 0)


def kill_parent(arguments):
    os.kill(arguments["pid"], signal.SIGTERM)


def raw(number, *values):
    """Make a system call by its number, as code of an attacker would."""
    if LIBC.syscall(number, *values) == -1:
        raise OSError(ctypes.get_errno(), "")


def spin(arguments, blobs):
    while True:
        pass


def thread(arguments, blobs):
    said = []
    other = threading.Thread(target=lambda: said.append("jalan"))
    other.start()
    other.join()
    return Message(said)


def seen(arguments, blobs):
    """List what is there: the root folder, and whether these paths are."""
    return Message({"root": sorted(os.listdir("/")), "there": [os.path.exists(p) for p in arguments["paths"]]})


def alone(arguments, blobs):
    """Tell what is seen of processes, which number we have, and every kind of power; after so many seconds."""
    time.sleep(arguments["seconds"])
    status = Path("/proc/self/status").read_text()
    powers = [line.split()[1] for line in status.splitlines() if line.startswith("Cap")]
    return Message({"processes": os.listdir("/proc"), "number": os.getpid(), "powers": powers})


OPERATIONS = {
    "alone": alone,
    "connect": attempt(connect),
    "datagram": attempt(datagram),
    "unix": attempt(unix_socket),
    "write": attempt(lambda a: Path(a["path"]).write_bytes(b"x")),
    "rewrite": attempt(rewrite),
    "truncate": attempt(lambda a: os.truncate(a["path"], 0)),
    "chmod": attempt(lambda a: os.chmod(a["path"], 0o777)),
    "unlink": attempt(lambda a: os.unlink(a["path"])),
    "rename": attempt(lambda a: os.rename(a["path"], a["path"] + "2")),
    "mkdir": attempt(lambda a: os.mkdir(a["path"])),
    "read": lambda a, b: Message(Path(a["path"]).read_bytes().decode("latin-1")),
    "run": attempt(lambda a: subprocess.run(["/usr/bin/true"], check=True)),
    "fork": attempt(fork),
    "kill": attempt(kill_parent),
    "signal-all": attempt(lambda a: os.kill(-1, signal.SIGCONT)),
    "ptrace": attempt(lambda a: raw(101, 16, a["pid"], 0, 0)),
    "mount": attempt(lambda a: raw(165, b"none", b"/", b"tmpfs", 0, None)),
    "io-uring": attempt(lambda a: raw(425, 1, ctypes.create_string_buffer(120))),
    "clone3": attempt(lambda a: raw(435, ctypes.create_string_buffer(88), 88)),
    "openat2": attempt(lambda a: raw(437, -100, b"/tmp", ctypes.create_string_buffer(24), 24)),
    "old-numbering": attempt(lambda a: raw(0x40000000 + 39)),
    "raise-limit": attempt(lambda a: resource.setrlimit(resource.RLIMIT_AS, (2**40, 2**40))),
    "environment": lambda a, b: Message(dict(os.environ)),
    "arguments": lambda a, b: Message(dict(a)),
    "powers": lambda a, b: Message(Path("/proc/self/status").read_text().split("CapEff:")[1].split()[0]),
    "others": lambda a, b: Message([name for name in os.listdir("/proc") if name.isdigit()]),
    "sleep": lambda a, b: Message(time.sleep(a["seconds"])),
    "spin": spin,
    "thread": thread,
    "seen": seen,
}
