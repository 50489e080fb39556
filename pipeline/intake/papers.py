"""Pages that belong together, as a file of their own: the file that was claimed, or some of its pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.cases.ports import MakeBlob
from pipeline.reading.ports import Reader
from pipeline.register.ports import Claim
from pipeline.scans.ports import Inspection, unread_code


@dataclass(frozen=True, slots=True)
class Papers:
    """A file as it is filed, and what is known of it. ``source`` says of which file it is a part (empty: of none)."""

    claim: Claim
    media: str
    extension: str
    pages: int
    codes: tuple[Mapping[str, Any], ...] = ()
    warnings: tuple[str, ...] = ()
    unread: tuple[int, ...] = ()
    source: Mapping[str, Any] = field(default_factory=dict)

    @property
    def told(self) -> tuple[str, ...]:
        """What the clerk should know of them."""
        return (*self.warnings, *map(unread_code, self.unread))


def whole(claim: Claim, inspection: Inspection) -> Papers:
    """Return the claimed file itself."""
    return Papers(
        claim=claim,
        media=inspection.media,
        extension=inspection.extension,
        pages=inspection.pages,
        codes=tuple({"page": c.page, "kind": c.kind, "text": c.text} for c in inspection.codes),
        warnings=inspection.warnings,
        unread=inspection.unread,
    )


def some(of: Papers, pages: Sequence[int], reader: Reader, blob: MakeBlob, **noted: Any) -> Papers:
    """Return these pages (from 1, ascending) as a file of their own; all of them are the file itself, untouched.

    The claim's name is made from the whole file's, so that starting again after a crash finds its own work. ``noted``
    is kept in the source as well.

    Raises:
        Refused: the pages cannot be taken out of this file.
        EngineFault: the child died or took too long.
    """
    if tuple(pages) == tuple(range(1, of.pages + 1)):
        return of
    whole_file = of.claim.blob
    made = blob(whole_file.name, reader.extract(whole_file, of.media, pages))
    return replace(
        of,
        claim=replace(of.claim, id=f"{of.claim.id}-{pages[0]}", blob=made),
        pages=len(pages),
        codes=tuple({**code, "page": pages.index(code["page"]) + 1} for code in of.codes if code["page"] in pages),
        warnings=tuple(f"Berkas asalnya: {warning}" for warning in of.warnings),
        unread=tuple(pages.index(page) + 1 for page in of.unread if page in pages),
        source={"sha256": whole_file.sha256, "pages": list(pages), "of": of.pages, **noted},
    )
