"""Files that are sent to the desk: written as they come, and put in place by one rename.

Until then they have the ending ``.part``, which the inbox leaves alone.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from pipeline.intake.store.listing import seen
from pipeline.scans.formats.wholeness import has_pdf_end, whole
from pipeline.storage import disk
from pipeline.storage.blobs import StoredFile
from pipeline.storage.disk_full import passing
from pipeline.storage.free_names import rename_free

_PREFIX = "unggahan-"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent whole: the form's field, the name it had there (no path), its hash and size."""

    field: str
    name: str
    sha256: str
    size: int
    _path: Path

    def land(self, folder: str = "") -> str:
        """Put the file beside where it lies, or in a folder there, under its name or a free one; return that name."""
        place = self._path.parent / folder
        disk.make_folder(place)
        landed = rename_free(self._path, place / self.name)
        disk.sync_folder(place)
        return landed.name

    def discard(self) -> None:
        """Remove the file, unless it was put in place."""
        disk.remove(self._path)

    @property
    def mark(self) -> str:
        """What names the file itself; a rename does not change it."""
        return seen(self._path, "").mark

    @property
    def gap(self) -> str:
        """What it lacks to be whole and nothing can mend: it was sent to its last byte, so no more of it comes."""
        return "" if has_pdf_end(self._path) else whole(self._path).why

    @property
    def blob(self) -> StoredFile:
        """The file as verbs take it."""
        return StoredFile(self._path, self.name, self.sha256, self.size)


class UploadFolder:
    """A folder in which files that are sent come to lie: the inbox, or one for files that come with a move."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def prepare(self) -> None:
        """Make the folder if it is missing."""
        disk.make_folder(self._folder)

    def begin(self, name: str) -> Writing:
        """Begin to write a file of that name."""
        return Writing(self._folder / f"{_PREFIX}{secrets.token_hex(8)}.part", name)

    def sweep(self) -> None:
        """Remove what was left of uploads that a crash cut off."""
        if self._folder.is_dir():
            for path in self._folder.glob(f"{_PREFIX}*.part"):
                disk.remove(path)


class Writing:
    """A file that is being written."""

    def __init__(self, path: Path, name: str) -> None:
        self._path, self._name, self.size = path, name, 0
        self._digest = hashlib.sha256()
        self._fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o640)

    @passing
    def write(self, data: memoryview) -> None:
        """Append to the file.

        Raises:
            Passing: the disk is full.
        """
        self._digest.update(data)
        self.size += len(data)
        while data:
            data = data[os.write(self._fd, data) :]

    def discard(self) -> None:
        """Give the file up."""
        os.close(self._fd)
        disk.remove(self._path)

    @passing
    def finished(self, field: str) -> Upload:
        """Return the file, synced.

        Raises:
            Passing: the disk is full.
        """
        os.fsync(self._fd)
        os.close(self._fd)
        return Upload(field, self._name, self._digest.hexdigest(), self.size, self._path)
