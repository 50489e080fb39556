"""The inbox: which files lie there, taking one out of the scanner's reach, setting one aside.

Taking is one rename into ``.diambil/<id>/``, and there into a folder named as the one it was dropped in, which may say
which case it is for; what lies there at a start is taken up again. Names beginning with a dot or ``~$`` and
half-written downloads are somebody's work in progress and are left alone, as are links and devices.
"""

from __future__ import annotations

import errno
import logging
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

from pipeline.actions.ports import Claim
from pipeline.adapters import disk
from pipeline.adapters.archive.folder import StoredFile
from pipeline.adapters.inbox.settling import Identity
from pipeline.errors import Passing

CLAIMED, REFUSED = ".diambil", "ditolak"
_UNFINISHED = (".part", ".tmp", ".crdownload", ".filepart", ".partial")
_NAME_LIMIT = 255  # bytes; the longest name Linux file systems take
_NOTED_LIMIT = _NAME_LIMIT - len("..txt.part")  # of a name that gets a note, which is written as a part-file first
_LONGEST_SUFFIX = 10  # bytes; what is longer after the last dot is part of a sentence
#: Why a file may not be given a second name: shares without links, files of another user (fs.protected_hardlinks).
_NO_LINKS = {errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK}
_log = logging.getLogger(__name__)


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
        return dict(self._walk())

    def claim(self, path: Path, identity: Identity) -> Claim | None:
        """Take a file; None if it is no longer the one that was looked at, which is then left or put back.

        Raises:
            Passing: it cannot be taken or read at present; it is left, or put back.
        """
        place = self._folder / CLAIMED / secrets.token_hex(8)
        target = place.joinpath(*path.relative_to(self._folder).parts[:-1][:1], path.name)
        try:
            if _identity(path) != identity:
                return None
            if not os.access(path, os.R_OK):
                raise _not_now(PermissionError(errno.EACCES, os.strerror(errno.EACCES)))
            disk.make_folder(target.parent)
            disk.rename(path, target)
        except FileNotFoundError:
            return None
        except OSError as fault:
            raise _not_now(fault) from fault
        finally:
            if not target.exists():
                _drop(target.parent)
        try:
            claim = _claim_of(target, place)
        except OSError as fault:
            self._move(target, path.parent, path.name)
            raise _not_now(fault) from fault
        if _identity(target) != identity:
            self.put_back(claim)
            return None
        self._drop_empty(path.parent)
        return claim

    def leftovers(self) -> list[Claim]:
        """Return what was taken before a crash and is not settled yet, oldest first; what cannot be read goes back."""
        claims = []
        for place in sorted((self._folder / CLAIMED).iterdir(), key=lambda p: p.stat().st_mtime_ns):
            inside = [p for p in place.rglob("*") if p.is_file()] if place.is_dir() else []
            if inside:
                try:
                    claims.append(_claim_of(inside[0], place))
                except OSError as fault:
                    _log.warning("Berkas %s belum dapat dibaca: %s", place.name, fault.strerror)
                    self._move(inside[0], self._folder / inside[0].parent.relative_to(place), inside[0].name)
            elif place.is_dir():
                disk.sweep(place)
        return claims

    def done(self, claim: Claim) -> None:
        """Remove a claimed file: its bytes lie safe in a case folder."""
        path = _path(claim)
        disk.remove(path)
        _drop(path.parent)

    def put_back(self, claim: Claim) -> None:
        """Put a claimed file back under its name, or a free one like it; never over another file."""
        path = _path(claim)
        place = self._folder / CLAIMED / claim.id
        self._move(path, self._folder / path.parent.relative_to(place), claim.blob.name)

    def set_aside(self, claim: Claim, words: str) -> Path:
        """Move a claimed file to ``ditolak/`` with a text beside it; return where it lies now.

        Both have names that nothing else has; doing it again after a crash takes the same names again.
        """
        target = self._move(_path(claim), self._folder / REFUSED, claim.blob.name, words)
        disk.sync_folder(target.parent)
        return target

    def _move(self, path: Path, folder: Path, name: str, words: str = "") -> Path:
        if not folder.is_dir():
            disk.make_folder(folder)  # the folder it lay in went when it was taken
        for target in _names_like(folder / name, _NOTED_LIMIT if words else _NAME_LIMIT):
            if not _is_free(target, path) or (words and not _may_note(target, words)):
                continue
            if words:
                disk.replace(_note_of(target), words.encode())
            try:
                _rename_new(path, target)
            except FileExistsError:
                continue  # somebody took the name this very moment
            _drop(path.parent)
            return target
        raise AssertionError("names never end")

    def _walk(self) -> Iterator[tuple[Path, Identity]]:
        folders = [self._folder]
        while folders:
            folder = folders.pop()
            try:
                entries = sorted(os.scandir(folder), key=lambda e: e.name)
            except OSError:
                continue  # the folder went away, or the share did; the next look finds it again
            inside = []
            for entry in entries:
                if entry.name.startswith((".", "~$")) or entry.name.lower().endswith(_UNFINISHED):
                    continue
                try:
                    if entry.is_dir(follow_symlinks=False):
                        if folder != self._folder or entry.name != REFUSED:
                            inside.append(Path(entry.path))
                    elif entry.is_file(follow_symlinks=False):
                        yield Path(entry.path), _identity(Path(entry.path))
                except OSError:
                    continue
            folders += reversed(inside)

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


