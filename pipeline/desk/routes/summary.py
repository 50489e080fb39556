"""*Ringkasan*: the complaints of a period in figures and charts, and its report as a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from markupsafe import Markup
from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.visit import Visit, attachment
from pipeline.drawing.picture import Picture
from pipeline.drawing.svg import svg_element
from pipeline.errors import UsageFault
from pipeline.letters.charts import bars, columns, held
from pipeline.letters.sheets.periodical_report import MEDIA, file_name
from pipeline.office.wording import MONTHS
from pipeline.register.summary import words
from pipeline.register.summary.figures import Summary
from pipeline.register.summary.period import Period, period_of

pages = Pages()
_PART = re.compile(r"(T)?([0-9]{1,2})")
#: The parts of a year, as addresses and people name them.
PARTS = (
    ("", "Setahun"),
    *((f"T{n}", f"Triwulan {roman}") for n, roman in enumerate(("I", "II", "III", "IV"), start=1)),
    *((str(n), month) for n, month in enumerate(MONTHS, start=1)),
)


@pages.get("/ringkasan", Right.SUMMARY, Lane.LOOKUPS, personal=False)
def summary(visit: Visit) -> Response:
    """Show a period."""
    found = _summary(visit)
    years = visit.desk.root.booked_years()
    return visit.show(
        "ringkasan.html",
        title=f"Ringkasan {found.period.label}",
        s=found,
        words=words,
        charts={name: Markup(svg_element(chart, f"bagan-{name}")) for name, chart in _charts(found)},  # noqa: S704
        years=[str(y) for y in sorted({*years, found.period.year, visit.desk.now().year}, reverse=True)],
        parts=PARTS,
        asked=_query(found.period),
        before=_query(found.period.before),
        after=_query(found.period.next) if found.period.next.first <= visit.desk.now().date() else None,
    )


@pages.get("/ringkasan/laporan", Right.SUMMARY, Lane.PAPERS, personal=False)
def download(visit: Visit) -> Response:
    """Give the report of a period as a file."""
    kind = visit.asked("jenis")
    if kind not in MEDIA:
        raise UsageFault("Jenis berkas itu tidak ada.", f"Pilih {', '.join(MEDIA)}.")
    found = _summary(visit)
    return attachment(visit.desk.root.report_files.made(found, kind), file_name(found, kind), MEDIA[kind])


def _summary(visit: Visit) -> Summary:
    desk, now = visit.desk, visit.desk.now()
    period = asked_period(visit.asked("tahun"), visit.asked("bagian"), now.date())
    return desk.summaries.of(period, now, visit.who.roles)


def asked_period(year: str, part: str, today: date) -> Period:
    """Return the period that an address asks for: ``T4`` a quarter, ``11`` a month, nothing the whole year.

    Raises:
        UsageFault: there is no such period.
    """
    found = _PART.fullmatch(part)
    if (part and not found) or (year and not re.fullmatch("[0-9]{4}", year)):
        raise UsageFault("Periode itu tidak ada.", "Pilih tahun dan bagiannya dari daftar.")
    number = int(found[2]) if found else None
    quarter, month = (number, None) if found and found[1] else (None, number)
    return period_of(int(year) if year else None, quarter, month, today)


def _charts(summary: Summary) -> Iterator[tuple[str, Picture]]:
    yield "bulan", columns("Masuk dan berakhir per bulan", summary.months)
    yield "pada", held("Berjalan, menurut yang ditunggu", summary.running.by_role)
    yield "posisi", held("Berjalan, menurut langkah SOP", summary.running.by_step)
    for breakdown in (summary.outcomes, *summary.breakdowns):
        yield breakdown.key, bars(breakdown, summary.period)


def _query(period: Period) -> dict[str, str]:
    """Return a period as the page's address says it."""
    part = {1: str(period.number), 3: f"T{period.number}", 12: ""}[period.months]
    return {"tahun": str(period.year), "bagian": part}
