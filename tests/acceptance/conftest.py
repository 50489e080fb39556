"""Lets acceptance tests use the measures of ``bench`` and the scans of the adapters' tests."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "tests" / "adapters")]
