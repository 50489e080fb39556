"""*Tutup tahun*: a service's register of a year that is over is closed; its sheet is printed, signed, and kept."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.archive.papers import MEDIA
from pipeline.cases.public_service import PublicService, key_of, own_series
from pipeline.desk.downloads import attachment, file_response
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.routes.record_acts import role_among
from pipeline.desk.services_read import choices, service_asked
from pipeline.desk.visit import Visit, number_in
from pipeline.errors import Incomplete, NotAllowed, NotFound, Refused, YankomasError
from pipeline.register.year_end import YearEnd
from pipeline.work.close_year import CLOSERS, CloseYearParts, close_year, sign_year

pages = Pages()
_ONE = "/tutup-tahun/{year}"


@pages.get("/tutup-tahun", Right.RECORDS, Lane.QUICK)
def years(visit: Visit) -> Response:
    """Show the years that were closed, and those that can be."""
    return _shown(visit)


@pages.post("/tutup-tahun", Right.RECORDS, Lane.PAPERS)
def close(visit: Visit) -> Response:
    """Close the register of a year."""
    year, service = number_in(visit.text("tahun"), 4), service_asked(visit)
    try:
        if year is None:
            raise Incomplete("Tahunnya belum dipilih.", "Pilih tahun yang hendak ditutup.")
        if visit.text("yakin") != "ya":
            raise Incomplete("Belum dicentang bahwa tahun itu hendak ditutup.", "Centang, lalu ulangi.")
        by = visit.who.acting(role_among(visit, CLOSERS))
        end = close_year(year, by=by, parts=_parts(visit), series=own_series(service))
    except (Incomplete, NotAllowed, NotFound) as fault:
        return _shown(visit, fault)
    return visit.go(
        _address(service), f"Register {year} ditutup pada nomor {end.figures.last}. Cetak dan tandatangani."
    )


@pages.get(_ONE + "/lembar.pdf", Right.RECORDS, Lane.PAPERS)
def sheet(visit: Visit) -> Response:
    """Give the sheet by which a year was closed, to be signed."""
    end = _end(visit)
    made, service = visit.desk.root.year_sheet(end, "pdf"), service_asked(visit)
    name = "-".join(filter(None, ("penutupan-register", service.key if service else "", str(end.figures.year))))
    return attachment(made, f"{name}.pdf", MEDIA["pdf"])


@pages.post(_ONE + "/simpan", Right.RECORDS, Lane.PAPERS, uploads="state")
def keep(visit: Visit) -> Response:
    """Keep the scan of the signed sheet."""
    year, service = _end(visit).figures.year, service_asked(visit)
    try:
        scan = visit.sent_file("Pilih pindaian lembar yang sudah ditandatangani.")
        by = visit.who.acting(role_among(visit, CLOSERS))
        sign_year(year, scan, by=by, parts=_parts(visit), series=own_series(service))
    except (Incomplete, NotAllowed, NotFound, Refused) as fault:
        return _shown(visit, fault)
    return visit.go(_address(service), f"Lembar penutupan {year} yang bertanda tangan disimpan.")


@pages.get(_ONE + "/bertanda-tangan", Right.RECORDS, Lane.QUICK)
def signed(visit: Visit) -> Response:
    """Give the scan of the signed sheet."""
    end = _end(visit)
    if not end.signed:
        raise NotFound(f"Lembar penutupan {end.figures.year} belum bertanda tangan.", "Simpan dahulu pindaiannya.")
    return file_response(visit.desk.root.year_ends.sheet(end), MEDIA.get(end.media, "application/octet-stream"))


def _end(visit: Visit) -> YearEnd:
    year = number_in(visit.request.path_params["year"], 4)
    end = next((one for one in _ends(visit, service_asked(visit)) if one.figures.year == year), None)
    if end is None:
        raise NotFound("Register tahun itu belum ditutup.", "Lihat halaman Tutup tahun.")
    return end


def _ends(visit: Visit, service: PublicService | None) -> list[YearEnd]:
    """Return the closed years of a service's register, by year."""
    series = own_series(service)
    return [end for end in visit.desk.root.year_ends.every() if end.figures.series == series]


def _address(service: PublicService | None) -> str:
    return "/tutup-tahun" + (f"?{urlencode({'layanan': service.key})}" if service else "")


def _parts(visit: Visit) -> CloseYearParts:
    return visit.desk.root.close_year_parts(lambda: visit.desk.reader)


def _shown(visit: Visit, fault: YankomasError | None = None) -> Response:
    root, now = visit.desk.root, visit.desk.now()
    service = service_asked(visit)
    ends = _ends(visit, service)
    closed = {end.figures.year for end in ends}
    booked = root.booked_years(own_series(service))
    return visit.show(
        "tutup-tahun.html",
        422 if fault else 200,
        title="Tutup tahun",
        ends=[root.year_told(end) for end in reversed(ends)],
        open_years=[str(year) for year in booked if year < now.year and year not in closed],
        services=choices(visit.who, root),
        service=service,
        chosen=key_of(service),
        may_close=not visit.who.acts_in.isdisjoint(CLOSERS),
        fault=fault,
    )
