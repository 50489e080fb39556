"""The text of a case's documents: what was read from its complaints, what was typed, what its drafted sheets say.

Only files that this software wrote are opened here: they are these by the journal's hash, or are looked through first;
what people had a hand in is opened in a confined child, and a scan was read there and lies beside as text. Of a sheet
the newest version counts, without the lines that its template and the letterhead always say.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from lxml import etree

from pipeline.cases.case import Case
from pipeline.cases.events import Document
from pipeline.cases.ports import Cabinet
from pipeline.cases.sop import title_of
from pipeline.errors import ArchiveFault, EngineFault, Refused
from pipeline.letters.engines.word_file import parsed, unsafe
from pipeline.office.office import Letterhead
from pipeline.search.case_text import LETTER, SHEETS, CaseText

#: A longer text is cut: no letter says more that anybody looks for.
LONGEST = 2_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: Sheets whose paragraphs are kept: those of the cases that are worked on.
_KEPT = 64
_TEXT, _SHEET = ".txt", ".docx"
_READ, _OF_THE_LETTER = "teks", "02-teks"


class DocumentTexts:
    """Gives the text of documents; ``heads`` are the letterheads whose lines stand on sheets.

    ``confined`` returns the paragraphs of a Word file that was edited.
    """

    def __init__(
        self,
        templates: Path,
        cabinet: Cabinet,
        heads: Iterable[Letterhead],
        confined: Callable[[bytes], Iterable[str]],
    ) -> None:
        self._templates_folder, self._cabinet, self._confined = templates, cabinet, confined
        self._head = frozenset(_line(text) for head in heads for text in head.lines)
        self._sheets: OrderedDict[str, Sequence[str]] = OrderedDict()
        self._templates: dict[tuple[str, int], frozenset[str]] = {}

    def of(self, case: Case) -> tuple[CaseText, ...]:
        """Return the text of a case's documents; a file that is missing or cannot be read says nothing.

        The complainant's code is left out: it is theirs, and no answer to a search shows it.
        """
        return tuple(p for p in self._passages(case) if p.text)

    def _passages(self, case: Case) -> Iterator[CaseText]:
        for document in case.documents:
            if document.name.endswith(_TEXT) and document.name not in case.shared:
                yield CaseText(LETTER, _what(document), _text(self._bytes(case, document)))
        for template, draft in case.drafts.items():
            for document in draft.documents:
                if document.name.endswith(_SHEET) and document.name not in case.shared:
                    docx, edited = self._bytes(case, document), bool(draft.editor or draft.issued_from)
                    lines = self._edited(docx) if edited else self._drafted(docx, document)
                    always = self._head | self._always(template)
                    text = "\n".join(t for t in lines if t not in always)
                    code = case.received.status_code
                    yield CaseText(SHEETS, title_of(template), text.replace(code, "").strip() if code else text)

    def _bytes(self, case: Case, document: Document) -> bytes:
        """Return a document's bytes; none if they are lost, which ``verify`` tells."""
        try:
            with self._cabinet.blob(case.number, document).local() as path:
                return path.read_bytes()
        except (OSError, ArchiveFault):
            return b""

    def _drafted(self, docx: bytes, document: Document) -> Sequence[str]:
        """Return the paragraphs of a file that we wrote.

        Cases are taken in again while the machine works on them, with the same sheets: those are kept for a while.
        """
        if hashlib.sha256(docx).hexdigest() != document.sha256:
            return _paragraphs(docx)
        if document.sha256 not in self._sheets:
            self._sheets[document.sha256] = _lines(docx)
            while len(self._sheets) > _KEPT:
                self._sheets.popitem(last=False)
        return self._sheets[document.sha256]

    def _edited(self, docx: bytes) -> list[str]:
        """Return the paragraphs of a file that somebody edited; none if it is too heavy to be opened.

        Raises:
            EngineMissing: no child can be started; it is read later.
        """
        try:
            return [line for words in self._confined(docx) if (line := _line(words))] if docx else []
        except (Refused, EngineFault):
            return []

    def _always(self, template: str) -> frozenset[str]:
        """Return the lines of a template in which nothing is filled in."""
        path = self._templates_folder / f"{template}.docx"
        try:
            key = (template, path.stat().st_mtime_ns)
        except OSError:
            return frozenset()
        if key not in self._templates:
            self._templates[key] = _unfilled(path.read_bytes())
        return self._templates[key]


def _what(document: Document) -> str:
    """Say what a text is of; the reading of the complaint itself is always called the same."""
    if document.kind != _READ:
        return "Catatan"
    return "Isi surat" if document.name.startswith(_OF_THE_LETTER) else "Isi lampiran"


def _text(data: bytes) -> str:
    return data.decode("utf-8", errors="replace")[:LONGEST]


@lru_cache(maxsize=_KEPT)  # most offices of a centre have the templates that came with the program
def _unfilled(template: bytes) -> frozenset[str]:
    return frozenset(line for line in _paragraphs(template) if "{" not in line)


def _paragraphs(docx: bytes) -> list[str]:
    """Return the paragraphs of a Word file that may be anybody's; none if it is not fit to be opened."""
    return [] if unsafe(docx) else _lines(docx)


def _lines(docx: bytes) -> list[str]:
    """Return the paragraphs of a Word file, each on one line."""
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            root = parsed(archive.read("word/document.xml"))
    except (ValueError, KeyError, zipfile.BadZipFile, etree.XMLSyntaxError):
        return []
    return [line for paragraph in root.iter(f"{_W}p") if (line := _line("".join(_runs(paragraph))))]


def _runs(paragraph: etree._Element) -> Iterable[str]:
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br"):
        yield node.text or "" if node.tag == f"{_W}t" else " "


def _line(text: str) -> str:
    return " ".join(text.split())
