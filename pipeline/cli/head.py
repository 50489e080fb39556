"""The head of the office's commands: the figures of a period, and its report."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from pipeline.cli.inputs import ready_root
from pipeline.cli.show import as_json, moment, outside, table, write_out
from pipeline.errors import UsageFault
from pipeline.letters.sheets.periodical_report import MEDIA
from pipeline.register.summary import words
from pipeline.register.summary.figures import Breakdown, Summary, summary_view
from pipeline.register.summary.period import period_of
from pipeline.wiring import Root


def ringkasan(options: Namespace) -> int:
    """Show the figures of a month, a quarter or a year."""
    summary = _asked(options, ready_root(options))
    print(as_json(asdict(summary_view(summary))) if options.json else "\n".join(_told(summary)))
    return 0


def laporan(options: Namespace) -> int:
    """Write the report of a month, a quarter or a year as Word, PDF or a spreadsheet."""
    output: Path = options.output
    kind = output.suffix.lower().removeprefix(".")
    if kind not in MEDIA:
        raise UsageFault(
            f"{output.name!r} bukan nama berkas .docx, .pdf atau .xlsx.", "Tulis misalnya -o laporan.docx."
        )
    root = ready_root(options)
    outside(output, root)
    summary = _asked(options, root)
    write_out(output, root.report_files.made(summary, kind))
    print(f"Laporan {summary.period.label} ditulis ke {output}.")
    return 0


def _asked(options: Namespace, root: Root) -> Summary:
    now = root.clock.now()
    period = period_of(options.year, options.quarter, options.month, now.date())
    root.book.refresh()
    return root.summaries.of(period, now, service=root.service_named(options.service))


def _told(summary: Summary) -> Iterator[str]:
    now, before = summary.flow, summary.flow_before
    named = f"{summary.service.name}, " if summary.service else ""
    yield f"{named}{summary.period.label}: {words.span(summary)}"
    yield ""
    yield _table(
        [
            ["Berjalan pada awal", now.carried, before.carried],
            ["Masuk", now.received, before.received],
            ["Selesai", now.closed, before.closed],
            ["Berjalan pada akhir", now.left, before.left],
            ["Selesai terlambat", summary.closing.late, summary.closing_before.late],
        ],
        [words.unit(summary).capitalize(), summary.period.label, summary.period.before.label],
    )
    run = summary.running
    yield f"\nLama penanganan, median: {words.days(summary.closing.days)}."
    yield f"Per {moment(summary.at.isoformat())}: {run.total} berjalan, {run.late} melewati waktu langkahnya,"
    yield f"{run.overdue} melewati waktu seluruh SOP, {run.paused} {words.paused(summary)}.\n"
    yield _table([[h.label, h.count, h.late] for h in run.by_role], ["Ditunggu pada", "Berjalan", "Terlambat"])
    for breakdown in (summary.outcomes, *summary.breakdowns):
        yield f"\n{_lines(breakdown, summary)}"
    steps = [
        [f"{s.number}. {s.activity}", s.limit, words.time(s.minutes, summary.day_minutes), words.kept(s)]
        for s in summary.steps
    ]
    yield f"\n{_table(steps, ['Langkah SOP', 'Waktu', 'Median', 'Tepat waktu'])}"
    if summary.unconfirmed:
        unsure = f"{summary.unconfirmed} {words.unit(summary)}"
        yield f"\n{unsure} belum dikonfirmasi petugas: rinciannya belum pasti."


def _lines(breakdown: Breakdown, summary: Summary) -> str:
    lines = [[line.label, words.count(line.count), words.count(line.before)] for line in breakdown.lines]
    return _table(lines, [breakdown.title, summary.period.label, summary.period.before.label])


def _table(rows: Sequence[Sequence[object]], header: Sequence[str]) -> str:
    return table([[str(cell) for cell in row] for row in rows], header, {0: 60})
