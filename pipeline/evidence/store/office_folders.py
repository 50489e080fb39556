"""From which folder an office of many is run: of that one alone the books are sealed.

Cases, people, access log and inbox account lie at the centre and are sealed by whoever works. Templates and settings
lie in a folder; where two folders stand for one office (two desks, a machine that was replaced and comes back), theirs
are not the same, and seals over both would say of each that it was tampered with. So one folder is the office's: the
one of which it was made, or that moved in, until a person names another. No folder becomes it by being the first that
works. The others are noted, and both sides are told by the doctor.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import socket
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pipeline.archive.ports import Finding
from pipeline.errors import SettingsFault
from pipeline.office.central_plan import SECRETS
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_lines import FOLDERS, SEALS, PostgresLines

_MACHINE = Path("/etc/machine-id")
_PART = "daftar"
_RUN, _BESIDE = "dijalankan", "juga"
#: So often a folder that seals beside the office's own is noted again, and so long it is told after that.
_AGAIN, _TOLD = timedelta(days=1), timedelta(days=2)
#: What to do where two folders stand for one office.
ONE_FOLDER = "Satu kantor dijalankan dari satu folder; mesin lain menjadi pekerja. Hentikan yang satu."
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OfficeFolder:
    """A folder that stood for the office: when that was noted, on which machine (a hash, its name), its path.

    ``mark`` is what a copy of it does not have; empty where that is not known.
    """

    at: datetime
    machine: str
    host: str
    path: str
    mark: str = ""

    def __str__(self) -> str:
        return f"{self.host}:{self.path}"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """That an office is not run from a folder, in Indonesian: the fact, and what a person can do."""

    fact: str
    remedy: str

    def unchanged(self, what: str) -> SettingsFault:
        """Return the fault of who changes there what is common to the office's machines."""
        return SettingsFault(f"{what} tidak diubah di folder ini: {self.fact}.", self.remedy)


class OfficeFolders:
    """The folders that stood for one office; ``root`` is this process's."""

    def __init__(self, database: Database, root: Path) -> None:
        self._database, self._lines = database, PostgresLines(database, FOLDERS)
        self._root, self._machine, self._host = root.resolve(), _this_machine(), socket.gethostname()
        self._path, self._mark = str(self._root), _mark_of(self._root)

    def is_here(self) -> bool:
        """Say whether the office is run from this folder, which may have been moved."""
        return self._stays_here(self.run_from())

    def run_from(self) -> OfficeFolder | None:
        """Return the folder from which the office is run; None if nobody has named one since the program notes it."""
        return next((folder for duty, folder in reversed(self._said()) if duty == _RUN), None)

    @property
    def taking(self) -> str:
        """The command by which a person says that the office is run from this folder, as it is written in a message."""
        return f"`yankomas pusat kantor di-sini {self._root}`"

    def elsewhere(self) -> Elsewhere | None:
        """Return that the office is not run from this folder, and what to do; None if it is."""
        found = self.run_from()
        if self._stays_here(found):
            return None
        take = self.taking
        if found is None:
            fact = "belum dinyatakan dari folder mana kantor ini dijalankan"
            return Elsewhere(fact, f"Satu kali, di folder yang dipakai kantor ini: {take}.")
        fact = f"kantor ini dijalankan dari {found} sejak {found.at:%d-%m-%Y}"
        if self._is_away(found):
            remedy = f"Pasang cakramnya, bila foldernya ada di sana. Bila folder ini yang dipakai seterusnya: {take}."
            return Elsewhere(f"{fact}, yang sekarang tidak ada di mesin ini", remedy)
        return Elsewhere(fact, f"{ONE_FOLDER} Bila folder ini yang dipakai seterusnya: {take}.")

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
        if found and self._is_this(found):
            return
        if found and self._was_moved(found):
            self._add(_RUN, now)
            return
        last = [f.at for duty, f in self._said() if duty == _BESIDE and self._is_this(f)][-1:]
        if (told := self.elsewhere()) and (not last or now - last[0] >= _AGAIN):
            _log.warning("Buku di folder ini tidak disegel: %s. %s", told.fact, told.remedy)
            self._add(_BESIDE, now)

    def take(self, now: datetime) -> OfficeFolder | None:
        """Have the office be run from this folder from now on, as a person says; return another that it was before."""
        with PostgresLines(self._database, SEALS).held():
            found = self.run_from()
            if found is None or not self._is_this(found) or found.mark != self._mark:
                self._add(_RUN, now)
            return found if found and not self._is_this(found) else None

    def _add(self, duty: str, now: datetime) -> None:
        told = {"at": now.isoformat(), "tugas": duty, "mesin": self._machine, "nama": self._host, "map": self._path}
        told |= {"tanda": self._mark}
        self._lines.append(_PART, json.dumps(told, ensure_ascii=False).encode() + b"\n")

    def _said(self) -> list[tuple[str, OfficeFolder]]:
        said: list[tuple[str, OfficeFolder]] = []
        for _, line in self._lines.lines():
            with suppress(ValueError, KeyError, TypeError):  # nobody's seals wait for a line that only a stranger wrote
                one = json.loads(line)
                at = datetime.fromisoformat(one["at"])
                folder = OfficeFolder(at, one["mesin"], one["nama"], one["map"], one.get("tanda", ""))
                said.append((one["tugas"], folder))
        return said

    def _stays_here(self, folder: OfficeFolder | None) -> bool:
        """Say whether a folder from which the office is run is this one, which may have been moved."""
        return folder is not None and (self._is_this(folder) or self._was_moved(folder))

    def _is_this(self, folder: OfficeFolder) -> bool:
        return (folder.machine, folder.path) == (self._machine, self._path)

    def _is_away(self, folder: OfficeFolder) -> bool:
        """Say whether a folder was one of this machine and is not there: moved, removed, or its disk is not mounted."""
        return folder.machine == self._machine and not os.path.exists(folder.path)

    def _was_moved(self, folder: OfficeFolder) -> bool:
        """Say whether a folder was moved here on this machine: that it is away alone is true of a disk, too."""
        return self._is_away(folder) and folder.mark == self._mark != ""


def elsewhere_finding(folders: OfficeFolders) -> Finding | None:
    """Return that the books of this folder were not looked at, if it is not the office's; nobody is accused."""
    if (told := folders.elsewhere()) is None:
        return None
    fact = f"{told.fact}; buku di folder ini tidak disegel, dan tidak dapat dicocokkan."
    return Finding("folder", "folder-lain", fact[0].upper() + fact[1:], told.remedy)


def _mark_of(root: Path) -> str:
    """Return what stays when a folder is moved within its disk, and no copy has; empty if it cannot be known."""
    try:
        found = (root / SECRETS).stat()  # which every such folder has, and nobody writes again
    except OSError:
        return ""
    return f"{found.st_ino}-{found.st_ctime_ns}"


def _this_machine() -> str:
    """Return what tells this machine from others: of its identity, which is nobody's business, a hash."""
    told = ""
    with suppress(OSError):
        told = _MACHINE.read_text().strip()
    return hashlib.sha256(f"yankomas {told or socket.gethostname()}".encode()).hexdigest()[:16]
