"""The doctor: is everything installed, new enough, writable and usable, and what to do about the rest."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Protocol

from pipeline.access.deputies import unfit_deputies
from pipeline.access.ports import People
from pipeline.acts import Act, Advice
from pipeline.archive.store.layout import Layout
from pipeline.cases.edition_ports import OwnEditions
from pipeline.cases.sop import Sop
from pipeline.errors import YankomasError
from pipeline.office.handovers import contradictions
from pipeline.office.laws import FILE as LAWS
from pipeline.office.office import Office
from pipeline.office.phrases import PhraseList
from pipeline.office.placeholders import placeholders
from pipeline.office.ports import Clock, Handovers, Keys
from pipeline.office.store.keys import exposed
from pipeline.scans.renditions.heif import can_be_opened
from pipeline.system_messages import os_words
from pipeline.work.engines.doctor_agents import HearingAgents, agent_checks
from pipeline.work.engines.doctor_learning import Learning, learning_checks
from pipeline.work.engines.doctor_mail import Mailing, mail_checks, mailbox_checks
from pipeline.work.engines.doctor_people import account_checks, separation_checks
from pipeline.work.engines.doctor_printing import drawing_check, font_check, libreoffice_check, printing_check
from pipeline.work.engines.doctor_seals import Witnessed, seal_checks
from pipeline.work.engines.doctor_services import Serving, service_checks
from pipeline.work.engines.doctor_signing import signing_checks
from pipeline.work.engines.doctor_sop import sop_checks
from pipeline.work.engines.doctor_templates import Drafting, template_checks
from pipeline.work.ports import INSTALL, Check, Processes
from pipeline.work.processes import LABELS, Part, told_of
from pipeline.work.settings import Settings

_PYTHON = (3, 11)
_ROOM = 2_000_000_000  # bytes free below which an office should act
_USER_NAMESPACES = (
    "Izinkan user namespaces (kernel.unprivileged_userns_clone, AppArmor, atau pengaturan wadah); "
    "sampai itu, batas memori, waktu, dan berkas tetap berlaku."
)


class Examined(Drafting, HearingAgents, Mailing, Learning, Serving, Witnessed, Protocol):
    """The office that is looked at; settings and editions are read when they are asked for."""

    @property
    def layout(self) -> Layout:
        """Where everything lies."""

    @property
    def settings(self) -> Settings:
        """The office's settings."""

    @property
    def editions(self) -> tuple[Sop, ...]:
        """The editions of the SOP."""

    def own_editions(self) -> OwnEditions | None:
        """Return the editions that the office made itself, if it made any."""

    @property
    def keys(self) -> Keys:
        """The office's keys."""

    @property
    def phrases(self) -> Callable[[], PhraseList]:
        """The sentences that forms offer."""

    @property
    def handovers(self) -> Handovers:
        """The record of roles that were handed over."""

    @property
    def people(self) -> People:
        """The people of the desk."""

    @property
    def has_accounts(self) -> bool:
        """Whether there is anything to be said of accounts."""

    @property
    def clock(self) -> Clock:
        """The time in the office's zone."""

    @property
    def processes(self) -> Processes:
        """How the desk and the intake fare."""


def examine(root: Examined) -> list[Check]:
    """Look at everything; a check that fails never keeps the others from being made."""
    checks = [
        _python(),
        _search(),
        *_languages(),
        _photographs(),
        font_check(),
        _settings(root),
        *_folders(root),
        _links(root),
        _room(root),
    ]
    settings = _loaded(root)
    if settings is not None:
        checks += [
            _letterhead(settings.office.on(root.clock.now().date())),
            _zone_and_hours(settings),
            *_lists(root, settings),
            *_looked("Kunci kantor", lambda: [_keys(root)]),
            *_backup(settings),
        ]
        checks += _looked("Saksi luar", lambda: seal_checks(root, settings.seals, root.clock.now()))
        checks += signing_checks(settings.signing, settings.office, root.layout.root)
        checks += learning_checks(root, wished=settings.reading.learns)
        checks += [*_looked("Alih tugas", lambda: _handovers(root, settings)), *_processes(root)]
        checks += _looked("SOP", lambda: sop_checks(root.editions, root.own_editions(), root.clock.now().date()))
        checks += _looked("Agen titipan", lambda: agent_checks(root))
        checks += _looked("Layanan", lambda: service_checks(root))
        checks += _looked("Pemisahan tugas", lambda: separation_checks(settings.office, root.editions))
        if root.has_accounts:
            checks += _looked("Akun", lambda: account_checks(root.people))
        checks += _looked("Surel", lambda: mail_checks(root, accounts=root.has_accounts))
        checks += _looked("Kotak surel", lambda: mailbox_checks(root))
    checks += [*_looked("Kurungan proses anak", _confinement), libreoffice_check()]
    checks += _looked("Gambar PDF/A", lambda: [drawing_check()])
    checks += _looked("Cetak PDF/A", lambda: [printing_check(root.layout.state / "cetak")])
    return [*checks, *(_looked("Templat", lambda: template_checks(root)) if settings else ())]


