"""Decides whether a file can be taken in, and sees what is on its pages before text is read. Runs in a child process.

The order is: what is it, is it whole, is it within the limits, does it open to the last page. Nothing is decoded
before its size is known. Then each page is drawn once and looked at: codes, separator sheets, blank pages.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from pipeline.errors import Refused
from pipeline.scans.formats import wholeness
from pipeline.scans.formats.unsupported_types import AS_PDF, TAKEN, named
from pipeline.scans.imaging.background import is_blank, positive
from pipeline.scans.imaging.barcodes import read_codes
from pipeline.scans.imaging.patch_codes import Patch, find_patch
from pipeline.scans.imaging.raster import Raster, Scan
from pipeline.scans.limits import Limits, refuse_large
from pipeline.scans.pdf.pdf_proof import AGAIN, Proof, prove_pdf, refuse_pixels
from pipeline.scans.ports import SEPARATOR

_BY_NAME = {
    wholeness.HEIC: ("Foto HEIC (dari iPhone) belum didukung.", "Kirim sebagai JPEG atau PDF."),
    wholeness.DOCX: ("Ini dokumen Word, Excel, atau LibreOffice, bukan hasil pindai.", AS_PDF),
    wholeness.ZIP: ("Ini berkas ZIP, bukan hasil pindai.", f"Kirim isinya satu per satu. {TAKEN}"),
    wholeness.OLE: ("Ini dokumen Office lama atau surel Outlook, bukan hasil pindai.", AS_PDF),
}

#: A separator's QR code is at least so large, as a share of the page's shorter side; a small one parts nothing.
_SEPARATOR_SHARE = 0.3
_PATCH_DOUBT = "ada garis-garis seperti lembar pemisah patch T, tetapi halaman ini juga berisi tulisan atau tidak jelas"
_QR_DOUBT = "ada kode QR besar yang tidak terbaca; mungkin lembar pemisah"


@dataclass(frozen=True, slots=True)
class Findings:
    """What the file is, how many pages it has, and what the clerk should know."""

    media: str
    pages: int
    warnings: tuple[str, ...] = ()


def inspect_file(path: Path, limits: Limits) -> Findings:
    """Prove the file to the last page without reading a word of it.

    Raises:
        Refused: with code, message and remedy.
    """
    state = wholeness.whole(path)
    if state.media == wholeness.EMPTY:
        raise Refused("kosong", "Berkas ini kosong (0 byte).", "Pindai atau kirim ulang.")
    if state.media in _BY_NAME:
        raise Refused("jenis", *_BY_NAME[state.media])
    if state.media == wholeness.UNKNOWN:
        raise Refused("jenis", *named(path))
    refuse_large(path.stat().st_size, limits)
    if not state.is_whole and not _mendable(path, state):
        raise Refused("terpotong", f"Berkas ini tidak utuh: {state.why}.", "Pindai atau kirim ulang sampai selesai.")
    proof = prove_pdf(path, limits) if state.media == wholeness.PDF else _prove_image(path, limits)
    return Findings(state.media, proof.pages, proof.warnings)


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
            raise Refused("rusak", f"Halaman {index + 1} rusak dan tidak dapat dibuka.", AGAIN) from None
        found.append(_sighting(index + 1, raster))
    return found


def _sighting(page: int, raster: Raster) -> Sighting:
    codes = read_codes(raster.image)
    if not codes and (image := positive(raster.image)) is not raster.image:
        codes = read_codes(image)
    patch = find_patch(raster.image, raster.dpi)
    large = [code for code in codes if code.share >= _SEPARATOR_SHARE]
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


def _mendable(path: Path, state: wholeness.Wholeness) -> bool:
    """Say whether mending may help: a PDF with its end in place, but a cross-reference gone astray."""
    return state.media == wholeness.PDF and wholeness.has_pdf_end(path)


def _prove_image(path: Path, limits: Limits) -> Proof:
    """Check every frame's size and that there are not too many; decoding comes with the codes."""
    try:
        with Image.open(path, formats=("JPEG", "PNG", "TIFF")) as image:
            frames = int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1
            if frames > limits.pages:
                raise Refused(
                    "terlalu-besar",
                    f"Berkas ini berisi lebih dari {limits.pages} halaman.",
                    "Pisahkan menjadi beberapa berkas, satu surat satu berkas.",
                )
            for frame in range(frames):
                if frames > 1:
                    image.seek(frame)
                refuse_pixels(image.width, image.height, limits.pixels)
            return Proof(frames)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, struct.error, OverflowError, TypeError):
        raise Refused("rusak", "Gambar ini rusak dan tidak dapat dibuka.", AGAIN) from None
