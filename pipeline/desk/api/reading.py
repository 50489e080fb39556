"""What is read through the API: the register, what falls due, what is found, a case, its papers and pages."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from pipeline.access import masking, secrecy
from pipeline.access.rights import Right
from pipeline.archive.papers import Shelved, shelved
from pipeline.cases.forms import MoveView, moves_view
from pipeline.desk.answering import answer
from pipeline.desk.api import shapes
from pipeline.desk.api.gate import ApiRoute, Caller, Text, TheDesk, needs
from pipeline.desk.case_file import file_of
from pipeline.desk.desk import Desk
from pipeline.desk.downloads import attachment, file_response
from pipeline.desk.lanes import Lane
from pipeline.desk.services_read import series_read
from pipeline.desk.visit import case_of
from pipeline.desk.visitor import Visitor
from pipeline.errors import NotAllowed
from pipeline.register.case_view import CaseView, case_view
from pipeline.register.due import Due, falling_due
from pipeline.search.answer import Answer
from pipeline.search.query import Wanted

router = APIRouter(route_class=ApiRoute)
_MOST = 1000
_CASE = "/kasus/{year}/{serial}"
_BYTES: dict[int | str, dict[str, Any]] = {200: {"content": {"*/*": {}}, "description": "berkas"}}
First = Annotated[int, Query(ge=0, le=10_000_000, description="berapa baris dilewati")]
Count = Annotated[int, Query(ge=1, le=_MOST, description="paling banyak berapa baris")]


@router.get("/register", summary="Buku register", tags=["register"])
@needs(Right.REGISTER, Lane.LOOKUPS)
def register(
    who: Caller,
    desk: TheDesk,
    tahun: Annotated[int | None, Query(ge=1900, le=2199)] = None,
    mulai: First = 0,
    banyak: Count = _MOST,
    layanan: Annotated[str, Query(max_length=40, description="hanya layanan ini; bawaan: yang dibaca peran ini")] = "",
) -> shapes.Rows:
    """Return the register's rows of a year, or of all years, by number, of the services whose cases the role reads."""
    series = series_read(layanan, who, desk.root)
    rows = [row for row in desk.book.rows(tahun) if row.series in series]
    part = [secrecy.shown(who.sees, row) for row in rows[mulai : mulai + banyak]]
    return shapes.Rows(total=len(rows), rows=part)


@router.get("/tenggat", summary="Yang terlambat dan yang jatuh tempo", tags=["register"])
@needs(Right.REGISTER, Lane.QUICK, personal=False)
def due(who: Caller, desk: TheDesk, hari: Annotated[int, Query(ge=0, le=366)] = 3) -> list[Due]:
    """Return the cases open to the caller that are late or fall due within so many working days, the latest first."""
    root = desk.root
    rows = (row for row in desk.live_rows.of(desk.now().date()) if secrecy.open_to(who.sees, row))
    return falling_due(rows, desk.now(), root.calendar, root.settings.office, hari)


