"""The keeper's commands: is the archive whole, its seals, its views made anew, the clock, backup and restore."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Collection, Iterable
from dataclasses import asdict
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.access.accounts import TERMINAL
from pipeline.cases.case_number import CaseNumber
from pipeline.cli.inputs import known_root, ready_root, system_account
from pipeline.cli.seals import tell_outside
from pipeline.cli.show import Progress, as_json, printable
from pipeline.errors import ArchiveFault, UsageFault
from pipeline.wiring import office_in, restore_backup

if TYPE_CHECKING:
    from pipeline.archive.ports import Finding
    from pipeline.wiring import Root


def verify(options: Namespace) -> int:
    """Report everything that is wrong with the archive; exit code 6 if anything is. Writes nothing."""
    root = known_root(options)
    if options.number:
        findings = root.verify_case(root.pattern.read(options.number))
    else:
        findings = root.verify(Progress("Memeriksa perkara"))
    if options.json:
        print(as_json([asdict(f) for f in findings]))
        return ArchiveFault.exit_code if findings else 0
    _tell(findings)
    print(_sum_of(findings))
    if not options.number and (seal := root.seals.last()):
        print(f"Segel terakhir: no. {seal.seq} ({seal.at:%d-%m-%Y %H.%M}) {seal.short}. Cocokkan dengan buku register.")
        tell_outside(root)
        if root.keys.known("segel") is None:  # a copy that was handed on without it is examined all the same
            fault = root.keys.fault("segel")
            why = fault.message if fault else "Kuncinya tidak ada di sini."
            print(f"Tanda kunci pada segel tidak diperiksa: {why}")
    return ArchiveFault.exit_code if findings else 0


def _tell(findings: Iterable[Finding]) -> None:
    """Print what is wrong; file names are foreign and do not drive the terminal."""
    for finding in findings:
        print(printable(f"{finding.where}: {finding.fact} {finding.remedy}"))


def _sum_of(findings: Iterable[Finding]) -> str:
    repairs = [finding.repair for finding in findings]
    if not repairs:
        return "Arsip utuh: tidak ada temuan."
    lines = [f"{len(repairs)} temuan."]
    safe = sorted({repair for repair in repairs if repair})
    if safe:
        count = sum(map(bool, repairs))
        lines.append(f"{count} di antaranya aman disusun ulang tanpa kehilangan apa pun: {', '.join(safe)}")
    return "\n".join(lines)


def rebuild(options: Namespace) -> int:
    """Make the views anew from the folders; with a number, a case's BagIt files from its journal."""
    root = ready_root(options)
    if options.number:
        number = root.pattern.read(options.number)
        changed = root.renew_bag(number)
        print(f"{number}: {', '.join(changed) if changed else 'tidak ada'} yang disusun ulang dari jurnal.")
        return 0
    marked = root.rebuild()
    root.seal_what_is_left()  # a list of witnesses that was made anew is sealed as that
    root.status_codes.rebuild()
    count = root.book.rebuild(Progress("Menyusun buku register"))
    print(f"Buku register disusun ulang: {count} perkara, {marked} masih dikerjakan mesin.")
    if recovered := root.recover_ledger():
        print(f"Buku kotak masuk dilengkapi dari jurnal dan ditolak/: {recovered} berkas.")
    print(f"Indeks pencarian disusun ulang: {root.index.rebuild(Progress('Mengindeks perkara'))} perkara.")
    return 0


_WRITTEN = "%d-%m-%Y %H.%M.%S"
_KEPT = "tetap"  # typed for: none was given after the backup


def clock(options: Namespace) -> int:
    """Show the computer's time and what is dated after it; confirm that the time is right if asked to."""
    root = ready_root(options)
    now = root.clock.now()
    ahead = root.moments_ahead()
    print(f"Jam komputer ini: {now:{_WRITTEN}} {now.tzname()}")
    if not ahead:
        print("Tidak ada catatan arsip yang bertanggal sesudahnya.")
        return 0
    print(f"{len(ahead)} catatan arsip bertanggal sesudahnya, yang terakhir {ahead[-1]:{_WRITTEN}}.")
    if options.right:
        root.confirm_clock(ahead, system_account())
        print("Dicatat: jam sekarang benar, catatan itu dibuat ketika jam salah. Pendaftaran berjalan lagi.")
    else:
        print("Bila jam sekarang benar, jalankan `yankomas jam --benar`; bila salah, betulkan jam komputer ini.")
    return 0


