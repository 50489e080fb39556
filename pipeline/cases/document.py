"""A file of a case, as the journal names it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """A file of the case: its name under ``data/``, what it is, the SOP step it belongs to, its bytes' hash and size.

    ``kind`` is ``surat`` (the original, as it came), ``teks``, ``salinan`` (with searchable text), ``pembacaan``
    (words and candidates), or the key of the template it was made from.
    """

    name: str
    kind: str
    step: int
    sha256: str
    bytes: int
    version: int = 1
