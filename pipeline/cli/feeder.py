"""The mailroom's sheets for the scanner's feeder: ``yankomas separators`` and ``yankomas sampul``."""

from __future__ import annotations

from argparse import Namespace

from pipeline.cli.output import outside, write_out
from pipeline.cli.ready import ready_root


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
    write_out(options.output, root.cover_sheet(case))
    print(f"Lembar sampul perkara {case.number} ditulis ke {options.output}.")
    return 0
