"""The sheets of SOP steps 6 and 7: the recommendation, and how it is followed."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.domain.sheets.facts import Maker

SHEETS: Mapping[str, Maker] = {}
