"""How another system's export is read: which of its columns is which field, as data, and whether anybody tried it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from pipeline.errors import NotFound, SettingsFault
from pipeline.moving_in.columns import fields
from pipeline.office.office_file import Table
from pipeline.system_messages import toml_words

_FOLDER = "exports"


@dataclass(frozen=True, slots=True)
class ExportMapping:
    """One system: its key and name, the *cara penyampaian* of its cases, the names of its columns by field.

    ``tried`` says which office tried it and when; empty: nobody has.
    """

    key: str
    name: str
    channel: str
    columns: Mapping[str, tuple[str, ...]]
    tried: str = ""

    @property
    def caution(self) -> str:
        """What is said of one that nobody has tried; empty for one that was."""
        if self.tried:
            return ""
        return (
            f"Pemetaan {self.name} belum pernah dicoba dengan ekspor sungguhan: cocokkan setiap kolom di bawah ini."
            f" Bila benar, salin ke pemetaan/{self.key}.toml dan isi `dicoba`."
        )


def shipped() -> tuple[str, ...]:
    """Return the keys of the mappings that the program brings along."""
    there = files(__package__).joinpath(_FOLDER).iterdir()
    return tuple(sorted(one.name.removesuffix(".toml") for one in there if one.name.endswith(".toml")))


def mapping_of(key: str, own: str | None = None) -> ExportMapping:
    """Return a mapping: the office's ``own`` (the text of its file) if it has one, else that of the program.

    Raises:
        NotFound: there is none of that key.
        SettingsFault: the office's own says something that cannot be used.
    """
    if own is None and key not in shipped():
        raise NotFound(f"Pemetaan {key!r} tidak ada.", f"Yang ada: {', '.join(shipped())}.")
    text = own if own is not None else files(__package__).joinpath(_FOLDER, f"{key}.toml").read_text(encoding="utf-8")
    where = f"pemetaan/{key}.toml"
    try:
        table = Table(where, tomllib.loads(text))
    except tomllib.TOMLDecodeError as fault:
        raise SettingsFault(f"{where} tidak dapat dibaca: {toml_words(fault)}.", "Betulkan baris itu.") from fault
    columns = table.table("kolom")
    found = {name: tuple(filter(str.strip, columns.texts(name, []))) for name in fields()}
    columns.done()
    mapping = ExportMapping(
        key=key,
        name=table.get("nama", str),
        channel=table.get("cara_penyampaian", str),
        columns={name: names for name, names in found.items() if names},
        tried=table.get("dicoba", str, "").strip(),
    )
    table.done()
    if "nomor" not in mapping.columns:
        raise SettingsFault(f"{where}: `kolom.nomor` kosong.", "Sebut judul kolom nomor laporannya di sistem asal.")
    return mapping
