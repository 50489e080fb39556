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
#: Degrees behind a name, as they are typed without a comma before them, and without their full stops.
_DEGREES = frozenset(
    (
        *(
            "sh",
            "mh",
            "mkn",
            "shi",
            "mhi",
            "llm",
            "llb",
            "se",
            "mm",
            "mba",
            "msi",
            "ssi",
            "skom",
            "mkom",
            "sikom",
            "mikom",
        ),
        *("ssos", "msos", "sip", "mip", "sap", "map", "stp", "st", "mt", "sst", "spt", "spd", "mpd", "sag", "mag"),
        *("sikom", "mikom", "sthi", "shum", "mhum", "spsi", "mpsi", "skm", "mkes", "msc", "phd", "amd", "amdkom"),
    )
)
#: What marks an account and not its owner: ``Siti Rekaan (admin)``.
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
#: Letters of other alphabets that look like ours: nobody types them who writes their own name here.
_LOOKALIKES = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u03bf\u03b1\u03bd\u03b9", "aeopcyxijsdoavi"
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
    """Return a name as it is compared: without titles and degrees, whatever its capitals, accents, signs and blanks.

    A second account is told from the first by a number or by a word in brackets; its owner is not.
    """
    bare = unicodedata.normalize("NFKD", _ASIDE.sub(" ", name).partition(",")[0]).casefold()
    bare = bare.translate(_LOOKALIKES)
    words = _WORDS.findall("".join(c for c in bare if not unicodedata.category(c).startswith(("M", "C"))))
    named = [word for number, word in enumerate(words) if word not in _TITLES or not _is_before(words, number)]
    return "".join(_without_degrees([word for word in named if not word.isdigit()]) or words)


def _without_degrees(words: list[str]) -> list[str]:
    """Return a name's words without the degrees behind it; the first word is a name."""
    for count in (3, 2, 1):
        if len(words) > count and "".join(words[-count:]) in _DEGREES:
            return _without_degrees(words[:-count])
    return words


def _is_before(words: list[str], number: int) -> bool:
    """Say whether a word stands before the name: only titles are in front of it."""
    return all(word in _TITLES for word in words[:number])
