"""Fakes of the archive's ports: they pass the contract tests of the real ones."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from pikepdf import Page, Pdf, PdfError

from pipeline.archive import bagit
from pipeline.archive.ports import News, Sheaf
from pipeline.backoff import Tries
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.event_lines import as_data
from pipeline.cases.events import Document, Event, Received
from pipeline.cases.fold import fold
from pipeline.cases.journal import GENESIS, MACHINE, Entry, write_line
from pipeline.cases.ports import Blob
from pipeline.errors import ArchiveFault, Busy, NotFound, Passing
from pipeline.storage.blobs import TypedText


class FakeCabinet:
    """Cases in memory: the lines of their journals, and their documents' bytes."""

    def __init__(self) -> None:
        self.journals: dict[CaseNumber, tuple[Entry, ...]] = {}
        self.contents: dict[tuple[CaseNumber, str], bytes] = {}
        self.open: set[CaseNumber] = set()
        self._tries: dict[tuple[CaseNumber, str], Tries] = {}
        self._held: set[CaseNumber] = set()

    def put(self, received: Received, content: bytes, at: datetime) -> CaseNumber:
        """Register a letter, which is no business of a cabinet's."""
        number = CaseNumber(received.year, received.serial)
        self.journals[number] = (write_line(1, at, MACHINE, received.kind, as_data(received), GENESIS)[1],)
        self.contents[number, received.documents[0].name] = content
        self.open.add(number)
        return number

    def case(self, number: CaseNumber) -> Case:
        if number not in self.journals:
            raise NotFound(f"Perkara {number} tidak ada di arsip.", "Periksa nomornya.")
        return fold(self.journals[number])

    @contextmanager
    def held(self, number: CaseNumber) -> Iterator[FakeCaseFolder]:
        case = self.case(number)
        if number in self._held:
            raise Busy(f"Kunci {number.key} sedang dipakai proses lain.", "Tunggu sebentar, lalu ulangi.")
        self._held.add(number)
        try:
            yield FakeCaseFolder(self, case)
        finally:
            self._held.remove(number)

    def cases(self) -> Iterator[Case]:
        return (self.case(number) for number in sorted(self.journals))

    def open_cases(self) -> list[CaseNumber]:
        return sorted(self.open)

    def blob(self, number: CaseNumber, document: Document) -> Blob:
        return TypedText(document.name, self.contents[number, document.name])

    def attempt(self, number: CaseNumber, duty: str) -> Tries:
        before = self._tries.get((number, duty), Tries(0, 0))
        self._tries[number, duty] = Tries(before.failed, before.cut_off + 1)
        return before

    def failed(self, number: CaseNumber, duty: str) -> int:
        count = self._tries.get((number, duty), Tries(0, 0)).failed + 1
        self._tries[number, duty] = Tries(count, 0)
        return count

    def forgive(self, number: CaseNumber, duty: str) -> None:
        self._tries[number, duty] = Tries(self._tries.get((number, duty), Tries(0, 0)).failed, 0)

    def hold_up(self, number: CaseNumber, duty: str, why: str) -> None:
        self._tries[number, duty] = Tries(self._tries.get((number, duty), Tries(0, 0)).failed, 0, why)

    def start_over(self, number: CaseNumber, duty: str) -> None:
        self._tries.pop((number, duty), None)


