"""Operations for a sandboxed child that behave badly, one for each kind of misfortune."""

import ctypes
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

from pipeline.errors import Refused
from pipeline.scans.confinement.framing import Message


def _refuse(arguments, blobs):
    raise Refused("jenis", "Ini bukan surat.", "Kirim surat.")


def _crash(arguments, blobs):
    """Read what is not there, as a library with a fault does."""
    ctypes.string_at(0)


def _hoard(arguments, blobs):
    return Message(len(bytearray(arguments["bytes"])))


def _fill(arguments, blobs):
    """Write to so much memory as fast as can be, and keep it for a while."""
    kept = bytearray(arguments["bytes"])
    kept[::4096] = b"x" * len(kept[::4096])
    time.sleep(arguments.get("seconds", 0.5))
    return Message(len(kept))


def _pictures(arguments, blobs):
    """Make two pictures of so many bytes, twelve times; return how often new memory was touched for the last ten."""
    for number in range(12):
        if number == 2:
            before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        for picture in [bytearray(arguments["bytes"]) for _ in range(2)]:
            picture[::4096] = b"x" * len(picture[::4096])
        del picture
    return Message(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)


def _chatter(arguments, blobs):
    os.write(1, b"warning: a foreign library prints to standard output\n")
    print("so does Python", flush=True)
    return Message("said")


def _linger(arguments, blobs):
    """Start a grandchild that would outlive its parent, say who it is, and hang."""
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    Path(arguments["tell"]).unlink(missing_ok=True)
    os.mkfifo(arguments["tell"])
    with open(arguments["tell"], "w") as tell:
        tell.write(str(child.pid))
    time.sleep(600)


def _escape(arguments, blobs):
    """Start a grandchild in a session of its own, which no signal to our group reaches, and hang."""
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
    time.sleep(600)


def _work(arguments, blobs):
    """Keep the processor busy for some seconds of its own time."""
    until = time.process_time() + arguments["seconds"]
    while time.process_time() < until:
        pass
    return Message(None)


def _lie(arguments, blobs):
    """Answer with something that is no message."""
    for number in range(3, 20):
        try:
            os.write(number, b"\x80\x04cos\nsystem\n")
        except OSError:
            continue
    time.sleep(600)


OPERATIONS = {
    "echo": lambda arguments, blobs: Message(dict(arguments), blobs),
    "pid": lambda arguments, blobs: Message(os.getpid()),
    "environment": lambda arguments, blobs: Message(sorted(os.environ)),
    "nice": lambda arguments, blobs: Message(os.nice(0)),
    "write": lambda arguments, blobs: Message(Path(arguments["path"]).write_bytes(b"x" * 2**22)),
    "fail": lambda arguments, blobs: 1 // 0,
    "sleep": lambda arguments, blobs: Message(time.sleep(arguments["seconds"])),
    "refuse": _refuse,
    "crash": _crash,
    "hoard": _hoard,
    "fill": _fill,
    "pictures": _pictures,
    "chatter": _chatter,
    "linger": _linger,
    "lie": _lie,
    "work": _work,
    "escape": _escape,
}
