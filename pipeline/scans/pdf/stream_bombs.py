"""Refuses a PDF of which a small part unpacks to more than any honest file has, before a program that draws opens it.

qpdf unpacks within limits; pdfium unpacks whatever it needs - fonts, colours, objects, cross-references - as a whole,
and ends for want of memory. Pictures it unpacks row by row, and files inside not at all.
"""

from __future__ import annotations

import mmap
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from pikepdf import PikepdfError, Stream
from pikepdf.settings import qpdf_limit_errors

from pipeline.scans import refusals
from pipeline.scans.pdf.pdf_file import MOST_UNPACKED, Overflow, unpacked
from pipeline.scans.pdf.pdf_repair import structured

_PICTURE, _FILE = "/Image", "/EmbeddedFile"
_BEGINS = re.compile(rb"(?<!end)stream\r?\n")
#: Bytes before a stream in which its dictionary is looked at, and how often one may be packed within another.
_DICTIONARY, _LAYERS = 500, 4
#: Deflate makes at most a thousand bytes of one (RFC 1951): less is no bomb in the first layer, nor much in the next.
_LEAST = 1000


def refuse_bombs(path: Path) -> None:
    """Unpack all that is neither a picture nor a file inside, one thing after the other.

    Raises:
        Refused: ``terlalu-besar``, something unpacks to too much.
    """
    before = qpdf_limit_errors()
    if any(map(_swells, _packed_objects(path))):
        raise refusals.UNPACKS_TO_TOO_MUCH()
    pdf, _ = structured(path)
    if pdf is not None:
        with pdf, suppress(PikepdfError, UnicodeDecodeError):
            for thing in pdf.objects:
                if isinstance(thing, Stream) and thing.get("/Subtype") != _PICTURE and thing.get("/Type") != _FILE:
                    _unpack(thing)
    if qpdf_limit_errors() > before:
        raise refusals.UNPACKS_TO_TOO_MUCH()


def _packed_objects(path: Path) -> Iterator[bytes]:
    """Yield what lies packed where objects and cross-references may: qpdf says nothing of those that are too large."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        at = 0
        while found := _BEGINS.search(data, at):
            about = data[max(0, found.start() - _DICTIONARY) : found.start()].rpartition(b"obj")[2]
            end = data.find(b"endstream", found.end())
            at = end if end >= 0 else len(data)
            if b"/Image" not in about and b"/EmbeddedFile" not in about and at - found.end() > _LEAST:
                yield data[found.end() : at]


def _swells(packed: bytes) -> bool:
    for _ in range(_LAYERS):
        try:
            packed = zlib.decompressobj().decompress(packed, MOST_UNPACKED + 1)
        except zlib.error:
            return False
        if len(packed) > MOST_UNPACKED:
            return True
    return False


def _unpack(stream: Stream) -> None:
    try:
        unpacked(stream)
    except Overflow:
        raise refusals.UNPACKS_TO_TOO_MUCH() from None
    except Exception:  # damage is met with exceptions of every kind, and judged where the thing is needed
        return
