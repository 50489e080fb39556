"""Of which cases the papers that others read keep somebody back, who then signs on a leaf of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.cases.case_kind import NEWS, kind_of_case
from pipeline.office.wording import said

#: The register's question whether who complains may be named to others, and its *yes*.
CONSENT, AGREED = "izin_identitas", "ya"


def keeps_somebody(fields: Mapping[str, Any], channel: str) -> bool:
    """Say whether anybody signs on a leaf of their own: in a case from the news nobody does, until somebody complains.

    Who agreed to be named signs with the others.
    """
    complained = fields.get("pelapor") or said(fields.get("lembaga_pelapor"))
    is_news = kind_of_case(fields, channel).origin == NEWS
    return bool(complained or not is_news) and said(fields.get(CONSENT)).casefold() != AGREED
