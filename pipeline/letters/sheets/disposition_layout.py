"""How a disposition sheet fits its one page: in which type, and what goes on on a second sheet.

What is long is set smaller; an order that the page cannot hold begins there and stands whole on the second sheet.
Particulars give way before orders do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.letters.sheets.room import Column, Fit, continued, fit, kop
from pipeline.office.office import Office

#: Where the page has no room for all, a particular gets a line for so many of an order, and two at least.
_ORDERS_FIRST, _PARTICULAR_LEAST = 3, 2
#: Points of the particulars and of the way: the usual, and those of a sheet that says much.
_USUAL, _SMALL = 9.0, 8.0
#: A title that takes more lines of its narrow column is written as the SOP calls the post.
_TITLE_LINES = 5
_SMALLER_BY, _TITLES_SMALLER_BY = 0.5, 1.5  # the types of the way: of the words, of who gives and takes them
#: Millimetres: the page's room on A4, what does not grow, the least of the rows.
_PAGE = 259.0
_REST: Mapping[float, float] = {_USUAL: 90.5, _SMALL: 85.5}
_LEAST: Mapping[float, Mapping[str, float]] = {
    _USUAL: {"": 5.7, "alur": 13.0},
    _SMALL: {"": 5.2, "alur": 11.0},
}
#: Widths of the columns inside their cells, in millimetres.
_HALF, _WHOLE, _TITLE, _ORDER = 52.0, 132.0, 20.0, 77.5
_PAD = 1.3
#: The rows of the particulars, those that stand side by side together: a row is as high as the longer one.
_ROWS_OF_PARTICULARS = (
    ("nomor_register", "nomor_agenda"),
    ("indeks", "kode_klasifikasi"),
    ("diterima_pada", "tenggat"),
    ("asal",),
    ("nomor_surat", "tanggal_surat"),
    ("lampiran", "tenggat_telaahan"),
    ("hal",),
    ("isi_ringkas",),
)
#: The particulars that may be long, and how the second sheet calls them.
_LONG_PARTICULARS = {
    "nomor_agenda": "No. agenda",
    "indeks": "Indeks",
    "kode_klasifikasi": "Kode klasifikasi",
    "asal": "Asal",
    "nomor_surat": "No. surat",
    "lampiran": "Lampiran",
    "hal": "Hal",
    "isi_ringkas": "Isi ringkas",
}


@dataclass(frozen=True, slots=True)
class Hop:
    """A row of the way: when, from whom, to whom, with which words."""

    day: str = ""
    giver: str = ""
    taker: str = ""
    words: str = ""


def laid_out(told: Mapping[str, str], way: Sequence[Hop], office: Office) -> dict[str, Any]:
    """Return what stands on the first page, in which type, and on the second what has no room there."""
    found = fit((_USUAL, _SMALL), lambda tried: _height(told, way, tried, office), _PAGE)
    return {
        **_shown(told, way, found),
        "kop": kop(office).size,
        "huruf": "biasa" if found.points == _USUAL else "kecil",
    }


def title_fits(title: str) -> bool:
    """Say whether a title has room in its narrow column."""
    return Column(_TITLE, _SMALL - _TITLES_SMALLER_BY).lines(title) <= _TITLE_LINES


def _shown(told: Mapping[str, str], way: Sequence[Hop], found: Fit) -> dict[str, Any]:
    """Return what stands on the first page, and on the second what has no room there."""
    order, most = Column(_ORDER, found.points - _SMALLER_BY), _lines_of_particulars(found)
    further: list[dict[str, str]] = []
    for name, title in _LONG_PARTICULARS.items():
        if _column(name, found).lines(told[name]) > most:
            further += continued(title, [told[name]])
    for hop in way:
        if order.lines(hop.words) > found.most:
            further += continued(f"Isi disposisi {hop.giver}, {hop.day}", hop.words.splitlines())
    return {
        **{name: _column(name, found).begun(told[name], most) for name in _LONG_PARTICULARS},
        "perjalanan": [
            {"tanggal": h.day, "dari": h.giver, "kepada": h.taker, "isi": order.begun(h.words, found.most)} for h in way
        ],
        "lanjutan": further,
    }


def _column(name: str, found: Fit) -> Column:
    """Return how a particular is set: across the page, or beside another."""
    return Column(_WHOLE if (name,) in _ROWS_OF_PARTICULARS else _HALF, found.points)


def _lines_of_particulars(found: Fit) -> int:
    return max(found.most // _ORDERS_FIRST, _PARTICULAR_LEAST)


def _height(told: Mapping[str, str], way: Sequence[Hop], tried: Fit, office: Office) -> float:
    """Return how much of the page the sheet takes."""
    least, most = _LEAST[tried.points], _lines_of_particulars(tried)
    title, order = Column(_TITLE, tried.points - _TITLES_SMALLER_BY), Column(_ORDER, tried.points - _SMALLER_BY)
    high = kop(office).height + _REST[tried.points]
    for names in _ROWS_OF_PARTICULARS:
        lines = max(min(_column(name, tried).lines(told[name]), most) for name in names)
        high += max(least[""], lines * _column(names[0], tried).line + _PAD)
    for hop in way:
        titles = max(title.lines(hop.giver), title.lines(hop.taker)) * title.line
        words = min(order.lines(hop.words), tried.most) * order.line
        high += max(least["alur"], max(titles, words) + _PAD)
    return high
