"""A file's bytes, frozen in memory: what a child is given instead of a path.

The child needs no view of inbox or archive, cannot change a byte of the original, and reads the very bytes that were
proved, whatever happens to the file meanwhile.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path

from pipeline.errors import EngineFault, Passing
from pipeline.scans.confinement.budget import MemoryBudget
from pipeline.scans.refusals import Limits
from pipeline.storage.disk_full import PASSING
from pipeline.system_messages import os_words

_SEALS = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL
_ROUND = 2**26  # bytes copied at once


@contextmanager
def sealed_scan(path: Path, limits: Limits, budget: MemoryBudget | None = None) -> Iterator[int]:
    """Give a scan as children get it; it is weighed first, because it is kept in memory.

    Raises:
        Refused: it is larger than may be.
        EngineFault: it cannot be read.
        Passing: there is no memory for it now, or too many files are open: no fault of the file.
    """
    with ExitStack() as held:
        try:
            limits.check_size(path.stat().st_size)
            file = held.enter_context(sealed_file(path, limits.size, budget))
        except OSError as fault:
            if fault.errno in PASSING:
                remedy = "Tidak ada yang hilang; diulang sendiri, atau ulangi sebentar lagi."
                raise Passing(f"Berkas belum dapat dibaca: {os_words(fault)}.", remedy) from fault
            raise EngineFault(f"Berkas tidak dapat dibaca ({os_words(fault)}).") from fault
        yield file


@contextmanager
def sealed_file(path: Path, most: int, budget: MemoryBudget | None = None) -> Iterator[int]:
    """Give a copy of at most so many bytes, once the budget has room for it.

    Raises:
        OSError: the file cannot be read, or there is no memory for it.
    """
    with budget.frozen(min(path.stat().st_size, most)) if budget else nullcontext():
        file = sealed(path, most)
        try:
            yield file
        finally:
            if budget:
                budget.let_go(file)
            os.close(file)


def sealed(path: Path, most: int) -> int:
    """Return a descriptor, to be closed, of a copy of the file, in memory, that nobody can change.

    Of a file that grows beyond *most* bytes while it is copied, little more than those is taken.

    Raises:
        OSError: the file cannot be read, or there is no memory for it.
    """
    copy = os.memfd_create("pindaian", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        with path.open("rb", buffering=0) as source:
            left = most + 1
            while left > 0 and (done := os.sendfile(copy, source.fileno(), None, min(left, _ROUND))):
                left -= done
        fcntl.fcntl(copy, fcntl.F_ADD_SEALS, _SEALS)
    except BaseException:
        os.close(copy)
        raise
    return copy
