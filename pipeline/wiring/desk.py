"""What the desk asks besides cases: people, the access log, Word files, reports."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.wiring.signing import SigningParts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.access.hand_over import HandOverParts
    from pipeline.access.ports import AccessLog, People
    from pipeline.cases.case import Case
    from pipeline.letters.drafting_help import DraftingHelp
    from pipeline.letters.letter_versions import LetterVersions
    from pipeline.letters.outdated import OutdatedPlace
    from pipeline.letters.ports import SheetEditor, UnsavedEdits
    from pipeline.letters.sheets.periodical_report import ReportFiles


class DeskParts(SigningParts):
    """What the desk asks besides cases: people, the access log, Word files, reports."""

    @cached_property
    def sheet_editor(self) -> SheetEditor:
        """Word files of drafted sheets, paragraph by paragraph."""
        return self.letter_documents

    @property
    def letter_versions(self) -> LetterVersions:
        """The versions of letters, and what differs between them."""
        from pipeline.letters.letter_versions import LetterVersions

        return LetterVersions(self.cabinet, self.letter_documents)

    def outdated_places(self, case: Case) -> tuple[OutdatedPlace, ...]:
        """Return where letters that people made theirs no longer agree with the corrected register."""
        from pipeline.letters.outdated import outdated_places

        letters, sop = self.letter_versions, self.sop_of(case)

        def words(template: str) -> tuple[str, ...]:
            return letters.words(case, template, case.drafts[template].version)

        return outdated_places(case, sop, self.calendar, self.settings.office, words)

    @property
    def drafting_help(self) -> DraftingHelp:
        """What forms offer whoever fills them in."""
        from pipeline.letters.drafting_help import DraftingHelp

        return DraftingHelp(self.settings.office, self.phrases)

    @property
    def unsaved_edits(self) -> UnsavedEdits:
        """Work on letters that is no version yet."""
        from pipeline.letters.store.unsaved_edits import UnsavedEditFiles

        return UnsavedEditFiles(self.layout.state / "suntingan")

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
    def hand_over_parts(self) -> HandOverParts:
        """What handing a role over needs."""
        from pipeline.access.hand_over import HandOverParts

        return HandOverParts(self.handovers, self.people.accounts, self.settings.office, self.clock)

    def joined_prints(self, parts: Sequence[bytes], title: str) -> bytes:
        """Return one PDF with the pages of sheets that were printed here."""
        from pipeline.drawing.engines.pdf_writing import joined

        return joined(parts, title)

    @property
    def report_files(self) -> ReportFiles:
        """What makes the report of a period as a file."""
        from pipeline.letters.sheets.periodical_report import ReportFiles
        from pipeline.register.engines.workbook import workbook

        return ReportFiles(self.settings.office, self.typist_on(self.clock.now().date()), workbook, self.press)
