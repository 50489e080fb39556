"""What is done through the API: moves on cases, cases opened, files into the inbox and where they belong."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from pipeline.access.rights import Right
from pipeline.cases.actor import Actor
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.cleared_words import CLEARED, entries_in
from pipeline.cases.deadlines import current_step
from pipeline.cases.decide import decide
from pipeline.cases.deliveries import API
from pipeline.cases.objections import ALL as OBJECTIONS
from pipeline.cases.objections import object_to
from pipeline.cases.standing import standing_state
from pipeline.desk import uploads
from pipeline.desk.api import shapes
from pipeline.desk.api.gate import ApiRoute, Caller, Text, TheDesk, ThePlace, needs
from pipeline.desk.api.sent_forms import EDIT_FIELDS, EDIT_FORM, INBOX_FIELDS, INBOX_FORM, MOVE_FIELDS, MOVE_FORM
from pipeline.desk.case_file import file_of
from pipeline.desk.desk import Desk
from pipeline.desk.lanes import Lane
from pipeline.desk.service_inboxes import services_seen_by
from pipeline.desk.visit import case_of, number_in
from pipeline.desk.visitor import Visitor
from pipeline.errors import Incomplete, NotAllowed, Refused, UsageFault
from pipeline.intake.dropping import land
from pipeline.intake.fronts_then_backs import FOLDER as STACKS
from pipeline.intake.inbox_view import AskedFor
from pipeline.intake.open_case import open_case
from pipeline.letters.revise import Edit, edited_file, revise

router = APIRouter(route_class=ApiRoute)
#: How deeply the answers of a form may be nested: a list of persons with their fields, and one more.
DEEPEST = 4


@router.post(
    "/kasus/{year}/{serial}/gerak/{move}", summary="Lakukan satu gerak", tags=["perkara"], openapi_extra=MOVE_FORM
)
@needs(Right.MOVE_CASES, Lane.PAPERS, uploads="state")
async def make_move(
    request: Request, who: Caller, desk: TheDesk, place: ThePlace, year: str, serial: str, move: Text
) -> shapes.Made:
    """Make a move on a case, by the same rules as at the desk."""
    number = case_of(year, serial)
    await run_in_threadpool(file_of, desk, number, who.sees)  # before a byte of a file is taken
    async with received(request, desk, "state") as sent:
        return await place.run(_made, sent, who, desk, number, move)


@asynccontextmanager
async def received(request: Request, desk: Desk, place: str) -> AsyncIterator[uploads.Sent]:
    """Give what a form with files sends, which is written there until it is put in place; the rest is discarded."""
    root = desk.root
    with desk.lanes.place(Lane.UPLOADS, request.state.caller.whose):
        sent = await uploads.receive(request, root.uploads(place), root.settings.inbox.max_bytes, lambda _: True)
    try:
        yield sent
    finally:
        await run_in_threadpool(sent.discard)


def actor(who: Visitor, role: str) -> Actor:
    """Return the caller in this role; without one in the token's.

    Raises:
        NotAllowed: the token does not have it.
    """
    role = role or who.program_role
    if role not in who.roles:
        raise NotAllowed("Token ini tidak memegang peran itu.", "Pakai token dengan peran yang sesuai.")
    return who.acting(role)


def _made(sent: uploads.Sent, who: Visitor, desk: Desk, number: CaseNumber, move: str) -> shapes.Made:
    file_of(desk, number, who.sees)
    form = fields_of(sent, MOVE_FIELDS)
    by = actor(who, form.get("sebagai", ""))
    typed, seen = _typed(form.get("isian", "{}")), _seen(form.get("dilihat", ""))
    files = [upload.blob for upload in sent.files]
    desk.require_mergeable(who.sees, typed)
    case = decide(number, move, typed, by=by, parts=desk.decide_parts(), files=files, seen=seen)
    desk.wake()
    return _standing(case, desk)


def _standing(case: Case, desk: Desk) -> shapes.Made:
    sop = desk.root.sop_of(case)
    here = standing_state(case, sop)
    return shapes.Made(
        number=str(case.number),
        state_key=here.key,
        state=here.label,
        step=current_step(case, sop).number,
        awaits=list(here.awaits),
        seq=case.entries[-1].seq,
    )


@router.post(
    "/kasus/{year}/{serial}/sunting/{template}",
    summary="Terima suntingan Word sebagai versi baru",
    tags=["perkara"],
    openapi_extra=EDIT_FORM,
)
@needs(Right.MOVE_CASES, Lane.PAPERS, uploads="state")
async def edit(
    request: Request, who: Caller, desk: TheDesk, place: ThePlace, year: str, serial: str, template: Text
) -> shapes.Revised:
    """Take an edited Word file in as the next version of a draft, by the same rules as at the desk."""
    number = case_of(year, serial)
    await run_in_threadpool(file_of, desk, number, who.sees)  # before a byte of a file is taken
    async with received(request, desk, "state") as sent:
        return await place.run(_revised, sent, who, desk, number, template)


def _revised(sent: uploads.Sent, who: Visitor, desk: Desk, number: CaseNumber, template: str) -> shapes.Revised:
    file_of(desk, number, who.sees)
    form = fields_of(sent, EDIT_FIELDS)
    seen, base = _seen(form.get("dilihat", "")), _seen(form.get("dasar", ""))
    if not sent.files or seen is None:
        raise Incomplete("Suntingan perlu `berkas` dan `dilihat`.", "Sertakan berkas .docx dan versi yang dilihat.")
    docx = edited_file(sent.files[0].blob)
    cleared = entries_in(form.get(CLEARED, ""))
    edit = Edit(docx, base or seen, seen, sure=form.get("yakin", "") in ("true", "ya", "1"), cleared=cleared)
    case = revise(number, template, edit, by=actor(who, form.get("sebagai", "")), parts=desk.revise_parts())
    desk.wake()
    return shapes.Revised(number=str(number), template=template, version=case.drafts[template].version)


class Asked(BaseModel):
    """What is asked of the API: what it does not know is refused, and no number is taken for a text."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Objection(Asked):
    """What is said of a file that was filed as a signed letter."""

    tindakan: Literal["sanggah", "kukuhkan", "tarik"]
    berkas: str = Field(min_length=1, max_length=200, description="nama berkasnya, atau templat naskahnya")
    alasan: str = Field(max_length=2000)
    sebagai: str = Field(default="", description="peran; bawaan: peran token")


