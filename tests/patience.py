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


def processor_seconds(work: Callable[[], object]) -> float:
    """Return the least processor time that some work takes of five tries: a busy machine only ever adds."""

    def spent() -> float:
        begun = time.process_time()
        work()
        return time.process_time() - begun

    return min(spent() for _ in range(5))
