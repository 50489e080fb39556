"""Appends a signature to a PDF with pyHanko: the fields of the whole chain first, then the signature, in one revision.

Nothing that is there is written anew: the print's bytes stay the file's beginning. PDF/A stays PDF/A: fields have
looks, and the block's letters are embedded.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment as Align
from pyhanko.pdf_utils.layout import BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import PdfSigner
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko.stamp.static import StaticStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError

from pipeline.errors import EngineFault, NotAllowed
from pipeline.signing.engines.drawn_block import block_pdf
from pipeline.signing.engines.validation import Trusted
from pipeline.signing.ports import SigningOrder

#: Bytes that are kept for a signature with its certificates; with a time stamp twice as many.
_RESERVED = 16_384


@dataclass(frozen=True, slots=True)
class LongTerm:
    """What makes a signature last: a time stamp server, trusted certificates, lists of revoked ones (DER).

    With a stamper alone it is B-T; with all of them B-LTA.
    """

    stamper: TimeStamper | None = None
    anchors: tuple[bytes, ...] = ()
    revoked: tuple[bytes, ...] = ()


def signed(pdf: bytes, order: SigningOrder, signer: signers.Signer, lasting: LongTerm) -> bytes:
    """Return the PDF with the signature appended: PAdES B-B, with a time stamp server B-LT and B-LTA.

    Raises:
        NotAllowed: the document cannot be signed: locked, built in two ways, or the field is signed already.
        EngineFault: pyHanko gave up for another reason.
    """
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        if writer.prev.encrypted:
            raise NotAllowed("Naskah itu terkunci.", "Konsep ulang naskahnya.")
        _make_fields(writer, order)
        pen = _DatedSigner(_metadata(order, lasting), signer, timestamper=lasting.stamper, stamp_style=_look(order))
        pen.at = order.at
        return bytes(pen.sign_pdf(writer, existing_fields_only=True, bytes_reserved=_reserved(lasting)).getvalue())
    except SigningError as fault:
        raise NotAllowed("Naskah itu tidak dapat ditandatangani.", _remedy(fault)) from None
    except PathError as fault:
        raise NotAllowed("Sertifikat itu tidak dapat dibuktikan.", "Periksa folder kepercayaan kantor.") from fault
    except PdfError as fault:
        raise EngineFault("PDF naskah itu tidak dapat dibaca untuk ditandatangani.") from fault


class _DatedSigner(PdfSigner):
    """Signs with the office's time; pyHanko would ask the machine's."""

    at: datetime

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at
        return session


class _Drawn(PdfContent):
    """A drawing of ours as the look of a field, its letters embedded."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self._page = page

    def render(self) -> bytes:
        """Take the page over; return what draws it."""
        look = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._page)))
        self.resources.xobject["/Tampak"] = look
        left, bottom, right, top = look.get_object()["/BBox"]
        self.box = BoxConstraints(width=right - left, height=top - bottom)
        return b"/Tampak Do"


def _look(order: SigningOrder) -> StaticStampStyle:
    """Return the block as pyHanko takes it: filling the field to its edges."""
    whole = SimpleBoxLayoutRule(Align.ALIGN_MID, Align.ALIGN_MID, margins=Margins.uniform(0))
    return StaticStampStyle(background=_Drawn(block_pdf(order)), border_width=0, background_layout=whole)


def _make_fields(writer: IncrementalPdfFileWriter, order: SigningOrder) -> None:
    """Make the fields of the whole chain before the first signature, so that later signers find theirs."""
    there = {name for name, _, _ in fields.enumerate_sig_fields(writer.prev)}
    for made in order.chain:
        if made.name not in there:
            place = made.place
            box = (round(place.left), round(place.bottom), round(place.right), round(place.top))
            fields.append_signature_field(writer, SigFieldSpec(made.name, on_page=place.page - 1, box=box))


def _metadata(order: SigningOrder, lasting: LongTerm) -> signers.PdfSignatureMetadata:
    proofs = None
    if lasting.stamper and lasting.revoked:
        known = Trusted.of(lasting.anchors, lasting.revoked)
        proofs = ValidationContext(
            trust_roots=list(known.anchors), other_certs=known.between, crls=known.revoked, moment=order.at
        )
    return signers.PdfSignatureMetadata(
        field_name=order.field.name,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=order.signer.name,
        reason=order.reason,
        location=order.location,
        validation_context=proofs,
        embed_validation_info=proofs is not None,
        use_pades_lta=proofs is not None,
    )


def _reserved(lasting: LongTerm) -> int:
    return _RESERVED * (2 if lasting.stamper else 1)


def _remedy(fault: SigningError) -> str:
    """Return the remedy for what pyHanko says; its words are for programmers and may name paths."""
    if "hybrid" in str(fault):
        return "PDF-nya bersusunan ganda; konsep ulang naskahnya supaya dicetak kembali."
    if "filled" in str(fault) or "field" in str(fault):
        return "Kolom tanda tangan itu sudah terisi; lihat berkasnya di map perkara."
    return "Konsep ulang naskahnya, lalu tandatangani lagi."
