"""The sentences of the periodical report, from its figures alone: what came, and what was achieved.

What hindered is told by :mod:`pipeline.letters.sheets.report_hindrances`, and what follows from that for the work by
:mod:`pipeline.letters.sheets.report_advice`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from pipeline.letters.sheets.phrasing import capital, within
from pipeline.office import wording
from pipeline.register.summary import words as said
from pipeline.register.summary.figures import Summary
from pipeline.register.summary.period import Period

_QUARTER = 3  # months


@cache
def _words(table: str) -> Mapping[str, str]:
    text = files(__package__).joinpath("report_words.toml").read_text(encoding="utf-8")
    found: Mapping[str, str] = tomllib.loads(text)[table]
    return found


def word(summary: Summary, name: str) -> str:
    """Return a word of the report that is one for complaints and another for cases of other services."""
    return _words("lain" if summary.service else "yankomas")[name]


def in_full(label: str) -> str:
    """Return a label without the office's short words: ``Kadiv HAM`` is *Kepala Divisi HAM*."""
    return " ".join(_words("lengkap").get(part.casefold(), part) for part in label.split(" "))


def named(period: Period) -> str:
    """Return what a report calls its period: *Triwulan IV Tahun 2026*."""
    year = f"\u00a0{period.year}"
    return period.label.replace(f" {period.year}", f" Tahun{year}" if period.months == _QUARTER else year)


def number(count: int, unit: str) -> str:
    """Return ``1.234 (seribu dua ratus tiga puluh empat) aduan``."""
    return f"{said.count(count)} ({wording.in_words(count)}) {unit}"


def told(text: str, otherwise: str) -> str:
    """Return a figure's words; the other words where there is no figure."""
    return otherwise if text == said.NONE else text


def none_yet(summary: Summary) -> str:
    """Return what stands where nothing is to be told: of a period that lasts nothing yet."""
    return "Belum ada" if summary.unfinished else "Tidak ada"


def changed(now: int, before: int, unit: str) -> str:
    """Return ``naik 7 (tujuh) aduan``; of what did not change ``tetap``."""
    if now == before:
        return said.change(now, before)
    return f"{'naik' if now > before else 'turun'} {number(abs(now - before), unit)}"


def part(count: int, whole: int) -> str:
    """Return ``21 (75%)``, as a table tells a share; without a share of nothing."""
    return f"{said.count(count)} ({said.share(count, whole)})" if whole else said.count(count)


def of_all(count: int, whole: int, unit: str) -> str:
    """Return ``sebanyak 21 (dua puluh satu) perkara (75%)``, as a sentence tells a share."""
    return f"sebanyak {number(count, unit)} ({said.share(count, whole)})"


def listed(entries: Sequence[str]) -> list[str]:
    """Return the entries of a list with the marks between them and at its end."""
    last = len(entries) - 1
    return [f"{text}{'.' if n == last else '; dan' if n == last - 1 else ';'}" for n, text in enumerate(entries)]


def opening(summary: Summary, office: str) -> str:
    """Return what came, compared with the period before, what ended, and what was left."""
    now, before, unit = summary.flow, summary.flow_before, said.unit(summary)
    compared = (
        "sama dengan" if now.received == before.received else f"{changed(now.received, before.received, unit)} dari"
    )
    received = f"menerima {number(now.received, unit)}" if now.received else f"tidak menerima {unit}"
    none = f"{none_yet(summary)} perkara yang berakhir"
    ended = f"Penanganan {number(now.closed, 'perkara')} berakhir" if now.closed else none
    left = f"sebanyak {number(now.left, 'perkara')} masih berjalan" if now.left else "tidak ada perkara yang berjalan"
    end = "saat laporan ini dibuat" if summary.unfinished else "pada akhir periode"
    told = f"Pada {named(summary.period)} {office} {received}"
    return f"{told}, {compared} {named(summary.period.before)}. {ended} pada periode ini; {left} {end}."


def running(summary: Summary) -> str:
    """Return how many are open now, and how many of them are late or wait for their complainants."""
    run, at = summary.running, wording.date_and_hour(summary.at)
    if not run.total:
        return f"Per {at} tidak ada perkara yang berjalan."
    parts = (
        (run.late, "melewati waktu langkahnya"),
        (run.overdue, "melewati waktu SOP"),
        (run.paused, word(summary, "menunggu")),
    )
    told_of = [f"{number(count, 'perkara')} {what}" for count, what in parts if count]
    rest = f", di antaranya {wording.enumerated(told_of)}" if told_of else ", semuanya dalam waktunya"
    return f"Per {at} berjalan {number(run.total, 'perkara')}{rest}."


def achieved(summary: Summary) -> list[str]:
    """Return what ended in the period, how that kept to the SOP's time, and what left the office: each compared."""
    now, before = summary.flow.closed, summary.flow_before.closed
    if not now:
        return [f"{none_yet(summary)} perkara yang berakhir pada periode ini.", *_sent(summary)]
    than = f"dibandingkan dengan {named(summary.period.before)}"
    sentences = [f"Sebanyak {number(now, 'perkara')} berakhir, {changed(now, before, 'perkara')} {than}."]
    closing, earlier = summary.closing, summary.closing_before
    kept, kept_before = closing.in_time + closing.late, earlier.in_time + earlier.late
    if kept:
        was = f", sebelumnya {said.share(earlier.in_time, kept_before)}" if kept_before else ""
        share = of_all(closing.in_time, kept, "perkara")
        sentences.append(capital(f"{share} berakhir dalam waktu SOP{was}."))
    if closing.days is not None:
        was = f", sebelumnya {said.days(earlier.days)}" if earlier.days is not None else ""
        sentences.append(f"Lama penanganannya, menurut median, {said.days(closing.days)}{was}.")
    return [" ".join(sentences), *_sent(summary)]


def _sent(summary: Summary) -> list[str]:
    letters = [number(line.count, within(line.label)) for line in summary.letters if line.count]
    return [f"Surat yang dikirim: {wording.enumerated(letters)}."] if letters else []


def came_and_went(summary: Summary) -> tuple[tuple[str, int, int], ...]:
    """Return what came and went: in words, in the period and in the one before."""
    now, before = summary.flow, summary.flow_before
    return (
        ("Berjalan pada awal periode", now.carried, before.carried),
        ("Masuk", now.received, before.received),
        ("Berakhir", now.closed, before.closed),
        ("Berjalan pada akhir periode", now.left, before.left),
    )
