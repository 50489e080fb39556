"""Reading and printing stand behind the people at the desk, also where the kernel shares the processor by session."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path

import pytest
from patience import until
from processes import kernel_tells

from pipeline.scans.confinement import session_priority
from pipeline.scans.confinement.child import Child, ChildLimits, Holding
from pipeline.scans.confinement.session_priority import SessionPriority

AUTOGROUP = Path("/proc/self/autogroup")
needs_autogroup = pytest.mark.skipif(not AUTOGROUP.exists(), reason="this kernel does not group processes by session")


def nice_of(pid: int) -> int:
    """How nice the session of a process is."""
    return int(kernel_tells(pid, "autogroup").rsplit(maxsplit=1)[1])


@needs_autogroup
def test_a_child_that_reads_is_nice_as_a_session_and_we_are_not_changed():
    before = AUTOGROUP.read_text()
    child = Child("confined_operations", ChildLimits(nice=10), Holding(namespaces=False, calls=False))

    def is_nice():
        child._priority._due = 0.0
        child._priority.see_to_it()
        return nice_of(child.pid) == 10

    try:
        until(is_nice)  # the kernel may ask for patience, whoever of this machine asked last
    finally:
        child.discard()

    assert AUTOGROUP.read_text() == before


@needs_autogroup
def test_a_child_that_answers_people_keeps_its_place():
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, start_new_session=True) as child:
        SessionPriority(child.pid, 0)
        assert nice_of(child.pid) == 0
        child.kill()


class Kernel:
    """A file that answers as told, one fault (or None) after another."""

    def __init__(self, *faults: int | None) -> None:
        self._faults, self.written = list(faults), []

    def write_text(self, text: str) -> None:
        self.written.append(text)
        if (fault := self._faults.pop(0)) is not None:
            raise OSError(fault, "")


@pytest.fixture
def clock(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(session_priority.time, "monotonic", lambda: now[0])
    return now


def asked(monkeypatch, kernel: Kernel) -> SessionPriority:
    monkeypatch.setattr(session_priority, "Path", lambda _: kernel)
    return SessionPriority(1, 10)


def test_a_kernel_that_asks_for_patience_is_asked_again_later(monkeypatch, clock):
    kernel = Kernel(errno.EAGAIN, errno.EAGAIN, None)
    priority = asked(monkeypatch, kernel)

    for passed in (0.0, 0.05, 0.2, 0.2, 0.2):
        clock[0] += passed
        priority.see_to_it()

    assert kernel.written == ["10", "10", "10"]


@pytest.mark.parametrize("fault", [errno.ENOENT, errno.EACCES, errno.EPERM])
def test_a_kernel_that_cannot_is_not_asked_again(monkeypatch, clock, fault):
    kernel = Kernel(fault)
    priority = asked(monkeypatch, kernel)
    clock[0] += 1

    priority.see_to_it()

    assert kernel.written == ["10"]
