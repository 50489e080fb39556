"""What ``make mutants`` turns; whoever is said to be equivalent can be made, is told from others and has a reason."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from patience import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))

from mutants import Forks, equivalents  # noqa: E402
from turning import count, turned, written  # noqa: E402


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a == b", "a != b"),
        ("a < b", "a <= b"),
        ("a >= b", "a > b"),
        ("a in b", "a not in b"),
        ("a is b", "a is not b"),
        ("a and b", "a or b"),
        ("not a", "not not a"),
        ("True", "False"),
    ],
)
def test_a_condition_is_turned_to_its_neighbour_and_nothing_else(old, new):
    source = f"K = 1 == 1\n\ndef f(a, b):\n    c = 1\n    return {old}\n"

    assert count(source) == 1
    assert turned(source, 0).text == source.replace(f"return {old}", f"return {new}").strip()
    assert (turned(source, 0).first, turned(source, 0).old, turned(source, 0).new) == (5, old, new)


def test_how_something_looks_and_what_holds_anyway_is_not_turned():
    assert count("def f(a):\n    return drawn(a, bold=True, dashed=a == 1)\n") == 0
    assert count("def f(a):\n    return zip(a, a, strict=True)\n") == 0
    assert count("def f(a):\n    return ip_network(a, strict=False)\n") == 1
    assert count("def f(a):\n    return drawn(a, again=True)\n") == 1


def test_a_mutant_dies_in_a_fork_of_the_process_that_loaded_its_tests_and_the_program_as_it_is_lives():
    tests = ["tests/project/test_mutants.py::test_how_something_looks_and_what_holds_anyway_is_not_turned"]
    module = Path("bench/turning.py")
    looks = next(
        n for n in range(count((ROOT / module).read_text())) if "_LOOKS" in turned((ROOT / module).read_text(), n).old
    )

    with Forks.started(tests) as forks:
        assert [forks.die(module, which, tests, PATIENCE) for which in (None, looks, None)] == [False, True, False]


def test_an_equivalent_mutant_is_one_of_the_program_as_it_is_and_has_a_reason():
    for turn, why in equivalents().items():
        source = (ROOT / turn.module).read_text()

        assert [turned(source, which).new for which in written(source, turn.old)].count(turn.new) == 1, turn
        assert why
