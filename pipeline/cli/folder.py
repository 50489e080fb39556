"""``yankomas berkas``: a whole folder as one file, to be handed over, sent or read."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from pipeline.cli.ready import ready_root
from pipeline.errors import UsageFault
from pipeline.system_messages import os_words


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
                size = _write(output, folder_pdf(case, root.sop_of(case), root.cabinet, binder, root.clock.now()))
            case "zip":
                size = _write(output, root.export.documents(number, case.documents))
            case _:
                size = _write(output, root.export.bag(number))
    print(f"Map {number} ditulis ke {output} ({size:,} byte).".replace(",", "."))
    return 0


def _write(output: Path, pieces: Iterator[bytes]) -> int:
    """Write the pieces beside the file, then put it in place: a file of that name is whole or the one before."""
    part = output.with_name(f".{output.name}.part")
    size = 0
    try:
        with open(part, "wb") as writer:
            for piece in pieces:
                size += writer.write(piece)
        part.replace(output)
    except OSError as fault:
        raise UsageFault(
            f"{output} tidak dapat ditulis ({os_words(fault)}).", "Pilih nama atau folder lain."
        ) from fault
    finally:
        part.unlink(missing_ok=True)
    return size
