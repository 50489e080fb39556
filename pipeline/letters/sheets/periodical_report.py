"""What the periodical report says: the figures of a period as tables, charts and a few sentences; and its file.

It belongs to no case, and holds counts alone, also where it says what was achieved and what hindered. What only people
know of the period they add in the Word file. That of another service goes out without a letter to the ministry.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pipeline.archive import papers
from pipeline.cases.public_service import PublicService, key_of
from pipeline.cases.register_words import register_words
from pipeline.errors import UsageFault
from pipeline.letters.charts import bars, columns, held
from pipeline.letters.ports import ClosablePress, Typist
from pipeline.letters.sheets import hands, report_advice, report_hindrances, report_words
from pipeline.letters.sheets.phrasing import capital
from pipeline.letters.sheets.report_specimen import of_service, specimen
from pipeline.letters.sheets.report_workbook import workbook_sheets
from pipeline.letters.sheets.texts import KONSEP, REPORT, SERVICE_REPORT, initialling, of_office, signer
from pipeline.office import wording
from pipeline.office.office import Office
from pipeline.register.ports import Workbook
from pipeline.register.summary import words as said
from pipeline.register.summary.figures import Breakdown, Count, Held, Summary

#: The kinds of file, with what browsers call them.
MEDIA: Mapping[str, str] = {kind: papers.MEDIA[kind] for kind in ("docx", "pdf", "xlsx")}
#: Width of the text between the margins, in points.
_WIDTH = 453.0
#: Traits of so many lines that a chart helps to see them.
_RIGHTS = "hak"
_CHARTED = (_RIGHTS, "wilayah")
#: The row below the others.
_TOTAL = "Jumlah"
#: A day of an SOP's limit, which is a working day as those that are counted.
_IN_DAYS = re.compile(r"\bhari\b(?! kerja)")
#: The sizes of invented figures.
_SIZES = {"kosong": 0, "lazim": 7, "panjang": 98_765}
#: A cold LibreOffice takes a hundred megabytes and more.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """Makes the report's files; ``press`` builds one that is started for a single report and stopped after it."""

    office: Office
    typist: Typist
    workbook: Workbook
    press: Callable[[], ClosablePress]

    def made(self, summary: Summary, kind: str) -> bytes:
        """Return the report as a file of that kind.

        Raises:
            UsageFault: a kind of file that there is none of.
            TemplateFault: the office's template cannot be used.
            EngineFault: LibreOffice is missing or failed.
        """
        match kind:
            case "docx":
                return self._word(summary)
            case "pdf":
                with _one_at_a_time, closing(self.press()) as press:
                    return press.print(self._word(summary), None)
            case "xlsx":
                named = summary.service.name if summary.service else "Yankomas"
                return self.workbook(f"Laporan {named} {summary.period.label}", tuple(workbook_sheets(summary)))
        raise UsageFault(f"Laporan tidak dibuat sebagai {kind!r}.", f"Pilih {', '.join(MEDIA)}.")

    def _word(self, summary: Summary) -> bytes:
        template = SERVICE_REPORT if summary.service else REPORT
        return self.typist.draft(template, values(summary, self.office)).docx


def file_name(summary: Summary, kind: str) -> str:
    """Return what the file is called: ``laporan-yankomas-2026-T4.docx``."""
    return f"laporan-{key_of(summary.service)}-{summary.period.key}.{kind}"


