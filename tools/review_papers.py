"""Draws the papers of pipeline/domain/sheets/review.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

DRAWINGS: Mapping[str, Callable[[], Any]] = {}
