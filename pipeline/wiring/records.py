"""What archivists do with cases: the book of their lists, their acts."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.wiring.moving_in import MovingInParts

if TYPE_CHECKING:
    from collections.abc import Collection

    from pipeline.cases.case import Case
    from pipeline.records.ports import Eraser, RecordParts
    from pipeline.records.store.records_book import RecordsBookFile


class ArchivistParts(MovingInParts):
    """What archivists do with cases: the book of their lists, their acts."""

    @cached_property
    def records_book(self) -> RecordsBookFile:
        """The schedule's versions and the lists with their steps."""
        from pipeline.records.store.records_book import RecordsBookFile

        return RecordsBookFile(self.layout.records, self.layout.locks / "kearsipan")

    @property
    def eraser(self) -> Eraser:
        """What takes the content of destroyed cases away."""
        from pipeline.backup.store.repair import ASIDE
        from pipeline.records.store.content_eraser import ContentEraser

        pictures, aside = self.layout.state / "halaman", self.layout.root / ASIDE
        return ContentEraser(self.layout, pictures, aside, self._forget_typed, self._renew_views)

    def _forget_typed(self, case: Case) -> None:
        """Forget what people typed about a case and did not send."""
        from pipeline.letters.ports import SENT, TYPED

        about = f"/{case.number}/"
        templates = [sheet.template for sheet in self.sop_of(case).sheets]
        for account in self.people.accounts.all():
            for draft in self.drafts.all(account.login):
                if about in f"{draft.form}/" or about in f"{draft.page}/":
                    self.drafts.drop(account.login, draft.name)
            for template in templates:
                for kind in (TYPED, SENT):
                    self.unsaved_edits.drop(case.number, template, account.login, kind)

    def _renew_views(self, years: Collection[int]) -> None:
        """Make the books of these years and the index anew: what was added to them lay beside what it replaced."""
        self._folder_book.write_whole(years)
        self.index.rebuild()

    @property
    def suggested_code(self) -> str:
        """The code of classification that forms begin with: that of the office's letters."""
        return str(self._file.table("nomor").get("klasifikasi", str))

    @property
    def record_parts(self) -> RecordParts:
        """What the archivist's acts need."""
        from pipeline.records.acts import record_acts
        from pipeline.records.ports import RecordParts

        return RecordParts(
            cabinet=self.cabinet,
            book=self.records_book,
            clock=self.clock,
            office=self.settings.office,
            sop=self.sop_of,
            acts=record_acts(),
            eraser=self.eraser,
        )

    def record_sheet(self, name: str, template: str) -> bytes:
        """Return a sheet of a list as PDF.

        Raises:
            NotFound: there is no such list, or no such sheet of it yet.
            TemplateFault: the template cannot be used.
            EngineFault: LibreOffice is missing or failed.
        """
        from pipeline.letters.sheets.record_sheets import values
        from pipeline.records.list_sheets import sheet_of

        day = self.clock.now().date()
        made = values(sheet_of(name, template, self.record_parts, self.rows), self.settings.office)
        with self.report_press() as press:
            return press.print(self.typist_on(day).draft(template, made).docx, None)
