"""How urgent or secret a letter calls itself: *Sifat: Segera dan rahasia*, *Derajat: Kilat*.

What it asks for, not what it is: the register's *sifat* is set by a person.
"""

from __future__ import annotations

import re

from pipeline.reading.fields import Candidate, Field
from pipeline.reading.layout import Layout
from pipeline.reading.vocabulary import Pattern

_LABELLED = Pattern("classification", r"\W*(<labels>)[ \t]*(?:[:;=—–-]|\t)[ \t:.]*", re.I)
_GRADE = Pattern("classification", r"\b(?:<grades>)\b", re.I)
_ALONE = Pattern("classification", r"\W*((?:(?:<^alone>|<^more>)\b[\W_]*)*<^alone>)\W*")
_EDGE = " .,:;_-|'\"“”*"
#: Letters of what a letter calls itself; a longer cell tells something else.
_LONGEST = 40
#: Rows in which it may stand; alone in a row it stands among the first (chosen on the families, 2026-11-26).
_HEAD, _VERY_HEAD = 18, 12


def classification(layout: Layout) -> Field | None:
    """Return how urgent or secret a letter calls itself, as written at its head, best first."""
    rows = layout.sheet.rows
    high = [row.index for row in rows[:_HEAD] if row.page == rows[0].page]
    found = [candidate for index in high if (candidate := _in_row(layout, index))]
    return Field(tuple(sorted(found, key=lambda c: -c.confidence))) if found else None


def _in_row(layout: Layout, index: int) -> Candidate | None:
    sheet, row = layout.sheet, layout.sheet.rows[index]
    if index < _VERY_HEAD and (alone := _ALONE.fullmatch(row.text)):
        return sheet.candidate(row.start + alone.start(1), row.start + alone.end(1), 0.7, "tertulis di kepala surat")
    for cell in row.cells:
        begin = _LABELLED.match(sheet.text, cell.start, row.end)
        if begin is None:
            continue
        end = next((cell.end for cell in row.cells if cell.end > begin.end()), row.end)
        said = sheet.text[begin.end() : end].rstrip(_EDGE)
        if len(said) <= _LONGEST and _GRADE.search(said):
            reason = f"baris berlabel '{begin[1]}' di kepala surat"
            return sheet.candidate(begin.end(), begin.end() + len(said), 0.95, reason)
    return None
