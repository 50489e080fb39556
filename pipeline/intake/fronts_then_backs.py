"""A stack of sheets written on both sides, scanned as all fronts, then all backs: put into the order of its sheets.

A feeder that sees one side takes the fronts first; the stack is turned over as it lies and fed again, so that the back
of the last sheet comes first. Nobody can see that by the pages, so a person says it, by the folder in the inbox.
"""

from __future__ import annotations

from pipeline.cases.ports import Blob, MakeBlob
from pipeline.errors import Refused
from pipeline.reading.ports import Reader
from pipeline.scans.ports import PageAt, Rendition

#: The folder of the inbox from which a file is taken as such a stack.
FOLDER = "bolak-balik"
_TOLD = "Pindaian tumpukan bolak-balik (semua muka, lalu semua balik) disusun menurut lembarnya; aslinya tersimpan."


def sheet_order(pages: int) -> tuple[int, ...]:
    """Return the pages of a stack (from 1) in the order of its sheets: a front, its back, the next front.

    Raises:
        Refused: not every sheet has a front and a back.
    """
    if pages % 2:
        raise Refused(
            "bolak-balik",
            f"Tumpukan bolak-balik ini {pages} halaman; setiap lembar harus mempunyai muka dan balik.",
            "Pindai lagi semua muka, lalu balikkan tumpukannya dan pindai semua baliknya, juga yang kosong.",
        )
    return tuple(page for sheet in range(1, pages // 2 + 1) for page in (sheet, pages + 1 - sheet))


def in_sheet_order(file: Blob, reader: Reader, blob: MakeBlob) -> Rendition:
    """Return the pages of such a stack in the order of its sheets, nothing on them encoded anew.

    Raises:
        Refused: the file is no scan that can be taken in, or lacks a page.
        EngineFault: the child died or took too long.
    """
    seen = reader.inspect(file)
    pages = [PageAt(file, seen.media, page) for page in sheet_order(seen.pages)]
    return Rendition(blob(f"{file.name}.pdf", reader.upright(pages)), seen.extension, "", "", (_TOLD, *seen.warnings))
