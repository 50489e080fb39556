"""Servers of tests and trials are nobody's children, and live no longer than who started them, however it ends."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import free_ports
import pytest
import trial_servers
from processes import all_ended, family, watched

TOOLS = Path(__file__).resolve().parents[2] / "tools"
#: Begins a server in a thread that ends; says so, and is there until it is killed.
BEGINNING = """
import contextlib, os, signal, sys, threading
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import trial_servers
log, begun = Path(sys.argv[2]), contextlib.ExitStack()
server = trial_servers._running(["sh", "-c", "echo $$; exec sleep 600"], lambda: b"\\n" in log.read_bytes(), log,
    signal.SIGTERM, {})
def begin():
    begun.enter_context(server)
    print(threading.get_native_id(), flush=True)
beginning = threading.Thread(target=begin)
beginning.start()
beginning.join()
sys.stdin.read()
"""


@pytest.fixture
def starting(tmp_path):
    command = [sys.executable, "-c", BEGINNING, str(TOOLS), str(tmp_path / "log")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def test_a_server_outlives_the_thread_in_which_it_was_started_and_not_the_process(starting, tmp_path):
    thread = Path("/proc", str(starting.pid), "task", starting.stdout.readline().strip())
    server = int((tmp_path / "log").read_text())
    ended = watched([server])
    assert server not in family(starting.pid)
    while thread.exists():
        os.sched_yield()

    assert not select.select(ended, [], [], 0.2)[0]  # where the thread's end ends it, it does so at once
    starting.send_signal(signal.SIGKILL)
    assert all_ended(ended)


def running(log: Path, command: str, answers=None):
    return trial_servers._running(["sh", "-c", command], answers or log.read_bytes, log, signal.SIGTERM, {})


def test_a_server_has_ended_when_its_context_has(tmp_path, capfd):
    log = tmp_path / "log"
    with running(log, "echo $$; exec sleep 600"):
        (ended,) = watched([int(log.read_text())])

    assert select.select([ended], [], [], 0)[0]
    os.close(ended)
    assert not capfd.readouterr().err


def test_a_server_that_ended_by_itself_is_told_with_its_words(tmp_path, capfd):
    log = tmp_path / "log"
    with running(log, "echo $$ berkas habis; kill -9 $$"):
        assert all_ended(watched([int(log.read_text().split()[0])]))

    assert f"sh ended by itself (-9): {log.read_text()}" in capfd.readouterr().err


def test_a_server_that_does_not_start_is_told_with_its_words(tmp_path):
    starting = running(tmp_path / "log", "echo tanpa izin >&2", answers=lambda: False)

    with pytest.raises(RuntimeError, match="sh does not start: tanpa izin"), starting:
        pass


def test_a_port_is_given_once_though_nobody_listens_there_yet(monkeypatch):
    given, asked, chance = free_ports.free_port(), [], free_ports._CHANCE

    def chosen(*bounds):
        asked.append(bounds)
        return given if len(asked) == 1 else chance.randrange(*bounds)

    monkeypatch.setattr(free_ports, "_CHANCE", SimpleNamespace(randrange=chosen))

    assert free_ports.free_port() != given
    assert len(asked) > 1
    with socket.create_server(("127.0.0.1", given)):
        pass  # whom it was given to listens there
