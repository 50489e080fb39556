"""How long a test waits before it gives up: so long that only a broken rule makes it fail, however busy the machine."""

from __future__ import annotations

import time
from collections.abc import Callable

#: Seconds; what is waited for usually takes well under one.
PATIENCE = 120.0


def until(happens: Callable[[], object], patience: float = PATIENCE) -> None:
    """Wait until something happens; fail when it does not."""
    end, pause = time.monotonic() + patience, 0.001
    while not happens():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(pause)
        pause = min(pause * 1.5, 0.03)  # looking costs the machine on which it is to happen


def processor_seconds(work: Callable[[], object], enough: float = 0.0) -> float:
    """Return the least processor time that some work takes of five tries: a busy machine only ever adds.

    Once it took less than ``enough``, it is not tried again.
    """
    least = float("inf")
    for _ in range(5):
        begun = time.process_time()
        work()
        least = min(least, time.process_time() - begun)
        if least < enough:
            break
    return least
