"""A real `yankomas run --once` that kills itself before its n-th effect: crash_real.py ROOT N COUNTFILE."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from crash import Effects

from pipeline.cli import main

if __name__ == "__main__":
    root, kill_at, counted = sys.argv[1:]
    effects = Effects(int(kill_at))
    effects.install()
    code = main(["--root", root, "run", "--once"])
    Path(counted).write_text(str(effects.count))
    sys.exit(code)
