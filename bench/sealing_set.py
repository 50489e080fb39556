"""`yankomas` that seals never, or far more often than it does: only to measure what sealing costs.

``python bench/sealing_set.py off|often SPENT …``: ``often`` seals at every look; what that took of the processor, in
seconds of the thread that seals, is written to SPENT after each.
"""

from __future__ import annotations

import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

from pipeline import cli
from pipeline.evidence import sealing
from pipeline.evidence.seal import Seal
from pipeline.evidence.sealing import SealMaker


def main() -> int:
    """Set it, then do what is asked."""
    how, spent = sys.argv.pop(1), Path(sys.argv.pop(1))
    seal, seconds, made = SealMaker.seal_now, 0.0, 0

    def never(_maker: SealMaker, _now: datetime) -> Seal | None:
        return None

    def counted(maker: SealMaker, now: datetime) -> Seal | None:
        nonlocal seconds, made
        before = time.thread_time()
        done = seal(maker, now)
        seconds, made = seconds + time.thread_time() - before, made + bool(done)
        spent.write_text(f"{seconds} {made}")
        return done

    sys.argv.append("--no-web")  # the intake alone, which seals, in this very process
    sealing.EVERY = timedelta(0)
    SealMaker.seal_now = never if how == "off" else counted  # type: ignore[method-assign]
    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
