"""QR and bar codes on a page, read by zxing-cpp."""

from __future__ import annotations

from dataclasses import dataclass

import zxingcpp
from PIL import Image

_FORMATS = zxingcpp.BarcodeFormats(
    [zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code39, zxingcpp.BarcodeFormat.Code128]
)
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class FoundCode:
    """Its symbology (``QR Code``, ``Code 39``, ``Code 128``) and its text."""

    kind: str
    text: str


def read_codes(image: Image.Image) -> tuple[FoundCode, ...]:
    """Return the codes on a grey page of about 150 dpi, whichever way it is turned.

    Looking at reduced copies and for white-on-black costs as much again and finds none on office paper.
    """
    found = zxingcpp.read_barcodes(image, formats=_FORMATS, try_rotate=True, try_downscale=False, try_invert=False)
    return tuple(FoundCode(_name(code), code.text[:_LONGEST]) for code in found if code.valid and code.text)


def _name(code: zxingcpp.Barcode) -> str:
    name = str(code.format)
    return {"QRCode": "QR Code", "Code39": "Code 39", "Code128": "Code 128"}.get(name, name)
