"""The values of the sheets explained and shown: for the template check, the user guide and the tests.

``sample`` gives three cases that every template must survive: the longest, the emptiest and a typical one. All
persons, agencies and numbers are invented. One module for each group of sheets, as in :mod:`pipeline.letters.sheets`;
each gives ``FIELDS`` and ``CASES``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pipeline.letters.sheets import SheetFacts, context
from pipeline.letters.sheets.example_case import BASE, EXAMPLE_OFFICE, field
from pipeline.letters.sheets.periodical_report import REPORT
from pipeline.letters.specimens import (
    audience,
    receipt_and_disposition,
    recommendation,
    register_book,
    report,
    review,
)
from pipeline.letters.specimens.known import Known
from pipeline.office.office import Office

_GROUPS = (receipt_and_disposition, review, audience, recommendation, register_book)
#: Every value each template may use.
FIELDS: Mapping[str, Mapping[str, Known]] = {
    name: known for group in (*_GROUPS, report) for name, known in group.FIELDS.items()
}
_CASES: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    name: cases for group in _GROUPS for name, cases in group.CASES.items()
}
SPECIMENS = tuple(BASE)


def specimen_facts(template: str) -> dict[str, SheetFacts]:
    """Return what is known of each specimen case when the template is drafted."""
    changes = _CASES.get(template, {})
    return {name: replace(base, **changes.get(name, {})) for name, base in BASE.items()}


def sample(template: str, office: Office = EXAMPLE_OFFICE) -> dict[str, dict[str, Any]]:
    """Return the template's context for the emptiest (``kosong``), a typical (``lazim``) and the longest case.

    Raises:
        TemplateFault: no sheet of this name is known.
    """
    if template == REPORT:
        return report.sample(office)
    return {name: context(template, facts, office) for name, facts in specimen_facts(template).items()}


__all__ = ["EXAMPLE_OFFICE", "FIELDS", "SPECIMENS", "Known", "field", "sample", "specimen_facts"]
