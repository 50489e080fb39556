"""The receipts of the day in one PDF, to be printed and handed out or sent."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.responses import Response

from pipeline.access import secrecy
from pipeline.access.rights import Right
from pipeline.archive.papers import papers
from pipeline.cases.ports import content
from pipeline.desk.case_file import file_of
from pipeline.desk.downloads import attachment
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.visit import Visit
from pipeline.letters.sheets.receipt import RECEIPT
from pipeline.register.row import Row

pages = Pages()


@pages.get("/tanda-terima-hari-ini.pdf", Right.VERIFY, Lane.PAPERS)
def print_all(visit: Visit) -> Response:
    """Give the receipts of the complaints that were confirmed today, by number; those still being made are told."""
    desk, parts, missing = visit.desk, [], []
    for row in todays(visit, desk.live_rows.of(desk.now().date())):
        number = row.case_number
        case = file_of(desk, number, visit.who.sees).case
        paper = next((p for p in papers(case, desk.root.sop_of(case)) if p.key == RECEIPT), None)
        document = next((d for d in case.documents if paper and d.name == paper.pdf), None)
        if document is None:
            missing += [row.register_number] if paper else []  # what is opened from the news has no receipt
            continue
        visit.note(number)
        parts.append(content(desk.root.cabinet.blob(number, document)))
    if missing or not parts:
        said = f"Tanda terima {', '.join(missing)} sedang disiapkan; coba sebentar lagi." if missing else ""
        return visit.go("/", said or "Hari ini belum ada tanda terima untuk dicetak.", kind="gagal")
    day = desk.now().date()
    return attachment(desk.root.joined_prints(parts, "Tanda terima"), f"tanda-terima-{day}.pdf", "application/pdf")


def todays(visit: Visit, rows: Iterable[Row]) -> list[Row]:
    """Return the cases, open to the visitor, that were confirmed today: in the order of their numbers."""
    today, roles = visit.desk.now().date().isoformat(), visit.who.sees
    left = (row for row in rows if row.steps and row.steps[0].until.startswith(today))
    ours = (row for row in left if row.pelapor and not row.staff)  # other services hand out no receipts
    found = (row for row in ours if row.confirmed_on == today and secrecy.open_to(roles, row))
    return sorted(found, key=lambda row: (row.year, row.serial))
