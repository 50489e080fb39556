"""``yankomas pusat``: the centre of many offices, for who looks after it."""

from __future__ import annotations

import os
import signal
from argparse import Namespace
from datetime import datetime
from typing import TYPE_CHECKING

from pipeline.backup.ports import ObjectPlace, RemovalKey
from pipeline.cli.show import Progress, printable
from pipeline.cli.terminal import Speaker, log_by
from pipeline.errors import ArchiveFault, UsageFault
from pipeline.wiring import (
    centre_at,
    export_from_centre,
    move_out_of_centre,
    run_office_from,
    take_objects_again,
    worker_of_centre,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.backup.ports import CentralOffice, Centre, Removal, Removed

#: Where who looks after the centre says how the database is reached.
ADDRESS = "YANKOMAS_PUSAT_PENGELOLA"
#: And how workers reach it, who have a role of their own.
WORKER = "YANKOMAS_PUSAT_PEKERJA"
#: And the key of the object store with which they delete; no office has it.
REMOVAL_KEY_ID, REMOVAL_KEY = "YANKOMAS_PUSAT_KUNCI_HAPUS", "YANKOMAS_PUSAT_RAHASIA_HAPUS"


def prepare(options: Namespace) -> int:
    """Bring every office's schema to this version's form, and make the role of workers."""
    made = _centre(options).prepare(Progress("Menyiapkan kantor"))
    if made.worker:
        print("Peran pekerja dibuat. Di mesin pekerja, isi lingkungannya (hanya ditampilkan sekali ini):")
        print(f"  {WORKER}='{made.worker}'")
    for office in made.folderless:
        print(
            f"Belum dinyatakan dari folder mana kantor {office} dijalankan: buku di foldernya tidak disegel, dan akun "
            "yang masih di folder tidak diambil ke pusat. "
            "Satu kali, di folder yang dipakainya: `yankomas pusat kantor di-sini FOLDER`."
        )
    print(f"Pusat siap; {made.offices} kantor berbentuk versi program ini.")
    return 0


def add(options: Namespace) -> int:
    """Make a new office of the folder."""
    _centre(options).add(options.name, options.root, _place(options))
    print(f"Kantor {options.name} dibuat; perkara folder {options.root} disimpan di pusat.")
    return 0


def move_in(options: Namespace) -> int:
    """Move a folder's office into the centre."""
    centre = _centre(options)
    count = centre.move_in(options.name, options.folder, _place(options), Progress("Memindahkan perkara"))
    print(f"{count} perkara pindah ke pusat sebagai kantor {options.name} dan diperiksa utuh.")
    print(f"Map lamanya ada di {options.folder}/arsip-sebelum-pusat; hapus bila cadangan pusat sudah terbukti.")
    return 0


def move_out(options: Namespace) -> int:
    """Move the folder's office out of the centre, back into the folder."""
    count = move_out_of_centre(options.folder, Progress("Memindahkan perkara"))
    print(f"{count} perkara kembali di {options.folder}; kantornya tidak lagi dikerjakan di pusat.")
    print("Jalankan `yankomas rebuild`, lalu `yankomas verify`.")
    return 0


def run_here(options: Namespace) -> int:
    """Have the office be run from this folder: its books are sealed, its templates drawn with, and no other's."""
    before, lacks_people = run_office_from(options.folder, keys_lost=options.keys_lost)
    print(
        f"Kantor ini dijalankan dari {options.folder}: buku di folder ini yang disegel, "
        "templat dan pengaturannya yang dipakai pekerja mulai lembar berikutnya."
    )
    if options.keys_lost:
        print(
            f"Kunci kantor ini kini yang ada di {options.folder}/.kunci. Salin ke mesin kantor ini yang lain; sampai "
            "disalin, tidak ada yang ditulis di sana."
        )
    if before:
        print(f"Sebelumnya dari {before}: hentikan yang di sana, atau jadikan pekerja.")
    if lacks_people:
        print(
            "Perhatian: akun kantor ini belum ada di pusat, dan folder ini tidak memuatnya. Bila folder yang dipakai "
            f"sampai sekarang memuatnya, salin .akun/akun.sqlite3 dari sana ke {options.folder}/.akun sebelum mejanya "
            "dijalankan; akun yang dibuat di sini menggantikannya."
        )
    return 0


def work(options: Namespace) -> int:
    """Tend the cases of these folders' offices until a signal."""
    say = Speaker(lambda: datetime.now().astimezone())
    log_by(lambda: datetime.now().astimezone())
    with worker_of_centre(options.folders, address_of(options, WORKER), say) as worker:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: worker.stop())
        say("Pekerja pusat mulai (Ctrl-C untuk berhenti)")
        worker.run()
    return 0


def export(options: Namespace) -> int:
    """Write the offices of these folders beside the centre, each as an ordinary archive."""
    for folder in options.folders:
        target, count = export_from_centre(folder, options.place, Progress(f"Mengekspor {folder.name}"))
        print(f"{target}: {count} perkara ditulis; selebihnya sudah ada. Dibuka dengan `yankomas --root {target} …`.")
    return 0


