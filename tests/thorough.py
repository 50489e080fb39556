"""How much is tried: a sample in every run, all of it in the slow one (``make test-slow``)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, settings

#: What a busy machine fails: how long examples take says nothing of the office. Who suppresses others names these too.
BUSY = (HealthCheck.too_slow,)
#: Of what the slow run draws at random, every run draws this part.
_SHARE = 4
_whole = False


def set_thoroughness(config: pytest.Config) -> None:
    """Say how many examples are drawn: before any test module is imported, for what is said there of their number.

    The slow run draws others every time. The usual one draws the same: it fails for what was changed, never by chance.
    """
    global _whole
    _whole = config.option.markexpr != "not slow"
    settings.register_profile(
        "rumah", deadline=None, max_examples=examples(100), derandomize=not _whole, suppress_health_check=BUSY
    )
    settings.load_profile("rumah")


def examples(count: int) -> int:
    """Return how many examples of so many to draw."""
    return count if _whole else max(1, count // _SHARE)


def slowly(*values: Any) -> Any:
    """Leave to the slow run what costs much and is like what stands beside it; the values of one case of a test."""
    return pytest.param(*values, marks=pytest.mark.slow)
