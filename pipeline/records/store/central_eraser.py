"""Takes away what the folder of an office of many has of a destroyed case; what the store is to delete is noted.

The case's files are noted with the line that destroys them (:mod:`pipeline.archive.store.postgres_cabinet`). The office
has no right to delete them; who looks after the centre does (:mod:`pipeline.backup.store.central_removal`).

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.archive import bagit
from pipeline.archive.store.layout import SET_ASIDE, Layout
from pipeline.archive.store.objects import Objects
from pipeline.cases.case import Case
from pipeline.storage import disk
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_unneeded import needed_again, note_unneeded, waiting_of


@dataclass(frozen=True, slots=True)
class CentralEraser:
    """The eraser of an office of many.

    ``beside`` takes away what lies in the office's folder besides; ``renew_views`` brings book and index up to date and
    has the index forget words that no case has.
    """

    layout: Layout
    database: Database
    objects: Objects
    beside: Callable[[Case], None]
    renew_views: Callable[[], None]

    def ready(self) -> None:
        """Nothing is to be made ready: an earlier version does not open this schema."""

    def erase(self, case: Case) -> None:
        """Take pictures, damaged copies and typing away, and the files that lay here before the office moved in."""
        self.beside(case)
        for folder in self._before_the_move(case):
            for document in case.gone:
                disk.remove(folder / document.name)
            disk.sync_folder(folder)

    def finish(self, years: Collection[int]) -> None:
        """Bring the views up to date."""
        self.renew_views()

    def sweep(self, case: Case) -> list[str]:
        """Have the store delete what it has again of a destroyed case; return the names of what that is."""
        there = [document for document in case.gone if self.objects.size(document.sha256) is not None]
        with self.database.transaction() as running:
            hashes = [document.sha256 for document in there]
            needed_again(running, hashes)
            note_unneeded(running, hashes, case.destroyed_by)
        self.erase(case)
        return [document.name for document in there]

    def waiting(self, of_list: str) -> int:
        """Return how many files that a list has destroyed the store still has."""
        return waiting_of(self.database, of_list)

    def _before_the_move(self, case: Case) -> Iterator[Path]:
        name = Path(case.number.year_folder, case.number.folder, bagit.PAYLOAD)
        paths = (aside / name for aside in sorted(self.layout.root.glob(f"{SET_ASIDE}*")))
        return (path for path in paths if path.is_dir())
