"""What was handed out to other systems: ``archive/.serahan``, a chained list; the sheets themselves are not kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.register.handed_out import HandedOut
from pipeline.storage import disk, locks
from pipeline.storage.version_list import VersionList


class FolderHandedOutRecord:
    """The record of one office."""

    def __init__(self, folder: Path, lock: Path) -> None:
        self._folder, self._lock = folder, lock
        self._list = VersionList(folder, ".xlsx")

    def items(self, system: str) -> frozenset[str]:
        """Return what went out to a system."""
        return frozenset(item for told in self._list.said(_told) if told["sistem"] == system for item in told["isi"])

    def note(self, handed: HandedOut) -> None:
        """Note a sheet.

        Raises:
            Passing: the disk is full.
        """
        with locks.held(self._lock):
            disk.make_folder(self._folder)
            self._list.note(
                {
                    "sistem": handed.system,
                    "berkas": handed.file,
                    "sha256": handed.sha256,
                    "isi": list(handed.items),
                    "oleh": handed.by,
                    "saat": handed.at.isoformat(),
                }
            )

    def faults(self) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with the record, as (name, fact)."""
        return self._list.broken(_told)


def _told(line: dict[str, Any]) -> dict[str, Any]:
    return {**line, "sistem": str(line["sistem"]), "isi": [str(item) for item in line["isi"]]}