def numbers(options: Namespace) -> int:
    """After a restore: show which numbers are known, or have a person say which were the highest given."""
    root = ready_root(options)
    last = root.numbers.last() or "tidak ada"
    print(f"Nomor register terakhir di arsip ini: {last}.")
    if (at := root.numbers.restored_from()) is None:
        print("Nomor diberikan seperti biasa.")
        return 0
    series = root.settings.naskah
    if not (options.register and options.naskah):
        print(
            f"Arsip ini dipulihkan dari cadangan {at:{_WRITTEN}}; nomor baru ditahan sampai ada kepastian.\n"
            f"Sebut yang tertinggi yang pernah diberikan (`{_KEPT}`: sesudah cadangan itu tidak ada):\n"
            f"  yankomas nomor --register {_asked(root)} --naskah {','.join(f'{name}=URUT' for name in series)}\n"
            "NOMOR menurut tanda terima dan buku register cetak; URUT menurut surat-surat tahun ini.\n"
            f"Tidak ada surat baru sama sekali: --naskah {_KEPT}."
        )
        return 0
    given, others = _register_numbers(options.register, root)
    serials = _serials(options.naskah, series)
    lost = root.numbers.confirm(given, serials, system_account(), root.clock.now(), others)
    print(f"Dicatat. {lost} nomor register hilang bersama mapnya; nomor baru diberikan sesudahnya.")
    return 0


def _asked(root: Root) -> str:
    """Return what is typed of register numbers: one of each series."""
    return ",".join(("NOMOR", *(f"{service.series}=NOMOR" for service in root.services)))


def _register_numbers(text: str, root: Root) -> tuple[CaseNumber | None, list[CaseNumber]]:
    """Return the highest number of the first series that was given (None: none was since), and those of the others.

    Raises:
        UsageFault: a series of the office is missing or unknown, or what is said of it is no number of it.
    """
    first, *rest = [part.strip() for part in text.split(",")]
    typed = dict(part.split("=", 1) for part in rest if "=" in part)
    if typed.keys() != {service.series for service in root.services} or len(typed) != len(rest):
        remedy = f"Tulis --register {_asked(root)}; NOMOR boleh {_KEPT}."
        raise UsageFault(f"{text!r} tidak menyebut setiap deret nomor register sekali.", remedy)
    read = {series: root.pattern.read(number) for series, number in typed.items() if number != _KEPT}
    given = None if first == _KEPT else root.pattern.read(first)
    for series, number in (("", given), *read.items()):
        if number and number.series != series:
            raise UsageFault(f"{number} bukan nomor dari deret itu.", f"Tulis --register {_asked(root)}.")
    return given, [*read.values()]


def _serials(text: str, series: Collection[str]) -> dict[str, int]:
    """Return the serials that were typed as ``keluar=118,nota-dinas=tetap``, of every series; or that none was given.

    Raises:
        UsageFault: a series is missing or unknown, or what is behind it is no serial.
    """
    if text == _KEPT:
        return {}
    typed = dict(part.strip().split("=", 1) for part in text.split(",") if "=" in part)
    if typed.keys() != set(series):
        every = ",".join(f"{name}=URUT" for name in series)
        raise UsageFault(
            f"{text!r} tidak menyebut setiap deret sekali.", f"Tulis --naskah {every}; URUT boleh {_KEPT}."
        )
    for name, serial in typed.items():
        if serial != _KEPT and not (serial.isdecimal() and 0 < int(serial) < 10**9):
            remedy = "Sebut urutnya saja, misalnya 118 dari W.8-HA.01.07-118."
            raise UsageFault(f"{serial!r} bukan nomor urut ({name}).", remedy)
    return {name: int(serial) for name, serial in typed.items() if serial != _KEPT}


