"""What decoding a picture of a PDF may cost, in dots, as far as its head tells: some are decoded over and over."""

from __future__ import annotations

import struct

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from pipeline.scans.formats.jpeg_dots import jpeg_dots
from pipeline.scans.pdf.pdf_file import dictionary, unpacked

#: How pictures may be packed: decoding takes time by their dots alone.
_BY_DOTS = frozenset((Name.FlateDecode, Name.RunLengthDecode, Name.ASCII85Decode, Name.CCITTFaxDecode))
_SPACES = frozenset((Name.DeviceGray, Name.DeviceRGB, Name.DeviceCMYK, Name.CalGray, Name.CalRGB, Name.ICCBased))
_DEVICE = frozenset((Name.DeviceGray, Name.DeviceRGB, Name.DeviceCMYK))
#: Parts of a JBIG2 picture that are no dictionary and repeat nothing (ITU-T T.88, 7.3): generic regions, page, ends.
_REGIONS, _ENDS, _MOST_PARTS = frozenset((36, 38, 39)), frozenset((48, 49, 50, 51)), 2_000


def weight(picture: Stream) -> int | None:
    """Return how many dots are decoded for it; None if that cannot be told beforehand."""
    packed, space = picture.get("/Filter"), picture.get("/ColorSpace")
    filters = list(packed) if isinstance(packed, Array) else [packed] if packed is not None else []
    if len(filters) > 2 or not (space is None or is_simple_space(space)):
        return None
    dots = int(picture.get("/Width", 0)) * int(picture.get("/Height", 0))
    if filters and filters[-1] in (Name.DCTDecode, Name.JBIG2Decode):
        data = bytes(picture.get_raw_stream_buffer())
        if len(filters) == 2:
            with Pdf.new() as pdf:  # qpdf unpacks all or nothing
                data = unpacked(Stream(pdf, data, Filter=filters[0]))
        inside = jpeg_dots(data) if filters[-1] == Name.DCTDecode else _jbig2_dots(picture, data)
        return None if inside is None else max(dots, inside)
    if not all(each in _BY_DOTS for each in filters):
        return None
    return max(dots, _fax_dots(picture))


def is_simple_space(space: Object) -> bool:
    """Say whether the colours of a space are as they are written, or looked up, and not computed by a program."""
    if not isinstance(space, Array):
        return space in _SPACES
    if len(space) > 1 and space[0] == Name.Indexed:
        return is_simple_space(space[1]) and space[1] != Name.Indexed
    if len(space) > 1 and space[0] == Name.ICCBased:  # whose profile may be rubbish; then the other one is taken
        return not isinstance(space[1], Stream) or space[1].get("/Alternate", Name.DeviceGray) in _DEVICE
    return len(space) > 0 and space[0] in _SPACES


def _fax_dots(picture: Stream) -> int:
    """Return the dots that a picture has by what is told to the decoder of faxes."""
    told = picture.get("/DecodeParms")
    parts = list(told) if isinstance(told, Array) else [told]
    sides = [
        (int(part.get("/Columns", 0)), int(part.get("/Rows", 0))) for part in parts if isinstance(part, Dictionary)
    ]
    wide, high = int(picture.get("/Width", 0)), int(picture.get("/Height", 0))
    return max((max(wide, columns) * max(high, rows) for columns, rows in sides), default=0)


def _jbig2_dots(picture: Stream, data: bytes) -> int | None:
    """Return the dots of all regions of a JBIG2 picture; None if it has symbols, which may be laid down endlessly."""
    if "/JBIG2Globals" in dictionary(picture, "/DecodeParms"):
        return None
    at = parts = dots = 0
    while at + 11 <= len(data):
        kind, wide_page, referred = data[at + 4] & 63, bool(data[at + 4] & 64), data[at + 5]
        head = 6 + (4 if wide_page else 1)
        parts += 1
        if kind not in _REGIONS | _ENDS or referred >> 5 or parts > _MOST_PARTS:
            return None
        length = int.from_bytes(data[at + head : at + head + 4], "big")
        if kind in _REGIONS:
            width, height = struct.unpack(">II", data[at + head + 4 : at + head + 12].ljust(8, b"\xff"))
            dots += width * height
        at += head + 4 + length
    return dots
