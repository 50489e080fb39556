"""The signature's block with the QR code of the address on it, as a PDF page or as a picture."""

from __future__ import annotations

from pipeline.drawing.engines.pdf import pdf
from pipeline.drawing.engines.png import png
from pipeline.drawing.engines.qr_code import squares
from pipeline.drawing.picture import Picture
from pipeline.signing.ports import SigningOrder
from pipeline.signing.signature_block import block


def block_pdf(order: SigningOrder) -> bytes:
    """Return the block as a PDF page of the field's size, its letters embedded.

    Raises:
        EngineMissing: the font is not installed.
    """
    return pdf(_picture(order))


def block_png(order: SigningOrder) -> bytes:
    """Return the block as a picture.

    Raises:
        EngineMissing: the font is not installed.
    """
    return png(_picture(order))


def _picture(order: SigningOrder) -> Picture:
    return block(order, squares(order.address, "M") if order.address else ())
