"""Our own copies of the files that were taken: what is hashed, looked into, taken apart and filed is one and the same.

Taking a file by a rename does not take it from whoever has it open: through an open descriptor it can still be written,
at any moment and back again. So it is read once, into a file that nobody else knows, and from then on only that is
used. The file itself is looked at again before it goes: what was written to it meanwhile is another letter.

What is larger than may be is not read at all; its size is known before its first byte.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import Changed
from pipeline.intake.inbox_files import Identity, readable
from pipeline.intake.store.listing import identity_of, seen
from pipeline.storage import disk
from pipeline.storage.blobs import StoredFile

_NAME = re.compile(r"masuk-(.+)")


@dataclass(frozen=True, slots=True)
class TakenFile(StoredFile):
    """A file that was taken, by the copy that is worked with; ``lies`` is where it lies itself, ``identity`` which.

    One that is larger than may be has no hash (empty) and no copy.
    """

    lies: Path
    identity: Identity

    @property
    def is_unchanged(self) -> bool:
        """Whether nobody wrote to it since it was copied. A second name, which we may give it, changes its ctime only.

        Raises:
            FileNotFoundError: somebody took it away.
        """
        return seen(self.lies, "").identity == self.identity


class SealedCopies:
    """The copies of one archive, in a working folder of its own disk; by claim."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def prepare(self, claims: Collection[str]) -> None:
        """Make the folder if it is missing, and remove the copies that no claim has any more."""
        disk.make_folder(self._folder)
        for path in self._folder.iterdir():
            if (found := _NAME.fullmatch(path.name)) and found[1] not in claims:
                disk.remove(path)

    def made(self, path: Path, claim_id: str, most: int) -> TakenFile:
        """Copy and hash a file that was taken, unless it has more than *most* bytes.

        Raises:
            Changed: somebody wrote to it while it was copied.
            Passing: there is no room for the copy.
            OSError: it cannot be read, or is no plain file.
        """
        source = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            before = os.fstat(source)
            if not stat.S_ISREG(before.st_mode):
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
            size, name, copy = before.st_size, readable(path.name), self._of(claim_id)
            if size > most:
                return TakenFile(path, name, "", size, path, identity_of(before))
            sha256, copied = disk.copy_open(source, copy, most)
            if copied != size or _moment(os.fstat(source)) != _moment(before):
                raise Changed("Berkas masih ditulis ketika disalin.", "Berkas ditunggu sampai selesai ditulis.")
            return TakenFile(copy, name, sha256, size, path, identity_of(before))
        finally:
            os.close(source)

    def drop(self, claim_id: str) -> None:
        """Remove the copy of a claim that came to its end; what a crash left of it goes with the next start."""
        disk.remove(self._of(claim_id))

    def _of(self, claim_id: str) -> Path:
        return self._folder / f"masuk-{claim_id}"


def _moment(found: os.stat_result) -> tuple[int, int, int]:
    """Return what any writing changes: size and times; nobody can set a ctime back."""
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns
