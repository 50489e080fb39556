"""The inbox as a folder: which files lie there, taking one out of the scanner's reach, setting one aside.

Taking is one rename into ``.diambil/<id>/``, and there into a folder named as the one it was dropped in, which may say
which case it is for; what lies there at a start is taken up again. What is worked with is a copy of our own
(:mod:`~pipeline.intake.store.sealed_copies`).
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path

from pipeline.acts import Act, Advice
from pipeline.cases.ports import Blob
from pipeline.errors import Changed, NotFound, Passing
from pipeline.intake.inbox_files import REFUSED, InboxFile, readable
from pipeline.intake.store.listing import CLAIMED, listed, seen
from pipeline.intake.store.refusal_notes import NOTED_LIMIT, may_note, note_of
from pipeline.intake.store.sealed_copies import SealedCopies, TakenFile
from pipeline.register.ports import Claim
from pipeline.scans.formats.wholeness import has_pdf_end, whole
from pipeline.scans.refusals import Limits
from pipeline.storage import disk
from pipeline.storage.blobs import TypedText
from pipeline.storage.free_names import is_free, names_like, rename_free, rename_new
from pipeline.system_messages import os_words

#: How a file is opened to be looked at: neither a link's end nor a pipe's.
_LOOK = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_Folders = Callable[[], Collection[str]]


class Inbox:
    """The inbox of one root, in this folder; what each act promises and raises, its port says."""

    def __init__(
        self, folder: Path, copies: Path, stay: _Folders = tuple, of_another: Callable[[str], bool] = lambda _: False
    ) -> None:
        """Look after *folder*; files that are taken are copied to *copies*, where nobody else writes.

        The folders that ``stay`` are kept when they are empty: scanners send to them; for ``of_another`` see the port.
        """
        self._stay, self._of_another = stay, of_another
        self._folder, self._claimed, self._refused = folder, folder / CLAIMED, folder / REFUSED
        self._copies = SealedCopies(copies)

    @property
    def where(self) -> str:
        """Where it is, for people."""
        return str(self._folder)

    def prepare(self) -> None:
        """Make the folders that are missing, and remove what is left of claims that came to their end.

        Raises:
            Passing: what the inbox is a link to is not there: after a power cut a share comes later than this computer.
        """
        if self._folder.is_symlink() and (fault := self._unseen_in(self._folder)):
            raise Passing(fault, "Periksa folder itu; bila ada di komputer lain, periksa sambungannya.")
        disk.make_folder(self._claimed)
        disk.make_folder(self._refused)
        for place in self._claimed.iterdir():
            if _inside(place) is None:
                disk.sweep(place)
        self._copies.prepare({place.name for place in self._claimed.iterdir()})

    @property
    def fault(self) -> str:
        """What keeps the inbox from being seen, in Indonesian; empty if nothing does.

        Our working folder is in every inbox we look after: where it is missing, something else lies in the inbox's
        place, such as the empty folder on which a share is mounted.
        """
        return self._unseen_in(self._claimed) or self._unseen_in(self._folder)

    def _unseen_in(self, folder: Path) -> str:
        try:
            os.scandir(folder).close()
        except OSError as fault:
            return f"Kotak masuk {self._folder} tidak terlihat: {os_words(fault)}."
        return ""

    def stamp(self) -> object:
        """Return what is another value whenever something came into the folder itself, or went."""
        try:
            return self._folder.stat().st_mtime_ns
        except OSError:
            return None

    def lying(self) -> list[InboxFile]:
        """Return all that lies in the inbox: what may be a complaint, and what is left alone, with the reason."""
        return list(listed(self._folder))

    def files(self) -> list[InboxFile]:
        """Return what lies in the inbox and may be a complaint, also in folders dropped whole."""
        return [found for found in listed(self._folder) if not found.why]

    def taken(self) -> dict[str, InboxFile]:
        """Return the files that are taken and not settled yet by their claims' ids, in the order they were written."""
        found: list[tuple[int, str, str, InboxFile]] = []
        try:
            for place in self._claimed.iterdir():
                with suppress(OSError):  # settled and gone this very moment
                    if (path := _inside(place)) is not None:
                        file = seen(path, self._dropped_as(path).as_posix())
                        found.append((file.identity[3], file.path, place.name, file))
        except OSError:
            return {}  # the inbox is gone; what is taken comes back with it
        return {claim_id: file for _, _, claim_id, file in sorted(found, key=lambda each: each[:3])}

    def refused(self) -> list[InboxFile]:
        """Return the files that were set aside, by name; not the notes beside them."""
        try:
            files = [p for p in self._refused.iterdir() if p.is_file()]
        except OSError:
            return []
        notes = {note_of(p) for p in files}
        kept = sorted(p for p in files if p not in notes and not p.name.startswith("."))
        found = []
        for path in kept:
            with suppress(FileNotFoundError):
                found.append(seen(path, self._shown(path)))
        return found

    def is_of_another(self, folder: str) -> bool:
        """Say whether what comes in this folder is of another service than Yankomas (see the port)."""
        return bool(folder) and self._of_another(folder)

    def is_there(self, file: InboxFile) -> bool:
        """Say whether this very file still lies where it was seen."""
        try:
            return seen(self._folder / file.path, file.path).identity == file.identity
        except OSError:
            return False

    def lies_at(self, place: str, mark: str) -> bool:
        """Say whether the file with this mark lies at a place; a share mounted again has other numbers for devices."""
        try:
            return str((self._folder / place).stat().st_mtime_ns) == mark.rpartition("-")[2]
        except OSError:
            return False

    def gap(self, path: str, most: int) -> str:
        """Say what the file at this path still lacks, in Indonesian; empty if it is whole, or not to be read at all."""
        return "" if disk.size(self._folder / path) > most else whole(self._folder / path).why

    def copied(self, file: InboxFile, most: int) -> Blob:
        """Return a file's bytes as they are now; who else can write to the folder cannot change them any more."""
        gone = NotFound(f"Berkas {file.name} sudah tidak ada di sana.", Advice(Act.LOOK_AGAIN, "."))
        try:
            with os.fdopen(os.open(self._folder / file.path, _LOOK), "rb") as source:
                found = os.fstat(source.fileno())
                if not stat.S_ISREG(found.st_mode):
                    raise gone
                Limits(size=most).check_size(found.st_size)
                return TypedText(file.name, source.read(most))
        except OSError:
            raise gone from None

    def take(self, file: InboxFile, claim_id: str) -> bool:
        """Take a file out of reach, which is one rename; False if it is no longer the one that was looked at."""
        path, target = self._folder / file.path, self._target(file, claim_id)
        try:
            if seen(path, file.path).identity != file.identity:
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

    def opened(self, file: InboxFile, claim_id: str, most: int) -> Claim | None:
        """Return the claim of a file that was just taken; None if it was changed on the way, and was put back."""
        target = self._target(file, claim_id)
        try:
            taken = self._read(target, most)
        except Changed:
            return None
        if taken.identity != file.identity:
            self._return(target)
            return None
        self._drop_empty((self._folder / file.path).parent)
        return self._claim(target, taken)

    def reclaim(self, claim_id: str, most: int) -> Claim:
        """Return the claim of a file that was taken before a crash."""
        path = _inside(self._claimed / claim_id)
        if path is None:
            raise _not_now(FileNotFoundError(errno.ENOENT, os_words(errno.ENOENT)))
        return self._claim(path, self._read(path, most))

    def mark(self, claim: Claim) -> str:
        """Return what names the claimed file itself, whatever it is called."""
        return seen(_lies(claim), "").mark

    def has_end(self, claim: Claim) -> bool:
        """Say whether a claimed file that is not as it should be has its end: then its reader may mend it."""
        with claim.blob.local() as path:
            return has_pdf_end(path)

    def is_as_claimed(self, claim: Claim) -> bool:
        """Say whether nobody wrote to a claimed file since it was claimed."""
        return _taken(claim).is_unchanged

    def was_taken_away(self, claim: Claim) -> bool:
        """Say whether somebody took the claimed file away, and not the whole inbox with it."""
        try:
            _lies(claim).lstat()
        except FileNotFoundError:
            return not self.fault
        except OSError:
            pass
        return False

    def done(self, claim: Claim) -> None:
        """Remove a claimed file, whose bytes lie safe in a case folder; one written to since goes back, as another."""
        path = _lies(claim)
        if path.exists() and not _taken(claim).is_unchanged:
            self._return(path)
            return
        disk.remove(path)
        self._copies.drop(claim.id)
        self._drop_claim(path)

    def put_back(self, claim: Claim) -> None:
        """Put a claimed file back under its name, or a free one like it; never over another file."""
        self._return(_lies(claim))

    def set_aside(self, claim: Claim, words: str, note: Callable[[str], None] = lambda _: None) -> str:
        """Move a claimed file to ``ditolak/`` with a text beside it; return its path under the inbox."""
        path = _lies(claim)
        for target in names_like(self._refused / claim.blob.name, NOTED_LIMIT):
            if is_free(target, path) and may_note(target, words):
                disk.replace(note_of(target), words.encode())
                note(self._shown(target))
                with suppress(FileExistsError):  # somebody took the name this very moment
                    rename_new(path, target)
                    self._copies.drop(claim.id)
                    self._drop_claim(path)
                    with suppress(Passing):  # it lies there; should a power cut undo that, it is set aside again
                        disk.sync_folder(self._refused)
                    return self._shown(target)
        raise AssertionError("names never end")

    def relocate(self, file: InboxFile, folder: str = "") -> str:
        """Move a file of the inbox, or one that was set aside, to be taken from this folder; return its path there."""
        path, target = self._folder / file.path, self._folder / folder
        disk.make_folder(target)
        try:
            free = rename_free(path, target / path.name)
        except FileNotFoundError:
            raise NotFound(f"Berkas {file.name} sudah tidak ada di sana.", Advice(Act.LOOK_AGAIN, ".")) from None
        if path.parent == self._refused:
            disk.remove(note_of(path))
        elif path.parent != target:
            self._drop_empty(path.parent)
        return self._shown(free)

    def _read(self, path: Path, most: int) -> TakenFile:
        """Copy a file that was taken; one that cannot be copied, or is written to meanwhile, is put back first."""
        try:
            return self._copies.made(path, self._claim_of(path), most)
        except Passing:
            self._return(path)
            raise
        except OSError as fault:
            self._return(path)
            raise _not_now(fault) from fault

    def _claim(self, path: Path, taken: TakenFile) -> Claim:
        """Return the claim; a name that is not UTF-8 is kept readable in part, for journals and notes are UTF-8."""
        inside = self._dropped_as(path)
        folder = "" if inside.parent == Path() else readable(inside.parent.as_posix())
        return Claim(self._claim_of(path), taken, folder)

    def _claim_of(self, path: Path) -> str:
        return path.relative_to(self._claimed).parts[0]

    def _return(self, path: Path) -> None:
        folder = self._folder / self._dropped_as(path).parent
        if not folder.is_dir():
            disk.make_folder(folder)  # the folder it lay in went when it was taken
        rename_free(path, folder / path.name)
        self._copies.drop(self._claim_of(path))
        self._drop_claim(path)

    def _target(self, file: InboxFile, claim_id: str) -> Path:
        """Return where a file lies once it is taken."""
        *folders, name = Path(file.path).parts
        return (self._claimed / claim_id).joinpath(*folders[:1], name)

    def _dropped_as(self, path: Path) -> Path:
        """Return name and folder that a claimed file had in the inbox."""
        return Path(*path.relative_to(self._claimed).parts[1:])

    def _shown(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix()

    def _drop_claim(self, path: Path) -> None:
        """Remove the empty folders a file was taken into; one that stays is removed at the next start."""
        for folder in path.parents:
            if folder == self._claimed:
                return
            try:
                disk.remove_folder(folder)
            except (Passing, OSError):
                return

    def _drop_empty(self, folder: Path) -> None:
        """Remove the folder a complaint was dropped in once its last file is taken."""
        stay = {self._folder / name for name in self._stay()}
        while folder != self._folder and folder not in stay and folder.is_relative_to(self._folder):
            try:
                folder.rmdir()
            except OSError:
                return
            folder = folder.parent


def _inside(place: Path) -> Path | None:
    """Return the file that was taken into this folder."""
    return next((path for path in place.rglob("*") if path.is_file()), None)


def _taken(claim: Claim) -> TakenFile:
    assert isinstance(claim.blob, TakenFile), "only what this inbox took comes back to it"
    return claim.blob


def _lies(claim: Claim) -> Path:
    return _taken(claim).lies


def _not_now(fault: OSError) -> Passing:
    return Passing(
        f"Sebuah berkas di kotak masuk tidak dapat diambil: {os_words(fault)}.",
        "Periksa izin kotak masuk dan berkasnya; berkas itu dicoba lagi sendiri.",
    )
