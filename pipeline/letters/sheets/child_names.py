"""The names of children that a complaint is about, for sheets that people carry about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pipeline.access.identities import OFFICIALS
from pipeline.access.masking import masked
from pipeline.access.naming import key, naming_part, vocabulary
from pipeline.cases.case_kind import GROUP, concerns_child
from pipeline.office.wording import said

#: The register's word for whoever complains of what was done to themselves.
_VICTIM = "korban"
#: What stands where the child's name is asked for.
IN_PLACE = "Anak (nama tercatat pada register)"
#: What divides several whom one text names, and a name from what follows it: ``Bayu Rekaan (9 tahun) dan Ani``.
_APART = re.compile(
    r"(\s*[,;/&]\s*|\s+(?:dan|serta)\s+|\s*[()]\s*|(?<!^)\s*\b\d(?:(?!\s(?:dan|serta)\s)[^,;/&()])*)", re.IGNORECASE
)
_QUOTES = "\"“”„«»'‘’`"
#: A number, and what it counts: ``9 tahun``.
_COUNTED = re.compile(r"(\s*\b\d[\d.,/-]*(?:\s+(?:tahun|thn|th|bulan|bln)\b\.?)?\s*)", re.IGNORECASE)


def child_is_victim(fields: Mapping[str, Any]) -> bool:
    """Say whether the case is a child's: of a group, children are some among many, whom nobody named."""
    return concerns_child(fields) and said(fields.get("kapasitas")).casefold() != GROUP


def child_complains(fields: Mapping[str, Any]) -> bool:
    """Say whether the complainant is the child that the complaint is about."""
    return concerns_child(fields) and said(fields.get("kapasitas")).casefold() == _VICTIM


def without_children(text: str, fields: Mapping[str, Any]) -> str:
    """Return the text without the names of the children that the complaint is about."""
    if not concerns_child(fields):
        return text
    hidden = ("korban", "pelapor") if child_complains(fields) else ("korban",)
    return masked(text, {name: fields.get(name) for name in (*hidden, OFFICIALS)})


def by_initials(told: str) -> str:
    """Return whom a text tells, children by their initials, however the names are written.

    Who is told without a name stays (``Warga RT 2``, ``bayi perempuan``). Whatever is left without the words that
    tell somebody so is a name, also in small letters: initials that nobody needed tell less than a name.
    """
    before, *rest = _APART.split(" ".join(told.split()))
    pieces = [_initials(before, "Anak")]
    for between, piece in zip(rest[::2], rest[1::2], strict=True):
        remark = "(" in between and not piece[:1].isupper()  # *(anak kandung)*, no other name
        pieces += [_after_number(between, before), piece if remark else _initials(piece, "anak")]
        before = piece
    return "".join(pieces)


def _after_number(between: str, before: str) -> str:
    """Return what follows a number by initials where it says how somebody is called who has no name before it."""
    groups = vocabulary().groups
    leading, following = ({_stem(word) for word in text.split()} - {""} for text in (before, between))
    if not (groups["penamaan"] & following or (leading and leading <= groups["tanpa_nama"])):
        return between
    texts = _COUNTED.split(between)
    told = (
        n % 2 == 0 and not groups["pengantar"].intersection(map(_stem, text.split()[:1]))
        for n, text in enumerate(texts)
    )
    return "".join(_initials(text, "anak") if named else text for text, named in zip(texts, told, strict=True))


def _initials(piece: str, called: str) -> str:
    """Return one whom a text tells by initials, unless it is told without a name."""
    words = [bare for word in piece.split() if (bare := word.strip(_QUOTES))]
    keys = [_stem(word) for word in words]
    named = (number for number in naming_part(keys) if keys[number] not in vocabulary().groups["bukan_bagian"])
    letters = [words[number][0].upper() for number in named if words[number][0].isalpha()]
    return f"{called} berinisial {'.'.join(letters)}." if letters else piece


def _stem(word: str) -> str:
    """Return a word's key, of one that is doubled (*anak-anak*, *siswa-siswi*) that of its first half."""
    first, _, second = word.partition("-")
    doubled = second.casefold() == first.casefold() or (second and key(first) in vocabulary().groups["tanpa_nama"])
    return key(first) if doubled else key(word)
