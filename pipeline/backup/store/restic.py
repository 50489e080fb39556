"""restic (Debian package): keeps backups encrypted, deduplicated and verified. Its words become ours here.

Exit codes (restic 0.17 and later): 3 some files could not be read, 10 no repository, 11 locked, 12 wrong password.
"""

from __future__ import annotations

import json
import os
import subprocess
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from pipeline.errors import (
    ArchiveFault,
    Busy,
    EngineFault,
    EngineMissing,
    NotFound,
    Passing,
    SettingsFault,
    YankomasError,
)

TAG = "yankomas"
#: Gets how much is done, and how much there is in all.
Progress = Callable[[int, int], None]
_ITEMS = "items"  # under this name what restic says as a list
_FULL = ("no space left", "quota exceeded")


class Restic:
    """One repository, opened with the password in a file.

    restic tries a place that does not answer for a quarter of an hour; who cannot wait so long gives the seconds.
    """

    def __init__(self, repository: str, password: Path, patience: float | None = None) -> None:
        self.repository, self._password, self._patience = place(repository), password, patience

    def exists(self) -> bool:
        """Say whether there is a repository.

        Raises:
            SettingsFault: there is, and the password is not its own.
        """
        try:
            self._run("cat", "config")
        except NotFound:
            return False
        return True

    def make(self) -> None:
        """Make the repository."""
        self._run("init")

    def back_up(self, root: Path, paths: Sequence[str], excluded: Sequence[str], progress: Progress) -> dict[str, Any]:
        """Keep these paths under the root; return restic's summary. ``progress`` gets files done and in all.

        Raises:
            Passing: no room. ArchiveFault: files could not be read; the rest is kept.
        """
        options = ["--tag", TAG, "--group-by", "tags", *(f"--exclude={pattern}" for pattern in excluded)]
        return self._run("backup", *options, *paths, folder=root, progress=progress)

    def snapshots(self) -> list[str]:
        """Return the ids of the backups, the newest first."""
        found = sorted(self._snapshots(TAG), key=lambda one: str(one.get("time", "")), reverse=True)
        return [str(one.get("id", "")) for one in found]

    def bring(self, snapshot: str, path: str, target: Path) -> None:
        """Bring one path of a snapshot, as it lay under the root, back under a folder; to lack it is no fault."""
        self._run("restore", snapshot, "--tag", TAG, "--target", str(target), "--include", f"/{path}")

    def keep(self, root: Path, path: str, tags: Sequence[str]) -> str:
        """Keep one path under the root as a snapshot with these tags; return its id."""
        said = self._run("backup", *(f"--tag={tag}" for tag in tags), path, folder=root)
        return str(said.get("snapshot_id", ""))

    def tags_of(self, tag: str) -> list[list[str]]:
        """Return the tags of every snapshot that has this one."""
        return [list(map(str, found.get("tags", ()))) for found in self._snapshots(tag)]

    def ids_of(self, tag: str) -> set[str]:
        """Return the ids of the snapshots with this tag."""
        return {str(found.get("id", "")) for found in self._snapshots(tag)}

    def drop(self, snapshot: str) -> None:
        """Let go of one snapshot.

        Raises:
            EngineFault: the place lets nothing go.
        """
        self._run("forget", snapshot)

    def _snapshots(self, tag: str) -> list[dict[str, Any]]:
        return [found for found in self._run("snapshots", "--tag", tag).get(_ITEMS, ()) if isinstance(found, dict)]

    def check(self, progress: Progress) -> None:
        """Read everything kept and hold it against its hashes.

        Raises:
            ArchiveFault: something is damaged.
        """
        try:
            self._run("check", "--read-data", progress=progress)
        except EngineFault as fault:
            raise ArchiveFault(
                f"Cadangan rusak: {fault.message}",
                "Jangan menghapusnya; buat cadangan baru di tempat lain dan periksa cakramnya.",
            ) from fault

    def forget(self, daily: int, weekly: int, monthly: int) -> None:
        """Let go of older snapshots than these numbers keep, and of what only they held."""
        keep = [f"--keep-daily={daily}", f"--keep-weekly={weekly}", f"--keep-monthly={monthly}"]
        self._run("forget", "--tag", TAG, "--group-by", "tags", "--prune", *keep)

    def restore(self, snapshot: str, target: Path, progress: Progress) -> None:
        """Bring a snapshot (``latest``, or its id) back under a folder."""
        self._run("restore", snapshot, "--tag", TAG, "--target", str(target), progress=progress)

    def _run(
        self, command: str, *options: str, folder: Path | None = None, progress: Progress = lambda _d, _a: None
    ) -> dict[str, Any]:
        try:
            return self._once(command, *options, folder=folder, progress=progress)
        except Busy:
            self._once("unlock")  # removes the locks of processes that have died, no others
            return self._once(command, *options, folder=folder, progress=progress)

    def _once(
        self, command: str, *options: str, folder: Path | None = None, progress: Progress = lambda _d, _a: None
    ) -> dict[str, Any]:
        """Run restic; return its last message. Its standard error is collected for the case that it fails."""
        fixed = ["restic", "--json", f"--repo={self.repository}", f"--password-file={self._password}"]
        last: dict[str, Any] = {}
        try:
            process = subprocess.Popen(
                [*fixed, command, *options],
                cwd=folder,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env=_environment(),
            )
        except FileNotFoundError:
            raise EngineMissing("restic tidak terpasang.", "Jalankan: apt-get install restic") from None
        said: list[str] = []
        late = threading.Event()
        timer = threading.Timer(self._patience, _ended, (process, late)) if self._patience else None
        if timer:
            timer.start()
        with process:
            for line in process.stdout or ():
                message = _message(line)
                if message.get("message_type") == "status":
                    progress(int(float(message.get("percent_done", 0)) * 1000), 1000)
                elif message.get("message_type") in (None, "error", "exit_error"):
                    said.append(_words(message, line))
                last = message or last
        if timer:
            timer.cancel()
        if late.is_set():
            raise Passing(f"{self.repository} tidak menjawab.", "Periksa jaringan dan tempat itu.")
        if process.returncode:
            raise _fault(process.returncode, said, self.repository)
        return last


