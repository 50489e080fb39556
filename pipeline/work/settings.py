"""Settings: this office, frozen, from ``office.toml``. Unknown keys are refused by name; nothing else is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pipeline.backup.retention import DAILY, MONTHLY, WEEKLY, BackupPlan, Choice
from pipeline.cases.sop_words import OUTGOING
from pipeline.evidence.outside import SealPlan, seal_plan_of
from pipeline.intake.mailbox_plan import MailboxPlan, mailbox_plan_of
from pipeline.mail.mail_settings import MailPlan, mail_plan_of
from pipeline.office.central_plan import CentralPlan, central_plan_of
from pipeline.office.nomenclature import Renaming, numbers_since, renamings, with_periods
from pipeline.office.office import A4, PAPERS, Letterhead, Office, OnePerson, Paper, Region
from pipeline.office.office_file import Hours, Table, fault, hours_of, within
from pipeline.office.officials import ON_BEHALF, Official
from pipeline.office.roles import ROLES, is_role
from pipeline.office.wording import nearest
from pipeline.privacy.terms import Terms, terms_of
from pipeline.register.naskah_numbers import NaskahPattern
from pipeline.register.register_numbers import RegisterPattern, register_pattern
from pipeline.signing.plan import SigningPlan, plan_of

#: The longest address that the receipt has room for.
_LONGEST_ADDRESS = 48
_ACTING = ("", "Plh.", "Plt.", ON_BEHALF)


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
class ReadingSettings:
    """How complaints are read: ``workers`` at once (0: one for each core), with what the office ``learns`` or not."""

    workers: int
    learns: bool


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

    @property
    def url(self) -> str:
        """The desk's address as people type it."""
        host = self.names[0] if self.names else self.host
        scheme, usual = ("https", 443) if self.tls else ("http", 80)
        shown = f"[{host}]" if ":" in host else host
        outside = self.proxy_speaks_tls and bool(self.names)
        return f"{scheme}://{shown}" if outside or self.port == usual else f"{scheme}://{shown}:{self.port}"


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings; ``naskah`` has the pattern of each series of letters.

    ``central``: where an office of many keeps what it has; None on one PC.
    """

    office: Office
    pattern: RegisterPattern
    naskah: Mapping[str, NaskahPattern]
    hours: Hours
    inbox: InboxSettings
    reading: ReadingSettings
    web: WebSettings
    backup: BackupPlan
    signing: SigningPlan
    mail: MailPlan
    seals: SealPlan
    terms: Terms
    mailbox: MailboxPlan
    central: CentralPlan | None = None


def settings_of(top: Table) -> Settings:
    """Return the settings that the office's file holds.

    Raises:
        SettingsFault: it says something that cannot be used; names the key.
    """
    renamed, numbers = renamings(top), top.table("nomor")
    settings = Settings(
        office=with_periods(_office(top), renamed),
        pattern=register_pattern(numbers.get("register", str), renamed),
        naskah=_naskah(numbers, renamed),
        hours=hours_of(top.table("waktu")),
        inbox=_inbox(top.table("kotak_masuk")),
        reading=_reading(top.table("pembacaan")),
        web=_web(top.part("web")),
        backup=_backup(top.part("cadangan")),
        signing=plan_of(top.part("tanda_tangan")),
        mail=mail_plan_of(top.part("surel")),
        seals=seal_plan_of(top.part("segel")),
        terms=terms_of(top.part("masa_simpan")),
        mailbox=mailbox_plan_of(top.part("kotak_surel")),
        central=central_plan_of(top.part("pusat")),
    )
    top.done()
    if settings.mailbox.receipts and not (settings.mailbox.is_on and settings.mail.is_on):
        raise fault("kotak_surel.tanda_terima", "perlu server untuk menerima dan mengirim surel", "Isi juga [surel].")
    return settings


def _office(top: Table) -> Office:
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
        officials=tuple(official_of(n, row) for n, row in enumerate(top.get("jabatan", list), start=1)),
        status_line=table.get("tanya_status", str),
        status_page=table.get("laman_pelapor", str, ""),
        regions=tuple(_region(n, row) for n, row in enumerate(top.get("wilayah", list, []), start=1)),
        paper=_paper(table.get("kertas", str, A4.name)),
        one_person=tuple(_one_person(n, row) for n, row in enumerate(top.get("rangkap", list, []), start=1)),
    )
    table.done()
    if any(sign.isspace() for sign in office.status_page) or len(office.status_page) > _LONGEST_ADDRESS:
        raise fault("kantor.laman_pelapor", "bukan alamat laman", "Tulis misalnya yankomas.contoh.go.id/status.")
    return office


def _one_person(position: int, values: Any) -> OnePerson:
    table = Table(f"rangkap[{position}]", values)
    allowed = OnePerson(table.get("pasangan", str), table.get("alasan", str).strip())
    table.done()
    if not allowed.reason:
        raise fault(f"{table.where}.alasan", "kosong", "Tulis mengapa satu orang melakukan keduanya di kantor ini.")
    return allowed


def _paper(name: str) -> Paper:
    if name not in PAPERS:
        raise fault("kantor.kertas", f"{name!r} tidak dikenal", f"Pilih: {', '.join(PAPERS)}.")
    return PAPERS[name]


def _region(position: int, values: Any) -> Region:
    table = Table(f"wilayah[{position}]", values)
    region = Region(table.get("nama", str), table.texts("tempat"))
    table.done()
    return region


def official_of(position: int, values: Any) -> Official:
    """Return the official whom a row of the file (from 1) names.

    Raises:
        SettingsFault: it says something that cannot be used; names the key.
    """
    table = Table(f"jabatan[{position}]", values)
    since, until = table.get("mulai", date, date.min), table.get("sampai", date, date.max)
    official = Official(
        role=table.get("peran", str),
        title=table.get("jabatan", str),
        name=table.get("nama", str, ""),
        nip=table.get("nip", str, ""),
        since=since,
        until=until,
        acting=table.get("sebagai", str, ""),
        own_title=table.get("jabatan_sendiri", str, ""),
    )
    table.done()
    if not is_role(official.role):
        near = nearest(official.role, ROLES)
        raise fault(f"{table.where}.peran", f"{official.role!r} tidak dikenal", f"Pilih: {near or ', '.join(ROLES)}.")
    if since > until:
        raise fault(f"{table.where}.mulai", "sesudah `sampai`", "Tukar kedua tanggal itu.")
    if official.acting not in _ACTING:
        raise fault(f"{table.where}.sebagai", f"{official.acting!r} tidak dikenal", "Pilih Plh., Plt., atau a.n.")
    if bool(official.own_title) != (official.acting == ON_BEHALF):
        fact = "hanya dan selalu ada pada yang menandatangani a.n. pejabat lain"
        raise fault(f"{table.where}.jabatan_sendiri", fact, 'Isi bersama sebagai = "a.n.", atau hapus.')
    return official


#: The series of letters that stay in the office, as the SOP's file names them, and how they are numbered by default.
_INTERNAL = {
    "nota-dinas": "{unit}.{klasifikasi}/ND-{urut}/{tahun}",
    "berita-acara": "{unit}.{klasifikasi}/BA-{urut}/{tahun}",
    "evaluasi": "{unit}.{klasifikasi}/EV-{urut}/{tahun}",
}


def _naskah(table: Table, renamed: tuple[Renaming, ...]) -> dict[str, NaskahPattern]:
    own = table.part("deret")
    first = {key: table.get(key, str) for key in ("naskah", "unit", "klasifikasi")}
    internal = {name: own.get(name, str, usual) for name, usual in _INTERNAL.items()}
    own.done()
    table.done()
    told = numbers_since(first, renamed)

    def printed(name: str, numbers: Mapping[str, str]) -> NaskahPattern:
        return NaskahPattern(internal.get(name) or numbers["naskah"], numbers["unit"], numbers["klasifikasi"])

    def series(name: str) -> NaskahPattern:
        return replace(printed(name, first), later=tuple((since, printed(name, numbers)) for since, numbers in told))

    return {name: series(name) for name in (OUTGOING, *internal)}


def _inbox(table: Table) -> InboxSettings:
    mode = table.get("pemantauan", str)
    if mode not in ("langsung", "berkala"):
        raise fault("kotak_masuk.pemantauan", f"{mode!r} tidak dikenal", 'Pilih "langsung" atau "berkala".')
    limits = table.table("batas")
    settings = InboxSettings(
        polling=mode == "berkala",
        interval=within(table, "selang_detik", 0.1, 3600),
        quiet=within(table, "diam_detik", 0, 3600),
        incomplete=within(table, "tunggu_menit", 0, 1440) * 60,
        max_pages=int(within(limits, "halaman", 1, 10_000)),
        max_bytes=int(within(limits, "megabita", 1, 4_000) * 1_000_000),
        max_pixels=int(within(limits, "megapiksel", 1, 1_000) * 1_000_000),
    )
    limits.done()
    table.done()
    return settings


def _web(table: Table) -> WebSettings:
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
        raise fault("web.pintu", f"{settings.port} di luar 1 sampai 65535", "Pilih misalnya 8017.")
    if mode not in ("tidak", "sertifikat", "proksi"):
        raise fault("web.tls", f"{mode!r} tidak dikenal", 'Pilih "tidak", "sertifikat", atau "proksi".')
    if (mode == "sertifikat") != bool(settings.certificate and settings.private_key):
        raise fault(
            "web.tls", "tidak cocok dengan sertifikatnya", 'Isi `sertifikat`, `kunci_sertifikat`, `tls = "sertifikat"`.'
        )
    return settings


def _backup(table: Table) -> BackupPlan:
    """Read where backups go; an office that has not decided yet may leave the whole table out."""
    settings = BackupPlan(
        repository=table.get("tujuan", str, ""),
        daily=_chosen(table, "simpan_harian", DAILY),
        weekly=_chosen(table, "simpan_mingguan", WEEKLY),
        monthly=_chosen(table, "simpan_bulanan", MONTHLY),
    )
    table.done()
    return settings


def _chosen(table: Table, key: str, choice: Choice) -> int:
    return int(within(table, key, choice.least, choice.most, choice.usual))


def _reading(table: Table) -> ReadingSettings:
    settings = ReadingSettings(workers=table.get("pekerja", int), learns=table.get("belajar", bool, False))
    table.done()
    if not 0 <= settings.workers <= 64:
        raise fault("pembacaan.pekerja", f"{settings.workers} di luar 0 sampai 64", "Isi 0 untuk otomatis.")
    return settings
