"""Files that are no scans, known by their first bytes, so that a refusal can say what they are and what to do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from pipeline.scans.formats.wholeness import UNKNOWN

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
#: Bytes that are looked at; so many without a control character are text.
_HEAD, _FEWEST = 1024, 16


def unsupported_type(path: Path) -> str:
    """Return the kind of a file that is of none that is taken in: a key of the refusals, at worst ``UNKNOWN``."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    for pattern, kind in _BEGINNINGS:
        if pattern.match(head):
            return kind
    return "text/plain" if len(head) >= _FEWEST and not _CONTROLS.search(head) else UNKNOWN
