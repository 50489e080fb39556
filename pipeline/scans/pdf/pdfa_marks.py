"""Marks a rebuilt scan as PDF/A-2b (ISO 19005-2): metadata, colour profile, identifier.

Only what was rebuilt from pictures alone is marked: a page with fonts, notes or transparency of its own might break
rules that we do not check. It is a mark, not a proof: that takes veraPDF.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, String
from PIL import ImageCms

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


def only_pictures(pages: Iterable[Object]) -> bool:
    """Say whether the pages draw nothing but pictures of kinds that PDF/A-2 allows."""
    return all(_is_plain(page) for page in pages)


def mark(pdf: Pdf) -> None:
    """Make the document say that it is PDF/A-2b; its identifier comes when it is saved."""
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB"),
        DestOutputProfile=pdf.make_stream(colour_profile(), N=3),
    )
    pdf.Root.Metadata = pdf.make_stream(_XMP.encode("utf-8"), Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


@cache
def colour_profile() -> bytes:
    """Return the sRGB profile of Little CMS, its date fixed, so that it is the same bytes every time."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[_ICC_DATE] = bytes((7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))
    made[_ICC_ID] = bytes(16)
    return bytes(made)


def _is_plain(page: Object) -> bool:
    resources = dictionary(page, "/Resources")
    if any(key in page for key in _ODD_ON_PAGES) or any(resources.get(key) for key in _ODD_RESOURCES):
        return False
    things = dictionary(resources, "/XObject").values()
    return not resources.get("/Font") and all(_is_plain_picture(thing) for thing in things)


def _is_plain_picture(thing: Object) -> bool:
    filters = thing.get("/Filter")
    return (
        thing.get("/Subtype") == "/Image"
        and all(name in _FILTERS for name in (filters if isinstance(filters, Array) else [filters]) if name is not None)
        and not any(key in thing for key in _ODD_IN_PICTURES)
        and not thing.get("/Interpolate")
        and _is_plain_space(thing.get("/ColorSpace", Name.DeviceGray))
    )


def _is_plain_space(space: Any) -> bool:
    if isinstance(space, Array):
        of_four = space[0] == "/ICCBased" and space[1].get("/N") == 4
        return space[0] in _SPACES and not of_four and (space[0] != "/Indexed" or _is_plain_space(space[1]))
    return space in _SPACES
