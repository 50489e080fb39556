"""What the desk asks besides cases: people, the access log, Word files, reports."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.wiring.signing import SigningParts

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import timedelta

    from pipeline.access.deputies import HandOverParts
    from pipeline.access.ports import AccessLog, Drafts, People
    from pipeline.access.store.account_keys import FolderDrawers
    from pipeline.backup.store.restic_witness import ResticWitness
    from pipeline.cases.case import Case
    from pipeline.evidence.outside import Witnessing
    from pipeline.evidence.ports import Outside
    from pipeline.evidence.store.sent_seals import SentSealsFile
    from pipeline.intake.engines.imap_mailbox import ImapServer
    from pipeline.letters.drafting_help import DraftingHelp
    from pipeline.letters.letter_versions import LetterVersions
    from pipeline.letters.outdated import OutdatedPlace
    from pipeline.letters.ports import SheetEditor, UnsavedEdits
    from pipeline.letters.sheets.periodical_report import ReportFiles
    from pipeline.mail.engines.rounds import Rounds
    from pipeline.mail.engines.smtp import SmtpCarrier
    from pipeline.mail.postman import Postman
    from pipeline.mail.receipts import Receipts
    from pipeline.mail.store.fetched_record import StoredMailRecord
    from pipeline.mail.store.receipt_counts import StoredReceiptCounts
    from pipeline.mail.store.sent_record import StoredSentRecord
    from pipeline.mail.store.trouble_file import TroubleFile
    from pipeline.privacy.matters import Pressing
    from pipeline.privacy.ports import MatterBook
    from pipeline.privacy.store.matter_books import MatterLines


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

        return UnsavedEditFiles(self.layout.state / "suntingan", self._drawers)

    @property
    def access_log(self) -> AccessLog:
        """The access log."""
        from pipeline.access.store.access_log import MonthlyAccessLog

        return MonthlyAccessLog(self.layout)

    @property
    def people(self) -> People:
        """The people of the desk."""
        from pipeline.access.store.people import SqlitePeople

        return SqlitePeople(self.layout.people, log=self.access_log)

    @property
    def has_accounts(self) -> bool:
        """Whether there is anything to be said of accounts."""
        return any(self.layout.people.glob("*.sqlite3"))

    @cached_property
    def drafts(self) -> Drafts:
        """What people typed and have not sent."""
        from pipeline.access.store.drafts import KeptDrafts

        return KeptDrafts(self._drawers)

    @property
    def _drawers(self) -> FolderDrawers:
        from pipeline.access.store.account_keys import FolderDrawers

        return FolderDrawers(self.layout.people / "ketikan", self.keys)

    @property
    def mail_carrier(self) -> SmtpCarrier | None:
        """The office's mail server; None where it sends no mail."""
        from pipeline.mail.engines.smtp import SmtpCarrier

        plan = self.settings.mail
        if not plan.is_on:
            return None
        password, issuers = (self.named(n) if n else None for n in (plan.password_file, plan.issuers))
        return SmtpCarrier(plan, password, issuers, self.layout.archive)

    @property
    def mail_trouble(self) -> TroubleFile:
        """What keeps mail from going out."""
        from pipeline.mail.store.trouble_file import TroubleFile

        return TroubleFile(self.layout.state / "surel")

    @cached_property
    def mailbox_server(self) -> ImapServer | None:
        """The office's mailbox; None where none is emptied."""
        from pipeline.intake.engines.imap_mailbox import ImapServer

        plan = self.settings.mailbox
        if not plan.is_on:
            return None
        password, issuers = (self.named(n) if n else None for n in (plan.password_file, plan.issuers))
        return ImapServer(plan, password, issuers, self.layout.archive)

    @property
    def mailbox_trouble(self) -> TroubleFile:
        """What keeps the mailbox from being emptied."""
        from pipeline.mail.store.trouble_file import TroubleFile

        return TroubleFile(self.layout.state / "kotak-surel")

    @property
    def mails_from_here(self) -> bool:
        """Whether people are told, and the mailbox is emptied, from this folder."""
        return True

    def sent_record(self) -> StoredSentRecord:
        """Build the record of what people were told."""
        from pipeline.mail.store.sent_record import SqliteSentRecord

        return SqliteSentRecord(self.layout.people)

    def mail_record(self) -> StoredMailRecord:
        """Build the record of the mails that were fetched."""
        from pipeline.mail.store.fetched_record import SqliteMailRecord

        return SqliteMailRecord(self.layout.state)

    def receipt_counts(self) -> StoredReceiptCounts:
        """Build the counts of receipts that went out by mail."""
        from pipeline.mail.store.receipt_counts import SqliteReceiptCounts

        return SqliteReceiptCounts(self.layout.state)

    @property
    def links_to(self) -> str:
        """The web desk's address in mail."""
        return self.settings.mail.desk or self.settings.web.url

    def witnesses(self) -> list[tuple[Outside, timedelta]]:
        """Return the witnesses outside that get the office's seals, each with how often."""
        from pipeline.evidence.mailed_seals import MailedSeals
        from pipeline.evidence.outside import MAIL_EVERY, STORE_EVERY

        plan = self.settings.seals
        found: list[tuple[Outside, timedelta]] = []
        if store := self.witness_store:
            found.append((store, STORE_EVERY))
        if plan.address and (carrier := self.mail_carrier):
            found.append((MailedSeals(carrier, plan.address, self._office_today.name), MAIL_EVERY))
        return found

    @property
    def witness_store(self) -> ResticWitness | None:
        """The repository that gets the office's seals; None where there is none."""
        from pipeline.backup.store.restic_witness import ResticWitness

        if not (place := self.settings.seals.repository):
            return None
        return ResticWitness(self.layout, place, shared=place == self.settings.backup.repository)

    @property
    def sent_seals(self) -> SentSealsFile:
        """Which seals reached a witness outside, and when."""
        from pipeline.evidence.store.sent_seals import SentSealsFile

        return SentSealsFile(self.layout.witness_record)

    @property
    def witnessing(self) -> Witnessing:
        """What leaves seals with the witnesses outside."""
        from pipeline.evidence.outside import Witnessing

        return Witnessing(self.seals, self.witnesses, self.sent_seals)

    @property
    def person_requests(self) -> MatterBook:
        """The register of requests of people about the data about them."""
        from pipeline.privacy.store.matter_books import REQUESTS

        return self._matters(REQUESTS)

    @property
    def breaches(self) -> MatterBook:
        """The register of failures to protect personal data."""
        from pipeline.privacy.store.matter_books import BREACHES

        return self._matters(BREACHES)

    @property
    def removal_book(self) -> MatterBook:
        """The book of what was removed when its term was over."""
        from pipeline.privacy.store.matter_books import REMOVALS

        return self._matters(REMOVALS)

    def _matters(self, book: str) -> MatterLines:
        from pipeline.privacy.store.matter_books import MatterFile

        return MatterFile(self.layout, book)

    def pressing(self, roles: Collection[str]) -> list[Pressing]:
        """Return what presses of requests and breaches, for somebody with these roles, the most urgent first."""
        from pipeline.access.rights import Right, may
        from pipeline.privacy import breaches, requests

        found = requests.pressing(self.person_requests.lines()) if may(roles, Right.PERSONAL_DATA) else []
        found += breaches.pressing(self.breaches.lines()) if may(roles, Right.BREACHES) else []
        return sorted(found, key=lambda one: one.clock.due)

    def postman(self) -> Postman:
        """Build what tells people who do not log in; of one process at a time, which is the desk."""
        from pipeline.mail.postman import MailParts, Postman

        return Postman(
            MailParts(
                people=self.people,
                rows=lambda: self.live_rows.of(self.clock.now().date()),
                editions={sop.key: sop for sop in self.all_editions},
                office=self.settings.office,
                calendar=self.calendar,
                clock=self.clock,
                carrier=self.mail_carrier,
                record=self.sent_record(),
                trouble=self.mail_trouble,
                desk=self.links_to,
                is_restored=lambda: self.numbers.restored_from() is not None,
                pressing=self.pressing,
            )
        )

    def receipts(self) -> Receipts | None:
        """Build what sends receipts by mail; None where the office wants none."""
        from pipeline.cases.ports import content
        from pipeline.intake.mailbox import content_hash
        from pipeline.mail.engines.confined_heads import ConfinedHeads
        from pipeline.mail.receipts import ReceiptParts, Receipts

        settings, carrier = self.settings, self.mail_carrier
        if carrier is None or not settings.mailbox.receipts:
            return None
        record = self.mail_record()
        parts = ReceiptParts(
            rows=lambda: self.live_rows.of(self.clock.now().date()),
            cabinet=self.cabinet,
            reader=ConfinedHeads(self.scan_limits, self.memory),
            came_by_mailbox=lambda mail: record.first(content_hash(content(mail))) == mail.sha256,
            office=settings.office,
            clock=self.clock,
            carrier=carrier,
            ours=frozenset((settings.mail.sender.casefold(), settings.mailbox.user.casefold())),
            counts=self.receipt_counts(),
            is_restored=lambda: self.numbers.restored_from() is not None,
        )
        return Receipts(parts)

    def mail_rounds(self) -> Rounds:
        """Build the thread that tells people while its context lasts, by the settings of the day."""
        from pipeline.mail.engines.rounds import Rounds

        office = self.alongside()
        told: tuple[Postman, Receipts | None] | None = None

        def look() -> None:
            nonlocal office, told
            if later := office.successor():
                office, told = later, None
            if not office.mails_from_here:  # another does: what was told meanwhile is read anew
                told = None
                return
            postman, receipts = told = told or (office.postman(), office.receipts())
            postman.look()
            if receipts:
                receipts.look()

        return Rounds(look)

    @property
    def hand_over_parts(self) -> HandOverParts:
        """What handing a role over needs."""
        from pipeline.access.deputies import HandOverParts

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
