"""Names that nothing else has: where a file can go without covering another."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

from pipeline.storage import disk

NAME_LIMIT = 255  # bytes; the longest name Linux file systems take
_LONGEST_SUFFIX = 10  # bytes; what is longer after the last dot is part of a sentence
#: Why a file may not be given a second name: shares without links, files of another user (fs.protected_hardlinks).
_NO_LINKS = {errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK}


def rename_new(path: Path, target: Path) -> None:
    """Rename, never over another file where the file system can link; done again after a crash it is no fault."""
    if path == target:
        return  # it has the name already; taken for the rest of a crash it would be removed
    if not _is_same(target, path):
        try:
            disk.link(path, target)
        except OSError as fault:
            if fault.errno not in _NO_LINKS:
                raise
            disk.rename(path, target)
            return
    disk.remove(path)


def rename_free(path: Path, target: Path, limit: int = NAME_LIMIT) -> Path:
    """Rename to this path, or to the first like it that nothing else has (:func:`names_like`); return which it was."""
    for free in names_like(target, limit):
        if is_free(free, path):
            with suppress(FileExistsError):  # somebody took the name this very moment
                rename_new(path, free)
                return free
    raise AssertionError("names never end")


def names_like(target: Path, limit: int) -> Iterator[Path]:
    """Yield the path, then ``name (2).pdf``, ``name (3).pdf`` and so on, each of so many bytes at most."""
    stem, suffix = target.stem, target.suffix
    if len(os.fsencode(suffix)) > _LONGEST_SUFFIX:
        stem, suffix = target.name, ""
    yield target.with_name(_fitting(stem, suffix, limit))
    for number in count(2):
        yield target.with_name(_fitting(stem, f" ({number}){suffix}", limit))


def is_free(target: Path, path: Path) -> bool:
    """Say whether nothing has this name, or the very file that is to get it."""
    return not os.path.lexists(target) or _is_same(target, path)


def _is_same(target: Path, path: Path) -> bool:
    return target.exists() and target.samefile(path)


def _fitting(stem: str, ending: str, limit: int) -> str:
    """Return stem and ending as one name of so many bytes at most; one that fits stays as the disk has it."""
    room, name = limit - len(os.fsencode(ending)), os.fsencode(stem)
    return (stem if len(name) <= room else name[:room].decode(errors="ignore")) + ending
