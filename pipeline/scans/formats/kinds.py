"""What kind of file this is, by its content: the four kinds that are taken in, and those that are no scans.

What is no scan is known so that its refusal can say what it is and what to do (:mod:`pipeline.scans.refusals`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from pipeline.scans.formats.tiff import ByteSource

PDF, JPEG, PNG, TIFF = "application/pdf", "image/jpeg", "image/png", "image/tiff"
HEIC, DOCX, ZIP, OLE = "image/heic", "application/docx", "application/zip", "application/x-ole"
EMPTY, UNKNOWN = "kosong", "tak dikenal"

#: The kinds that are taken in, and the extension under which each is filed.
EXTENSIONS = {PDF: "pdf", JPEG: "jpg", PNG: "png", TIFF: "tif"}

_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"hevm", b"mif1", b"msf1")
_OFFICE = (b"word/", b"xl/", b"ppt/", b"mimetypeapplication/vnd.oasis.opendocument")
#: What a file begins with, and its kind; the first that fits counts.
_BEGINNINGS: Sequence[tuple[re.Pattern[bytes], str]] = [
    (re.compile(pattern, re.DOTALL | re.IGNORECASE), kind)
    for pattern, kind in (
        (rb"RIFF.{4}WEBP", "image/webp"),
        (rb"GIF8", "image/gif"),
        (rb"BM.{4}\0{4}", "image/bmp"),
        (rb"\0\0\0\x0cjP  ", "image/jp2"),
        (rb".{4}ftypavi[fs]", "image/avif"),
        (rb"RIFF|ID3|OggS|fLaC|\x1aE\xdf\xa3|\xff[\xf2\xf3\xfb]|#!AMR|.{4}ftyp", "audio/video"),
        (rb"Rar!|7z\xbc\xaf|\x1f\x8b|BZh|\xfd7zXZ", "application/x-archive"),
        (rb"MZ|\x7fELF|#!", "application/x-executable"),
        (
            rb"From |(?:From|To|Received|Return-Path|Delivered-To|MIME-Version|Subject|Date|Message-ID|X-[\w-]+): ",
            "message/rfc822",
        ),
        (rb"%!PS|AT&TFORM|\{\\rtf|\s*<(?:!doctype|html|\?xml|svg)", "text/html"),
    )
]
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
#: Bytes that are looked at: at the beginning, and of a ZIP at its end, where its directory is. So many without a
#: control character are text.
_HEAD, _DIRECTORY, _FEWEST = 1024, 4096, 16


def sniff(path: Path) -> str:
    """Return the media type that the first bytes show: one of this module's names; :data:`UNKNOWN` if unreadable."""
    try:
        with ByteSource(path) as source:
            return kind_of(source)
    except OSError:
        return UNKNOWN


def kind_of(source: ByteSource) -> str:
    """Return the media type that a file's first bytes show: one of this module's names."""
    head = source.at(0, _HEAD)
    if not head:
        return EMPTY
    for magic, media in (
        (b"\xff\xd8\xff", JPEG),
        (b"\x89PNG\r\n\x1a\n", PNG),
        (b"II*\x00", TIFF),
        (b"MM\x00*", TIFF),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    ):
        if head.startswith(magic):
            return media
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return HEIC
    if head.startswith(b"PK\x03\x04"):
        names = head + source.at(max(0, source.size - _DIRECTORY), _DIRECTORY)
        return DOCX if any(mark in names for mark in _OFFICE) else ZIP
    return PDF if b"%PDF-" in head else UNKNOWN


def unsupported_type(path: Path) -> str:
    """Return the kind of a file that is of none that is taken in: a key of the refusals, at worst ``UNKNOWN``."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    for pattern, kind in _BEGINNINGS:
        if pattern.match(head):
            return kind
    return "text/plain" if len(head) >= _FEWEST and not _CONTROLS.search(head) else UNKNOWN
