"""Fakes of the ports: what the verbs need, without engines. They pass the contract tests of the real ones."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from pipeline.cases.ports import Blob, LetterOut, content
from pipeline.cases.seen_on_pages import Barcode, Suspicion
from pipeline.cases.signature_proof import Examination
from pipeline.errors import EngineFault, Refused
from pipeline.letters.approved_text import DATE, MARK, NUMBER, Line, Span, plain
from pipeline.letters.engines import word_fields, word_file, word_properties, word_said
from pipeline.letters.identity import Identity
from pipeline.letters.ports import Draft, PageCode
from pipeline.reading.fields import Candidate, Complaint, Field
from pipeline.reading.ports import Progress, Reading, unseen
from pipeline.scans.page_comparison import PageComparison, SignaturePlace
from pipeline.scans.ports import Inspection, Mail, PageAt, Rendition
from pipeline.scans.words import Page, Word
from pipeline.signing.findings import Findings, Likeness, SignatureFound
from pipeline.signing.worth import Worth
from pipeline.storage.blobs import TypedText

WIB = ZoneInfo("Asia/Jakarta")
#: A Wednesday morning in office hours.
MORNING = datetime(2026, 11, 25, 8, 15, tzinfo=WIB)
#: A key of an office for the codes of its pages, and the code of a sheet.
PAGE_KEY, PAGE_CODE = b"kunci kantor untuk uji coba saja", PageCode("K7QM2XPA94TD")


def wib(text: str) -> datetime:
    """The moment of that day and hour in the office's zone."""
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


class FixedClock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime = MORNING) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def forward(self, **span: float) -> None:
        self.at += timedelta(**span)


class FixedChance:
    """Chance that always falls the same way."""

    def code(self) -> str:
        return "AAAA-BBBB-CCCC"


class FakeReader:
    """Reads a text file as a one-page letter: its first line is the subject; ``BAD`` is refused, ``BREAK`` breaks.

    A file that begins with ``PAGES`` has a page for each further line: ``===`` is a separator sheet, ``_`` a blank
    page, ``?`` one that may be a separator, ``!`` one whose code cannot be read, a line that begins with ``-`` a page
    without a code; any other is a code.
    """

    def __init__(self) -> None:
        self.breaks = False
        self.reads = 0

    def inspect(self, blob: Blob) -> Inspection:
        with blob.local() as path:
            text = path.read_bytes()
        if text.startswith(b"BAD"):
            raise Refused("jenis", "Jenis berkas ini tidak diterima.", "Kirim sebagai PDF.")
        if text.startswith(b"PAGES"):
            lines = text.decode().splitlines()[1:]
            pages = list(enumerate(lines, start=1))
            return Inspection(
                "application/pdf",
                "pdf",
                len(lines),
                codes=tuple(Barcode(at, "QRCode", line) for at, line in pages if line[0] not in "-=_?!"),
                separators=tuple(at for at, line in pages if line == "==="),
                blanks=tuple(at for at, line in pages if line == "_"),
                doubts=tuple(Suspicion(at, "mirip lembar pemisah") for at, line in pages if line[0] == "?"),
                unread=tuple(at for at, line in pages if line[0] == "!"),
            )
        return Inspection("application/pdf", "pdf", 1, signatures=text.count(b"/ByteRange"))

    def rendition(self, blob: Blob) -> Rendition | None:
        """Return the pages of a file that begins with ``MAIL`` and what its mail is called; the rest is its text.

        One that begins with ``TEXT`` is a plain text, or behind that word what it is the export of.
        """
        text = content(blob)
        if text.startswith(b"TEXT"):
            head, _, words = text.decode().partition("\n")
            channel = head.removeprefix("TEXT").strip()
            return Rendition(TypedText("teks.pdf", words.encode()), "txt", channel, words)
        if not text.startswith(b"MAIL "):
            return None
        head, _, words = text.decode().partition("\n")
        subject, _, bulk = head.removeprefix("MAIL ").partition(" | ")
        mail = Mail(subject, bulk)
        told = ("rekaman.mp3 tidak dibaca",)
        return Rendition(TypedText("surel.pdf", words.encode()), "eml", "surel", words, told, mail)

    def compare(self, at: PageAt, printed: bytes, page: int, code: str, *, freely: bool = False) -> PageComparison:
        place = SignaturePlace("Penanda tangan", (0.5, 0.6, 0.8, 0.7), ink=120.0)
        return PageComparison(places=(place,), writing=120.0)

    def upright(self, pages: Sequence[PageAt]) -> bytes:
        return b"%PDF tegak " + b" ".join(f"{at.file.sha256[:8]}/{at.page}".encode() for at in pages)

    def extract(self, blob: Blob, media: str, pages: Sequence[int]) -> bytes:
        if self.breaks:
            raise EngineFault("Mesin baca mati.", "Ulangi.")
        with blob.local() as path:
            lines = path.read_text().splitlines()[1:]
        return "\n".join(["PAGES", *(lines[page - 1] for page in pages)]).encode()

    def read(self, blob: Blob, received: datetime, progress: Progress = unseen) -> Reading:
        self.reads += 1
        progress(1, 1)
        with blob.local() as path:
            text = path.read_bytes().decode(errors="replace")
        if self.breaks or text.startswith("BREAK"):
            raise EngineFault("Mesin baca mati.", "Ulangi.")
        subject = text.splitlines()[0] if text else ""
        box = (0.1, 0.1, 0.5, 0.12)
        page = Page(1, 595, 842, (Word(subject, box, 0.9, 0),), text, "ocr")
        found = Field((Candidate(subject, subject, 1, box, 0.7, "baris pertama"),)) if subject else None
        letter = Complaint((1,), {"perihal": found, "pelapor": (), "terlapor": ()})
        return Reading((page,), (letter,), b"%PDF terbaca " + text.encode(), "palsu 1")

    def close(self) -> None:
        pass


