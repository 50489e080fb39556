"""Offices for tests: a root folder with settings, wired with fakes or for real."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

from central_servers import servers_of_this_run
from fakes import (
    FakeLetters,
    FakePress,
    FakeProof,
    FakeReader,
    FakeTypist,
    FakeValidator,
    FixedChance,
    FixedClock,
)
from patience import PATIENCE
from presses import OfficePress

from pipeline.archive.ports import Finding
from pipeline.archive.store.attempts import Attempts
from pipeline.cases.actor import Actor
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.decide import decide
from pipeline.cases.decide_parts import DecideParts
from pipeline.cases.ports import Blob, content
from pipeline.drawing.engines.pdfa_check import SOUND
from pipeline.intake.arrival_order import Receivers, Turns
from pipeline.intake.at_rest import Patience, Settling
from pipeline.intake.engines.watching import Bell, Watch
from pipeline.intake.intake import Intake
from pipeline.intake.journey import Journey
from pipeline.intake.open_case import OpenParts, open_case
from pipeline.intake.receive import ReceiveParts
from pipeline.letters.certificate_proof import CertificateProof
from pipeline.letters.engines.confined_word import ConfinedWord
from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.engines.word_text import passages, rewritten
from pipeline.letters.naming_guard import LetterNamingGuard
from pipeline.letters.page_codes import PageCodes
from pipeline.letters.revise import Edit, ReviseParts, revise
from pipeline.office.ports import Clock
from pipeline.register.case_view import CaseView, case_view
from pipeline.register.enrol import EnrolParts
from pipeline.register.ports import Claim
from pipeline.register.store.restored import note_restored
from pipeline.scans.formats.wholeness import whole
from pipeline.scans.refusals import Limits
from pipeline.search.answer import Answer
from pipeline.search.query import Wanted, asked
from pipeline.signing.ports import Validator
from pipeline.wiring import Root, office_in
from pipeline.work.service import Service
from pipeline.work.store.setup import lay_out_filled as lay_out
from pipeline.work.tend import TendParts, tend
from pipeline.work.workers import Tenders

#: Whether the offices of these tests keep their cases centrally.
CENTRAL = os.environ.get("YANKOMAS_TES_PUSAT") == "1"

#: The key with which a fake office stamps its pages.
KEY = b"k" * 32


#: The opener of Word files of all tests: starting its child for each would take longer than most of them.
WORD = ConfinedWord()


def somebody(role: str) -> Actor:
    """Who acts in a role in tests: the heads are other people than those who draft."""
    return Actor(role, role if role in ("kakanwil", "kabid") else "penguji")


@cache
def _new_office() -> list[tuple[str, int, bytes | None]]:
    """Return what lies in an office that was just laid out, folders first: names, modes, and what files hold.

    The modes are those asked for, whatever the umask of the test that is first; each office has those of its own.
    """
    with tempfile.TemporaryDirectory() as place:
        office, before = Path(place) / "kantor", os.umask(0)
        try:
            lay_out(office)
        finally:
            os.umask(before)
        paths = sorted(office.rglob("*"), key=lambda path: (path.is_file(), path))
        return [
            (str(path.relative_to(office)), path.stat().st_mode & 0o777, path.read_bytes() if path.is_file() else None)
            for path in paths
        ]


def _lay_out_new(folder: Path) -> None:
    """Lay out an office like the first of this process: copying forty templates costs more than most tests do."""
    folder.mkdir(parents=True)
    for name, mode, data in _new_office():
        if data is None:
            os.mkdir(f"{folder}/{name}", mode)
            continue
        file = os.open(f"{folder}/{name}", os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        os.write(file, data)
        os.close(file)


def laid_out(folder: Path) -> Path:
    """Lay out an office with its settings, which keeps its cases where those of these tests do; return its folder."""
    if folder.exists():
        lay_out(folder)
    else:
        _lay_out_new(folder)
    if CENTRAL and not Root(folder).is_central:
        servers_of_this_run().join(folder)
    return folder


#: Where an office of the centre says in its settings that it keeps its cases there.
_KEPT = re.compile(r"\n\[pusat\]\n(?:\w+ = .*\n)*")


def settings_of(folder: Path) -> str:
    """Return the text of an office's settings, but for where it keeps its cases."""
    return _KEPT.sub("", (folder / "office.toml").read_text(encoding="utf-8"))


def resettled(folder: Path, text: str) -> None:
    """Give an office other settings; where it keeps its cases stays as it is."""
    settings = folder / "office.toml"
    kept = _KEPT.search(settings.read_text(encoding="utf-8"))
    settings.write_text(text + (kept[0] if kept else ""), encoding="utf-8")


def copied(folder: Path, to: Path) -> Path:
    """Copy an office, with what it has at the centre if it keeps its cases there; return the copy's folder."""
    shutil.copytree(folder, to)
    if Root(to).is_central:
        servers_of_this_run().twin(to)
    return to


#: Offices whose connections are to be closed at the end of a test.
_OPEN: list[FakeOffice] = []


