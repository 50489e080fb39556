"""Whose identity a letter hides: what others read says *pelapor*, never who complains (Permenkumham 23/2022 Ps. 92)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pipeline.office.wording import said

#: How others are told of the complainant whose identity the office keeps.
HIDDEN = "pelapor (identitas pada kami)"


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
