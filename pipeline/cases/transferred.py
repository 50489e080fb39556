"""What happens between this office and another of a centre, as a journal says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from pipeline.cases.document import Document

#: What may happen between this office and another of the centre (:class:`Transferred`).
OFFERED, SHOWN, TAKEN, REFUSED, CAME = "ditawarkan", "disampaikan", "diterima", "ditolak", "berasal"
#: What was offered or shown was taken back before it was answered.
BACK = "ditarik"


@dataclass(frozen=True, slots=True)
class Transferred:
    """The case has to do with another office of the centre.

    ``what`` is ``ditawarkan`` (offered to it), ``disampaikan`` (shown to the directorate), ``diterima`` or ``ditolak``
    (what the other said; ``number`` is its register number there), ``ditarik`` (taken back before it said anything), or
    ``berasal`` (this case came from there, where it has that number). ``parcel`` names the hand-over; ``holder`` and
    ``login`` are as with a move (:class:`~pipeline.cases.events.Decided`). That a case which was offered left is told
    by a move ``pindah``, which older versions understand too.
    """

    kind: ClassVar[str] = "dipindahkan"
    what: str
    office: str
    parcel: str
    number: str = ""
    reason: str = ""
    holder: Mapping[str, Any] = field(default_factory=dict)
    login: str = ""
    documents: tuple[Document, ...] = field(default=())
