"""``yankomas jam``: what to do when the computer's clock once ran ahead."""

from __future__ import annotations

from argparse import Namespace
from getpass import getuser

from pipeline.cli.ready import ready_root

_WRITTEN = "%d-%m-%Y %H.%M.%S"


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
        root.confirm_clock(ahead, getuser())
        print("Dicatat: jam sekarang benar, catatan itu dibuat ketika jam salah. Pendaftaran berjalan lagi.")
    else:
        print("Bila jam sekarang benar, jalankan `yankomas jam --benar`; bila salah, betulkan jam komputer ini.")
    return 0