class FakeOffice:
    """A root whose engines, clock and chance are fakes; everything on its disk is real."""

    @staticmethod
    def close_all() -> None:
        """Close the connections of every office that keeps its cases centrally."""
        while _OPEN:
            if database := vars(_OPEN.pop().root).get("database"):
                database.close()

    def __init__(self, folder: Path) -> None:
        laid_out(folder)
        self.root = office_in(folder)
        if CENTRAL:
            _OPEN.append(self)
        self.root.letter_documents = FakeLetters()
        self.root.progress = self.root.board  # all of this office is one process
        self.root.sheet_editor = WORD
        self.root.report_press = lambda: OfficePress(self.root.keys.key("kode-halaman")).lent()
        self.clock = FixedClock()
        self.root.prepare()
        self.reader = FakeReader()
        #: Seconds that a file is waited for by those behind it: on a busy machine too as long as it takes.
        self.waits_for_the_first = PATIENCE
        self.validator: Validator = FakeValidator()
        self.proof = FakeProof()
        #: What a file lacks; fake letters are whole as soon as they are not empty.
        self.gap: Callable[[Path], str] = lambda path: "" if path.stat().st_size else whole(path).why
        self.inbox, self.inbox_folder = self.root.inbox, self.root.layout.inbox
        self.inbox.prepare()

    @property
    def clock(self) -> Clock:
        """The clock of everything in this office; whoever reads the real one would find that it is another day."""
        return self.root.clock

    @clock.setter
    def clock(self, clock: Clock) -> None:
        self.root.clock = clock

    @property
    def receive_parts(self) -> ReceiveParts:
        return ReceiveParts(
            enrolling=self.enrol_parts,
            reader=self.reader,
            page_codes=PageCodes(KEY, self.root.book.case_with, self.root.cabinet.case),
            deciding=self.decide_parts,
        )

    @property
    def tend_parts(self) -> TendParts:
        return TendParts(
            cabinet=self.root.cabinet,
            enrolling=self.enrol_parts,
            reader=self.reader,
            typist=FakeTypist(),
            letters=FakeLetters(),
            press=FakePress(),
            validator=self.validator,
            naming=self.naming,
            clock=self.clock,
            office=self.root.settings.office,
            calendar=self.root.calendar,
            sop=self.root.sop_of,
            version=self.root.template_version,
            seal=self.root.seal_before,
            archival=lambda _pdf: SOUND,  # fake prints are no PDFs
        )

    @property
    def decide_parts(self) -> DecideParts:
        return DecideParts(
            cabinet=self.root.cabinet,
            series=self.root.series,
            clock=self.clock,
            calendar=self.root.calendar,
            office=self.root.settings.office,
            sop=self.root.sop_of,
            reader=lambda: self.reader,
            letters=FakeLetters(),
            proofs=(CertificateProof(lambda: self.validator, self.root.settings.office, self.clock), self.proof),
            naming=self.naming,
        )

    @property
    def naming(self) -> LetterNamingGuard:
        return replace(self.root.naming_guard, said=FakeLetters().said)

    @property
    def revise_parts(self) -> ReviseParts:
        return self.root.revise_parts(self.decide_parts)

    @property
    def open_parts(self) -> OpenParts:
        return OpenParts(self.enrol_parts, self.root.settings.office)

    @property
    def enrol_parts(self) -> EnrolParts:
        return replace(self.root.enrol_parts, clock=self.clock, chance=FixedChance())

    def open(self, channel: str, typed: dict, role: str = "tim-yankomas") -> CaseNumber:
        """Open a case without a letter, then tend what the machine owes it."""
        number = open_case(channel, typed, by=Actor(role, "penguji"), parts=self.open_parts).number
        tend(number, self.tend_parts)
        return number

    def decide(
        self, number: CaseNumber, move: str, role: str, typed: dict | None = None, file: Blob | None = None
    ) -> Case:
        """Make a move, then tend what the machine owes after it."""
        decide(number, move, typed or {}, by=somebody(role), parts=self.decide_parts, files=[file] if file else ())
        return tend(number, self.tend_parts)

    def one_open_one_ended(self, first: dict, second: dict) -> None:
        """Open two cases that were told, have the second withdrawn, and take both into the index."""
        self.open("lisan", first)
        withdrawn = {"sebab": "dianggap mencabut", "alasan": "x"}
        self.decide(self.open("lisan", second), "cabut", "tim-yankomas", withdrawn)
        self.root.index.refresh()

    def view(self, number: CaseNumber) -> CaseView:
        """A case as ``case --json`` shows it."""
        case, root = self.root.case(number), self.root
        folder = str(root.layout.case(number))
        held_up = root.held_up(number)
        return case_view(case, root.sop_of(case), root.calendar, root.resembling(case), folder, held_up=held_up)

    def file(self, number: CaseNumber, name: str) -> bytes:
        """The bytes of a document of a case."""
        case = self.root.cabinet.case(number)
        return content(self.root.cabinet.blob(number, next(d for d in case.documents if d.name == name)))

    def findings(self) -> list[Finding]:
        """Everything that is wrong with the office, wherever it keeps its cases."""
        return self.root.verify(lambda _done, _all: None)

    def harm(self, number: CaseNumber, name: str) -> None:
        """Change a document of a case, as somebody does who comes to where the office keeps it."""
        case = self.root.cabinet.case(number)
        if self.root.is_central:
            lost = next(d.sha256 for d in case.documents if d.name == name)
            self.root.objects._store.put(self.root.objects.key(lost), b"diubah")
            return
        path = self.root.layout.case(number) / "data" / name
        path.chmod(0o600)
        path.write_bytes(b"diubah")

    def bring_back(self) -> None:
        """Have the office be one that was restored: nobody has said yet how far its numbers went."""
        if self.root.is_central:
            with servers_of_this_run().as_owner(self.root.database) as owner, owner.transaction() as running:
                running.execute("UPDATE kantor SET riwayat = 'lain'")
        else:
            note_restored(self.root.layout.restored, "2026-11-25T07:00:00+07:00")

    def search(self, *texts: str) -> Answer:
        """What the index answers."""
        return self.root.index.search(Wanted(asked(texts, self.root.pattern.read)))

    def drop(self, name: str, content: bytes) -> Path:
        """Put a file into the inbox, whole at once: who looks there meanwhile finds no half of it."""
        beside = self.inbox_folder.parent / ".diletakkan"
        beside.write_bytes(content)
        return beside.rename(self.inbox_folder / name)

    def claim(self, path: Path | None = None) -> Claim:
        """Take a file of the inbox (default: the first that lies there), as the intake does."""
        wanted = path and path.relative_to(self.inbox_folder).as_posix()
        file = next(file for file in self.inbox.files() if wanted in (None, file.path))
        claim_id = secrets.token_hex(8)
        assert self.inbox.take(file, claim_id)
        return self.inbox.opened(file, claim_id, Limits().size)

    def service(self, say: Callable[[str], None] = lambda _: None, receivers: type[Receivers] = Receivers) -> Service:
        """Wire a service around the fakes; ``say`` hears what the mailroom is told."""
        parts = self.tend_parts
        bell = Bell(self.root.layout.inbox)
        quick = lambda: time.monotonic() * 100  # noqa: E731 - nobody waits for pauses
        tenders = Tenders(lambda number: tend(number, parts), say, 2, quick)
        patience = Patience(closed=0, quiet=0, incomplete=0.2)
        journey = Journey(
            inbox=self.inbox,
            account=self.root.ledger,
            parts=self.receive_parts,
            slow_parts=self.receive_parts,
            limits=self.root.scan_limits,
            board=self.root.board,
            attempts=Attempts(self.root.layout.state),
            turns=Turns(self.waits_for_the_first),
            say=say,
            accepted=tenders.submit,
        )
        stopping = threading.Event()
        intake = Intake(
            journey=journey,
            receivers=receivers(
                journey.take, journey.work, bell.ring, stopping.is_set, lambda file: file.goes_on_slowly
            ),
            settling=Settling(patience, lambda path: self.gap(self.inbox_folder / path)),
            bell=bell,
            say=say,
            clock=quick,
        )
        return Service(
            alone=self.root.alone,
            tidy_up=self.root.numbers.sweep,
            cabinet=self.root.cabinet,
            book=self.root.book,
            index=self.root.index,
            codes=self.root.status_codes,
            seal=lambda: self.root.seals.seal_if_due(self.clock.now()),
            last_seal=lambda: self.root.seals.seal_now(self.clock.now()),
            intake=intake,
            tenders=tenders,
            watch=Watch(bell, self.root.layout.inbox, native=False),
            engines=(),
            interval=0.05,
            stopping=stopping,
        )

    def run_once(self) -> dict[str, int]:
        """Work everything off, as ``run --once`` does."""
        return self.service().run(once=True)