@router.post(
    "/kasus/{year}/{serial}/bertanda-tangan",
    summary="Sanggah, kukuhkan, atau tarik berkas bertanda tangan",
    tags=["perkara"],
)
@needs(Right.MOVE_CASES, Lane.PAPERS)
def object_here(
    who: Caller,
    desk: TheDesk,
    year: str,
    serial: str,
    objection: Objection,
) -> shapes.Made:
    """Say something of a file that was filed as the signed letter, by the same rules as at the desk."""
    number = case_of(year, serial)
    file_of(desk, number, who.sees)
    by = actor(who, objection.sebagai)
    what, parts = OBJECTIONS[objection.tindakan], desk.decide_parts()
    case = object_to(number, objection.berkas, what, objection.alasan, by=by, parts=parts)
    desk.wake()
    return _standing(case, desk)


@router.get("/kotak-masuk", summary="Kotak masuk: nasib setiap berkas", tags=["kotak masuk"])
@needs(Right.SEND_FILES, Lane.LOOKUPS)
def inbox(who: Caller, desk: TheDesk, semua: bool = False) -> shapes.Inbox:
    """Return what lies in the inbox and what became of what was taken; with ``semua`` of everything ever."""
    part, services = AskedFor.ALL if semua else None, services_seen_by(who, desk.root)
    return shapes.Inbox.model_validate(desk.root.inbox_view(part, whole=semua, services=services).as_data())


@router.post(
    "/kotak-masuk",
    summary="Letakkan berkas di kotak masuk",
    tags=["kotak masuk"],
    status_code=202,
    openapi_extra=INBOX_FORM,
)
@needs(Right.INBOX, Lane.QUICK, uploads="inbox")
async def drop(request: Request, who: Caller, desk: TheDesk, place: ThePlace) -> list[shapes.Dropped]:
    """Put files into the inbox, where they are taken from there like any scan; written as they come.

    With ``bolak_balik`` each is a stack of sheets scanned as all fronts, then all backs.
    """
    async with received(request, desk, "inbox") as sent:
        return await place.run(_landed, sent, who, desk)


def _landed(sent: uploads.Sent, who: Visitor, desk: Desk) -> list[shapes.Dropped]:
    return landed(sent, STACKS if fields_of(sent, INBOX_FIELDS).get("bolak_balik") else "", who, desk)


def landed(sent: uploads.Sent, folder: str, who: Visitor, desk: Desk) -> list[shapes.Dropped]:
    """Put what was sent into a folder of the inbox: all of it or, if one is not whole, nothing."""
    whole = [upload for upload in sent.files if upload.size]
    if not whole or len(whole) < len(sent.files):
        raise Incomplete("Tidak ada berkas, atau ada yang kosong.", "Sertakan berkas pindaian yang utuh.")
    if cut := [f"{upload.name} ({upload.gap})" for upload in whole if upload.gap]:
        said = f"Terpotong di jalan, dan tidak satu pun diterima: {'; '.join(cut)}."
        raise Refused("terpotong", said, "Kirim lagi semuanya, sampai byte terakhir.")
    delivery, account = who.acting("").delivery(API, desk.now()), desk.root.ledger
    return [
        shapes.Dropped(name=land(file, delivery, account, folder), bytes=file.size, sha256=file.sha256)
        for file in whole
    ]