def _photographs() -> Check:
    """Say whether photographs of iPhones are read; without it they are refused in words, so nothing is wrong."""
    told = "foto iPhone (HEIC) dibaca" if can_be_opened() else "foto iPhone (HEIC) ditolak"
    return Check("Foto HEIC", True, told, f"{INSTALL} libheif1 libheif-plugin-libde265", caution=not can_be_opened())


def _looked(thing: str, look: Callable[[], Iterable[Check]]) -> list[Check]:
    """Return what was seen, or what kept it from being seen, as on a full disk."""
    try:
        return list(look())
    except YankomasError as fault:
        return [Check(thing, False, fault.message, fault.remedy)]
    except OSError as fault:
        return [Check(thing, False, f"{os_words(fault)}.", "Periksa sisa ruang cakram dan izin folder archive.")]


def _python() -> Check:
    found = ".".join(map(str, sys.version_info[:3]))
    return Check("Python", sys.version_info >= _PYTHON, found, "Pasang Python 3.11 atau lebih baru.")


def _search() -> Check:
    """Try the search engine that SQLite may have been built without."""
    fact = f"SQLite {sqlite3.sqlite_version}"
    try:
        with closing(sqlite3.connect(":memory:")) as base:
            base.execute("CREATE VIRTUAL TABLE coba USING fts5 (kata, content='', tokenize='trigram')")
    except sqlite3.Error:
        return Check("Pencarian", False, f"{fact} tanpa FTS5", "Perbarui paket libsqlite3-0 dan Python.")
    return Check("Pencarian", True, f"{fact} dengan FTS5")


def _languages() -> Iterator[Check]:
    try:
        from pipeline.scans.ocr.tesseract import engine_version, find_tessdata

        fact = engine_version()
    except ImportError as fault:
        yield Check("Tesseract", False, f"pustaka {fault.name} tidak terpasang", "Jalankan `make install`.")
        return
    for language in ("ind", "osd"):
        try:
            yield Check(f"Tesseract, data {language}", True, f"{fact}, {find_tessdata(language)}")
        except YankomasError as fault:
            yield Check(f"Tesseract, data {language}", False, fault.message, f"{INSTALL} tesseract-ocr-{language}")


def _settings(root: Examined) -> Check:
    try:
        root.settings  # noqa: B018 - reading it is the check
        root.editions  # noqa: B018
    except YankomasError as fault:
        return Check("office.toml", False, fault.message, fault.remedy, code=fault.exit_code)
    return Check("office.toml", True, str(root.layout.settings))


def _loaded(root: Examined) -> Settings | None:
    try:
        return root.settings
    except YankomasError:
        return None


def _folders(root: Examined) -> Iterator[Check]:
    for folder in (root.layout.inbox, root.layout.archive, root.layout.templates):
        remedy = f"Jalankan `yankomas init {root.layout.root}`, atau beri hak tulis."
        if not folder.is_dir():
            yield Check(f"Folder {folder.name}/", False, "tidak ada", remedy)
        elif folder.is_symlink():
            yield Check(f"Folder {folder.name}/", False, "berupa tautan", "Pakailah folder yang sebenarnya.")
        else:
            yield Check(f"Folder {folder.name}/", os.access(folder, os.R_OK | os.W_OK | os.X_OK), str(folder), remedy)


def _links(root: Examined) -> Check:
    thing, archive = "Sistem berkas arsip", root.layout.archive
    if not os.access(archive, os.W_OK):
        return Check(thing, False, "arsip tidak dapat ditulisi", "Beri hak tulis pada folder archive/.")
    with tempfile.TemporaryDirectory(dir=archive, prefix=".doctor-") as place:
        first, second = Path(place, "a"), Path(place, "b")
        first.write_bytes(b"")
        try:
            os.link(first, second)
        except OSError as fault:
            return Check(
                thing, False, f"tidak mengenal nama kedua ({os_words(fault)})", "Pindahkan arsip ke ext4 atau XFS."
            )
    return Check(thing, True, "mengenal nama kedua dan penggantian utuh")


def _room(root: Examined) -> Check:
    place = root.layout.archive if root.layout.archive.is_dir() else root.layout.root
    if not place.is_dir():
        return Check("Ruang cakram", False, f"{place} tidak ada", f"Jalankan `yankomas init {root.layout.root}`.")
    free = shutil.disk_usage(place).free
    left = f"sisa {free / 1e9:.1f} GB".replace(".", ",")
    return Check("Ruang cakram", free > _ROOM, left, "Kosongkan atau tambah ruang cakram.")


def _letterhead(office: Office) -> Check:
    missing = placeholders(office)
    fact = f"masih isian contoh: {', '.join(missing)}" if missing else "terisi"
    remedy = "Isi di Pengaturan (meja web) atau [kantor] di office.toml; sampai itu surat bagi pelapor menunggu."
    return Check("Kop kantor", True, fact, remedy if missing else "", caution=bool(missing))


