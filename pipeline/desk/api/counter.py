"""What the counter and the mailroom do through the API: open cases without a letter, put files where they belong."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from pipeline.access.rights import Right
from pipeline.cases.decide import Actor
from pipeline.desk.api import shapes
from pipeline.desk.api.doing import DEEPEST, depth
from pipeline.desk.api.gate import ApiRoute, Caller, TheDesk, needs
from pipeline.errors import NotAllowed, UsageFault
from pipeline.intake.open_case import open_case

router = APIRouter(route_class=ApiRoute)
_INBOX = "kotak masuk"
Name = Annotated[str, Field(min_length=1, max_length=1000, description="`path` atau `name` menurut GET /kotak-masuk")]


class Told(BaseModel):
    """What was told at the counter, or read in the news."""

    cara: Literal["lisan", "berita"]
    isian: dict[str, Any] = Field(description="isian buku register")
    sebagai: str = Field(default="", description="peran; bawaan: peran token")


class File(BaseModel):
    """A file of the inbox."""

    berkas: Name


class Aside(File):
    """A file to be set aside, and why."""

    alasan: str = Field(max_length=1000)


class Attached(File):
    """A file to be attached to a case."""

    perkara: str = Field(max_length=100, description="nomor register, ditulis bebas")


@router.post("/kasus", summary="Buka perkara tanpa surat", tags=["perkara"], status_code=201)
@needs(Right.OPEN_CASES)
def open_one(who: Caller, desk: TheDesk, told: Told) -> shapes.Opened:
    """Give what was told the next number; the same told again by the same token is the same case."""
    role = told.sebagai or next(iter(sorted(who.roles)))
    if role not in who.roles:
        raise NotAllowed("Token ini tidak memegang peran itu.", "Pakai token dengan peran yang sesuai.")
    if depth(told.isian) > DEEPEST:
        raise UsageFault("`isian` terlalu dalam.", "Tulis isian buku register sebagai objek JSON.")
    opened = open_case(told.cara, told.isian, by=Actor(role, who.login), parts=desk.open_parts())
    desk.wake()
    written = desk.root.pattern.write(opened.number)
    return shapes.Opened(number=str(opened.number), register_number=written, again=opened.again)


@router.post("/kotak-masuk/ulangi", summary="Coba lagi berkas yang ditolak", tags=[_INBOX])
@needs(Right.INBOX)
def retry(who: Caller, desk: TheDesk, file: File) -> shapes.Moved:
    """Move a refused file back into the inbox."""
    return shapes.Moved(path=desk.root.mailroom().retry(file.berkas))


@router.post("/kotak-masuk/sisihkan", summary="Sisihkan berkas", tags=[_INBOX])
@needs(Right.INBOX)
def set_aside(who: Caller, desk: TheDesk, file: Aside) -> shapes.Moved:
    """Set a waiting file aside, with a reason."""
    return shapes.Moved(path=desk.root.mailroom().set_aside(file.berkas, file.alasan, who.login))


@router.post("/kotak-masuk/lampirkan", summary="Lampirkan berkas pada perkara", tags=[_INBOX])
@needs(Right.INBOX)
def attach(who: Caller, desk: TheDesk, file: Attached) -> shapes.Moved:
    """Have a file taken as an attachment of a case."""
    number = desk.root.pattern.read(file.perkara)
    return shapes.Moved(path=desk.root.mailroom().attach(file.berkas, number))
