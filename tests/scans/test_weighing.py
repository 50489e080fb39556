"""Which processes are weighed, and killed for what they weigh."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from patience import until

from pipeline.scans.confinement.weighing import family


def test_a_child_that_is_not_its_program_yet_is_not_weighed_with_its_parents_memory():
    reading, writing = os.pipe()
    os.set_inheritable(reading, True)
    pid = os.fork()
    if not pid:
        os.read(reading, 1)
        os.execv(sys.executable, [sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        assert pid not in family(os.getpid())

        os.write(writing, b"x")
        until(lambda: pid in family(os.getpid()))
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(reading)
        os.close(writing)


def test_what_a_child_starts_is_of_the_family():
    script = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
    with subprocess.Popen([sys.executable, "-c", script], start_new_session=True) as child:
        try:
            until(lambda: len(set(family(child.pid))) == 2)
            assert set(family(child.pid)) < set(family(os.getpid()))
        finally:
            os.killpg(child.pid, signal.SIGKILL)
