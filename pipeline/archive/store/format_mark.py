"""Writing down in which format an archive is from now on, before anything that an earlier version would misread."""

from __future__ import annotations

from pipeline.archive.store.layout import Layout
from pipeline.storage import disk

#: Archives with cases whose content is gone: an earlier version would call that damage, and mend it from a backup.
WITHOUT_CONTENT = 3
#: Archives with cases of other series than the first: an earlier version would not see them.
IN_SERIES = 4


def format_of(layout: Layout) -> int:
    """Return in which format an archive is."""
    try:
        return int(layout.format.read_bytes())
    except FileNotFoundError:
        return 1


def mark_format(layout: Layout, form: int) -> None:
    """Note that the archive is in this format, unless it is in a later one already."""
    if format_of(layout) < form:
        disk.replace(layout.format, f"{form}\n".encode())
        disk.sync_folder(layout.archive)
