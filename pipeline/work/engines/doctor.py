"""The doctor: is everything installed, new enough, writable and usable, and what to do about the rest."""

from __future__ import annotations

import io
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Protocol

from pipeline.access.hand_over import unfit_deputies
from pipeline.access.ports import People
from pipeline.acts import Act, Advice
from pipeline.archive.store.layout import Layout
from pipeline.cases.sop import Sop
from pipeline.errors import YankomasError
from pipeline.letters.approved_text import FIELD_TITLES
from pipeline.letters.engines.libreoffice import LibreOfficePress
from pipeline.letters.sheets.texts import OFFICE_SHEETS
from pipeline.office.handovers import contradictions
from pipeline.office.laws import FILE as LAWS
from pipeline.office.ports import Clock, Handovers, Keys
from pipeline.office.store.keys import exposed
from pipeline.system_messages import os_words
from pipeline.work.engines.doctor_people import account_checks
from pipeline.work.engines.doctor_signing import signing_checks
from pipeline.work.ports import Check, Processes
from pipeline.work.processes import LABELS, Part, told_of
from pipeline.work.settings import Settings

_PYTHON = (3, 11)
_LIBREOFFICE = 7  # the first major version whose PDF/A-2 export we rely on
_ROOM = 2_000_000_000  # bytes free below which an office should act
_SECONDS = 60
_USER_NAMESPACES = (
    "Izinkan user namespaces (kernel.unprivileged_userns_clone, AppArmor, atau pengaturan wadah); "
    "sampai itu, batas memori, waktu, dan berkas tetap berlaku."
)
_INSTALL = "Jalankan `make install`, atau: apt-get install"


class Examined(Protocol):
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

    @property
    def keys(self) -> Keys:
        """The office's keys."""

    @property
    def handovers(self) -> Handovers:
        """The record of roles that were handed over."""

    @property
    def people(self) -> People:
        """The people of the desk."""

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
        _fonts(),
        _settings(root),
        *_folders(root),
        _links(root),
        _room(root),
    ]
    settings = _loaded(root)
    if settings is not None:
        checks += [
            _zone_and_hours(settings),
            *_templates(root, settings),
            *_lists(root, settings),
            _keys(root),
            *_backup(settings),
        ]
        checks += signing_checks(settings.signing, settings.office, root.layout.root)
        checks += [*_looked("Alih tugas", lambda: _handovers(root, settings)), *_processes(root)]
        if any(root.layout.people.glob("*.sqlite3")):
            checks += _looked("Akun", lambda: account_checks(root.people))
    checks += [*_looked("Kurungan proses anak", _confinement), _libreoffice()]
    return [*checks, *_looked("Cetak PDF/A", lambda: [_printing(root.layout.state / "cetak")])]


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
            yield Check(f"Tesseract, data {language}", False, fault.message, f"{_INSTALL} tesseract-ocr-{language}")


def _fonts() -> Check:
    remedy = f"{_INSTALL} fonts-liberation fontconfig"
    try:
        font = _said("fc-match", "-f", "%{family}", "Arial")
    except OSError:
        return Check("Huruf Arial", False, "fc-match tidak ada", remedy)
    good = font.startswith(("Arial", "Liberation Sans"))
    return Check("Huruf Arial", good, f"dicetak dengan {font or 'huruf tak dikenal'}", remedy)


def _settings(root: Examined) -> Check:
    try:
        root.settings  # noqa: B018 - reading it is the check
        root.editions  # noqa: B018
    except YankomasError as fault:
        return Check("office.toml", False, fault.message, fault.remedy)
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


def _zone_and_hours(settings: Settings) -> Check:
    try:
        return Check("Hari libur", True, f"pustaka holidays {version('holidays')}, {settings.hours.zone.key}")
    except PackageNotFoundError:
        return Check("Hari libur", False, "pustaka holidays tidak terpasang", "Jalankan `make install`.")


