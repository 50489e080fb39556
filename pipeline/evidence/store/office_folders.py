"""From which folder an office of many is run: of that one alone the books are sealed.

Cases, people, access log and inbox account lie at the centre and are sealed by whoever works. Templates and settings
lie in a folder; where two folders stand for one office (two desks, a machine that was replaced and comes back), theirs
are not the same, and seals over both would say of each that it was tampered with. So the first folder that sealed is
the office's, until a person names another; the others are noted, and both sides are told by the doctor.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

import hashlib
import json
import logging
import socket
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pipeline.archive.ports import Finding
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_lines import FOLDERS, SEALS, PostgresLines

_MACHINE = Path("/etc/machine-id")
_PART = "daftar"
_RUN, _BESIDE = "dijalankan", "juga"
#: So often a folder that seals beside the office's own is noted again, and so long it is told after that.
_AGAIN, _TOLD = timedelta(days=1), timedelta(days=2)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OfficeFolder:
    """A folder that stood for the office: when that was noted, on which machine (a hash, its name), its path."""

    at: datetime
    machine: str
    host: str
    path: str

    def __str__(self) -> str:
        return f"{self.host}:{self.path}"


class OfficeFolders:
    """The folders that stood for one office; ``root`` is this process's."""

    def __init__(self, database: Database, root: Path) -> None:
        self._database, self._lines = database, PostgresLines(database, FOLDERS)
        self._path, self._machine, self._host = str(root.resolve()), _this_machine(), socket.gethostname()

    def is_here(self) -> bool:
        """Say whether the office is run from this folder, which may have been moved; also if nobody sealed yet."""
        found = self.run_from()
        return found is None or self._is_this(found) or self._was_moved(found)

    def run_from(self) -> OfficeFolder | None:
        """Return the folder from which the office is run; None if nothing was sealed since the program notes it."""
        return next((folder for duty, folder in reversed(self._said()) if duty == _RUN), None)

    def beside(self, now: datetime) -> OfficeFolder | None:
        """Return another folder that worked for the office in these days; None if none did."""
        said = reversed(self._said())
        return next((f for duty, f in said if duty == _BESIDE and not self._is_this(f) and now - f.at < _TOLD), None)

    def seals_beside(self, now: datetime) -> bool:
        """Say whether this folder, which is not the office's, worked as if it were in these days."""
        return any(d == _BESIDE and self._is_this(f) and now - f.at < _TOLD for d, f in self._said())

    def ever_beside(self) -> bool:
        """Say whether more than one folder ever stood for the office."""
        return any(duty == _BESIDE for duty, _ in self._said())

    def note(self, now: datetime) -> None:
        """Note that a process of this folder seals; whoever calls holds the seals."""
        found = self.run_from()
        if found is None or (not self._is_this(found) and self._was_moved(found)):
            self._add(_RUN, now)
        elif not self._is_this(found):
            last = [f.at for duty, f in self._said() if duty == _BESIDE and self._is_this(f)][-1:]
            if not last or now - last[0] >= _AGAIN:
                _log.warning("Kantor ini dijalankan dari %s; buku di folder ini tidak disegel.", found)
                self._add(_BESIDE, now)

    def take(self, now: datetime) -> None:
        """Have the office be run from this folder from now on, as a person says."""
        with PostgresLines(self._database, SEALS).held():
            found = self.run_from()
            if found is None or not self._is_this(found):
                self._add(_RUN, now)

    def _add(self, duty: str, now: datetime) -> None:
        told = {"at": now.isoformat(), "tugas": duty, "mesin": self._machine, "nama": self._host, "map": self._path}
        self._lines.append(_PART, json.dumps(told, ensure_ascii=False).encode() + b"\n")

    def _said(self) -> list[tuple[str, OfficeFolder]]:
        said: list[tuple[str, OfficeFolder]] = []
        for _, line in self._lines.lines():
            with suppress(ValueError, KeyError, TypeError):  # nobody's seals wait for a line that only a stranger wrote
                one = json.loads(line)
                at = datetime.fromisoformat(one["at"])
                said.append((one["tugas"], OfficeFolder(at, one["mesin"], one["nama"], one["map"])))
        return said

    def _is_this(self, folder: OfficeFolder) -> bool:
        return (folder.machine, folder.path) == (self._machine, self._path)

    def _was_moved(self, folder: OfficeFolder) -> bool:
        """Say whether the folder was one of this machine and is no more: it was moved here."""
        return folder.machine == self._machine and not Path(folder.path).exists()


def elsewhere_finding(folders: OfficeFolders) -> Finding | None:
    """Return that the books of this folder were not looked at, if the office is run from another; nobody is accused."""
    if folders.is_here():
        return None
    found = folders.run_from()
    fact = f"Kantor ini dijalankan dari {found}; buku di folder ini tidak disegel, dan tidak dapat dicocokkan."
    return Finding("folder", "folder-lain", fact, "Jalankan `yankomas verify` di sana; lihat `yankomas doctor`.")


def _this_machine() -> str:
    """Return what tells this machine from others: of its identity, which is nobody's business, a hash."""
    told = ""
    with suppress(OSError):
        told = _MACHINE.read_text().strip()
    return hashlib.sha256(f"yankomas {told or socket.gethostname()}".encode()).hexdigest()[:16]
