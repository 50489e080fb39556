"""What the periodical report says stood in the way: what the figures show, and room for the causes they do not."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.letters.sheets.report_words import number, of_all, word
from pipeline.office import wording
from pipeline.register.summary import words as said
from pipeline.register.summary.figures import Held, Pace, Summary

#: What the office writes on the draft: no figure says why a time was not kept.
CAUSE = f"Penyebab: {'.' * 40}"


def hindered(summary: Summary) -> list[str]:
    """Return what stood in the way; of what was late, why, is left to the office."""
    if not (summary.flow.carried or summary.flow.received):
        return ["Tidak ada kendala, karena tidak ada perkara yang ditangani."]
    late = [*_ended_late(summary), *_late_now(summary)]
    return [*(late or ["Tidak ada perkara yang melewati waktu SOP."]), *_incomplete(summary)]


def _ended_late(summary: Summary) -> Iterator[str]:
    """Yield how many ended late, and at which steps time ran out; else at which, though none ended late."""
    step, late = _often_late(summary), late_steps(summary)
    if summary.closing.late:
        where = f"pada langkah {late}" if late else "sebelum periode ini"
        passed = f"waktu langkah {f'paling sering terlampaui pada {step}' if step else f'terlampaui {where}'}"
        ended = f"{number(summary.closing.late, 'perkara')} berakhir sesudah melewati waktu SOP"
        yield f"Sebanyak {ended}; {passed}. {CAUSE}"
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
    """Yield how many that are open now are late, and in which step most."""
    if not summary.running.late:
        return
    most = latest(summary)
    where = f", terbanyak pada langkah “{most.label}”, yaitu {number(most.late, 'perkara')}" if most else ""
    late = number(summary.running.late, "perkara")
    yield f"Sebanyak {late} yang masih berjalan melewati waktu langkahnya{where}. {CAUSE}"


def _incomplete(summary: Summary) -> Iterator[str]:
    """Yield what cannot go on: for papers that are not there yet, and for readings that nobody confirmed."""
    if summary.running.paused:
        waiting = number(summary.running.paused, "perkara")
        yield f"Sebanyak {waiting} {word(summary, 'tertahan')}."
    if summary.unconfirmed:
        unsure = number(summary.unconfirmed, said.unit(summary))
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
