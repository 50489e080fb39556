"""Writing down in which format an archive is from now on, before anything that an earlier version would misread."""

from __future__ import annotations

from pipeline.archive.store.layout import Layout
from pipeline.storage import disk


def mark_format(layout: Layout, form: int) -> None:
    """Note that the archive is in this format, unless it is in a later one already."""
    try:
        written = int(layout.format.read_bytes())
    except FileNotFoundError:
        written = 1
    if written < form:
        disk.replace(layout.format, f"{form}\n".encode())
        disk.sync_folder(layout.archive)
