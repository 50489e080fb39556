"""`yankomas` with every limit and confinement off: only to measure what they cost, and nowhere else to be had."""

from __future__ import annotations

import os
import sys
from dataclasses import replace

from pipeline import cli
from pipeline.adapters.confinement.holding import Holding
from pipeline.adapters.scans import reader, sandbox
from pipeline.adapters.scans.children import ChildLimits
from pipeline.adapters.sheets import press

_LOOSE = Holding(namespaces=False, calls=False)
_BOUNDLESS = ChildLimits(memory=2**62, seconds=1e6, cpu=1e6, requests=10**9, resident=2**62)


def main() -> int:
    """Take everything off, then do what is asked."""
    sandbox.tightest = press.tightest = lambda: _LOOSE  # type: ignore[assignment]
    reader.sealed = lambda path, _most: os.open(path, os.O_RDONLY)  # type: ignore[assignment]
    reader._PROVING = _BOUNDLESS
    reader._PAGE = replace(_BOUNDLESS, nice=reader._PAGE.nice)
    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
