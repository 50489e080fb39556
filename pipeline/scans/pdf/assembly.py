"""A PDF written as it grows: pieces of objects one behind the other, then the page tree, bookmarks and the table.

Nothing but the places of the objects is kept, so that a folder of any size takes no more memory than its largest piece.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.scans.pdf.fragments import Fragment

#: Numbers of the catalog, the page tree and the document's own facts; pages and then all others follow.
CATALOG, TREE, INFO = 1, 2, 3
FIRST_PAGE = 4
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A title, and the page on which it stands, from 0."""

    title: str
    page: int


@dataclass(slots=True)
class Assembly:
    """A PDF of so many pages; ``free`` is the next number that no object has."""

    pages: int
    at: int = 0
    free: int = 0
    _places: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.free = FIRST_PAGE + self.pages

    def begin(self) -> bytes:
        """Return the beginning."""
        return self._counted(_HEADER)

    def numbers(self, first: int, count: int) -> list[int]:
        """Return the object numbers of pages."""
        return [FIRST_PAGE + first + n for n in range(count)]

    def add(self, piece: Fragment) -> bytes:
        """Return a piece as it goes into the file.

        Raises:
            ValueError: it claims a number that is not its own.
        """
        places = {number: self.at + offset for number, offset in piece.offsets}
        end = max(piece.free, FIRST_PAGE + self.pages)
        if places.keys() & self._places.keys() or not all(FIRST_PAGE <= number < end for number in places):
            raise ValueError("a piece with foreign numbers")
        self._places |= places
        self.free = max(self.free, piece.free)
        return self._counted(piece.data)

    def end(self, title: str, bookmarks: Sequence[Bookmark]) -> Iterator[bytes]:
        """Yield what closes the file."""
        outlines = self.free
        yield self._object(INFO, f"<< /Title {_text(title)} /Producer {_text('Yankomas')} >>")
        kids = " ".join(f"{n} 0 R" for n in self.numbers(0, self.pages))
        yield self._object(TREE, f"<< /Type /Pages /Count {self.pages} /Kids [ {kids} ] >>")
        count = len(bookmarks)
        ends = f" /First {outlines + 1} 0 R /Last {outlines + count} 0 R" if count else ""
        yield self._object(outlines, f"<< /Type /Outlines /Count {count}{ends} >>")
        for n, bookmark in enumerate(bookmarks, start=1):
            yield self._object(outlines + n, _bookmark(bookmark, outlines, n, count))
        catalog = f"/Type /Catalog /Pages {TREE} 0 R /Outlines {outlines} 0 R /PageMode /UseOutlines"
        shown = "/Lang (id-ID) /ViewerPreferences << /DisplayDocTitle true >>"
        yield self._object(CATALOG, f"<< {catalog} {shown} >>")
        yield self._table(outlines + count + 1)

    def _object(self, number: int, body: str) -> bytes:
        self._places[number] = self.at
        return self._counted(f"{number} 0 obj\n{body}\nendobj\n".encode("ascii"))

    def _table(self, size: int) -> bytes:
        lines = [b"0000000000 65535 f \n"]
        lines += [
            b"%010d 00000 n \n" % self._places[n] if n in self._places else b"0000000000 00000 f \n"
            for n in range(1, size)
        ]
        trailer = f"trailer\n<< /Size {size} /Root {CATALOG} 0 R /Info {INFO} 0 R >>\nstartxref\n{self.at}\n%%EOF\n"
        return b"xref\n0 %d\n" % size + b"".join(lines) + trailer.encode("ascii")

    def _counted(self, data: bytes) -> bytes:
        self.at += len(data)
        return data


def _bookmark(bookmark: Bookmark, outlines: int, n: int, count: int) -> str:
    beside = f" /Prev {outlines + n - 1} 0 R" * (n > 1) + f" /Next {outlines + n + 1} 0 R" * (n < count)
    where = f"/Dest [ {FIRST_PAGE + bookmark.page} 0 R /Fit ]"
    return f"<< /Title {_text(bookmark.title)} /Parent {outlines} 0 R{beside} {where} >>"


def _text(text: str) -> str:
    """Return a text as a hexadecimal string of PDF (UTF-16)."""
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"
