"""What a document in RTF says (Rich Text Format 1.9.1): its text, sign by sign, in one pass over the file.

Fields, objects and links are neither run nor followed; of a field its result is text. Pictures, styles and whatever
else stands in groups that a reader may pass over are passed over, as is text that is hidden or deleted while changes
were tracked.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from pipeline.scans import refusals
from pipeline.scans.renditions.content import Content, Text
from pipeline.scans.renditions.plain_text import clean

#: A control word with its number and the blank that ends it, a byte in hexadecimal digits, another control symbol, a
#: brace, or the signs up to the next of these.
_TOKEN = re.compile(rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|([^\\{}]+)", re.DOTALL)
#: Groups that say nothing of the letter; those behind ``\*`` are passed over too, but for the text of boxes.
_SILENT = frozenset(
    b"fonttbl colortbl stylesheet info pict object fldinst sp shprslt themedata colorschememapping datastore listtable"
    b" listoverridetable revtbl rsidtbl generator filetbl template nonshppict bkmkstart bkmkend xe tc rxe txe"
    b" annotation atnid atnauthor atndate atnref atnicn panose falt".split()
)
_BOXES = frozenset({b"shpinst", b"shptxt"})
#: What stands there on the pages of a part of it, mostly the same for left, right and first ones.
_HEADS = frozenset(b"header headerl headerr headerf footer footerl footerr footerf".split())
_WORDS = {
    **dict.fromkeys((b"par", b"line", b"sect", b"page", b"row", b"nestrow", b"column", b"footnote"), "\n"),
    **dict.fromkeys((b"tab", b"cell", b"nestcell"), "\t"),
    b"emdash": "—",
    b"endash": "–",
    b"bullet": "•",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    **dict.fromkeys((b"emspace", b"enspace", b"qmspace"), " "),
}
_SYMBOLS = {b"~": " ", b"_": "-", b"\n": "\n", b"\r": "\n", b"\\": "\\", b"{": "{", b"}": "}"}
_PAGES = {b"ansi": "cp1252", b"mac": "mac-roman", b"pc": "cp437", b"pca": "cp850"}
#: Groups in one another, tokens, signs. A page by LibreOffice 25.2 has some 5,000 tokens (two forms of ours); a million
#: take 1.5 seconds of the processor.
_DEEPEST, _MOST_TOKENS, _MOST_SIGNS = 500, 1_000_000, 4_000_000
_TEXT_ONLY = "Dari berkas RTF hanya tulisannya yang dibaca; gambar dan sisipan di dalamnya tidak, lihat berkas aslinya."


@dataclass(slots=True)
class _Group:
    """How it stands in a group: whether what is said counts, how many signs stand in for one of Unicode."""

    silent: bool = False
    hidden: bool = False
    deleted: bool = False
    fallback: int = 1
    first: bool = True  # nothing stood in it yet: what comes names its kind
    optional: bool = False  # it may be passed over by who does not know that kind
    head: bool = False  # it is the head or foot of pages


def content(data: bytes) -> Content:
    """Return what the document says.

    Raises:
        Refused: it ends within a group, or is deeper, longer or of more parts than a letter is; or it is only pictures.
    """
    text = _Reader(data).text()
    if not text.strip() and rb"\pict" in data:
        raise refusals.RTF_OF_PICTURES()
    return Content((Text(clean(text)),), "rtf", (_TEXT_ONLY,))


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data, self._said, self._bytes = data, list[str](), bytearray()
        self._page, self._group, self._outer = "cp1252", _Group(), list[_Group]()
        self._signs, self._left_out = 0, 0
        self._heads, self._head_at = set[str](), 0

    def text(self) -> str:
        at, tokens = 0, 0
        while token := _TOKEN.match(self._data, at):
            at, tokens = token.end(), tokens + 1
            if tokens > _MOST_TOKENS:
                raise refusals.TOO_INTRICATE()
            word, number, byte, symbol, brace, signs = token.groups()
            if brace == b"{":
                self._open()
            elif brace:
                self._close()
                if not self._outer:
                    return self._whole()
            elif word:
                if word == b"bin":
                    at += max(0, int(number or 0))
                else:
                    self._word(word, int(number) if number else None)
            elif byte:
                self._narrow(bytes.fromhex(byte.decode()))
            elif symbol:
                self._symbol(symbol)
            elif not self._group.silent:
                self._narrow(signs.translate(None, b"\r\n"))
        raise refusals.DAMAGED_FILE()  # it ends within a group, or with a backslash

    def _open(self) -> None:
        if len(self._outer) >= _DEEPEST:
            raise refusals.TOO_INTRICATE()
        self._flush()
        outer, self._left_out = self._group, 0
        self._outer.append(outer)
        self._group = _Group(outer.silent, outer.hidden, outer.deleted, outer.fallback, head=outer.head)

    def _close(self) -> None:
        self._flush()
        ended, self._left_out = self._group, 0
        self._group = self._outer.pop() if self._outer else _Group()
        if ended.head and not self._group.head:
            said = "".join(self._said[self._head_at :])
            if said.strip() in self._heads:
                del self._said[self._head_at :]
            self._heads.add(said.strip())
            self._say("\n")

    def _word(self, word: bytes, number: int | None) -> None:
        self._flush()
        if self._left_out:
            self._left_out -= 1
            return
        group = self._group
        first, group.first = group.first, False
        if first and (word in _SILENT or (group.optional and word not in _BOXES)):
            group.silent = True
        elif first and word in _HEADS and not group.head:
            group.head, self._head_at = True, len(self._said)
        elif word == b"u":
            self._say(chr((number or 0) % 0x10000))
            self._left_out = group.fallback
        elif word == b"uc":
            group.fallback = min(max(number or 0, 0), 100)
        elif word == b"v":
            group.hidden = number != 0
        elif word == b"deleted":
            group.deleted = number != 0
        elif word == b"plain":
            group.hidden = group.deleted = False
        elif word == b"ansicpg":
            self._page = _codec(number or 1252)
        elif word in _PAGES:
            self._page = _PAGES[word]
        elif said := _WORDS.get(word):
            self._say(said)

    def _symbol(self, symbol: bytes) -> None:
        self._flush()
        if symbol == b"*":
            self._group.optional = self._group.first
        elif self._left_out:
            self._left_out -= 1
        elif said := _SYMBOLS.get(symbol):
            self._group.first = False
            self._say(said)

    def _narrow(self, signs: bytes) -> None:
        """Take signs of the document's alphabet; of two bytes for one sign both must be there before it is read."""
        passed = min(self._left_out, len(signs))
        self._left_out -= passed
        if len(signs) > passed:
            self._group.first = False
            if not self._group.silent:
                self._bytes += signs[passed:]

    def _flush(self) -> None:
        if self._bytes:
            self._say(self._bytes.decode(self._page, "replace"))
            self._bytes.clear()

    def _say(self, said: str) -> None:
        group = self._group
        if not (group.silent or group.hidden or group.deleted):
            self._signs += len(said)
            if self._signs > _MOST_SIGNS:
                raise refusals.TOO_INTRICATE()
            self._said.append(said)

    def _whole(self) -> str:
        """Return all of it; a sign of Unicode that was told in two halves is one."""
        return "".join(self._said).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _codec(number: int) -> str:
    name = "utf-8" if number == 65001 else f"cp{number}"
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name
