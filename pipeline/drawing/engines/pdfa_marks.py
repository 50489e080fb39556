"""Marks a PDF that we built ourselves as PDF/A-2b (ISO 19005-2): metadata, colour profile, identifier.

It is a mark, not a proof: that takes veraPDF. Whoever marks a document answers for what is on its pages: fonts inside
it, colours of sRGB, nothing that acts.
"""

from __future__ import annotations

from functools import cache

from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import ImageCms

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
   <pdfaid:part>2</pdfaid:part>
   <pdfaid:conformance>B</pdfaid:conformance>
  </rdf:Description>{title}
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
_TITLE = """
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:title>
  </rdf:Description>"""
_ICC_DATE, _ICC_ID = slice(24, 36), slice(84, 100)


def mark(pdf: Pdf, title: str = "") -> None:
    """Make the document say that it is PDF/A-2b, and what it is called; its identifier comes when it is saved."""
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB"),
        DestOutputProfile=pdf.make_stream(colour_profile(), N=3),
    )
    pdf.Root.Metadata = pdf.make_stream(metadata(title), Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def metadata(title: str = "") -> bytes:
    """Return the metadata (XMP) of a document of that title that is PDF/A-2b."""
    plain = "".join(sign for sign in title if sign.isprintable())
    return _XMP.format(title=_TITLE.format(_escaped(plain)) if plain else "").encode("utf-8", "replace")


def _escaped(text: str) -> str:
    """Return text as XML; the library's own function brings HTTP and TLS into every child, 2 MB of memory each."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@cache
def colour_profile() -> bytes:
    """Return the sRGB profile of Little CMS, its date fixed, so that it is the same bytes every time."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[_ICC_DATE] = bytes((7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))
    made[_ICC_ID] = bytes(16)
    return bytes(made)
