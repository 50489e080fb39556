"""Which test files cost most: told at the end of every run of many tests, so that a file that grows slow is seen."""

from __future__ import annotations

import resource
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

#: Under this name a test's processor seconds travel from the process that ran it.
_SPENT = "processor_seconds"
#: How many files are told, and of how many tests at least a run must be.
TOLD, MANY = 25, 1000


@dataclass(slots=True)
class Cost:
    """What a file has cost so far: seconds by the clock, seconds of the processor, tests."""

    seconds: float = 0.0
    processor: float = 0.0
    tests: int = 0


class SlowestFiles:
    """Adds up what files cost, in the process that ran them and in the one that tells of all."""

    def __init__(self) -> None:
        self.costs: defaultdict[str, Cost] = defaultdict(Cost)
        self._spent = _processor_seconds()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
        """Note what a test has cost with what was made for it: all that this process spent since the test before."""
        if call.when == "teardown":
            before, self._spent = self._spent, _processor_seconds()
            item.user_properties.append((_SPENT, round(self._spent - before, 3)))
        return (yield)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add a part of a test to its file."""
        cost = self.costs[report.nodeid.partition("::")[0]]
        cost.seconds += report.duration
        if report.when == "teardown":
            cost.tests += 1
            cost.processor += sum(value for name, value in report.user_properties if name == _SPENT)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Tell the slowest."""
        if sum(cost.tests for cost in self.costs.values()) < MANY:
            return
        terminalreporter.section(f"slowest {TOLD} files: seconds, of the processor (own and ended children's), tests")
        for line in self.lines():
            terminalreporter.write_line(line)

    def lines(self) -> list[str]:
        """Return a line for each of the slowest files and one for all."""
        ordered = sorted(self.costs.items(), key=lambda known: -known[1].seconds)[:TOLD]
        every = self.costs.values()
        total = Cost(sum(c.seconds for c in every), sum(c.processor for c in every), sum(c.tests for c in every))
        return [f"{c.seconds:8.1f} {c.processor:8.1f} {c.tests:6} {name}" for name, c in [*ordered, ("all", total)]]


def _processor_seconds() -> float:
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime
