"""``yankomas pusat``: the centre of many offices, for who looks after it."""

from __future__ import annotations

import os
import signal
from argparse import Namespace
from datetime import datetime
from typing import TYPE_CHECKING

from pipeline.cli.show import Progress
from pipeline.cli.terminal import Speaker, log_by
from pipeline.errors import UsageFault
from pipeline.wiring import centre_at, move_out_of_centre, worker_of_centre

if TYPE_CHECKING:
    from pipeline.backup.ports import Centre

#: Where who looks after the centre says how the database is reached.
ADDRESS = "YANKOMAS_PUSAT_PENGELOLA"


def prepare(options: Namespace) -> int:
    """Bring every office's schema to this version's form."""
    count = _centre(options).prepare(Progress("Menyiapkan kantor"))
    print(f"Pusat siap; {count} kantor berbentuk versi program ini.")
    return 0


def add(options: Namespace) -> int:
    """Make a new office of the folder."""
    _centre(options).add(options.name, options.root, options.objects, options.bucket)
    print(f"Kantor {options.name} dibuat; perkara folder {options.root} disimpan di pusat.")
    return 0


def move_in(options: Namespace) -> int:
    """Move a folder's office into the centre."""
    centre = _centre(options)
    moving = Progress("Memindahkan perkara")
    count = centre.move_in(options.name, options.folder, options.objects, options.bucket, moving)
    print(f"{count} perkara pindah ke pusat sebagai kantor {options.name} dan diperiksa utuh.")
    print(f"Map lamanya ada di {options.folder}/arsip-sebelum-pusat; hapus bila cadangan pusat sudah terbukti.")
    return 0


def move_out(options: Namespace) -> int:
    """Move the folder's office out of the centre, back into the folder."""
    count = move_out_of_centre(options.folder, Progress("Memindahkan perkara"))
    print(f"{count} perkara kembali di {options.folder}; kantornya tidak lagi dikerjakan di pusat.")
    print("Jalankan `yankomas rebuild`, lalu `yankomas verify`.")
    return 0


def work(options: Namespace) -> int:
    """Tend the cases of these folders' offices until a signal."""
    say = Speaker(lambda: datetime.now().astimezone())
    log_by(lambda: datetime.now().astimezone())
    with worker_of_centre(options.folders, address_of(options), say) as worker:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: worker.stop())
        say("Pekerja pusat mulai (Ctrl-C untuk berhenti)")
        worker.run()
    return 0


def status(options: Namespace) -> int:
    """Show every office of the centre."""
    offices = list(_centre(options).status())
    for office in offices:
        left = "; sudah pindah keluar" if office.moved_out else ""
        last = f"terakhir {office.last}" if office.last else "belum ada nomor"
        print(f"{office.name}: {office.cases} perkara, {office.open} dikerjakan mesin, {last}{left}")
    if not offices:
        print("Belum ada kantor di pusat.")
    return 0


def _centre(options: Namespace) -> Centre:
    return centre_at(address_of(options))


def address_of(options: Namespace) -> str:
    """Return how who looks after the centre reaches its database.

    Raises:
        UsageFault: it is said nowhere.
    """
    address = options.database or os.environ.get(ADDRESS, "")
    if not address:
        raise UsageFault(
            "Alamat basis data pusat tidak disebut.", f"Pakai --basis-data, atau isi {ADDRESS} di lingkungan."
        )
    return address
