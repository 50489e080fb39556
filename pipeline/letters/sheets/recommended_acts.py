"""What recommended acts need besides being asked for: somebody's identity, reports at intervals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pipeline.letters.sheets import texts
from pipeline.letters.sheets.sheet_facts import MoveMade

#: An act that nobody can do without knowing for whom: it protects, accompanies, or answers one person.
_FOR_SOMEBODY = re.compile(
    r"\b(?:(?:per|me)lindung\w*|(?:pen|men)damping\w*|pelapor|korban|anak|santunan)\b"
    r"|\b(?:menindaklanjuti|memproses|menyelidiki)\s+(?:\w+\s+)?laporan\b",
    re.IGNORECASE,
)
#: A report at intervals, as people agree on it.
_AT_INTERVALS = re.compile(
    r"\b(?:lapor|perkembangan)\w*.*\b(?:setiap|tiap|per)\s+(?:hari|minggu|bulan|triwulan)\b|\blaporan berkala\b"
    r"|\b(?:setiap|tiap|per)\s+(?:hari|minggu|bulan|triwulan)\b.*\blapor\w*|\bmelapor\w*\b.*\bberkala\b",
    re.IGNORECASE,
)


def concerns_person(rows: Iterable[Mapping[str, str]]) -> bool:
    """Say whether a recommended act is done for a person whom the addressee would have to know."""
    return any(_FOR_SOMEBODY.search(row["tindakan"]) for row in rows)


def reports_regularly(meeting: MoveMade | None) -> bool:
    """Say whether the parties of an audience agreed to report at intervals, beside any deadline."""
    told = (*texts.paragraphs(meeting, "hasil"), *texts.items(meeting, "kesepakatan"))
    return any(_AT_INTERVALS.search(text) for text in told)
