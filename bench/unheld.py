"""`yankomas` with every limit and confinement off: only to measure what they cost, and nowhere else to be had."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace

from pipeline import cli
from pipeline.letters.engines import libreoffice
from pipeline.reading.engines import scan_reader
from pipeline.scans.confinement import pool, sealed
from pipeline.scans.confinement.child import ChildLimits, Holding
from pipeline.work.engines import launcher

#: What the supervisor starts its parts with: the program as it is, held.
_PROGRAM = [sys.executable, "-P", "-m", "pipeline.cli"]
_LOOSE = Holding(namespaces=False, calls=False)
_BOUNDLESS = ChildLimits(memory=2**62, seconds=1e6, cpu=1e6, requests=10**9, resident=2**62)


def main() -> int:
    """Take everything off, then do what is asked."""
    pool.tightest = libreoffice.tightest = lambda: _LOOSE  # type: ignore[assignment]
    sealed.sealed = lambda path, _most: os.open(path, os.O_RDONLY)  # type: ignore[assignment]
    scan_reader._PROVING = _BOUNDLESS
    scan_reader.PAGE = replace(_BOUNDLESS, nice=scan_reader.PAGE.nice)
    launch = launcher.PartProcess

    def unheld_too(command: Sequence[str], *, again: bool) -> launcher.PartProcess:
        assert [*command[: len(_PROGRAM)]] == _PROGRAM, command
        return launch([sys.executable, __file__, *command[len(_PROGRAM) :]], again=again)

    launcher.PartProcess = unheld_too  # type: ignore[assignment,misc]
    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
