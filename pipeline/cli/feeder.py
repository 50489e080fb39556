"""The mailroom's sheets for the scanner's feeder: ``yankomas separators`` and ``yankomas sampul``."""

from __future__ import annotations

from argparse import Namespace

from pipeline.cli.output import outside, write_out
from pipeline.cli.ready import ready_root


def separators(options: Namespace) -> int:
    """Write separator sheets to a PDF."""
    from pipeline.intake.engines import feeder_sheets

    root = ready_root(options)
    outside(options.output, root)
    write_out(options.output, feeder_sheets.separators(options.count))
    print(f"{options.count} lembar pemisah ditulis ke {options.output}. Cetaklah bolak-balik.")
    return 0


def sampul(options: Namespace) -> int:
    """Write a case's cover sheet to a PDF."""
    from pipeline.intake.engines import feeder_sheets

    root = ready_root(options)
    outside(options.output, root)
    case = root.cabinet.case(root.pattern.read(options.number))
    sheet = feeder_sheets.cover_sheet(root.keys.key("kode-halaman"), case.number, case.received.register_number)
    write_out(options.output, sheet)
    print(f"Lembar sampul perkara {case.number} ditulis ke {options.output}.")
    return 0
