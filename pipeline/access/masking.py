"""How names and numbers of people are hidden (Permenkumham 23/2022 article 92).

Letters to others say *pelapor*, never who complains: what names somebody for certain is said otherwise, and what may
name them is shown to a person (:mod:`pipeline.access.finding`). Lists show initials and the last digits of a NIK.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.access.finding import found
from pipeline.access.hits import Hit, around
from pipeline.access.identities import Secrets, may_be, secrets_of
from pipeline.access.naming import Words, names_of, vocabulary

#: How others are told of the complainant whose identity the office keeps.
HIDDEN = "pelapor (identitas ada pada kami)"
#: The twelve digits of a NIK that lists do not show, as people and scanners write them.
_NIK = re.compile(r"(?<![\d.,-])(?:\d[ .-]?){12}(?=(?:\d[ .-]?){3}\d(?![\d]))")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"\w[\w'’.-]*")
_SENTENCE_BEGIN = re.compile(r"(?:^|[.!?]\s+|\n\s*)$")
_BLANK = " \u00a0\t\n"
#: What stands small within a name.
_LINKS = ("bin", "binti")
#: Masked text is masked again until nothing is left: what stands on both sides of a name may be another.
_MOST_TIMES = 5


@dataclass(frozen=True, slots=True)
class Named:
    """A place where a text names somebody, or may: the words around it, the words themselves, whether it is certain."""

    around: str
    words: str
    sure: bool


def names_complainant(text: str, fields: Mapping[str, Any]) -> bool:
    """Say whether the text tells for certain who complains, for themselves or for somebody."""
    return _tells_complainant(text, secrets_of(fields))


def is_complainants(text: str, fields: Mapping[str, Any]) -> bool:
    """Say whether the text names for certain who complains, or the agency that handed the complaint on."""
    return _tells_complainant(text, secrets_of(fields, agency=True))


def _tells_complainant(text: str, secrets: Secrets) -> bool:
    instead = vocabulary().instead
    telling = (instead["pelapor"], instead["kuasa"])
    return any(hit.sure and hit.instead in telling for hit in found(text, secrets))


def masked(text: str, fields: Mapping[str, Any]) -> str:
    """Return the text with *pelapor* and the like in the place of whatever names somebody for certain."""
    return _masked(text, secrets_of(fields))


def masked_within(value: Any, fields: Mapping[str, Any]) -> Any:
    """Return a value, however it is nested, of which every text is :func:`masked`."""
    return _masked_within(value, secrets_of(fields))


def is_half_named(name: str, fields: Mapping[str, Any]) -> bool:
    """Say whether a person's name is for certain in part that of somebody who must not be named, and for the rest not.

    That may be somebody else: *Joko Santoso* beside the witness *Budi Santoso*.
    """
    secrets = secrets_of(fields)
    if _masked(name, secrets) == name:
        return False
    return bool(names_of(name)) and not may_be(name, secrets.people)


def half_names(text: str, fields: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names in a text of which a part alone is that of somebody who must not be named.

    Masked they would be wrong, and tell that part: *Joko saksi* for *Joko Santoso* beside the witness *Budi Santoso*.
    In capitals throughout nothing shows where a name begins and ends.
    """
    secrets = secrets_of(fields)
    if text.isupper() or not (sure := [hit for hit in found(text, secrets) if hit.sure]):
        return ()
    words, people = Words(text), [person for person in secrets.people if not person.organisation]
    parts = {part for person in people for part in person.parts}
    names: dict[str, None] = {}
    for hit in sure:
        mine = [n for n, (begin, end) in enumerate(words.spans) if hit.begin <= begin and end <= hit.end]
        if parts.intersection(words.keys[n] for n in mine):
            first, last = _name_around(words, mine[0], mine[-1])
            name = text[words.spans[first][0] : words.spans[last][1]]
            if (first, last) != (mine[0], mine[-1]) and not may_be(name, people):
                names[" ".join(name.split())] = None
    return tuple(names)


