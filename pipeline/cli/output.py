"""Files that commands write where people tell them to: never into the archive, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipeline.errors import UsageFault
from pipeline.system_messages import os_words
from pipeline.wiring import Root


def outside(output: Path, root: Root) -> None:
    """Make sure that a file is not asked for inside the archive.

    Raises:
        UsageFault: it is.
    """
    if root.keeps(output):
        raise UsageFault(f"{output} ada di dalam arsip.", "Tulis di luar arsip: isinya hanya dari program ini.")


def write_out(output: Path, data: bytes | Iterable[bytes]) -> int:
    """Write the file, or its pieces as they come; a file of that name is whole or the one before. Return its size.

    Raises:
        UsageFault: it cannot be written there.
    """
    part, size = output.with_name(f".{output.name}.part"), 0
    try:
        with open(part, "wb") as writer:
            for piece in [data] if isinstance(data, bytes) else data:
                size += writer.write(piece)
        part.replace(output)
    except OSError as fault:
        raise UsageFault(
            f"{output} tidak dapat ditulis ({os_words(fault)}).", "Pilih nama atau folder lain."
        ) from fault
    finally:
        part.unlink(missing_ok=True)
    return size