def backup(options: Namespace) -> int:
    """Back the office up, or verify what is kept."""
    root = office_in(options.root)
    place = options.to or root.settings.backup.repository
    root.prepare()
    if root.is_central:
        print("Perkara kantor ini disimpan di pusat dan tidak termasuk: pusat dicadangkan pengelolanya.")
    if options.check:
        root.check_backup(place, Progress("Memeriksa cadangan, per seribu"))
        print(f"Cadangan di {place} utuh: semuanya dibaca dan cocok.")
        return 0
    kept = root.back_up(place, Progress("Mencadangkan, per seribu"))
    print(f"Cadangan {kept.snapshot} di {place}: {kept.files} berkas, {kept.added / 1e6:.1f} MB baru.")
    if kept.password:
        print(
            f"\nKATA SANDI CADANGAN: {kept.password}\n"
            "Catat sekarang dan simpan di luar komputer ini, dalam amplop tertutup: hanya ditampilkan sekali ini.\n"
            "Tanpa kata sandi ini cadangan tidak dapat dibuka bila komputer ini hilang."
        )
    if kept.findings:
        print("\nYang berubah sejak cadangan lalu TIDAK UTUH, dan dicadangkan seperti adanya:")
        _tell(kept.findings)
        print("Jangan hapus cadangan yang lebih lama; jalankan `yankomas verify` dan ikuti obatnya.")
    return ArchiveFault.exit_code if kept.findings else 0


def repair(options: Namespace) -> int:
    """Make one case whole from a backup, and say whether it is; exit code 6 if it is not."""
    root = ready_root(options)
    number = root.pattern.read(options.number)
    if not (place := options.source or root.settings.backup.repository):
        raise UsageFault("Tempat cadangan belum ditentukan.", "Sebut --dari TEMPAT.")
    root.access_log.append(root.clock.now(), TERMINAL, "perbaiki", ("admin",), case=str(number))
    root.access_log.flush()
    done = root.repair(number, place, options.snapshot)
    print(f"{number}: {', '.join(done.names) if done.names else 'tidak ada berkas'} dipulihkan dari cadangan.")
    if done.aside:
        print(f"Map yang lama disisihkan, seperti adanya: {done.aside}")
    _tell(done.findings)
    print(_sum_of(done.findings))
    return ArchiveFault.exit_code if done.findings else 0


def restore(options: Namespace) -> int:
    """Bring a backup back into an empty folder, make the views anew, and say whether all of it is whole."""
    bring, settle = Progress("Memulihkan, per seribu"), Progress("Menata perkara")
    fence = restore_backup(
        options.source, options.snapshot, options.to, _password(options.password_file), bring, settle
    )
    root = office_in(options.to)
    marked = root.rebuild()
    count = root.book.rebuild(Progress("Menyusun buku register"))
    root.status_codes.rebuild()
    root.index.rebuild(Progress("Mengindeks perkara"))
    print(f"Dipulihkan ke {options.to}: {count} perkara, keadaan {fence.at}; {marked} masih dikerjakan mesin.")
    findings = root.verify(Progress("Memeriksa perkara"))
    _tell(findings)
    print(f"{len(findings)} temuan." if findings else "Arsip utuh: tidak ada temuan.")
    print(
        "Nomor yang diberikan sesudah cadangan itu dimulai tidak ada di dalamnya. Sebelum nomor baru diberikan,\n"
        f"lihat tanda terima dan surat keluar yang terakhir, lalu: yankomas --root {options.to} nomor"
    )
    print(f"Untuk bekerja dengannya: yankomas --root {options.to} run")
    return ArchiveFault.exit_code if findings else 0


def _password(file: Path | None) -> str:
    if file:
        try:
            return file.read_text().strip()
        except (OSError, UnicodeDecodeError):
            raise UsageFault(f"Berkas kata sandi {file} tidak dapat dibaca.", "Periksa nama dan izinnya.") from None
    if told := os.environ.get("RESTIC_PASSWORD"):
        return told
    if sys.stdin.isatty():
        return getpass("Kata sandi cadangan: ").strip()
    raise UsageFault("Kata sandi cadangan tidak disebut.", "Sebut --password-file BERKAS, atau jalankan di terminal.")
