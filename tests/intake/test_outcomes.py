"""How outcomes name pages."""

from __future__ import annotations

from pipeline.intake.outcomes import ranges


def test_pages_are_told_as_people_write_them():
    assert ranges([1, 2, 3, 5]) == "1-3, 5"
