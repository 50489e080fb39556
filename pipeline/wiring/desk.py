"""What the desk asks besides cases: people, the access log, Word files, reports."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.wiring.register import RegisterParts

if TYPE_CHECKING:
    from pipeline.access.ports import AccessLog, People
    from pipeline.cases.case import Case
    from pipeline.letters.outdated import Proposal
    from pipeline.letters.ports import SheetEditor
    from pipeline.letters.sheets.periodical_report import ReportFiles


class DeskParts(RegisterParts):
    """What the desk asks besides cases: people, the access log, Word files, reports."""

    @cached_property
    def sheet_editor(self) -> SheetEditor:
        """Word files of drafted sheets, paragraph by paragraph."""
        from pipeline.letters.engines.word_text import WordEditor

        return WordEditor()

    def proposals(self, case: Case) -> tuple[Proposal, ...]:
        """Return where letters that people made theirs no longer agree with the corrected register."""
        from pipeline.cases.ports import content
        from pipeline.letters.outdated import proposals

        def words(template: str) -> tuple[str, ...]:
            document = case.drafts[template].documents[0]
            return self.letter_documents.words(content(self.cabinet.blob(case.number, document)))

        return proposals(case, self.sop_of(case), self.calendar, self.settings.office, words)

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
