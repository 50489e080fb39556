"""How a child ended is known however long the machine takes to tell, and no end of ours is taken for another's."""

from __future__ import annotations

import os
import signal
import socket

import pytest

from pipeline.scans.confinement import child
from pipeline.scans.confinement.child import Child, ChildLimits, Gone, Holding, Late, NotStarted, Starved
from pipeline.scans.confinement.framing import pack

SECONDS = 60.0


class Gasping:
    """A process that has said ``words`` and closed its pipes; it ends with ``code`` only after so many seconds."""

    pid = 0

    def __init__(self, code: int, after: float, words: bytes) -> None:
        self.requests, theirs = socket.socketpair()
        theirs.close()
        self.answers, said = os.pipe()
        os.write(said, words)
        os.close(said)
        self.returncode, self._code, self._after = None, code, after

    def poll(self):
        return self.returncode

    def wait(self, seconds=None):
        if seconds is not None and seconds > self._after:
            self.returncode = self._code

    def kill(self):
        self.returncode = -signal.SIGKILL

    def close(self):
        self.requests.close()
        os.close(self.answers)


def ended(code: int, after: float, words: bytes) -> Exception:
    """What is said of a child that ends so while it is asked."""
    process = Gasping(code, after, words)
    one = Child("misbehaving", ChildLimits(), Holding(namespaces=False, calls=False), lambda _limits: process)
    with pytest.raises((Gone, Late, NotStarted, Starved)) as fault:
        one.ask(pack({}), SECONDS)
    one.discard()
    return fault.value


@pytest.mark.parametrize(
    ("code", "kind"), [(-signal.SIGSEGV, Gone), (-signal.SIGXCPU, Late), (-signal.SIGKILL, Starved), (1, Gone)]
)
def test_why_it_ended_is_waited_for_as_long_as_its_answer_would_be(code, kind):
    assert type(ended(code, SECONDS / 2, pack("ready"))) is kind


def test_one_that_lives_on_without_its_pipe_and_is_killed_by_us_had_memory_enough():
    assert type(ended(0, 2 * SECONDS, pack("ready"))) is Gone


@pytest.mark.parametrize(("code", "kind"), [(-signal.SIGKILL, child.KilledAtStart), (1, NotStarted)])
def test_why_it_never_began_is_waited_for_too(code, kind):
    assert type(ended(code, SECONDS / 2, b"")) is kind
