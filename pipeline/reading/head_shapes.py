"""What may stand in a letter's head by its shape alone: a number under any label, a subject behind any word, a day.

Labels that no vocabulary has met and headings without one are missed by rules, and mostly by a tagger.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from pipeline.reading.labels import pairs_of
from pipeline.reading.sheet import Row, Sheet
from pipeline.reading.written_days import dates_in

#: Head and foot have so many rows at the most, and so many spans are proposed of them.
_HEAD, _FOOT, _MOST = 24, 14, 8
#: Figures and letters joined by strokes, dots or hyphens; figures alone only with strokes. No time of day.
_NUMBER = re.compile(
    r"(?<![\w@/.])(?=[\w./()-]*\d)(?:(?=[\w./()-]*[A-Za-z])[A-Za-z0-9()]+(?:[./-][A-Za-z0-9()&]+){1,6}|\d{1,4}(?:/\w+){1,4})(?![\w@])"
)
#: A label of a few words and its value.
_LABELLED = re.compile(r"\W*((?:[^\W\d_]+[ .]+){0,3}[^\W\d_]+)[ \t]*[:;=-][ \t]*(?=\S)")
#: Words of a subject at least, and of one that stands in capitals without a label.
_WORDS, _CAPITALS = 2, 3
_SUBJECTS = frozenset({"perihal", "judul"})


def shaped(label: str, sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Yield spans that look like *nomor* or *perihal* in the head, like *tanggal* in head and foot; of others none."""
    look = {"nomor": _numbers, "perihal": _subjects, "tanggal": _days}.get(label)
    if not look:
        return
    rows = sheet.rows[:_HEAD]
    if label == "tanggal":
        rows += sheet.rows[max(_HEAD, len(sheet.rows) - _FOOT) :]
    yield from islice((span for row in rows for span in look(row, sheet)), _MOST)


def _days(row: Row, sheet: Sheet) -> Iterator[tuple[int, int]]:
    for day in sorted(dates_in(sheet.flow, row.start, row.end), key=lambda found: found.start):
        yield day.start, day.end


def _numbers(row: Row, sheet: Sheet) -> Iterator[tuple[int, int]]:
    for number in _NUMBER.finditer(sheet.text, row.start, row.end):
        yield number.span()


def _subjects(row: Row, sheet: Sheet) -> Iterator[tuple[int, int]]:
    for cell in row.cells:
        text = row.text_of(cell)
        labelled = _LABELLED.match(text)
        pair = pairs_of(sheet).get(row.index)
        if labelled and (pair is None or pair.kind in _SUBJECTS) and len(text[labelled.end() :].split()) >= _WORDS:
            yield cell.start + labelled.end(), cell.end
        elif text.isupper() and len(text.split()) >= _CAPITALS and pair is None:
            yield cell.start, cell.end
