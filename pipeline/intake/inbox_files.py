"""What may lie in the inbox: a file by its path under it, what names it whatever it is called, and what is left alone.

Names beginning with a dot or ``~$`` and half-written downloads are somebody's work in progress.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime

#: Device, inode, size and mtime in ns: what must be the same for a file to be the file that was looked at.
Identity = tuple[int, int, int, int]
NO_IDENTITY: Identity = (0, 0, 0, 0)
#: The folder of the inbox in which files lie that were set aside.
REFUSED = "ditolak"
#: How programs end the names of files that they are still writing.
UNFINISHED = (".part", ".tmp", ".crdownload", ".filepart", ".partial")


@dataclass(frozen=True, slots=True)
class InboxFile:
    """Something that lies in the inbox, or lay there; ``why`` says why it is no complaint (empty: it may be one).

    ``path`` is its path under the inbox as the disk has it; ``arrived`` when it came to lie there or was last written,
    in seconds since the epoch (0: not known). A copy keeps the mtime of its original, so that does not tell.
    """

    path: str
    identity: Identity = NO_IDENTITY
    arrived: int = 0
    why: str = ""

    @property
    def name(self) -> str:
        """Its name, as it can be written down."""
        return readable(self.path.rpartition("/")[2])

    @property
    def shown(self) -> str:
        """Its path under the inbox, as it can be written down."""
        return readable(self.path)

    @property
    def size(self) -> int:
        """Its size in bytes."""
        return self.identity[2]

    @property
    def mark(self) -> str:
        """What names the file itself, whatever it is called: the same after it was renamed, another after a write."""
        device, inode, _, mtime = self.identity
        return f"{device}-{inode}-{mtime}"

    def since(self, now: datetime) -> datetime:
        """Return when it arrived, in the zone of ``now``; now if that is not known."""
        return datetime.fromtimestamp(self.arrived, now.tzinfo) if self.arrived else now


def readable(name: str) -> str:
    """Return a name as it can be written down: what is not UTF-8 in it is marked."""
    return os.fsencode(name).decode(errors="replace")


def left_alone(name: str) -> str:
    """Say why a file or folder of this name is somebody's work in progress; empty if it is none."""
    if name.startswith("~$"):
        return "berkas kerja program lain, tidak diambil"
    if name.startswith("."):
        return "tersembunyi, tidak diambil"
    return "nama sementara: masih ditulis program lain" if name.lower().endswith(UNFINISHED) else ""
