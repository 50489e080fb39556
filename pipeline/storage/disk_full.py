"""What happens when the disk is full: it is a fault that may pass, as is a machine out of memory or of open files.

Nothing is lost: whatever is written is whole or not there (``disk.py``). What was begun is done again after a pause
that grows (``backoff.py``): a file by ``intake/intake.py``, a case by ``work/workers.py``. It is no fault of theirs, so
``work/tend.py`` counts no attempt; and the office is told in the words below.
"""

from __future__ import annotations

import errno
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from pipeline.errors import Passing
from pipeline.system_messages import os_words

#: Faults of the machine that may be gone in a minute.
PASSING = frozenset({errno.ENOSPC, errno.EDQUOT, errno.ENOMEM, errno.EMFILE, errno.ENFILE, errno.EBUSY, errno.ETXTBSY})
P = ParamSpec("P")
R = TypeVar("R")


def passing(effect: Callable[P, R]) -> Callable[P, R]:
    """Have an effect on the disk raise :class:`~pipeline.errors.Passing` for a fault that may pass."""

    @wraps(effect)
    def tried(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return effect(*args, **kwargs)
        except OSError as fault:
            if fault.errno not in PASSING:
                raise
            raise passing_fault(fault) from fault

    return tried


def passing_fault(fault: OSError) -> Passing:
    """Return a fault of the machine that may pass in the office's words."""
    return Passing(
        f"Cakram tidak dapat ditulisi: {os_words(fault)}.",
        "Periksa sisa ruang cakram dan memori; pekerjaan diulang sendiri.",
    )
