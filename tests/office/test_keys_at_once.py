"""The desk and the intake may need a key for the first time at one moment: both get the same, and neither fails."""

from __future__ import annotations

import subprocess
import sys

from pipeline.office.store.keys import Keyring

MAKE = """
import sys
from pathlib import Path
from pipeline.office.store.keys import Keyring
office = Path(sys.argv[1])
sys.stdin.readline()
for n in range(40):
    print(Keyring(office / "kunci", office / "sidik").key(f"kunci-{n}").hex())
"""


def test_processes_that_make_a_key_at_once_have_the_same_key(tmp_path):
    making = [
        subprocess.Popen(
            [sys.executable, "-c", MAKE, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for process in making:
        process.stdin.write("mulai\n")
        process.stdin.flush()

    said = [process.communicate() for process in making]

    assert [err for _, err in said] == [""] * 4
    assert len({out for out, _ in said}) == 1
    assert Keyring(tmp_path / "kunci", tmp_path / "sidik").faults() == []
