"""``yankomas jam``: what to do when the computer's clock once ran ahead."""

from __future__ import annotations

from argparse import Namespace
from getpass import getuser

from pipeline.archive.store.clock_faults import confirm
from pipeline.cli.ready import ready_root
from pipeline.evidence.store.dated_ahead import moments_ahead

_WRITTEN = "%d-%m-%Y %H.%M.%S"


def clock(options: Namespace) -> int:
    """Show the computer's time and what is dated after it; confirm that the time is right if asked to."""
    root = ready_root(options)
    now = root.clock.now()
    ahead = moments_ahead(root.layout, now)
    print(f"Jam komputer ini: {now:{_WRITTEN}} {now.tzname()}")
    if not ahead:
        print("Tidak ada catatan arsip yang bertanggal sesudahnya.")
        return 0
    print(f"{len(ahead)} catatan arsip bertanggal sesudahnya, yang terakhir {ahead[-1]:{_WRITTEN}}.")
    if options.right:
        confirm(root.layout.wrong_times, ahead, now, getuser())
        print("Dicatat: jam sekarang benar, catatan itu dibuat ketika jam salah. Pendaftaran berjalan lagi.")
    else:
        print("Bila jam sekarang benar, jalankan `yankomas jam --benar`; bila salah, betulkan jam komputer ini.")
    return 0
