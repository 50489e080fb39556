"""The sentences of the periodical report, from its figures alone: what came, what was achieved, what hindered."""

from __future__ import annotations

from pipeline.office import wording
from pipeline.register.summary import words as said
from pipeline.register.summary.figures import Pace, Summary


def number(count: int, unit: str) -> str:
    """Return ``1.234 (seribu dua ratus tiga puluh empat) aduan``."""
    return f"{said.count(count)} ({wording.in_words(count)}) {unit}"


def told(text: str, otherwise: str) -> str:
    """Return a figure's words; the other words where there is no figure."""
    return otherwise if text == said.NONE else text


def part(count: int, whole: int) -> str:
    """Return ``21 (75%)``; without a share of nothing."""
    return f"{said.count(count)} ({said.share(count, whole)})" if whole else said.count(count)


def opening(summary: Summary, office: str) -> str:
    """Return what came, compared with the period before, what ended, and what was left."""
    now, before = summary.flow, summary.flow_before
    compared = (
        "sama dengan" if now.received == before.received else f"{said.change(now.received, before.received)} dari"
    )
    received = f"menerima {number(now.received, 'aduan')}" if now.received else "tidak menerima aduan"
    ended = f"Penanganan {number(now.closed, 'aduan')} berakhir" if now.closed else "Belum ada penanganan yang berakhir"
    left = f"sebanyak {number(now.left, 'aduan')} masih berjalan" if now.left else "tidak ada aduan yang masih berjalan"
    end = "saat laporan ini dibuat" if summary.unfinished else "pada akhir periode"
    told = f"Pada {summary.period.label} {office} {received}"
    return f"{told}, {compared} {summary.period.before.label}. {ended} pada periode ini; {left} {end}."


def running(summary: Summary) -> str:
    """Return how many are open now, and how many of them are late or wait for their complainants."""
    run, at = summary.running, wording.date_and_hour(summary.at)
    if not run.total:
        return f"Per {at} tidak ada perkara yang berjalan."
    parts = (
        (run.late, "melewati waktu langkahnya"),
        (run.overdue, "melewati waktu SOP"),
        (run.paused, "menunggu kelengkapan dari pelapor (waktu SOP berhenti)"),
    )
    told_of = [f"{said.count(count)} {what}" for count, what in parts if count]
    rest = f": {wording.enumerated(told_of)}" if told_of else ", semuanya dalam waktunya"
    return f"Per {at} berjalan {number(run.total, 'perkara')}{rest}."


def achieved(summary: Summary) -> list[str]:
    """Return what ended in the period, and how that kept to the SOP's time."""
    ended, closing = summary.flow.closed, summary.closing
    if not ended:
        return ["Belum ada perkara yang berakhir pada periode ini."]
    kept = closing.in_time + closing.late
    sentences = [f"Penanganan {number(ended, 'perkara')} berakhir pada periode ini."]
    if kept:
        sentences.append(f"Sebanyak {part(closing.in_time, kept)} di antaranya berakhir dalam waktu SOP.")
    if closing.days is not None:
        sentences.append(f"Lama penanganannya, menurut median, {said.days(closing.days)}.")
    return [" ".join(sentences)]


def hindered(summary: Summary) -> list[str]:
    """Return where time ran out: those that ended late, what is late now and with whom, and the slowest step."""
    closing, run = summary.closing, summary.running
    sentences = []
    if closing.late:
        sentences.append(f"Sebanyak {number(closing.late, 'perkara')} berakhir sesudah melewati waktu SOP.")
    if run.late:
        most = max(run.by_role, key=lambda held: held.late, default=None)
        where = f", terbanyak menunggu {most.label} ({said.count(most.late)})" if most and most.late else ""
        sentences.append(
            f"Sebanyak {number(run.late, 'perkara')} yang masih berjalan melewati waktu langkahnya{where}."
        )
    if slowest := _slowest(summary):
        what = f"Langkah yang paling sering melewati waktunya ialah “{slowest.activity}”"
        late = slowest.done - slowest.in_time
        sentences.append(f"{what}: {said.count(late)} dari {said.count(slowest.done)} kali terlambat.")
    return sentences or ["Tidak ada perkara yang melewati waktu SOP."]


def _slowest(summary: Summary) -> Pace | None:
    """Return the step that was late most often for how often it was done; none where several are alike."""
    late = [pace for pace in summary.steps if pace.in_time < pace.done]
    worst = min((pace.in_time / pace.done for pace in late), default=None)
    found = [pace for pace in late if pace.in_time / pace.done == worst]
    return found[0] if len(found) == 1 else None
