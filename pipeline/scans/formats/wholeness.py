"""Whether a file is all there, by what its format ends with.

"It opens" proves nothing: libraries open a PDF that was cut at a tenth. So we look for each format's end: PDF
(ISO 32000-1, 7.5): ``%%EOF`` and a cross-reference where ``startxref`` says; JPEG (T.81): the EOI marker; PNG: the
IEND chunk; TIFF 6.0: every directory and every strip or tile within the file. Reads little, uses no library, never
raises on any bytes.

Files are read with ``pread``, not mapped: the scanner may shorten a file while we look, and touching a mapped page
that is gone kills the process.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.scans.formats.kinds import DOCX, EMPTY, JPEG, PDF, PNG, TIFF, UNKNOWN, ZIP, kind_of
from pipeline.scans.formats.tiff import ByteSource, tiff_gap
from pipeline.system_messages import os_words

#: Bytes in which a PDF's end is looked for (PDF Reference 1.7, Appendix H, note 18), and of junk behind it.
_TAIL, _JUNK = 1024, 2**20
#: More segments, scans (a progressive one has ten or so) or chunks than any camera or scanner writes.
_MOST_SEGMENTS, _MOST_SCANS, _MOST_CHUNKS = 10_000, 1_000, 200_000
#: Bytes at the beginning in which the header may lie, and that show whether a cross-reference begins.
_HEAD, _REFERENCE = 1024, 64
#: Bytes in which a ZIP's directory ends: its last record, with the longest comment.
_ZIP_TAIL = 22 + 0xFFFF
_BLANKS = b"\x00\t\n\x0c\r "
_STARTXREF = re.compile(rb"startxref[\x00\t\n\x0c\r ]+(\d{1,15})[\x00\t\n\x0c\r ]*%%EOF")
_XREF = re.compile(rb"[\x00\t\n\x0c\r ]*(xref\b|\d{1,10}[\x00\t\n\x0c\r ]+\d{1,5}[\x00\t\n\x0c\r ]+obj)")
#: Without the fill bytes (any number of ``ff``) before it: looking for them takes the square of their number.
_MARKER_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


@dataclass(frozen=True, slots=True)
class Wholeness:
    """The file's media type, whether it is all there, and if not what is missing (Indonesian)."""

    media: str
    is_whole: bool
    why: str = ""


def whole(path: Path) -> Wholeness:
    """Say what the file is and whether its end is there; a file of a kind that is not taken in counts as whole."""
    try:
        with ByteSource(path) as source:
            media = kind_of(source)
            why = _GAPS[media](source) if media in _GAPS else ""
    except OSError as error:
        return Wholeness(UNKNOWN, False, f"tidak dapat dibaca ({os_words(error)})")
    return Wholeness(media, not why, why)


def has_pdf_end(path: Path) -> bool:
    """Say whether a PDF's end is there: wherever its cross-reference points, or with junk behind it.

    What lies behind may be anything but objects: those are a PDF that was to go on.
    """
    try:
        with ByteSource(path) as source:
            if _has_end(_pdf_tail(source)):
                return True
            body, end, junk = source.at(max(0, source.size - _JUNK), _JUNK).rpartition(b"%%EOF")
            found = [*_STARTXREF.finditer(body[-_TAIL:] + end)]
            return bool(found) and b"obj" not in junk and bool(_XREF.match(source.at(int(found[-1][1]), _REFERENCE)))
    except OSError:
        return False


def _unknown_gap(source: ByteSource) -> str:
    """Name a place that a scanner keeps free before it writes; anything else unknown will stay unknown."""
    return "isinya belum ditulis" if source.size < 16 or not any(source.at(0, 16)) else ""


def _pdf_gap(source: ByteSource) -> str:
    """Return what the PDF lacks, or nothing. A long run of zeros at the end is a place kept free, not an end."""
    tail = _pdf_tail(source)
    if not _has_end(tail):
        return "penutup PDF (%%EOF) tidak ada"
    found = [*_STARTXREF.finditer(tail)]
    if not found:
        return "petunjuk daftar isi PDF (startxref) tidak ada"
    # Offsets count from the header, which junk may precede (ISO 32000-1, Annex H, note 13).
    for start in (0, max(0, source.at(0, _HEAD).find(b"%PDF-"))):
        if _XREF.match(source.at(start + int(found[-1][1]), _REFERENCE)):
            return ""
    return "daftar isi PDF tidak ada di tempat yang ditunjuk startxref"


def _pdf_tail(source: ByteSource) -> bytes:
    return source.at(max(0, source.size - 2 * _TAIL), 2 * _TAIL).rstrip(_BLANKS)


def _has_end(tail: bytes) -> bool:
    return b"%%EOF" in tail[-_TAIL:]


def _jpeg_gap(source: ByteSource) -> str:
    """Walk the segments to the EOI marker; bytes behind it (phones append more pictures) do not matter."""
    at, scans = 2, 0
    for _ in range(_MOST_SEGMENTS):
        marker = source.at(at, 4)
        if len(marker) < 2 or marker[0] != 0xFF:
            return "gambar JPEG belum sampai akhir"
        if marker[1] == 0xFF:
            at += 1
        elif marker[1] == 0xD9:
            return "" if scans else "gambar JPEG tidak berisi gambar"
        elif marker[1] == 0x01 or 0xD0 <= marker[1] <= 0xD8:
            at += 2
        elif len(marker) < 4:
            break
        else:
            at += 2 + max(2, int.from_bytes(marker[2:4], "big"))
            if marker[1] == 0xDA:
                scans += 1
                at = source.find(_MARKER_AFTER_SCAN, at, overlap=1)
                if at < 0 or scans > _MOST_SCANS:
                    break
    return "gambar JPEG belum sampai akhir"


def _png_gap(source: ByteSource) -> str:
    at, seen = 8, set()
    for _ in range(_MOST_CHUNKS):
        head = source.at(at, 8)
        if len(head) < 8 or not head[4:].isalpha():
            break
        length, kind = int.from_bytes(head[:4], "big"), head[4:]
        if at + 12 + length > source.size:
            break
        seen.add(kind)
        if kind == b"IEND":
            return "" if {b"IHDR", b"IDAT"} <= seen else "gambar PNG tidak berisi gambar"
        at += 12 + length
    return "gambar PNG belum sampai akhir"


def _zip_gap(source: ByteSource) -> str:
    """Return what a ZIP lacks, as Word and LibreOffice write them: its directory stands at its end (APPNOTE 4.3.16)."""
    tail = source.at(max(0, source.size - _ZIP_TAIL), _ZIP_TAIL)
    return "" if b"PK\x05\x06" in tail else "daftar isi ZIP di akhir berkas tidak ada"


_GAPS: dict[str, Callable[[ByteSource], str]] = {
    EMPTY: lambda _: "masih kosong (0 byte)",
    UNKNOWN: _unknown_gap,
    PDF: _pdf_gap,
    JPEG: _jpeg_gap,
    PNG: _png_gap,
    TIFF: tiff_gap,
    DOCX: _zip_gap,
    ZIP: _zip_gap,
}
