"""The pages that we draw ourselves into a bound folder: its table of contents, typed texts, and word of a lost page.

Which papers are bound, in which order: ``contents.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.drawing.ink import BLACK, GREY, text_width, within, words, wrapped
from pipeline.drawing.picture import Item, Line, Picture

_WIDTH, _HEIGHT = 595.0, 842.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 71.0, 538.0, 71.0, 780.0
_SIZE, _LEADING, _ROW = 10.0, 14.0, 19.0
_FIRST_ROWS, _ROWS = 28, 35
_DAY, _PAGE = 385.0, 496.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents: title, day as written, and the page on which it begins, from 1."""

    title: str
    day: str
    page: int


@dataclass(frozen=True, slots=True)
class Leaf:
    """A drawn page; ``links``: where each line of contents stands (left, bottom, right, top), and its page."""

    picture: Picture
    links: tuple[tuple[tuple[float, float, float, float], int], ...] = ()


def contents_count(entries: int) -> int:
    """Return how many pages the table of contents fills."""
    return 1 + max(0, -(-(entries - _FIRST_ROWS) // _ROWS))


def contents_leaves(title: str, facts: Sequence[tuple[str, str]], entries: Sequence[Entry]) -> Iterator[Leaf]:
    """Yield the pages of the table of contents; on the first stand title and facts of the case."""
    for number in range(contents_count(len(entries))):
        start = 0 if number == 0 else _FIRST_ROWS + (number - 1) * _ROWS
        part = entries[start : start + (_FIRST_ROWS if number == 0 else _ROWS)]
        head, top = _head(title, facts) if number == 0 else ([], _TOP)
        yield _listing(title, head, top, part, start)


def text_leaves(title: str, text: str) -> Iterator[Leaf]:
    """Yield a typed text as pages."""
    lines = [line for part in text.splitlines() or [""] for line in (wrapped(part, _RIGHT - _LEFT, _SIZE) or ("",))]
    fit = int((_BOTTOM - _TOP - 2 * _LEADING) // _LEADING)
    for start in range(0, max(1, len(lines)), fit):
        items: list[Item] = [within(_LEFT, _RIGHT, _TOP, title, 9, colour=GREY)]
        for n, line in enumerate(lines[start : start + fit]):
            items.append(words(_LEFT, _TOP + (n + 2) * _LEADING, line, _SIZE))
        yield Leaf(_picture(title, items))


def lost_leaf(title: str, page: int, why: str) -> Leaf:
    """Return the page that stands where one cannot be shown."""
    items: list[Item] = [words(_LEFT, _TOP, "Halaman ini tidak dapat ditampilkan", 14, bold=True)]
    told = (f"{title}, halaman {page}.", why, "Berkas aslinya tetap tersimpan, tidak berubah, di map perkara.")
    y = _TOP + 28
    for text in told:
        for line in wrapped(text, _RIGHT - _LEFT, _SIZE):
            items.append(words(_LEFT, y, line, _SIZE))
            y += _LEADING
    return Leaf(_picture(title, items))


def _head(title: str, facts: Sequence[tuple[str, str]]) -> tuple[list[Item], float]:
    items: list[Item] = [within(_LEFT, _RIGHT, _TOP, title, 15, bold=True)]
    y = _TOP + 26
    for label, text in facts:
        items.append(words(_LEFT, y, label, _SIZE, colour=GREY))
        for line in wrapped(text, _RIGHT - _LEFT - 90, _SIZE)[:2] or ("-",):
            items.append(words(_LEFT + 90, y, line, _SIZE))
            y += _LEADING
    return items, y + 16


def _listing(title: str, head: list[Item], top: float, part: Sequence[Entry], start: int) -> Leaf:
    items: list[Item] = [
        *head,
        words(_LEFT, top, "Isi berkas", _SIZE, bold=True),
        words(_DAY, top, "Tanggal", _SIZE, bold=True),
        words(_PAGE, top, "Halaman", _SIZE, bold=True),
        Line(((_LEFT, top + 5), (_RIGHT, top + 5)), BLACK, 0.8),
    ]
    links = []
    for n, entry in enumerate(part):
        y = top + (n + 1) * _ROW
        items += [
            within(_LEFT, _DAY - 8, y, f"{start + n + 1}. {entry.title}", _SIZE),
            words(_DAY, y, entry.day, _SIZE),
            words(_RIGHT - text_width(str(entry.page), _SIZE), y, str(entry.page), _SIZE),
            Line(((_LEFT, y + 5), (_RIGHT, y + 5)), GREY, 0.3),
        ]
        links.append(((_LEFT, _HEIGHT - y - 5, _RIGHT, _HEIGHT - y + 12), entry.page))
    return Leaf(_picture(title, items), tuple(links))


def _picture(title: str, items: Sequence[Item]) -> Picture:
    return Picture(_WIDTH, _HEIGHT, (_WIDTH, _HEIGHT), title, title, tuple(items))
