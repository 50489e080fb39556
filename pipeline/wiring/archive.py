"""The archive of an office: case folders, what proves them whole, and their second copy."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.wiring.editions import EditionParts

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime

    from pipeline.archive.engines.folder_binder import FolderBinder
    from pipeline.archive.ports import Changes, Export, Finding
    from pipeline.archive.store.cabinet import FolderCabinet
    from pipeline.archive.store.format_registry import FormatRegistry
    from pipeline.backup.ports import Kept
    from pipeline.backup.store.repair import Repaired
    from pipeline.cases.case import Case
    from pipeline.cases.case_number import CaseNumber
    from pipeline.cases.events import Document
    from pipeline.cases.ports import Cabinet, Filed
    from pipeline.evidence.ports import Seals
    from pipeline.evidence.store.states import StateRecord
    from pipeline.reading.ports import OfficeWeights
    from pipeline.redaction.engines.confined_redactor import ConfinedRedactor
    from pipeline.redaction.ports import Redactor
    from pipeline.redaction.redact import RedactParts
    from pipeline.scans.ports import Previews


class ArchiveParts(EditionParts):
    """The archive of an office: case folders, what proves them whole, and their second copy."""

    @cached_property
    def seals(self) -> Seals:
        """The seals."""
        from pipeline.evidence.store.seals import FolderSeals

        return FolderSeals(self.layout, lambda: self.keys.key("segel"), note_states=self.states.note)

    @cached_property
    def states(self) -> StateRecord:
        """What was in force when."""
        from pipeline.cases.store.sop_editions import edition_texts
        from pipeline.evidence.store.states import StateRecord

        return StateRecord(self.layout, edition_texts, self.account_states)

    def account_states(self) -> Mapping[str, str]:
        """Return a hash of each account and each token, as they are now."""
        from pipeline.access.store.account_states import account_states

        return account_states(self.layout.people)

    @cached_property
    def cabinet(self) -> Cabinet:
        """The cases."""
        return self._folders

    @property
    def keep_again(self) -> Callable[[Filed], None] | None:
        """What puts a file again that was lost where cases are kept; None: a folder's come back from its backup."""
        return None

    @property
    def _folders(self) -> FolderCabinet:
        from pipeline.archive.store.cabinet import FolderCabinet
        from pipeline.archive.store.witness_log import WitnessLog

        return FolderCabinet(self.layout, WitnessLog(self.layout.changes))

    @cached_property
    def changes(self) -> Changes:
        """The list of case heads, which views follow."""
        from pipeline.archive.store.witness_log import WitnessLog

        return WitnessLog(self.layout.changes)

    @cached_property
    def office_weights(self) -> OfficeWeights:
        """What the office has learned of its own cases about reading."""
        from pipeline.reading.store.office_weights import OfficeWeightsFile

        return OfficeWeightsFile(self.layout.reading_weights)

    def renew_bag(self, number: CaseNumber) -> list[str]:
        """Make a case's BagIt files anew; return the names of those that were not as they should be.

        Raises:
            ArchiveFault: the journal itself is not what was witnessed.
        """
        from pipeline.evidence.store.rebuild import renew_bag

        return renew_bag(self.layout, self._folders, number)

    def case(self, number: CaseNumber) -> Case:
        """Return a case as its journal has it now, for looking at it alone.

        Raises:
            NotFound: there is none.
            ArchiveFault: its journal is not as it was written.
        """
        from pipeline.archive.store.case_reading import read_case

        return read_case(self.layout, number)

    def held_up(self, number: CaseNumber) -> Mapping[str, str]:
        """Return, by duty, what the office has to mend before the machine can go on with a case."""
        from pipeline.archive.store.attempts import Attempts

        return Attempts(self.layout.state).held_up(number.key)

    @property
    def waiting_sheets(self) -> Counter[str]:
        """What the office has to mend, with how many sheets of open cases wait for it."""
        from collections import Counter

        return Counter(why for number in self.cabinet.open_cases() for why in self.held_up(number).values())

    def folder_of(self, number: CaseNumber) -> str:
        """Return where a case's folder lies, for people to read."""
        return str(self.layout.case(number))

    def binder(self) -> FolderBinder:
        """Build what binds folders; nothing starts before its first."""
        from pipeline.archive.engines.folder_binder import FolderBinder

        return FolderBinder(self.scan_limits, self.memory)

    @property
    def format_registry(self) -> FormatRegistry:
        """Which formats the filed documents have."""
        from pipeline.archive.store.format_registry import FormatRegistry
        from pipeline.drawing.engines.pdfa_check import verdict

        return FormatRegistry(self.layout.format_registry, self.cabinet, self.changes, verdict, self._beginning)

    def _beginning(self, number: CaseNumber, document: Document) -> bytes:
        """Return the first bytes of a document, by which its format is told."""
        from pipeline.archive.formats import HEAD

        with self.cabinet.blob(number, document).local() as path, open(path, "rb") as file:
            return file.read(HEAD)

    def redactor(self) -> ConfinedRedactor:
        """Build what draws redacted copies; nothing starts before its first."""
        from pipeline.redaction.engines.confined_redactor import ConfinedRedactor

        return ConfinedRedactor(self.scan_limits, self.memory)

    def redact_parts(self, redactor: Callable[[], Redactor]) -> RedactParts:
        """Build what making redacted copies needs; ``redactor`` is asked for one when a document is looked at."""
        from pipeline.redaction.redact import RedactParts

        return RedactParts(self.cabinet, self.clock, self.settings.office, redactor)

    @property
    def export(self) -> Export:
        """Case folders as one file."""
        from pipeline.archive.store.export import ZipExport

        return ZipExport(self.cabinet, self._seal_of)

    def _seal_of(self, number: CaseNumber) -> bytes:
        """Return the line of the newest seal that names a case, made now if what happened to it is not sealed yet."""
        from pipeline.evidence.seal import line_of

        self.seal_what_is_left()
        seal = self.seals.naming(number)
        return line_of(seal) if seal else b""

    def seal_what_is_left(self) -> None:
        """Seal what is not sealed yet; where none can be made, the last one has to do."""
        from contextlib import suppress

        from pipeline.errors import YankomasError

        with suppress(YankomasError, OSError):
            self.seals.seal_now(self.clock.now())

    def previews(self) -> Previews:
        """Build what draws pages of documents as pictures; nothing starts before the first."""
        from pipeline.scans.imaging.previews import CachedPreviews

        # two: a page that takes its whole time to draw holds up whoever asked for it, and nobody else
        return CachedPreviews(self.layout.state / "halaman", self.scan_limits, children=2, budget=self.memory)

    def back_up(self, repository: str, progress: Callable[[int, int], None]) -> Kept:
        """Back the office up into the repository, which is made at the first time, together with its password.

        Raises:
            UsageFault: no place was named, or it lies within what is to be kept.
            SettingsFault: the password is lost or wrong.
            Passing, Busy, EngineFault, ArchiveFault: what restic says.
        """
        from pipeline.backup.store.back_up import back_up

        self.seal_what_is_left()
        return back_up(self.layout, repository, self.settings.backup, self.clock.now(), progress, self.verify_changed)

    def verify_changed(self, since: int | None) -> list[Finding]:
        """Return what is wrong with what a backup keeps, of cases those that changed since then (nanoseconds)."""
        from pipeline.evidence.store.verify import verify_changed

        return verify_changed(self.layout, since, self.keys.known("segel"))

    def repair(self, number: CaseNumber, repository: str, snapshot: str) -> Repaired:
        """Make a case whole from a backup, and verify it.

        Raises:
            NotFound, ArchiveFault, Busy: there is no backup, none has what is missing, or somebody works on the case.
        """
        from pipeline.backup.store.repair import repair

        return repair(self.layout, number, repository, snapshot)

    def check_backup(self, repository: str, progress: Callable[[int, int], None]) -> None:
        """Read the whole repository and hold it against its hashes.

        Raises:
            NotFound: there is none.
            ArchiveFault: it is damaged.
        """
        from pipeline.backup.store.back_up import check_backup

        check_backup(self.layout, repository, progress)

    def moments_ahead(self) -> list[datetime]:
        """Return what in the archive is dated after the present and holds something up, ascending."""
        from pipeline.archive.store.clock_faults import moments_ahead, was_wrong
        from pipeline.register.store.number_records import read_highest

        given, now = lambda year: read_highest(self.layout.highest(year))[1], self.clock.now()
        seal = self.seals.last()  # it holds nothing up, but all later ones bear its date until somebody confirms
        sealed = [seal.at] if seal and seal.at > now and not was_wrong(self.layout.wrong_times, seal.at) else []
        return sorted({*moments_ahead(self.layout, given, now), *sealed})

    def confirm_clock(self, moments: Sequence[datetime], by: str) -> None:
        """Note that the clock is right now, and was wrong when it gave these moments."""
        from pipeline.archive.store.clock_faults import confirm

        confirm(self.layout.wrong_times, moments, self.clock.now(), by)

    def verify_case(self, number: CaseNumber) -> list[Finding]:
        """Return what is wrong with one case folder; every file of it is read."""
        from pipeline.evidence.store.verify import verify_case

        return verify_case(self.layout, number)

    def seal_before(self, day: date) -> str:
        """Return the newest seal made before a day, as a page of the register says it."""
        from pipeline.office.wording import date_in_figures

        seal = self.seals.before(day)
        return f"no. {seal.seq} ({date_in_figures(seal.at)}): {seal.short}" if seal else ""

    def seal_for_print(self) -> str:
        """Seal what is not sealed yet, and return the newest seal as each page of a printed book says it."""
        from pipeline.office.wording import date_in_figures

        self.seal_what_is_left()
        seal = self.seals.last()
        return f"no. {seal.seq} ({date_in_figures(seal.at)} {seal.at:%H.%M}): {seal.short}" if seal else ""
