"""What the periodical report says: the figures of a period as tables, charts and a few sentences.

It belongs to no case, and holds counts alone. What the office did and found hard in the period only people know: the
report leaves them room for it.
"""

from __future__ import annotations

from typing import Any

from pipeline.letters.charts import bars, columns, held
from pipeline.letters.sheets.texts import LANES, of_office
from pipeline.office import wording
from pipeline.office.office import Office
from pipeline.register.summary import Breakdown, Held, Summary, words

REPORT = "laporan-berkala"
#: The role whose holder signs.
_SIGNER = "kakanwil"
#: Width of the text between the margins, in points.
_WIDTH = 453.0
#: Traits of so many lines that a chart helps to see them.
_CHARTED = ("hak", "wilayah")


def values(summary: Summary, office: Office) -> dict[str, Any]:
    """Return everything that the report's template may use."""
    day = summary.at.date()
    signer = office.holder(_SIGNER, day)
    return {
        **of_office(day, office),
        "periode": summary.period.label,
        "periode_lalu": summary.period.before.label,
        "rentang": words.span(summary),
        "per": wording.date_and_hour(summary.at),
        "pengantar": _opening(summary),
        "arus": _flow(summary),
        "bagan_bulan": columns("Aduan masuk dan selesai per bulan", summary.months, _WIDTH),
        "hasil": _lines(summary.outcomes),
        "ketepatan": _closing(summary),
        "langkah": _steps(summary),
        "rincian": [_breakdown(b, summary) for b in summary.breakdowns],
        "berjalan": _running(summary),
        "pada": _held(summary.running.by_role),
        "bagan_pada": held("Perkara berjalan menurut yang ditunggu", summary.running.by_role, _WIDTH),
        "posisi": _held(summary.running.by_step),
        "catatan": _notes(summary),
        "penandatangan_jabatan": signer.signing_title if signer else LANES[_SIGNER],
        "penandatangan_nama": signer.name if signer else "",
        "penandatangan_nip": signer.nip if signer else "",
    }


def _opening(summary: Summary) -> str:
    now, before = summary.flow, summary.flow_before
    change = words.change(now.received, before.received)
    compared = "sama dengan" if now.received == before.received else f"{change} dibanding"
    received = f"menerima {wording.counted(now.received, 'aduan')}, {compared} {summary.period.before.label}"
    ended = f"menyelesaikan {wording.counted(now.closed, 'aduan')}"
    left = f"{wording.counted(now.left, 'aduan')} masih berjalan"
    end = "saat laporan ini dibuat" if summary.unfinished else "pada akhir periode"
    return f"Pada {summary.period.label} ({words.span(summary)}) kantor {received}, dan {ended}. {left} {end}."


def _flow(summary: Summary) -> list[dict[str, str]]:
    now, before = summary.flow, summary.flow_before
    rows = (
        ("Berjalan pada awal periode", now.carried, before.carried),
        ("Masuk", now.received, before.received),
        ("Selesai", now.closed, before.closed),
        ("Berjalan pada akhir periode", now.left, before.left),
    )
    return [_row(*row) for row in rows]


def _row(name: str, now: int | None, before: int | None) -> dict[str, str]:
    change = words.change(now, before)
    return {"uraian": name, "kini": words.count(now), "lalu": words.count(before), "perubahan": change}


def _closing(summary: Summary) -> list[dict[str, str]]:
    now, before = summary.closing, summary.closing_before
    shares = [f"{words.count(c.in_time)} ({words.share(c.in_time, c.in_time + c.late)})" for c in (now, before)]
    in_time = {**_row("Dalam waktu SOP", now.in_time, before.in_time), "kini": shares[0], "lalu": shares[1]}
    days = {
        "kini": words.days(now.days),
        "lalu": words.days(before.days),
        "perubahan": words.change(now.days, before.days),
    }
    return [in_time, _row("Melewati waktu SOP", now.late, before.late), {"uraian": "Lama penanganan (median)", **days}]


def _steps(summary: Summary) -> list[dict[str, str]]:
    return [
        {
            "nomor": str(pace.number),
            "kegiatan": pace.activity,
            "waktu": pace.limit,
            "median": words.time(pace.minutes, summary.day_minutes),
            "tepat": words.kept(pace),
        }
        for pace in summary.steps
    ]


def _lines(breakdown: Breakdown) -> list[dict[str, str]]:
    return [_row(line.label, line.count, line.before) for line in breakdown.lines]


def _breakdown(breakdown: Breakdown, summary: Summary) -> dict[str, Any]:
    note = "Satu aduan dapat tercatat pada lebih dari satu baris." if breakdown.several else ""
    chart = bars(breakdown, summary.period, _WIDTH) if breakdown.key in _CHARTED else ""
    return {"judul": breakdown.title, "bagan": chart, "baris": _lines(breakdown), "keterangan": note}


def _running(summary: Summary) -> str:
    run = summary.running
    return (
        f"Per {wording.date_and_hour(summary.at)}, {wording.counted(run.total, 'perkara')} berjalan: "
        f"{words.count(run.late)} melewati waktu langkahnya, {words.count(run.overdue)} melewati waktu SOP, dan "
        f"{words.count(run.paused)} menunggu kelengkapan dari pelapor (waktu SOP berhenti)."
    )


def _held(lines: tuple[Held, ...]) -> list[dict[str, str]]:
    return [{"uraian": h.label, "berjalan": words.count(h.count), "terlambat": words.count(h.late)} for h in lines]


def _notes(summary: Summary) -> list[str]:
    day = words.time(summary.day_minutes, summary.day_minutes + 1)
    notes = [
        "Aduan dihitung menurut tanggal terimanya, penyelesaian menurut tanggal berakhirnya; perkara yang dibuka "
        "kembali dihitung berjalan sejak diterima.",
        f"Lama tiap langkah dihitung dalam jam kerja kantor, tanpa waktu menunggu pelapor; sehari rata-rata {day}.",
    ]
    if summary.unconfirmed:
        unsure = wording.counted(summary.unconfirmed, "aduan")
        notes.append(f"{unsure} belum dikonfirmasi petugas: rinciannya menurut pembacaan mesin.")
    return notes
