"""That another case has to do with this one, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from pipeline.cases.document import Document

#: How two cases have to do with each other: this one went into the other, or the other came into this one.
INTO, FROM = "induk", "anak"
#: Or: pages of this one became the other, or this one's pages came out of the other.
SPLIT_OFF, SPLIT_FROM = "pecahan", "asal"
#: Or: this one's letter became the other, of another service; or it is what the other's letter became.
BECAME, CAME_OF = "menjadi", "berasal"


@dataclass(frozen=True, slots=True)
class Linked:
    """Another case has to do with this one.

    ``how`` is ``induk`` (this one went into it), ``anak`` (it came in), ``pecahan`` (pages of this one became it) or
    ``asal`` (this one's pages came out of it). Of the last two, ``source`` names the ``document`` and its ``pages``.
    Between services it is ``menjadi`` (this one's letter became it; ``source`` is the ``baris`` of the move) or
    ``berasal`` (it became this one).
    """

    kind: ClassVar[str] = "dihubungkan"
    other: str
    how: str
    documents: tuple[Document, ...] = field(default=())
    source: Mapping[str, Any] = field(default_factory=dict)
