"""Pages of a PDF as a piece of another one: objects with numbers of their own, ready to be put behind others.

Runs in a child process for files from outside: only what a page shows is carried over (resources, contents, the look
of its notes), nothing that acts, and nothing that leads to another page.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    StreamObject,
)

from pipeline.scans.pdf.active_content import disarm

#: What of a page is carried over; of its notes, what they look like.
_PAGE = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group")
_NOTE = ("/Type", "/Subtype", "/Rect", "/F", "/AP", "/AS", "/Border", "/C", "/CA")
#: Of a stream, what would have its bytes fetched from another file.
_ELSEWHERE = frozenset({"/F", "/FFilter", "/FDecodeParms", "/Length"})
_TREE = frozenset({"/Page", "/Pages", "/Catalog"})


#: Rectangles (left, bottom, right, top) of a page, and the number of the page object to which each leads.
Links = Sequence[tuple[tuple[float, float, float, float], int]]


@dataclass(frozen=True, slots=True)
class Fragment:
    """Bytes of PDF objects, where in them each object (by its number) begins, and the next free number."""

    data: bytes
    offsets: Sequence[tuple[int, int]]
    free: int


def fragment(
    pages: Iterable[DictionaryObject], numbers: Sequence[int], parent: int, free: int, links: Sequence[Links] = ()
) -> Fragment:
    """Return pages (of pypdf) as objects with these numbers, below the page tree ``parent``; others from ``free`` on.

    ``links`` are put on our own pages: for each page, rectangles and the page objects to which they lead.
    """
    writing = _Writing(free)
    for page, number, leading in zip(pages, numbers, links or [()] * len(numbers), strict=True):
        disarm(page)
        writing.put(number, _shown(page), extra=f"/Type /Page /Parent {parent} 0 R{_annotations(leading)}")
        writing.finish()
    return Fragment(bytes(writing.out), writing.offsets, writing.free)


def _annotations(links: Links) -> str:
    notes = (
        f"<< /Type /Annot /Subtype /Link /Border [ 0 0 0 ] /Dest [ {target} 0 R /Fit ]"
        f" /Rect [ {' '.join(f'{side:.1f}' for side in place)} ] >>"
        for place, target in links
    )
    return f" /Annots [ {' '.join(notes)} ]" if links else ""


def _shown(page: DictionaryObject) -> DictionaryObject:
    """Return what a page shows."""
    kept = _of(page, _PAGE)
    notes = [_of(note, _NOTE) for entry in _plain(page.get("/Annots")) or () if (note := _plain(entry)) is not None]
    if looking := [note for note in notes if "/AP" in note]:
        kept[NameObject("/Annots")] = ArrayObject(looking)
    return kept


def _of(dictionary: DictionaryObject, keys: Iterable[str]) -> DictionaryObject:
    return DictionaryObject({NameObject(key): dictionary.raw_get(key) for key in keys if key in dictionary})


def _plain(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value


@dataclass(slots=True)
class _Writing:
    """Objects on their way: ``numbers`` says under which number an object of the file goes, ``waiting`` what is due."""

    free: int
    out: bytearray = field(default_factory=bytearray)
    offsets: list[tuple[int, int]] = field(default_factory=list)
    numbers: dict[tuple[int, int, int], int] = field(default_factory=dict)
    waiting: list[tuple[int, Any]] = field(default_factory=list)

    def put(self, number: int, value: Any, *, extra: str = "") -> None:
        self.offsets.append((number, len(self.out)))
        self.out += f"{number} 0 obj\n".encode()
        self._write(value, extra)
        self.out += b"\nendobj\n"

    def finish(self) -> None:
        """Write what the objects written so far refer to, and what those do."""
        while self.waiting:
            self.put(*self.waiting.pop())

    def _write(self, value: Any, extra: str = "") -> None:
        match value:
            case IndirectObject():
                self._refer(value)
            case StreamObject():
                self._dictionary(value, f"/Length {len(value._data)}", _ELSEWHERE)
                self.out += b"\nstream\n" + bytes(value._data) + b"\nendstream"
            case DictionaryObject():
                self._dictionary(value, extra, frozenset())
            case ArrayObject():
                self.out += b"["
                for item in value:
                    self.out += b" "
                    self._write(item)
                self.out += b" ]"
            case _:
                plain = io.BytesIO()
                value.write_to_stream(plain)
                self.out += plain.getvalue()

    def _dictionary(self, value: DictionaryObject, extra: str, without: frozenset[str]) -> None:
        self.out += f"<< {extra}".encode()
        for key in value:
            if key not in without:
                self.out += b"\n"
                self._write(NameObject(key))
                self.out += b" "
                self._write(value.raw_get(key))
        self.out += b" >>"

    def _refer(self, reference: IndirectObject) -> None:
        key = (id(reference.pdf), reference.idnum, reference.generation)
        if key not in self.numbers:
            found = reference.get_object()
            if found is None or isinstance(found, NullObject) or _in_tree(found):
                self.out += b"null"
                return
            self.numbers[key] = self.free
            self.waiting.append((self.free, found))
            self.free += 1
        self.out += f"{self.numbers[key]} 0 R".encode()


def _in_tree(value: Any) -> bool:
    return isinstance(value, DictionaryObject) and value.get("/Type") in _TREE
