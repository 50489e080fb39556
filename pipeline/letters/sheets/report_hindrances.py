"""What the periodical report says stood in the way, each with its cause as far as the figures know it."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.letters.sheets.report_words import number, of_all
from pipeline.office import wording
from pipeline.register.summary.figures import Held, Pace, Summary


def hindered(summary: Summary) -> list[str]:
    """Return what stood in the way, each with its cause as far as the figures know it."""
    if not (summary.flow.carried or summary.flow.received):
        return ["Tidak ada kendala, karena tidak ada perkara yang ditangani."]
    late = [*_ended_late(summary), *_late_now(summary)]
    return [*(late or ["Tidak ada perkara yang melewati waktu SOP."]), *_incomplete(summary)]


def _ended_late(summary: Summary) -> Iterator[str]:
    """Yield how many ended late, and at which steps time ran out; else at which, though none ended late."""
    step, late = _often_late(summary), late_steps(summary)
    if summary.closing.late:
        where = f"pada langkah {late}" if late else "sebelum periode ini"
        why = f"waktu langkah terlampaui {f'paling sering pada {step}' if step else where}"
        yield f"Sebanyak {number(summary.closing.late, 'perkara')} berakhir sesudah melewati waktu SOP, karena {why}."
    elif step or late:
        often = f"Langkah yang paling sering melewati waktunya ialah {step}"
        which = often if step else f"Waktu langkah {late} ada kalanya terlampaui"
        yield f"{which}; tidak ada perkara yang berakhir melewati waktu SOP seluruhnya."


def _often_late(summary: Summary) -> str:
    """Return the slowest step, and how often it was late; empty where several are alike."""
    if not (found := slowest(summary)):
        return ""
    late = of_all(found.done - found.in_time, found.done, "kali")
    return f"langkah {found.number}, “{found.activity}”, yaitu {late} dari {number(found.done, 'kali')}"


def _late_now(summary: Summary) -> Iterator[str]:
    """Yield how many that are open now are late, in which step most, and whether the office has more than it had."""
    run, flow = summary.running, summary.flow
    if not run.late:
        return
    most = latest(summary)
    where = f", terbanyak pada langkah “{most.label}”, yaitu {number(most.late, 'perkara')}" if most else ""
    grown = "aduan yang masuk lebih banyak daripada perkara yang berakhir"
    why = grown if flow.received > flow.closed else "langkahnya belum tuntas"
    yield f"Sebanyak {number(run.late, 'perkara')} yang masih berjalan melewati waktu langkahnya{where}, karena {why}."


def _incomplete(summary: Summary) -> Iterator[str]:
    """Yield what cannot go on: for papers that are not there yet, and for readings that nobody confirmed."""
    if summary.running.paused:
        waiting = number(summary.running.paused, "perkara")
        yield f"Sebanyak {waiting} belum dapat ditelaah, karena kelengkapannya belum disampaikan pelapor."
    if summary.unconfirmed:
        unsure = number(summary.unconfirmed, "aduan")
        yield f"Rincian {unsure} belum pasti, karena isian registernya belum diperiksa petugas."


def late_steps(summary: Summary) -> str:
    """Return the numbers of the steps that were ever late in the period, as a sentence lists them."""
    return wording.enumerated([str(pace.number) for pace in summary.steps if pace.in_time < pace.done])


def latest(summary: Summary) -> Held | None:
    """Return the step in which most of what is late stands; none where nothing is late.

    With whom it lies is told on screens, not to the ministry: the report is signed by one of those.
    """
    most = max(summary.running.by_step, key=lambda held: held.late, default=None)
    return most if most and most.late else None


def slowest(summary: Summary) -> Pace | None:
    """Return the step that was late most often for how often it was done; none where several are alike."""
    late = [pace for pace in summary.steps if pace.in_time < pace.done]
    worst = min((pace.in_time / pace.done for pace in late), default=None)
    found = [pace for pace in late if pace.in_time / pace.done == worst]
    return found[0] if len(found) == 1 else None
