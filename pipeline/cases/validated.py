"""That the electronic signatures of a file were examined, as a journal says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from pipeline.cases.document import Document


@dataclass(frozen=True, slots=True)
class Validated:
    """The electronic signatures in a PDF that arrived were examined. ``source`` is the name of its document.

    ``findings`` are in the shape of :class:`pipeline.signing.findings.Findings`, with the moment as of which they hold;
    ``said`` tells them in Indonesian, as it was told then.
    """

    kind: ClassVar[str] = "tanda-tangan-diperiksa"
    source: str
    findings: Mapping[str, Any]
    said: tuple[str, ...]
    documents: tuple[Document, ...] = field(default=())
