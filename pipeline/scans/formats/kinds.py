"""What kind of file this is, by its content: the four kinds of scans, those of which pages can be made, and others.

What is no scan is known so that pages can be made of it (:mod:`pipeline.scans.renditions`), or its refusal can say what
it is and what to do (:mod:`pipeline.scans.refusals`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from pipeline.scans.formats.tiff import ByteSource
from pipeline.scans.ports import PDF as PDF

JPEG, PNG, TIFF = "image/jpeg", "image/png", "image/tiff"
HEIC, DOCX, ZIP, OLE = "image/heic", "application/docx", "application/zip", "application/x-ole"
WEBP, MAIL, TEXT, WEB_PAGE = "image/webp", "message/rfc822", "text/plain", "text/html"
TNEF, RTF = "application/ms-tnef", "application/rtf"
EMPTY, UNKNOWN = "kosong", "tak dikenal"

#: The kinds that are taken in, and the extension under which each is filed.
EXTENSIONS = {PDF: "pdf", JPEG: "jpg", PNG: "png", TIFF: "tif"}

#: What pictures begin with that are read as they are, and what files of old Office do.
_PICTURES = ((b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG), (b"II*\x00", TIFF), (b"MM\x00*", TIFF))
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"hevm", b"mif1", b"msf1")
_OFFICE = (b"word/", b"xl/", b"ppt/", b"mimetypeapplication/vnd.oasis.opendocument")
#: What a file begins with, and its kind; the first that fits counts.
_BEGINNINGS: Sequence[tuple[re.Pattern[bytes], str]] = [
    (re.compile(pattern, re.DOTALL | re.IGNORECASE), kind)
    for pattern, kind in (
        (rb"RIFF.{4}WEBP", WEBP),
        (rb"\x78\x9f\x3e\x22", TNEF),
        (rb"GIF8", "image/gif"),
        (rb"BM.{4}\0{4}", "image/bmp"),
        (rb"\0\0\0\x0cjP  ", "image/jp2"),
        (rb".{4}ftypavi[fs]", "image/avif"),
        (rb"RIFF|ID3|OggS|fLaC|\x1aE\xdf\xa3|\xff[\xf2\xf3\xfb]|#!AMR|.{4}ftyp", "audio/video"),
        (rb"Rar!|7z\xbc\xaf|\x1f\x8b|BZh|\xfd7zXZ", "application/x-archive"),
        (rb"MZ|\x7fELF|#!", "application/x-executable"),
        (
            rb"From |(?:From|To|Received|Return-Path|Delivered-To|MIME-Version|Subject|Date|Message-ID|X-[\w-]+): ",
            MAIL,
        ),
        (rb"\{\\rtf", RTF),
        (rb"%!PS|AT&TFORM|\s*<(?:!doctype|html|\?xml|svg)", WEB_PAGE),
    )
]
#: How texts and mails are called, what a text in UTF-16 begins with, and a line that may head a mail.
TEXTS, MAILS = ("txt", "text"), ("eml", "mail")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_HEADER = re.compile(rb"[!-9;-~]{2,60}:[ \t]")
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
    if media := picture_kind(head):
        return media
    if head.startswith(_OLD_OFFICE):
        return OLE
    if heif_kind(head):
        return HEIC
    if head.startswith(b"PK\x03\x04"):
        names = head + source.at(max(0, source.size - _DIRECTORY), _DIRECTORY)
        return DOCX if any(mark in names for mark in _OFFICE) else ZIP
    return PDF if b"%PDF-" in head else UNKNOWN


def picture_kind(head: bytes) -> str:
    """Return the media type of a picture that is read as it is and begins so; empty for anything else."""
    return next((media for magic, media in _PICTURES if head.startswith(magic)), "")


def heif_kind(head: bytes) -> bool:
    """Say whether a file that begins so is a photograph as iPhones take them."""
    return head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS


def unsupported_type(path: Path) -> str:
    """Return the kind of a file that is of none that is taken in: a key of the refusals, at worst ``UNKNOWN``."""
    with path.open("rb") as file:
        return unsupported_beginning(file.read(_HEAD))


def unsupported_beginning(head: bytes) -> str:
    """Return the same of a file that begins so."""
    for pattern, kind in _BEGINNINGS:
        if pattern.match(head):
            return kind
    return TEXT if len(head) >= _FEWEST and not _CONTROLS.search(head) else UNKNOWN


def rendered_kind(path: Path, name: str) -> str:
    """Return the kind of a file of which pages may be made; empty for a scan, and for what is only refused.

    A text counts by its name too: folders that are shared have texts of programs in them. Reads little, as
    :func:`sniff` does.
    """
    media, ending = sniff(path), name.rpartition(".")[2].lower()
    if media != UNKNOWN:
        return media if media in (DOCX, ZIP, OLE, HEIC) else ""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return ""
    kind = unsupported_beginning(head)
    if ending in TEXTS and (kind in (TEXT, MAIL, WEB_PAGE) or head.startswith(_WIDE)):
        return TEXT
    if kind == TEXT and ending in MAILS and _HEADER.match(head):
        return MAIL
    return kind if kind in (WEBP, MAIL, TNEF, RTF) else ""
