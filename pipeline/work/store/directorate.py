"""The directorate's place: a folder with how the centre is reached, and what was fetched; no case of any office.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

import json
from pathlib import Path, PurePath

import tomlkit

from pipeline.errors import SettingsFault
from pipeline.office.store.office_file import read_secrets, read_text
from pipeline.register.summary.handed_up import OfficeFigures
from pipeline.storage import disk
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_exchange import SCHEMA
from pipeline.storage.postgres_offices import directorate_address
from pipeline.work.ports import Parcel
from pipeline.work.store.postgres_exchange import PostgresExchange

_FILE, _SECRETS = "direktorat.toml", ".kunci/direktorat.toml"
_ADDRESS, _PASSWORD = "basis_data", "sandi_basis_data"
#: Where what was fetched lies.
_FETCHED = "berkas"


def lay_out(folder: Path, address: str, password: str) -> None:
    """Write into a folder how the directorate reaches the centre; ``password`` is that of its new role, or empty."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    disk.replace(folder / _FILE, tomlkit.dumps({_ADDRESS: address}).encode(), 0o640)
    if password:
        secrets = folder / _SECRETS
        secrets.parent.mkdir(mode=0o700, exist_ok=True)
        disk.replace(secrets, tomlkit.dumps({_PASSWORD: password}).encode(), 0o600)


class PostgresDirectorate:
    """What the directorate may have (see the port), as its own role at the centre gets it."""

    def __init__(self, folder: Path) -> None:
        """Use the place in this folder.

        Raises:
            SettingsFault: it is none.
        """
        self._folder = folder
        if not (folder / _FILE).is_file():
            raise SettingsFault(
                f"{folder} bukan tempat direktorat.", "Siapkan dengan `yankomas pusat direktorat siapkan FOLDER`."
            )
        said = tomlkit.parse(read_text(folder / _FILE))
        password = str(read_secrets(folder / _SECRETS).get(_PASSWORD, ""))
        self._database = Database(directorate_address(str(said.get(_ADDRESS, "")), password), SCHEMA)
        self._exchange = PostgresExchange(self._database)

    def close(self) -> None:
        """Close its connections."""
        self._database.close()

    def figures(self, year: int | None = None) -> list[OfficeFigures]:
        """Return what offices handed up of a year, or of all, by year and office."""
        question = f"SELECT kantor, tahun, saat, isi FROM {SCHEMA}.angka ORDER BY tahun, kantor"  # noqa: S608
        return [
            OfficeFigures(office, of, at.astimezone().isoformat(timespec="minutes"), told["angka"], told["rincian"])
            for office, of, at, told in self._database.rows(question)
            if year in (None, of)
        ]

    def shown(self) -> list[Parcel]:
        """Return the cases that offices show it and that it has not fetched yet, the oldest first."""
        return self._exchange.incoming()

    def fetch(self, parcel: str) -> Path:
        """Write the files of a case that is shown into the folder; return where. Then it is fetched."""
        with self._exchange.held(parcel) as waiting:
            place = self._folder / _FETCHED / waiting.parcel.id
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            told = {**waiting.parcel.told, "kantor_pengirim": waiting.parcel.sender}
            for at, file in enumerate(waiting.parcel.told["berkas"]):
                # Another office named it: of its name no more is used than what kind it is.
                kind = PurePath(str(file["nama"])).suffix.removeprefix(".")
                kind = kind if kind.isascii() and kind.isalnum() else "bin"
                disk.replace(place / f"{at + 1:02d}.{kind}", waiting.file(at), 0o600)
            disk.replace(place / "keterangan.json", json.dumps(told, ensure_ascii=False, indent=2).encode(), 0o600)
            waiting.take("")
        return place