def _name_around(words: Words, first: int, last: int) -> tuple[int, int]:
    """Return the first and the last word of a name that these words stand in, as capitals show it."""
    while first > 0 and _is_of_name(words, first - 1) and not words.between(first).strip(_BLANK):
        first -= 1
    while last + 1 < len(words.keys) and _is_of_name(words, last + 1) and not words.between(last + 1).strip(_BLANK):
        last += 1
    while words.keys[first] in _LINKS:
        first += 1
    while words.keys[last] in _LINKS:
        last -= 1
    return first, last


def _is_of_name(words: Words, number: int) -> bool:
    groups, told = vocabulary().groups, words.keys[number]
    if told in _LINKS:
        return True
    other = groups["sapaan"] | groups["pengantar"] | groups["jabatan"] | groups["di_depan_nama"]
    return words.word(number)[:1].isupper() and told not in other


def _masked_within(value: Any, secrets: Secrets) -> Any:
    if isinstance(value, str):
        return _masked(value, secrets)
    if isinstance(value, Mapping):
        return {name: _masked_within(part, secrets) for name, part in value.items()}
    return [_masked_within(part, secrets) for part in value] if isinstance(value, list | tuple) else value


def _masked(text: str, secrets: Secrets) -> str:
    for _ in range(_MOST_TIMES):
        if not (sure := [hit for hit in found(text, secrets) if hit.sure]):
            break
        pieces, at = [], 0
        for hit in sure:
            pieces += [text[at : hit.begin], _instead(text, hit)]
            at = hit.end
        text = "".join((*pieces, text[at:]))
    return text


def naming(text: str, fields: Mapping[str, Any], others: Iterable[str] = ()) -> tuple[Named, ...]:
    """Return every place where the text names somebody, or may; ``others`` are names known to be somebody else's."""
    return named_in(text, secrets_of(fields, others))


def named_in(text: str, secrets: Secrets) -> tuple[Named, ...]:
    """Return every place where the text names somebody of these, or may."""
    return tuple(Named(around(text, hit), text[hit.begin : hit.end], hit.sure) for hit in found(text, secrets))


def _instead(text: str, hit: Hit) -> str:
    capital = text[hit.begin].isupper() and _SENTENCE_BEGIN.search(text[max(0, hit.begin - 4) : hit.begin])
    return f"{hit.instead[0].upper()}{hit.instead[1:]}" if capital else hit.instead


def masked_name(name: str) -> str:
    """Return the initials of a name (``Siti Rekaan`` is ``S*** R***``), each of the same length."""
    return _WORD.sub(lambda found: f"{found[0][0]}***", name)


def masked_nik(nik: str) -> str:
    """Return a NIK of which only the last four digits are readable."""
    digits = nik.strip()
    return f"{'*' * max(0, len(digits) - 4)}{digits[-4:]}" if len(digits) > 4 else "*" * len(digits)


def covered_niks(text: str) -> str:
    """Return a text, as long as it is, in which every NIK shows its last four digits alone."""
    return _NIK.sub(lambda found: _DIGIT.sub("*", found[0]), text)


def masked_niks(value: Any) -> Any:
    """Return a case's fields, however they are nested, of which every NIK shows its last four digits alone.

    Also one that stands in a text: what was written of a person, or the words in which a field was found.
    """
    if isinstance(value, list | tuple):
        return [masked_niks(v) for v in value]
    if not isinstance(value, Mapping):
        return covered_niks(value) if isinstance(value, str) else value
    return {name: _of_nik(part) if name == "nik" else masked_niks(part) for name, part in value.items()}


def _of_nik(field: Any) -> Any:
    if isinstance(field, Mapping):
        return {name: _of_nik(part) if name in ("nilai", "teks") else part for name, part in field.items()}
    return masked_nik(field) if isinstance(field, str) else field
