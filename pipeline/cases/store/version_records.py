"""Where an office whose cases lie in its folder notes which of its own editions and services were in use.

Apart from what reads those: of most offices there are none, and who looks at a case then need not load it.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.storage.version_list import FolderRecord

#: How the files of versions end.
EDITION_SUFFIX, SERVICE_SUFFIX = ".json", ".toml"


def edition_record(folder: Path, lock: Path) -> FolderRecord:
    """Return the record of the office's own editions; ``lock`` is held by who adds to it."""
    return FolderRecord(folder, EDITION_SUFFIX, lock)


def service_record(folder: Path, lock: Path) -> FolderRecord:
    """Return the record of the office's services; ``lock`` is held by who adds to it."""
    return FolderRecord(folder, SERVICE_SUFFIX, lock)