def _templates(root: Examined, settings: Settings) -> Iterator[Check]:
    from pipeline.letters.engines.word_templates import WordTypist

    typist = WordTypist(root.layout.templates)
    for template in sorted({*OFFICE_SHEETS, *(sheet.template for sop in root.editions for sheet in sop.sheets)}):
        findings = typist.check(template, settings.office)
        if not findings:
            yield _whole_template(template, typist.unnamed_fields(template))
        for finding in findings:
            yield Check(f"Templat {template}", False, str(finding), finding.remedy)


def _lists(root: Examined, settings: Settings) -> Iterator[Check]:
    """Look at the office's own lists beside its templates."""
    yield from _looked("Dasar hukum", lambda: [_laws(settings, root.clock.now().date())])


def _laws(settings: Settings, today: date) -> Check:
    governing = settings.office.laws.governing(today)
    remedy = f'Tambahkan [[peraturan]] dengan layanan = "pengatur" yang berlaku hari ini ke {LAWS}.'
    fact = f"layanan diatur {governing.name}" if governing else "tidak ada peraturan pengatur layanan yang berlaku"
    return Check("Dasar hukum", governing is not None, fact, remedy, caution=governing is None)


def _whole_template(template: str, unnamed: Sequence[str]) -> Check:
    if not unnamed:
        return Check(f"Templat {template}", True, "semua isian dikenal, contoh terpanjang dan terkosong jadi")
    named = ", ".join(FIELD_TITLES[field].lower() for field in unnamed)
    return Check(
        f"Templat {template}",
        False,
        f"{named} berada di luar kotak isian bernama, sehingga tempatnya dicari dari tulisannya ketika surat dinomori",
        "Salin kotaknya (kontrol konten yankomas:nomor, yankomas:tanggal, yankomas:konsep) dari templat Yankomas.",
        caution=True,
    )


def _backup(settings: Settings) -> Iterator[Check]:
    if shutil.which("restic") is None:
        yield Check("restic", False, "tidak terpasang", f"{_INSTALL} restic")
    place = settings.backup.repository
    remedy = "Isi `tujuan` di [cadangan] pada office.toml, lalu jalankan `yankomas backup` setiap hari."
    yield Check(
        "Cadangan", bool(place), place or "tempatnya belum ditentukan", "" if place else remedy, caution=not place
    )


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
    remedy = _USER_NAMESPACES if installed else f"{_INSTALL} bubblewrap"
    for thing, open_, shut, not_shut in (
        ("jaringan", out.network, "tertutup", "terbuka"),
        ("pandangan", out.reading, "hanya program ini; arsip dan kunci tidak terlihat", "berkas lain dapat dibaca"),
        ("menulis", out.writing, "tertutup", "terbuka"),
        ("menjalankan program", out.processes, "tertutup", "terbuka"),
    ):
        fact = f"{not_shut} ({missing or 'saringan tidak ada untuk mesin ini'})" if open_ else shut
        yield Check(f"Kurungan: {thing}", installed or not open_, fact, remedy, caution=open_)


def _libreoffice() -> Check:
    remedy = f"{_INSTALL} libreoffice-writer-nogui python3-uno"
    try:
        words = _said("soffice", "--version").split()
        good = int(words[1].split(".")[0]) >= _LIBREOFFICE
    except (OSError, IndexError, ValueError, subprocess.SubprocessError):
        return Check("LibreOffice", False, "tidak dapat dijalankan", remedy)
    return Check("LibreOffice", good, words[1], remedy)


def _printing(folder: Path) -> Check:
    """Print a page for real: it needs soffice, python3-uno and the fonts to work together."""
    from docx import Document

    from pipeline.letters.engines.pdfa_check import marks

    document, page = Document(), io.BytesIO()
    document.add_paragraph("Percobaan cetak.")
    document.save(page)
    press = LibreOfficePress(b"", folder=folder)
    try:
        findings = marks(press.print(page.getvalue(), None))
    except YankomasError as fault:
        return Check("Cetak PDF/A", False, fault.message, fault.remedy)
    finally:
        press.close()
    return Check("Cetak PDF/A", not findings, "; ".join(findings) or "bertanda PDF/A-2b", "Perbarui LibreOffice.")


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False).stdout.strip()
