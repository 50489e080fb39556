"""Letters that no rule was written for: laid out as they are typed, with the fields that each of them holds."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.scans.words import Page, Word

_FOLDER = Path(__file__).resolve().parent / "specimens"
_LEFT, _TOP, _WIDE, _ROW = 0.09, 0.05, 0.84, 0.0165
_TAB, _COLUMNS = 22, 100


def specimens(pattern: str = "*") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield every letter with its name; the files are taken in order."""
    for path in sorted(_FOLDER.glob(f"{pattern}.toml")):
        for letter in tomllib.loads(path.read_text(encoding="utf-8"))["letter"]:
            yield f"{path.stem}: {letter['name']}", letter


def pages_of(text: str) -> tuple[Page, ...]:
    """Lay a typed text out, every character in its column; a form feed begins a page."""
    return tuple(_page(part, number) for number, part in enumerate(text.split("\f"), 1))


def _page(text: str, number: int) -> Page:
    lines = [line.expandtabs(_TAB) for line in text.strip("\n").split("\n")]
    char = _WIDE / max(_COLUMNS, *map(len, lines))
    words = []
    for index, line in enumerate(lines):
        column = 0
        for word in line.split():
            column = line.index(word, column)
            x, y = _LEFT + char * column, _TOP + _ROW * index
            words.append(Word(word, (x, y, x + char * (len(word) - 0.15), y + 0.011), 0.95, index))
            column += len(word)
    return Page(number, 595, 842, tuple(words), "\n".join(lines), "ocr")
