"""Which tests go through which line of the program, as one run of the suite shows.

    python bench/tests_by_line.py FOLDER [TESTS...]

Runs the suite once, or these of its folders and modules, and leaves what it learnt in the folder, for
:class:`TestsByLine` to read.
"""

from __future__ import annotations

import gc
import json
import sys
from collections import Counter
from collections.abc import Iterator
from functools import _lru_cache_wrapper
from pathlib import Path

import pytest
from coverage import Coverage, CoverageData

ROOT = Path(__file__).resolve().parents[1]


class Learner:
    """A plugin of pytest that has every line noted under the test that goes through it."""

    def __init__(self, coverage: Coverage) -> None:
        self._coverage = coverage
        #: Seconds that each test took; those that failed prove nothing and are not among them.
        self.seconds: Counter[str] = Counter()
        self._failed: set[str] = set()
        self._caches: list[_lru_cache_wrapper[object]] = []

    def pytest_collection_finish(self) -> None:
        """Remember what is loaded by now."""
        self._caches = caches()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Note what follows under this test."""
        for cache in self._caches:
            cache.cache_clear()  # else only the first test would seem to go through what is worked out once
        self._coverage.switch_context(item.nodeid)
        return (yield)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add what a part of a test took."""
        if report.failed:
            self._failed.add(report.nodeid)
            self.seconds.pop(report.nodeid, None)
        elif report.nodeid not in self._failed:
            self.seconds[report.nodeid] += report.duration


class TestsByLine:
    """What a run of the suite showed."""

    __test__ = False

    def __init__(self, folder: Path) -> None:
        self.seconds: dict[str, float] = json.loads((folder / "seconds.json").read_text())
        self._data = CoverageData(str(folder / "coverage"))
        self._data.read()
        self._lines: Counter[str] = Counter()
        for file in self._data.measured_files():
            for tests in self._data.contexts_by_lineno(file).values():
                self._lines.update(tests)

    def of(self, file: Path, first: int, last: int, most_seconds: float) -> list[str]:
        """Return the tests that go through these lines, the nearest first, as many as take so long at most.

        The nearest is the one that goes through the fewest lines of the program in all.
        """
        by_line = self._data.contexts_by_lineno(str(file))
        found = {test for line in range(first, last + 1) for test in by_line.get(line, ())} & self.seconds.keys()
        near, spent = [], 0.0
        for test in sorted(found, key=lambda test: (self._lines[test], test)):
            spent += self.seconds[test]
            if near and spent > most_seconds:
                break
            near.append(test)
        return near


def caches() -> list[_lru_cache_wrapper[object]]:
    """Return the caches of the program's functions, as far as they are loaded."""
    gc.unfreeze()  # what was loaded may have been taken out of sight
    cached = (thing for thing in gc.get_objects() if isinstance(thing, _lru_cache_wrapper))
    return [one for one in cached if (one.__module__ or "").startswith("pipeline")]


def main() -> int:
    """Run the suite and write what it showed."""
    folder, tests = Path(sys.argv[1]), sys.argv[2:] or [str(ROOT / "tests")]
    coverage = Coverage(data_file=str(folder / "coverage"), source=[str(ROOT / "pipeline")])
    learner = Learner(coverage)
    coverage.start()
    status = pytest.main(["-q", "-p", "no:cacheprovider", *tests], plugins=[learner])
    coverage.stop()
    coverage.save()
    (folder / "seconds.json").write_text(json.dumps(learner.seconds))
    return int(status) if status > pytest.ExitCode.TESTS_FAILED else 0


if __name__ == "__main__":
    sys.exit(main())
