"""What archivists do with cases: the book of their lists, their acts."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.cases.case_number import Volume
from pipeline.wiring.moving_in import MovingInParts

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from pathlib import Path

    from pipeline.cases.case import Case
    from pipeline.cases.case_number import CaseNumber
    from pipeline.records.acts import Acts
    from pipeline.records.ports import Eraser, RecordParts
    from pipeline.records.store.records_book import RecordsBookFile


class ArchivistParts(MovingInParts):
    """What archivists do with cases: the book of their lists, their acts."""

    @cached_property
    def records_book(self) -> RecordsBookFile:
        """The schedule's versions and the lists with their steps."""
        from pipeline.records.store.records_book import records_book

        return records_book(self.layout)

    @property
    def eraser(self) -> Eraser:
        """What takes the content of destroyed cases away."""
        from pipeline.backup.store.repair import ASIDE
        from pipeline.records.store.content_eraser import ContentEraser

        return ContentEraser(
            self.layout, self._pictures, self.layout.root / ASIDE, self._forget_typed, self._renew_views
        )

    @property
    def _pictures(self) -> Path:
        return self.layout.state / "halaman"

    def forget_destroyed(self) -> None:
        """Make all views anew, and forget the pictures of pages: content was taken away of which they may tell."""
        from pipeline.storage import disk

        disk.sweep(self._pictures)
        self._renew_views(self.layout.years())

    def _forget_typed(self, case: Case) -> None:
        """Forget what people typed about a case and did not send, and what came twice and was set aside."""
        self._drop_duplicates(case)
        about = f"/{case.number}/"
        templates = [sheet.template for sheet in self.sop_of(case).sheets]
        for account in self.people.accounts.all():
            for draft in self.drafts.all(account.login):
                if about in f"{draft.form}/" or about in f"{draft.page}/":
                    self.drafts.drop(account.login, draft.name)
            self.unsaved_edits.drop_all(case.number, templates, account.login)

    def _drop_duplicates(self, case: Case) -> None:
        """Take away what lies set aside in the inbox and is, byte by byte, what the case had."""
        from pipeline.intake.store.refusal_notes import note_of
        from pipeline.storage import disk

        gone = {(document.bytes, document.sha256) for document in case.gone}
        sizes = {size for size, _ in gone}
        for file in self.inbox.refused():
            path = self.layout.inbox / file.path
            if file.size in sizes and path.is_file() and (file.size, disk.sha256_of(path)) in gone:
                disk.remove(path)
                disk.remove(note_of(path))

    def _renew_views(self, years: Collection[Volume]) -> None:
        """Make the books of these years and the index anew: what was added to them lay beside what it replaced."""
        self._folder_book.write_whole(years)
        self.index.rebuild()

    def suggested_code(self, numbers: Collection[CaseNumber]) -> str:
        """Return the code of classification that forms about these cases begin with: that of the office's letters.

        Of cases of one other service it is that service's; of several services' none.
        """
        services = {number.series: self.service_of(number) for number in numbers}
        if len(services) > 1:
            return ""
        if service := next(iter(services.values()), None):
            return service.classification
        return str(self._file.table("nomor").get("klasifikasi", str))

    @property
    def record_acts(self) -> Acts:
        """What archivists may do to records, and their lists, with the roles of this office."""
        from pipeline.records.acts import record_acts

        return record_acts().of(self.office_roles)

    @property
    def record_parts(self) -> RecordParts:
        """What the archivist's acts need."""
        from pipeline.records.checks import lending_to
        from pipeline.records.ports import RecordParts

        return RecordParts(
            cabinet=self.cabinet,
            book=self.records_book,
            clock=self.clock,
            office=self.settings.office,
            sop=self.sop_of,
            acts=lending_to(self.record_acts, (role for service in self.services for role in service.roles)),
            eraser=self.eraser,
            row=self.book.row_of,
            holds=self._holds,
        )

    def _holds(self, name: str, role: str, day: date) -> bool:
        """Say whether an official or an account of that name has a role on a day."""
        from contextlib import closing

        from pipeline.office.wording import one_line

        wanted, appointed = one_line(name).casefold(), self.settings.office.appointed
        if any(o.role == role and o.holds_on(day) and one_line(o.name).casefold() == wanted for o in appointed):
            return True
        with closing(self.people) as people:
            named = [a for a in people.accounts.all() if one_line(a.name).casefold() == wanted and not a.locked]
        return any(role in account.roles_on(day, appointed, self.office_roles) for account in named)

    def record_sheet(self, name: str, template: str) -> bytes:
        """Return a sheet of a list as PDF.

        Raises:
            NotFound: there is no such list, or no such sheet of it yet.
            TemplateFault: the template cannot be used.
            EngineFault: LibreOffice is missing or failed.
        """
        from pipeline.letters.sheets.record_sheets import values
        from pipeline.records.custody_papers import OF_LISTS, of_list
        from pipeline.records.list_sheets import sheet_of

        parts = self.record_parts
        if template in OF_LISTS:
            made = of_list(template, name, parts)
        else:
            made = values(sheet_of(name, template, parts, self.rows), self.settings.office)
        return self.office_papers.made(template, made, "pdf")
