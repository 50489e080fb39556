"""Files that were filed as signed letters: what is known of each, and whether it still stands as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pipeline.cases.events import Confirmed, Disputed, Withdrawn
from pipeline.cases.signature_proof import UNPROVEN, brought, found_words

#: How a scan that was filed before anybody looked for ink on it is spoken of.
UNCHECKED = "sebelum pemeriksaan"
#: What the scanned pages of a signed letter, upright and in order, are called besides the scan itself.
UPRIGHT = "-tegak"


@dataclass(frozen=True, slots=True)
class Objection:
    """What somebody said of a filed scan: a dispute, its confirmation, or its withdrawal."""

    kind: str
    at: datetime
    role: str
    login: str
    reason: str


@dataclass(frozen=True, slots=True)
class SignedFile:
    """A signed letter as it was filed: by which line, when, in which role, its template and version, its documents.

    The first document is the scan as it came. ``delivered_by`` is who brought it (empty: not noted then), ``proof``
    what was found (empty: nobody looked). ``objections`` are oldest first.
    """

    seq: int
    at: datetime
    role: str
    template: str
    version: int
    documents: tuple[str, ...]
    delivered_by: str = ""
    proof: Mapping[str, Any] | None = None
    objections: tuple[Objection, ...] = ()

    @property
    def withdrawn(self) -> str:
        """Why it was withdrawn; empty if it was not."""
        return next((o.reason for o in self.objections if o.kind == Withdrawn.kind), "")

    @property
    def disputed(self) -> str:
        """Why it is disputed; empty if it is not, or that was settled."""
        last = self.objections[-1] if self.objections else None
        return last.reason if last and last.kind == Disputed.kind else ""

    @property
    def stands(self) -> bool:
        """Whether the letter counts as signed by it."""
        return not self.withdrawn and not self.disputed

    @property
    def unproven(self) -> str:
        """The reason why an official had it filed without proof; empty if it is proven, or nobody looked."""
        return str((self.proof or {}).get(UNPROVEN, ""))

    @property
    def brought(self) -> tuple[str, str]:
        """How it came, and by whom, in words."""
        return brought(self.proof or {}, self.delivered_by)

    @property
    def words(self) -> str:
        """What is known of it, as a sentence without its full stop."""
        known = found_words(self.proof) if self.proof else UNCHECKED
        if self.withdrawn:
            return f"ditarik: {self.withdrawn}"
        return f"disanggah: {self.disputed} ({known})" if self.disputed else known


@dataclass(frozen=True, slots=True)
class Part:
    """Some pages of a sheet that came back: of which version, which pages, in which document, by which line."""

    template: str
    version: int
    pages: tuple[int, ...]
    document: str
    seq: int


def awaited_parts(
    parts: Sequence[Part], signatures: Sequence[SignedFile], template: str, version: int
) -> tuple[Part, ...]:
    """Return the parts of a sheet that came since it was last filed whole."""
    since = max((s.seq for s in signatures if (s.template, s.version) == (template, version)), default=0)
    return tuple(p for p in parts if (p.template, p.version) == (template, version) and p.seq > since)


def contested(
    signatures: Sequence[SignedFile], event: Disputed | Confirmed | Withdrawn, at: datetime, role: str
) -> tuple[SignedFile, ...]:
    """Return the files with what was said of one of them."""
    said = Objection(event.kind, at, role, event.login, event.reason)
    return tuple(
        replace(s, objections=(*s.objections, said)) if event.document in s.documents else s for s in signatures
    )
