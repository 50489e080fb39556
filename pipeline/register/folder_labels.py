"""Labels for folders, ten on a sheet of A4, to be cut along the lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.drawing.ink import GREY, within
from pipeline.drawing.picture import Area, Item, Picture, rectangle

_WIDTH, _HEIGHT = 595.0, 842.0
_ACROSS, _DOWN = 2, 5
_LEFT, _TOP, _WIDE, _HIGH = 28.0, 33.0, 269.0, 155.0
_INSET = 14.0


@dataclass(frozen=True, slots=True)
class Label:
    """A label for the back of a folder: code of classification, then index, then its number."""

    classification: str
    index: str
    number: str
    place: str


def label_sheets(labels: Sequence[Label]) -> Iterator[Picture]:
    """Yield sheets of labels."""
    many = _ACROSS * _DOWN
    for start in range(0, len(labels), many):
        items: list[Item] = []
        for n, label in enumerate(labels[start : start + many]):
            items += _label(label, _LEFT + n % _ACROSS * _WIDE, _TOP + n // _ACROSS * _HIGH)
        yield Picture(_WIDTH, _HEIGHT, (_WIDTH, _HEIGHT), "Label berkas", "Label berkas", tuple(items))


def _label(label: Label, left: float, top: float) -> Iterator[Item]:
    right = left + _WIDE
    yield Area(rectangle(left, top, right, top + _HIGH), stroke=GREY, width=0.5, dashed=True)
    inner, end = left + _INSET, right - _INSET
    yield within(inner, end, top + 24, "Kode klasifikasi", 7.5, colour=GREY)
    yield within(inner, end, top + 46, label.classification or "........................", 20, bold=True)
    yield within(inner, end, top + 68, "Indeks", 7.5, colour=GREY)
    yield within(inner, end, top + 84, label.index or "........................................", 13)
    yield within(inner, end, top + 106, "Nomor berkas", 7.5, colour=GREY)
    yield within(inner, end, top + 121, label.number, 12, bold=True)
    yield within(inner, end, top + 139, label.place, 9)
