"""Builds the PDF that people open and search: the pages as they came, the words invisibly under them.

Only pages are carried over, nothing that acts: no script, no attachment, no form. Pages that were filed sideways or
upside down are shown upright (by ``/Rotate``, their drawing is untouched). A text layer that was there before stays
where it was trusted; where the page was read by OCR it is replaced. What is pictures only is marked PDF/A-2.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
)

from pipeline.scans.formats.wholeness import PDF
from pipeline.scans.pdf.active_content import disarm, find_active
from pipeline.scans.pdf.glyphless_font import add_font
from pipeline.scans.pdf.image_pages import Picture, PicturePage, picture_pages
from pipeline.scans.pdf.old_text_layer import without_old_text
from pipeline.scans.pdf.pdf_file import open_pdf
from pipeline.scans.pdf.pdfa_marks import mark, only_pictures
from pipeline.scans.pdf.text_underlay import FONT, Sheet, underlay
from pipeline.scans.words import Page

_HIDDEN = ("/AA", "/AF", "/PieceInfo", "/B", "/Thumb", "/StructParents", "/Tabs")


def build_searchable(path: Path, media: str, pages: Sequence[Page]) -> bytes | None:
    """Return the searchable PDF, or None where the file itself is as good: a PDF with its own good text.

    Raises:
        Refused: the PDF cannot be opened.
        OSError, ValueError, PyPdfError: the file is damaged.
    """
    writer = PdfWriter()
    writer.pdf_header = "%PDF-1.7"
    if media == PDF:
        opened = open_pdf(path)
        opened.document.close()
        if not opened.encrypted and _is_good_already(opened.reader, pages):
            return None
        _carry_over(writer, opened.reader)
    else:
        for sheet, read in zip_longest(picture_pages(path), pages):
            _add_picture(writer, sheet, read)
    _drop_old_text(writer, pages)
    archival = only_pictures(writer.pages)
    _lay_under(writer, pages)
    if archival:
        mark(writer, hashlib.sha256(path.read_bytes()).digest()[:16])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _is_good_already(reader: PdfReader, pages: Sequence[Page]) -> bool:
    if any(page.source != "lapisan" for page in pages):
        return False
    root: Any = reader.trailer["/Root"].get_object()
    return not find_active(root, reader.pages).any


def _carry_over(writer: PdfWriter, reader: PdfReader) -> None:
    for page in reader.pages:
        for key in _HIDDEN:
            page.pop(NameObject(key), None)
        disarm(page)
        writer.add_page(page)


def _drop_old_text(writer: PdfWriter, pages: Sequence[Page]) -> None:
    for read in pages:
        if read.source != "lapisan":
            without_old_text(writer, writer.pages[read.number - 1])


def _lay_under(writer: PdfWriter, pages: Sequence[Page]) -> None:
    laid = [page for page in pages if page.words and page.source == "ocr"]
    font = add_font(writer, {letter for page in laid for word in page.words for letter in word.text})
    for read in laid:
        page = writer.pages[read.number - 1]
        turn = (int(page.get("/Rotate", 0) or 0) + read.turned) % 360
        page[NameObject("/Rotate")] = NumberObject(turn)
        box = page.cropbox
        sheet = Sheet(float(box.left), float(box.bottom), float(box.width), float(box.height), turn)
        _put_first(writer, page, _flate(underlay(read.words, sheet)))
        _give_font(page, font)


def _put_first(writer: PdfWriter, page: PageObject, stream: StreamObject) -> None:
    """Put our instructions before the page's own, whose graphics state may be left anyhow."""
    old = page.get("/Contents")
    rest: list[Any] = []
    if old is not None:
        plain = old.get_object()
        rest = list(plain) if isinstance(plain, ArrayObject) else [page.raw_get("/Contents")]
    page[NameObject("/Contents")] = ArrayObject([writer._add_object(stream), *rest])


def _give_font(page: PageObject, font: IndirectObject) -> None:
    """Add the font to the page's resources, which other pages may share: so in a copy."""
    resources = DictionaryObject(page.get("/Resources", DictionaryObject()).get_object())
    fonts = DictionaryObject(resources.get("/Font", DictionaryObject()).get_object())
    fonts[NameObject(FONT)] = font
    resources[NameObject("/Font")] = fonts
    page[NameObject("/Resources")] = resources


def _add_picture(writer: PdfWriter, sheet: PicturePage | None, read: Page | None) -> None:
    """Add a page that shows the picture, as large as the page was read to be."""
    if sheet is None or read is None:
        raise ValueError("pages read and pages in the file differ")
    sideways = (read.turned + sheet.turn) % 180 == 90
    width, height = (read.height, read.width) if sideways else (read.width, read.height)
    page = writer.add_blank_page(width, height)
    page[NameObject("/Rotate")] = NumberObject(sheet.turn)
    names = DictionaryObject({NameObject("/Gambar"): writer._add_object(_image(sheet.picture))})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): names})
    across = f"{-width:.3f} 0 0 {height:.3f} {width:.3f} 0" if sheet.mirrored else f"{width:.3f} 0 0 {height:.3f} 0 0"
    shown = f"q {across} cm /Gambar Do Q"
    page[NameObject("/Contents")] = writer._add_object(_flate(shown.encode("ascii")))


def _image(picture: Picture) -> StreamObject:
    stream = StreamObject()
    stream._data = picture.data
    space: Any = NameObject(picture.space)
    if picture.palette:
        colours = NumberObject(len(picture.palette) // 3 - 1)
        space = ArrayObject([space, NameObject("/DeviceRGB"), colours, ByteStringObject(picture.palette)])
    stream.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Width"): NumberObject(picture.width),
            NameObject("/Height"): NumberObject(picture.height),
            NameObject("/BitsPerComponent"): NumberObject(picture.bits),
            NameObject("/ColorSpace"): space,
            NameObject("/Filter"): NameObject(picture.filter),
        }
    )
    if picture.parameters:
        stream[NameObject("/DecodeParms")] = _dictionary(picture.parameters)
    if picture.inverted:
        stream[NameObject("/Decode")] = ArrayObject(FloatObject(value) for value in (1, 0) * 4)
    return stream


def _dictionary(values: Mapping[str, Any]) -> DictionaryObject:
    return DictionaryObject(
        {NameObject(k): BooleanObject(v) if isinstance(v, bool) else NumberObject(v) for k, v in values.items()}
    )


def _flate(data: bytes) -> StreamObject:
    plain = DecodedStreamObject()
    plain.set_data(data)
    return plain.flate_encode()
