"""The machine on which an office is installed as a service: Debian with systemd."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
from pathlib import Path

from pipeline.errors import EngineFault
from pipeline.storage import disk
from pipeline.system_messages import os_words

_PATIENCE = 120.0  # seconds: a service that is stopped finishes its letter first
_MODE = 0o644


class ThisMachine:
    """The machine that this program runs on; its files lie under ``top``."""

    def __init__(self, top: Path = Path("/")) -> None:
        self._top = top

    @property
    def is_root(self) -> bool:
        """Whether this program may change the machine."""
        return os.geteuid() == 0

    @property
    def has_systemd(self) -> bool:
        """Whether systemd looks after its services (sd_booted(3): this very folder)."""
        return self._at(Path("/run/systemd/system")).is_dir()

    def read(self, path: Path) -> str | None:
        """Return what a file says; None if there is none."""
        try:
            return self._at(path).read_text(encoding="utf-8", errors="replace")
        except (FileNotFoundError, NotADirectoryError):
            return None

    def write(self, path: Path, text: str) -> None:
        """Put a file there, whole or not at all."""
        place = self._at(path)
        place.parent.mkdir(parents=True, exist_ok=True)
        disk.replace(place, text.encode(), mode=_MODE)
        disk.sync_folder(place.parent)

    def remove(self, path: Path) -> None:
        """Remove a file."""
        self._at(path).unlink(missing_ok=True)

    def run(self, *command: str) -> None:
        """Run a command of the machine.

        Raises:
            EngineFault: it is not there, or refused; says what it said.
        """
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)
        except (OSError, subprocess.TimeoutExpired) as fault:
            why = os_words(fault) if isinstance(fault, OSError) else "tidak selesai"
            raise EngineFault(f"`{' '.join(command)}`: {why}.", "Betulkan sebabnya, lalu ulangi pemasangan.") from fault
        if done.returncode:
            said = (done.stderr.strip().splitlines() or [f"kode {done.returncode}"])[-1]
            raise EngineFault(f"`{' '.join(command)}` ditolak: {said[:200]}", "Betulkan sebabnya, lalu ulangi.")

    def runs(self, unit: str) -> bool:
        """Say whether a unit runs."""
        if not self.has_systemd:
            return False
        return not subprocess.run(["systemctl", "is-active", "--quiet", unit], check=False).returncode

    def port_taken(self, host: str, port: int) -> str:
        """Return why nobody can listen there, in words; empty: one can."""
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            with socket.socket(family) as tried:
                tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the desk does
                tried.bind((host, port))
                tried.listen()
        except PermissionError:
            return ""  # a low port: not for this account, but for the service
        except OSError as fault:
            return os_words(fault)
        return ""

    def room(self, folder: Path) -> int:
        """Return the bytes that are free on the disk where a folder is, or would be."""
        place = next(path for path in (folder, *folder.parents) if path.exists())
        return shutil.disk_usage(place).free

    def has_office(self, folder: Path) -> bool:
        """Say whether a folder is an office's."""
        return (folder / "office.toml").is_file()

    def give(self, folder: Path, user: str) -> None:
        """Make an account the owner of a folder and of all that lies in it; links are not followed.

        Raises:
            EngineFault: there is no such account.
        """
        try:
            account = pwd.getpwnam(user)
        except KeyError as fault:
            raise EngineFault(f"Akun {user} tidak ada di komputer ini.", "Ulangi pemasangan.") from fault
        if folder.stat().st_uid == account.pw_uid:
            return  # done before; what lies in it is the account's to move, and root walks no path of it
        for place, folders, files in os.walk(folder, topdown=False):
            for name in (*folders, *files):
                os.lchown(os.path.join(place, name), account.pw_uid, account.pw_gid)
        os.lchown(folder, account.pw_uid, account.pw_gid)

    def _at(self, path: Path) -> Path:
        return self._top / path.relative_to("/")
