"""What a restored archive cannot know: which numbers were given after its backup was made. In ``archive/.pulih``.

They stand on receipts and letters that people hold, so none of them may be given again; until a person has said how far
they went, no number is given. A line ``pulih moment-of-the-backup`` for each restore, and behind it, once it is known,
``pasti highest-register-number year series=highest-serial,… who moment`` (``-``: none was given since).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from pipeline.archive.store.layout import Layout
from pipeline.cases.case_number import CaseNumber, series_of
from pipeline.errors import Passing
from pipeline.storage import disk, locks

_RESTORED, _CONFIRMED, _NONE = "pulih", "pasti", "-"


def note_restored(path: Path, state_of: str) -> None:
    """Note that the archive is that of a backup made at a moment (ISO 8601)."""
    disk.append(path, restored_line(state_of))
    disk.sync_folder(path.parent)


def restored_line(state_of: str) -> bytes:
    """Return the line that says that the archive is that of a moment (ISO 8601)."""
    return f"{_RESTORED} {state_of}\n".encode()


def confirmed_line(highest: CaseNumber | None, naskah: Mapping[str, int], by: str, at: datetime) -> bytes:
    """Return the line that says which numbers were the highest given; as :func:`confirm`."""
    serials = ",".join(f"{name}={serial}" for name, serial in naskah.items())
    words = (_CONFIRMED, highest or _NONE, at.year, serials or _NONE, "-".join(by.split()), at.isoformat())
    return f"{' '.join(map(str, words))}\n".encode()


def confirm(path: Path, highest: CaseNumber | None, naskah: Mapping[str, int], by: str, at: datetime) -> None:
    """Note which register number, and which serial of this year's series of letters, were the highest given.

    None, or a series that is not named: none was given since the backup.
    """
    disk.append(path, confirmed_line(highest, naskah, by, at))
    disk.sync_folder(path.parent)


def restored_from(path: Path) -> datetime | None:
    """Return when the backup was made that nobody has said yet which numbers were given after it; None if no such."""
    kind, *rest = (_lines(path) or [[""]])[-1]
    return datetime.fromisoformat(rest[0]) if kind == _RESTORED else None


def begin_series(layout: Layout, series: str) -> None:
    """Have a series begin that has no case here; in an archive once restored, after a person has said how far it went.

    A service may have been taken into use after the backup, and have given numbers of which nothing here tells.
    """
    with locks.held(layout.numbers_lock):
        states = [line[1] for line in _lines(layout.restored) if line[0] == _RESTORED]
        known = any(series_of(volume) == series for volume in layout.years())
        if states and not known and restored_from(layout.restored) is None:
            note_restored(layout.restored, states[-1])


def naskah_given(path: Path, year: int, series: str) -> int:
    """Return the highest serial of a year's series that a person has said was given; 0 if nobody has."""
    said = (line[3] for line in _lines(path) if line[0] == _CONFIRMED and line[2] == str(year))
    named = (part.partition("=") for serials in said if serials != _NONE for part in serials.split(","))
    return max((int(serial) for name, _, serial in named if name == series), default=0)


def series_confirmed(path: Path) -> list[tuple[int, str]]:
    """Return the years and series of which a person has said how far they went."""
    said = [(line[2], line[3]) for line in _lines(path) if line[0] == _CONFIRMED and line[3] != _NONE]
    return sorted({(int(year), part.partition("=")[0]) for year, serials in said for part in serials.split(",")})


def refuse_unconfirmed(path: Path) -> None:
    """Let a number be given only if it is known which were given already.

    Raises:
        Passing: the archive was restored, and nobody has said so far.
    """
    if at := restored_from(path):
        raise unconfirmed(at)


def unconfirmed(at: datetime) -> Passing:
    """Return the fault that nobody has said yet which numbers were given after a moment, to be raised."""
    return Passing(
        f"Arsip ini dipulihkan dari cadangan {at:%d-%m-%Y %H.%M}; nomor yang diberikan sesudahnya belum diketahui.",
        "Lihat tanda terima dan buku register yang terakhir, lalu jalankan `yankomas nomor`. Surat menunggu.",
    )


def _lines(path: Path) -> list[list[str]]:
    try:
        return [line.split() for line in path.read_text().splitlines() if line]
    except FileNotFoundError:
        return []
