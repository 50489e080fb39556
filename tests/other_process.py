"""Another process that wants an SQLite file for itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_TAKES = """
import sqlite3, sys
rows = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)
rows.execute("PRAGMA locking_mode=EXCLUSIVE")
try:
    rows.execute("BEGIN EXCLUSIVE")
    rows.execute("INSERT INTO a VALUES (2)")
except sqlite3.OperationalError as fault:
    print(fault)
"""


def told_to_another(path: Path) -> str:
    """Return what another process is told that takes the file, which has a table ``a``, at once; empty: it has it."""
    command = [sys.executable, "-c", _TAKES, str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
