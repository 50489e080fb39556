"""What we write into PDFs: the file, fonts (ISO 32000-1, 9.7.4 and 9.10.3), objects behind its own bytes (7.5.6)."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Page, Pdf, Stream, StreamDecodeLevel, String

from pipeline.drawing.engines.pdfa_marks import mark

_BLOCK = 100  # the most entries that a block of a character map may have
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_KEPT = ("/Root", "/Info")
_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")
#: A name that stands for an object which is added, before its number.
_STANDING = "/YankomasObjek"
_STANDS = re.compile(_STANDING.encode() + rb"(\d+)\b")


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
    """Return one PDF/A with the pages of all parts, in order, which are PDF/A themselves."""
    book = Pdf.new()
    opened = [Pdf.open(io.BytesIO(part)) for part in parts]  # until the book is written, its pages lie in them
    for one in opened:
        book.pages.extend(one.pages)
    entitled(book, title)
    mark(book, title)
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
    """Add a font to the page's resources."""
    page.Resources = resources_with(page, name, font)


def resources_with(page: Page, name: str, font: Object) -> Object:
    """Return a copy of the page's resources, which other pages may share, with a font, or with what refers to one."""
    resources = page.get("/Resources", Dictionary()).copy()
    fonts = resources.get("/Font", Dictionary()).copy()
    fonts[name] = font
    resources.Font = fonts
    return resources


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


@dataclass(frozen=True, slots=True)
class LooseFont:
    """A font's objects as they stand in a file, without numbers yet: each refers to others by their place in the row.

    Made once and put into many documents (:meth:`Appendix.add_font`): packing its program takes longer than the rest.
    """

    objects: Sequence[tuple[bytes, bytes]]

    def at(self, first: int) -> Iterator[bytes]:
        """Yield the objects as they are when they are numbered from *first*; the last is the font itself."""
        for entries, stream in self.objects:
            yield _REFERENCE.sub(lambda found: b"%d 0 R" % (int(found[1]) + first), entries) + stream


def loose(font: Type0Font) -> LooseFont:
    """Return a font that is to be put into several documents."""
    pdf = Pdf.new()
    first = 1 + max(thing.objgen[0] for thing in pdf.objects)
    last = embedded(pdf, font).objgen[0]
    made = [in_file(pdf.get_object(number, 0)) for number in range(first, last + 1)]
    return LooseFont(
        [(_REFERENCE.sub(lambda found: b"%d 0 R" % (int(found[1]) - first), one), stream) for one, stream in made]
    )


class Appendix:
    """A PDF, opened, and what is put behind its own bytes: what does not change is neither parsed nor written anew.

    A sheet from LibreOffice has some three hundred objects, nearly all of them its tags; and what was proved of its
    bytes (PDF/A) stays true of them. New objects are no objects of the library, which would parse all others first to
    find a number for them: half of what stamping a sheet took. They are referred to by a name that stands for them
    until it is written.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.pdf = Pdf.open(io.BytesIO(data))
        used = 1 + max(number for number, _ in self.pdf.get_xref_table())
        self._first = self._free = max(used, int(self.pdf.trailer.Size))  # the last numbers may be free ones
        self._things: dict[tuple[int, int], bytes] = {}

    def add_stream(self, content: bytes) -> Name:
        """Add a stream, packed; return what refers to it."""
        packed = zlib.compress(content)
        entries = b"<< /Filter /FlateDecode /Length %d >>" % len(packed)
        return self._added(b"%b\nstream\n%b\nendstream" % (entries, packed))

    def add_font(self, font: LooseFont) -> Name:
        """Add a font; return what refers to it."""
        return [self._added(thing) for thing in font.at(self._free)][-1]

    def _added(self, thing: bytes) -> Name:
        self._things[self._free, 0] = thing
        self._free += 1
        return Name(f"{_STANDING}{self._free - 1}")

    def change(self, thing: Object, entries: Object) -> None:
        """Have an object say this from now on, which may name what was added."""
        for key, value in entries.items():
            if isinstance(value, Object) and value.is_indirect and value.objgen[0] >= self._first:
                entries[key] = value.copy()  # the library's own: what a page inherits it gives to each page
        self._things[thing.objgen] = _STANDS.sub(self._reference, entries.unparse(resolved=True))

    def _reference(self, found: re.Match[bytes]) -> bytes:
        number = int(found[1])
        return b"%d 0 R" % number if (number, 0) in self._things and number >= self._first else found[0]

    def written(self, identity: tuple[bytes, bytes]) -> bytes:
        """Return the PDF with those of its objects that were changed, and all new ones; *identity* is its ``/ID``.

        Raises:
            ValueError: the PDF does not say where its cross-reference is, or is encrypted.
        """
        start = _START.search(self._data[-64:])
        if start is None:
            raise ValueError("no startxref at the end")
        if self.pdf.is_encrypted:
            raise ValueError("what is put behind an encrypted PDF must be encrypted")
        out = io.BytesIO()
        out.write(self._data if self._data.endswith(b"\n") else self._data + b"\n")
        places = {}
        for (number, generation), thing in self._things.items():
            places[number] = (out.tell(), generation)
            out.write(b"%d %d obj\n%b\nendobj\n" % (number, generation, thing))
        trailer = Dictionary({key: self.pdf.trailer[key] for key in _KEPT if key in self.pdf.trailer})
        trailer.ID = Array(String(half) for half in identity)
        trailer.Prev, trailer.Size = int(start[1]), self._free
        is_table = self._data.startswith(b"xref", int(start[1]))
        (_add_table if is_table else _add_stream)(out, trailer, places)
        return out.getvalue()


def _add_table(out: io.BytesIO, trailer: Dictionary, places: dict[int, tuple[int, int]]) -> None:
    at = out.tell()
    out.write(b"xref\n")
    for first, count in _runs(places):
        out.write(b"%d %d\n" % (first, count))
        out.writelines(b"%010d %05d n \n" % places[number] for number in range(first, first + count))
    out.write(b"trailer\n%b\nstartxref\n%d\n%%%%EOF\n" % (trailer.unparse(), at))


def _add_stream(out: io.BytesIO, trailer: Dictionary, places: dict[int, tuple[int, int]]) -> None:
    """Write the cross-reference as a stream (7.5.8): a file that has one so has no table."""
    at, own = out.tell(), int(trailer.Size)
    places[own] = (at, 0)
    rows = b"".join(struct.pack(">BIH", 1, *places[number]) for number in sorted(places))
    trailer.Type, trailer.Size, trailer.W, trailer.Length = Name.XRef, own + 1, Array([1, 4, 2]), len(rows)
    trailer.Index = Array(number for run in _runs(places) for number in run)
    out.write(b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (own, trailer.unparse(), rows))
    out.write(b"startxref\n%d\n%%%%EOF\n" % at)


def _runs(places: dict[int, tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the numbers as runs: the first, and how many follow one another."""
    runs = []
    for _, run in groupby(enumerate(sorted(places)), key=lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in run]
        runs.append((numbers[0], len(numbers)))
    return runs
