"""What redacted copies need of the confined child: the words on the pages of a document, and the copy itself."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from pipeline.drawing.engines.pdfa_check import verdict
from pipeline.scans import refusals
from pipeline.scans.confinement.framing import Message, Operation
from pipeline.scans.formats.kinds import PDF
from pipeline.scans.ocr.own_text import words_on
from pipeline.scans.operations.inspection import Findings, inspect_file, open_scan
from pipeline.scans.pdf.pdf_file import shown_page
from pipeline.scans.pdf.pdf_repair import open_pdf
from pipeline.scans.pdf.redacted_pdf import build_redacted
from pipeline.scans.refusals import Limits
from pipeline.scans.words import Box, Page, page_to_json

Arguments = Mapping[str, Any]
#: Dots per inch at which a picture is opened only for its size.
_GLANCE_DPI = 20.0


def _words(arguments: Arguments, _: tuple[bytes, ...]) -> Message:
    """Return every page with the words of its own text; those of a picture have none."""
    path = Path(arguments["path"])
    found = _proven(path, arguments)
    return Message(
        [page_to_json(page) for page in (_of_pdf(path) if found.media == PDF else _of_pictures(path, found))]
    )


def _of_pdf(path: Path) -> list[Page]:
    pages = []
    with closing(open_pdf(path)) as opened:
        for index in range(len(opened.document)):
            page = shown_page(opened.document, index)
            width, height = page.get_size()
            words = words_on(page)
            source = "lapisan" if words else "kosong"
            pages.append(Page(index + 1, max(width, 1.0), max(height, 1.0), words, "", source))
    return pages


def _of_pictures(path: Path, found: Findings) -> list[Page]:
    pages = []
    with closing(open_scan(path, found.media)) as scan:
        for index in range(found.pages):
            raster = scan.raster(index, _GLANCE_DPI)
            pages.append(Page(index + 1, raster.width, raster.height, (), "", "kosong"))
    return pages


def _redact(arguments: Arguments, blobs: tuple[bytes, ...]) -> Message:
    """Return the copy, how many pages it has, and what was found of it as PDF/A."""
    path = Path(arguments["path"])
    found = _proven(path, arguments)
    areas: dict[int, list[Box]] = {}
    for index, left, top, right, bottom in arguments["areas"]:
        areas.setdefault(index, []).append((left, top, right, bottom))
    built = build_redacted(path, found.media, found.pages, areas, blobs[0], arguments["title"])
    return Message({"pages": found.pages, "archival": verdict(built)}, (built,))


def _proven(path: Path, arguments: Arguments) -> Findings:
    """Prove the file whole, open and harmless, of no more pages than a copy may have.

    Raises:
        Refused: it is not.
    """
    found = inspect_file(path, Limits(**arguments["limits"]))
    if found.pages > int(arguments["most"]):
        raise refusals.TOO_MANY_PAGES_TO_REDACT(pages=found.pages, most=arguments["most"])
    return found


OPERATIONS: Mapping[str, Operation] = {"words": _words, "redact": _redact}
