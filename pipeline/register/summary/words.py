"""How figures are said: times, changes, shares, counts that are not shown."""

from __future__ import annotations

from pipeline.office.wording import hours_and_minutes, long_date
from pipeline.register.summary.figures import Pace, Summary

NONE = "–"
#: Stands for a count that is not shown.
SUPPRESSED = "*"
#: What is said where counts are not shown.
WITHHELD = (
    "Rincian hanya ditampilkan untuk tahun yang sudah berakhir. Tanda * menggantikan angka kecil, dan angka lain yang "
    "dapat membukanya, agar orang tidak dapat dikenali."
)


def count(number: int | None) -> str:
    """Return a count with Indonesian dots between thousands; one that is not shown as ``*``."""
    return SUPPRESSED if number is None else f"{number:,}".replace(",", ".")


def change(now: int | None, before: int | None) -> str:
    """Return ``naik 3``, ``turun 2``, ``tetap``; nothing where one of them is not shown."""
    if now is None or before is None:
        return NONE
    if now == before:
        return "tetap"
    return f"{'naik' if now > before else 'turun'} {count(abs(now - before))}"


def share(part: int, whole: int) -> str:
    """Return ``85%``; nothing of nothing."""
    return f"{round(100 * part / whole)}%" if whole else NONE


def time(minutes: int | None, day_minutes: int) -> str:
    """Return office time as ``25 menit``, ``5 jam 20 menit`` or, from one working day on, ``1,4 hari kerja``."""
    if minutes is None:
        return NONE
    if minutes >= day_minutes:
        return f"{minutes / day_minutes:.1f} hari kerja".replace(".", ",").replace(",0 ", " ")
    return hours_and_minutes(minutes)


def days(number: int | None) -> str:
    """Return ``12 hari kerja``, or a dash for none."""
    return NONE if number is None else f"{number} hari kerja"


def kept(pace: Pace) -> str:
    """Return how many of those that left a step were in time: ``17 dari 20 (85%)``."""
    if not pace.done:
        return NONE
    return f"{count(pace.in_time)} dari {count(pace.done)} ({share(pace.in_time, pace.done)})"


def unit(summary: Summary) -> str:
    """Return what is counted: complaints, or the cases of another service."""
    return "perkara" if summary.service else "aduan"


def paused(summary: Summary) -> str:
    """Return for whom a case waits while the SOP's clock stands."""
    return "menunggu pihak lain" if summary.service else "menunggu pelapor"


def span(summary: Summary) -> str:
    """Return the days of the period in words; up to now if it still lasts."""
    start = long_date(summary.period.first)
    if not summary.unfinished:
        return f"{start} sampai dengan {long_date(summary.period.last)}"
    return f"{start} sampai dengan {long_date(summary.at)}, belum berakhir"


def secret(summary: Summary) -> str:
    """Return how many complaints are closed to whoever reads the figures, as a sentence."""
    return (
        f"Perkara rahasia yang tidak terbuka bagi peran yang meminta angka ini tidak dihitung: {summary.secret} "
        f"diterima pada {summary.period.within}, {summary.secret_before} pada {summary.period.before.within}."
    )
