"""Names that somebody who must not be named has too, whole or in part: told otherwise they would be wrong, and tell.

*Joko saksi* instead of *Joko Santoso* says whose name the witness *Budi Santoso* bears, and so does *saksi, Kepala
Bidang HAM* where that official is called as the witness is. Whoever writes says who is meant.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import takewhile
from typing import Any

from pipeline.access.finding import found
from pipeline.access.hits import Hit
from pipeline.access.identities import Secrets, may_be, secrets_of
from pipeline.access.masking import masked
from pipeline.access.naming import Words, names_of, vocabulary

#: What stands for such a name.
_KEPT = "(nama pada kami)"
_BLANK = " \u00a0\t\n"
#: What stands small within a name.
_LINKS = ("bin", "binti")
#: Words that are formed of others (*penganiayaan*, *mengatakan*), as names are not.
_FORMED = re.compile(r"(?:me[mnlrwy]|ber|ter|di)\w{4,}|(?:pe|ke)\w{3,}an$|\w{4,}(?:kan|nya)$", re.IGNORECASE)
#: Words of a name in small letters before the part that is known, at most.
_SMALL_BEFORE = 3


def is_half_named(name: str, fields: Mapping[str, Any]) -> bool:
    """Say whether a person's name is for certain in part that of somebody who must not be named, and for the rest not.

    That may be somebody else: *Joko Santoso* beside the witness *Budi Santoso*.
    """
    if masked(name, fields) == name:
        return False
    return bool(names_of(name)) and not may_be(name, secrets_of(fields).people)


def shared_names(text: str, fields: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names in a text that may be somebody else's: what stands instead of them would be wrong, and tell.

    Of some a part alone is that of somebody who must not be named: *Joko saksi* for *Joko Santoso* beside the witness
    *Budi Santoso*. Others are as a whole an official's, too: *saksi, Kepala Bidang HAM*.
    """
    secrets = secrets_of(fields)
    if not (sure := [hit for hit in found(text, secrets) if hit.sure]):
        return ()
    words = Words(text)
    spans = sorted({*_half_named(words, sure, secrets), *_namesakes(words, sure, secrets)})
    return tuple(dict.fromkeys(" ".join(text[begin:end].split()) for begin, end in spans))


def without_names(text: str, fields: Mapping[str, Any]) -> str:
    """Return the text :func:`masked`; a name that may be somebody else's goes as a whole, where nobody can be asked."""
    if names := shared_names(text, fields):
        text = " ".join(text.split())
        for name in names:
            text = text.replace(name, _KEPT)
    return masked(text, fields)


def _half_named(words: Words, sure: Iterable[Hit], secrets: Secrets) -> Iterator[tuple[int, int]]:
    """Yield where longer names stand around a part that is somebody's."""
    people = [person for person in secrets.people if not person.organisation]
    parts = {part for person in people for part in person.parts}
    for hit in sure:
        behind = range(bisect_left(words.spans, (hit.begin, 0)), len(words.spans))
        mine = [*takewhile(lambda n: words.spans[n][1] <= hit.end, behind)]  # noqa: B023  (used at once)
        if parts.intersection(words.keys[n] for n in mine):
            first, last = _name_around(words, mine[0], mine[-1])
            begin, end = words.spans[first][0], words.spans[last][1]
            if (first, last) != (mine[0], mine[-1]) and not may_be(words.text[begin:end], people):
                yield begin, end


def _namesakes(words: Words, sure: Iterable[Hit], secrets: Secrets) -> Iterator[tuple[int, int]]:
    """Yield where an official is named as somebody of the case is, with title and degrees: so it is to be cleared."""
    places = [place for name in secrets.namesakes for place in words.places(name)]
    named = [(words.spans[first][0], words.spans[last][1]) for first, last in places]
    for hit in sure:
        if any(hit.begin < end and begin < hit.end for begin, end in named):
            yield hit.begin, hit.end


def _name_around(words: Words, first: int, last: int) -> tuple[int, int]:
    """Return the first and the last word of a name that these words stand in, as far as that shows."""
    begin, end = first, last
    while end + 1 < len(words.keys) and _is_of_name(words, end + 1) and not words.between(end + 1).strip(_BLANK):
        end += 1
    if words.keys[first] not in vocabulary().groups["sapaan"]:  # before *Ibu* there is no name
        while begin > 0 and _is_of_name(words, begin - 1) and not words.between(begin).strip(_BLANK):
            begin -= 1
        if begin == first and words.word(first).islower():
            begin = _small_before(words, first)
    while words.keys[begin] in _LINKS:
        begin += 1
    while words.keys[end] in _LINKS:
        end -= 1
    return begin, end


def _is_of_name(words: Words, number: int) -> bool:
    """Say whether a word beside a name may be a part of it: it has a capital and is none of those beside names.

    Where all is in capitals, a word that ends a name in small letters and one that is formed of another end it, too.
    """
    told, word = words.keys[number], words.word(number)
    if told in _LINKS:
        return True
    if not word[:1].isupper() or told in _beside_names():
        return False
    return not word.isupper() or not (told in _no_names() or _FORMED.match(word))


def _small_before(words: Words, first: int) -> int:
    """Return where a name in small letters begins that ends with this word (``oleh joko sukarsih``).

    It begins the text, or stands right behind a sign or a word that leads to names; else nothing shows that it is one.
    """
    for begin in range(first - 1, max(-2, first - 2 - _SMALL_BEFORE), -1):
        if begin < 0 or words.between(begin + 1).strip(_BLANK) or words.keys[begin] in _beside_names():
            return begin + 1
        word = words.word(begin)
        if not word.islower() or words.keys[begin] in _no_names() or _FORMED.match(word):
            return first
    return first


@cache
def _beside_names() -> frozenset[str]:
    """Return the words that stand beside names and are no part of them."""
    groups = vocabulary().groups
    return groups["sapaan"] | groups["pengantar"] | groups["jabatan"] | groups["di_depan_nama"]


@cache
def _no_names() -> frozenset[str]:
    """Return further words that are no part of a name, also where capitals do not tell them from it."""
    groups = vocabulary().groups
    named = ("sesudah_nama", "bukan_orang", "tanpa_nama", "anak_siapa", "yang_mana", "kata_jabatan", "sudah_diganti")
    return frozenset().union(*(groups[name] for name in named))
