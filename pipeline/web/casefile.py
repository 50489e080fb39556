"""The case that a page's address names, once it is sure that the visitor may read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.domain.case import Case
from pipeline.errors import NotFound
from pipeline.web import secrecy
from pipeline.web.visit import Visit


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case and its row of the register book."""

    case: Case
    row: Mapping[str, Any]


def open_file(visit: Visit) -> CaseFile:
    """Return the case of ``/kasus/{year}/{serial}/…``.

    Raises:
        NotFound: there is none.
        NotAllowed: it is *rahasia*, and the visitor has no part in it.
        ArchiveFault: its journal is not as it was written.
    """
    number = visit.case_number
    row = visit.desk.row(number)
    if row is None:
        raise NotFound(f"Perkara {number} tidak ada.", "Periksa nomornya di buku register.")
    secrecy.require_open(visit.who.roles, row)
    return CaseFile(visit.desk.root.cabinet.case(number), row)
