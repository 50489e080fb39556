"""What the codes on our own pages say: a page of a sheet, and which sheet that is."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.cases.case_number import CaseNumber


@dataclass(frozen=True, slots=True)
class Mark:
    """A page code on page ``at`` of a scan: the sheet's id, its page of so many, and whether the check fits."""

    at: int
    document: str
    page: int
    pages: int
    genuine: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """The sheet that an id belongs to: its case, its template and version, and the newest version there is."""

    number: CaseNumber
    template: str
    version: int
    newest: int
