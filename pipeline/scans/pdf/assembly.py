"""A PDF written as it grows: pieces of objects one behind the other, then the page tree, bookmarks and the table.

Nothing but the places of the objects is kept, so that a folder of any size takes no more memory than its largest piece.
A piece is pages of another PDF. It is made in a child process for files from outside: only what a page shows is carried
over (resources, contents, the look of its notes), nothing that acts, and nothing that leads to another page.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array, Dictionary, Object, Page, Pdf, Stream

from pipeline.drawing.engines.pdf_writing import in_file
from pipeline.drawing.engines.pdfa_marks import colour_profile, metadata
from pipeline.scans.pdf.active_content import disarm, drop, notes

#: Numbers of the catalog, the page tree and the document's own facts; pages and then all others follow.
CATALOG, TREE, INFO = 1, 2, 3
FIRST_PAGE = 4
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
#: What of a page is carried over; of its notes, what they look like.
_PAGE = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group")
_NOTE = ("/Type", "/Subtype", "/Rect", "/F", "/AP", "/AS", "/Border", "/C", "/CA")
#: Of a stream, what would have its bytes fetched from another file.
_ELSEWHERE = ("/F", "/FFilter", "/FDecodeParms")
#: A reference as qpdf writes it, or a string, in which there may be what looks like one.
_REFERENCE = re.compile(rb"(\d+) \d+ R\b|\((?:[^\\)]|\\.)*\)", re.DOTALL)

#: Rectangles (left, bottom, right, top) of a page, and the number of the page object to which each leads.
Links = Sequence[tuple[tuple[float, float, float, float], int]]


@dataclass(frozen=True, slots=True)
class Fragment:
    """Bytes of PDF objects, where in them each object (by its number) begins, and the next free number.

    ``archival``: they may stand in a PDF/A.
    """

    data: bytes
    offsets: Sequence[tuple[int, int]]
    free: int
    archival: bool = False


def fragment(
    pages: Sequence[Page], numbers: Sequence[int], parent: int, free: int, links: Sequence[Links] = ()
) -> Fragment:
    """Return pages as objects with these numbers, below the page tree ``parent``; others from ``free`` on.

    ``links`` are put on our own pages: for each page, rectangles and the page objects to which they lead.
    """
    piece = Pdf.new()
    piece.conversion_mode = "explicit"  # a number may be an object of its own, and is to stay one
    own = len(piece.objects)
    shown = {_copied(piece, page).objgen[0]: at for at, page in enumerate(pages)}
    things = [thing for thing in piece.objects if thing is not None and not _is_catalog(thing)]
    objects = {thing.objgen[0]: thing for thing in things if thing.objgen[0] > own}
    others = [number for number in objects if number not in shown]
    places = {number: numbers[at] for number, at in shown.items()} | {n: free + at for at, n in enumerate(others)}
    out, offsets = bytearray(), []
    for number, thing in objects.items():
        if isinstance(thing, Stream):
            drop(thing, *_ELSEWHERE)
        extra = b""
        if number in shown:
            leading = _annotations(links[shown[number]]) if links else ""
            extra = f"/Type /Page /Parent {parent} 0 R{leading} ".encode()
        offsets.append((places[number], len(out)))
        entries, data = in_file(thing)
        out += b"%d 0 obj\n%b%b\nendobj\n" % (places[number], _renumbered(entries, extra, places), data)
    return Fragment(bytes(out), offsets, free + len(others))


def _copied(piece: Pdf, page: Page) -> Object:
    """Copy what a page shows, and what that hangs on, into a document of their own; no other page comes along."""
    disarm(page.obj)
    kept = {key: page.obj[key] for key in _PAGE if key in page.obj}
    looks = [{key: note[key] for key in _NOTE if key in note} for note in notes(page.obj) if "/AP" in note]
    if looks:
        kept["/Annots"] = Array(Dictionary(look) for look in looks)
    return piece.copy_foreign(Dictionary(kept).with_same_owner_as(page.obj))


def _is_catalog(thing: Object) -> bool:
    return isinstance(thing, Dictionary) and thing.get("/Type") == "/Catalog"


def _renumbered(plain: bytes, extra: bytes, places: dict[int, int]) -> bytes:
    """Return an object with the references that hold in the bound folder, and further entries if it is a dictionary."""

    def place(match: re.Match[bytes]) -> bytes:
        if not match[1]:
            return match[0]
        return b"%d 0 R" % places[int(match[1])] if int(match[1]) in places else b"null"

    found = _REFERENCE.sub(place, plain)
    return found.replace(b"<<", b"<< " + extra, 1) if extra else found


def _annotations(links: Links) -> str:
    notes = (  # F 4: they are printed, as a PDF/A must say of each (ISO 19005-2, 6.3.2)
        f"<< /Type /Annot /Subtype /Link /F 4 /Border [ 0 0 0 ] /Dest [ {target} 0 R /Fit ]"
        f" /Rect [ {' '.join(f'{side:.1f}' for side in place)} ] >>"
        for place, target in links
    )
    return f" /Annots [ {' '.join(notes)} ]" if links else ""


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """A title, and the page on which it stands, from 0."""

    title: str
    page: int


@dataclass(slots=True)
class Assembly:
    """A PDF of so many pages; ``free`` is the next number that no object has."""

    pages: int
    at: int = 0
    free: int = 0
    archival: bool = True
    _digest: Any = field(default_factory=hashlib.sha256)
    _places: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.free = FIRST_PAGE + self.pages

    def begin(self) -> bytes:
        """Return the beginning."""
        return self._counted(_HEADER)

    def numbers(self, first: int, count: int) -> list[int]:
        """Return the object numbers of pages."""
        return [FIRST_PAGE + first + n for n in range(count)]

    def add(self, piece: Fragment) -> bytes:
        """Return a piece as it goes into the file.

        Raises:
            ValueError: it claims a number that is not its own.
        """
        places = {number: self.at + offset for number, offset in piece.offsets}
        end = max(piece.free, FIRST_PAGE + self.pages)
        if places.keys() & self._places.keys() or not all(FIRST_PAGE <= number < end for number in places):
            raise ValueError("a piece with foreign numbers")
        self._places |= places
        self.archival = self.archival and piece.archival
        self.free = max(self.free, piece.free)
        return self._counted(piece.data)

    def end(self, title: str, bookmarks: Sequence[OutlineItem]) -> Iterator[bytes]:
        """Yield what closes the file; it is marked PDF/A-2b where all its pieces may stand in one."""
        outlines = self.free
        yield self._object(INFO, f"<< /Title {_text(title)} /Producer {_text('Yankomas')} >>")
        kids = " ".join(f"{n} 0 R" for n in self.numbers(0, self.pages))
        yield self._object(TREE, f"<< /Type /Pages /Count {self.pages} /Kids [ {kids} ] >>")
        count = len(bookmarks)
        ends = f" /First {outlines + 1} 0 R /Last {outlines + count} 0 R" if count else ""
        yield self._object(outlines, f"<< /Type /Outlines /Count {count}{ends} >>")
        for n, bookmark in enumerate(bookmarks, start=1):
            yield self._object(outlines + n, _bookmark(bookmark, outlines, n, count))
        catalog = f"/Type /Catalog /Pages {TREE} 0 R /Outlines {outlines} 0 R /PageMode /UseOutlines"
        shown = "/Lang (id-ID) /ViewerPreferences << /DisplayDocTitle true >>"
        last = outlines + count + 1
        if self.archival:
            yield self._stream(last, "/Type /Metadata /Subtype /XML", metadata(title))
            yield self._stream(last + 1, "/N 3", colour_profile())
            shown += f" /Metadata {last} 0 R /OutputIntents [ << /Type /OutputIntent /S /GTS_PDFA1"
            shown += f" /OutputConditionIdentifier (sRGB) /Info (sRGB) /DestOutputProfile {last + 1} 0 R >> ]"
            last += 2
        yield self._object(CATALOG, f"<< {catalog} {shown} >>")
        yield self._table(last)

    def _stream(self, number: int, entries: str, data: bytes) -> bytes:
        self._places[number] = self.at
        head = f"{number} 0 obj\n<< {entries} /Length {len(data)} >>\nstream\n".encode("ascii")
        return self._counted(b"%b%b\nendstream\nendobj\n" % (head, data))

    def _object(self, number: int, body: str) -> bytes:
        self._places[number] = self.at
        return self._counted(f"{number} 0 obj\n{body}\nendobj\n".encode("ascii"))

    def _table(self, size: int) -> bytes:
        lines = [b"0000000000 65535 f \n"]
        lines += [
            b"%010d 00000 n \n" % self._places[n] if n in self._places else b"0000000000 00000 f \n"
            for n in range(1, size)
        ]
        identity = self._digest.hexdigest()[:32]
        known = f"/Root {CATALOG} 0 R /Info {INFO} 0 R /ID [ <{identity}> <{identity}> ]"
        trailer = f"trailer\n<< /Size {size} {known} >>\nstartxref\n{self.at}\n%%EOF\n"
        return b"xref\n0 %d\n" % size + b"".join(lines) + trailer.encode("ascii")

    def _counted(self, data: bytes) -> bytes:
        self.at += len(data)
        self._digest.update(data)
        return data


def _bookmark(bookmark: OutlineItem, outlines: int, n: int, count: int) -> str:
    beside = f" /Prev {outlines + n - 1} 0 R" * (n > 1) + f" /Next {outlines + n + 1} 0 R" * (n < count)
    where = f"/Dest [ {FIRST_PAGE + bookmark.page} 0 R /Fit ]"
    return f"<< /Title {_text(bookmark.title)} /Parent {outlines} 0 R{beside} {where} >>"


def _text(text: str) -> str:
    """Return a text as a hexadecimal string of PDF (UTF-16)."""
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"
