"""What signing and validating need of the world, as small protocols; fakes are in ``tests``."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pipeline.cases.ports import Blob
from pipeline.signing.findings import Findings, Likeness
from pipeline.signing.secret import Secret


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle on a page (from 1), in points from its lower left corner."""

    page: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """How wide it is, in points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """How high it is, in points."""
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class SignatureField:
    """A field of the document that one signer of its chain signs: its name, and where it is seen."""

    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class SignerNamed:
    """Whose signature it is, as the sheet prints it: title, name, NIP."""

    title: str
    name: str
    nip: str = ""


@dataclass(frozen=True, slots=True)
class SigningOrder:
    """A signature that is asked for: the field, who signs, why, where and when.

    ``chain`` are the fields of all who sign this document, this one among them: they are made, empty, before the first
    signature. ``footer`` is the office's wording under the names, ``address`` where anybody may ask whether the letter
    is ours, shown as a QR code; empty without.
    """

    field: SignatureField
    signer: SignerNamed
    reason: str
    location: str
    at: datetime
    chain: tuple[SignatureField, ...]
    footer: str = ""
    address: str = ""


class Pen(Protocol):
    """A key that was opened with its passphrase, for one batch."""

    @property
    def holder(self) -> str:
        """The name that its certificate bears; empty while only the service knows it."""

    def sign(self, pdf: bytes, order: SigningOrder) -> bytes:
        """Return the PDF with the signature appended; the bytes that were there stay as they are.

        Raises:
            Denied: the passphrase is wrong.
            NotAllowed: certificate or document cannot be used for this; says why.
            Passing: token, service or time stamp server cannot be reached now.
            EngineFault: what came back is no signature of this document.
        """


class Signer(Protocol):
    """What one official signs with: a file, a token, or the government's service."""

    @property
    def means(self) -> str:
        """What it is called, for the official (``berkas sertifikat``)."""

    def opened(self, passphrase: Secret) -> AbstractContextManager[Pen]:
        """Open the key for as long as the context lasts.

        Raises:
            Denied: the passphrase is wrong.
            SettingsFault: the file, module or certificate that the settings name is not there.
            Passing: the token is not plugged in.
        """


class Validator(Protocol):
    """Finds out what the signatures of a PDF are worth; without a network, within limits, in a confined child."""

    def validate(self, blob: Blob, at: datetime) -> Findings:
        """Return what was found, as of a moment; a file that cannot be read has that as its finding.

        Raises:
            EngineFault: the child died or took too long.
            EngineMissing: no child can be started.
        """

    def likeness(self, blob: Blob, printed: Blob) -> Likeness:
        """Say how a PDF follows on one of ours: whether it begins with its bytes, and what was put behind them.

        Raises:
            EngineFault, EngineMissing: as :meth:`validate`.
        """


class Staging(Protocol):
    """Signed bytes that are not filed yet: whoever was cut short files them, and does not sign again."""

    def kept(self, key: str) -> bytes | None:
        """Return what was kept under a key."""

    def keep(self, key: str, pdf: bytes) -> None:
        """Keep signed bytes, over what was kept there."""

    def drop(self, key: str) -> None:
        """Forget them; what is gone already is no fault."""

    def waiting(self) -> Sequence[str]:
        """Return every key under which something is kept."""