def values(of_period: Summary, office: Office) -> dict[str, Any]:
    """Return everything that the report's template may use; a list or chart without figures is empty.

    Of Yankomas that is also what its letter to the ministry says.
    """
    summary = _worded(of_period)
    day = summary.at.date()
    office = office.on(day)
    details = [_named(breakdown) for breakdown in summary.breakdowns]
    by_role, by_step = (_open_ones(lines) for lines in (summary.running.by_role, summary.running.by_step))
    unit, head = capital(said.unit(summary)), summary.head if summary.service else hands.head(office)
    counted_months = any(month.received or month.closed for month in summary.months)
    return {
        **of_office(day, office),
        "nama_kantor": office.name,
        **(_of_service(summary.service) if summary.service else _letter(day, office)),
        "tanggal_naskah": "",
        "kolom_kini": summary.period.label,
        "kolom_lalu": summary.period.before.label,
        "nihil": "" if _anything(summary) else "ya",
        "dasar": report_words.listed(_basis(summary, office)),
        "periode": report_words.named(summary.period),
        "periode_lalu": report_words.named(summary.period.before),
        "rentang": said.span(summary),
        "per": wording.date_and_hour(summary.at),
        "pengantar": report_words.opening(summary, office.name),
        "arus": [_row(*figures) for figures in report_words.came_and_went(summary)],
        "bagan_bulan": columns(f"{unit} masuk dan berakhir per bulan", summary.months, _WIDTH)
        if counted_months
        else "",
        "hasil": _lines(_named(summary.outcomes)),
        "ketepatan": _closing(summary),
        "langkah": _steps(summary),
        "rincian": [_breakdown(b, summary) for b in details if b.lines],
        "berjalan": report_words.running(summary),
        "pada": _held(by_role),
        "bagan_pada": held("Perkara berjalan menurut yang ditunggu", by_role, _WIDTH) if by_role else "",
        "posisi": _held(_with_total(by_step)),
        "bagan_posisi": held("Perkara berjalan menurut langkah SOP", by_step, _WIDTH) if by_step else "",
        "capaian": report_words.achieved(summary),
        "kendala": report_hindrances.hindered(summary),
        "simpulan": report_advice.concluded(summary),
        "saran": report_advice.advised(summary),
        "surat_dikirim": _summed(summary.letters),
        "catatan": _notes(summary),
        **signer(head, day, office),
    }


def _letter(day: date, office: Office) -> dict[str, Any]:
    """Return what the letter to the ministry says beside the report; its number is given outside this program."""
    return {
        "tanda_konsep": KONSEP,
        "nomor_naskah": "",
        "sifat": "Biasa",
        "lampiran_naskah": wording.counted(1, "berkas"),
        "paraf": initialling(hands.below_head(office, hands.in_charge(office)), hands.head(office), day, office),
    }


def _of_service(service: PublicService) -> dict[str, Any]:
    return {"layanan": service.name, "tanda_konsep": ""}


def _worded(summary: Summary) -> Summary:
    """Return the figures with the steps in words as the ministry reads them: the SOP's own are not all correct."""
    told = report_words.in_full
    steps = tuple(replace(pace, activity=told(pace.activity)) for pace in summary.steps)
    by_step = tuple(replace(held, label=told(held.label)) for held in summary.running.by_step)
    return replace(summary, steps=steps, running=replace(summary.running, by_step=by_step))


def _basis(summary: Summary, office: Office) -> list[str]:
    """Return what the report rests on: the laws of Yankomas, then what else the SOP names, and the SOP."""
    if summary.service:
        return list(summary.basis)
    laws = [law.full for law in office.laws.basis(summary.at.date())]
    sops = [title for text in summary.basis if (title := text.partition(" (")[0]) not in laws]
    return [*laws, *sops]


def _anything(summary: Summary) -> bool:
    """Say whether there is anything to report: of the period, of the one before it, or open now."""
    flows = (summary.flow, summary.flow_before)
    return bool(summary.running.total or summary.secret or any(f.carried or f.received for f in flows))


def _row(name: str, now: int | None, before: int | None) -> dict[str, str]:
    change = report_words.told(said.change(now, before), "Tidak ditampilkan")
    return {"uraian": name, "kini": said.count(now), "lalu": said.count(before), "perubahan": capital(change)}


def _closing(summary: Summary) -> list[dict[str, str]]:
    """Return how those that ended kept to the SOP's time; nothing where none ended in either period."""
    now, before = summary.closing, summary.closing_before
    if not any((now.in_time, now.late, before.in_time, before.late)):
        return []
    none = report_words.none_yet(summary)
    shares = [report_words.part(c.in_time, c.in_time + c.late) for c in (now, before)]
    lasted = [report_words.told(said.days(c.days), none) for c in (now, before)]
    compared = _row("Lama penanganan (median)", now.days, before.days)
    unit = "" if now.days == before.days else " hari kerja"
    change = f"{compared['perubahan']}{unit}" if None not in (now.days, before.days) else "Tidak dibandingkan"
    return [
        {**_row("Dalam waktu SOP", now.in_time, before.in_time), "kini": shares[0], "lalu": shares[1]},
        _row("Melewati waktu SOP", now.late, before.late),
        {**compared, "kini": lasted[0], "lalu": lasted[1], "perubahan": change},
    ]


