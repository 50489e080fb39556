"""Sheets for the scanner's feeder: separators between letters, and the cover that brings an attachment to its case."""

from __future__ import annotations

from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.desk.case_file import open_file
from pipeline.desk.routing import Pages
from pipeline.desk.visit import Visit

pages = Pages()
#: So many separators are given at once; they are printed once and used again and again.
_SEPARATORS = 20


@pages.get("/kotak-masuk/lembar-pemisah.pdf", Right.INBOX, personal=False)
def parting(visit: Visit) -> Response:
    """Give separator sheets."""
    return _pdf(visit.desk.root.separators(_SEPARATORS), "lembar-pemisah.pdf")


@pages.get("/kasus/{year}/{serial}/sampul.pdf", Right.INBOX)
def cover(visit: Visit) -> Response:
    """Give a case's cover sheet."""
    case = open_file(visit).case
    return _pdf(visit.desk.root.cover_sheet(case), f"sampul-{case.number.key}.pdf")


def _pdf(data: bytes, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type="application/pdf", headers=headers)
