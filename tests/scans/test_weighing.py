"""Which processes are weighed, and killed for what they weigh."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from patience import until

from pipeline.scans.confinement.weighing import family, parent


def test_what_a_child_starts_is_of_the_family():
    script = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
    with subprocess.Popen([sys.executable, "-c", script], start_new_session=True) as child:
        try:
            until(lambda: len(set(family(child.pid))) == 2)
            assert set(family(child.pid)) < set(family(os.getpid()))
            assert [parent(pid) for pid in family(child.pid)] == [os.getpid(), child.pid]
        finally:
            os.killpg(child.pid, signal.SIGKILL)
