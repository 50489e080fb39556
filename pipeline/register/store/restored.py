"""What a restored archive cannot know: which numbers were given after its backup was made. In ``archive/.pulih``.

They stand on receipts and letters that people hold, so none of them may be given again; until a person has said how far
they went, no number is given. A line ``pulih moment-of-the-backup`` for each restore, and behind it, once it is known,
``pasti highest-register-number year highest-serial-of-its-letters who moment`` (``-``: none was given since).
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pipeline.cases.case_number import CaseNumber
from pipeline.errors import Passing
from pipeline.storage import disk

_RESTORED, _CONFIRMED, _NONE = "pulih", "pasti", "-"


def note_restored(path: Path, state_of: str) -> None:
    """Note that the archive is that of a backup made at a moment (ISO 8601)."""
    disk.append(path, f"{_RESTORED} {state_of}\n".encode())
    disk.sync_folder(path.parent)


def confirm(path: Path, highest: CaseNumber | None, naskah: int | None, by: str, at: datetime) -> None:
    """Note which register number and which serial of this year's letters were the highest given (None: none since)."""
    line = f"{_CONFIRMED} {highest or _NONE} {at.year} {naskah or _NONE} {'-'.join(by.split())} {at.isoformat()}\n"
    disk.append(path, line.encode())
    disk.sync_folder(path.parent)


def restored_from(path: Path) -> datetime | None:
    """Return when the backup was made that nobody has said yet which numbers were given after it; None if no such."""
    kind, *rest = (_lines(path) or [[""]])[-1]
    return datetime.fromisoformat(rest[0]) if kind == _RESTORED else None


def naskah_given(path: Path, year: int) -> int:
    """Return the highest serial of a year's letters that a person has said was given; 0 if nobody has."""
    said = (line for line in _lines(path) if line[0] == _CONFIRMED and line[2] == str(year))
    return max((int(line[3]) for line in said if line[3] != _NONE), default=0)


def refuse_unconfirmed(path: Path) -> None:
    """Let a number be given only if it is known which were given already.

    Raises:
        Passing: the archive was restored, and nobody has said so far.
    """
    if at := restored_from(path):
        raise Passing(
            f"Arsip ini dipulihkan dari cadangan {at:%d-%m-%Y %H.%M}; nomor yang diberikan sesudahnya belum diketahui.",
            "Lihat tanda terima dan buku register yang terakhir, lalu jalankan `yankomas nomor`. Surat menunggu.",
        )


def _lines(path: Path) -> list[list[str]]:
    try:
        return [line.split() for line in path.read_text().splitlines() if line]
    except FileNotFoundError:
        return []
