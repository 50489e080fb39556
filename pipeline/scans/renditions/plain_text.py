"""Texts as they are written down: which alphabet a file was saved in, what of it is no sign."""

from __future__ import annotations

import codecs
import re

from pipeline.scans import refusals
from pipeline.scans.renditions.content import Content, Text

#: Bytes of a text that may be a letter; 500 pages hold some 2,000,000 signs.
_MOST_BYTES = 8 * 2**20
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
#: What is no sign, or changes the direction of others unseen.
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_GUESSED = (
    "Sandi huruf berkas ini tidak dinyatakan dan dikira Windows-1252; periksa huruf yang tidak biasa pada aslinya."
)


def content(data: bytes) -> Content:
    """Return what a text file says.

    Raises:
        Refused: it is longer than any letter.
    """
    if len(data) > _MOST_BYTES:
        raise refusals.TOO_INTRICATE()
    text, sure = decoded(data)
    return Content((Text(text),), "txt", () if sure else (_GUESSED,))


def decoded(data: bytes, stated: str = "") -> tuple[str, bool]:
    """Return the text that bytes are, and whether its alphabet is certain.

    What is *stated* is believed only if the bytes fit it; then UTF-8, which nothing else looks like; at last
    Windows-1252, which anything fits.
    """
    told = next((name for mark, name in _MARKS if data.startswith(mark)), stated)
    for name in (told, "utf-8"):
        try:
            if name:
                return clean(data.decode(name)), True
        except (LookupError, UnicodeError, ValueError):
            continue
    return clean(data.decode("cp1252", errors="replace")), False


def clean(text: str) -> str:
    """Return a text without what is no sign, or changes how others are shown."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
