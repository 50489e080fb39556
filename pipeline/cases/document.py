"""A file of a case, as the journal names it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

#: The kind of a file that is no scan, as it came, beside the pages that were made of it; so its name ends, too.
AS_IT_CAME = "asli"


@dataclass(frozen=True, slots=True)
class Document:
    """A file of the case: its name under ``data/``, what it is, the SOP step it belongs to, its bytes' hash and size.

    ``kind`` is ``surat`` (the original, as it came; of what is no scan its pages), ``asli`` (that file as it came),
    ``teks``, ``salinan`` (with searchable text), ``pembacaan`` (words and candidates), or the key of the template
    it was made from.
    """

    name: str
    kind: str
    step: int
    sha256: str
    bytes: int
    version: int = 1


def as_it_came(pages: str, extension: str) -> str:
    """Return what a file that is no scan is called, as it came, of which the document of this name holds the pages."""
    return f"{pages.rpartition('.')[0]}-{AS_IT_CAME}.{extension}"


def came_beside(pages: str, documents: Iterable[Document]) -> Document | None:
    """Return the file, as it came, of which the document of this name holds the pages; None where that is a scan."""
    return next((d for d in documents if d.kind == AS_IT_CAME and d.name.startswith(as_it_came(pages, ""))), None)
