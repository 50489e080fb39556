"""``yankomas daftar-arsip``: lists of active and inactive records, and labels for folders, as files."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from pipeline.cli.output import outside, write_out
from pipeline.cli.ready import ready_root
from pipeline.cli.show import Progress


def daftar_arsip(options: Namespace) -> int:
    """Write a list of records, or labels."""
    root = ready_root(options)
    output: Path = options.aktif or options.inaktif or options.label
    outside(output, root)
    root.index.refresh(Progress("Mengindeks perkara"))
    lists = root.record_lists()
    make = lists.active_xlsx if options.aktif else lists.inactive_xlsx if options.inaktif else lists.labels_pdf
    write_out(output, make(options.year))
    print(f"Ditulis ke {output}.")
    return 0
