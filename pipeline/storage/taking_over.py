"""What an office of many has at the centre is taken over once, from the folder in which an earlier version kept it.

From then on no file of a folder counts: one that is still there, or is there again (a folder brought back, another that
stood for the office), is put aside under a name by which it is not taken for the one that was taken.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import Passing, SettingsFault
from pipeline.storage import disk, locks

#: What a file's name that was put aside begins with if nothing was taken from it.
UNUSED = "tidak-dipakai-"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FolderOfBefore:
    """A folder that may have what an earlier version kept there: where it is, and whose it is.

    ``lock`` is held by who looks; ``desk`` by the process that wrote there. ``aside`` gives a folder that is not there
    yet; ``kept`` the file of a name that was put aside last, if one was. ``elsewhere`` says, with what to do, that the
    office is not run from it.
    """

    folder: Path
    lock: Path
    desk: Path
    aside: Callable[[], Path]
    kept: Callable[[str], Path | None]
    elsewhere: Callable[[], tuple[str, str] | None]


@dataclass(frozen=True, slots=True)
class Taking:
    """One thing that is taken over: what it is called, the name of its file (or folder), and how it comes.

    ``taken`` gives the mark of the file of which it was taken (:func:`mark_of`), or None if it is not at the centre.
    ``take`` gets the file, or None if there is none, and whether it was at the centre once before: then the database
    was brought back to a moment before that.
    """

    what: str
    file: str
    taken: Callable[[], str | None]
    take: Callable[[Path | None, bool], None]


def take_over(taking: Taking, before: FolderOfBefore) -> None:
    """Have something of an office at the centre, from the folder where it is not yet.

    A database that was brought back to before it came has none: it is taken again as it was put aside then.

    Raises:
        SettingsFault: it is to come from another folder, from which the office is run; one that has none of its own
            begins with nothing either, for that would stand in its place.
        Passing: a process of an earlier version still works with it; or the centre is away.
    """
    file = before.folder / taking.file
    if not file.exists() and taking.taken() is not None:
        return
    with locks.held(before.lock):
        is_left = file.exists()
        if (taken := taking.taken()) is not None:
            if is_left and mark_of(file) == taken:  # the process that took it ended in between
                put_aside(file, before.aside())
            elif is_left:
                _log.warning("%s kantor ini ada di pusat; %s tidak dipakai lagi dan disisihkan.", taking.what, file)
                put_aside(file, before.aside(), UNUSED)
            return
        if told := before.elsewhere():
            fact, remedy = told
            said = f"{taking.what} kantor ini belum ada di pusat, dan tidak diambil dari folder ini: {fact}."
            raise SettingsFault(said, remedy)
        found = file if is_left else before.kept(taking.file)
        if found and locks.is_run_by_another(before.desk):  # it knows nothing but what is in the file
            fact = f"Program yang sedang berjalan masih memakai {_decapitalised(taking.what)} di folder ini."
            raise Passing(fact, "Bila program itu versi sebelumnya, hentikan, lalu jalankan lagi.")
        taking.take(found, not is_left)
        if found:
            _log.warning("%s kantor ini sekarang di pusat, diambil dari %s.", taking.what, found)
        if is_left:
            put_aside(file, before.aside())


def mark_of(file: Path | None) -> str:
    """Return what stays while a file is renamed, or written to, and no copy of it has; empty for none."""
    return str(file.stat().st_ino) if file else ""


def put_aside(path: Path, folder: Path, before_its_name: str = "") -> None:
    """Move a file, which nobody has open, or a folder into another, with what SQLite may keep beside it."""
    disk.make_folder(folder)
    for one in (*(path.with_name(f"{path.name}{suffix}") for suffix in ("-wal", "-shm")), path):
        if one.exists():
            disk.rename(one, folder / f"{before_its_name}{one.name}")
    for changed in (folder, folder.parent, path.parent):
        disk.sync_folder(changed)


def _decapitalised(what: str) -> str:
    return what[0].lower() + what[1:]
