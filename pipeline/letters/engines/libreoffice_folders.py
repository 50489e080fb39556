"""The private folders of LibreOffices: made, locked while one is in use, removed also when its program was killed."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

_FOLDER = "yankomas-cetak-"


def folder_in(place: Path) -> tuple[Path, int]:
    """Return a new folder, and the lock by which others see that it is in use; remove those of programs that are gone.

    Raises:
        OSError: nothing can be written there.
    """
    place.mkdir(mode=0o750, parents=True, exist_ok=True)
    with _turn(place):  # between making a folder and locking it, nobody sweeps it away
        for left in place.glob(f"{_FOLDER}*"):
            _sweep(left)
        folder = Path(tempfile.mkdtemp(prefix=f"{_FOLDER}{os.getpid()}-", dir=place))
        lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        fcntl.flock(lock, fcntl.LOCK_EX)
    return folder, lock


def discard(folder: Path) -> None:
    """Remove a folder, and the two sockets that a killed LibreOffice leaves behind.

    One has our name; the other is named by the MD5 of the profile's address in UTF-16, its bytes unpadded.
    """
    shutil.rmtree(folder, ignore_errors=True)
    address = (folder / "profil").as_uri().encode("utf-16-le")
    digest = "".join(f"{byte:x}" for byte in hashlib.md5(address, usedforsecurity=False).digest())
    for name in (folder.name, f"SingleOfficeIPC_{digest}"):
        Path(f"/tmp/OSL_PIPE_{os.getuid()}_{name}").unlink(missing_ok=True)  # noqa: S108 (it knows no other place)


def _sweep(left: Path) -> None:
    """Remove a folder whose program is gone, by ``kill -9`` as well: then nobody locks it."""
    with contextlib.suppress(OSError):
        lock = os.open(left, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            discard(left)
        finally:
            os.close(lock)


@contextlib.contextmanager
def _turn(place: Path) -> Iterator[None]:
    lock = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
