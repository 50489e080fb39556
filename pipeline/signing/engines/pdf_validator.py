"""The validator: files go to a confined child, what it found comes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from pipeline.cases.ports import Blob, content
from pipeline.errors import EngineFault
from pipeline.scans.confinement.budget import MemoryBudget
from pipeline.scans.confinement.child import ChildLimits
from pipeline.scans.confinement.pool import Pool
from pipeline.scans.confinement.sealed import sealed_scan
from pipeline.scans.refusals import Limits
from pipeline.signing.findings import Findings, Likeness
from pipeline.signing.store.trust import Trust

_OPERATIONS = "pipeline.signing.engines.validation_child"
_LIMITS = ChildLimits(seconds=30.0, cpu=20.0, nice=5)
_ODD = "Pemeriksa tanda tangan memberi jawaban yang tidak dapat dipahami."


class PdfValidator:
    """Implements the Validator port. Starts its child at the first file; :meth:`close` ends it."""

    def __init__(
        self, trust: Callable[[], Trust], limits: Limits | None = None, budget: MemoryBudget | None = None
    ) -> None:
        """Judge by what ``trust`` returns, which is asked anew for every file."""
        self._trust, self._limits, self._budget = trust, limits or Limits(), budget
        self._pool = Pool(_OPERATIONS, size=1, limits=_LIMITS, budget=budget)

    def validate(self, blob: Blob, at: datetime) -> Findings:
        """Return what was found (see the port)."""
        trust = self._trust()
        arguments = {"at": at.isoformat(), "anchors": len(trust.anchors)}
        with blob.local() as path, sealed_scan(path, self._limits, self._budget) as file:
            answer = self._pool.call("validate", arguments, (*trust.anchors, *trust.revoked), file=file)
        try:
            return Findings.from_json(answer.body)
        except (KeyError, TypeError, ValueError):
            raise EngineFault(_ODD) from None

    def likeness(self, blob: Blob, printed: Blob) -> Likeness:
        """Say how a PDF follows on our print (see the port)."""
        with blob.local() as path, sealed_scan(path, self._limits, self._budget) as file:
            answer = self._pool.call("likeness", {}, (content(printed),), file=file)
        try:
            return Likeness(**answer.body)
        except TypeError:
            raise EngineFault(_ODD) from None

    def warm(self) -> None:
        """Start the child now, so that the first file does not wait for it."""
        self._pool.warm()

    def close(self) -> None:
        """End the child."""
        self._pool.close()
