"""A role that one process at a time has: who holds it is known by its lock, as a pid can be used again."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from full_disk import no_room

from pipeline.errors import Busy
from pipeline.storage import locks
from pipeline.storage.locks import is_running, sole_process

HOLD = "import sys; from pathlib import Path; from pipeline.storage.locks import sole_process\n"
HOLD += "with sole_process(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"


@contextmanager
def holder(lock):
    """Another process that holds the role while the context lasts."""
    command = [sys.executable, "-c", HOLD, str(lock)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_who_holds_a_role_is_seen_and_named(tmp_path):
    lock = tmp_path / "run"
    assert not is_running(lock)

    with holder(lock) as process:
        assert is_running(lock)
        with pytest.raises(Busy, match=f"pid {process.pid}"), sole_process(lock):
            pass

    assert not is_running(lock)


def test_a_killed_process_holds_nothing_even_if_its_number_is_used_again(tmp_path):
    lock = tmp_path / "run"
    with holder(lock):
        pass
    lock.write_text(f"{os.getpid()}\n")  # as if our pid were that of the dead one

    assert not is_running(lock)


def test_looking_keeps_nobody_from_taking_the_role(tmp_path):
    lock = tmp_path / "run"

    with sole_process(lock):
        assert is_running(lock)
        assert is_running(lock)
    with sole_process(lock):
        pass


def test_who_looks_keeps_nobody_from_the_role_though_the_whole_machine_stands_still_meanwhile(tmp_path, monkeypatch):
    lock, clock, pauses = tmp_path / "run", [0.0], []
    looking = os.open(lock, os.O_RDONLY | os.O_CREAT)
    fcntl.flock(looking, fcntl.LOCK_SH)

    def sleep(seconds):
        clock[0] += 60.0
        pauses.append(seconds)
        if len(pauses) == 2:
            os.close(looking)

    monkeypatch.setattr(locks, "time", SimpleNamespace(sleep=sleep, monotonic=lambda: clock[0]))

    with sole_process(lock):
        assert len(pauses) == 2


def test_the_process_to_stop_is_named_and_not_the_one_that_would_be_started_again(tmp_path):
    lock = tmp_path / "run"

    with sole_process(lock, os.getppid()), pytest.raises(Busy, match=rf"pid {os.getppid()}\)"), sole_process(lock):
        pass


def test_a_process_that_outlived_its_supervisor_is_named_itself(tmp_path):
    lock = tmp_path / "run"
    dead = subprocess.Popen(["true"])
    dead.wait()

    with sole_process(lock, dead.pid), pytest.raises(Busy, match=rf"pid {os.getpid()}\)"), sole_process(lock):
        pass


def test_a_role_is_held_also_where_no_byte_can_be_written(tmp_path):
    """As on a full disk: a start after a power cut is not refused for a number that only helps people."""
    lock = tmp_path / "run"

    with no_room(), sole_process(lock):
        assert is_running(lock)
        with pytest.raises(Busy, match=r"pid \?"), sole_process(lock):
            pass