def _steps(summary: Summary) -> list[dict[str, str]]:
    """Return how long each step took; nothing where none was ended."""
    if not any(pace.done for pace in summary.steps):
        return []
    none = report_words.none_yet(summary)
    return [
        {
            "nomor": str(pace.number),
            "kegiatan": pace.activity,
            "waktu": _IN_DAYS.sub("hari kerja", pace.limit),
            "median": report_words.told(said.time(pace.minutes, summary.day_minutes), none),
            "tepat": report_words.told(said.kept(pace), none),
        }
        for pace in summary.steps
    ]


def _named(breakdown: Breakdown) -> Breakdown:
    """Return a breakdown as the report prints it: lines that say something, rights by their names."""
    rights = {right.word: right.name for right in register_words().rights} if breakdown.key == _RIGHTS else {}
    told = report_words.in_full
    lines = (replace(line, label=rights.get(line.label, capital(told(line.label)))) for line in breakdown.lines)
    return replace(breakdown, lines=tuple(line for line in lines if line.count != 0 or line.before != 0))


def _lines(breakdown: Breakdown) -> list[dict[str, str]]:
    """Return a breakdown's rows, and how many they are together: never where a line may count twice or is withheld."""
    return _summed(breakdown.lines, once=not breakdown.several)


def _summed(lines: Sequence[Count], *, once: bool = True) -> list[dict[str, str]]:
    rows = [_row(line.label, line.count, line.before) for line in lines]
    now = [line.count for line in lines if line.count is not None]
    before = [line.before for line in lines if line.before is not None]
    whole = once and len(lines) > 1 and len(now) == len(before) == len(lines)
    return [*rows, _row(_TOTAL, sum(now), sum(before))] if whole else rows


def _breakdown(breakdown: Breakdown, summary: Summary) -> dict[str, Any]:
    unit = said.unit(summary)
    note = f"Satu {unit} dapat tercatat pada lebih dari satu baris." if breakdown.several else ""
    chart = bars(breakdown, summary.period, _WIDTH) if breakdown.key in _CHARTED else ""
    return {"judul": breakdown.title, "bagan": chart, "baris": _lines(breakdown), "keterangan": note}


def _open_ones(lines: Sequence[Held]) -> tuple[Held, ...]:
    return tuple(replace(line, label=report_words.in_full(line.label)) for line in lines if line.count)


def _held(lines: Sequence[Held]) -> list[dict[str, str]]:
    return [{"uraian": h.label, "berjalan": said.count(h.count), "terlambat": said.count(h.late)} for h in lines]


def _with_total(lines: Sequence[Held]) -> tuple[Held, ...]:
    total = Held(_TOTAL, sum(line.count for line in lines), sum(line.late for line in lines))
    return (*lines, total) if len(lines) > 1 else tuple(lines)


def _notes(summary: Summary) -> list[str]:
    day = said.time(summary.day_minutes, summary.day_minutes + 1)
    notes = [
        report_words.word(summary, "arti"),
        f"{capital(said.unit(summary))} dihitung menurut tanggal diterima, dan perkara yang berakhir menurut tanggal "
        "berakhirnya; perkara yang dibuka kembali dihitung berjalan sejak diterima.",
        f"Lama tiap langkah dihitung dalam jam kerja, tanpa waktu {said.paused(summary)}; sehari rata-rata {day}.",
    ]
    if summary.secret or summary.secret_before:
        notes.append(said.secret(summary))
    if not summary.exact:
        notes.append(said.WITHHELD)
    return notes


def specimen_values(office: Office) -> dict[str, dict[str, Any]]:
    """Return the report's values of an office without complaints, of a usual one, and of one that drowns in them."""
    return {name: values(specimen(size), office) for name, size in _SIZES.items()}


def service_specimen_values(office: Office) -> dict[str, dict[str, Any]]:
    """Return the same of the report of another service."""
    return {name: values(of_service(specimen(size)), office) for name, size in _SIZES.items()}
