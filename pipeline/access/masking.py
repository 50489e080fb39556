"""How names and numbers of people are hidden (Permenkumham 23/2022 article 92).

Letters say *pelapor*, never who complains; lists show initials and the last digits of a NIK.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pipeline.office.wording import said

#: How others are told of the complainant whose identity the office keeps.
HIDDEN = "pelapor (identitas pada kami)"
#: The twelve digits of a NIK that lists do not show, as people and scanners write them.
_NIK = re.compile(r"(?<![\d.,-])(?:\d[ .-]?){12}(?=(?:\d[ .-]?){3}\d(?![\d]))")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"\w[\w'’.-]*")


def _of(group: Any, name: str) -> str:
    return said(group.get(name)) if isinstance(group, Mapping) else ""


def identities(fields: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what tells who complains: names, organisation, proxy, NIK, telephone and mail; the longest first."""
    people = [*(fields.get("pelapor") or []), fields.get("kuasa")]
    found = {_of(person, name) for person in people for name in ("nama", "nik", "telepon", "surel")}
    proxy = proxy_name(fields)
    found |= {said(fields.get("lembaga_pelapor")), proxy, proxy.partition(",")[0]}
    return tuple(sorted((text for text in found if len(text) > 1), key=lambda text: (-len(text), text)))


def proxy_name(fields: Mapping[str, Any]) -> str:
    """Return the proxy's name, who is a group of fields or one text (``nama, nomor surat kuasa``)."""
    return _of(fields.get("kuasa"), "nama") or said(fields.get("kuasa"))


def names_complainant(text: str, fields: Mapping[str, Any]) -> bool:
    """Say whether the text tells who complains."""
    return any(_pattern(identity).search(text) for identity in identities(fields))


def masked(text: str, fields: Mapping[str, Any]) -> str:
    """Return the text with *pelapor* in the place of whatever tells who complains."""
    for identity in identities(fields):
        text = _pattern(identity).sub("pelapor", text)
    return text


def _pattern(identity: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in identity.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


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
