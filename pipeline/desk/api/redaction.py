"""Redacted copies through the API: what is suggested to be covered, and making the copy."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import Field

from pipeline.access.masking import covered_niks
from pipeline.access.rights import Right
from pipeline.access.secrecy import require_exportable
from pipeline.desk.api import shapes
from pipeline.desk.api.doing import Asked, actor
from pipeline.desk.api.gate import ApiRoute, Caller, Text, TheDesk, needs
from pipeline.desk.case_file import file_of
from pipeline.desk.lanes import Lane
from pipeline.desk.routes.redaction import redact_parts
from pipeline.desk.visit import case_of
from pipeline.redaction.redact import Wanted, look, redact

router = APIRouter(route_class=ApiRoute)
_PATH = "/kasus/{year}/{serial}/samarkan/{name}"
_MOST = 500  # places, words or areas of one call


class Covered(Asked):
    """What is to be covered, why and for whom the copy is."""

    tempat: list[str] = Field(default=[], max_length=_MOST, description="kunci saran, dari GET")
    kata: list[str] = Field(default=[], max_length=_MOST, description="kata atau nama, di mana pun tertulis")
    daerah: list[str] = Field(default=[], max_length=_MOST, description="halaman: kiri atas lebar tinggi, dalam persen")
    alasan: str = Field(max_length=2000)
    penerima: str = Field(max_length=2000)
    sebagai: str = Field(default="", description="peran; bawaan: peran token")


@router.get(_PATH, summary="Yang disarankan untuk disamarkan", tags=["perkara"])
@needs(Right.ORIGINALS, Lane.PICTURES)
def suggested(who: Caller, desk: TheDesk, year: str, serial: str, name: Text) -> list[shapes.Suggested]:
    """Return what names, or may name, somebody on the pages of a document; a NIK shows its last digits alone."""
    file = file_of(desk, case_of(year, serial), who.sees)
    require_exportable(file.row)
    found = look(file.case, name, desk.told_to(who.sees), redact_parts(desk)).suggested
    return [
        shapes.Suggested(
            key=one.key,
            page=one.run.page,
            words=covered_niks(one.words),
            around=covered_niks(one.around),
            who=one.who,
            sure=one.sure,
        )
        for one in found
    ]


@router.post(_PATH, summary="Buat salinan yang disamarkan", tags=["perkara"])
@needs(Right.ORIGINALS, Lane.PAPERS)
def make(who: Caller, desk: TheDesk, year: str, serial: str, name: Text, covered: Covered) -> shapes.Copied:
    """Make a redacted copy, by the same rules as at the desk."""
    number = case_of(year, serial)
    require_exportable(file_of(desk, number, who.sees).row)
    drawn = "\n".join(covered.daerah)
    wanted = Wanted(covered.tempat, covered.kata, drawn, covered.alasan, covered.penerima)
    by, told = actor(who, covered.sebagai), desk.told_to(who.sees)
    case = redact(number, name, wanted, by=by, told=told, parts=redact_parts(desk))
    desk.wake()
    made = case.redacted[-1]
    return shapes.Copied(name=made.documents[0].name, pages=made.pages, areas=len(made.areas), seq=case.entries[-1].seq)
