"""What an exported WhatsApp chat says: a ZIP with the chat as a text, and what was sent in it.

The app writes the chat as ``_chat.txt`` (iPhone) or under the chat's own name (Android, in the phone's language).
"""

from __future__ import annotations

import re

from pipeline.scans.renditions.content import Content, Writing
from pipeline.scans.renditions.mails import Opener
from pipeline.scans.renditions.packages import Package, base_name
from pipeline.scans.renditions.plain_text import decoded

CHANNEL = "WhatsApp"
#: How the text of the chat is called, and how a line of it begins: a day and an hour in some country's way.
_NAME = re.compile(r"(?:_chat|.*\bWhatsApp\b.*)\.txt", re.I)
_LINE = re.compile(r"^\W{0,3}\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s+\d{1,2}[.:]\d\d", re.M)
_MOST_TEXT, _MOST_READ, _MOST_BYTES = 8 * 2**20, 100, 60 * 2**20
#: Endings of what is never a page, so that it is not even unpacked.
_UNREAD = re.compile(r"\.(?:opus|ogg|m4a|mp3|aac|amr|mp4|3gp|mov|mkv|vcf)$", re.I)


def chat_in(package: Package) -> str:
    """Return the entry that is the chat; empty if there is none."""
    return next((name for name in package.entries if _NAME.fullmatch(base_name(name))), "")


def content(package: Package, chat: str, opened: Opener) -> Content:
    """Return what a chat says; ``opened`` returns what a file that was sent in it says, or why it is not read.

    Raises:
        Refused: an entry is damaged or swells to too much.
    """
    writing = Writing()
    writing.say(decoded(package.read(chat, _MOST_TEXT))[0])
    for number, name in enumerate(one for one in package.entries if one != chat):
        called = base_name(name)
        if _UNREAD.search(called) or package.entries[name].file_size > _MOST_BYTES:
            writing.keep(called, "rekaman, kontak, atau terlalu besar")
            continue
        found = opened(called, package.read(name, _MOST_BYTES), 1) if number < _MOST_READ else "terlalu banyak berkas"
        writing.enclose(called, found, called="berkas")
    return Content(tuple(writing.blocks), "zip", tuple(writing.unread), CHANNEL)


def looks_like_a_chat(text: str) -> bool:
    """Say whether a text is an exported chat without what was sent in it: lines that begin with a day and an hour."""
    return len(_LINE.findall(text[:20_000])) >= 3
