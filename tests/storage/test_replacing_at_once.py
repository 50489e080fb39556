"""Several processes put new contents in place of one file at once: it is whole at every moment, and nobody fails."""

from __future__ import annotations

import subprocess
import sys

PUT = """
import sys
from pathlib import Path
from pipeline.storage import disk
path, letter = Path(sys.argv[1]), sys.argv[2].encode()
sys.stdin.readline()
for _ in range(60):
    disk.replace(path, letter * 40_000)
    assert len(set(path.read_bytes())) == 1 and path.stat().st_size == 40_000
"""


def test_a_file_that_two_processes_replace_at_once_is_always_one_of_their_contents(tmp_path):
    path = tmp_path / "catatan"
    putting = [
        subprocess.Popen(
            [sys.executable, "-c", PUT, str(path), letter], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for letter in "ABC"
    ]
    for process in putting:
        process.stdin.write("mulai\n")
        process.stdin.flush()

    ended = [process.communicate()[1] for process in putting]

    assert ended == ["", "", ""]
    assert [p.name for p in tmp_path.iterdir()] == ["catatan"]
