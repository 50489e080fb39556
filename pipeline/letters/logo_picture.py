"""What of a picture becomes the office's logo: what is seen of it, in a shape that a letterhead has room for.

How dense the picture says it is, who made it and where (PNG's ancillary chunks) stays out: of the first Word makes
nothing good, the rest would go out in every letter's file.
"""

from __future__ import annotations

import struct

from pipeline.errors import Refused

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
#: What shows the picture: its size, colours, transparency, pixels, end (PNG, third edition, chapter 11).
_SHOWING = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
_FRAME = 12  # bytes of a chunk besides its data: length, name, checksum
_MOST = 4000  # pixels of a side: the letterhead shows it 1.8 cm high, on every page that is printed
_SLIMMEST = 8  # times as wide as high, or as high as wide: more is no room between the margins


def logo_of(png: bytes) -> bytes:
    """Return the picture without what is not seen of it.

    Raises:
        Refused: it is no whole PNG, or larger or slimmer than a logo may be.
    """
    kept, at = [], len(_SIGNATURE)
    while png.startswith(_SIGNATURE) and at + _FRAME <= len(png):
        length = int.from_bytes(png[at : at + 4])
        kept.append((png[at + 4 : at + 8], png[at : at + _FRAME + length]))
        at += _FRAME + length
        if kept[-1][0] == b"IEND":
            break
    if at > len(png) or not kept or (kept[0][0], kept[-1][0]) != (b"IHDR", b"IEND"):
        raise Refused("jenis", "Lambang kop harus gambar PNG yang utuh.", "Simpan lagi gambarnya sebagai PNG.")
    wide, high = struct.unpack(">II", kept[0][1][8:16])
    if max(wide, high) > min(_MOST, _SLIMMEST * min(wide, high)):
        raise Refused(
            "terlalu-besar",
            f"Gambar lambang berukuran {wide} × {high} piksel.",
            f"Paling banyak {_MOST} piksel tiap sisi, dan sisi panjangnya paling banyak {_SLIMMEST} kali sisi pendek.",
        )
    return _SIGNATURE + b"".join(chunk for name, chunk in kept if name in _SHOWING)
