"""That the receipt of a complaint that came by mail was sent back by mail, as a journal says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from pipeline.cases.document import Document

#: How it went: it was about to be handed over; the mail server took it; puts it off; refused it. The program ended
#: between the first and any other, so nobody knows. It is not sent at all.
BEGUN, SENT, PUT_OFF, REFUSED, UNSURE, NOT_SENT = (
    "mulai",
    "terkirim",
    "ditunda",
    "ditolak",
    "tidak-pasti",
    "tidak-dikirim",
)
#: How each is told.
WORDS: Mapping[str, str] = {
    BEGUN: "Tanda terima mulai dikirim lewat surel kepada pengirimnya",
    SENT: "Tanda terima diterima server surel untuk pengirimnya",
    PUT_OFF: "Tanda terima lewat surel ditunda server surel",
    REFUSED: "Tanda terima lewat surel ditolak server surel",
    UNSURE: "Tanda terima lewat surel: tidak pasti terkirim",
    NOT_SENT: "Tanda terima tidak dikirim lewat surel",
}


@dataclass(frozen=True, slots=True)
class ReceiptMailed:
    """How it went with the receipt by mail: one of :data:`WORDS`, and in Indonesian why, where that is to be told.

    ``answered`` is the name of the document that is the complainant's mail, which has the address; ``message`` names
    the mail that went out (its *Message-ID* begins so).
    """

    kind: ClassVar[str] = "tanda-terima-surel"
    outcome: str
    answered: str
    message: str = ""
    reason: str = ""
    documents: tuple[Document, ...] = field(default=())
