"""What we write into PDFs of our own making: the file itself, and fonts (ISO 32000-1, 9.7.4 and 9.10.3)."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Page, Pdf, Stream, StreamDecodeLevel, String

_BLOCK = 100  # the most entries that a block of a character map may have


def saved(pdf: Pdf) -> bytes:
    """Return the document as a file; what came packed stays as it was, and the same document is the same bytes."""
    out = io.BytesIO()
    pdf.save(
        out,
        min_version="1.7",
        stream_decode_level=StreamDecodeLevel.none,
        object_stream_mode=ObjectStreamMode.disable,
        deterministic_id=True,
    )
    return out.getvalue()


def entitled(pdf: Pdf, title: str, subject: str = "") -> None:
    """Say what the document is, and in which language, to viewers and to those who have it read out."""
    pdf.docinfo["/Title"] = title
    if subject:
        pdf.docinfo["/Subject"] = subject
    pdf.docinfo["/Producer"] = "Yankomas"
    pdf.Root.Lang = String("id-ID")
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)


def joined(parts: Sequence[bytes], title: str) -> bytes:
    """Return one PDF with the pages of all parts, in order."""
    book = Pdf.new()
    opened = [Pdf.open(io.BytesIO(part)) for part in parts]  # until the book is written, its pages lie in them
    for one in opened:
        book.pages.extend(one.pages)
    entitled(book, title)
    return saved(book)


@dataclass(frozen=True, slots=True)
class Type0Font:
    """A TrueType font to be embedded: name, file, what each code stands for, measures in thousandths of the size.

    ``widths`` are those that differ from ``advance``; ``to_glyph`` gives two bytes for each code, nothing if a code is
    the glyph's number.
    """

    name: str
    program: bytes
    meanings: Iterable[tuple[int, str]]
    advance: int
    box: tuple[int, int, int, int]
    flags: int
    ascent: int
    descent: int
    cap_height: int
    widths: Mapping[int, int] = field(default_factory=dict)
    to_glyph: bytes = b""


def embedded(pdf: Pdf, font: Type0Font) -> Object:
    """Put the font into the document and return it."""
    name = Name(f"/{font.name}")
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        FontBBox=Array(font.box),
        FontFile2=pdf.make_stream(font.program, Length1=len(font.program)),
        Flags=font.flags,
        ItalicAngle=0,
        Ascent=font.ascent,
        Descent=font.descent,
        CapHeight=font.cap_height,
        StemV=80,
    )
    inner = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        CIDToGIDMap=pdf.make_stream(font.to_glyph) if font.to_glyph else Name.Identity,
        DW=font.advance,
        FontDescriptor=pdf.make_indirect(descriptor),
    )
    if font.widths:
        inner.W = Array(item for code, width in sorted(font.widths.items()) for item in (code, Array([width])))
    outer = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=name,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(inner)]),
        ToUnicode=pdf.make_stream(_to_unicode(sorted(font.meanings))),
    )
    return pdf.make_indirect(outer)


def in_file(thing: Object) -> tuple[bytes, bytes]:
    """Return an object as it stands in a file: all that has references in it, and a stream's bytes (packed)."""
    if not isinstance(thing, Stream):
        return thing.unparse(resolved=True), b""
    data, entries = thing.read_raw_bytes(), thing.stream_dict.copy()
    if "/Filter" not in entries:
        data, entries.Filter = zlib.compress(data), Name.FlateDecode
    entries.Length = len(data)
    return entries.unparse(resolved=True), b"\nstream\n%b\nendstream" % data


def with_font(page: Page, name: str, font: Object) -> None:
    """Add a font to the page's resources, which other pages may share: so in a copy."""
    resources = page.get("/Resources", Dictionary()).copy()
    fonts = resources.get("/Font", Dictionary()).copy()
    fonts[name] = font
    resources.Font = fonts
    page.Resources = resources


def _to_unicode(meanings: list[tuple[int, str]]) -> bytes:
    blocks = []
    for start in range(0, len(meanings), _BLOCK):
        block = meanings[start : start + _BLOCK]
        lines = "\n".join(f"<{code:04X}> <{ord(sign):04X}>" for code, sign in block)
        blocks.append(f"{len(block)} beginbfchar\n{lines}\nendbfchar\n")
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{''.join(blocks)}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")
