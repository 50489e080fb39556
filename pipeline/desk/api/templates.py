"""The office's Word templates through the API: which there are and how they fare, and the fields of one."""

from __future__ import annotations

from fastapi import APIRouter

from pipeline.access.rights import Right
from pipeline.desk.api.gate import ApiRoute, Caller, TheDesk, needs
from pipeline.desk.lanes import Lane
from pipeline.letters.office_templates import FieldRow, TemplateRow

router = APIRouter(route_class=ApiRoute)


@router.get("/templat", summary="Templat kantor", tags=["templat"])
@needs(Right.TEMPLATES, Lane.PAPERS, personal=False)
def templates(who: Caller, desk: TheDesk) -> tuple[TemplateRow, ...]:
    """Return every version of every template, each looked through."""
    return desk.root.templates.rows()


@router.get("/templat/{template}", summary="Isian satu templat", tags=["templat"])
@needs(Right.TEMPLATES, Lane.PAPERS, personal=False)
def fields(who: Caller, desk: TheDesk, template: str) -> tuple[FieldRow, ...]:
    """Return the fields that a template may use."""
    return desk.root.templates.fields(template)
