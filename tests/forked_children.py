"""Confined children of the offices of tests, forked where an office starts each by itself.

A child that is started loads for a fifth of a second of the processor what it needs; one that is forked is born for a
tenth of that. How it is held is the same (``tests/scans/test_confinement.py`` does all both ways), and what an office
does by itself is told by the tests of rooms and by all that start the program.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache

from pipeline.scans.confinement.child import Child, ChildLimits, Holding, tightest
from pipeline.scans.confinement.held_process import HeldProcess
from pipeline.scans.confinement.nursery import Nursery

#: The kinds of children that many tests need, each with an office of its own. What they share is kept once for each.
KINDS = (
    "pipeline.letters.engines.word_child",
    "pipeline.letters.engines.template_child",
    "pipeline.moving_in.engines.book_child",
    "pipeline.scans.operations.page_drawing",
    "pipeline.signing.engines.validation_child",
)
#: A process that a test forks has not the thread from which a nursery is started.
_MAIN = os.getpid()


@cache
def _nursery(operations: str) -> Nursery:
    return Nursery(operations)


def forked(
    operations: str, limits: ChildLimits, holding: Holding, *birth: Callable[[ChildLimits], HeldProcess | None]
) -> Child:
    """Return a child that serves these operations, forked if it is one of :data:`KINDS` held as tightly as can be."""
    if not birth and operations in KINDS and holding == tightest() and os.getpid() == _MAIN:
        birth = (_nursery(operations).birth,)
    return Child(operations, limits, holding, *birth)
