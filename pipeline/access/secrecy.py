"""Who sees names, and who sees a case that is *rahasia* (Permenkumham 23/2022 article 92; need to know).

In lists, names are shown to the roles that work with them: the team, Kasubbid, Kabid, and the archivist who finds
folders by them. Others see initials, except in cases that wait for them. A case that is *rahasia* is open to Kakanwil,
to the roles that it waits for or that have acted on it, and, once it has ended, to the archivist. Others see in the
register that its number exists, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from pipeline.access.secret_readers import readers
from pipeline.errors import NotAllowed

#: The roles that need names in lists.
_NEED_NAMES = frozenset({"tim-yankomas", "kasubbid", "kabid", "arsiparis"})
_CASEWORK = frozenset({"tim-yankomas", "kasubbid", "kabid", "kadiv", "kakanwil"})
HIDDEN = "(rahasia)"
_PERSONS = ("pelapor", "korban")
#: What lists show of a case to those whom it is closed to: that its number exists, and since when.
_KNOWN = ("number", "year", "serial", "register_number", "received_at")
#: Where lists say that the rest is not theirs to see.
_SAID_HIDDEN = ("perihal", "pelapor", "korban", "terlapor", "state", "state_key", "channel", "sifat")
_WORD = re.compile(r"\w[\w'’.-]*")


def open_to(roles: Collection[str], row: Mapping[str, Any]) -> bool:
    """Say whether the case of a register row may be read by somebody with these roles."""
    known = readers(row)
    return known is None or not known.isdisjoint(roles)


def require_open(roles: Collection[str], row: Mapping[str, Any]) -> None:
    """Let a case be read.

    Raises:
        NotAllowed: it is *rahasia*, and these roles have no part in it.
    """
    if not open_to(roles, row):
        raise NotAllowed(
            "Perkara ini bersifat rahasia.", "Hanya Kakanwil dan pejabat yang menanganinya yang dapat membukanya."
        )


def shown(roles: Collection[str], row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a register row as somebody with these roles may see it in a list."""
    if not open_to(roles, row):
        return {name: value if name in _KNOWN else _hidden(name, value) for name, value in row.items()} | {
            "closed": True
        }
    if needs_names(roles, row):
        return {**row, "closed": False}
    return {**row, **{name: [masked_name(n) for n in row.get(name) or []] for name in _PERSONS}, "closed": False}


def _hidden(name: str, value: Any) -> Any:
    """Return what stands in place of a value that is not shown: of its kind, and the same whatever it was."""
    if name in _SAID_HIDDEN:
        return [HIDDEN] if isinstance(value, list) else HIDDEN
    return type(value)() if isinstance(value, list | int) and name != "closed_late" else None


def needs_names(roles: Collection[str], row: Mapping[str, Any]) -> bool:
    """Say whether somebody with these roles sees the names of that case in lists."""
    return sees_names(roles) or not set(row["awaits"]).isdisjoint(roles)


def exact_counts(roles: Collection[str]) -> bool:
    """Say whether small counts are shown to these roles: those that work on the cases see them one by one anyway."""
    return not _CASEWORK.isdisjoint(roles)


def sees_names(roles: Collection[str]) -> bool:
    """Say whether somebody with these roles sees names in every list, and may look for them."""
    return not _NEED_NAMES.isdisjoint(roles)


def masked_name(name: str) -> str:
    """Return the initials of a name (``Siti Rekaan`` is ``S*** R***``), each of the same length."""
    return _WORD.sub(lambda found: f"{found[0][0]}***", name)


def masked_nik(nik: str) -> str:
    """Return a NIK of which only the last four digits are readable."""
    digits = nik.strip()
    return f"{'*' * max(0, len(digits) - 4)}{digits[-4:]}" if len(digits) > 4 else "*" * len(digits)
