"""The form for an oral complaint and the printable register (SOP steps 1 and 2)."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.domain.sheets.facts import Maker

SHEETS: Mapping[str, Maker] = {}
