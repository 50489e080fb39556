"""What the code of a cover sheet says."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.cases.case_number import CaseNumber


@dataclass(frozen=True, slots=True)
class Cover:
    """The code of a cover sheet: the case that what follows belongs to; None: the code's check does not fit."""

    number: CaseNumber | None
