"""What an installation as a service consists of: which files it writes where, and what stands against it.

The files are data (``service_files/``): units of systemd, how long their notes are kept, the account, a share for
scanners. All of them bear :data:`MARK`, so that nothing that somebody else wrote is written over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template

from pipeline.errors import SettingsFault

#: What every file says that an installation wrote; a file without it is somebody else's.
MARK = "Ditulis `yankomas pasang`"
#: Who owns the office's folder and runs its processes.
USER = "yankomas"
#: The unit that always runs, and those that begin by the clock.
SERVICE, TIMERS = "yankomas.service", ("yankomas-cadangan.timer", "yankomas-periksa.timer")
UNITS = (SERVICE, *TIMERS)
_UNIT_FILES = (SERVICE, *TIMERS, *(name.replace(".timer", ".service") for name in TIMERS))
ACCOUNT, SHARE = Path("/etc/sysusers.d/yankomas.conf"), Path("/etc/samba/yankomas.conf")
_NOTES, _SYSTEMD = Path("/etc/systemd/journald@yankomas.conf"), Path("/etc/systemd/system")
#: What a unit, a share and a shell read as it stands.
_PLAIN = re.compile(r"/[\w./-]+", re.ASCII)
#: Folders that the service does not see: homes, and what is gone after the next start.
_UNSEEN = tuple(map(Path, ("/home", "/root", "/run", "/tmp", "/var/tmp")))  # noqa: S108 - to be refused
_PRIVILEGED = 1024  # ports below are for who may


@dataclass(frozen=True, slots=True)
class ServicePlan:
    """An installation: the office's ``folder``, the ``program`` that is started, what of it is read, the desk's port.

    ``shares``: there is a Samba whose share can be prepared.
    """

    folder: Path
    program: Path
    parts: tuple[Path, ...]
    port: int
    shares: bool = False

    def files(self) -> dict[Path, str]:
        """Return what each file says, in the order of writing."""
        values = {"folder": str(self.folder), "program": str(self.program), "capabilities": self._capabilities}
        values["confinement"] = _filled("confinement.conf", values)
        made = {ACCOUNT: _filled("sysusers.conf", values), _NOTES: _filled("journald.conf", values)}
        made |= {_SYSTEMD / name: _filled(name, values) for name in _UNIT_FILES}
        return made | ({SHARE: _filled("samba.conf", values)} if self.shares else {})

    @property
    def _capabilities(self) -> str:
        return "CAP_NET_BIND_SERVICE" if self.port < _PRIVILEGED else ""

    def check(self) -> None:
        """Make sure that the service could see what it needs.

        Raises:
            SettingsFault: the folder, or the program, lies where it could not; says where it can lie.
        """
        for path, what, place in (
            (self.folder, "Folder kantor", "/srv/yankomas"),
            *((part, "Program", "/opt/yankomas") for part in (self.program, *self.parts)),
        ):
            if not _PLAIN.fullmatch(str(path)):
                fact = f"{what} {path}: namanya memuat tanda yang tidak dapat ditulis di berkas layanan."
                raise SettingsFault(fact, f"Pindahkan ke folder seperti {place} (huruf, angka, titik, garis).")
            if any(path.is_relative_to(unseen) for unseen in _UNSEEN):
                fact = f"{what} ada di {path}, yang tidak terlihat oleh layanan."
                raise SettingsFault(
                    fact, f"Pindahkan ke {place}, lalu ulangi; lihat panduan, Memasang sebagai layanan."
                )


def all_places() -> tuple[Path, ...]:
    """Return every place in which an installation can have written, units first."""
    return (*(_SYSTEMD / name for name in _UNIT_FILES), _NOTES, SHARE, ACCOUNT)


def program_parts(prefixes: Iterable[str], package: Path) -> tuple[Path, ...]:
    """Return the folders that the program is read from: its environment, its Python, its package."""
    return tuple(dict.fromkeys([*map(Path, prefixes), package]))


def _filled(name: str, values: dict[str, str]) -> str:
    text = files(__package__).joinpath("service_files", name).read_text(encoding="utf-8")
    return Template(text).substitute(values)
