"""The inbox: which files lie there, taking one out of the scanner's reach, setting one aside.

Taking is one rename into ``.diambil/<id>/``; what lies there at a start is taken up again. Names beginning with a dot
or ``~$`` and half-written downloads are somebody's work in progress and are left alone, as are links and devices.
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path

from pipeline.actions.ports import Claim
from pipeline.adapters import disk
from pipeline.adapters.folder import StoredFile
from pipeline.adapters.settling import Identity

CLAIMED, REFUSED = ".diambil", "ditolak"
_UNFINISHED = (".part", ".tmp", ".crdownload", ".filepart", ".partial")
_NAME_LIMIT = 255  # bytes; the longest name Linux file systems take


class Inbox:
    """The inbox of one root."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def prepare(self) -> None:
        """Make the folders that are missing."""
        disk.make_folder(self._folder / CLAIMED)
        disk.make_folder(self._folder / REFUSED)

    def files(self) -> dict[Path, Identity]:
        """Return the files that may be letters, also in folders dropped whole, with their identities."""
        return dict(self._walk(self._folder))

    def claim(self, path: Path, identity: Identity) -> Claim | None:
        """Take a file; None if it is no longer the one that was looked at, which is then left or put back."""
        name = secrets.token_hex(8)
        place = self._folder / CLAIMED / name
        disk.make_folder(place)
        target = place / path.name
        try:
            if _identity(path) != identity:
                return None
            disk.rename(path, target)
        except FileNotFoundError:
            return None
        finally:
            if not target.exists():
                disk.remove_folder(place)
        claim = _claim_of(target, name)
        if _identity(target) != identity:
            self.put_back(claim)
            return None
        disk.sync_folder(place)
        self._drop_empty(path.parent)
        return claim

    def leftovers(self) -> list[Claim]:
        """Return what was taken before a crash and is not settled yet, oldest first."""
        claims = []
        for place in sorted((self._folder / CLAIMED).iterdir(), key=lambda p: p.stat().st_mtime_ns):
            inside = [p for p in place.iterdir() if p.is_file()] if place.is_dir() else []
            if inside:
                claims.append(_claim_of(inside[0], place.name))
            elif place.is_dir():
                disk.remove_folder(place)
        return claims

    def done(self, claim: Claim) -> None:
        """Remove a claimed file: its bytes lie safe in a case folder."""
        path = _path(claim)
        disk.remove(path)
        disk.remove_folder(path.parent)

    def put_back(self, claim: Claim) -> None:
        """Put a claimed file back under its name, or a free one like it."""
        self._move(claim, _free(self._folder / claim.blob.name))

    def set_aside(self, claim: Claim, words: str) -> Path:
        """Move a claimed file to ``ditolak/`` with a text beside it; return where it lies now."""
        target = _free(self._folder / REFUSED / claim.blob.name)
        disk.replace(target.with_name(_fitting(target.name, ".txt")), words.encode())
        self._move(claim, target)
        disk.sync_folder(target.parent)
        return target

    def _move(self, claim: Claim, target: Path) -> None:
        path = _path(claim)
        disk.rename(path, target)
        disk.remove_folder(path.parent)

    def _walk(self, folder: Path) -> Iterator[tuple[Path, Identity]]:
        try:
            entries = sorted(os.scandir(folder), key=lambda e: e.name)
        except OSError:
            return  # the folder went away, or the share did; the next look finds it again
        for entry in entries:
            if entry.name.startswith((".", "~$")) or entry.name.lower().endswith(_UNFINISHED):
                continue
            try:
                if entry.is_dir(follow_symlinks=False):
                    if folder != self._folder or entry.name != REFUSED:
                        yield from self._walk(Path(entry.path))
                elif entry.is_file(follow_symlinks=False):
                    yield Path(entry.path), _identity(Path(entry.path))
            except FileNotFoundError:
                continue

    def _drop_empty(self, folder: Path) -> None:
        """Remove the folder a letter was dropped in once its last file is taken."""
        while folder != self._folder and folder.is_relative_to(self._folder):
            try:
                folder.rmdir()
            except OSError:
                return
            folder = folder.parent


def _identity(path: Path) -> Identity:
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode):
        raise FileNotFoundError(path)
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _claim_of(path: Path, name: str) -> Claim:
    return Claim(name, StoredFile(path, path.name, disk.sha256_of(path), path.stat().st_size))


def _path(claim: Claim) -> Path:
    with claim.blob.local() as path:
        return path


def _free(target: Path) -> Path:
    """Return the target, or the first ``name (2).pdf`` that is free; never a name that is in use."""
    candidate, count = target, 1
    while candidate.exists() or candidate.is_symlink():
        count += 1
        candidate = target.with_name(_fitting(target.stem, f" ({count}){target.suffix}"))
    return candidate


def _fitting(stem: str, ending: str) -> str:
    """Return stem and ending as one name that the file system takes."""
    room = _NAME_LIMIT - len(ending.encode())
    return stem.encode()[:room].decode(errors="ignore") + ending