def _zone_and_hours(settings: Settings) -> Check:
    try:
        return Check("Hari libur", True, f"pustaka holidays {version('holidays')}, {settings.hours.zone.key}")
    except PackageNotFoundError:
        return Check("Hari libur", False, "pustaka holidays tidak terpasang", "Jalankan `make install`.")


def _lists(root: Examined, settings: Settings) -> Iterator[Check]:
    """Look at the office's own lists beside its templates."""
    yield from _looked("Dasar hukum", lambda: [_laws(settings, root.clock.now().date())])
    yield from _looked("Frasa", lambda: [Check("Frasa", True, f"{len(root.phrases().rows)} kelompok kalimat")])


def _laws(settings: Settings, today: date) -> Check:
    governing = settings.office.laws.governing(today)
    remedy = f'Tambahkan [[peraturan]] dengan layanan = "pengatur" yang berlaku hari ini ke {LAWS}.'
    fact = f"layanan diatur {governing.name}" if governing else "tidak ada peraturan pengatur layanan yang berlaku"
    return Check("Dasar hukum", governing is not None, fact, remedy, caution=governing is None)


def _backup(settings: Settings) -> Iterator[Check]:
    if shutil.which("restic") is None:
        yield Check("restic", False, "tidak terpasang", f"{INSTALL} restic")
    place = settings.backup.repository
    remedy = "Isi `tujuan` di [cadangan] pada office.toml, lalu jalankan `yankomas backup` setiap hari."
    yield Check("Cadangan", True, place or "tempatnya belum ditentukan", "" if place else remedy, caution=not place)


def _keys(root: Examined) -> Check:
    folder = root.layout.keys
    if fault := next(iter(root.keys.faults()), None):
        return Check("Kunci kantor", False, fault.message, fault.remedy)
    if not folder.exists():
        return Check("Kunci kantor", True, "dibuat ketika pertama kali dipakai")
    loose = exposed(folder)
    fact = ", ".join(str(path) for path in loose)
    if loose:
        return Check("Kunci kantor", False, f"terbuka bagi orang lain: {fact}", f"Jalankan: chmod -R go= {folder}")
    return Check("Kunci kantor", True, f"{folder}, hanya untuk pemiliknya")


def _handovers(root: Examined, settings: Settings) -> Iterator[Check]:
    """Hold the hand-overs against one another, against the officials of the file, and against the accounts."""
    found, today = root.handovers.all(), root.clock.now().date()
    unreadable = root.handovers.faults()
    if unreadable:
        yield Check("Alih tugas", False, "; ".join(unreadable), "Pulihkan berkas itu dari cadangan.")
    for sentence in contradictions(found, settings.office.officials, today):
        yield Check("Alih tugas", False, sentence, "Tarik salah satunya, atau betulkan office.toml.")
    for handover, why in unfit_deputies(found, root.people.accounts.all() if found else (), today):
        fact = f"{handover.acting} {handover.title}, {handover.name} (akun {handover.login}): {why}"
        yield Check("Alih tugas", False, fact, f"Tarik (yankomas alih tarik {handover.number}), atau buka akunnya.")
    running = sum(not handover.is_over(today) for handover in found)
    if running and not unreadable:
        yield Check("Alih tugas", True, f"{running} berlaku atau akan datang")


def _processes(root: Examined) -> Iterator[Check]:
    """Say how the office's two processes fare; neither running is how it is before the first day."""
    now, states = root.clock.now(), [root.processes.state(part) for part in Part]
    anybody = any(state.running or state.supervised for state in states)
    for state in states:
        remedy = "Bila menetap, betulkan sebabnya." if state.supervised else Advice("Jalankan ", Act.WATCH_INBOX, ".")
        caution = anybody and state.is_missed(now)
        yield Check(LABELS[state.part], True, told_of(state), remedy if caution else "", caution=caution)


def _confinement() -> Iterator[Check]:
    """Say what holds the children that open hostile files: tried, not believed."""
    from pipeline.scans.confinement import bubblewrap
    from pipeline.scans.confinement.escape_tests import try_to_escape

    try:
        out = try_to_escape()
    except YankomasError as fault:
        yield Check("Kurungan proses anak", False, fault.message, "Pasang ulang: make install.")
        return
    missing = bubblewrap.obstacle()
    installed = missing != bubblewrap.NOT_INSTALLED
    remedy = _USER_NAMESPACES if installed else f"{INSTALL} bubblewrap"
    for thing, open_, shut, not_shut in (
        ("jaringan", out.network, "tertutup", "terbuka"),
        ("pandangan", out.reading, "hanya program ini; arsip dan kunci tidak terlihat", "berkas lain dapat dibaca"),
        ("menulis", out.writing, "tertutup", "terbuka"),
        ("menjalankan program", out.processes, "tertutup", "terbuka"),
    ):
        fact = f"{not_shut} ({missing or 'saringan tidak ada untuk mesin ini'})" if open_ else shut
        yield Check(f"Kurungan: {thing}", installed or not open_, fact, remedy, caution=open_)
