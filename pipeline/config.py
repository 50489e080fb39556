"""Settings: this office, frozen, from ``office.toml``. Unknown keys are refused by name; nothing else is read."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from difflib import get_close_matches
from functools import cache
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipeline.domain.foreign import os_words, toml_words
from pipeline.domain.numbering import NaskahPattern, RegisterPattern
from pipeline.domain.office import ON_BEHALF, ROLES, Letterhead, Office, Official
from pipeline.domain.regency import Region
from pipeline.domain.sop import Sop
from pipeline.domain.sop_file import read_sop
from pipeline.errors import SettingsFault

_DAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
#: The longest address that the receipt has room for.
_LONGEST_ADDRESS = 48
_ACTING = ("", "Plh.", "Plt.", ON_BEHALF)


@dataclass(frozen=True, slots=True)
class Hours:
    """Zone, office hours by weekday (Monday 0), and the office's own closed days."""

    zone: ZoneInfo
    hours: Mapping[int, tuple[tuple[time, time], ...]]
    closed: frozenset[date]
    calendar_days: bool


@dataclass(frozen=True, slots=True)
class InboxSettings:
    """How the inbox is watched (seconds) and what a file may measure."""

    polling: bool
    interval: float
    quiet: float
    incomplete: float
    max_pages: int
    max_bytes: int
    max_pixels: int


@dataclass(frozen=True, slots=True)
class WebSettings:
    """Where the web desk listens, and who speaks TLS: its own certificate, or a proxy before it.

    ``names`` are the host names by which browsers may call it, besides its address. ``proxies`` are the addresses
    whose word about the visitor's own address is believed.
    """

    host: str = "127.0.0.1"
    port: int = 8017
    names: tuple[str, ...] = ()
    certificate: str = ""
    private_key: str = ""
    proxy_speaks_tls: bool = False
    proxies: tuple[str, ...] = ()

    @property
    def tls(self) -> bool:
        """Whether browsers reach the desk by https."""
        return bool(self.certificate) or self.proxy_speaks_tls


@dataclass(frozen=True, slots=True)
class BackupSettings:
    """Where backups are kept (a path, or a place as restic names it), and for how many days, weeks and months."""

    repository: str
    daily: int
    weekly: int
    monthly: int


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. ``workers`` 0 means one for each core."""

    office: Office
    pattern: RegisterPattern
    naskah: NaskahPattern
    hours: Hours
    inbox: InboxSettings
    workers: int
    web: WebSettings
    backup: BackupSettings


class _Table:
    """A table of the file that knows which of its keys were asked for, and complains about the rest."""

    def __init__(self, where: str, values: Any) -> None:
        if not isinstance(values, dict):
            raise _fault(where, "harus berupa tabel", "Bandingkan dengan berkas contoh dari `yankomas init`.")
        self.where, self._values, self._asked = where, values, set[str]()

    def get(self, key: str, kind: type | tuple[type, ...], default: Any = None) -> Any:
        """Return a value of exactly that type: for TOML a date with a time is another, and so is a truth."""
        self._asked.add(key)
        if key not in self._values:
            if default is None:
                if near := get_close_matches(key, [k for k in self._values if k not in self._asked], 1, 0.75):
                    raise _fault(self.name(near[0]), "tidak dikenal", f"Maksudnya `{key}`?")
                raise _fault(self.name(key), "tidak ada", "Tambahkan; lihat contoh dari `yankomas init`.")
            return default
        found = self._values[key]
        if type(found) not in (kind if isinstance(kind, tuple) else (kind,)):
            raise _fault(self.name(key), f"berisi {found!r} yang salah jenis", "Lihat contoh `yankomas init`.")
        return found

    def texts(self, key: str, default: list[str] | None = None) -> tuple[str, ...]:
        """Return a list of texts."""
        texts = self.get(key, list, default)
        if not all(type(text) is str for text in texts):
            raise _fault(self.name(key), "harus daftar teks", "Lihat contoh `yankomas init`.")
        return tuple(texts)

    def table(self, key: str) -> _Table:
        return _Table(self.name(key), self.get(key, dict))

    def name(self, key: str) -> str:
        return f"{self.where}.{key}".lstrip(".")

    def done(self) -> None:
        for key in self._values:
            if key not in self._asked:
                near = get_close_matches(key, sorted(self._asked), 1)
                hint = f"Maksudnya `{near[0]}`?" if near else f"Yang dikenal: {', '.join(sorted(self._asked))}."
                raise _fault(self.name(key), "tidak dikenal", hint)


def load(path: Path) -> Settings:
    """Read the settings.

    Raises:
        SettingsFault: the file is missing, broken, or says something that cannot be used; names the key.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (FileNotFoundError, IsADirectoryError):
        raise SettingsFault(
            f"{path} tidak ada.", "Jalankan `yankomas init FOLDER`, atau sebut foldernya dengan --root."
        ) from None
    except OSError as fault:
        raise SettingsFault(f"{path} tidak dapat dibaca: {os_words(fault)}.", "Periksa folder dan izinnya.") from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise SettingsFault(f"{path.name} tidak dapat dibaca: {toml_words(fault)}.", "Betulkan baris itu.") from fault
    top = _Table("", values)
    settings = Settings(
        office=_office(top),
        **_patterns(top.table("nomor")),
        hours=_hours(top.table("waktu")),
        inbox=_inbox(top.table("kotak_masuk")),
        workers=_workers(top.table("pembacaan")),
        web=_web(_Table("web", top.get("web", dict, {}))),
        backup=_backup(top),
    )
    top.done()
    return settings


