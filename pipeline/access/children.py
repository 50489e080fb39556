"""The children whom a complaint is about, and those who complain: who they are, and texts that do not name them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import dropwhile
from typing import Any

from pipeline.access.finding import found_anywhere
from pipeline.access.identities import OFFICIALS, secrets_of
from pipeline.access.masking import otherwise
from pipeline.access.naming import key, keys_of, vocabulary
from pipeline.cases.case_kind import GROUP, concerns_child, named_complainants
from pipeline.office.wording import said

#: The register's word for whoever complains of what was done to themselves.
_VICTIM = "korban"
#: Younger than this is a child (Law 39/1999 article 1 number 5).
_OF_AGE = 18
_INITIALS = re.compile(r"(?:[A-Z][. ]{0,2}){1,4}")


def child_is_victim(fields: Mapping[str, Any]) -> bool:
    """Say whether the case is a child's: of a group, children are some among many, whom nobody named."""
    return concerns_child(fields) and said(fields.get("kapasitas")).casefold() != GROUP


def child_complains(fields: Mapping[str, Any]) -> bool:
    """Say whether the complainant is the child that the complaint is about."""
    return concerns_child(fields) and said(fields.get("kapasitas")).casefold() == _VICTIM


def is_child(person: Mapping[str, Any], fields: Mapping[str, Any]) -> bool:
    """Say whether a complainant is a child: by age, else because a child is the victim and complains as such."""
    age = re.search(r"\d+", said(person.get("umur")))
    if age:
        return int(age[0]) < _OF_AGE
    return child_complains(fields)


def without_children(text: str, fields: Mapping[str, Any], called: str = "") -> str:
    """Return the text without the names of children whom the complaint is about, or who complain.

    What may only be such a name goes, too, for nobody looks through it: any part of it in small letters, a child whom
    the text alone names. Initials stay, and who else has a part of it keeps their name. ``called`` stands instead
    (empty: *korban*, *pelapor*).
    """
    if not text:
        return text
    young = [person for person in named_complainants(fields) if is_child(person, fields)]
    if not (young or concerns_child(fields)):
        return text
    kept = {
        "korban": fields.get("korban") if concerns_child(fields) else None,
        "pelapor": [{"nama": person.get("nama")} for person in young],
        OFFICIALS: tuple(_others(fields)),
    }
    secrets = secrets_of(kept)
    parts = {part for one in secrets.people for part in one.parts}

    def chosen(written: str) -> bool:  # *SM*, and not *ANI*
        return bool(_INITIALS.fullmatch(written)) and "".join(keys_of(written)) not in parts

    hits = found_anywhere(text, secrets)
    return otherwise(text, (hit for hit in hits if not chosen(text[hit.begin : hit.end])), called)


def _others(fields: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of everybody else whom the register knows, of the office's own people, and of places."""
    yield from fields.get(OFFICIALS) or ()
    yield from (said(p.get("nama")) for p in named_complainants(fields) if not is_child(p, fields))
    for field in ("terlapor", "saksi", "kuasa"):
        for one in _listed(fields.get(field)):
            name = one.get("nama") if isinstance(one, Mapping) and "nama" in one else one
            yield from _without_post(said(name).partition("|")[0].strip())
    leads = vocabulary().groups["pengantar"]
    for text in map(said, (fields.get("tempat_kejadian"), *_listed(fields.get("instansi_lain")))):
        pieces = (piece.split() for piece in re.split(r"[,;()\n]", text))
        yield from (" ".join(words) for words in pieces if words[1:] and key(words[0]) in leads)


def _listed(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list | tuple) else (value,)


def _without_post(name: str) -> Iterator[str]:
    """Yield a name as the register has it, and without the post before it (*Bupati Budi Contoh*)."""
    yield name
    groups = vocabulary().groups
    posts = groups["jabatan"] | groups["kata_jabatan"] | groups["pengantar"]
    bare = [*dropwhile(lambda word: key(word) in posts, name.split())]
    if bare and len(bare) < len(name.split()):
        yield " ".join(bare)
