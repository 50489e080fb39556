"""What lives long is set aside from the garbage collector, and garbage among it does not stay for ever."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import garbage_scenes
import pytest


@pytest.fixture(scope="module")
def seen():
    """What was seen in each scene."""
    program = [sys.executable, "-P", str(Path(garbage_scenes.__file__))]
    return json.loads(subprocess.run(program, stdout=subprocess.PIPE, check=True).stdout)


def test_what_is_left_of_a_long_look_is_looked_through_no_more(seen):
    found = seen["a long look"]

    assert found["meanwhile"]["set_aside"] > 0
    assert found["meanwhile"]["there"]  # it was not looked at
    assert found["set_aside"] == 0
    assert not found["there"]


def test_what_nobody_holds_goes_at_once_though_it_was_set_aside(seen):
    found = seen["nobody holds it"]

    assert found["set_aside"] > 0
    assert not found["there"]


def test_a_short_look_sets_nothing_aside(seen):
    assert seen["a short look"]["set_aside"] == 0


@pytest.mark.parametrize("when", ["at night", "when an office got other settings", "when much was set aside"])
def test_everything_is_looked_through(seen, when):
    found = seen[when]

    assert found["before"]
    assert not found["there"]
    assert found["set_aside"] > 0  # and set aside again


def test_by_day_it_is_left_alone_and_at_night_looked_through_once(seen):
    found = seen["once a night"]

    assert found["by_day"]
    assert not found["at_night"]
    assert found["more_looks"] == 0
