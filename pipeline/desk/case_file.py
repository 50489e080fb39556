"""The case that a page is about, as whoever asks may have it: the case and its row of the register book."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from pipeline.access import secrecy
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.secrecy_level import neighbours
from pipeline.desk.desk import Desk
from pipeline.desk.visit import Visit
from pipeline.errors import NotAllowed, NotFound
from pipeline.register.row import Row


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case and its row of the register book."""

    case: Case
    row: Row

    def require_told(self, desk: Desk, roles: Collection[str]) -> None:
        """Let the whole journal leave, which names every case that has to do with this one.

        Raises:
            NotAllowed: one of them is *rahasia*, and these roles have no part in it.
        """
        told = desk.told_to(roles)
        if not all(told(str(other)) for other in neighbours(self.case)):
            raise NotAllowed(
                "Bag memuat jurnal yang menyebut perkara lain, dan tidak semuanya terbuka bagi peran Anda.",
                "Ambil map ini sebagai ZIP atau satu PDF, atau mintalah bagnya kepada Kakanwil.",
            )


def open_file(visit: Visit) -> CaseFile:
    """Return the case of ``/kasus/{year}/{serial}/…``.

    Raises:
        NotFound: there is none.
        NotAllowed: it is *rahasia*, and the visitor has no part in it; or they have none in it and have not said today
            why they read it.
        ArchiveFault: its journal is not as it was written.
    """
    file = file_of(visit.desk, visit.case_number, visit.who.sees)
    visit.desk.reasons.require(visit.who, file.row, visit.desk.now())
    return file


def file_to_copy(visit: Visit) -> CaseFile:
    """Return the case of which the visitor takes a copy, or makes one to be handed out.

    Raises:
        NotFound, NotAllowed, ArchiveFault: as :func:`open_file`; or it is *sangat rahasia*, of which no copy is made.
    """
    file = open_file(visit)
    secrecy.require_exportable(file.row)
    return file


def file_of(desk: Desk, number: CaseNumber, roles: Collection[str]) -> CaseFile:
    """Return a case to somebody with these roles.

    Raises:
        NotFound, NotAllowed, ArchiveFault: as :func:`open_file`.
    """
    row = desk.require_open(roles, number)
    if row is None:
        raise NotFound(f"Perkara {number} tidak ada.", "Periksa nomornya di buku register.")
    case = desk.root.cabinet.case(number)
    if case.head != row.head:  # the book lies behind: what the journal says now decides
        row = desk.root.book.row_of(case)
        secrecy.require_open(roles, row)
    return CaseFile(case, row)
