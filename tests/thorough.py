"""How much is tried: a sample in every run, all of it in the slow one (``make test-slow``)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import settings

#: Of what the slow run draws at random, every run draws this part.
_SHARE = 4
_whole = False


def set_thoroughness(config: pytest.Config) -> None:
    """Say how many examples are drawn: before any test module is imported, for what is said there of their number."""
    global _whole
    _whole = config.option.markexpr != "not slow"
    # A busy machine is no failure: how long an example takes says nothing about the office.
    settings.register_profile("rumah", deadline=None, max_examples=examples(100))
    settings.load_profile("rumah")


def examples(count: int) -> int:
    """Return how many examples of so many to draw."""
    return count if _whole else max(1, count // _SHARE)


def slowly(*values: Any) -> Any:
    """Leave to the slow run what costs much and is like what stands beside it; the values of one case of a test."""
    return pytest.param(*values, marks=pytest.mark.slow)