class WordOffice(FakeOffice):
    """A fake office whose letters are real Word files, drafted from the office's templates."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.root.letter_documents = WORD

    @property
    def tend_parts(self) -> TendParts:
        letters, typist = self.root.letter_documents, WordTypist(self.root.layout.templates)
        return replace(super().tend_parts, letters=letters, typist=typist)

    @property
    def decide_parts(self) -> DecideParts:
        return replace(super().decide_parts, letters=self.root.letter_documents)

    def newest(self, number: CaseNumber, template: str) -> bytes:
        """The Word file of a letter's newest version."""
        case = self.root.cabinet.case(number)
        return content(self.root.cabinet.blob(number, case.drafts[template].documents[0]))

    def lines(self, number: CaseNumber, template: str) -> list[str]:
        """The words of a letter's newest version, paragraph by paragraph."""
        return [text for text in self.root.letter_documents.words(self.newest(number, template)) if text.strip()]

    def edit(self, number: CaseNumber, template: str, role: str, *, before: str, after: str) -> Case:
        """Exchange a paragraph of a letter's newest version as an official does; tend what is owed then."""
        docx, version = self.newest(number, template), self.root.cabinet.case(number).drafts[template].version
        place = next(p.number for p in passages(docx) if p.text == before)
        edited, by = rewritten(docx, {place: after}), Actor(role, role)
        revise(number, template, Edit(edited, version, version), by=by, parts=self.revise_parts)
        return tend(number, self.tend_parts)
