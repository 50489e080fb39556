"""Pages of a PDF as a piece of another one: objects with numbers of their own, ready to be put behind others.

Runs in a child process for files from outside: only what a page shows is carried over (resources, contents, the look
of its notes), nothing that acts, and nothing that leads to another page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Object, Page, Pdf, Stream

from pipeline.drawing.engines.pdf_writing import in_file
from pipeline.scans.pdf.active_content import disarm, drop, notes

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
    """Bytes of PDF objects, where in them each object (by its number) begins, and the next free number."""

    data: bytes
    offsets: Sequence[tuple[int, int]]
    free: int


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
    notes = (
        f"<< /Type /Annot /Subtype /Link /Border [ 0 0 0 ] /Dest [ {target} 0 R /Fit ]"
        f" /Rect [ {' '.join(f'{side:.1f}' for side in place)} ] >>"
        for place, target in links
    )
    return f" /Annots [ {' '.join(notes)} ]" if links else ""