@router.get("/cari", summary="Cari perkara", tags=["register"])
@needs(Right.ARCHIVE, Lane.LOOKUPS)
def find(
    who: Caller,
    desk: TheDesk,
    q: Annotated[str, Query(max_length=500, description="kata, nomor, tanggal; semuanya harus ada")],
    tahun: Annotated[list[str], Query()] = [],  # noqa: B006 - FastAPI copies it
    keadaan: Annotated[list[str], Query()] = [],  # noqa: B006
    hak: Annotated[list[str], Query()] = [],  # noqa: B006
    kelas_terlapor: Annotated[list[str], Query()] = [],  # noqa: B006
    wilayah: Annotated[list[str], Query()] = [],  # noqa: B006
    terlambat: bool = False,
    mulai: First = 0,
    banyak: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Answer:
    """Return what answers the words, with the places where they stand."""
    facets = {"tahun": tahun, "keadaan": keadaan, "hak": hak, "kelas_terlapor": kelas_terlapor, "wilayah": wilayah}
    return answer(desk, q, Wanted((), facets, terlambat, first=mulai, count=banyak), who.standing)


@router.get(_CASE, summary="Satu perkara", tags=["perkara"])
@needs(Right.READ_CASES, Lane.QUICK)
def case(who: Caller, desk: TheDesk, year: str, serial: str) -> CaseView:
    """Return a case."""
    found, root = file_of(desk, case_of(year, serial), who.sees).case, desk.root
    alike = desk.resembling(found, who.sees)
    told, folder = desk.told_to(who.sees), root.folder_of(found.number)
    held_up = root.held_up(found.number)
    view = case_view(found, root.sop_of(found), root.calendar, alike, folder, told, held_up)
    return replace(view, fields=masking.masked_niks(view.fields))


@router.get(_CASE + "/gerak", summary="Gerak yang terbuka", tags=["perkara"])
@needs(Right.READ_CASES, Lane.QUICK)
def moves(who: Caller, desk: TheDesk, year: str, serial: str) -> list[MoveView]:
    """Return the moves that are open for a case, to whom, what they ask, and what each question offers."""
    case = file_of(desk, case_of(year, serial), who.sees).case
    return moves_view(case, desk.root.sop_of(case), desk.root.drafting_help.of(case, desk.now().date()))


@router.get(_CASE + "/naskah/{name}", summary="Unduh satu berkas", tags=["perkara"], responses=_BYTES)
@needs(Right.READ_CASES, Lane.QUICK)
def download(who: Caller, desk: TheDesk, year: str, serial: str, name: Text) -> Response:
    """Give a document: what the office made to all who read cases, what came from outside to fewer."""
    found = _document(desk, who.sees, year, serial, name)
    if not found.ours:
        _require_originals(who)
    return file_response(found.blob, found.media)


@router.get(
    _CASE + "/naskah/{name}/halaman/{page}",
    summary="Satu halaman sebagai gambar",
    tags=["perkara"],
    responses={200: {"content": {"image/webp": {}}, "description": "halaman; X-Halaman: dari berapa"}},
)
@needs(Right.READ_CASES, Lane.PICTURES)
def page(
    who: Caller,
    desk: TheDesk,
    year: str,
    serial: str,
    name: Text,
    page: int,
    lebar: Annotated[int, Query(ge=1, le=10_000)] = 900,
) -> Response:
    """Give a page of a document, drawn anew."""
    found = _document(desk, who.sees, year, serial, name)
    picture = desk.previews.page(found.blob, page, lebar)
    return Response(picture.webp, media_type="image/webp", headers={"x-halaman": str(picture.pages)})


@router.get(_CASE + "/bag", summary="Seluruh map sebagai bag BagIt (ZIP)", tags=["perkara"], responses=_BYTES)
@needs(Right.EXPORT, Lane.LOOKUPS)
def bag(who: Caller, desk: TheDesk, year: str, serial: str) -> Response:
    """Give the whole folder with its journal."""
    number = case_of(year, serial)
    file = file_of(desk, number, who.sees)
    secrecy.require_exportable(file.row)
    file.require_told(desk, who.sees)
    _require_originals(who)
    return attachment(desk.root.export.bag(number), f"{number.key}.zip", "application/zip")


@router.get(_CASE + "/keutuhan", summary="Keutuhan satu perkara", tags=["perkara"])
@needs(Right.ARCHIVE, Lane.LOOKUPS, personal=False)
def soundness(who: Caller, desk: TheDesk, year: str, serial: str) -> shapes.Soundness:
    """Say whether the folder is as it was written; every file is read."""
    number = case_of(year, serial)
    file_of(desk, number, who.sees)
    findings = desk.root.verify_case(number)
    return shapes.Soundness.model_validate({"sound": not findings, "findings": findings})


def _require_originals(who: Visitor) -> None:
    if not who.may(Right.ORIGINALS):
        raise NotAllowed("Berkas asli tidak dapat diunduh oleh peran ini.", "Lihat halamannya saja.")


def _document(desk: Desk, roles: frozenset[str], year: str, serial: str, name: str) -> Shelved:
    return shelved(desk.root.cabinet, file_of(desk, case_of(year, serial), roles).case, name, desk.told_to(roles))