@cache
def editions() -> tuple[Sop, ...]:
    """Return every edition of the SOP that this software carries."""
    return tuple(read_sop(name, text) for name, text in edition_texts())


def edition_texts() -> list[tuple[str, str]]:
    """Return key and text of every edition of the SOP that this software carries, oldest first."""
    folder = resources.files("pipeline") / "sop"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return [(f.name.removesuffix(".toml"), f.read_text(encoding="utf-8")) for f in files]


def _office(top: _Table) -> Office:
    table = top.table("kantor")
    office = Office(
        name=table.get("nama", str),
        place=table.get("tempat", str),
        letterhead=Letterhead(
            ministry=table.texts("kementerian"),
            office=table.get("kop", str),
            address=table.get("alamat", str),
            contact=table.get("kontak", str),
        ),
        officials=tuple(_official(n, row) for n, row in enumerate(top.get("jabatan", list), start=1)),
        status_line=table.get("tanya_status", str),
        status_page=table.get("laman_pelapor", str, ""),
        regions=tuple(_region(n, row) for n, row in enumerate(top.get("wilayah", list, []), start=1)),
    )
    table.done()
    if any(sign.isspace() for sign in office.status_page) or len(office.status_page) > _LONGEST_ADDRESS:
        raise _fault("kantor.laman_pelapor", "bukan alamat laman", "Tulis misalnya yankomas.contoh.go.id/status.")
    return office


def _region(position: int, values: Any) -> Region:
    table = _Table(f"wilayah[{position}]", values)
    region = Region(table.get("nama", str), table.texts("tempat"))
    table.done()
    return region


def _official(position: int, values: Any) -> Official:
    table = _Table(f"jabatan[{position}]", values)
    official = Official(
        role=table.get("peran", str),
        title=table.get("jabatan", str),
        name=table.get("nama", str, ""),
        nip=table.get("nip", str, ""),
        since=table.get("mulai", date, date.min),
        until=table.get("sampai", date, date.max),
        acting=table.get("sebagai", str, ""),
        own_title=table.get("jabatan_sendiri", str, ""),
    )
    table.done()
    if official.role not in ROLES:
        near = get_close_matches(official.role, ROLES, 1)
        raise _fault(f"{table.where}.peran", f"{official.role!r} tidak dikenal", f"Pilih: {', '.join(near or ROLES)}.")
    if official.since and official.until and official.since > official.until:
        raise _fault(f"{table.where}.mulai", "sesudah `sampai`", "Tukar kedua tanggal itu.")
    if official.acting not in _ACTING:
        raise _fault(f"{table.where}.sebagai", f"{official.acting!r} tidak dikenal", "Pilih Plh., Plt., atau a.n.")
    if bool(official.own_title) != (official.acting == ON_BEHALF):
        fact = "hanya dan selalu ada pada yang menandatangani a.n. pejabat lain"
        raise _fault(f"{table.where}.jabatan_sendiri", fact, 'Isi bersama sebagai = "a.n.", atau hapus.')
    return official


def _patterns(table: _Table) -> dict[str, Any]:
    register = RegisterPattern(table.get("register", str))
    naskah = NaskahPattern(table.get("naskah", str), table.get("unit", str), table.get("klasifikasi", str))
    table.done()
    return {"pattern": register, "naskah": naskah}


def _hours(table: _Table) -> Hours:
    name = table.get("zona", str)
    try:
        zone = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        raise _fault(
            "waktu.zona", f"{name!r} tidak dikenal", "Pilih Asia/Jakarta, Asia/Makassar, Asia/Jayapura."
        ) from fault
    week = table.table("jam_kerja")
    hours = {n: _intervals(day, week.get(day, list, [])) for n, day in enumerate(_DAYS)}
    week.done()
    if not any(hours.values()):
        raise _fault("waktu.jam_kerja", "kosong", "Isi paling sedikit satu hari kerja.")
    closed = table.get("tutup", list, [])
    days = table.get("hari", str, "kerja")
    table.done()
    if days not in ("kerja", "kalender"):
        raise _fault("waktu.hari", f"{days!r} tidak dikenal", 'Pilih "kerja" atau "kalender".')
    if not all(type(day) is date for day in closed):
        raise _fault("waktu.tutup", "harus daftar tanggal", "Tulis misalnya [2026-12-31].")
    return Hours(zone, hours, frozenset(closed), days == "kalender")


