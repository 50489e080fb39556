"""Who may read a case that is *rahasia* (Permenkumham 23/2022 article 92; need to know).

It is open to Kakanwil, to the roles that it waits for or that have acted on it, and, once it has ended, to the
archivist.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

RAHASIA = "rahasia"


def readers(row: Mapping[str, Any]) -> frozenset[str] | None:
    """Return the roles that may read the case of a register row, or None: all that read cases."""
    if str(row.get("sifat") or "").casefold() != RAHASIA:
        return None
    known = {"kakanwil", *row["awaits"], *row.get("handled_by", ())}
    return frozenset(known | {"arsiparis"} if row["final"] else known)
