"""What lies in the inbox: files that may be letters, and what is left alone, each with the reason.

Names beginning with a dot or ``~$`` and half-written downloads are somebody's work in progress; links and devices are
never opened.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.intake.at_rest import Identity
from pipeline.system_messages import os_words

CLAIMED, REFUSED = ".diambil", "ditolak"
#: How programs end the names of files that they are still writing.
UNFINISHED = (".part", ".tmp", ".crdownload", ".filepart", ".partial")
#: What is no plain file, and is neither opened nor taken.
_KINDS = {
    stat.S_IFLNK: "tautan, tidak diambil",
    stat.S_IFIFO: "pipa (FIFO), tidak diambil",
    stat.S_IFSOCK: "soket, tidak diambil",
    stat.S_IFCHR: "perangkat, tidak diambil",
    stat.S_IFBLK: "perangkat, tidak diambil",
}
#: What is ours in the inbox itself, and no file that anybody dropped; the last keeps the folder in version control.
_OURS = (CLAIMED, REFUSED, ".gitkeep")
_NOTHING: Identity = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Lying:
    """Something that lies in the inbox; ``why`` says why it is no letter, and is empty where it may be one."""

    path: Path
    identity: Identity
    why: str = ""


def lying(inbox: Path) -> Iterator[Lying]:
    """Yield everything that lies in the inbox, folders dropped whole opened; what we put there ourselves left out."""
    folders = [inbox]
    while folders:
        folder = folders.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda e: e.name)
        except FileNotFoundError:
            continue
        except OSError as fault:
            if folder != inbox:  # an inbox that went away is told of elsewhere
                yield Lying(folder, _NOTHING, f"folder tidak dapat dibuka ({os_words(fault)}), tidak diambil")
            continue
        inside = []
        for entry in entries:
            if folder == inbox and entry.name in _OURS:
                continue
            try:
                if entry.is_dir(follow_symlinks=False) and not _left_alone(entry.name):
                    inside.append(Path(entry.path))
                else:
                    yield _seen(entry)
            except FileNotFoundError:
                continue  # taken, or taken away, this very moment
            except OSError as fault:
                yield Lying(Path(entry.path), _NOTHING, f"tidak dapat dilihat ({os_words(fault)}), tidak diambil")
        folders += reversed(inside)


def _seen(entry: os.DirEntry[str]) -> Lying:
    found = entry.stat(follow_symlinks=False)
    identity = found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
    return Lying(Path(entry.path), identity, _KINDS.get(stat.S_IFMT(found.st_mode), "") or _left_alone(entry.name))


def _left_alone(name: str) -> str:
    """Say why a file or folder of this name is somebody's work in progress; empty if it is none."""
    if name.startswith("~$"):
        return "berkas kerja program lain, tidak diambil"
    if name.startswith("."):
        return "tersembunyi, tidak diambil"
    return "nama sementara: masih ditulis program lain" if name.lower().endswith(UNFINISHED) else ""


def mark_of(identity: Identity) -> str:
    """Return what names a file itself, whatever it is called: the same after it was renamed, another after a write."""
    device, inode, _, mtime = identity
    return f"{device}-{inode}-{mtime}"


def identity_of(path: Path) -> Identity:
    """Return the identity of a plain file.

    Raises:
        FileNotFoundError: it is gone, or something else lies there now.
    """
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode):
        raise FileNotFoundError(path)
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
