"""The heads of a mail read in a confined child, which ends with it."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.access.addresses import checked_address
from pipeline.cases.ports import Blob
from pipeline.errors import EngineFault, Incomplete
from pipeline.scans.confinement.budget import MemoryBudget
from pipeline.scans.confinement.child import ChildLimits
from pipeline.scans.confinement.pool import Pool
from pipeline.scans.confinement.sealed import sealed_scan
from pipeline.scans.ports import AnswerTo
from pipeline.scans.refusals import Limits

_OPERATIONS = "pipeline.scans.operations.rendering"
_LIMITS = ChildLimits(memory=1_500_000_000, own=900_000_000, seconds=60.0, cpu=30.0, requests=1)
#: Letters of a *Message-ID*, and of a reason, that a child is believed to give.
_LONGEST_ID, _LONGEST_WHY = 250, 200
_NO_ADDRESS = "alamat pengirimnya tidak dapat ditulis pada amplop surel"


@dataclass(frozen=True, slots=True)
class ConfinedHeads:
    """Implements the port MailReader."""

    limits: Limits
    budget: MemoryBudget | None = None

    def answer_to(self, blob: Blob) -> AnswerTo:
        """Return whom a machine may answer (see the port)."""
        pool = Pool(_OPERATIONS, size=1, limits=_LIMITS, budget=self.budget)
        try:
            with blob.local() as path, sealed_scan(path, self.limits, self.budget) as file:
                told = pool.call("answer_to", {}, file=file).body
            found = AnswerTo(str(told["address"]), str(told["message"]), str(told["why"])[:_LONGEST_WHY])
        except (TypeError, KeyError):
            raise EngineFault("Pembaca surel memberi jawaban yang tidak dapat dipahami.") from None
        finally:
            pool.close()
        try:
            address = checked_address(found.address)
        except Incomplete:
            return AnswerTo(why=_NO_ADDRESS)
        fits = len(found.message) <= _LONGEST_ID and found.message.isprintable() and " " not in found.message
        return AnswerTo(address, found.message if fits else "", found.why if not address else "")
