"""The sheets of SOP step 5: the audience."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.domain.sheets.facts import Maker

SHEETS: Mapping[str, Maker] = {}
