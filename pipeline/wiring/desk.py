"""What the desk asks besides cases: people, the access log, Word files, reports."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.wiring.register import RegisterParts

if TYPE_CHECKING:
    from pipeline.access.ports import AccessLog, People
    from pipeline.letters.ports import SheetEditor
    from pipeline.letters.sheets.periodical_report import ReportFiles


class DeskParts(RegisterParts):
    """What the desk asks besides cases: people, the access log, Word files, reports."""

    @cached_property
    def sheet_editor(self) -> SheetEditor:
        """Word files of drafted sheets, paragraph by paragraph."""
        from pipeline.letters.engines.word_text import WordEditor

        return WordEditor()

    @property
    def access_log(self) -> AccessLog:
        """The access log."""
        from pipeline.access.store.access_log import MonthlyAccessLog

        return MonthlyAccessLog(self.layout)

    @property
    def people(self) -> People:
        """The people of the desk."""
        from pipeline.access.store.people import SqlitePeople

        return SqlitePeople(self.layout.people)

    @property
    def report_files(self) -> ReportFiles:
        """What makes the report of a period as a file."""
        from pipeline.letters.engines.word_templates import WordTypist
        from pipeline.letters.sheets.periodical_report import ReportFiles
        from pipeline.register.engines.workbook import workbook

        return ReportFiles(self.settings.office, WordTypist(self.layout.templates), workbook, self.press)
