"""Takes away what is kept of a destroyed case beside its folder: pictures, damaged copies, views, typing.

The folder's own documents go with the line that says so (:mod:`pipeline.archive.store.case_folder`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from pipeline.archive.store.case_folder import held_case
from pipeline.archive.store.format_mark import WITHOUT_CONTENT, mark_format
from pipeline.archive.store.layout import Layout
from pipeline.archive.store.witness_log import WitnessLog
from pipeline.cases.case import Case
from pipeline.cases.case_number import Volume
from pipeline.storage import disk


@dataclass(frozen=True, slots=True)
class ContentEraser:
    """The eraser of an office whose cases lie in folders.

    ``pictures`` is where pages are kept as pictures, by the hash of their document; ``aside`` where damaged folders
    were put; ``forget_typed`` forgets what people typed about a case, ``renew_views`` makes book and index anew.
    """

    layout: Layout
    pictures: Path
    aside: Path
    forget_typed: Callable[[Case], None]
    renew_views: Callable[[Collection[Volume]], None]

    def ready(self) -> None:
        """Note in the archive that content may be gone."""
        mark_format(self.layout, WITHOUT_CONTENT)

    def erase(self, case: Case) -> None:
        """Take pictures, damaged copies and typing away."""
        for document in case.gone:
            for picture in self.pictures.glob(f"{document.sha256[:2]}/{document.sha256}-*"):
                disk.remove(picture)
        for copy in self.aside.glob(f"{case.number.key}*") if self.aside.is_dir() else ():
            if copy.name == case.number.key or copy.name.startswith(f"{case.number.key}-"):
                disk.sweep(copy)
        self.forget_typed(case)

    def finish(self, years: Collection[Volume]) -> None:
        """Make the views anew."""
        self.renew_views(years)

    def sweep(self, case: Case) -> list[str]:
        """Take away what lies again in the folder of a destroyed case, and beside it."""
        with held_case(self.layout, WitnessLog(self.layout.changes), case.number) as folder:
            there = folder.sweep_destroyed()
        self.erase(case)
        return there

    def waiting(self, of_list: str) -> int:
        """Return none: what was destroyed is gone from this disk."""
        return 0
