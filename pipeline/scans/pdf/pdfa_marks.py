"""Marks a rebuilt scan as PDF/A-2b (ISO 19005-2): metadata, colour profile, identifier.

Only what was rebuilt from pictures alone is marked: a page with fonts, notes or transparency of its own might break
rules that we do not check. It is a mark, not a proof: that takes veraPDF.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from PIL import ImageCms
from pypdf import PageObject, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

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
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
   <pdfaid:part>2</pdfaid:part>
   <pdfaid:conformance>B</pdfaid:conformance>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
_ICC_DATE, _ICC_ID = slice(24, 36), slice(84, 100)


def only_pictures(pages: Iterable[PageObject]) -> bool:
    """Say whether the pages draw nothing but pictures of kinds that PDF/A-2 allows."""
    return all(_is_plain(page) for page in pages)


def mark(writer: PdfWriter, identifier: bytes) -> None:
    """Make the document say that it is PDF/A-2b; *identifier* (16 bytes) tells it from others."""
    writer.metadata = None  # what the information dictionary says must be said in the metadata too
    metadata = DecodedStreamObject()
    metadata.set_data(_XMP.encode("utf-8"))
    metadata.update({NameObject("/Type"): NameObject("/Metadata"), NameObject("/Subtype"): NameObject("/XML")})
    root = writer.root_object
    root[NameObject("/Metadata")] = writer._add_object(metadata)
    root[NameObject("/OutputIntents")] = ArrayObject([writer._add_object(_intent(writer))])
    writer._ID = ArrayObject([ByteStringObject(identifier), ByteStringObject(identifier)])


def _intent(writer: PdfWriter) -> DictionaryObject:
    plain = DecodedStreamObject()
    plain.set_data(colour_profile())
    profile: StreamObject = plain.flate_encode()
    profile[NameObject("/N")] = NumberObject(3)
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/OutputIntent"),
            NameObject("/S"): NameObject("/GTS_PDFA1"),
            NameObject("/OutputConditionIdentifier"): TextStringObject("sRGB"),
            NameObject("/Info"): TextStringObject("sRGB"),
            NameObject("/DestOutputProfile"): writer._add_object(profile),
        }
    )


@cache
def colour_profile() -> bytes:
    """Return the sRGB profile of Little CMS, its date fixed, so that it is the same bytes every time."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[_ICC_DATE] = bytes((7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))
    made[_ICC_ID] = bytes(16)
    return bytes(made)


def _is_plain(page: PageObject) -> bool:
    resources = _plain(page.get("/Resources", DictionaryObject()))
    if any(key in page for key in _ODD_ON_PAGES) or any(_plain(resources.get(key)) for key in _ODD_RESOURCES):
        return False
    things = _plain(resources.get("/XObject")) or {}
    fonts = _plain(resources.get("/Font")) or {}
    return not fonts and all(_is_plain_picture(_plain(thing)) for thing in things.values())


def _is_plain_picture(thing: Any) -> bool:
    filters = _plain(thing.get("/Filter"))
    names = {str(name) for name in (filters if isinstance(filters, list) else [filters]) if name is not None}
    return (
        thing.get("/Subtype") == "/Image"
        and names <= _FILTERS
        and not any(key in thing for key in _ODD_IN_PICTURES)
        and not thing.get("/Interpolate")
        and _is_plain_space(_plain(thing.get("/ColorSpace", "/DeviceGray")))
    )


def _is_plain_space(space: Any) -> bool:
    if isinstance(space, list):
        base = _plain(space[1]) if space[0] == "/Indexed" else None
        of_four = space[0] == "/ICCBased" and _plain(space[1]).get("/N") == 4
        return space[0] in _SPACES and not of_four and (base is None or _is_plain_space(base))
    return space in _SPACES


def _plain(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value
