"""Looking at what lies in the inbox, folders dropped whole opened. Links and devices are never opened."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from pipeline.intake.inbox_files import REFUSED, Identity, InboxFile, left_alone
from pipeline.system_messages import os_words

#: Where files lie that were taken and have not come to their end.
CLAIMED = ".diambil"
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


def listed(inbox: Path) -> Iterator[InboxFile]:
    """Yield everything that lies in the inbox; what we put there ourselves left out."""
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            entries = sorted(os.scandir(inbox / folder), key=lambda e: e.name)
        except FileNotFoundError:
            continue
        except OSError as fault:
            if folder:  # an inbox that went away is told of elsewhere
                why = f"folder tidak dapat dibuka ({os_words(fault)}), tidak diambil"
                yield InboxFile(folder, arrived=_arrived(inbox / folder), why=why)
            continue
        inside = []
        for entry in entries:
            if not folder and entry.name in _OURS:
                continue
            path = f"{folder}/{entry.name}" if folder else entry.name
            try:
                if entry.is_dir(follow_symlinks=False) and not left_alone(entry.name):
                    inside.append(path)
                else:
                    found = entry.stat(follow_symlinks=False)
                    why = _KINDS.get(stat.S_IFMT(found.st_mode), "") or left_alone(entry.name)
                    yield InboxFile(path, identity_of(found), int(found.st_ctime), why)
            except FileNotFoundError:
                continue  # taken, or taken away, this very moment
            except OSError as fault:
                yield InboxFile(path, why=f"tidak dapat dilihat ({os_words(fault)}), tidak diambil")
        folders += reversed(inside)


def seen(path: Path, shown: str) -> InboxFile:
    """Return a plain file, shown by this path under the inbox.

    Raises:
        FileNotFoundError: it is gone, or something else lies there now.
    """
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode):
        raise FileNotFoundError(path)
    return InboxFile(shown, identity_of(found), int(found.st_ctime))


def _arrived(path: Path) -> int:
    try:
        return int(path.lstat().st_ctime)
    except OSError:
        return 0


def identity_of(found: os.stat_result) -> Identity:
    """Return what names a file, whatever it is called."""
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
