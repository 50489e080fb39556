"""The children whom a complaint is about, and those who complain: who they are, and texts that do not name them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.access.finding import found_anywhere
from pipeline.access.identities import OFFICIALS, secrets_of
from pipeline.access.masking import otherwise
from pipeline.cases.case_kind import GROUP, concerns_child, named_complainants
from pipeline.office.wording import said

#: The register's word for whoever complains of what was done to themselves.
_VICTIM = "korban"
#: Younger than this is a child (Law 39/1999 article 1 number 5).
_OF_AGE = 18
_INITIALS = re.compile(r"(?:[A-Z][. ]{1,2}){0,2}[A-Z]\.?")


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
    young = [person for person in named_complainants(fields) if is_child(person, fields)]
    if not (young or concerns_child(fields)):
        return text
    kept = {
        "korban": fields.get("korban") if concerns_child(fields) else None,
        "pelapor": [{"nama": person.get("nama")} for person in young],
        OFFICIALS: tuple(_others(fields)),
    }
    hits = found_anywhere(text, secrets_of(kept))
    return otherwise(text, (hit for hit in hits if not _INITIALS.fullmatch(text[hit.begin : hit.end])), called)


def _others(fields: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of everybody else whom the register knows, and of the office's own people."""
    yield from fields.get(OFFICIALS) or ()
    yield from (said(p.get("nama")) for p in named_complainants(fields) if not is_child(p, fields))
    for field in ("terlapor", "saksi", "kuasa"):
        value = fields.get(field) or ()
        for one in value if isinstance(value, list | tuple) else (value,):
            name = one.get("nama") if isinstance(one, Mapping) and "nama" in one else one
            yield said(name).partition("|")[0].strip()
