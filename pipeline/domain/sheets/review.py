"""The sheets of SOP step 4: the review memo and the letters of the side exits."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.domain.sheets.facts import Maker

SHEETS: Mapping[str, Maker] = {}
