"""QR and bar codes on a page, read by zxing-cpp."""

from __future__ import annotations

from dataclasses import dataclass

import zxingcpp
from PIL import Image

_FORMATS = zxingcpp.BarcodeFormats(
    [zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code39, zxingcpp.BarcodeFormat.Code128]
)
_KINDS = {"QRCode": "QR Code", "Code39": "Code 39", "Code128": "Code 128"}
_LONGEST = 1000  # letters of a text that are kept; codes of ours are shorter than a hundred


@dataclass(frozen=True, slots=True)
class FoundCode:
    """Its symbology (``QR Code``, ``Code 39``, ``Code 128``), its text, and its side as a share of the page's shorter.

    An unreadable QR code has no text.
    """

    kind: str
    text: str
    share: float = 0.0


def read_codes(image: Image.Image) -> tuple[FoundCode, ...]:
    """Return the codes on a grey page of about 150 dpi, whichever way it is turned.

    Reduced copies are looked at too (a third more time): the noise of a poor scan hides a large code from eyes as sharp
    as a small one needs. Of codes that cannot be read only QR codes are told: their three corners are on nothing else.
    """
    found = zxingcpp.read_barcodes(
        image, formats=_FORMATS, try_rotate=True, try_downscale=True, try_invert=False, return_errors=True
    )
    codes = []
    for code in found:
        kind = _KINDS.get(str(code.format), str(code.format))
        codes.append(FoundCode(kind, code.text[:_LONGEST] if code.valid else "", _share(code, image)))
    return tuple(code for code in codes if code.text or code.kind == "QR Code")


def _share(code: zxingcpp.Barcode, image: Image.Image) -> float:
    """Return how large a code is: the longer side of its box, by the shorter of the page."""
    corners = code.position.top_left, code.position.top_right, code.position.bottom_left, code.position.bottom_right
    across, down = ([getattr(corner, axis) for corner in corners] for axis in ("x", "y"))
    return float(max(max(across) - min(across), max(down) - min(down)) / min(image.size))
