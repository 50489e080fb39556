"""``office.toml`` as the desk changes it, and the record of that: a line a change, every version by its SHA-256.

``archive/.pengaturan/daftar.jsonl`` and ``archive/.pengaturan/<sha256>.toml``. Each line carries the hash of the line
before, and is written before the file is replaced: a change that cannot be noted is not made.
"""

from __future__ import annotations

import stat
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.errors import SettingsFault
from pipeline.office.settings_changes import Changes, SettingsChange, applied, changed_keys
from pipeline.office.store.office_file import read_text
from pipeline.storage import disk, locks
from pipeline.storage.version_list import LIST, VersionList, digest
from pipeline.system_messages import os_words, toml_words


@dataclass(frozen=True, slots=True)
class OfficeFileRecord:
    """The file of one office (``path``); ``folder`` keeps its record."""

    path: Path
    folder: Path
    lock: Path

    def values(self) -> dict[str, Any]:
        """Return what the file says now.

        Raises:
            SettingsFault: it cannot be read.
        """
        return self._read()[1]

    def change(
        self,
        part: str,
        changes: Changes,
        *,
        by: str,
        at: datetime,
        check: Callable[[Mapping[str, Any], Mapping[str, Any]], None],
        confirmed_by: str = "",
    ) -> tuple[str, ...]:
        """Change the file, whole or not at all, and note it before; return the keys that say something else now.

        Raises:
            SettingsFault: the file cannot be read, written, or is written in a way that is not changed from here.
        """
        from pipeline.office.store.toml_editing import edited  # for changes alone

        with locks.held(self.lock):
            before, (text, said) = self._bytes(), self._read()
            if not (keys := changed_keys(said, changes)):
                check(said, said)
                return ()
            data = edited(text, changes).encode()
            check(said, applied(said, changes))
            disk.make_folder(self.folder)
            for version in (before, data):
                self._versions.keep(version)
            made_by = SettingsChange(part, keys, by, at, digest(before), digest(data), confirmed_by)
            self._versions.note({**asdict(made_by), "at": at.isoformat()})
            place = self.path.resolve()  # where a symbolic link leads: both names go on telling the same
            try:
                disk.replace(place, data, mode=stat.S_IMODE(place.stat().st_mode))
            except OSError as fault:  # who owns the folder may have shut it
                raise SettingsFault(
                    f"{self.path.name} tidak dapat ditulis: {os_words(fault)}.", "Periksa izin folder kantor."
                ) from fault
            disk.sync_folder(place.parent)
            return keys

    def history(self) -> tuple[SettingsChange, ...]:
        """Return the changes that were made, the oldest first; lines that cannot be read are :meth:`faults`."""
        return tuple(self._versions.said(_change))

    def faults(self) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with the record, as (name, fact): broken lines, versions that are gone or changed."""
        known = {LIST, f".{LIST}.part"}
        for number, (change, why) in enumerate(self._versions.lines(_change), 1):
            if why:
                yield LIST, f"Baris {number} {why}."
            for sha256 in (change.before, change.sha256) if change else ():
                name = f"{sha256}.toml"
                if name not in known and not (self.folder / name).is_file():
                    yield name, "Versi pengaturan yang pernah dipakai tidak ada lagi."
                known.add(name)
        for path in sorted(self.folder.iterdir()) if self.folder.is_dir() else ():
            if path.suffix == ".toml" and not path.name.startswith(".") and digest(path.read_bytes()) != path.stem:
                yield path.name, "Isi versi pengaturan ini bukan lagi yang dicatat."

    def _bytes(self) -> bytes:
        try:
            return self.path.read_bytes()
        except OSError as fault:
            raise SettingsFault(
                f"{self.path.name} tidak dapat dibaca: {os_words(fault)}.", "Periksa folder dan izinnya."
            ) from fault

    def _read(self) -> tuple[str, dict[str, Any]]:
        text = read_text(self.path)
        try:
            return text, tomllib.loads(text)
        except tomllib.TOMLDecodeError as wrong:
            fact = f"{self.path.name} tidak dapat dibaca: {toml_words(wrong)}."
            raise SettingsFault(fact, "Betulkan baris itu.") from wrong

    @property
    def _versions(self) -> VersionList:
        return VersionList(self.folder, ".toml")


@dataclass(frozen=True, slots=True)
class ShownOfficeFile(OfficeFileRecord):
    """The file of a folder from which its office is not run: it is shown, and ``fault`` says why nobody changes it."""

    fault: SettingsFault

    def change(
        self,
        part: str,
        changes: Changes,
        *,
        by: str,
        at: datetime,
        check: Callable[[Mapping[str, Any], Mapping[str, Any]], None],
        confirmed_by: str = "",
    ) -> tuple[str, ...]:
        """Change nothing.

        Raises:
            SettingsFault: the office is run from another folder.
        """
        raise self.fault


def _change(told: dict[str, Any]) -> SettingsChange:
    at, keys = datetime.fromisoformat(told.pop("at")), tuple(map(str, told.pop("keys")))
    return SettingsChange(at=at, keys=keys, **{str(key): str(value) for key, value in told.items()})
