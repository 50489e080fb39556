"""The opaque id of a sheet that waits for a wet signature: stamped on its pages, read on its return."""

from __future__ import annotations

import hashlib

from pipeline.cases.case import Case

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def page_code(case: Case, template: str, version: int) -> str:
    """Return the sheet's opaque id: derived from the first line's hash, which holds a secret code, so not guessable."""
    seed = f"{case.entries[0].hash} {template} {version}".encode()
    number = int.from_bytes(hashlib.sha256(seed).digest()[:8], "big") >> 4
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(55, -1, -5))
