"""Runs a command in namespaces of its own: no network, no other process, nothing of the disk but what it needs.

`bubblewrap` (Debian) makes them without root where the kernel allows it; many containers forbid it. Whether it works
is found out by doing it, once.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.scans.confinement.own_namespaces import USER

_PACKAGE = Path(__file__).resolve().parents[2]
_SYSTEM = ("bin", "sbin", "lib", "lib32", "lib64")
#: What programs look up outside /usr: their libraries' index, fonts, the time zone.
_LOOKED_UP = ("/etc/ld.so.cache", "/etc/fonts", "/etc/localtime", "/etc/libreoffice", "/etc/alternatives")
_LIBRARIES = ("site-packages", "dist-packages")
_PATIENCE = 20.0  # seconds
NOT_INSTALLED = "bubblewrap tidak terpasang"


def wrapped(
    command: Sequence[str], *, read: Iterable[Path] = (), write: Iterable[Path] = (), nesting: bool = False
) -> list[str]:
    """Return the command that runs *command* confined; it sees the system, these folders, and no more.

    Whatever it starts dies with it, and it with us. With *nesting* it can fork into namespaces of its own
    (:mod:`~pipeline.scans.confinement.own_namespaces`): not as root, whom nobody without powers may bring along.
    """
    return [
        shutil.which("bwrap") or "bwrap",
        *("--unshare-all", "--die-with-parent", "--cap-drop", "ALL", "--chdir", "/"),
        *(("--unshare-user", "--uid", str(USER), "--gid", str(USER)) if nesting else ()),
        *_system(),
        *("--proc", "/proc", "--dev", "/dev"),
        *(("--tmpfs", "/tmp") if write else ()),  # noqa: S108 (a private one)
        *(part for path in read for part in ("--ro-bind-try", str(path), str(path))),
        *(part for path in write for part in ("--bind", str(path), str(path))),
        *("--remount-ro", "/dev", "--remount-ro", "/"),
        *("--", *command),
    ]


def python_needs() -> tuple[Path, ...]:
    """Return what a Python like ours must see: itself, its libraries, our own package; never the office's folder."""
    places = [Path(sys.prefix), Path(sys.base_prefix), _PACKAGE]
    places += [Path(part) for part in sys.path if Path(part).name in _LIBRARIES]
    if data := os.environ.get("TESSDATA_PREFIX"):
        places.append(Path(data))
    return tuple(dict.fromkeys(p for p in places if p.is_absolute() and not p.is_relative_to("/usr")))


@functools.cache
def obstacle() -> str:
    """Return why commands cannot be confined here, in words for the administrator; nothing if they can."""
    if shutil.which("bwrap") is None:
        return NOT_INSTALLED
    command = wrapped([sys.executable, "-I", "-S", "-c", ""], read=python_needs())
    try:
        tried = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False, env={})
    except (OSError, subprocess.TimeoutExpired):
        return "bubblewrap tidak dapat dijalankan"
    if tried.returncode:
        said = tried.stderr.decode(errors="replace").strip().splitlines()
        return f"sistem ini tidak mengizinkannya ({said[-1][:120] if said else tried.returncode})"
    return ""


def _system() -> Iterable[str]:
    yield from ("--ro-bind", "/usr", "/usr")
    for name in _SYSTEM:
        path = Path("/", name)
        if path.is_symlink():
            yield from ("--symlink", os.readlink(path), str(path))
        elif path.is_dir():
            yield from ("--ro-bind", str(path), str(path))
    for place in _LOOKED_UP:
        yield from ("--ro-bind-try", place, place)
