"""Objects put behind a PDF's own bytes (ISO 32000-1, 7.5.6): what does not change is neither parsed nor written anew.

A sheet from LibreOffice has some two hundred objects, nearly all of them its tags. Reading, copying and writing them
all to add a few took a third of the program's own time over a letter.
"""

from __future__ import annotations

import io
import re
import struct
from itertools import groupby
from typing import Any

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_KEPT = ("/Root", "/Info")


class Appendix:
    """A PDF and what is added to it or put in the place of objects of its own."""

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf
        self.reader = PdfReader(io.BytesIO(pdf))
        self._free = int(self.reader.trailer["/Size"])  # type: ignore[call-overload]
        self._objects: dict[int, tuple[int, PdfObject]] = {}

    def _add_object(self, thing: PdfObject) -> IndirectObject:
        """Add an object and return what refers to it; named as pypdf's writer names it, whose place this takes."""
        number, self._free = self._free, self._free + 1
        self._objects[number] = (0, thing)
        return IndirectObject(number, 0, self.reader)

    def replace(self, thing: Any) -> None:
        """Write an object that was changed in the place of what it was."""
        old = thing.indirect_reference
        self._objects[old.idnum] = (old.generation, thing)

    def written(self, identity: ArrayObject) -> bytes:
        """Return the PDF with all that; *identity* is the trailer's ``/ID``.

        Raises:
            ValueError: the PDF does not say where its cross-reference is.
        """
        start = _START.search(self._pdf[-64:])
        if start is None:
            raise ValueError("no startxref at the end")
        out = io.BytesIO()
        out.write(self._pdf if self._pdf.endswith(b"\n") else self._pdf + b"\n")
        places = {}
        for number, (generation, thing) in sorted(self._objects.items()):
            places[number] = (out.tell(), generation)
            out.write(b"%d %d obj\n" % (number, generation))
            thing.write_to_stream(out)
            out.write(b"\nendobj\n")
        trailer = DictionaryObject(
            {NameObject(k): self.reader.trailer.raw_get(k) for k in _KEPT if k in self.reader.trailer}
        )
        trailer[NameObject("/ID")] = identity
        trailer[NameObject("/Prev")] = NumberObject(int(start[1]))
        is_table = self._pdf.startswith(b"xref", int(start[1]))
        (self._table if is_table else self._stream)(out, trailer, places)
        return out.getvalue()

    def _table(self, out: io.BytesIO, trailer: DictionaryObject, places: dict[int, tuple[int, int]]) -> None:
        at = out.tell()
        trailer[NameObject("/Size")] = NumberObject(self._free)
        out.write(b"xref\n")
        for first, count in _runs(places):
            out.write(b"%d %d\n" % (first, count))
            out.writelines(b"%010d %05d n \n" % places[number] for number in range(first, first + count))
        out.write(b"trailer\n")
        trailer.write_to_stream(out)
        out.write(b"\nstartxref\n%d\n%%%%EOF\n" % at)

    def _stream(self, out: io.BytesIO, trailer: DictionaryObject, places: dict[int, tuple[int, int]]) -> None:
        """Write the cross-reference as a stream (7.5.8): a file that has one so has no table."""
        at = out.tell()
        places[self._free] = (at, 0)
        table = StreamObject()
        table.set_data(b"".join(struct.pack(">BIH", 1, *places[number]) for number in sorted(places)))
        table.update(trailer)
        table[NameObject("/Type")] = NameObject("/XRef")
        table[NameObject("/Size")] = NumberObject(self._free + 1)
        table[NameObject("/W")] = ArrayObject(map(NumberObject, (1, 4, 2)))
        table[NameObject("/Index")] = ArrayObject(NumberObject(n) for run in _runs(places) for n in run)
        out.write(b"%d 0 obj\n" % self._free)
        table.write_to_stream(out)
        out.write(b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % at)


def _runs(places: dict[int, tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the numbers as runs: the first, and how many follow one another."""
    runs = []
    for _, run in groupby(enumerate(sorted(places)), key=lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in run]
        runs.append((numbers[0], len(numbers)))
    return runs
