"""Files for one of the office's services through the API: they go the way of every scan."""

from __future__ import annotations

from fastapi import APIRouter, Request

from pipeline.access.rights import Right
from pipeline.desk import uploads
from pipeline.desk.api import shapes
from pipeline.desk.api.doing import fields_of, landed, received
from pipeline.desk.api.gate import ApiRoute, Caller, TheDesk, ThePlace, needs
from pipeline.desk.api.sent_forms import SERVICE_FIELDS, SERVICE_FORM
from pipeline.desk.desk import Desk
from pipeline.desk.lanes import Lane
from pipeline.desk.service_inboxes import folder_for
from pipeline.desk.visitor import Visitor

router = APIRouter(route_class=ApiRoute)


@router.post(
    "/kirim",
    summary="Kirim berkas bagi sebuah layanan",
    tags=["kotak masuk"],
    status_code=202,
    openapi_extra=SERVICE_FORM,
)
@needs(Right.SEND_FILES, Lane.QUICK, uploads="inbox")
async def send(request: Request, who: Caller, desk: TheDesk, place: ThePlace) -> list[shapes.Dropped]:
    """Put files into the inbox for a service, which registers them there in a series of its own."""
    async with received(request, desk, "inbox") as sent:
        return await place.run(_landed, sent, who, desk)


def _landed(sent: uploads.Sent, who: Visitor, desk: Desk) -> list[shapes.Dropped]:
    service = fields_of(sent, SERVICE_FIELDS).get("layanan", "")
    return landed(sent, folder_for(service, who, desk.root))
