"""Tries mutants in forks of one process that has loaded the tests: their functions get the mutant's code.

    python bench/in_fork.py TESTS... < lists of (module, which, tests, seconds, processor) in JSON, one a line

Prints ``died`` or ``lived`` for each, as they are asked; ``null`` for which: the program as it is. A fork takes as
long as its tests, where a process of its own takes seconds to load them. One that never ends is ended by the kernel
once it has had so many seconds of the processor, however busy the machine is; one that only waits, after so many
seconds by the clock. A mutant that lives here may still die in a copy of the checkout: what was worked out while the
program was loaded, and every program that a test starts, is without it.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import select
import signal
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import _lru_cache_wrapper
from pathlib import Path
from types import CodeType, FunctionType

import pytest
from tests_by_line import ROOT, caches
from turning import turned

_Place = tuple[str, int]


class Trier:
    """A plugin of pytest that does not run what was collected, but tries mutants with it, until there are no more."""

    def __init__(self) -> None:
        self._functions: dict[str, list[FunctionType]] = defaultdict(list)
        self._caches: list[_lru_cache_wrapper[object]] = []
        self._failed = False
        # pytest takes both away from whatever runs under it, and says there what nobody asked for
        self._asked, self._answers = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Answer every line that is asked."""
        gc.unfreeze()
        self._caches = caches()
        for thing in gc.get_objects():
            if isinstance(thing, FunctionType):
                self._functions[thing.__code__.co_filename].append(thing)
        gc.freeze()
        items = {item.nodeid: item for item in session.items}
        for line in self._asked:
            module, which, tests, seconds, processor = json.loads(line)
            near = [items[test] for test in tests if test in items]
            died = self._dies(ROOT / module, which, near, seconds, processor) if near else False
            print("died" if died else "lived", file=self._answers, flush=True)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember that something failed."""
        self._failed = self._failed or report.failed

    def _dies(self, module: Path, which: int | None, tests: list[pytest.Item], seconds: float, processor: int) -> bool:
        source = module.read_text()
        mutant = source if which is None else turned(source, which).text
        new = _code_by_place(source, mutant, str(module))
        pid = os.fork()
        if pid == 0:
            os.setsid()
            # the hard limit stays: a test's own child may set itself another soft one
            resource.setrlimit(resource.RLIMIT_CPU, (processor, resource.getrlimit(resource.RLIMIT_CPU)[1]))
            died = True
            try:
                self._turn(module, new)
                died = self._notice(tests)
            finally:
                os._exit(int(died))
        process = os.pidfd_open(pid)
        try:
            ended = bool(select.select([process], [], [], seconds)[0])
            os.killpg(pid, signal.SIGKILL) if not ended else None
            return os.waitpid(pid, 0)[1] != 0
        finally:
            os.close(process)

    def _turn(self, module: Path, new: dict[_Place, CodeType]) -> None:
        for function in self._functions[str(module)]:
            code = function.__code__
            function.__code__ = new.get((code.co_qualname, code.co_firstlineno), code)
        for cache in self._caches:
            cache.cache_clear()

    def _notice(self, tests: list[pytest.Item]) -> bool:
        for item, after in zip(tests, [*tests[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            if self._failed:
                return True
        return False


def _code_by_place(source: str, mutant: str, path: str) -> dict[_Place, CodeType]:
    """Return the mutant's code of every function, by the name and the line that the function has in the source.

    Two lambdas of one line cannot be told from one another, and stay as they are.
    """
    before, after = (list(_codes(compile(text, path, "exec"))) for text in (source, mutant))
    places = [(code.co_qualname, code.co_firstlineno) for code in before]
    return {place: new for place, new in zip(places, after, strict=True) if places.count(place) == 1}


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


def main() -> int:
    """Load the tests and try."""
    options = ["-p", "no:cacheprovider", "--hypothesis-seed=0"]
    return int(pytest.main([*options, *sys.argv[1:]], plugins=[Trier()]))


if __name__ == "__main__":
    sys.exit(main())
