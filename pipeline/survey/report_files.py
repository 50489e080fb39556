"""The report of a semester as files: a spreadsheet and CSV, with the figures of the page."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from pipeline.archive import papers
from pipeline.register.ports import Workbook, WorkbookSheet
from pipeline.register.summary.words import SUPPRESSED
from pipeline.survey.index import Result
from pipeline.survey.questionnaire import questionnaire

#: The kinds of file, as browsers call them.
MEDIA = {
    "xlsx": papers.MEDIA["xlsx"],
    "csv": "text/csv; charset=utf-8",
}
_ELEMENTS = ("No.", "Unsur", "Rata-rata (1-4)", "Nilai konversi (25-100)", "Mutu", "Kinerja")


def file_name(result: Result, kind: str) -> str:
    """Return what the file is called: ``ikm-2026-2.csv``."""
    return f"ikm-{result.semester.key}.{kind}"


def workbook_file(result: Result, workbook: Workbook) -> bytes:
    """Return the report as a spreadsheet."""
    return workbook(f"Indeks Kepuasan Masyarakat {result.semester.label}", tuple(_sheets(result)))


def csv_file(result: Result) -> bytes:
    """Return the report as CSV: a line for each figure; none of its texts can be taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("bagian", "baris", "nilai", "mutu"))
    for name, value, grade in _whole(result):
        writer.writerow(("ringkasan", name, value, grade))
    for one in result.elements:
        writer.writerow(("unsur", one.element.name, one.mean, one.grade.letter))
        writer.writerow(("unsur, nilai konversi", one.element.name, one.converted, one.grade.letter))
    for trait in result.traits:
        for label, count in trait.counts:
            writer.writerow((trait.name, label, SUPPRESSED if count is None else count, ""))
    return out.getvalue().encode("utf-8-sig")


def _sheets(result: Result) -> Iterator[WorkbookSheet]:
    title = f"Indeks Kepuasan Masyarakat, {result.semester.label} ({questionnaire().source})"
    yield WorkbookSheet("IKM", title, ("Uraian", "Nilai", "Mutu"), tuple(_whole(result)))
    rows = tuple(
        (n, one.element.name, float(one.mean), float(one.converted), one.grade.letter, one.grade.performance)
        for n, one in enumerate(result.elements, 1)
    )
    yield WorkbookSheet("Unsur", title, _ELEMENTS, rows)
    traits = tuple(
        (trait.name, label, SUPPRESSED if count is None else count)
        for trait in result.traits
        for label, count in trait.counts
    )
    yield WorkbookSheet("Responden", title, ("Karakteristik", "Jawaban", "Responden"), traits)


def _whole(result: Result) -> Iterator[tuple[str, str, str]]:
    yield "Semester", result.semester.label, ""
    yield "Responden", SUPPRESSED if result.count is None else str(result.count), ""
    if result.grade is not None:
        yield "Di antaranya dari formulir kertas", SUPPRESSED if result.on_paper is None else str(result.on_paper), ""
        yield "Indeks Kepuasan Masyarakat", str(result.index), result.grade.letter
        yield "Kinerja", result.grade.performance, result.grade.letter
