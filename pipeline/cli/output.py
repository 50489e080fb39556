"""Files that commands write where people tell them to: never into the archive, whole or not at all."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import UsageFault
from pipeline.storage import disk
from pipeline.system_messages import os_words
from pipeline.wiring import Root


def outside(output: Path, root: Root) -> None:
    """Make sure that a file is not asked for inside the archive.

    Raises:
        UsageFault: it is.
    """
    if root.keeps(output):
        raise UsageFault(f"{output} ada di dalam arsip.", "Tulis di luar arsip: isinya hanya dari program ini.")


def write_out(output: Path, data: bytes) -> None:
    """Write the file.

    Raises:
        UsageFault: it cannot be written there.
    """
    try:
        disk.replace(output, data)
    except OSError as fault:
        raise UsageFault(
            f"{output} tidak dapat ditulis ({os_words(fault)}).", "Pilih nama atau folder lain."
        ) from fault
