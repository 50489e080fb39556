"""``yankomas berkas``: a whole folder as one file, to be handed over, sent or read."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing
from pathlib import Path

from pipeline.cli.output import write_out
from pipeline.cli.ready import ready_root
from pipeline.errors import UsageFault


def berkas(options: Namespace) -> int:
    """Write a folder as PDF, ZIP or bag."""
    from pipeline.archive.take_away import folder_pdf

    root = ready_root(options)
    number = root.pattern.read(options.number)
    output: Path = options.output
    if root.keeps(output):
        raise UsageFault(
            f"{output} ada di dalam arsip.", "Tulis berkasnya di luar arsip: isinya hanya dari program ini."
        )
    case = root.cabinet.case(number)
    with closing(root.binder()) as binder:
        match options.form:
            case "pdf":
                size = write_out(output, folder_pdf(case, root.sop_of(case), root.cabinet, binder, root.clock.now()))
            case "zip":
                size = write_out(output, root.export.documents(number, case.documents))
            case _:
                size = write_out(output, root.export.bag(number))
    print(f"Map {number} ditulis ke {output} ({size:,} byte).".replace(",", "."))
    return 0
