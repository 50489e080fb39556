"""*Kepuasan*: the index of satisfaction of a semester, its files, the paper form, and answers typed in from paper."""

from __future__ import annotations

import re

from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.desk.downloads import attachment
from pipeline.desk.faults import wrong_with
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.visit import Visit
from pipeline.errors import Incomplete, UsageFault
from pipeline.letters.sheets import survey_form
from pipeline.letters.sheets.office_papers import MEDIA as PAPER_MEDIA
from pipeline.letters.sheets.texts import SURVEY
from pipeline.survey.index import result
from pipeline.survey.questionnaire import answer_of, questionnaire
from pipeline.survey.report_files import MEDIA, csv_file, file_name, workbook_file
from pipeline.survey.tally import BATCH, Semester, semester_of

pages = Pages()
_SEMESTER = re.compile(r"([0-9]{4})-([12])")
_TITLE = "Kepuasan"


@pages.get("/kepuasan", Right.SURVEY, Lane.QUICK, personal=False)
def index(visit: Visit) -> Response:
    """Show a semester's index."""
    batches, semester = visit.desk.root.survey.batches(), _asked(visit)
    semesters = {semester, semester_of(visit.desk.now().date()), *map(_read, {one.semester for one in batches})}
    return visit.show(
        "kepuasan.html",
        title=f"{_TITLE} {semester.label}",
        r=result(semester, batches),
        before=result(semester.before, batches),
        semesters=[(one.key, one.label) for one in sorted(semesters, reverse=True)],
        source=questionnaire().source,
        batch=BATCH,
        files=MEDIA,
        forms=PAPER_MEDIA,
    )


@pages.get("/kepuasan/laporan", Right.SURVEY, Lane.PAPERS, personal=False)
def report(visit: Visit) -> Response:
    """Give a semester's report as a file."""
    kind, root = visit.asked("jenis"), visit.desk.root
    if kind not in MEDIA:
        raise UsageFault("Jenis berkas itu tidak ada.", f"Pilih {', '.join(MEDIA)}.")
    found = result(_asked(visit), root.survey.batches())
    made = csv_file(found) if kind == "csv" else workbook_file(found, root.workbook)
    return attachment(made, file_name(found, kind), MEDIA[kind])


@pages.get("/kepuasan/formulir", Right.SURVEY, Lane.PAPERS, personal=False)
def form(visit: Visit) -> Response:
    """Give the form on paper."""
    kind, root = visit.asked("jenis") or "pdf", visit.desk.root
    values = survey_form.values(visit.desk.now().date(), root.settings.office)
    made = root.office_papers.made(SURVEY, values, kind)
    return attachment(made, f"{SURVEY}.{kind}", PAPER_MEDIA[kind])


@pages.get("/kepuasan/kertas", Right.VERIFY, Lane.QUICK, personal=False)
def typing(visit: Visit) -> Response:
    """Show the form into which a clerk types what was ticked on paper."""
    return visit.show("kepuasan-kertas.html", title="Salin survei kertas", survey=questionnaire(), fault=None, wrong={})


@pages.post("/kepuasan/kertas", Right.VERIFY, Lane.QUICK)
def typed(visit: Visit) -> Response:
    """Take in an answer from paper; the log says who typed one in, and nothing says which."""
    asked, desk = questionnaire(), visit.desk
    sent = {name: visit.text(name) for name in asked.keys}
    try:
        desk.root.survey.drop_paper(answer_of(sent), desk.now().date())
    except Incomplete as fault:
        values = {"survey": asked, "typed": sent, "wrong": wrong_with(fault)}
        return visit.show("kepuasan-kertas.html", 422, title="Salin survei kertas", fault=fault, **values)
    return visit.go("/kepuasan/kertas", "Satu lembar survei tercatat. Silakan yang berikutnya.")


def _asked(visit: Visit) -> Semester:
    return _read(asked) if (asked := visit.asked("semester")) else semester_of(visit.desk.now().date())


def _read(text: str) -> Semester:
    if not (found := _SEMESTER.fullmatch(text)):
        raise UsageFault("Semester itu tidak ada.", "Pilih semesternya dari daftar.")
    return Semester(int(found[1]), int(found[2]))
