"""Lets acceptance tests use the measures of ``bench``, and their offices fork their children."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import forked_children
import pytest

from pipeline.scans.confinement import pool

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))


@pytest.fixture(autouse=True, scope="module")
def _children_are_forked() -> Iterator[None]:
    """Have what the confined children of these tests load loaded once in a process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "Child", forked_children.forked)
        yield