def _intervals(day: str, texts: list[Any]) -> tuple[tuple[time, time], ...]:
    intervals = tuple(_interval(day, text) for text in texts)
    if any(after[0] < before[1] for before, after in pairwise(intervals)):
        raise _fault(f"waktu.jam_kerja.{day}", "bertumpang tindih atau tidak urut", "Tulis dari pagi ke sore.")
    return intervals


def _interval(day: str, text: Any) -> tuple[time, time]:
    try:
        opens, closes = (time.fromisoformat(part.strip().replace(".", ":")) for part in text.split("-"))
    except (AttributeError, ValueError):
        raise _fault(f"waktu.jam_kerja.{day}", f"{text!r} bukan jam kerja", "Tulis misalnya 07.30-12.00.") from None
    if opens >= closes:
        raise _fault(f"waktu.jam_kerja.{day}", f"{text!r} terbalik", "Jam buka harus sebelum jam tutup.")
    return opens, closes


def _inbox(table: _Table) -> InboxSettings:
    mode = table.get("pemantauan", str)
    if mode not in ("langsung", "berkala"):
        raise _fault("kotak_masuk.pemantauan", f"{mode!r} tidak dikenal", 'Pilih "langsung" atau "berkala".')
    limits = table.table("batas")
    settings = InboxSettings(
        polling=mode == "berkala",
        interval=_within(table, "selang_detik", 0.1, 3600),
        quiet=_within(table, "diam_detik", 0, 3600),
        incomplete=_within(table, "tunggu_menit", 0, 1440) * 60,
        max_pages=int(_within(limits, "halaman", 1, 10_000)),
        max_bytes=int(_within(limits, "megabita", 1, 4_000) * 1_000_000),
        max_pixels=int(_within(limits, "megapiksel", 1, 1_000) * 1_000_000),
    )
    limits.done()
    table.done()
    return settings


def _web(table: _Table) -> WebSettings:
    usual = WebSettings()
    mode = table.get("tls", str, "tidak")
    settings = WebSettings(
        host=table.get("alamat", str, usual.host),
        port=table.get("pintu", int, usual.port),
        names=table.texts("nama", []),
        certificate=table.get("sertifikat", str, ""),
        private_key=table.get("kunci_sertifikat", str, ""),
        proxy_speaks_tls=mode == "proksi",
        proxies=table.texts("proksi", []),
    )
    table.done()
    if not 1 <= settings.port <= 65535:
        raise _fault("web.pintu", f"{settings.port} di luar 1 sampai 65535", "Pilih misalnya 8017.")
    if mode not in ("tidak", "sertifikat", "proksi"):
        raise _fault("web.tls", f"{mode!r} tidak dikenal", 'Pilih "tidak", "sertifikat", atau "proksi".')
    if (mode == "sertifikat") != bool(settings.certificate and settings.private_key):
        raise _fault(
            "web.tls", "tidak cocok dengan sertifikatnya", 'Isi `sertifikat`, `kunci_sertifikat`, `tls = "sertifikat"`.'
        )
    return settings


def _within(table: _Table, key: str, least: float, most: float, default: float | None = None) -> float:
    value = float(table.get(key, (int, float), default))
    if not least <= value <= most:
        raise _fault(
            f"{table.where}.{key}", f"{value:g} di luar {least:g} sampai {most:g}", "Pilih nilai di antaranya."
        )
    return value


def _backup(top: _Table) -> BackupSettings:
    """Read where backups go; an office that has not decided yet may leave the whole table out."""
    table = _Table("cadangan", top.get("cadangan", dict, {}))
    settings = BackupSettings(
        repository=table.get("tujuan", str, ""),
        daily=int(_within(table, "simpan_harian", 1, 3660, 14)),
        weekly=int(_within(table, "simpan_mingguan", 0, 520, 8)),
        monthly=int(_within(table, "simpan_bulanan", 0, 1200, 24)),
    )
    table.done()
    return settings


def _workers(table: _Table) -> int:
    workers: int = table.get("pekerja", int)
    table.done()
    if not 0 <= workers <= 64:
        raise _fault("pembacaan.pekerja", f"{workers} di luar 0 sampai 64", "Isi 0 untuk otomatis.")
    return workers


def _fault(key: str, fact: str, remedy: str) -> SettingsFault:
    return SettingsFault(f"office.toml: `{key}` {fact}.", remedy)
