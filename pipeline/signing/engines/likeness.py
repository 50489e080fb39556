"""Says how a PDF follows on one that we printed. Runs in a confined child.

A signed letter begins with our bytes, every one; behind them stand signatures and what proves them, nothing else, and
no signature is drawn over words of ours.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
from pyhanko.pdf_utils.generic import ArrayObject
from pyhanko.pdf_utils.reader import PdfFileReader

from pipeline.signing.engines.page_text import page_lines
from pipeline.signing.engines.validation import BROKEN
from pipeline.signing.findings import Likeness

Box = tuple[float, float, float, float]


#: What signing adds to the catalog and to a page (ISO 32000-2, 12.7, 12.8.4.3); metadata are never seen.
_CATALOG = frozenset({"/AcroForm", "/DSS", "/Extensions", "/Perms", "/Version", "/Metadata"})
_PAGE = frozenset({"/Annots"})


def likeness(path: Path, printed: bytes) -> Likeness:
    """Return how the file follows on our print. Never raises for what is in the file."""
    with path.open("rb") as file:
        if file.read(len(printed)) != printed:
            return Likeness(begins=False, only_signatures=False)
        try:
            reader = PdfFileReader(file, strict=False)
            ours = PdfFileReader(io.BytesIO(printed), strict=False)
            if reader.encrypted or reader.xrefs.hybrid_xrefs_present or not _only_signatures(reader, ours):
                return Likeness(begins=True, only_signatures=False)
            return Likeness(begins=True, only_signatures=True, covers_text=_covered(reader, ours, printed))
        except BROKEN:
            return Likeness(begins=True, only_signatures=False)


def _only_signatures(reader: PdfFileReader, ours: PdfFileReader) -> bool:
    """Say whether every object of our print is what it was, but for what signing adds to catalog and pages.

    pyHanko's own analysis judges what comes after a signature; it knows no document that had no form before.
    """
    known = set().union(*(ours.xrefs.explicit_refs_in_revision(n) for n in range(ours.total_revisions)))
    later = range(ours.total_revisions, reader.total_revisions)
    written = set().union(*(reader.xrefs.explicit_refs_in_revision(n) for n in later))
    pages = {ours.find_page_for_modification(n)[0].reference for n in range(int(ours.root["/Pages"]["/Count"]))}
    information = ours.trailer.raw_get("/Info") if "/Info" in ours.trailer else None
    kept = all(
        _keeps(before, after, _may_gain(ref, before, ours, pages))
        for ref in known & written
        if ref != getattr(information, "reference", None)
        for before, after in [(ours.get_object(ref), reader.get_object(ref))]
    )
    return kept and reader.root_ref == ours.root_ref and _annotations_kept(reader, ours, len(pages))


def _may_gain(ref: Any, before: Any, ours: PdfFileReader, pages: set[Any]) -> frozenset[str] | None:
    """Return the entries of an object that may change; None if all of it may."""
    if ref == ours.root_ref:
        return _CATALOG
    if ref in pages:
        return _PAGE
    if isinstance(before, ArrayObject) or before.get("/Type") == "/Metadata":
        return None  # lists of annotations are compared page by page
    return frozenset()


def _keeps(before: Any, after: Any, gains: frozenset[str] | None) -> bool:
    if gains is None:
        return type(before) is type(after)
    if getattr(before, "encoded_data", None) != getattr(after, "encoded_data", None):
        return False
    names = (before.keys() | after.keys()) - gains
    return all(n in before and n in after and before.raw_get(n) == after.raw_get(n) for n in names)


def _annotations_kept(reader: PdfFileReader, ours: PdfFileReader, pages: int) -> bool:
    """Say whether each page has the notes that it had, and besides them only fields for signatures."""
    for number in range(pages):
        before, after = _notes(ours, number), _notes(reader, number)
        if after[: len(before)] != before:
            return False
        if any(_kind(note.get_object()) != "/Sig" for note in after[len(before) :]):
            return False
    return True


def _kind(note: Any) -> str:
    """Return what kind of field an annotation shows; nothing if it shows none."""
    if note.get("/Subtype") != "/Widget":
        return ""
    return str(note.get("/FT") or (note["/Parent"].get("/FT") if "/Parent" in note else ""))


def _notes(reader: PdfFileReader, number: int) -> list[Any]:
    page: Any = reader.find_page_for_modification(number)[0].get_object()
    notes: Any = page["/Annots"] if "/Annots" in page else ArrayObject()
    return [notes.raw_get(index) for index in range(len(notes))]


def _covered(reader: PdfFileReader, ours: PdfFileReader, printed: bytes) -> int:
    """Return a page (from 1) on which a signature lies over the middle of a line of ours; 0 if there is none."""
    document = pypdfium2.PdfDocument(printed)
    try:
        for number in range(len(document)):
            added = set(_boxes(reader, number)) - set(_boxes(ours, number))
            for line in page_lines(document, number):
                x, y = (line.left + line.right) / 2, (line.bottom + line.top) / 2
                if any(left < x < right and bottom < y < top for left, bottom, right, top in added):
                    return number + 1
    finally:
        document.close()
    return 0


def _boxes(reader: PdfFileReader, number: int) -> Iterator[Box]:
    """Yield the places of a page's annotations."""
    for note in _notes(reader, number):
        x0, y0, x1, y1 = (float(value) for value in note.get_object()["/Rect"])
        yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
