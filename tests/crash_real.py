"""A real office's work that kills itself before its n-th effect: crash_real.py ROOT N COUNTFILE [whole].

The work is `yankomas run --once`; of a whole case also three moves and its close, each made by `yankomas do` unless it
is recorded already, and what the machine owes after them.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from crash import Effects

from pipeline.cli import main
from pipeline.domain.numbering import CaseNumber
from pipeline.wiring import Root

NUMBER = CaseNumber(2026, 1)
REGISTER = {"cara_penyampaian": "pos", "perihal": "Upah", "pelapor": "Siti Rekaan", "terlapor": "PT Rekaan"}
MOVES = [
    ("konfirmasi", "tim-yankomas", {**REGISTER, "ringkasan": "Tiga bulan tanpa upah", "hak": "kesejahteraan"}),
    ("sampaikan", "tim-yankomas", {}),
    ("disposisi", "kakanwil", {"isi_disposisi": "Telaah", "derajat": "segera"}),
    ("cabut", "tim-yankomas", {"sebab": "permintaan pelapor", "alasan": "Sudah dibayar"}),
]


def _moves(root: str) -> int:
    for move, role, typed in MOVES:
        if move not in {m.decision.move for m in Root(Path(root)).cabinet.case(NUMBER).made}:
            answers = [part for name, value in typed.items() for part in ("--set", f"{name}={value}")]
            if code := main(["--root", root, "do", str(NUMBER), move, "--as", role, *answers]):
                return code
    return main(["--root", root, "run", "--once"])


if __name__ == "__main__":
    root, kill_at, counted, *whole = sys.argv[1:]
    effects = Effects(int(kill_at))
    effects.install()
    code = main(["--root", root, "run", "--once"]) or (_moves(root) if whole else 0)
    Path(counted).write_text(str(effects.count))
    sys.exit(code)
