"""The book of an office of many: it lies in the office's folder; its cases, in a database, are brought back alone.

After such a restore the book knows of lists that were carried out, and journals may not. So what was destroyed is asked
of the book itself, and not only of what a restore of the folder noted.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.archive.store.layout import Layout
from pipeline.cases.case_number import CaseNumber
from pipeline.records.came_back import destroyed_by
from pipeline.records.record_list import lists_of
from pipeline.records.store.records_book import RecordsBookFile


class CentralRecordsBook(RecordsBookFile):
    """The book of an office whose cases are kept centrally."""

    def destroyed_since(self) -> Mapping[CaseNumber, str]:
        """Return the cases that lists destroyed, each with its list, once these were carried out whole."""
        lines = self.lines()
        whole = {one.id for one in lists_of(lines).values() if one.done}
        carried_out = {number: name for number, name in destroyed_by(lines).items() if name in whole}
        return {**super().destroyed_since(), **carried_out}


def records_book(layout: Layout) -> CentralRecordsBook:
    """Return the book of an office whose cases are kept centrally."""
    return CentralRecordsBook(layout.records, layout.locks / "kearsipan")
