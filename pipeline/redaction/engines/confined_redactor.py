"""Redacted copies drawn in a confined child, which is given the document's bytes and our strip of words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from pipeline.cases.ports import Blob
from pipeline.drawing.engines.pdf import pdf
from pipeline.drawing.picture import Picture
from pipeline.errors import EngineFault
from pipeline.redaction.areas import MOST_PAGES, Area
from pipeline.redaction.ports import RedactedPdf
from pipeline.scans.confinement.budget import MemoryBudget
from pipeline.scans.confinement.child import ChildLimits
from pipeline.scans.confinement.framing import Message
from pipeline.scans.confinement.pool import Pool
from pipeline.scans.confinement.sealed import sealed_scan
from pipeline.scans.refusals import Limits
from pipeline.scans.words import Page, page_from_json

_OPERATIONS = "pipeline.scans.operations.page_redaction"
_LIMITS = ChildLimits(seconds=60.0, cpu=45.0)
#: Seconds of the clock, and of the processor, in which a copy of as many pages as may be is drawn: a page of A4 at
#: 300 dpi takes some tenths of a second of the processor.
_DRAWING, _DRAWING_CPU = 300.0, 150.0
_SENSELESS = "Jawaban mesin penyamar tidak masuk akal."


class ConfinedRedactor:
    """Implements the port Redactor. Starts its child at the first request; several threads take turns."""

    def __init__(self, limits: Limits, budget: MemoryBudget | None = None) -> None:
        self._limits, self._budget = limits, budget
        self._pool = Pool(_OPERATIONS, size=1, limits=_LIMITS, budget=budget)

    def words(self, blob: Blob) -> tuple[Page, ...]:
        """Return every page with the words that it holds as text (see the port)."""
        answer = self._asked("words", blob, {})
        try:
            pages = tuple(page_from_json(page) for page in answer.body)
        except (ValueError, TypeError):
            raise EngineFault(_SENSELESS) from None
        if not 0 < len(pages) <= MOST_PAGES or [page.number for page in pages] != list(range(1, len(pages) + 1)):
            raise EngineFault(_SENSELESS)
        return pages

    def redacted(self, blob: Blob, areas: Sequence[Area], strip: Picture, title: str) -> RedactedPdf:
        """Return the copy (see the port)."""
        told = {"areas": [[area.page - 1, *area.box] for area in areas], "title": title}
        answer = self._asked("redact", blob, told, (pdf(strip),), seconds=_DRAWING, cpu=_DRAWING_CPU)
        try:
            (data,), pages, archival = answer.blobs, int(answer.body["pages"]), str(answer.body["archival"])
        except (ValueError, TypeError, KeyError):
            raise EngineFault(_SENSELESS) from None
        return RedactedPdf(data, pages, archival)

    def close(self) -> None:
        """End the child."""
        self._pool.close()

    def _asked(
        self,
        operation: str,
        blob: Blob,
        told: dict[str, Any],
        blobs: Sequence[bytes] = (),
        *,
        seconds: float | None = None,
        cpu: float | None = None,
    ) -> Message:
        arguments = {**told, "limits": asdict(self._limits), "most": MOST_PAGES}
        with blob.local() as path, sealed_scan(path, self._limits, self._budget) as file:
            return self._pool.call(operation, arguments, blobs, file=file, seconds=seconds, cpu=cpu)
