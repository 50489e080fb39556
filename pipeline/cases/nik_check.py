"""Numbers of identity: a NIK has sixteen digits; one that has not is pointed out, never mended."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.office.wording import said


def doubtful_niks(fields: Mapping[str, Any]) -> Iterator[str]:
    """Yield which complainants' NIK cannot be one, as sentences for the clerk that do not write it out."""
    for position, person in enumerate(fields.get("pelapor") or [], start=1):
        number = re.sub(r"[\s.-]", "", said(person.get("nik")) if isinstance(person, Mapping) else "")
        if number and not re.fullmatch(r"\d{16}", number):
            digits = sum(c.isdigit() for c in number)
            yield f"NIK pelapor ke-{position} bukan 16 angka (ada {digits}); cocokkan dengan KTP-nya."
