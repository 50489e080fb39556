"""The report of a period as a file: Word, PDF/A or a spreadsheet."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from typing import TYPE_CHECKING

from pipeline.errors import UsageFault
from pipeline.letters.sheets.periodical_report import REPORT, values
from pipeline.register.summary import Breakdown, Held, Summary
from pipeline.register.summary.small_cell_suppression import LEAST
from pipeline.wiring import Root

if TYPE_CHECKING:
    from pipeline.letters.ports import Press
    from pipeline.register.engines.workbook import Leaf

#: A cold LibreOffice takes a hundred megabytes and more.
_one_at_a_time = threading.Lock()
#: The kinds of file, with what browsers call them.
MEDIA: Mapping[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_STEP_HEAD = ("No.", "Kegiatan", "Waktu SOP", "Diselesaikan", "Dalam waktu", "Median (menit kerja)")
_HELD_HEAD = ("Menurut", "Baris", "Berjalan", "Melewati waktu langkah")


def file_name(summary: Summary, kind: str) -> str:
    """Return what the file is called: ``laporan-yankomas-2026-T4.docx``."""
    return f"laporan-yankomas-{summary.period.key}.{kind}"


def report(root: Root, summary: Summary, kind: str, press: Callable[[], Press] | None = None) -> bytes:
    """Return the report; ``press`` gives a warm one for PDFs, without it one is started and stopped.

    Raises:
        UsageFault: a kind of file that there is none of.
        TemplateFault: the office's template cannot be used.
        EngineFault: LibreOffice is missing or failed.
    """
    match kind:
        case "docx":
            return _word(root, summary)
        case "pdf":
            if press is not None:
                return press().print(_word(root, summary), None)
            with _one_at_a_time, closing(root.press()) as own:
                return own.print(_word(root, summary), None)
        case "xlsx":
            return _spreadsheet(summary)
    raise UsageFault(f"Laporan tidak dibuat sebagai {kind!r}.", f"Pilih {', '.join(MEDIA)}.")


def _word(root: Root, summary: Summary) -> bytes:
    from pipeline.letters.engines.word_templates import WordTypist

    return WordTypist(root.layout.templates).draft(REPORT, values(summary, root.settings.office)).docx


def _spreadsheet(summary: Summary) -> bytes:
    from pipeline.register.engines.workbook import workbook

    return workbook(f"Laporan Yankomas {summary.period.label}", tuple(_leaves(summary)))


def _leaves(summary: Summary) -> Iterator[Leaf]:
    from pipeline.register.engines.workbook import Leaf

    now, before = summary.period.label, summary.period.before.label
    flow, was = summary.flow, summary.flow_before
    closing_, closed = summary.closing, summary.closing_before
    figures = (
        ("Berjalan pada awal periode", flow.carried, was.carried),
        ("Masuk", flow.received, was.received),
        ("Selesai", flow.closed, was.closed),
        ("Berjalan pada akhir periode", flow.left, was.left),
        ("Selesai dalam waktu SOP", closing_.in_time, closed.in_time),
        ("Selesai melewati waktu SOP", closing_.late, closed.late),
        ("Lama penanganan, median (hari kerja)", closing_.days, closed.days),
    )
    yield Leaf("Ringkasan", f"Ringkasan {now}", ("Uraian", now, before), figures)
    rows = tuple(row for b in (summary.outcomes, *summary.breakdowns) for row in _lines(b))
    yield Leaf("Rincian", f"Rincian {now}", ("Menurut", "Baris", now, before), rows)
    yield Leaf("Langkah", f"Lama tiap langkah, {now}", _STEP_HEAD, tuple(_steps(summary)))
    held = (*_held("Ditunggu pada", summary.running.by_role), *_held("Langkah", summary.running.by_step))
    yield Leaf("Berjalan", f"Perkara berjalan per {summary.at:%d-%m-%Y %H.%M}", _HELD_HEAD, held)
    months = tuple((m.month.label, m.received, m.closed) for m in summary.months)
    yield Leaf("Bulan", "Masuk dan selesai per bulan", ("Bulan", "Masuk", "Selesai"), months)


def _steps(summary: Summary) -> Iterator[tuple[int, str, str, int, int, int | None]]:
    return ((p.number, p.activity, p.limit, p.done, p.in_time, p.minutes) for p in summary.steps)


def _lines(breakdown: Breakdown) -> Iterator[tuple[str, str, int | str, int | str]]:
    hidden = f"< {LEAST}"
    for line in breakdown.lines:
        shown = [hidden if n is None else n for n in (line.count, line.before)]
        yield breakdown.title, line.label, shown[0], shown[1]


def _held(kind: str, lines: tuple[Held, ...]) -> Iterator[tuple[str, str, int, int]]:
    return ((kind, line.label, line.count, line.late) for line in lines)
