"""Builds the PDF that people open and search: the pages as they came, the words invisibly under them.

Only pages are carried over, nothing that acts: no script, no attachment, no form. Pages that were filed sideways or
upside down are shown upright (by ``/Rotate``, their drawing is untouched). A text layer that was there before stays
where it was trusted; where the page was read by OCR it is replaced. What is pictures only is marked PDF/A-2.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from pipeline.drawing.engines.pdf_writing import saved, with_font
from pipeline.drawing.engines.pdfa_marks import mark
from pipeline.scans.formats.kinds import PDF
from pipeline.scans.pdf.active_content import clean, disarm, drop
from pipeline.scans.pdf.image_pages import EncodedPicture, PicturePage, picture_pages
from pipeline.scans.pdf.old_text_layer import without_old_text
from pipeline.scans.pdf.pdf_repair import open_pdf
from pipeline.scans.pdf.picture_only import only_pictures
from pipeline.scans.pdf.text_layer import FONT, PageFrame, add_font, underlay
from pipeline.scans.words import UNREAD, Page

#: What a page carries besides its look, and is left behind.
HIDDEN = ("/AA", "/AF", "/PieceInfo", "/B", "/Thumb", "/StructParents", "/Tabs")
#: The size (points) that viewers give a page without one: a US letter.
_NO_SIZE = (0, 0, 612, 792)


def build_searchable(path: Path, media: str, pages: Sequence[Page]) -> bytes | None:
    """Return the searchable PDF, or None where the file itself is as good: a PDF with its own good text.

    Raises:
        Refused: the PDF cannot be opened.
        OSError, ValueError, PdfError: the file is damaged.
    """
    made = Pdf.new()
    if media == PDF:
        opened = open_pdf(path)
        opened.document.close()
        if not opened.encrypted and _is_good_already(opened.pdf, pages):
            return None
        for page in opened.pdf.pages:
            drop(page.obj, *HIDDEN)
            disarm(page.obj)
            made.pages.append(page)
            _give_frame(made.pages[-1].obj)
        clean(made)
    else:
        for sheet, read in zip_longest(picture_pages(path), pages):
            if sheet is None or read is None:
                raise ValueError("pages read and pages in the file differ")
            add_picture(made, sheet, _size(sheet, read), read.turned)
    for read in pages:
        if read.source != "lapisan":
            without_old_text(made, made.pages[read.number - 1])
    archival = only_pictures(page.obj for page in made.pages)
    lay_under(made, [page for page in pages if page.source == "ocr"])
    if archival:
        mark(made)
    return saved(made)


def _size(sheet: PicturePage, read: Page) -> tuple[float, float]:
    """Return the size of a page in points; of one that could not be read, as wide and in the picture's shape."""
    if read.source != UNREAD:
        return read.width, read.height
    across, down = sheet.picture.width, sheet.picture.height
    return read.width, read.width * (across / down if sheet.turn in (90, 270) else down / across)


def _give_frame(page: Object) -> None:
    """Give a page whose size or turn is missing, or makes no sense, those with which viewers show it."""
    if not _is_box(page.get("/MediaBox")):
        page.MediaBox = Array(_NO_SIZE)
    if not _is_box(page.get("/CropBox", page.MediaBox)):
        del page.CropBox
    if page.get("/Rotate", 0) not in (0, 90, 180, 270):
        turn = page.Rotate
        page.Rotate = int(turn) // 90 * 90 % 360 if isinstance(turn, int) else 0


def _is_box(found: Any) -> bool:
    try:
        left, bottom, right, top = map(float, found)
    except (TypeError, ValueError):
        return False
    return left != right and bottom != top


def _is_good_already(pdf: Pdf, pages: Sequence[Page]) -> bool:
    if any(page.source != "lapisan" for page in pages):
        return False
    return not clean(pdf)


def lay_under(pdf: Pdf, pages: Sequence[Page]) -> None:
    """Lay the words of these pages, as they were read, invisibly under what the document's pages show."""
    laid = [page for page in pages if page.words]
    font = add_font(pdf, {letter for page in laid for word in page.words for letter in word.text})
    for read in laid:
        page = pdf.pages[read.number - 1]
        turn = (int(page.get("/Rotate", 0)) + read.turned) % 360
        page.Rotate = turn
        left, bottom, right, top = map(float, page.cropbox.as_list())
        sheet = PageFrame(left, bottom, right - left, top - bottom, turn)
        # Before the page's own instructions, whose graphics state may be left anyhow.
        page.contents_add(underlay(read.words, sheet), prepend=True)
        with_font(page, FONT, font)


def add_picture(pdf: Pdf, sheet: PicturePage, size: tuple[float, float], turned: int) -> None:
    """Add a page that shows the picture; ``size`` (points) is that of the page when it is ``turned`` upright."""
    sideways = (turned + sheet.turn) % 180 == 90
    width, height = (size[1], size[0]) if sideways else size
    across = f"{-width:.3f} 0 0 {height:.3f} {width:.3f} 0" if sheet.mirrored else f"{width:.3f} 0 0 {height:.3f} 0 0"
    page = pdf.add_blank_page(page_size=(width, height))
    page.Rotate = sheet.turn
    page.Resources = Dictionary(XObject=Dictionary(Gambar=_image(pdf, sheet.picture)))
    page.Contents = pdf.make_stream(f"q {across} cm /Gambar Do Q".encode("ascii"))


def _image(pdf: Pdf, picture: EncodedPicture) -> Object:
    space: Object = Name(picture.space)
    if picture.palette:
        space = Array([space, Name.DeviceRGB, len(picture.palette) // 3 - 1, String(picture.palette)])
    image = pdf.make_stream(
        picture.data,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.width,
        Height=picture.height,
        BitsPerComponent=picture.bits,
        ColorSpace=space,
        Filter=Name(picture.filter),
    )
    if picture.parameters:
        image.DecodeParms = Dictionary(picture.parameters)
    if picture.inverted:
        image.Decode = Array([1, 0] * 4)
    return image
