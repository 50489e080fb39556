"""Which agency handed a complaint on, where others may read it: it is an office, not who complains.

It is kept where the case is secret, and where its name tells more than that an office did its work: no public agency
at all, one of a small place (a village, a school), one at which somebody of the complaint works, or that it is against.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.access.naming import key, keys_of, vocabulary
from pipeline.cases.case_kind import AGENCY, GROUP, REPRESENTED, kind_of_case
from pipeline.cases.secrecy_level import SECRECY, is_secret
from pipeline.office.wording import said

#: So many words of its name at most say what kind of agency it is, and so many tell it from others of its kind.
_KIND, _TELLING = 3, 2
#: What the register has of people that tells where they belong, and whom else a complaint names.
_BELONGING = ("pekerjaan", "alamat")


def handing_on(fields: Mapping[str, Any]) -> str:
    """Return the agency as others may read it; empty where none handed the complaint on, or it must not be named."""
    body, kind = said(fields.get("lembaga_pelapor")), kind_of_case(fields, "")
    if not body or AGENCY not in kind or GROUP in kind or REPRESENTED in kind or is_secret(said(fields.get(SECRECY))):
        return ""
    parts, groups = keys_of(body), vocabulary().groups
    public = any(key("".join(parts[:upto])) in groups["instansi_umum"] for upto in range(1, _KIND + 1))
    if not public or not groups["tempat_kecil"].isdisjoint(parts):
        return ""
    telling = "".join(parts[:_TELLING])
    return "" if any(telling in "".join(keys_of(text)) for text in _of_people(fields)) else body


def _of_people(fields: Mapping[str, Any]) -> Iterator[str]:
    """Yield what tells where those of the complaint belong, and against whom it is."""
    for person in (*_listed(fields.get("pelapor")), fields.get("kuasa")):
        if isinstance(person, Mapping):
            yield from (said(person.get(name)) for name in _BELONGING)
    for name in ("korban", "saksi", "terlapor"):
        for one in _listed(fields.get(name)):
            yield " ".join(map(said, one.values())) if isinstance(one, Mapping) and "nilai" not in one else said(one)


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value] if value else []
