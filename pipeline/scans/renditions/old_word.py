"""What a document of Word 97 to 2003 says (.doc, [MS-DOC]): its text, by the table that says where its pieces lie.

Macros, objects, links and fields are neither run nor followed; of a field its result is text. Look, pictures and what
was deleted while changes were tracked stand in tables of their own, which are not read.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from pipeline.scans import refusals
from pipeline.scans.formats.kinds import OLE
from pipeline.scans.renditions.compound_files import CompoundFile
from pipeline.scans.renditions.content import Content, Writing
from pipeline.scans.renditions.plain_text import clean

DOCUMENT = "WordDocument"
#: Of the header ([MS-DOC] 2.5.1): its mark, the edition of Word 97, where its flags are and which mean what.
_MARK, _WORD_97, _FLAGS, _LOCKED, _SECOND_TABLE = 0xA5EC, 0x00C1, 0x0A, 0x0100, 0x0200
#: Where it has the lengths of the parts of the text (2.5.4), and place and length of the table of pieces (2.5.6).
_LENGTHS, _PIECES, _SHORTEST = 0x4C, 0x01A2, 0x01AA
#: Parts of the text in their order in the file; those that are read, in the order in which they are said.
_PARTS = ("text", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "boxes in headers")
_SAID = ("headers", "text", "footnotes", "endnotes", "boxes", "boxes in headers")
#: What stands there for first, left and right pages apart, mostly the same.
_REPEATED = ("headers", "boxes in headers")
_NARROW, _MOST_PIECES, _MOST_SIGNS = 0x40000000, 200_000, 4_000_000
#: Signs that mean something ([MS-DOC] 2.4.1): ends of cells, paragraphs, lines, pages; hyphens; a field to its result.
_SIGNS = str.maketrans({"\x07": "\t", "\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x1e": "-", "\x1f": "", "\xa0": " "})
_BEGINS, _RESULT, _ENDS = "\x13", "\x14", "\x15"
_MARKS = re.compile("([\x13\x14\x15])")
_MACROS = "Macros"
_MACRO_WORDS = "Berkas Word ini memuat makro; makronya tidak dijalankan dan hanya tersimpan di dalam berkas aslinya."
_TEXT_ONLY = (
    "Dari berkas Word lama (.doc) hanya tulisannya yang dibaca: gambar tidak, dan tulisan yang dihapus dengan lacak"
    " perubahan dapat ikut tampak; lihat berkas aslinya."
)


def content(file: CompoundFile) -> Content:
    """Return what the document says.

    Raises:
        Refused: it is locked, older than Word 97, damaged or too large.
    """
    document = file.read(DOCUMENT)
    if len(document) < _SHORTEST or struct.unpack_from("<H", document)[0] != _MARK:
        raise refusals.DAMAGED_FILE()
    edition, flags = struct.unpack_from("<H", document, 2)[0], struct.unpack_from("<H", document, _FLAGS)[0]
    if edition < _WORD_97:
        raise refusals.UNSUPPORTED[OLE]()
    if flags & _LOCKED:
        raise refusals.LOCKED_FILE()
    at, length = struct.unpack_from("<II", document, _PIECES)
    table = file.read("1Table" if flags & _SECOND_TABLE else "0Table")[at : at + length]
    text = "".join(_pieces(document, table))
    writing, start, parts = Writing(), 0, {}
    for name, size in zip(_PARTS, struct.unpack_from("<8I", document, _LENGTHS), strict=True):
        parts[name] = text[start : start + size]
        start += size
    for name in _SAID:
        said = _written(parts[name])
        if name in _REPEATED:
            said = "\n".join(dict.fromkeys(said.split("\n")))
        if said.strip():
            writing.say(said)
    if any(name.startswith(_MACROS) for name in file.entries):
        writing.unread.append(_MACRO_WORDS)
    return Content(tuple(writing.blocks), "doc", (*writing.unread, _TEXT_ONLY))


def _pieces(document: bytes, table: bytes) -> Iterator[str]:
    """Yield the pieces of the text in their order ([MS-DOC] 2.9.38, 2.8.35, 2.9.177).

    Raises:
        Refused: the table is not as it must be, or tells of more text than a letter has.
    """
    try:
        at = 0
        while table[at] == 1:  # properties of pieces, which say how they look
            at += 3 + struct.unpack_from("<H", table, at + 1)[0]
        count = (struct.unpack_from("<I", table, at + 1)[0] - 4) // 12
        if table[at] != 2 or not 0 < count <= _MOST_PIECES:
            raise refusals.DAMAGED_FILE()
        starts = struct.unpack_from(f"<{count + 1}I", table, at + 5)
        at += 5 + 4 * (count + 1)
        if starts[-1] > _MOST_SIGNS:
            raise refusals.TOO_INTRICATE()
        for number in range(count):
            signs, place = starts[number + 1] - starts[number], struct.unpack_from("<I", table, at + 8 * number + 2)[0]
            if signs < 0:
                raise refusals.DAMAGED_FILE()
            narrow, place = place & _NARROW, place & ~_NARROW
            where = place // 2 if narrow else place
            piece = document[where : where + (signs if narrow else 2 * signs)]
            yield piece.decode("cp1252" if narrow else "utf-16-le", "replace")
    except (struct.error, IndexError):
        raise refusals.DAMAGED_FILE() from None


def _written(part: str) -> str:
    """Return a part as it is read: without the words of fields, cells of a row beside one another."""
    return clean(_without_field_words(part).translate(_SIGNS).replace("\t\t", "\n"))


def _without_field_words(part: str) -> str:
    """Return a part with the results of its fields alone, however many lie in one another; one look at each sign."""
    said: list[str] = []
    fields: list[int | None] = []  # of each open one where in ``said`` its words begin; None behind them
    for piece in _MARKS.split(part):
        if piece == _BEGINS:
            fields.append(len(said))
        elif piece == _RESULT:
            if fields and fields[-1] is not None:
                del said[fields[-1] :]
                fields[-1] = None
        elif piece == _ENDS:
            if fields and (start := fields.pop()) is not None:
                del said[start:]
        else:
            said.append(piece)
    return "".join(said)
