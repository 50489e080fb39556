"""What the periodical report concludes from its figures, and what it advises: a draft for who signs it."""

from __future__ import annotations

from pipeline.letters.sheets.phrasing import capital
from pipeline.letters.sheets.report_hindrances import late_steps, latest, slowest
from pipeline.letters.sheets.report_words import listed, number, of_all, word
from pipeline.register.summary import words as said
from pipeline.register.summary.figures import Summary


def concluded(summary: Summary) -> list[str]:
    """Return whether more came than ended, how much of it kept to the SOP's time, and advice of a single entry."""
    flow, closing, unit = summary.flow, summary.closing, said.unit(summary)
    if not (flow.carried or flow.received):
        none = f"Pada periode ini tidak ada {unit} yang masuk dan tidak ada perkara yang ditangani."
        return [none, *_single(summary)]
    if flow.received == flow.closed:
        told = f"{capital(unit)} yang masuk sama banyaknya dengan perkara yang berakhir"
    else:
        more = "lebih banyak daripada" if flow.received > flow.closed else "lebih sedikit daripada"
        told = f"{capital(unit)} yang masuk {more} perkara yang berakhir"
    end = f"perkara yang berjalan menjadi {number(flow.left, 'perkara')}, semula {number(flow.carried, 'perkara')}"
    if flow.left == flow.carried:
        end = f"perkara yang berjalan tetap {number(flow.left, 'perkara')}"
    sentences = [f"{told}, sehingga {end}."]
    if kept := closing.in_time + closing.late:
        whole = "Semua perkara yang berakhir diselesaikan" if not closing.late else ""
        share = capital(f"{of_all(closing.in_time, kept, 'perkara')} yang berakhir diselesaikan")
        sentences.append(f"{whole or share} dalam waktu SOP.")
    return [" ".join(sentences), *_single(summary)]


def _single(summary: Summary) -> list[str]:
    entries = _entries(summary)
    return [] if entries[1:] else [f"Disarankan agar {entries[0]}."]


def advised(summary: Summary) -> list[str]:
    """Return what would mend what hindered, as entries of a list; a single one stands with the conclusion."""
    entries = _entries(summary)
    return listed(entries) if entries[1:] else []


def _entries(summary: Summary) -> list[str]:
    """Return what would mend what hindered; where nothing did, that it stays so; of nothing, that people hear of it."""
    run, most, slow = summary.running, latest(summary), slowest(summary)
    entries = []
    if run.late:
        where = f", terutama pada langkah “{most.label}”" if most else ""
        entries.append(f"perkara yang melewati waktu langkahnya didahulukan{where}")
    if slow:
        entries.append(f"pelaksanaan langkah {slow.number}, “{slow.activity}”, dievaluasi agar sesuai dengan waktu SOP")
    elif late := late_steps(summary):
        entries.append(f"pelaksanaan langkah {late} dievaluasi agar sesuai dengan waktu SOP")
    if run.overdue or summary.closing.late:
        entries.append("perkara yang mendekati batas waktu SOP diperiksa setiap minggu")
    if run.paused:
        entries.append(word(summary, "hubungi"))
    if summary.unconfirmed:
        entries.append("isian register yang belum diperiksa petugas segera dikonfirmasi")
    if not entries and not (summary.flow.carried or summary.flow.received):
        return [word(summary, "sepi")]
    return entries or ["mutu dan ketepatan waktu pelayanan dipertahankan"]
