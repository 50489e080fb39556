"""A real office's work that kills itself before its n-th effect: crash_real.py ROOT N COUNTFILE [whole].

The work is `yankomas run --once`; of a whole case also three moves and its close, each made by `yankomas do` unless it
is recorded already, and what the machine owes after each of them: a sheet that is drafted only after the next move says
more than one that is drafted before it, killed or not. Two such works are compared, so what may rightly differ
between them is taken away: the office's clock is put forward by the seconds in ``CLOCK_AHEAD``, to a morning of a
working day (a letter that comes in the afternoon has other deadlines), and no letter overtakes another that a busy
machine is slow with.
"""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from crash import Effects
from offices import CENTRAL

from pipeline.cases.case_number import CaseNumber
from pipeline.cli import main
from pipeline.intake import arrival_order
from pipeline.office.store.server_clock import ServerClock
from pipeline.office.store.system_clock import SystemClock
from pipeline.wiring import office_in

NUMBER = CaseNumber(2026, 1)
REGISTER = {"cara_penyampaian": "pos", "perihal": "Upah", "pelapor": "Siti Rekaan", "terlapor": "PT Rekaan"}
MOVES = [
    ("konfirmasi", "tim-yankomas", {**REGISTER, "ringkasan": "Tiga bulan tanpa upah", "hak": "kesejahteraan"}),
    ("sampaikan", "tim-yankomas", {}),
    ("disposisi", "kakanwil", {"isi_disposisi": "Telaah", "derajat": "segera"}),
    ("cabut", "tim-yankomas", {"sebab": "permintaan pelapor", "alasan": "Sudah dibayar"}),
]


def _without_chance() -> None:
    """Take from the work what the hour of the day and other people's load on the machine make of it."""
    clock, ahead = ServerClock if CENTRAL else SystemClock, timedelta(seconds=float(os.environ["CLOCK_AHEAD"]))
    right = clock.now
    clock.now = lambda self: right(self) + ahead
    arrival_order.Turns = partial(arrival_order.Turns, 300.0)


def _moves(root: str) -> int:
    for move, role, typed in MOVES:
        if move not in {m.decision.move for m in office_in(Path(root)).cabinet.case(NUMBER).made}:
            answers = [part for name, value in typed.items() for part in ("--set", f"{name}={value}")]
            if code := main(["--root", root, "do", str(NUMBER), move, "--as", role, *answers]):
                return code
            if code := main(["--root", root, "run", "--once"]):
                return code
    return 0


if __name__ == "__main__":
    root, kill_at, counted, *whole = sys.argv[1:]
    effects = Effects(int(kill_at))
    effects.install()
    _without_chance()
    code = main(["--root", root, "run", "--once"]) or (_moves(root) if whole else 0)
    Path(counted).write_text(str(effects.count))
    sys.exit(code)
