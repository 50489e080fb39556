"""Draws pages in colour for people to look at: previews on a screen, and the pages of a bound folder.

A preview is not what is read: reading wants grey at its working resolution (``raster``), eyes want the blue of a stamp.
Pages that a folder is bound of are drawn anew only where they are not our own; those are carried over.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from pikepdf import Page, Pdf
from PIL import Image

from pipeline.drawing.engines.pdfa_check import carries
from pipeline.scans.confinement.framing import Message, Operation
from pipeline.scans.formats.kinds import PDF
from pipeline.scans.imaging.raster import frames_of, open_picture, to_frame
from pipeline.scans.operations.inspection import open_scan
from pipeline.scans.pdf.assembly import fragment
from pipeline.scans.pdf.drawn_pages import add_drawn_page, in_colour, pictures_of_frames, pictures_of_pdf
from pipeline.scans.pdf.pdf_file import shown_page
from pipeline.scans.pdf.pdf_repair import open_pdf
from pipeline.scans.refusals import Limits

Arguments = Mapping[str, Any]
#: Quality of WebP (0 to 100), and widths in a height: a strip of paper longer than this is shrunk.
_PREVIEW_QUALITY, _LONGEST = 78, 4


def _preview(arguments: Arguments, _: tuple[bytes, ...]) -> Message:
    """Return the page as WebP, and how many pages there are; no page is no fault."""
    path, index, width = Path(arguments["path"]), int(arguments["index"]), int(arguments["width"])
    draw = _page_preview if arguments["media"] == PDF else _frame_preview
    picture, count = draw(path, index, width)
    if picture is None:
        return Message({"pages": count})
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=_PREVIEW_QUALITY, method=2)
    return Message({"pages": count}, (out.getvalue(),))


def _page_preview(path: Path, index: int, width: int) -> tuple[Image.Image | None, int]:
    with closing(open_pdf(path)) as opened:
        count = len(opened.document)
        if not 0 <= index < count:
            return None, count
        page = shown_page(opened.document, index)
        across, down = page.get_size()
        scale = min(width / max(across, 1), _LONGEST * width / max(down, 1))
        return page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB"), count


def _frame_preview(path: Path, index: int, width: int) -> tuple[Image.Image | None, int]:
    with open_picture(path) as image:
        count = frames_of(image)
        if not 0 <= index < count:
            return None, count
        to_frame(image, index)
        Limits().check_pixels(image.width, image.height)
        if image.format == "JPEG":
            image.draft("RGB", (width, width))
        picture = in_colour(image)
        picture.thumbnail((width, _LONGEST * width), Image.Resampling.BOX)
        return picture, count


def _count(arguments: Arguments, _: tuple[bytes, ...]) -> Message:
    with closing(open_scan(Path(arguments["path"]), arguments["media"])) as scan:
        return Message(scan.pages)


def _carry(arguments: Arguments, _: tuple[bytes, ...]) -> Message:
    with closing(open_pdf(Path(arguments["path"]))) as opened:
        pages = opened.pdf.pages[arguments["first"] : arguments["last"]]
        archival = carries(opened.pdf, [page.obj for page in pages])  # before anything is taken off them
        return _message(pages, arguments, archival=archival)


def _draw(arguments: Arguments, _: tuple[bytes, ...]) -> Message:
    look = pictures_of_pdf if arguments["media"] == PDF else pictures_of_frames
    pdf = Pdf.new()
    for picture, width, height in look(Path(arguments["path"]), range(arguments["first"], arguments["last"])):
        add_drawn_page(pdf, picture, width, height)
    return _message(list(pdf.pages), arguments, archival=True)


def _message(pages: Sequence[Page], arguments: Arguments, *, archival: bool) -> Message:
    made = fragment(pages, arguments["numbers"], arguments["parent"], arguments["free"])
    told = {"offsets": [list(pair) for pair in made.offsets], "free": made.free, "archival": archival}
    return Message(told, (made.data,))


OPERATIONS: Mapping[str, Operation] = {"preview": _preview, "count": _count, "carry": _carry, "draw": _draw}
