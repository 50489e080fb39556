"""What is done through the API: moves on cases, files into the inbox."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, UploadFile
from starlette.concurrency import run_in_threadpool

from pipeline.actions.decide import Actor, decide
from pipeline.adapters import disk
from pipeline.domain.deadlines import current_state, current_step
from pipeline.errors import Incomplete, NotAllowed, UsageFault
from pipeline.views.inbox import inbox_view
from pipeline.web import uploads
from pipeline.web.api import shapes
from pipeline.web.api.gate import ApiRoute, Caller, Text, TheDesk, needs
from pipeline.web.casefile import file_of
from pipeline.web.formfiles import put_down, uploaded
from pipeline.web.rights import Right
from pipeline.web.visit import case_of

router = APIRouter(route_class=ApiRoute)
_DEEPEST = 4
_FILES = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "properties": {"berkas": {"type": "array", "items": {"type": "string", "format": "binary"}}},
                "required": ["berkas"],
            }
        }
    },
}


@router.post("/kasus/{year}/{serial}/gerak/{move}", summary="Lakukan satu gerak", tags=["perkara"])
@needs(Right.MOVE_CASES, uploads="state")
def make_move(
    who: Caller,
    desk: TheDesk,
    year: str,
    serial: str,
    move: Text,
    isian: Annotated[str, Form(description="jawaban formulir sebagai objek JSON")] = "{}",
    sebagai: Annotated[str, Form(description="peran; bawaan: peran token")] = "",
    dilihat: Annotated[
        int | None, Form(description="baris jurnal terakhir yang dilihat; tolak bila sudah lewat")
    ] = None,
    berkas: Annotated[UploadFile | None, Form(description="pindaian yang disertakan")] = None,
) -> shapes.Made:
    """Make a move on a case, by the same rules as at the desk."""
    number = case_of(year, serial)
    file_of(desk, number, who.roles)
    role = sebagai or (sorted(who.roles) or [""])[0]
    if role not in who.roles:
        raise NotAllowed("Token ini tidak memegang peran itu.", "Pakai token dengan peran yang sesuai.")
    typed = _typed(isian)
    with desk.chamber() as chamber, put_down(uploaded(berkas), desk.root) as file:
        by = Actor(role, who.login)
        case = decide(number, move, typed, by=by, chamber=chamber, file=file, seen=dilihat)
    sop = desk.root.sop_of(case)
    here = current_state(case, sop)
    return shapes.Made(
        number=str(number),
        state_key=here.key,
        state=here.label,
        step=current_step(case, sop).number,
        awaits=list(here.awaits),
        seq=case.entries[-1].seq,
    )


@router.get("/kotak-masuk", summary="Kotak masuk: nasib setiap berkas", tags=["kotak masuk"])
@needs(Right.INBOX)
def inbox(who: Caller, desk: TheDesk, semua: bool = False) -> shapes.Inbox:
    """Return what lies in the inbox and what became of what was taken; with ``semua`` of everything ever."""
    return shapes.Inbox.model_validate(inbox_view(desk.root, everything=semua))


@router.post(
    "/kotak-masuk",
    summary="Letakkan berkas di kotak masuk",
    tags=["kotak masuk"],
    status_code=202,
    openapi_extra={"requestBody": _FILES},
)
@needs(Right.INBOX, uploads="inbox")
async def drop(request: Request, who: Caller, desk: TheDesk) -> list[shapes.Dropped]:
    """Put files into the inbox, where they are taken from there like any scan; written as they come."""
    root = desk.root
    sent = await uploads.receive(request, root.layout.inbox, root.settings.inbox.max_bytes, lambda _: True)
    try:
        return await run_in_threadpool(_landed, sent, root)
    finally:
        for upload in sent.files:
            await run_in_threadpool(disk.remove, upload.path)


def _landed(sent: uploads.Sent, root: Any) -> list[shapes.Dropped]:
    whole = [upload for upload in sent.files if upload.size]
    if not whole or len(whole) < len(sent.files):
        raise Incomplete("Tidak ada berkas, atau ada yang kosong.", "Sertakan berkas pindaian yang utuh.")
    return [
        shapes.Dropped(name=upload.land(root.layout.inbox).name, bytes=upload.size, sha256=upload.sha256)
        for upload in whole
    ]


def _typed(text: str) -> Mapping[str, Any]:
    """Return the answers of a form.

    Raises:
        UsageFault: they are no JSON object, or nested deeper than any form.
    """
    try:
        typed = json.loads(text)
    except (ValueError, RecursionError):
        typed = None
    if not isinstance(typed, dict) or _depth(typed) > _DEEPEST:
        raise UsageFault("`isian` bukan objek JSON.", 'Tulis misalnya {"isi_disposisi": "Telaah dan laporkan."}.')
    return typed


def _depth(value: Any, so_far: int = 0) -> int:
    if so_far > _DEEPEST or not isinstance(value, list | dict):
        return so_far
    parts = value.values() if isinstance(value, dict) else value
    return max((_depth(part, so_far + 1) for part in parts), default=so_far + 1)
