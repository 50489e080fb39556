"""The strip below every page of a redacted copy: what it is, who made it, when, why and for whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pipeline.drawing.ink import BLACK, GREY, words, wrapped
from pipeline.drawing.picture import Item, Line, Picture
from pipeline.office.wording import date_and_hour

_WIDTH, _LEFT, _RIGHT = 595.0, 24.0, 571.0
_TITLE_SIZE, _SIZE, _LEADING = 9.0, 7.0, 9.0
_ABOVE, _BELOW = 14.0, 8.0
TITLE = "SALINAN YANG DISAMARKAN"


def strip(register_number: str, maker: str, at: datetime, reason: str, recipient: str) -> Picture:
    """Return the strip as a drawing, as wide as a sheet of A4 and as high as its words need."""
    told = (
        f"Bagian yang hitam ditutup kantor; isinya tidak ada dalam berkas ini. Perkara {register_number}.",
        f"Dibuat {date_and_hour(at)} oleh {maker}, untuk {recipient}. Alasan: {reason}",
    )
    lines = [line for text in told for line in wrapped(text, _RIGHT - _LEFT, _SIZE)]
    height = _ABOVE + len(lines) * _LEADING + _BELOW
    items = tuple(_items(lines))
    return Picture(_WIDTH, height, (_WIDTH, height), TITLE.capitalize(), TITLE.capitalize(), items)


def _items(lines: list[str]) -> Iterator[Item]:
    yield Line(((_LEFT, 2.0), (_RIGHT, 2.0)), GREY, 0.6)
    yield words(_LEFT, _ABOVE, TITLE, _TITLE_SIZE, bold=True, colour=BLACK)
    for number, line in enumerate(lines, start=1):
        yield words(_LEFT, _ABOVE + number * _LEADING, line, _SIZE, colour=BLACK)
