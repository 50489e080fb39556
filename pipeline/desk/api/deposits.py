"""Deposits through the API: an agent at a remote office hands over what was scanned there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import Field

from pipeline.access.rights import Right
from pipeline.cases.ports import Blob
from pipeline.desk import uploads
from pipeline.desk.api import shapes
from pipeline.desk.api.doing import Asked, fields_of, received
from pipeline.desk.api.gate import ApiRoute, Caller, Text, TheDesk, ThePlace, needs
from pipeline.desk.api.sent_forms import DEPOSIT_FIELDS, DEPOSIT_FORM
from pipeline.desk.desk import Desk
from pipeline.desk.lanes import Lane
from pipeline.desk.visitor import Visitor
from pipeline.errors import Incomplete
from pipeline.intake.account import AccountEntry
from pipeline.intake.agents import heard_of
from pipeline.intake.deposit import claim_of, deposit, require_hash
from pipeline.intake.given_again import AT_ONCE, GivingAgain, give_again, lost_of

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
        return await place.run(_taken_in, sent, who, desk, claim, _said(request))


def _taken_in(sent: uploads.Sent, who: Visitor, desk: Desk, claim: str, said: str) -> shapes.Deposited:
    _hear(said, who, desk)
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
        again=_again(desk),
    )
    desk.wake()
    told = [shapes.Handled.model_validate(part, from_attributes=True) for part in found]
    return shapes.Deposited(sha256=upload.sha256, parts=told)


def _again(desk: Desk) -> Callable[[AccountEntry, Blob], object]:
    """Return what puts a repeated file back that was lost; in a folder nothing does: its cases are in its backup."""
    if (keep := desk.root.keep_again) is None:
        return lambda _entry, _blob: None
    return partial(give_again, parts=GivingAgain(desk.root.cabinet, desk.reader, keep))


class HandedOver(Asked):
    """Files that an agent handed over and still has, by their claims."""

    titipan: list[Annotated[str, Field(max_length=64)]] = Field(max_length=AT_ONCE)


@router.post("/titipan/hilang", summary="Titipan yang hilang di penyimpanan pusat", tags=["kotak masuk"])
@needs(Right.INBOX, Lane.LOOKUPS, personal=False)
def lost(request: Request, who: Caller, desk: TheDesk, asked: HandedOver) -> shapes.LostDeposits:
    """Say which of these files the store has lost since; handed over again under the same claim, each is put back."""
    _hear(_said(request), who, desk)
    root = desk.root
    if root.keep_again is None:
        return shapes.LostDeposits(lost=[])
    known = root.ledger.account(desk.now()).entries
    names = {claim_of(name): name for name in asked.titipan}
    found = lost_of((known[claim] for claim in names if claim in known), root.cabinet)
    return shapes.LostDeposits(lost=[names[entry.taken.claim] for entry in found])


def _said(request: Request) -> str:
    return request.headers.get("user-agent", "")


def _hear(said: str, who: Visitor, desk: Desk) -> None:
    """Note which agent came, and take nothing of one that is not understood: its files wait where they are."""
    sign = heard_of(said, who.login, desk.now())
    desk.root.agent_signs.note(sign)
    sign.require_understood()
