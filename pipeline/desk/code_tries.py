"""A stranger's try of a code (*cek status*, *keaslian*): how guessing is slowed, for one network and for all together.

For one network it is slowed after a few failures, and for all that have failed before together after many, so that
codes cannot be tried from everywhere at once. Who asks for the first time is answered whatever others do.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from pipeline.access.failed_tries import Allowance
from pipeline.desk.visit import Visit
from pipeline.errors import NotFound

Found = TypeVar("Found")


def tried(visit: Visit, of_one: Allowance, of_all: Allowance, find: Callable[[], Found]) -> Found:
    """Return what is found; a try that finds nothing is counted.

    Raises:
        Denied: there were too many; says how long to wait.
        NotFound: as ``find`` says.
    """
    tries, now = visit.desk.people.tries, visit.desk.now()
    own, everywhere = of_one.of(visit.network), of_all.of()
    first = not tries.any(own)
    counted = (own,) if first else (own, everywhere)
    tries.begin(counted, now)
    try:
        found = find()
    except NotFound:
        if first:
            tries.failed(everywhere, now)
        raise
    tries.give_back(counted)
    return found
