"""What is read of an opened PDF: its dictionaries, a page's instructions unpacked within limits, the page as shown."""

from __future__ import annotations

import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import (
    Array,
    Dictionary,
    Object,
    PikepdfError,
    Stream,
    StreamDecodeLevel,
)
from pikepdf.settings import qpdf_limit_errors

#: Bytes that a stream, or all that a page draws with, may unpack to: a hundred times what honest pages have.
MOST_UNPACKED = 75_000_000
_OUT_OF_MEMORY = ("memory limit exceeded", "bad_alloc")
_GLANCE = 10.0  # points for the longer side of a page that is drawn only so that pdfium looks at its notes


class Overflow(Exception):
    """Something unpacks to more than any honest page has."""


def dictionary(owner: Object, key: str) -> Object:
    """Return the dictionary under a key; an empty one if there is none, or something else."""
    found = owner.get(key)
    return found if isinstance(found, Dictionary) else Dictionary()


def contents(page: Object) -> bytes:
    """Return a page's drawing instructions.

    Raises:
        Overflow: they are too many.
        PdfError: they are damaged.
    """
    own = page.get("/Contents")
    parts, length = [], 0
    for part in own if isinstance(own, Array) else [own]:
        if isinstance(part, Stream):
            parts.append(unpacked(part))
            length += len(parts[-1])
            if length > MOST_UNPACKED:
                raise Overflow
    return b"\n".join(parts)


def unpacked(stream: Stream) -> bytes:
    """Return a stream's bytes.

    Raises:
        Overflow: they are too many.
        PdfError: they are damaged.
    """
    limits = qpdf_limit_errors()
    try:
        return stream.read_bytes(StreamDecodeLevel.specialized)
    except MemoryError:
        raise Overflow from None
    except PikepdfError as error:
        if qpdf_limit_errors() > limits or any(sign in str(error) for sign in _OUT_OF_MEMORY):
            raise Overflow from None
        raise


def shown_page(document: pypdfium2.PdfDocument, index: int) -> pypdfium2.PdfPage:
    """Return the page with what its notes and filled-in fields show made part of it: drawn and found as its text.

    Only in memory, and on a copy of the page: pdfium gives a page that inherits its size or its fonts new ones here.
    """
    page = document[index]
    if min(page.get_size()) <= 0:  # what is to be shown of it lies beside it; then other viewers show all of it
        page.set_cropbox(*page.get_mediabox())
        page.close()
        page = document[index]
    if pdfium.FPDFPage_GetAnnotCount(page.raw) < 1:
        return page
    # Fields that leave their look to the viewer (NeedAppearances) are given one when the page is first drawn.
    page.render(scale=_GLANCE / max(*page.get_size(), 1.0))
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page.raw, box)
    copy = pypdfium2.PdfDocument.new()
    copy.import_pages(document, [index])
    shown = copy[0]
    for keep in (shown.set_mediabox, shown.set_cropbox):
        keep(box.left, box.bottom, box.right, box.top)
    pdfium.FPDFPage_Flatten(shown.raw, pdfium.FLAT_NORMALDISPLAY)
    shown.close()
    return copy[0]
