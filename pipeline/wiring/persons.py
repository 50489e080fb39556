"""What people say of the office, and their rights over the data about them: the survey, requests, breaches, terms."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.wiring.desk import DeskParts

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from pipeline.evidence.ports import Books
    from pipeline.letters.sheets.office_papers import OfficePapers
    from pipeline.privacy.held_data import Candidate
    from pipeline.privacy.requests import PersonRequest
    from pipeline.privacy.store.removals import LogBooks, OfficeRemovals
    from pipeline.privacy.terms import Due
    from pipeline.register.ports import Workbook
    from pipeline.survey.ports import SurveyBox


class PersonParts(DeskParts):
    """What people say of the office, and their rights over the data about them."""

    @cached_property
    def survey(self) -> SurveyBox:
        """Where answers to the survey are dropped and counted."""
        from pipeline.survey.store.survey_files import SurveyFiles

        return SurveyFiles(self.layout, lambda: self.keys.key("kode-status"))

    @property
    def removals(self) -> OfficeRemovals:
        """What removes what was kept for its term."""
        from pipeline.evidence.sealing import book_faults
        from pipeline.privacy.store.removals import OfficeRemovals

        def faults(wanted: Collection[str]) -> list[str]:
            """Return what is wrong with these books by the seals, or with the access log's own chain."""
            found = dict(book_faults(self.seals.everything(), self.sealed_books))
            own = [fault.fact for fault in self.access_log.verify()]
            return [*(found[book] for book in wanted if book in found), *own]

        return OfficeRemovals(self.removal_book, self.log_books, lambda: self.people.accounts, self.seal_now, faults)

    @property
    def log_books(self) -> LogBooks:
        """The months of the access log."""
        from pipeline.privacy.store.removals import FolderLogBooks

        return FolderLogBooks(self.layout)

    @property
    def sealed_books(self) -> Books:
        """The books of lines that seals cover."""
        from pipeline.evidence.store.seals import FolderBooks

        return FolderBooks(self.layout)

    def seal_now(self) -> None:
        """Seal what is not sealed yet.

        Raises:
            YankomasError: no seal can be made.
        """
        self.seals.seal_now(self.clock.now())

    def due_removals(self) -> Due:
        """Return what was kept for its term and may go."""
        from pipeline.access.store.account_states import ACCOUNT
        from pipeline.evidence.store.states import recorded_states
        from pipeline.privacy.terms import due

        since = {
            state.what.partition(" ")[2]: state.at
            for state, _ in recorded_states(self.layout)
            if state and state.what.partition(" ")[0] == ACCOUNT
        }
        accounts, today = self.people.accounts.all(), self.clock.now().date()
        return due(self.access_log.months(), accounts, since, self.settings.terms, today)

    @property
    def workbook(self) -> Workbook:
        """Writes tables as a spreadsheet."""
        from pipeline.register.engines.workbook import workbook

        return workbook

    @property
    def office_papers(self) -> OfficePapers:
        """What makes papers beside those of the SOP, by today's templates, as Word files and PDF."""
        from pipeline.letters.sheets.office_papers import OfficePapers

        return OfficePapers(self.typist_on(self.clock.now().date()), self.report_press)

    def candidates(self, request: PersonRequest, roles: Collection[str]) -> list[Candidate]:
        """Return the cases that may be of the person who asks, of those that somebody with these roles may read."""
        from pipeline.privacy.held_data import candidates
        from pipeline.search.query import Wanted, asked

        also: set[str] = set()
        if request.nik:
            self.index.up_to_date()
            found = self.index.search(
                Wanted(asked([request.nik], self.pattern.read), roles=frozenset(roles), count=500)
            )
            also = {hit.number for hit in found.hits}
        case_of = lambda row: self.cabinet.case(row.case_number)  # noqa: E731
        return [*candidates(request.name, request.nik, self.rows.rows(), also, roles, case_of)]

    def person_file(self, request: PersonRequest, roles: Collection[str], now: datetime) -> tuple[bytes, str]:
        """Return all that is kept of the person who asks as one file, and its SHA-256.

        Raises:
            NotAllowed: a case of it is closed to these roles.
        """
        from pipeline.access import secrecy
        from pipeline.cases.case_number import read_number
        from pipeline.office.roles import is_role
        from pipeline.privacy.held_data import HeldCase, held_case
        from pipeline.privacy.person_file import person_file

        held: list[HeldCase] = []
        entries = [e for month in self.access_log.months() for e in self.access_log.entries(month)]
        self.book.refresh()
        for text in request.cases:
            case = self.cabinet.case(read_number(text))
            row = self.book.row_of(case)
            secrecy.require_open(roles, row)
            readings = [entry for entry in entries if entry.data.get("case") == text]
            sop = self.sop_of(case)
            held.append(held_case(case, sop, row.register_number, request.name, request.nik, readings))
        openable = [*filter(is_role, roles)]
        return person_file(request, held, openable, now, self.workbook)
