"""Decides whether a file can be taken in, and sees what is on its pages before text is read. Runs in a child process.

Nothing is decoded before its size is known. Then each page is drawn once and looked at: codes, separator sheets, blank
pages.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

from PIL import UnidentifiedImageError

from pipeline.scans import refusals
from pipeline.scans.formats import kinds, wholeness
from pipeline.scans.formats.jpeg_dots import jpeg_dots
from pipeline.scans.formats.kinds import unsupported_type
from pipeline.scans.imaging.background import is_blank, positive
from pipeline.scans.imaging.codes import Patch, read_codes
from pipeline.scans.imaging.raster import ImageScan, Raster, Scan, frames_of, open_picture
from pipeline.scans.imaging.separators import SEPARATOR_SHARE, find_separator
from pipeline.scans.pdf.pdf_pages import PdfScan
from pipeline.scans.pdf.pdf_proof import Proof, prove_pdf
from pipeline.scans.pdf.signature_marks import signature_marks
from pipeline.scans.ports import SEPARATOR
from pipeline.scans.refusals import FEW_DOTS, FEW_PAGES, FileFacts, Limits, refuse_unfit

_PATCH_DOUBT = (
    "ada garis-garis atau kode seperti lembar pemisah patch T, tetapi halaman ini juga berisi tulisan atau tidak jelas"
)
_QR_DOUBT = "ada kode QR besar yang tidak terbaca; mungkin lembar pemisah"


@dataclass(frozen=True, slots=True)
class Findings:
    """What the file is, how many pages it has, what the clerk should know, how many signatures are marked in it.

    ``plain``: drawing its pages costs what honest ones do, as far as that can be told before it is done;
    ``pictures``: they are plain pictures alone, so that nothing about it is left to guess.
    """

    media: str
    pages: int
    warnings: tuple[str, ...] = ()
    signatures: int = 0
    plain: bool = True
    pictures: bool = False


def inspect_file(path: Path, limits: Limits) -> Findings:
    """Prove the file to the last page without reading a word of it.

    Raises:
        Refused: with code, message and remedy.
    """
    state = wholeness.whole(path)
    refuse_unfit(
        FileFacts(
            kind=unsupported_type(path) if state.media == kinds.UNKNOWN else state.media,
            taken=state.media in kinds.EXTENSIONS,
            size=path.stat().st_size,
            gap="" if state.is_whole else state.why,
            mendable=state.media == kinds.PDF and wholeness.has_pdf_end(path),
        ),
        limits,
    )
    proof = prove_pdf(path, limits) if state.media == kinds.PDF else _prove_image(path, limits)
    signatures = signature_marks(path) if state.media == kinds.PDF else 0
    return Findings(state.media, proof.pages, proof.warnings, signatures, proof.plain, proof.pictures)


def open_scan(path: Path, media: str) -> Scan:
    """Open a file of one of the kinds that are taken in."""
    return PdfScan(path) if media == kinds.PDF else ImageScan(path)


@dataclass(frozen=True, slots=True)
class Sighting:
    """What is seen on a page (from 1) before any of its text is read.

    ``codes`` are (symbology, text). ``doubt`` says why it may be a separator or carry a code that cannot be read.
    """

    page: int
    codes: tuple[tuple[str, str], ...] = ()
    separator: bool = False
    blank: bool = False
    doubt: str = ""
    unread: bool = False


def look_at_pages(scan: Scan, first: int, last: int) -> list[Sighting]:
    """Return what is seen on the pages *first* to *last* (from 0, *last* excluded).

    Raises:
        Refused: ``rusak`` if a page cannot be drawn.
    """
    found = []
    for index in range(first, last):
        try:
            raster = scan.raster(index)
        except (OSError, ValueError, SyntaxError, RuntimeError, EOFError, struct.error):
            raise refusals.DAMAGED_PAGE(page=index + 1) from None
        found.append(_sighting(index + 1, raster))
    return found


def _sighting(page: int, raster: Raster) -> Sighting:
    codes = read_codes(raster.image)
    if not codes and (image := positive(raster.image)) is not raster.image:
        codes = read_codes(image)
    patch = find_separator(raster.image, raster.dpi, codes)
    large = [code for code in codes if code.share >= SEPARATOR_SHARE]
    ours = any(code.text == SEPARATOR for code in large)
    doubt = _PATCH_DOUBT if patch is Patch.DOUBT else ""
    if any(not code.text for code in large):
        doubt = _QR_DOUBT
    return Sighting(
        page,
        codes=tuple((code.kind, code.text) for code in codes if code.text),
        separator=ours or patch is Patch.SHEET,
        blank=not codes and is_blank(raster.image),
        doubt=doubt,
        unread=any(not code.text for code in codes),
    )


def _prove_image(path: Path, limits: Limits) -> Proof:
    """Check every frame's size and that there are not too many; decoding comes with the codes."""
    try:
        with open_picture(path) as image:
            frames, dots = frames_of(image), 0
            limits.check_pages(frames, "Berkas")
            for frame in range(frames):
                if frames > 1:
                    image.seek(frame)
                limits.check_pixels(image.width, image.height)
                dots += image.width * image.height
            plain = frames <= FEW_PAGES and dots <= frames * FEW_DOTS
            plain = plain and (image.format != "JPEG" or jpeg_dots(path.read_bytes()) is not None)
            return Proof(frames, plain=plain, pictures=plain)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, struct.error, OverflowError, TypeError):
        raise refusals.DAMAGED_PICTURE() from None
