"""Books of an office of many that lie in its folder, taken again from an export after the folder was brought back.

The folder's own backup is older than the seals, which are at the centre and do not go back with it. The newest export
has these books as of last night. A book is only ever made longer: what the folder has must be its beginning.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from pipeline.archive.store.layout import Layout
from pipeline.evidence.store.postgres_seals import PostgresBooks
from pipeline.evidence.store.seals import FolderBooks
from pipeline.storage import disk, locks
from pipeline.storage.version_list import LIST


def take_books_again(layout: Layout, books: PostgresBooks, source: Path) -> list[str]:
    """Make the books of an office's folder as long as an export has them, with the versions beside; return which.

    Raises:
        Busy: a process works on the folder.
        Passing: the disk is full.
    """
    longer = [*_longer(layout, books, Layout(source))]
    with ExitStack() as held:
        for lock in (layout.supervisor_lock, layout.run_lock, layout.desk_lock) if longer else ():
            held.enter_context(locks.sole_process(lock))
        for name in longer:
            there, target = source / name, layout.root / name
            disk.make_folder(target.parent)
            for version in sorted(there.parent.iterdir()) if target.name == LIST else ():
                if version.is_file() and not (target.parent / version.name).exists():
                    disk.copy_new(version, target.parent / version.name)
            disk.replace(target, there.read_bytes())
            disk.sync_folder(target.parent)
    return longer


def _longer(layout: Layout, books: PostgresBooks, source: Layout) -> Iterator[str]:
    for name in FolderBooks(source).names():
        if not books.is_central(name):
            there, path = (source.root / name).read_bytes(), layout.root / name
            here = path.read_bytes() if path.is_file() else b""
            if len(there) > len(here) and there.startswith(here):
                yield name
