"""What the office keeps of records in custody beside the archivist's acts: years that were closed, their sheets."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.wiring.records import ArchivistParts

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from pipeline.cases.ports import Inspector
    from pipeline.register.store.year_ends import YearEndRecord
    from pipeline.register.year_end import YearEnd
    from pipeline.work.close_year import CloseYearParts


class CustodyParts(ArchivistParts):
    """Years that were closed."""

    @cached_property
    def year_ends(self) -> YearEndRecord:
        """The years whose register was closed."""
        from pipeline.register.store.year_ends import YearEndRecord

        return YearEndRecord(self.layout.year_ends, self.layout.locks / "tutup-buku", self._no_number_given)

    def _no_number_given(self) -> AbstractContextManager[object]:
        return self.numbers.numbering()

    def close_year_parts(self, reader: Callable[[], Inspector]) -> CloseYearParts:
        """Build what closing a year needs; ``reader`` looks at the scan of its signed sheet."""
        from pipeline.work.close_year import CloseYearParts

        return CloseYearParts(
            self.year_ends, self.rows.rows, self.seal_for_print, self.clock, self.settings.office, reader
        )

    def year_sheet(self, end: YearEnd, kind: str) -> bytes:
        """Return the sheet by which a year was closed, to be signed: ``docx`` or ``pdf``."""
        from pipeline.letters.sheets.texts import CLOSING_SHEET
        from pipeline.letters.sheets.year_closing import values

        day = end.at.date()
        docx = self.typist_on(day).draft(CLOSING_SHEET, values(end, self.settings.office, self.pattern)).docx
        if kind == "docx":
            return docx
        with self.report_press() as press:
            return press.print(docx, None)
