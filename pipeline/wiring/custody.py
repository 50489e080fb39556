"""Records in custody: years that were closed, the papers of loans and lists, what goes to another archive."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.wiring.records import ArchivistParts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from datetime import datetime

    from pipeline.cases.case_number import CaseNumber
    from pipeline.cases.ports import Inspector
    from pipeline.register.boxes import BoxLists
    from pipeline.register.store.year_ends import YearEndRecord
    from pipeline.register.year_end import YearEnd
    from pipeline.work.close_year import CloseYearParts


class CustodyParts(ArchivistParts):
    """Records in custody."""

    @cached_property
    def year_ends(self) -> YearEndRecord:
        """The years whose register was closed."""
        from pipeline.register.store.year_ends import folder_year_ends

        return folder_year_ends(self.layout, self._no_number_given, self._is_known_wrong)

    def moments_ahead(self) -> list[datetime]:
        """Return what is dated after the present and holds something up, also years that were closed then."""
        return sorted({*super().moments_ahead(), *self.year_ends.closed_ahead(self.clock.now())})

    def _is_known_wrong(self, at: datetime) -> bool:
        """Say whether a person has confirmed that the clock which gave a moment was wrong."""
        from pipeline.archive.store.clock_faults import was_wrong

        return was_wrong(self.layout.wrong_times, at)

    def _no_number_given(self) -> AbstractContextManager[object]:
        return self.numbers.numbering()

    def close_year_parts(self, reader: Callable[[], Inspector]) -> CloseYearParts:
        """Build what closing a year needs; ``reader`` looks at the scan of its signed sheet."""
        from pipeline.work.close_year import CloseYearParts

        return CloseYearParts(
            self.year_ends,
            self.numbers.restored_from,
            self.rows.rows,
            self.seal_for_print,
            self.clock,
            self.settings.office,
            reader,
        )

    def year_told(self, end: YearEnd) -> YearEnd:
        """Return a year's end with what the cases that ran on are about, as far as that may be told today."""
        from pipeline.register.year_end import as_now

        return as_now(end, self.rows.rows(end.figures.year)) if end.figures.carried else end

    def year_sheet(self, end: YearEnd, kind: str) -> bytes:
        """Return the sheet by which a year was closed, to be signed: ``docx`` or ``pdf``."""
        from pipeline.letters.sheets.texts import CLOSING_SHEET
        from pipeline.letters.sheets.whose_book import whose_book
        from pipeline.letters.sheets.year_closing import values

        whose = whose_book(self.service_of_series(end.figures.series), end.at.date())
        told = values(self.year_told(end), self.settings.office, self.pattern, whose)
        return self.office_papers.made(CLOSING_SHEET, told, kind)

    def case_paper(self, word: str, number: CaseNumber, kind: str) -> bytes:
        """Return a paper of a case in custody (:data:`pipeline.records.custody_papers.OF_CASE`), ``docx`` or ``pdf``.

        Raises:
            NotFound: there is no such paper of that case.
            TemplateFault: the template cannot be used.
            EngineFault: LibreOffice is missing or failed.
        """
        from pipeline.records.custody_papers import of_case

        return self.office_papers.made(*of_case(word, self.cabinet.case(number), self.record_parts), kind)

    def package(self, name: str) -> Iterator[bytes]:
        """Return one ZIP of the bags of a list of folders that are handed over, each described, and the list.

        Raises:
            NotFound, NotAllowed: there is no such list, or it may not leave yet.
            ArchiveFault: a folder is not whole; before a byte was given.
        """
        from pipeline.records.list_steps import found_list
        from pipeline.records.packages import package

        return package(found_list(name, self.record_parts)[0], self.record_parts, self.export)

    def box_lists(self) -> BoxLists:
        """Build what makes the register of boxes, and their labels."""
        from pipeline.drawing.engines.pdf import pdf
        from pipeline.drawing.engines.pdf_writing import joined
        from pipeline.register.boxes import BoxLists
        from pipeline.register.engines.workbook import workbook

        drawn = lambda sheets, title: joined([pdf(sheet) for sheet in sheets], title)  # noqa: E731
        return BoxLists(self.index, self._office_today, workbook, drawn)
