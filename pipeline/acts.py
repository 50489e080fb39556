"""Acts that words ask a person to do, each said by every front end in its own way: a command, or a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from typing import Self


class Act(Enum):
    """What a person can do; the value is how the terminal says it, within a sentence."""

    LOOK_UP_CASE = "dengan `yankomas register`"
    LIST_INBOX = "dengan `yankomas inbox`"
    LOOK_AGAIN = "lihat `yankomas inbox`"
    PRINT_COVER = "dengan `yankomas sampul NOMOR`"
    MAKE_MOVE = "dengan `yankomas do`"
    LIST_ACCOUNTS = "dengan `yankomas akun daftar`"
    ADD_SCAN = "sertakan pindaiannya dengan --file"
    OMIT_SCAN = "ulangi tanpa --file"
    FILL_IN = "isilah dengan --set nama=nilai atau --form"
    WATCH_INBOX = "`yankomas run`"
    """The act's own name: it runs, or does not."""


_TERMINAL: Mapping[Act, str] = {act: act.value for act in Act}
_BY_WORDS = {act.value.casefold(): act for act in Act}
_ACTS = re.compile(f"({'|'.join(map(re.escape, _BY_WORDS))})", re.IGNORECASE)


class Advice(str):
    """Words for a person that name acts: ``Advice("Periksa nomornya ", Act.LOOK_UP_CASE, ".")``.

    As a text it says the acts as the terminal does, and so it is written into files and sent to programs. What else
    shows it asks for its own words (:meth:`said`).
    """

    parts: tuple[str | Act, ...]

    def __new__(cls, *parts: str | Act) -> Self:
        """Make advice of words and the acts that stand between them."""
        made = super().__new__(cls, _sentence(parts, _TERMINAL))
        made.parts = parts
        return made

    @classmethod
    def read(cls, text: str) -> Self:
        """Return advice from a file, where its acts are written as the terminal says them."""
        return cls(*(_BY_WORDS.get(part.casefold(), part) for part in _ACTS.split(text) if part))

    def said(self, ways: Mapping[Act, str]) -> str:
        """Return the words with each act as ``ways`` has it."""
        return _sentence(self.parts, ways)


def _sentence(parts: tuple[str | Act, ...], ways: Mapping[Act, str]) -> str:
    text = ""
    for part in parts:
        words = ways[part] if isinstance(part, Act) else part
        begins = isinstance(part, Act) and (not text or text.endswith(". "))
        text += words[:1].upper() + words[1:] if begins else words
    return text