def _claim_of(path: Path, place: Path) -> Claim:
    """Return the claim; a name that is not UTF-8 is kept readable in part, for journals and notes are UTF-8."""
    shown = os.fsencode(path.name).decode(errors="replace")
    folder = os.fsencode(path.parent.relative_to(place).as_posix()).decode(errors="replace")
    stored = StoredFile(path, shown, disk.sha256_of(path), path.stat().st_size)
    return Claim(place.name, stored, "" if folder == "." else folder)


def _path(claim: Claim) -> Path:
    with claim.blob.local() as path:
        return path


def _not_now(fault: OSError) -> Passing:
    return Passing(
        f"Sebuah berkas di kotak masuk tidak dapat diambil: {fault.strerror}.",
        "Periksa izin kotak masuk dan berkasnya; berkas itu dicoba lagi sendiri.",
    )


def _drop(place: Path) -> None:
    """Remove the empty folders a file was taken into; what stays is removed at the next start."""
    with suppress(Passing, OSError):
        while place.name != CLAIMED:
            disk.remove_folder(place)
            place = place.parent


def _rename_new(path: Path, target: Path) -> None:
    """Rename, never over another file where the file system can link; done again after a crash it is no fault."""
    if not _is_same(target, path):
        try:
            disk.link(path, target)
        except OSError as fault:
            if fault.errno not in _NO_LINKS:
                raise
            disk.rename(path, target)
            return
    disk.remove(path)


def _names_like(target: Path, limit: int) -> Iterator[Path]:
    """Yield the path, then ``name (2).pdf``, ``name (3).pdf`` and so on, each of so many bytes at most."""
    stem, suffix = target.stem, target.suffix
    if len(suffix.encode()) > _LONGEST_SUFFIX:
        stem, suffix = target.name, ""
    yield target.with_name(_fitting(stem, suffix, limit))
    for number in count(2):
        yield target.with_name(_fitting(stem, f" ({number}){suffix}", limit))


def _is_free(target: Path, path: Path) -> bool:
    return not os.path.lexists(target) or _is_same(target, path)


def _is_same(target: Path, path: Path) -> bool:
    return target.exists() and target.samefile(path)


def _note_of(target: Path) -> Path:
    return target.with_name(f"{target.name}.txt")


def _may_note(target: Path, words: str) -> bool:
    """Say whether the note's name is free, or has a note of ours whose file went away or never came."""
    note = _note_of(target)
    if not os.path.lexists(note):
        return True
    title = words.partition("\n")[0].encode()
    return note.is_file() and note.read_bytes().startswith(title)


def _fitting(stem: str, ending: str, limit: int) -> str:
    """Return stem and ending as one name of so many bytes at most."""
    room = limit - len(ending.encode())
    return stem.encode()[:room].decode(errors="ignore") + ending