class FakeProof:
    """Finds every file to be the signed letter, unless ``faults`` say why it is not."""

    def __init__(self) -> None:
        self.faults: tuple[str, ...] = ()

    def examined(self, letter: LetterOut, files: Sequence[Blob]) -> Examination:
        found = f"tinta ditemukan pada tempat tanda tangan {', '.join(letter.signers) or 'siapa pun'}"
        return Examination("tinta", found, self.faults, "Tandatangani, lalu pindai lagi.")


class FakeTypist:
    """Writes the context as JSON where Word would be."""

    def draft(self, template: str, context: Mapping[str, Any], identity: Identity | None = None) -> Draft:
        said = {"_identity": [identity.code, identity.version]} if identity else {}
        text = json.dumps({"template": template, **context, **said}, sort_keys=True, default=str, ensure_ascii=False)
        return Draft(text.encode(), hashlib.sha256(template.encode()).hexdigest())


class FakeLetters:
    """Fills the JSON of the fake typist; a Word file that came from outside is left to the real one."""

    _KEYS: ClassVar = {"nomor_naskah": NUMBER, "tanggal_naskah": DATE, "tanda_konsep": MARK}

    def lines(self, docx: bytes) -> tuple[Line, ...]:
        if docx.startswith(b"PK"):
            return word_fields.lines(docx)
        told = json.loads(docx).items()
        return tuple((Span(str(value), self._KEYS.get(key, "")),) for key, value in told)

    def said(self, docx: bytes) -> list[tuple[str, str]]:
        if docx.startswith(b"PK"):
            return word_said.said(docx)
        return [("isi surat", text) for text in self.words(docx)]

    def unsafe(self, docx: bytes) -> list[tuple[str, str]]:
        return word_file.unsafe(docx) if docx.startswith(b"PK") else []

    def words(self, docx: bytes) -> tuple[str, ...]:
        return plain(self.lines(docx))

    def check_places(self, docx: bytes, fields: Collection[str]) -> None:
        self.named(docx, fields)

    def named(self, docx: bytes, wanted: Collection[str]) -> bytes:
        return word_fields.named(docx, wanted) if docx.startswith(b"PK") else docx

    def filled(self, docx: bytes, values: Mapping[str, str]) -> bytes:
        if docx.startswith(b"PK"):
            return word_fields.filled(docx, values)
        told = {key: values.get(self._KEYS.get(key, ""), value) for key, value in json.loads(docx).items()}
        return json.dumps(told, sort_keys=True, default=str, ensure_ascii=False).encode()

    def identity(self, docx: bytes) -> Identity | None:
        if docx.startswith(b"PK"):
            return word_properties.identity(docx)
        said = json.loads(docx).get("_identity")
        return Identity(*said) if said else None

    def impersonal(self, docx: bytes, title: str) -> bytes:
        return word_properties.impersonal(docx, title) if docx.startswith(b"PK") else docx

    def identified(self, docx: bytes, identity: Identity) -> bytes:
        if docx.startswith(b"PK"):
            return word_properties.identified(docx, identity)
        told = {**json.loads(docx), "_identity": [identity.code, identity.version]}
        return json.dumps(told, sort_keys=True, default=str, ensure_ascii=False).encode()


class FakePress:
    """Puts ``PDF`` before the document's bytes."""

    def print(self, docx: bytes, code: PageCode | None) -> bytes:
        return b"PDF " + (code.document.encode() if code else b"-") + b" " + docx

    def close(self) -> None:
        pass


class FakeValidator:
    """Finds a certified signature of whoever is named behind each ``/ByteRange``."""

    def validate(self, blob: Blob, at: datetime) -> Findings:
        signers = [part.split(b"\n")[0].decode().strip() for part in content(blob).split(b"/ByteRange")[1:]]
        found = tuple(SignatureFound("ttd", Worth.CERTIFIED, signer, "PSrE Rekaan", whole=True) for signer in signers)
        return Findings(blob.sha256, at.isoformat(), found)

    def likeness(self, blob: Blob, printed: Blob) -> Likeness:
        begins = content(blob).startswith(content(printed))
        return Likeness(begins=begins, only_signatures=begins)
