"""The survey on paper: what complainants tick at the counter, without name, number or code; a clerk types it in."""

from __future__ import annotations

from datetime import date
from typing import Any

from pipeline.letters.sheets.texts import of_office
from pipeline.office.office import Office
from pipeline.survey.questionnaire import questionnaire

_BOX = "☐\N{NO-BREAK SPACE}"


def values(day: date, office: Office) -> dict[str, Any]:
    """Return what the form's template may use."""
    asked = questionnaire()
    return {
        **of_office(day, office),
        "dasar": asked.source,
        "unsur": [
            {
                "nomor": str(n),
                "nama": one.name,
                "tanya": one.question,
                "pilihan": [f"{_BOX}{value}. {text}" for value, text in one.choices],
            }
            for n, one in enumerate(asked.elements, 1)
        ],
        "ciri": [
            {
                "nama": one.name,
                "pilihan": "   ".join(_BOX + text.replace(" ", "\N{NO-BREAK SPACE}") for text in one.answers),
            }
            for one in asked.traits
        ],
    }


def specimen_values(office: Office) -> dict[str, dict[str, Any]]:
    """Return the template's values: the form is the same for everybody."""
    return dict.fromkeys(("kosong", "lazim", "panjang"), values(date(2026, 12, 4), office))
