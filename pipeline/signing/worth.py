"""What a signature that was found is worth, judged by the facts that an engine tells of it.

When a PDF proves that it is our letter, signed, is another question: :mod:`pipeline.signing.proof`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Worth(StrEnum):
    """What one signature is worth; the value is what the journal keeps."""

    CERTIFIED = "tersertifikasi"
    """Valid, and its certificate leads to one that the office trusts."""
    UNCERTIFIED = "tidak-tersertifikasi"
    """Intact, but nobody whom the office trusts vouches for who signed."""
    EXPIRED = "kedaluwarsa"
    NOT_YET = "belum-berlaku"
    REVOKED = "dicabut"
    WRONG_USAGE = "salah-guna"
    """The certificate is not for signing documents."""
    UNSTAMPED = "cap-waktu-tidak-sah"
    """It carries a time stamp that does not hold."""
    CHANGED = "berubah"
    """The document was changed after it was signed."""
    DAMAGED = "rusak"
    """The signature does not fit the bytes, or cannot be read."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a signature: whether it fits the bytes, whether anything else of the document was changed.

    ``trusted``: its certificate leads to one that the office trusts; ``revoked``, ``wrong_usage`` and the days within
    which it holds are the certificate's. ``stamp_holds`` is None if it carries no time stamp.
    """

    intact: bool
    changed: bool
    trusted: bool
    revoked: bool
    wrong_usage: bool
    not_before: datetime
    not_after: datetime
    stamp_holds: bool | None = None


def worth_of(facts: Facts, moment: datetime) -> Worth:
    """Return what a signature is worth that was there at a moment; the gravest fault says it."""
    if facts.stamp_holds is False:
        return Worth.UNSTAMPED
    if facts.changed:
        return Worth.CHANGED
    if not facts.intact:
        return Worth.DAMAGED
    if facts.trusted:
        return Worth.CERTIFIED
    if facts.revoked:
        return Worth.REVOKED
    if facts.not_after < moment:
        return Worth.EXPIRED
    if moment < facts.not_before:
        return Worth.NOT_YET
    return Worth.WRONG_USAGE if facts.wrong_usage else Worth.UNCERTIFIED
