"""What every run tells of its slowest files is what they cost."""

from __future__ import annotations

from types import SimpleNamespace

from slowest_files import TOLD, SlowestFiles


def _report(file: str, when: str, duration: float, spent: float = 0.0):
    said = [("processor_seconds", spent)] if when == "teardown" else []
    return SimpleNamespace(nodeid=f"{file}::test_x", when=when, duration=duration, user_properties=said)


def test_files_are_told_by_what_all_parts_of_their_tests_took_the_slowest_first():
    found = SlowestFiles()
    for report in (
        _report("a.py", "setup", 1.0),
        _report("a.py", "call", 2.0),
        _report("a.py", "teardown", 0.5, 1.25),
        _report("b.py", "call", 4.0),
        _report("b.py", "teardown", 0.0, 0.5),
    ):
        found.pytest_runtest_logreport(report)

    assert [line.split() for line in found.lines()] == [
        ["4.0", "0.5", "1", "b.py"],
        ["3.5", "1.2", "1", "a.py"],
        ["7.5", "1.8", "2", "all"],
    ]


def test_of_many_files_the_slowest_are_told_and_a_few_tests_are_not_added_up():
    found, written = SlowestFiles(), []
    for n in range(2 * TOLD):
        found.pytest_runtest_logreport(_report(f"{n}.py", "call", float(n)))

    found.pytest_terminal_summary(SimpleNamespace(section=written.append, write_line=written.append))

    assert written == []
    assert len(found.lines()) == TOLD + 1
    assert found.lines()[0].endswith(f" {2 * TOLD - 1}.py")
