"""What the sheets say: the values that the Word templates of a case may use.

One module for each group of sheets; each gives ``SHEETS``: the template's name, and what makes its values.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.errors import TemplateFault
from pipeline.letters.sheets import audience, disposition_sheet, recommendation, register_book, review
from pipeline.letters.sheets.disposition_sheet import DISPOSITION, GRADES, HOPS, PAPERS, RECEIPT
from pipeline.letters.sheets.sheet_facts import Maker, MoveMade, SheetFacts
from pipeline.letters.sheets.texts import LANES, LIMITS, of_case, of_office
from pipeline.office.office import Office

_OF_TEMPLATE: Mapping[str, Maker] = {
    **disposition_sheet.SHEETS,
    **review.SHEETS,
    **audience.SHEETS,
    **recommendation.SHEETS,
    **register_book.SHEETS,
}
TEMPLATES = tuple(sorted(_OF_TEMPLATE))


def context(template: str, facts: SheetFacts, office: Office) -> dict[str, Any]:
    """Return every value that the template may use: plain texts, and lists of texts or of named texts.

    Raises:
        TemplateFault: no sheet of this name is known.
    """
    if template not in _OF_TEMPLATE:
        raise TemplateFault(
            f"Templat {template} tidak dikenal.", f"Templat yang ada: {', '.join(sorted(_OF_TEMPLATE))}."
        )
    return {**of_office(facts.drafted_on, office), **of_case(facts), **_OF_TEMPLATE[template](facts, office)}


__all__ = [
    "DISPOSITION",
    "GRADES",
    "HOPS",
    "LANES",
    "LIMITS",
    "PAPERS",
    "RECEIPT",
    "TEMPLATES",
    "MoveMade",
    "SheetFacts",
    "context",
]
