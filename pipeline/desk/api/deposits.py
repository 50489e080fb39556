"""Deposits through the API: an agent at a remote office hands over what was scanned there."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from fastapi import APIRouter, Request

from pipeline.access.rights import Right
from pipeline.desk import uploads
from pipeline.desk.api import shapes
from pipeline.desk.api.doing import fields_of, received
from pipeline.desk.api.gate import ApiRoute, Caller, Text, TheDesk, ThePlace, needs
from pipeline.desk.api.sent_forms import DEPOSIT_FIELDS, DEPOSIT_FORM
from pipeline.desk.desk import Desk
from pipeline.desk.lanes import Lane
from pipeline.desk.visitor import Visitor
from pipeline.errors import Incomplete
from pipeline.intake.deposit import deposit, require_hash

router = APIRouter(route_class=ApiRoute)


@router.put(
    "/titipan/{claim}",
    summary="Titipkan berkas dari kantor jauh",
    tags=["kotak masuk"],
    openapi_extra=DEPOSIT_FORM,
)
@needs(Right.INBOX, Lane.PAPERS, uploads="state")
async def put(request: Request, who: Caller, desk: TheDesk, place: ThePlace, claim: Text) -> shapes.Deposited:
    """Take a scan in that an agent claimed; the same again gets the same answer. It is answered once it is filed."""
    async with received(request, desk, "state") as sent:
        return await place.run(_taken_in, sent, who, desk, claim)


def _taken_in(sent: uploads.Sent, who: Visitor, desk: Desk, claim: str) -> shapes.Deposited:
    fields = fields_of(sent, DEPOSIT_FIELDS)
    if len(sent.files) != 1:
        raise Incomplete("Titipan adalah satu berkas.", "Sertakan satu berkas pindaian.")
    upload, claimed_at = sent.files[0], None
    require_hash(upload.blob, fields.get("sha256", ""))
    with suppress(ValueError):
        claimed_at = datetime.fromisoformat(fields.get("diambil", ""))
    parts = desk.receive_parts()
    found = deposit(
        claim,
        upload.blob,
        folder=fields.get("map", ""),
        claimed_at=claimed_at if claimed_at and claimed_at.tzinfo else None,
        by=who.acting(who.program_role),
        parts=parts,
        account=desk.root.ledger,
        attempts=desk.root.attempts,
    )
    desk.wake()
    told = [shapes.Handled.model_validate(part, from_attributes=True) for part in found]
    return shapes.Deposited(sha256=upload.sha256, parts=told)
