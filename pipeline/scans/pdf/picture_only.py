"""Says which rebuilt scans may be marked as PDF/A-2b (ISO 19005-2): those of pictures alone.

A page with fonts, notes or transparency of its own might break rules that we do not check.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pikepdf import Array, Name, Object

from pipeline.scans.pdf.pdf_file import dictionary

_FILTERS = {
    "/ASCII85Decode",
    "/ASCIIHexDecode",
    "/DCTDecode",
    "/CCITTFaxDecode",
    "/FlateDecode",
    "/JBIG2Decode",
    "/RunLengthDecode",
}
_SPACES = {"/DeviceGray", "/DeviceRGB", "/CalGray", "/CalRGB", "/ICCBased", "/Indexed"}
_ODD_IN_PICTURES = ("/SMask", "/SMaskInData", "/Alternates", "/OPI")
_ODD_ON_PAGES = ("/Annots", "/Group", "/AA")
_ODD_RESOURCES = ("/ExtGState", "/Pattern", "/Shading", "/ColorSpace", "/Properties")


def only_pictures(pages: Iterable[Object]) -> bool:
    """Say whether the pages draw nothing but pictures of kinds that PDF/A-2 allows."""
    return all(_is_plain(page) for page in pages)


def _is_plain(page: Object) -> bool:
    resources = dictionary(page, "/Resources")
    if any(key in page for key in _ODD_ON_PAGES) or any(resources.get(key) for key in _ODD_RESOURCES):
        return False
    things = dictionary(resources, "/XObject").values()
    return not resources.get("/Font") and all(_is_plain_picture(thing) for thing in things)


def _is_plain_picture(thing: Object) -> bool:
    packed = thing.get("/Filter")
    filters = packed if isinstance(packed, Array) else [packed]
    return (
        thing.get("/Subtype") == "/Image"
        and all(_is_among(_FILTERS, name) for name in filters if name is not None)
        and not any(key in thing for key in _ODD_IN_PICTURES)
        and not thing.get("/Interpolate")
        and _is_plain_space(thing.get("/ColorSpace", Name.DeviceGray))
    )


def _is_plain_space(space: Any) -> bool:
    if isinstance(space, Array):
        of_four = space[0] == "/ICCBased" and space[1].get("/N") == 4
        return _is_among(_SPACES, space[0]) and not of_four and (space[0] != "/Indexed" or _is_plain_space(space[1]))
    return _is_among(_SPACES, space)


def _is_among(names: set[str], name: Any) -> bool:
    """Say whether it is one of these names; in a damaged file it may be anything."""
    return isinstance(name, Name) and str(name) in names
