"""The SOP, and a case's way through it, in lines of text: for a terminal, and for whoever hears a drawing read out."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from pipeline.cases.sop import Sop, Step
from pipeline.letters.sop_chart.flow import Flow, Shape
from pipeline.letters.sop_chart.table import Sign, remarks
from pipeline.letters.sop_chart.trail import Trail
from pipeline.office.wording import date_and_hour, long_date

_SAID = {
    Sign.NONE: "",
    Sign.DONE: "[v] ",
    Sign.HERE: "[>] ",
    Sign.LATE: "[!] ",
    Sign.SKIPPED: "[-] ",
    Sign.MORE: "",
}
_INDENT = 4


def told(sop: Sop, flow: Flow, trail: Trail | None = None, width: int = 100) -> list[str]:
    """Return the lines, no wider than ``width`` but for single words."""
    return [line for text, indent in _told(sop, flow, trail) for line in _broken(text, indent, width)]


def _broken(text: str, indent: int, width: int) -> list[str]:
    blank = " " * indent
    return textwrap.wrap(text, max(width, 40), initial_indent=blank, subsequent_indent=f"{blank}  ") or [""]


def _told(sop: Sop, flow: Flow, trail: Trail | None) -> Iterator[tuple[str, int]]:
    yield f"SOP {sop.number}: {sop.title}", 0
    yield sop.office, 0
    yield f"Ditetapkan {long_date(sop.established)}, berlaku sejak {long_date(sop.effective)}", 0
    yield from ((f"Dasar hukum: {basis}", 0) for basis in sop.basis)
    if trail:
        yield "", 0
        yield from _standing(trail)
    notes = remarks(sop, trail)
    for step, said in zip(sop.steps, notes, strict=True):
        yield "", 0
        yield f"{step.number:>2}  {step.activity}", 0
        yield from ((text, _INDENT) for text in _step(sop, flow, step))
        yield from ((f"{_SAID[remark.sign]}{remark.text}", _INDENT) for remark in said)
    if trail:
        yield "", 0
        yield "Jalan perkara", 0
        for visit in trail.visits:
            place = f"langkah {visit.cell.row + 1}, {visit.lane}"
            yield f"{visit.number:>3}  {visit.at:%d-%m-%Y %H.%M}  {place}: {visit.label}", 0


def _standing(trail: Trail) -> Iterator[tuple[str, int]]:
    yield f"Perkara {trail.number}: {trail.state}", 0
    if trail.awaits:
        yield f"Ditunggu: {', '.join(trail.awaits)}", 0
    if trail.due:
        late = f", {trail.late.upper()}" if trail.late else ""
        yield f"Tenggat: {date_and_hour(trail.due)}{late}", 0


def _step(sop: Sop, flow: Flow, step: Step) -> Iterator[str]:
    names = {lane.role: lane.name for lane in sop.lanes}
    yield f"Pelaksana: {' -> '.join(names.get(role, role) for role in step.lanes) or '-'}"
    sentences = (("Waktu", step.time), ("Perlengkapan", step.equipment), ("Output", step.output))
    yield "; ".join(f"{label}: {text}" for label, text in sentences if text)
    for arrow in flow.arrows:
        if arrow.start.row == step.number - 1 and flow.shapes[arrow.start] is Shape.DECISION and arrow.label:
            yield f"Putusan: {arrow.label} -> langkah {arrow.end.row + 1}"
