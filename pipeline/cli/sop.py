"""``yankomas sop``: the flow chart of the SOP, or of a case's way through it, on the terminal or as a drawing."""

from __future__ import annotations

import shutil
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from pipeline.cases.sop import in_force
from pipeline.cli.output import outside, write_out
from pipeline.cli.ready import ready_root
from pipeline.cli.show import printable_lines
from pipeline.drawing.picture import Picture
from pipeline.errors import UsageFault
from pipeline.letters.sop_chart import draw, told
from pipeline.letters.sop_chart.flow import flow_of, trail_of
from pipeline.wiring import Root


def sop(options: Namespace) -> int:
    """Show the SOP in force, or the one that a case follows with the case's way through it."""
    root = ready_root(options)
    drawn = _drawing(options.output, root) if options.output else None
    now = root.clock.now()
    case = root.cabinet.case(root.pattern.read(options.number)) if options.number else None
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
