"""Backup and restore: an office's second copy, and the way back from it."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from getpass import getpass
from pathlib import Path

from pipeline.cli.show import Progress
from pipeline.errors import ArchiveFault, UsageFault
from pipeline.wiring import Root, restore_backup


def backup(options: Namespace) -> int:
    """Back the office up, or verify what is kept."""
    root = Root(options.root)
    place = options.to or root.settings.backup.repository
    root.prepare()
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
    return 0


def restore(options: Namespace) -> int:
    """Bring a backup back into an empty folder, make the views anew, and say whether all of it is whole."""
    bring, settle = Progress("Memulihkan, per seribu"), Progress("Menata perkara")
    fence = restore_backup(
        options.source, options.snapshot, options.to, _password(options.password_file), bring, settle
    )
    root = Root(options.to)
    marked = root.rebuild()
    count = root.book.rebuild(Progress("Menyusun buku register"))
    root.status_codes.rebuild()
    root.index.rebuild(Progress("Mengindeks perkara"))
    print(f"Dipulihkan ke {options.to}: {count} perkara, keadaan {fence.at}; {marked} masih dikerjakan mesin.")
    findings = root.verify(Progress("Memeriksa perkara"))
    for finding in findings:
        print(f"{finding.where}: {finding.fact} {finding.remedy}")
    print(f"{len(findings)} temuan." if findings else "Arsip utuh: tidak ada temuan.")
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
