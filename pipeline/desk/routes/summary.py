"""*Ringkasan*: a service's cases of a period in figures and charts, and its report as a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.responses import Response

from pipeline.access import secrecy
from pipeline.access.on_duty import acting_today
from pipeline.access.rights import Right
from pipeline.cases.public_service import PublicService, key_of, own_series
from pipeline.cases.sop import in_force
from pipeline.desk.downloads import attachment
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.rendering import paged
from pipeline.desk.services_read import choices, service_asked
from pipeline.desk.visit import Visit
from pipeline.drawing.svg import svg_element
from pipeline.errors import UsageFault
from pipeline.letters.charts import columns
from pipeline.letters.sheets.periodical_report import MEDIA, file_name
from pipeline.office.wording import MONTHS
from pipeline.register.row import Row
from pipeline.register.summary import words
from pipeline.register.summary.counted_cases import RUNNING, STEP, WITH, Counting, Load, counted, workload
from pipeline.register.summary.counting import looks_back_to
from pipeline.register.summary.figures import Count, Held, Summary
from pipeline.register.summary.period import Period, period_of

pages = Pages()
_PART = re.compile(r"(T)?([0-9]{1,2})")
#: So many lines of a table are in sight on a phone at first.
_ON_A_PHONE = 3
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
    services, service = choices(visit.who, visit.desk.root), found.service
    years = visit.desk.root.booked_years(own_series(service))
    return visit.show(
        "ringkasan.html",
        title=f"Ringkasan {found.period.label}",
        s=found,
        words=words,
        months_chart=Markup(  # noqa: S704
            svg_element(columns("Masuk dan berakhir per bulan", found.months), "bagan-bulan")
        ),
        loads=_loads(visit) if found.exact else [],
        folded=_folded,
        years=[str(y) for y in sorted({*years, found.period.year, visit.desk.now().year}, reverse=True)],
        parts=PARTS,
        services=services,
        asked=_query(found.period, service),
        before=_query(found.period.before, service),
        after=_query(found.period.next, service) if found.period.next.first <= visit.desk.now().date() else None,
    )


@pages.get("/ringkasan/daftar", Right.SUMMARY, Lane.LOOKUPS)
def behind(visit: Visit) -> Response:
    """Show the cases behind a figure (``menurut``, ``baris``) of a period."""
    period = asked_period(visit.asked("tahun"), visit.asked("bagian"), visit.desk.now().date())
    by, line, service = visit.asked("menurut"), visit.asked("baris"), service_asked(visit)
    rows = visit.desk.book.touched_since(looks_back_to(period))
    rows = counted(_counting(visit, rows, service), period, by, line, visit.who.standing)
    part = paged(rows, visit.part_asked)
    query = {**_query(period, service), "menurut": by, "baris": line}
    return visit.show(
        "ringkasan-daftar.html",
        title=line or by.capitalize(),
        span="" if by in (WITH, STEP, RUNNING) else period.label,
        rows=[secrecy.shown(visit.who.sees, row) for row in part.items],
        part=part,
        query={name: value for name, value in query.items() if value},
        back=f"/ringkasan?{urlencode(_query(period, service))}",
        service=service,
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
    return desk.summaries.of(period, now, visit.who.standing, service_asked(visit))


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


def _counting(visit: Visit, rows: Sequence[Row], service: PublicService | None) -> Counting:
    desk, now = visit.desk, visit.desk.now()
    editions, series = service.editions if service else desk.root.editions, own_series(service)
    sop, regions = in_force(editions, now.date()), desk.root.settings.office.regions
    return Counting([row for row in rows if row.series == series], now, sop, regions, desk.root.calendar, service)


def _folded(lines: Iterable[Count | Held]) -> frozenset[str]:
    """Return the labels of the lines that a phone folds: the smaller ones, unless something in them is late."""
    told = sorted((line for line in lines if _told(line)), key=lambda line: -(line.count or 0))
    late = {line.label for line in told if isinstance(line, Held) and line.late}
    smaller = {line.label for line in told[_ON_A_PHONE:]} - late
    return frozenset(smaller if len(smaller) > 1 else ())  # one line takes no more room than what unfolds it


def _told(line: Count | Held) -> bool:
    """Say whether a line is not folded as one in which nothing stands."""
    return line.count != 0 or (isinstance(line, Count) and line.before != 0)


def _loads(visit: Visit) -> list[tuple[Load, list[str]]]:
    """Return what waits for each role, and who acts in it today, by the names of their accounts."""
    desk = visit.desk
    accounts = list(desk.people.accounts.all())
    names = {account.login: account.name for account in accounts}
    acting = list(acting_today(accounts, desk.root.settings.office, desk.now().date()))
    loads = workload(_counting(visit, desk.live_rows.of(desk.now().date()), service_asked(visit)), visit.who.standing)
    return [(load, [names[one.login] for one in acting if load.role in one.roles]) for load in loads]


def _query(period: Period, service: PublicService | None) -> dict[str, str]:
    """Return a period of a service as the page's address says it; Yankomas needs no word where it is the first."""
    part = {1: str(period.number), 3: f"T{period.number}", 12: ""}[period.months]
    return {"tahun": str(period.year), "bagian": part} | ({"layanan": key_of(service)} if service else {})
