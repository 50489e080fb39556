"""A key is needed for the first time, by the desk and the intake at one moment, or while the disk is full."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from full_disk import no_room

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


def test_a_key_that_another_makes_between_two_looks_is_not_lost(tmp_path, monkeypatch):
    ours, another = (Keyring(tmp_path / "kunci", tmp_path / "sidik") for _ in range(2))
    exists, made = Path.exists, []

    def meanwhile(path: Path) -> bool:
        found = exists(path)
        if path.name == "segel" and path.parent.name == "kunci" and not made:
            made.append("segel")
            made.append(another.key("segel"))
        return found

    monkeypatch.setattr(Path, "exists", meanwhile)

    assert ours.key("segel") == made[1]


def test_a_key_that_cannot_be_written_leaves_nothing_behind_and_is_made_later(tmp_path):
    """The seal asks for its key every second: a full disk of a night left 30,000 empty files beside the keys."""
    keyring = Keyring(tmp_path / "kunci", tmp_path / "sidik")

    with no_room(), pytest.raises(OSError, match="File too large"):
        keyring.key("segel")

    assert list((tmp_path / "kunci").iterdir()) == []
    assert len(keyring.key("segel")) == 32
