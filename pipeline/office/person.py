"""Whether two who act are one person: where two people must do something, or say yes to it, all of it asks here.

An office knows people by their NIP. Of who has none it knows the name alone, and somebody may come in with a second
account; so one name is one person, unless two NIPs say that it is two.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from pipeline.office.officials import plain_nip, same_nip

#: Titles before a name that are no part of it, without their full stops.
_TITLES = frozenset(
    (
        *("prof", "dr", "drg", "drh", "dra", "drs", "ir", "apt", "h", "hj", "kh", "pdt", "ustaz", "ustadz"),
        *("bapak", "bpk", "pak", "ibu", "bu", "sdr", "sdri"),
    )
)
_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Person:
    """Who somebody is, as far as is known: account, NIP, name. Lines of older versions tell the account alone."""

    account: str = ""
    nip: str = ""
    name: str = ""

    def is_same(self, other: Person) -> bool:
        """Say whether both are one person: one account, one NIP, or where either has no NIP, one name."""
        if self.account and self.account == other.account:
            return True
        if plain_nip(self.nip) and plain_nip(other.nip):
            return same_nip(self.nip, other.nip)
        return bool(name_key(self.name)) and name_key(self.name) == name_key(other.name)


def name_key(name: str) -> str:
    """Return a name as it is compared: without titles and degrees, whatever its capitals, accents, signs and blanks."""
    bare = unicodedata.normalize("NFKD", name.partition(",")[0]).casefold()
    words = _WORDS.findall("".join(c for c in bare if not unicodedata.category(c).startswith(("M", "C"))))
    named = [word for number, word in enumerate(words) if word not in _TITLES or not _is_before(words, number)]
    return "".join(named or words)


def _is_before(words: list[str], number: int) -> bool:
    """Say whether a word stands before the name: only titles are in front of it."""
    return all(word in _TITLES for word in words[:number])
