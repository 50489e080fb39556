"""Joins PDFs that LibreOffice made for us into one."""

from __future__ import annotations

import io
from collections.abc import Sequence

from pypdf import PdfReader

from pipeline.scans.pdf.assembly import TREE, Assembly
from pipeline.scans.pdf.fragments import fragment


def joined(parts: Sequence[bytes], title: str) -> bytes:
    """Return one PDF with the pages of all parts, in order."""
    readers = [PdfReader(io.BytesIO(part)) for part in parts]
    book = Assembly(sum(len(reader.pages) for reader in readers))
    out, at = [book.begin()], 0
    for reader in readers:
        numbers = book.numbers(at, len(reader.pages))
        out.append(book.add(fragment(reader.pages, numbers, TREE, book.free)))
        at += len(numbers)
    return b"".join([*out, *book.end(title, ())])
