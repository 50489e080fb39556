"""Objects put behind a PDF's own bytes (ISO 32000-1, 7.5.6): what does not change is neither parsed nor written anew.

A sheet from LibreOffice has some two hundred objects, nearly all of them its tags; and what was proved of its bytes
(PDF/A) stays true of them.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterable
from itertools import groupby

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from pipeline.drawing.engines.pdf_writing import in_file

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_KEPT = ("/Root", "/Info")


class Appendix:
    """A PDF, opened, and what is added to it."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.pdf = Pdf.open(io.BytesIO(data))
        self._first = 1 + max(number for number, _ in self.pdf.get_xref_table())

    def written(self, changed: Iterable[Object], identity: tuple[bytes, bytes]) -> bytes:
        """Return the PDF with those of its objects that were changed, and all new ones; *identity* is its ``/ID``.

        Raises:
            ValueError: the PDF does not say where its cross-reference is.
        """
        start = _START.search(self._data[-64:])
        if start is None:
            raise ValueError("no startxref at the end")
        free = self.pdf.make_indirect(Dictionary()).objgen[0]
        new = (self.pdf.get_object(number, 0) for number in range(self._first, free))
        out = io.BytesIO()
        out.write(self._data if self._data.endswith(b"\n") else self._data + b"\n")
        places = {}
        for thing in (*changed, *new):
            number, generation = thing.objgen
            places[number] = (out.tell(), generation)
            out.write(b"%d %d obj\n%b\nendobj\n" % (number, generation, b"".join(in_file(thing))))
        trailer = Dictionary({key: self.pdf.trailer[key] for key in _KEPT if key in self.pdf.trailer})
        trailer.ID = Array(String(half) for half in identity)
        trailer.Prev, trailer.Size = int(start[1]), free
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
