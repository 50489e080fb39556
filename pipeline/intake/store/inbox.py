"""The inbox: which files lie there, taking one out of the scanner's reach, setting one aside.

Taking is one rename into ``.diambil/<id>/``, and there into a folder named as the one it was dropped in, which may say
which case it is for; what lies there at a start is taken up again.
"""

from __future__ import annotations

import errno
import logging
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pipeline.errors import NotFound, Passing
from pipeline.intake.at_rest import Identity
from pipeline.intake.store.listing import CLAIMED, REFUSED, Lying, identity_of, lying, mark_of
from pipeline.register.ports import Claim
from pipeline.storage import disk
from pipeline.storage.blobs import StoredFile
from pipeline.storage.free_names import (
    NAME_LIMIT,
    NOTED_LIMIT,
    is_free,
    may_note,
    names_like,
    note_of,
    rename_new,
)
from pipeline.system_messages import os_words

_log = logging.getLogger(__name__)


class Inbox:
    """The inbox of one root."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def folder(self) -> Path:
        """Where scans arrive."""
        return self._folder

    def prepare(self) -> None:
        """Make the folders that are missing, and remove what is left of claims that came to their end."""
        disk.make_folder(self._folder / CLAIMED)
        disk.make_folder(self._folder / REFUSED)
        for place in (self._folder / CLAIMED).iterdir():
            if _inside(place) is None:
                disk.sweep(place)

    @property
    def fault(self) -> str:
        """What keeps the inbox from being seen, in Indonesian; empty if nothing does.

        Our working folder is in every inbox we look after: where it is missing, something else lies in the inbox's
        place, such as the empty folder on which a share is mounted.
        """
        try:
            os.scandir(self._folder / CLAIMED).close()
            os.scandir(self._folder).close()
        except OSError as fault:
            return f"Kotak masuk {self._folder} tidak terlihat: {os_words(fault)}."
        return ""

    def files(self) -> dict[Path, Identity]:
        """Return the files that may be letters, also in folders dropped whole, with their identities."""
        return {found.path: found.identity for found in lying(self._folder) if not found.why}

    def lying(self) -> list[Lying]:
        """Return everything that lies in the inbox: what may be a letter, and what is left alone, with the reason."""
        return list(lying(self._folder))

    def taken(self) -> dict[str, Path]:
        """Return the files that are taken and not settled yet by their claims' ids, in the order they were written."""
        found: list[tuple[int, Path, str]] = []
        try:
            for place in (self._folder / CLAIMED).iterdir():
                with suppress(OSError):  # settled and gone this very moment
                    if (path := _inside(place)) is not None:
                        found.append((identity_of(path)[3], self._claim_path(path), place.name))
        except OSError:
            return {}  # the inbox is gone; what is taken comes back with it
        return {claim_id: self._folder / CLAIMED / claim_id / path for _, path, claim_id in sorted(found)}

    def claim(self, path: Path, identity: Identity, claim_id: str = "") -> Claim | None:
        """Take a file; None if it is no longer the one that was looked at, which is then left or put back.

        ``claim_id`` names the act of taking it (16 hex digits); one is drawn if none is given.

        Raises:
            Passing: it cannot be taken or read at present; it is left, or put back.
        """
        claim_id = claim_id or secrets.token_hex(8)
        return self.proven(claim_id, path, identity) if self.take(path, identity, claim_id) else None

    def take(self, path: Path, identity: Identity, claim_id: str) -> bool:
        """Take a file out of reach, which is one rename; False if it is no longer the one that was looked at.

        Raises:
            Passing: it cannot be taken at present; it is left.
        """
        target = self._target(path, claim_id)
        try:
            if identity_of(path) != identity:
                return False
            if not os.access(path, os.R_OK):
                raise _not_now(PermissionError(errno.EACCES, os_words(errno.EACCES)))
            disk.make_folder(target.parent)
            disk.rename(path, target)
        except FileNotFoundError:
            return False
        except OSError as fault:
            raise _not_now(fault) from fault
        finally:
            if not target.exists():
                self._drop_claim(target)
        return True

    def proven(self, claim_id: str, path: Path, identity: Identity) -> Claim | None:
        """Return the claim of a file that was just taken; None if it was changed on the way, and was put back.

        Raises:
            Passing: it cannot be read at present; it is put back.
        """
        target = self._target(path, claim_id)
        try:
            claim = self._claim_of(target)
        except OSError as fault:
            self._return(target)
            raise _not_now(fault) from fault
        if identity_of(target) != identity:
            self._return(target)
            return None
        self._drop_empty(path.parent)
        return claim

    def reclaim(self, claim_id: str) -> Claim:
        """Return the claim of a file that was taken before a crash.

        Raises:
            Passing: it cannot be read at present and goes back to where it lay.
        """
        path = _inside(self._folder / CLAIMED / claim_id)
        if path is None:
            raise _not_now(FileNotFoundError(errno.ENOENT, os_words(errno.ENOENT)))
        try:
            return self._claim_of(path)
        except OSError as fault:
            self._return(path)
            raise _not_now(fault) from fault

    def done(self, claim: Claim) -> None:
        """Remove a claimed file: its bytes lie safe in a case folder."""
        path = _path(claim)
        disk.remove(path)
        self._drop_claim(path)

    def mark(self, claim: Claim) -> str:
        """Return what names the claimed file itself, whatever it is called.

        Raises:
            FileNotFoundError: somebody took it away.
        """
        return mark_of(identity_of(_path(claim)))

    def put_back(self, claim: Claim) -> None:
        """Put a claimed file back under its name, or a free one like it; never over another file."""
        self._return(_path(claim))

    def _return(self, path: Path) -> None:
        folder = self._folder / self._claim_path(path).parent
        if not folder.is_dir():
            disk.make_folder(folder)  # the folder it lay in went when it was taken
        self._move(path, folder, path.name)

    def set_aside(self, claim: Claim, words: str, note: Callable[[str], None] = lambda _: None) -> Path:
        """Move a claimed file to ``ditolak/`` with a text beside it; return where it lies now.

        Both have names that nothing else has; doing it again after a crash takes the same names again. ``note`` is
        told the place, by path under the inbox, before the file goes there.
        """
        target = self._move(_path(claim), self._folder / REFUSED, claim.blob.name, words, note)
        disk.sync_folder(target.parent)
        return target

    def refused(self) -> list[Path]:
        """Return the files that were set aside, by name; not the notes beside them."""
        try:
            files = [p for p in (self._folder / REFUSED).iterdir() if p.is_file()]
        except OSError:
            return []
        notes = {note_of(p) for p in files}
        return sorted(p for p in files if p not in notes and not p.name.startswith("."))

    def relocate(self, path: Path, folder: str = "") -> Path:
        """Move a file of the inbox, or one that was set aside, to be taken from this folder of the inbox.

        The note beside it goes; no other file is covered.

        Raises:
            NotFound: it is gone.
        """
        target = self._folder / folder
        disk.make_folder(target)
        for free in names_like(target / path.name, NAME_LIMIT):
            try:
                rename_new(path, free)
            except FileExistsError:
                continue
            except FileNotFoundError:
                raise NotFound(
                    f"Berkas {readable(path.name)} sudah tidak ada di sana.", "Lihat `yankomas inbox`."
                ) from None
            break
        if path.parent == self._folder / REFUSED:
            disk.remove(note_of(path))
        elif path.parent != target:
            self._drop_empty(path.parent)
        return free

    def _move(
        self, path: Path, folder: Path, name: str, words: str = "", note: Callable[[str], None] = lambda _: None
    ) -> Path:
        for target in names_like(folder / name, NOTED_LIMIT if words else NAME_LIMIT):
            if not is_free(target, path) or (words and not may_note(target, words)):
                continue
            if words:
                disk.replace(note_of(target), words.encode())
                note(target.relative_to(self._folder).as_posix())
            try:
                rename_new(path, target)
            except FileExistsError:
                continue  # somebody took the name this very moment
            self._drop_claim(path)
            return target
        raise AssertionError("names never end")

    def _claim_of(self, path: Path) -> Claim:
        """Return the claim; a name that is not UTF-8 is kept readable in part, for journals and notes are UTF-8."""
        inside = self._claim_path(path)
        blob = StoredFile(path, readable(path.name), disk.sha256_of(path), path.stat().st_size)
        folder = "" if inside.parent == Path() else readable(inside.parent.as_posix())
        return Claim(path.relative_to(self._folder / CLAIMED).parts[0], blob, folder)

    def _claim_path(self, path: Path) -> Path:
        """Return name and folder that a claimed file had in the inbox."""
        return Path(*path.relative_to(self._folder / CLAIMED).parts[1:])

    def _target(self, path: Path, claim_id: str) -> Path:
        """Return where a file lies once it is taken."""
        return (self._folder / CLAIMED / claim_id).joinpath(*path.relative_to(self._folder).parts[:-1][:1], path.name)

    def _drop_claim(self, path: Path) -> None:
        """Remove the empty folders a file was taken into; one that stays is removed at the next start."""
        for folder in path.parents:
            if folder == self._folder / CLAIMED:
                return
            try:
                disk.remove_folder(folder)
            except (Passing, OSError):
                return

    def _drop_empty(self, folder: Path) -> None:
        """Remove the folder a letter was dropped in once its last file is taken."""
        while folder != self._folder and folder.is_relative_to(self._folder):
            try:
                folder.rmdir()
            except OSError:
                return
            folder = folder.parent


def readable(name: str) -> str:
    """Return a name as it can be written down: what is not UTF-8 in it is marked."""
    return os.fsencode(name).decode(errors="replace")


def _inside(place: Path) -> Path | None:
    """Return the file that was taken into this folder."""
    return next((path for path in place.rglob("*") if path.is_file()), None)


def _path(claim: Claim) -> Path:
    with claim.blob.local() as path:
        return path


def _not_now(fault: OSError) -> Passing:
    return Passing(
        f"Sebuah berkas di kotak masuk tidak dapat diambil: {os_words(fault)}.",
        "Periksa izin kotak masuk dan berkasnya; berkas itu dicoba lagi sendiri.",
    )
