"""The inbox of an office with its account, and who works on it by hand."""

from __future__ import annotations

from contextlib import nullcontext
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.wiring.processes import ProcessParts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from pipeline.archive.ports import Finding, Newsreader
    from pipeline.archive.store.attempts import Attempts
    from pipeline.cases.case import Case
    from pipeline.intake.inbox_entry import InboxEntry
    from pipeline.intake.inbox_view import AskedFor, InboxView
    from pipeline.intake.mailbox import Mailbox
    from pipeline.intake.mailroom import Mailroom
    from pipeline.intake.open_case import OpenParts
    from pipeline.intake.ports import OfficeAccount, Progress, Uploads
    from pipeline.intake.progress import ProgressBoard
    from pipeline.intake.sight import FileOwners, Sight
    from pipeline.intake.store.inbox import Inbox


class IntakeParts(ProcessParts):
    """The inbox of an office with its account, and who works on it by hand."""

    @cached_property
    def ledger(self) -> OfficeAccount:
        """What was taken from the inbox and what became of it."""
        from pipeline.intake.store.ledger import Ledger

        return Ledger(self.layout.ledger, self.layout.locks / "kotak-masuk", self.layout.ledger_checkpoint)

    @cached_property
    def inbox(self) -> Inbox:
        """Where scans arrive."""
        from pipeline.intake.store.inbox import Inbox

        return Inbox(
            self.layout.inbox,
            self.layout.staging,
            lambda: self.service_shelf.noted(),
            lambda folder: self.file_owners.is_of_another(folder),
        )

    @property
    def file_owners(self) -> FileOwners:
        """To which of the office's services files of the inbox belong, as far as these are in use now."""
        from pipeline.intake.sight import FileOwners

        series = {service.series: service.key for service in self.services}
        return FileOwners(self.pattern, {*series.values(), *self.service_shelf.noted()}, series)

    @property
    def attempts(self) -> Attempts:
        """How often this program ended in the middle of a work."""
        from pipeline.archive.store.attempts import Attempts

        return Attempts(self.layout.state)

    @cached_property
    def board(self) -> ProgressBoard:
        """What is being worked on this moment, in this process."""
        from pipeline.intake.progress import ProgressBoard

        return ProgressBoard()

    @cached_property
    def progress(self) -> Progress:
        """What is being worked on this moment, by whichever process works the inbox off."""
        from pipeline.intake.store.progress_file import PublishedProgress
        from pipeline.storage.locks import is_running

        return PublishedProgress(self.layout.progress, lambda: is_running(self.layout.run_lock))

    def newsreader(self) -> Newsreader:
        """Build what follows the archive's changes, the inbox, and whether anybody works that off."""
        from pipeline.archive.store.witness_log import ChangesNewsreader

        return ChangesNewsreader(
            self.changes,
            lambda: (
                self.progress.version,
                self.inbox.stamp(),
                self.ledger.stamp(),
                bool(self.unwatched),
                bool(self.workers_told),
                bool(self.folder_told),
            ),
        )

    @property
    def workers_told(self) -> str:
        """What the inbox says while cases wait for workers on other machines; here there are none."""
        return ""

    @property
    def folder_told(self) -> str:
        """What the inbox says while the office is run from another folder than this; here there is no other."""
        return ""

    def uploads(self, place: str) -> Uploads:
        """Build where files that are sent to the desk come to lie: ``inbox``, or ``state`` for those with a move."""
        from pipeline.intake.store.uploads import UploadFolder

        return UploadFolder(self.layout.inbox if place == "inbox" else self.layout.state / "unggahan")

    def verify(self, progress: Callable[[int, int], None]) -> list[Finding]:
        """Return everything that is wrong with the archive and its views; ``progress`` gets cases done and in all."""
        from pipeline.evidence.store.verify import verify_archive

        key, given = self.keys.known("segel"), self.ledger.given()
        found = verify_archive(self.layout, progress, views=self.views, seal_key=key, given=given)
        return [*found, *self.ledger.findings(), *self.outside_findings()]

    def outside_findings(self) -> list[Finding]:
        """Return where witnesses outside deny the seals that are here."""
        from pipeline.evidence.outside import denied

        if not (places := self.witnesses()):
            return []
        here, sent = self.seals.everything(), self.sent_seals.last()
        return [finding for witness, _ in places for finding in denied(witness, here, sent)]

    def open_parts(self) -> OpenParts:
        """Build what opening a case without a written complaint needs."""
        from pipeline.intake.open_case import OpenParts

        return OpenParts(self.enrol_parts, self.settings.office)

    def separators(self, count: int) -> bytes:
        """Return so many separator sheets for the scanner's feeder, as a PDF.

        Raises:
            EngineMissing: the font is not installed.
        """
        from pipeline.intake.engines.feeder_sheets import separators

        return separators(count)

    def cover_sheet(self, case: Case) -> bytes:
        """Return the cover sheet that brings what lies behind it in the feeder to a case, as a PDF.

        Raises:
            EngineMissing: the font is not installed.
        """
        from pipeline.intake.engines.feeder_sheets import cover_sheet

        return cover_sheet(self.keys.key("kode-halaman"), case.number, case.received.register_number)

    def recover_ledger(self) -> int:
        """Note in the inbox's ledger what only journals and notes remember; return how many files that were."""
        from pipeline.intake.store.ledger import from_journals
        from pipeline.intake.store.refusal_notes import from_notes

        noted = from_notes(self.layout.inbox, self.hours.zone, self.scan_limits.size)
        return self.ledger.recover([*from_journals(self.cabinet.cases()), *noted])

    @cached_property
    def mailbox(self) -> Mailbox | None:
        """What empties the office's mailbox into the inbox; None where the office has none."""
        from pipeline.intake.mailbox import Mailbox
        from pipeline.storage.locks import held_if_free

        if (server := self.mailbox_server) is None:
            return None
        lock = self.layout.locks / "kotak-surel"
        return Mailbox(
            server=server,
            inbox=self.inbox,
            account=self.ledger,
            uploads=self.uploads("inbox"),
            record=self.mail_record(),
            trouble=self.mailbox_trouble,
            alone=lambda: held_if_free(lock) if self.mails_from_here else nullcontext(False),
            now=self.clock.now,
            most=self.scan_limits.size,
            folder=self.mailbox_folder,
        )

    def mailroom(self, services: Collection[str] | None = None) -> Mailroom:
        """Build what a person needs to have a file tried again, set aside or attached; of all services, or of these."""
        from pipeline.intake.mailroom import Mailroom

        size, sight = self.scan_limits.size, self._sight(services)
        return Mailroom(self.inbox, self.ledger, self.cabinet, self.clock.now, size, sight)

    def inbox_view(
        self, part: AskedFor | None = None, *, whole: bool = False, services: Collection[str] | None = None
    ) -> InboxView:
        """Return what lies in the inbox and what became of what was taken: of what matters today, or what is asked.

        Of all services, or of these.
        """
        from pipeline.intake.inbox_view import AskedFor, inbox_view
        from pipeline.storage.locks import is_running

        now, last = self.clock.now(), self.numbers.last()
        return inbox_view(
            self.inbox,
            self.ledger,
            self.progress,
            self._sight(services),
            now=now,
            running=is_running(self.layout.run_lock),
            last_number=self.pattern.on(now.date()).write(last) if last else None,
            part=part or AskedFor.TODAY,
            whole=whole,
        )

    def inbox_entry(self, key: str, services: Collection[str] | None = None) -> InboxEntry | None:
        """Return the file of all services, or of these, that an address names; None: there is none any more."""
        from pipeline.intake.inbox_view import entry_of
        from pipeline.storage.locks import is_running

        running = is_running(self.layout.run_lock)
        sight = self._sight(services)
        return entry_of(key, self.inbox, self.ledger, self.progress, sight, now=self.clock.now(), running=running)

    def _sight(self, services: Collection[str] | None) -> Sight:
        """Return who sees files of all services, or of these."""
        from pipeline.intake.sight import Sight

        return Sight(self.file_owners, services)
