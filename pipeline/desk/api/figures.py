"""What the API tells in figures, and to a complainant."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.desk.api.gate import ApiRoute, Caller, TheDesk, needs
from pipeline.desk.downloads import attachment
from pipeline.desk.lanes import Lane
from pipeline.desk.services_read import service_read
from pipeline.letters.sheets.periodical_report import MEDIA, file_name
from pipeline.register.complainant_status import Standing, standing_of
from pipeline.register.summary.figures import Summary, SummaryOf, summary_view
from pipeline.register.summary.period import period_of

router = APIRouter(route_class=ApiRoute)
Year = Annotated[int | None, Query(ge=1900, le=2199)]
Quarter = Annotated[int | None, Query(ge=1, le=4)]
Month = Annotated[int | None, Query(ge=1, le=12)]
Service = Annotated[
    str, Query(max_length=40, description="layanan, misalnya surat-masuk; bawaan: yang pertama dibaca peran ini")
]


class Code(BaseModel):
    """What a complainant asks with."""

    kode: str = Field(max_length=64, examples=["K7QM-2XPA-94TD"])


@router.get("/ringkasan", summary="Angka satu periode", tags=["ringkasan"])
@needs(Right.SUMMARY, Lane.LOOKUPS, personal=False)
def summary(
    who: Caller,
    desk: TheDesk,
    tahun: Year = None,
    triwulan: Quarter = None,
    bulan: Month = None,
    layanan: Service = "",
) -> SummaryOf:
    """Return a service's figures of a month, a quarter or a year; without anything asked, of today's quarter."""
    return summary_view(_summary(who, desk, (tahun, triwulan, bulan), layanan))


@router.get(
    "/ringkasan/laporan",
    summary="Laporan satu periode",
    tags=["ringkasan"],
    responses={200: {"content": {media: {} for media in MEDIA.values()}, "description": "berkas laporan"}},
)
@needs(Right.SUMMARY, Lane.PAPERS, personal=False)
def download(
    who: Caller,
    desk: TheDesk,
    jenis: Literal["docx", "pdf", "xlsx"],
    tahun: Year = None,
    triwulan: Quarter = None,
    bulan: Month = None,
    layanan: Service = "",
) -> Response:
    """Give a service's report of a period as Word, PDF/A or a spreadsheet."""
    found = _summary(who, desk, (tahun, triwulan, bulan), layanan)
    return attachment(desk.root.report_files.made(found, jenis), file_name(found, jenis), MEDIA[jenis])


@router.post("/status", summary="Jawaban bagi pelapor", tags=["ringkasan"])
@needs(Right.READ_CASES, Lane.QUICK, personal=False)
def status(who: Caller, desk: TheDesk, code: Code) -> Standing:
    """Return where the complaint of a status code stands, as its complainant may know it."""
    return standing_of(code.kode, desk.root.status_codes, desk.root.cabinet.case, desk.root.sop_of)


def _summary(who: Caller, desk: TheDesk, asked: tuple[int | None, int | None, int | None], service: str) -> Summary:
    now = desk.now()
    return desk.summaries.of(period_of(*asked, now.date()), now, who.roles, service_read(service, who, desk.root))