def take_again(options: Namespace) -> int:
    """Take files that the object store lost again from a folder that has them; exit code 6 if some are still lost."""
    found = take_objects_again(options.folder, options.source, Progress("Memeriksa berkas"))
    for name, whole in found:
        print(printable(f"{name}: {'disimpan kembali' if whole else 'tetap hilang'}"))
    lost = sum(not whole for _, whole in found)
    print(f"{len(found)} berkas hilang atau berubah, {lost} tetap hilang.")
    return ArchiveFault.exit_code if lost else 0


def destroy(options: Namespace) -> int:
    """Delete from the object store what the lists of these offices have destroyed; exit code 6 if some is left."""
    return max(_deleted(name, options, lambda removal, progress: removal.remove(progress)) for name in options.offices)


def sweep(options: Namespace) -> int:
    """Show how much of these offices nobody names, or delete it."""
    if options.delete:
        return max(
            _deleted(name, options, lambda removal, progress: removal.remove_unnamed(options.days, progress))
            for name in options.offices
        )
    for name in options.offices:
        with _centre(options).removal(name, _removal_key()) as removal:
            count, size = removal.unnamed(options.days)
        print(f"{name}: {count} berkas ({size} bita) lebih tua dari {options.days} hari tidak disebut siapa pun.")
    print("Tidak ada yang dihapus; dengan --hapus yang ini dihapus.")
    return 0


def _deleted(name: str, options: Namespace, act: Callable[[Removal, Progress], Removed]) -> int:
    with _centre(options).removal(name, _removal_key()) as removal:
        found = act(removal, Progress(f"Menghapus berkas {name}"))
    told = [f"{found.deleted} berkas dihapus dari penyimpanan objek"]
    told += [f"{found.in_use} tetap disimpan karena masih dipakai perkara lain"] if found.in_use else []
    if found.as_versions:
        told.append(f"{found.as_versions} masih ada sebagai versi lama sampai aturan penyimpanan menghapusnya")
    told += [f"{found.refused} tidak mau dihapus penyimpanan"] if found.refused else []
    print(f"{name}: {'; '.join(told)}.")
    return ArchiveFault.exit_code if found.as_versions or found.refused else 0


def _removal_key() -> RemovalKey:
    said = [os.environ.get(name, "") for name in (REMOVAL_KEY_ID, REMOVAL_KEY)]
    if not all(said):
        raise UsageFault(
            "Kunci pengelola untuk penyimpanan objek tidak disebut; kunci kantor tidak berhak menghapus.",
            f"Isi {REMOVAL_KEY_ID} dan {REMOVAL_KEY} di lingkungan: kunci yang boleh melihat daftar dan menghapus.",
        )
    return RemovalKey(*said)


def brought_back(options: Namespace) -> int:
    """Note that the database was brought back from a copy; numbers wait until persons have said how far they went."""
    count = _centre(options).brought_back()
    print(f"Dicatat untuk {count} kantor: nomor baru ditahan sampai `yankomas nomor` dijalankan di kantor itu.")
    return 0


def status(options: Namespace) -> int:
    """Show every office of the centre."""
    offices = list(_centre(options).status())
    for office in offices:
        left = "; sudah pindah keluar" if office.moved_out else ""
        last = f"terakhir {office.last}" if office.last else "belum ada nomor"
        print(f"{office.name}: {office.cases} perkara, {office.open} dikerjakan mesin, {last}{left}; {_key_of(office)}")
        if not office.prepared:
            print(f"  basis datanya berbentuk {office.form}, bukan bentuk versi program ini: `yankomas pusat siapkan`")
        for agent in office.agents:
            print(printable(f"  {agent}"))
        if office.to_delete:
            print(f"  {office.to_delete} berkas menunggu dihapus: `yankomas pusat musnahkan {office.name}`")
    if not offices:
        print("Belum ada kantor di pusat.")
    found = _centre(options).workers()
    silent = "" if found.alive or found.silent is None else f" (tanda terakhir {found.silent} detik yang lalu)"
    print(f"Pekerja pusat: {found.alive} hidup{silent}; {found.waiting} perkara menunggu pekerja.")
    for told in found.others:
        print(printable(f"  {told}"))
    return 0


def _key_of(office: CentralOffice) -> str:
    if office.key_tried is None:
        return "kunci objeknya belum dicoba (`yankomas doctor` di foldernya)"
    tried = f"dicoba {office.key_tried.astimezone():%d-%m-%Y %H.%M}"
    if office.key_opens:
        return f"BAHAYA: kunci objeknya membuka berkas {office.key_opens} ({tried})"
    return f"kunci objeknya tidak membuka berkas kantor lain ({tried})"


def _centre(options: Namespace) -> Centre:
    return centre_at(address_of(options))


def _place(options: Namespace) -> ObjectPlace:
    return ObjectPlace(options.objects, options.bucket, options.plaintext)


def address_of(options: Namespace, name: str = ADDRESS) -> str:
    """Return how the centre's database is reached: as an option says, or the environment by this name.

    Raises:
        UsageFault: it is said nowhere.
    """
    address = options.database or os.environ.get(name, "")
    if not address:
        raise UsageFault(
            "Alamat basis data pusat tidak disebut.", f"Pakai --basis-data, atau isi {name} di lingkungan."
        )
    return address
