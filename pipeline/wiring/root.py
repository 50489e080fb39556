"""One office with all its parts.

Each module of this package adds the parts of some rooms to those of the rooms below.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pipeline.wiring.sop import SopEditingParts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.cases.case import Case
    from pipeline.cases.case_number import CaseNumber
    from pipeline.cases.decide_parts import DecideParts
    from pipeline.cases.ports import Blob
    from pipeline.intake.at_rest import Patience
    from pipeline.intake.engines.watching import Bell
    from pipeline.intake.intake import Intake
    from pipeline.intake.receive import ReceiveParts
    from pipeline.letters.naming_guard import LetterNamingGuard
    from pipeline.letters.page_codes import PageCodes
    from pipeline.letters.ports import Press
    from pipeline.letters.revise import ReviseParts
    from pipeline.reading.engines.scan_reader import FindComplaints, ScanReader
    from pipeline.reading.office_learning import Outcome
    from pipeline.reading.ports import Reader, Tagger
    from pipeline.register.enrol import EnrolParts
    from pipeline.signing.ports import Validator
    from pipeline.work.engines.supervised import Supervision
    from pipeline.work.service import Pauses, Service
    from pipeline.work.tend import TendParts
    from pipeline.work.transfer import TransferParts
    from pipeline.work.workers import Tenders


#: Seconds that ``run --once`` waits for a file whose end is missing.
ONCE_PATIENCE = 5.0

_LISTS_PAUSE = 60.0  # seconds between looks whether a list of records was decided on and not carried out
_WITNESS_PAUSE = 60.0  # seconds between looks whether a seal is to be left with a witness outside


class Root(SopEditingParts):
    """One office with all its parts, each built when it is first asked for."""

    def reader(self) -> ScanReader:
        """Build a reader; nothing starts before its first letter."""
        from pipeline.reading.beginnings import beginnings
        from pipeline.reading.engines.crf_tagger import CrfTagger
        from pipeline.reading.engines.scan_reader import ScanReader
        from pipeline.reading.engines.section_tagger import SectionTagger

        rows = SectionTagger()  # one model of rows for both
        find, suspect = self.finder(CrfTagger(rows=rows)), partial(beginnings, tagger=rows)
        return ScanReader(find, suspect, workers=self.workers, limits=self.scan_limits, budget=self.memory)

    def as_in_force(self) -> Root:
        """Return this office by what it has in force: on one PC, what lies in its folder."""
        return self

    def finder(self, tagger: Tagger) -> FindComplaints:
        """Build what proposes fields of pages that were read: with what the office has learned, if it wishes that."""
        from pipeline.reading.field_weights import shipped_weights
        from pipeline.reading.find_complaints import find_complaints

        weights = self.office_weights.weights if self.settings.reading.learns else shipped_weights
        return lambda pages, today: find_complaints(pages, today, tagger, weights())

    def learnable_cases(self) -> list[CaseNumber]:
        """Return the cases that clerks have confirmed here, the newest first, without those that are *rahasia*."""
        self.book.refresh()
        rows = (
            row
            for row in reversed(self.book.rows())
            if row.confirmed and not (row.secret or row.imported or row.series)
        )
        return [row.case_number for row in rows]

    def learn(self, numbers: Sequence[CaseNumber], progress: Callable[[int, int], None]) -> Outcome:
        """Learn of confirmed cases how letters are read here.

        Raises:
            YankomasError: there are too few.
        """
        from pipeline.reading.engines.crf_tagger import CrfTagger
        from pipeline.reading.field_weights import shipped_weights
        from pipeline.reading.lessons import LessonBook
        from pipeline.reading.office_learning import learn

        shipped = shipped_weights()
        book, today = LessonBook(self.cabinet, CrfTagger(), shipped), self.clock.now().date()
        return learn(numbers, book, self.office_weights, shipped, today, progress)

    def tend_parts(self, reader: Reader, press: Press, validator: Validator) -> TendParts:
        """Build what tending needs around these engines."""
        from pipeline.drawing.engines.pdfa_check import verdict
        from pipeline.work.tend import TendParts

        return TendParts(
            cabinet=self.cabinet,
            enrolling=self.enrol_parts,
            reader=reader,
            typist=self.typist,
            letters=self.letter_documents,
            press=press,
            validator=validator,
            naming=self.naming_guard,
            clock=self.clock,
            office=self.settings.office,
            calendar=self.calendar,
            sop=self.sop_of,
            version=self.template_version,
            progress=self._show_pages,
            doing=self._show_doing,
            seal=self.seal_before,
            archival=verdict,
        )

    def _show_doing(self, number: CaseNumber, words: str) -> None:
        from pipeline.intake.ports import Stage

        if words:
            self.board.show(str(number), Stage(words))
        else:
            self.board.clear(str(number))

    def _show_pages(self, number: CaseNumber, done: int, of: int) -> None:
        from pipeline.intake.ports import Stage

        if str(number) in self.board.stages():  # of a case that is *rahasia* nothing is shown
            self.board.show(str(number), Stage("membaca", done, of))

    def decide_parts(self, reader: Callable[[], Reader], validator: Callable[[], Validator]) -> DecideParts:
        """Build what deciding needs; ``reader`` and ``validator`` are asked for one only when a file comes along."""
        from pipeline.cases.decide_parts import DecideParts
        from pipeline.letters.certificate_proof import CertificateProof
        from pipeline.letters.ink_proof import InkProof

        return DecideParts(
            cabinet=self.cabinet,
            series=self.series,
            clock=self.clock,
            calendar=self.calendar,
            office=self.settings.office,
            sop=self.sop_of,
            reader=reader,
            letters=self.letter_documents,
            proofs=(
                CertificateProof(validator, self.settings.office, self.clock),
                InkProof(reader, self._page_codes()),
            ),
            naming=self.naming_guard,
        )

    @property
    def naming_guard(self) -> LetterNamingGuard:
        """What keeps those who must not be named out of letters."""
        from pipeline.letters.naming_guard import LetterNamingGuard

        said = self.letter_documents.said
        return LetterNamingGuard(self.sop_of, self.calendar, self.settings.office, self.cabinet.case, said)

    def revise_parts(self, deciding: DecideParts) -> ReviseParts:
        """Build what taking in an edited letter needs."""
        from pipeline.letters.revise import ReviseParts

        return ReviseParts(deciding, self.letter_documents, self.sheet_editor.unsafe, self._page_codes().origin)

    def receive_parts(self, reader: Reader, enrolling: EnrolParts, deciding: DecideParts) -> ReceiveParts:
        """Build what taking a scan in needs, around this reader."""
        from pipeline.intake.receive import ReceiveParts

        return ReceiveParts(enrolling, reader, self._page_codes(), deciding)

    def transfer_parts(self, reader: Callable[[], Reader], validator: Callable[[], Validator]) -> TransferParts:
        """Build what handing cases to other offices needs.

        Raises:
            UsageFault: there are no others.
        """
        from pipeline.errors import UsageFault

        raise UsageFault(
            "Kantor ini tidak disimpan di pusat; tidak ada kantor lain yang dapat menerima perkaranya.",
            "Teruskan dengan surat (gerak `putuskan-nota`, keputusan teruskan), atau lewat folder bersama (--lewat).",
        )

    def make_demo_accounts(self) -> tuple[str, tuple[tuple[str, str, str], ...]]:
        """Make the accounts of a demonstration; return their password, and of each login, name and role."""
        from contextlib import closing

        from pipeline.work.store import setup

        with closing(self.people) as people:
            setup.make_demo_accounts(people, self.clock.now())
        return setup.DEMO_PASSWORD, setup.DEMO_ACCOUNTS

    def sample_letter(self) -> Blob:
        """Return a sample letter that comes with the program: invented people and events."""
        from pipeline.work.store.setup import samples

        path = samples()[0]
        return self.in_memory(path.name, path.read_bytes())

    def _page_codes(self) -> PageCodes:
        from pipeline.letters.page_codes import PageCodes

        return PageCodes(self.keys.key("kode-halaman"), self.book.case_with, self.cabinet.case)

    def service(self, say: Callable[[str], None], *, once: bool, supervised: Supervision | None = None) -> Service:
        """Build the process that has the root.

        Raises:
            SettingsFault: this folder has not the office's keys.
        """
        import threading
        from dataclasses import replace

        from pipeline.intake.engines.doorbell import Doorbell
        from pipeline.intake.engines.watching import Bell, Watch
        from pipeline.intake.progress import until_done
        from pipeline.intake.store.progress_file import Publishing
        from pipeline.work.service import Service
        from pipeline.work.stoppable import StoppablePress, StoppableReader, StoppableValidator
        from pipeline.work.tend import tend

        self.require_office_keys()
        stopping = threading.Event()
        reader, press, validator = self.reader(), self.press(), self.validator()
        parts = self.tend_parts(
            StoppableReader(reader, stopping), StoppablePress(press, stopping), StoppableValidator(validator, stopping)
        )

        def progress(number: CaseNumber, done: int, of: int) -> None:
            parts.progress(number, done, of)
            if done < of:
                tenders.give_way(number)

        tending = replace(parts, progress=progress)
        quick, slow = (StoppableReader(each, stopping) for each in (reader.quickly(), reader.patiently()))
        tenders = self.tenders(until_done(self.board, lambda number: tend(number, tending)), say)
        bell = Bell(self.layout.inbox)
        return Service(
            alone=lambda: self.alone(supervised),
            tidy_up=self.numbers.sweep,
            cabinet=self.cabinet,
            book=self.book,
            index=self.index,
            codes=self.status_codes,
            seal=lambda: self.seals.seal_if_due(self.clock.now()),
            last_seal=lambda: self.seals.seal_now(self.clock.now()),
            intake=self._intake(
                quick, slow, parts.validator, bell, say, tenders.submit, stopping.is_set, self._patience(once=once)
            ),
            tenders=tenders,
            watch=Watch(bell, self.layout.inbox, native=not self.settings.inbox.polling),
            engines=(reader, press, validator),
            interval=self.settings.inbox.interval,
            stopping=stopping,
            beside=(Doorbell(self.layout.doorbell, bell.ring), Publishing(self.board, self.layout.progress)),
            moves=supervised.moves if supervised else lambda: None,
            kept=self.keeping(),
            pauses=self._pauses,
        )

    @property
    def _pauses(self) -> Pauses:
        """How seldom the running office looks for what other processes may have done."""
        from pipeline.work.service import Pauses

        return Pauses()

    def keeping(self) -> tuple[tuple[str, Callable[[], object], float], ...]:
        """Return what the running office keeps up besides its views: name, what is done, seconds between two looks."""
        from pipeline.records.list_steps import resume

        kept: list[tuple[str, Callable[[], object], float]] = [
            ("Saksi luar", lambda: self.witnessing.look(self.clock.now()), _WITNESS_PAUSE),
            ("Daftar arsip", lambda: resume(self.record_parts), _LISTS_PAUSE),
        ]
        if mailbox := self.mailbox:
            kept.append(("Kotak surel", mailbox.look, self.settings.mailbox.seconds))
        return tuple(kept)

    def tenders(self, tend: Callable[[CaseNumber], Case], say: Callable[[str], None]) -> Tenders:
        """Build the workers of this process, who tend cases that are open."""
        from pipeline.work.workers import Tenders

        return Tenders(tend, say, self.workers + 1)

    def _intake(
        self,
        quick: Reader,
        slow: Reader,
        validator: Validator,
        bell: Bell,
        say: Callable[[str], None],
        accepted: Callable[[CaseNumber], None],
        stopping: Callable[[], bool],
        patience: Patience,
    ) -> Intake:
        """Build what works the inbox off; ``quick`` and ``slow`` read in its lanes, ``accepted`` is told of cases."""
        from functools import partial

        from pipeline.intake.arrival_order import Receivers, Turns
        from pipeline.intake.at_rest import Settling
        from pipeline.intake.intake import Intake
        from pipeline.intake.journey import Journey

        def receiving(reader: Reader) -> ReceiveParts:
            deciding = self.decide_parts(lambda: reader, lambda: validator)
            return self.receive_parts(reader, self.enrol_parts, deciding)

        journey = Journey(
            inbox=self.inbox,
            account=self.ledger,
            parts=receiving(quick),
            slow_parts=receiving(slow),
            limits=self.scan_limits,
            board=self.board,
            attempts=self.attempts,
            turns=Turns(),
            say=say,
            accepted=accepted,
        )
        return Intake(
            journey=journey,
            receivers=Receivers(journey.take, journey.work, bell.ring, stopping, lambda file: file.goes_on_slowly),
            settling=Settling(patience, partial(self.inbox.gap, most=self.scan_limits.size)),
            bell=bell,
            say=say,
        )

    def _patience(self, *, once: bool) -> Patience:
        from pipeline.intake.at_rest import Patience

        inbox = self.settings.inbox
        return Patience(
            quiet=inbox.quiet, incomplete=min(inbox.incomplete, ONCE_PATIENCE) if once else inbox.incomplete
        )
