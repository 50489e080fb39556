"""What must be so before a line is appended to a case, wherever cases are kept.

A filed document is never replaced or removed: a new version has a new name. What is withdrawn or parted stays; only how
it is shown changes (``contents.py``, ``cases/signed_files.py``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from pipeline.acts import Act, Advice
from pipeline.cases.archived import Archived
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.events import Document, Event
from pipeline.cases.ports import Filed, sha256_of
from pipeline.cases.record_standing import is_handed_over
from pipeline.errors import ArchiveFault, NotFound, Passing, Refused


def refuse_contradiction(case: Case, documents: Sequence[Document], files: Mapping[str, Filed]) -> None:
    """Make sure that these files are the documents that a line names, each under a new name.

    Raises:
        ArchiveFault: they are not.
    """
    if {d.name for d in documents} != set(files):
        raise ArchiveFault("Naskah dan berkasnya tidak sama.", "Ini kesalahan program; laporkan.")
    for document in documents:
        if case.document(document.name):
            raise ArchiveFault(
                f"Naskah {document.name} sudah ada pada perkara {case.number}.",
                "Versi baru harus bernama baru; ini kesalahan program, laporkan.",
            )
        if sha256_of(files[document.name]) != document.sha256:
            raise ArchiveFault(f"Isi {document.name} tidak cocok dengan jurnal.", "Ini kesalahan program; laporkan.")


def refuse_gone(case: Case, event: Event) -> None:
    """Make sure that nothing but an archivist's act is added to a case that was destroyed, or handed over as a record.

    Raises:
        Refused: something would be.
    """
    if isinstance(event, Archived):
        return
    if case.gone:
        raise destroyed(case)
    if is_handed_over(case):
        raise Refused(
            "lampiran",
            f"Arsip perkara {case.number} sudah diserahkan; yang ada di sini harus tetap sama dengan yang diterima.",
            "Serahkan susulannya kepada yang menyimpannya; bila ada perkembangan baru, buka perkara baru.",
        )


def destroyed(case: Case) -> Refused:
    """Return the fault that the content of a case was destroyed, to be raised."""
    return Refused(
        "lampiran",
        f"Isi perkara {case.number} sudah dimusnahkan ({case.destroyed_by}).",
        "Bila ada perkembangan baru, buka perkara baru.",
    )


def clock_behind(case: Case, at: datetime) -> Passing:
    """Return the fault that this moment lies before the case's last line, to be raised."""
    return Passing(
        f"Jam komputer ({at:%d-%m-%Y %H.%M}) mundur dari baris terakhir jurnal {case.number}.",
        "Betulkan jam komputer ini, lalu ulangi. Bila jamnya sudah benar: `yankomas jam --benar`.",
    )


def no_such_case(number: CaseNumber) -> NotFound:
    """Return the fault that nobody registered such a case, to be raised."""
    return NotFound(f"Perkara {number} tidak ada di arsip.", Advice("Periksa nomornya ", Act.LOOK_UP_CASE, "."))


def of_this_number(case: Case, number: CaseNumber) -> Case:
    """Return the case, if the number under which it is kept is its own.

    Raises:
        ArchiveFault: its journal is another case's.
    """
    if case.number != number:
        raise ArchiveFault(
            f"Map {number} berisi jurnal perkara {case.number}.",
            "Map mungkin dipindahkan; jalankan `yankomas verify` dan kembalikan ke nomornya.",
        )
    return case