def fields_of(sent: uploads.Sent, known: Collection[str]) -> dict[str, str]:
    """Return the texts of a form with files by their names.

    Raises:
        UsageFault: one is not asked for, or comes twice: what was misspelt must not count as left out.
    """
    names = [name for name, _ in sent.fields]
    if any(name not in known for name in names) or len(set(names)) < len(names):
        raise UsageFault("Formulir ini memuat isian yang tidak dikenal atau kembar.", f"Isiannya: {', '.join(known)}.")
    return {name: str(value) for name, value in sent.fields}


def _typed(text: str) -> Mapping[str, Any]:
    """Return the answers of a form.

    Raises:
        UsageFault: they are no JSON object, or nested deeper than any form.
    """
    try:
        typed = json.loads(text)
    except (ValueError, RecursionError):
        typed = None
    if not isinstance(typed, dict) or depth(typed) > DEEPEST:
        raise UsageFault("`isian` bukan objek JSON.", 'Tulis misalnya {"isi_disposisi": "Telaah dan laporkan."}.')
    return typed


def _seen(text: str) -> int | None:
    if not text:
        return None
    if (seen := number_in(text, 9)) is None:
        raise UsageFault("`dilihat` bukan bilangan.", "Tulis `seq` dari baris jurnal terakhir yang dilihat.")
    return seen


def depth(value: Any, so_far: int = 0) -> int:
    """Return how deeply lists and objects are nested; beyond :data:`DEEPEST` it is not looked further."""
    if so_far > DEEPEST or not isinstance(value, list | dict):
        return so_far
    parts = value.values() if isinstance(value, dict) else value
    return max((depth(part, so_far + 1) for part in parts), default=so_far + 1)


_INBOX = "kotak masuk"
Name = Annotated[str, Field(min_length=1, max_length=1000, description="`path` atau `name` menurut GET /kotak-masuk")]


class Told(Asked):
    """What was told at the counter, or read in the news."""

    cara: str = Field(
        max_length=80, description="`lisan`, `berita`; layanan lain: misalnya `surat-masuk.tanpa-pindaian`"
    )
    isian: dict[str, Any] = Field(description="isian buku register")
    sebagai: str = Field(default="", description="peran; bawaan: peran token")


class File(Asked):
    """A file of the inbox."""

    berkas: Name


class Aside(File):
    """A file to be set aside, and why."""

    alasan: str = Field(max_length=1000)


class Attached(File):
    """A file to be attached to a case."""

    perkara: str = Field(max_length=100, description="nomor register, ditulis bebas")


@router.post("/kasus", summary="Buka perkara tanpa surat", tags=["perkara"], status_code=201)
@needs(Right.OPEN_CASES, Lane.QUICK)
def open_one(who: Caller, desk: TheDesk, told: Told) -> shapes.Opened:
    """Give what was told the next number; the same told again by the same token is the same case."""
    by = actor(who, told.sebagai)
    if depth(told.isian) > DEEPEST:
        raise UsageFault("`isian` terlalu dalam.", "Tulis isian buku register sebagai objek JSON.")
    opened = open_case(told.cara, told.isian, by=by, parts=desk.open_parts())
    desk.wake()
    written = desk.root.cabinet.case(opened.number).received.register_number
    return shapes.Opened(number=str(opened.number), register_number=written, again=opened.again)


@router.post("/kotak-masuk/ulangi", summary="Coba lagi berkas yang ditolak", tags=[_INBOX])
@needs(Right.SEND_FILES, Lane.QUICK)
def retry(who: Caller, desk: TheDesk, file: File) -> shapes.Moved:
    """Move a refused file back into the inbox."""
    return shapes.Moved(path=desk.mailroom(who).retry(file.berkas, who.acting("")))


@router.post("/kotak-masuk/daftarkan", summary="Daftarkan berkas sebagai aduan baru", tags=[_INBOX])
@needs(Right.INBOX, Lane.QUICK)
def register(who: Caller, desk: TheDesk, file: File) -> shapes.Moved:
    """Have a file taken as a new complaint, although it names a case or was sent to many."""
    return shapes.Moved(path=desk.mailroom(who).register(file.berkas, who.acting("")))


@router.post("/kotak-masuk/sisihkan", summary="Sisihkan berkas", tags=[_INBOX])
@needs(Right.SEND_FILES, Lane.QUICK)
def set_aside(who: Caller, desk: TheDesk, file: Aside) -> shapes.Moved:
    """Set a waiting file aside, with a reason."""
    return shapes.Moved(path=desk.mailroom(who).set_aside(file.berkas, file.alasan, who.login))


@router.post("/kotak-masuk/lampirkan", summary="Lampirkan berkas pada perkara", tags=[_INBOX])
@needs(Right.SEND_FILES, Lane.QUICK)
def attach(who: Caller, desk: TheDesk, file: Attached) -> shapes.Moved:
    """Have a file taken as an attachment of a case."""
    number = desk.root.pattern.read(file.perkara)
    return shapes.Moved(path=desk.attach(file.berkas, number, who))
