"""Which seals reached a witness outside, in ``archive/.saksi-luar``: a line ``seq hash moment place`` each.

It says since when a witness is silent; what the witness has is asked of the witness.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from pipeline.evidence.ports import Sent
from pipeline.storage import disk


class SentSealsFile:
    """The record of one office; one process notes, any may read."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def note(self, sent: Sent) -> None:
        """Note that a seal reached a place."""
        disk.cut_torn_line(self._path)
        disk.append(self._path, f"{sent.seq} {sent.hash} {sent.at.isoformat()} {sent.place}\n".encode())

    def last(self) -> Mapping[str, Sent]:
        """Return the last seal that reached each place, by the place; lines that cannot be read are left out."""
        found: dict[str, Sent] = {}
        with suppress(FileNotFoundError):
            for line in self._path.read_text(errors="replace").splitlines():
                with suppress(ValueError):
                    seq, digest, at, place = line.split(" ", 3)
                    found[place] = Sent(place, int(seq), digest, datetime.fromisoformat(at))
        return found
