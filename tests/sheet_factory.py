"""Sheets of invented cases: what a test is about is named, the rest is as in the usual specimen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fakes import MORNING

from pipeline.letters.sheets import context, specimen_facts
from pipeline.letters.sheets.sheet_facts import MoveMade, SheetFacts
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE


def usual(template: str, **changes: Any) -> SheetFacts:
    """The facts of the usual specimen."""
    return replace(specimen_facts(template)["lazim"], **changes)


def paper(template: str, **changes: Any) -> dict[str, Any]:
    """What the sheet says of it."""
    return context(template, usual(template, **changes), SPECIMEN_OFFICE)


def made(key: str, **values: Any) -> MoveMade:
    """A move of the team."""
    return MoveMade(key, MORNING, "tim-yankomas", values)
