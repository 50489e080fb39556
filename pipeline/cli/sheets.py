"""Sheets that are printed: for the scanner's feeder, and the SOP's flow chart with a case's way through it."""

from __future__ import annotations

import shutil
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from pipeline.cases.sop import in_force
from pipeline.cli.inputs import ready_root
from pipeline.cli.readers import note_reading
from pipeline.cli.show import outside, printable_lines, write_out
from pipeline.drawing.picture import Picture
from pipeline.errors import UsageFault
from pipeline.letters.sop_chart import draw, told
from pipeline.letters.sop_chart.flow import flow_of, trail_of
from pipeline.wiring import Root


def separators(options: Namespace) -> int:
    """Write separator sheets to a PDF."""
    root = ready_root(options)
    outside(options.output, root)
    write_out(options.output, root.separators(options.count))
    print(f"{options.count} lembar pemisah ditulis ke {options.output}. Cetaklah bolak-balik.")
    return 0


def sampul(options: Namespace) -> int:
    """Write a case's cover sheet to a PDF."""
    root = ready_root(options)
    outside(options.output, root)
    case = root.cabinet.case(root.pattern.read(options.number))
    note_reading(root, "sampul", case=str(case.number))
    write_out(options.output, root.cover_sheet(case))
    print(f"Lembar sampul perkara {case.number} ditulis ke {options.output}.")
    return 0


def sop(options: Namespace) -> int:
    """Show the SOP in force, or the one that a case follows with the case's way through it."""
    root = ready_root(options)
    drawn = _drawing(options.output, root) if options.output else None
    now = root.clock.now()
    case = root.cabinet.case(root.pattern.read(options.number)) if options.number else None
    if case:
        note_reading(root, "sop", case=str(case.number))
    edition = root.sop_of(case) if case else in_force(root.editions, now.date())
    flow = flow_of(edition)
    trail = trail_of(case, edition, flow, root.calendar, now) if case else None
    if drawn is None:
        print("\n".join(printable_lines(told(edition, flow, trail, shutil.get_terminal_size((100, 24)).columns))))
        return 0
    write_out(options.output, drawn(draw(edition, flow, trail)))
    print(f"Bagan alir ditulis ke {options.output}.")
    return 0


def _drawing(output: Path, root: Root) -> Callable[[Picture], bytes]:
    """Return what draws a file of that name."""
    outside(output, root)
    match output.suffix.lower():
        case ".svg":
            from pipeline.drawing.svg import svg

            return svg
        case ".pdf":
            return root.drawn
    raise UsageFault(f"{output.name!r} bukan nama berkas .svg atau .pdf.", "Tulis misalnya --output sop.pdf.")
