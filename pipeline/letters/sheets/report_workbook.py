"""The periodical report as a spreadsheet: the same figures, as numbers."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.letters.sheets.report_words import came_and_went
from pipeline.register.ports import WorkbookSheet
from pipeline.register.summary import words as said
from pipeline.register.summary.figures import Breakdown, Summary


def workbook_sheets(summary: Summary) -> Iterator[WorkbookSheet]:
    """Yield the sheets of the spreadsheet: the same figures, as numbers."""
    now, before = summary.period.label, summary.period.before.label
    closing_, closed, run = summary.closing, summary.closing_before, summary.running
    figures = (
        *came_and_went(summary),
        ("Berakhir dalam waktu SOP", closing_.in_time, closed.in_time),
        ("Berakhir melewati waktu SOP", closing_.late, closed.late),
        ("Lama penanganan, median (hari kerja)", closing_.days, closed.days),
        *([("Perkara rahasia, tidak dihitung", summary.secret, summary.secret_before)] if summary.secret else []),
    )
    yield WorkbookSheet("Ringkasan", f"Ringkasan {now}", ("Uraian", now, before), figures)
    rows = tuple(
        (breakdown.title, line.label, *(said.SUPPRESSED if n is None else n for n in (line.count, line.before)))
        for breakdown in (
            summary.outcomes,
            *summary.breakdowns,
            Breakdown("surat", "Surat yang dikirim", summary.letters),
        )
        for line in breakdown.lines
    )
    yield WorkbookSheet("Rincian", f"Rincian {now}", ("Menurut", "Baris", now, before), rows)
    of_steps = ("No.", "Kegiatan", "Waktu SOP", "Diselesaikan", "Dalam waktu", "Median (menit kerja)")
    steps = tuple((p.number, p.activity, p.limit, p.done, p.in_time, p.minutes) for p in summary.steps)
    yield WorkbookSheet("Langkah", f"Lama tiap langkah, {now}", of_steps, steps)
    of_open = ("Menurut", "Baris", "Berjalan", "Melewati waktu langkah")
    open_ = tuple(
        (kind, line.label, line.count, line.late)
        for kind, lines in (("Ditunggu pada", run.by_role), ("Langkah", run.by_step))
        for line in lines
    )
    yield WorkbookSheet("Berjalan", f"Perkara berjalan per {summary.at:%d-%m-%Y %H.%M}", of_open, open_)
    months = tuple((m.month.label, m.received, m.closed) for m in summary.months)
    yield WorkbookSheet("Bulan", "Masuk dan berakhir per bulan", ("Bulan", "Masuk", "Berakhir"), months)
