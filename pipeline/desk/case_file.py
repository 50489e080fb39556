"""The case that a page's address names, once the visitor may read it; and its documents as answers."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import ExitStack
from dataclasses import dataclass

from starlette.background import BackgroundTask
from starlette.responses import FileResponse

from pipeline.access import secrecy
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.ports import Blob
from pipeline.desk.desk import Desk
from pipeline.desk.visit import Visit
from pipeline.errors import NotFound
from pipeline.register.row import Row


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case and its row of the register book."""

    case: Case
    row: Row


def open_file(visit: Visit) -> CaseFile:
    """Return the case of ``/kasus/{year}/{serial}/…``.

    Raises:
        NotFound: there is none.
        NotAllowed: it is *rahasia*, and the visitor has no part in it.
        ArchiveFault: its journal is not as it was written.
    """
    return file_of(visit.desk, visit.case_number, visit.who.roles)


def file_of(desk: Desk, number: CaseNumber, roles: Collection[str]) -> CaseFile:
    """Return a case to somebody with these roles.

    Raises:
        NotFound, NotAllowed, ArchiveFault: as :func:`open_file`.
    """
    row = desk.row(number)
    if row is None:
        raise NotFound(f"Perkara {number} tidak ada.", "Periksa nomornya di buku register.")
    secrecy.require_open(roles, row)
    return CaseFile(desk.root.cabinet.case(number), row)


def file_response(blob: Blob, media: str) -> FileResponse:
    """Return the file as a download under its own name; it is held on this machine until the last byte is sent."""
    held = ExitStack()
    path = held.enter_context(blob.local())
    return FileResponse(path, media_type=media, filename=blob.name, background=BackgroundTask(held.close))
