"""Reading a case from its folder: no lock, no change, and nothing loaded that writing needs (`case` takes 70 ms)."""

from __future__ import annotations

from pathlib import Path

from pipeline.archive import bagit
from pipeline.archive.appending import no_such_case, of_this_number
from pipeline.archive.store.layout import Layout
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.fold import fold
from pipeline.cases.journal import entries_of
from pipeline.cases.known_cases import case_in
from pipeline.errors import ArchiveFault


def read_case(layout: Layout, number: CaseNumber) -> Case:
    """Return the case as its journal has it now; takes no lock, changes nothing.

    Raises:
        NotFound: there is no such folder.
        ArchiveFault: its journal is not as it was written.
    """
    return of_this_number(case_in(journal_text(layout, number), str(number)), number)


def journal_text(layout: Layout, number: CaseNumber) -> bytes:
    """Return a case's journal as it lies there.

    Raises:
        NotFound: there is no such folder.
    """
    try:
        return (layout.case(number) / bagit.JOURNAL).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise no_such_case(number) from None


def first_line(layout: Layout, number: CaseNumber) -> Case:
    """Return the case as it was when it was registered, reading its first line alone.

    Raises:
        ArchiveFault: there is no such line, or it is another case's.
    """
    text = journal_of(layout.case(number), number, first_line_only=True)
    return of_this_number(fold(entries_of(text, str(number))), number)


def journal_of(folder: Path, number: CaseNumber, *, first_line_only: bool = False) -> bytes:
    """Return the journal's bytes, all of them or those of its first line.

    Raises:
        ArchiveFault: there is none.
    """
    try:
        with open(folder / bagit.JOURNAL, "rb") as reader:
            return reader.readline() if first_line_only else reader.read()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        raise ArchiveFault(
            f"Map {number} ada di arsip tetapi tidak berisi jurnal.",
            "Map itu bukan buatan program ini: periksa dan pindahkan keluar; penomoran menunggu sampai beres.",
        ) from None
