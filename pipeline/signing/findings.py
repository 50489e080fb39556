"""What was found on the signatures of a PDF: values, as a child tells them and a journal keeps.

What each is worth is judged in :mod:`pipeline.signing.worth`.

The words for people are in :mod:`pipeline.signing.wording`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self

from pipeline.signing.worth import Worth


class Trouble(StrEnum):
    """What keeps a PDF's signatures from being judged at all."""

    NONE = ""
    LOCKED = "terkunci"
    UNREADABLE = "rusak"
    HYBRID = "hibrida"
    """Two tables of contents that may disagree: different programs show different pages (ISO 32000-1, 7.5.8.4)."""
    TOO_MANY = "terlalu-banyak"


@dataclass(frozen=True, slots=True)
class SignatureFound:
    """One signature. Times are ISO 8601 with offset, empty if unknown.

    ``signer`` and ``issuer`` are the common names in the certificates, ``serial`` and ``fingerprint`` (SHA-256, hex)
    tell the signer's. ``claimed_at`` is what the signer's machine said, ``stamped_at`` what a trusted time stamp
    proves. ``covers`` is how many bytes from the file's beginning are signed; ``whole``: all of it. ``revocation``: the
    file carries what shows whether the certificate was revoked.
    """

    field: str
    worth: Worth
    signer: str
    issuer: str = ""
    serial: str = ""
    fingerprint: str = ""
    claimed_at: str = ""
    stamped_at: str = ""
    until: str = ""
    covers: int = 0
    whole: bool = False
    revocation: bool = False

    @property
    def intact(self) -> bool:
        """Whether what was signed is what lies here, whoever signed it."""
        return self.worth not in (Worth.CHANGED, Worth.DAMAGED)


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found on a PDF as of ``checked_at``.

    ``stamps`` are document time stamps that hold; ``xfa``: it is a form whose pages only one program shows.
    """

    sha256: str
    checked_at: str
    signatures: tuple[SignatureFound, ...] = ()
    stamps: int = 0
    trouble: Trouble = Trouble.NONE
    xfa: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return it in the shape that a journal keeps."""
        return asdict(self) | {"signatures": [asdict(found) for found in self.signatures]}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """Return it from that shape.

        Raises:
            KeyError, TypeError, ValueError: it is not of that shape.
        """
        found = tuple(SignatureFound(**{**one, "worth": Worth(one["worth"])}) for one in values["signatures"])
        return cls(**{**values, "signatures": found, "trouble": Trouble(values["trouble"])})


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a PDF follows on one of ours. ``begins``: it begins with our bytes, every one of them.

    ``only_signatures``: what was put behind them are signatures, time stamps and what proves certificates, no other
    change; ``covers_text``: a signature is drawn over words of ours, on this page (0: none is).
    """

    begins: bool
    only_signatures: bool
    covers_text: int = 0