def _ended(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.terminate()


def place(repository: str) -> str:
    """Return the place as restic takes it from any folder: a path absolute, ``sftp:…`` and the like as they are."""
    return repository if is_remote(repository) else str(Path(repository).expanduser().absolute())


def is_remote(repository: str) -> bool:
    """Say whether a place is none on this machine; a path may have a colon in it (restic takes it so too)."""
    return ":" in repository and not repository.startswith(("/", "./", "../"))


def write_password(path: Path, password: str) -> None:
    """Write the password to a new file that nobody else can read."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(fd, "w") as writer:
        writer.write(password + "\n")
        writer.flush()
        os.fsync(writer.fileno())


def _environment() -> dict[str, str]:
    """Return ours without what would name another repository or password; credentials of remote places stay."""
    own = ("RESTIC_REPOSITORY", "RESTIC_PASSWORD")
    return {name: value for name, value in os.environ.items() if not name.startswith(own)}


def _message(line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {_ITEMS: found}


def _words(message: dict[str, Any], line: bytes) -> str:
    error = message.get("error")
    inner = error.get("message", "") if isinstance(error, dict) else ""
    return str(inner or message.get("message") or line.decode(errors="replace").strip())


def _fault(code: int, said: Sequence[str], repository: str) -> YankomasError:
    words = next((line for line in reversed(said) if line), f"kode {code}")
    if any(sign in line.lower() for line in said for sign in _FULL):
        return Passing(f"Cakram tujuan cadangan {repository} penuh.", "Kosongkan ruang di sana, lalu ulangi.")
    match code:
        case 10:
            return NotFound(f"Tidak ada cadangan di {repository}.", "Periksa tempatnya: cakram terpasang, nama benar.")
        case 11:
            return Busy(f"Cadangan di {repository} sedang dipakai proses lain.", "Tunggu sampai selesai, lalu ulangi.")
        case 12:
            return SettingsFault("Kata sandi cadangan salah.", "Pakai kata sandi yang dicatat ketika cadangan dibuat.")
        case 3:
            return ArchiveFault(
                f"Sebagian berkas tidak dapat dibaca: {words}.", "Periksa izin dan cakram, lalu ulangi."
            )
        case _:
            return EngineFault(f"restic: {words}", "Periksa tempat cadangan, lalu ulangi.")