class FakeCaseFolder:
    """A case of a :class:`FakeCabinet` while it is held."""

    def __init__(self, cabinet: FakeCabinet, case: Case) -> None:
        self._cabinet, self.case = cabinet, case

    def append(self, event: Event, files: Mapping[str, bytes], *, by: str, at: datetime) -> Case:
        wanted = {d.name: d.sha256 for d in event.documents}
        if wanted != {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}:
            raise ArchiveFault("Isi naskah tidak cocok dengan jurnal.", "Ini kesalahan program; laporkan.")
        if any(self.case.document(name) for name in wanted):
            raise ArchiveFault("Naskah sudah ada pada perkara ini.", "Ini kesalahan program; laporkan.")
        if at < self.case.entries[-1].at:
            raise Passing("Jam komputer mundur dari baris terakhir jurnal.", "Betulkan jam komputer ini.")
        entries, number = self.case.entries, self.case.number
        entry = write_line(len(entries) + 1, at, by, event.kind, as_data(event), self.case.head)[1]
        self._cabinet.journals[number] = (*entries, entry)
        self._cabinet.contents |= {(number, name): data for name, data in files.items()}
        self._cabinet.open.add(number)
        self.case = fold((*entries, entry))
        return self.case

    def settle(self) -> None:
        self._cabinet.open.discard(self.case.number)


class FakeExport:
    """Cases of a :class:`FakeCabinet` as ZIP files."""

    def __init__(self, cabinet: FakeCabinet) -> None:
        self._cabinet = cabinet

    def documents(self, number: CaseNumber, documents: Sequence[Document]) -> Iterator[bytes]:
        return self._zipped({f"{number.key}/{d.name}": self._content(number, d) for d in documents})

    def bag(self, number: CaseNumber) -> Iterator[bytes]:
        case = self._cabinet.case(number)
        made = bagit.taken_away(number, case.entries, _journal(case.entries), b"")
        files = {f"{number.key}/{name}": data for name, data in made.items()}
        payload = {f"{number.key}/{bagit.PAYLOAD}/{d.name}": self._content(number, d) for d in case.documents}
        return self._zipped({**files, **payload})

    def _content(self, number: CaseNumber, document: Document) -> bytes:
        content = self._cabinet.contents.get((number, document.name))
        if content is None:
            raise ArchiveFault(f"Berkas {document.name} perkara {number} hilang atau berubah.", "Pulihkan.")
        return content

    @staticmethod
    def _zipped(files: Mapping[str, bytes]) -> Iterator[bytes]:
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w") as archive:
            for name, data in files.items():
                archive.writestr(name, data)
        yield written.getvalue()


def _journal(entries: Iterable[Entry]) -> bytes:
    return b"".join(write_line(e.seq, e.at, e.by, e.kind, e.data, e.prev)[0] for e in entries)


class FakeBinder:
    """Binds PDFs in this very process, where only a test's own files are opened; what it draws is blank."""

    def pages(self, blob: Blob, media: str) -> int:
        try:
            with blob.local() as path, Pdf.open(path) as pdf:
                return len(pdf.pages)
        except (PdfError, OSError):
            return 0

    def bind(self, title: str, facts: Sequence[tuple[str, str]], sheaves: Sequence[Sheaf]) -> Iterator[bytes]:
        book, written = Pdf.new(), io.BytesIO()
        book.add_blank_page()  # the table of contents
        for sheaf in sheaves:
            try:
                with sheaf.blob.local() as path, Pdf.open(path) as pdf:
                    for page in pdf.pages:
                        book.pages.append(Page(page))
            except (PdfError, OSError):
                book.add_blank_page()  # says that it cannot be shown
        book.save(written)
        yield written.getvalue()


class FakeNews:
    """What changed, as a list of cases; each of its readers has a place of its own in it."""

    def __init__(self) -> None:
        self.changed: list[CaseNumber] = []
        self.inbox = 0

    def reader(self) -> FakeNewsreader:
        return FakeNewsreader(self, lambda: self.inbox)


class FakeNewsreader:
    """Follows a :class:`FakeNews`."""

    def __init__(self, news: FakeNews, inbox: Callable[[], int]) -> None:
        self._news, self._mark = news, inbox
        self.position, self._inbox = len(news.changed), inbox()

    def look(self) -> News:
        news, mark = self.since(self.position), self._mark()
        changed, self._inbox, self.position = mark != self._inbox, mark, news.position
        return News(news.cases, changed, news.position)

    def since(self, position: int) -> News:
        return News(tuple(dict.fromkeys(self._news.changed[position:])), inbox=True, position=len(self._news.changed))
