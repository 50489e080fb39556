"""What a learned model is told of the rows and words of a letter: signs that mean something on any letter.

Words as they are (small letters, figures as 0), their shape, where they stand, what is written around them, and the
label-like words of their row. A sign is a short text; the models weigh each one they have met often enough.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from statistics import median

from pipeline.reading.sheet import Row, Sheet

_TOKEN = re.compile(r"\w+(?:['’`./-]\w+)*|[^\w\s]")
_FIGURE = re.compile(r"\d")
_MONTH = re.compile(
    r"jan(uari)?|feb(ruari)?|mar(et)?|apr(il)?|mei|juni?|juli?|agu(stus)?|ags?t|sept?(ember)?|okt(ober)?|no[vp](ember)?"
    r"|des(ember)?"
)
_YEAR = re.compile(r"(19|20)\d\d")
_ROMAN = re.compile(r"[IVX]{1,4}")
#: Rows counted from the head and from the foot; beyond, all are alike.
_HEAD, _FOOT = 16, 12
#: A row is set off where the gap above it is so many times the usual one.
_SET_OFF = 1.5
#: Figures of a NIK, and of a telephone number, as they may be written or read.
_NIK, _TELEPHONE = (14, 18), (9, 14)
#: Words whose signs are remembered: a letter says most of its words more than once.
_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark of a letter: its text, its offsets in the sheet's text, and its row."""

    text: str
    start: int
    end: int
    row: int


def tokens_of(sheet: Sheet) -> tuple[Token, ...]:
    """Return the words and marks of a letter, row by row."""
    return tuple(
        Token(found[0], found.start(), found.end(), row.index)
        for row in sheet.rows
        for found in _TOKEN.finditer(sheet.text, row.start, row.end)
    )


def row_signs(sheet: Sheet, tokens: Sequence[Token]) -> list[list[str]]:
    """Return the signs of each row of a letter."""
    words = _words_by_row(sheet, tokens)
    gaps = [max(0.0, b.y0 - a.y1) if a.page == b.page else 1.0 for a, b in pairwise(sheet.rows)]
    usual = median(gaps) if gaps else 0.0
    own = [_row_signs(sheet, row, words[row.index]) for row in sheet.rows]
    told = []
    for index, signs in enumerate(own):
        row = sheet.rows[index]
        more = [f"head={min(index, _HEAD)}", f"foot={min(len(own) - 1 - index, _FOOT)}", f"y={int(row.y0 * 8)}"]
        if index and (gaps[index - 1] > _SET_OFF * usual or row.page != sheet.rows[index - 1].page):
            more.append("set off")
        for name, at in (("-1", index - 1), ("+1", index + 1), ("-2", index - 2)):
            if 0 <= at < len(own):
                more += [f"{name}:{sign}" for sign in own[at][:5]]
            else:
                more.append(f"{name}:none")
        told.append(signs + more)
    return told


def token_signs(sheet: Sheet, tokens: Sequence[Token], sections: Sequence[str]) -> list[list[str]]:
    """Return the signs of each word of a letter whose rows belong to these sections."""
    low, shapes = [_low(t.text) for t in tokens], [_shape(t.text) for t in tokens]
    by_row = _words_by_row(sheet, tokens)
    capitals = Counter(t.text.lower() for t in tokens if t.text[:1].isupper())
    last = {t.text.lower() for t in tokens if t.row >= len(sheet.rows) - _FOOT and t.text[:1].isupper()}
    rows = [_row_context(sheet, row, by_row, sections) for row in sheet.rows]
    around = ["none"] * 3 + low + ["none"] * 3
    told = []
    end = len(tokens) - 1
    for index, token in enumerate(tokens):
        text, row = token.text, token.row
        if index == 0 or tokens[index - 1].row != row:
            first, colon, tab = index, False, False
        tab = tab or "\t" in sheet.text[tokens[index - 1].end : token.start]
        capital = text[:1].isupper()
        signs = [
            *_word_signs(text),
            f"at={min(index - first, 4)}",
            f"colon={colon}",
            f"cell={tab}",
            f"c+x={colon}{capital}",
        ]
        if capital:
            word = text.lower()
            signs.append(f"often={min(capitals[word], 4)}")
            if word in last:
                signs.append("in foot")
        signs += (f"w-3={around[index]}", f"w-2={around[index + 1]}")
        if index:
            there = "" if tokens[index - 1].row == row else " /"
            signs += (f"s-1={shapes[index - 1]}", f"w-1={low[index - 1]}{there}")
        else:
            signs.append("w-1=none")
        if index < end:
            there = "" if tokens[index + 1].row == row else " /"
            signs += (f"s1={shapes[index + 1]}", f"w1={low[index + 1]}{there}")
        else:
            signs.append("w1=none")
        signs += (f"w2={around[index + 5]}", f"w3={around[index + 6]}")
        if index:
            signs.append(f"w-1,0={low[index - 1]} {low[index]}")
        if index < end:
            signs.append(f"w0,1={low[index]} {low[index + 1]}")
        if sheet.rows[row].end == token.end:
            signs.append("ends row")
        told.append(signs + rows[row])
        colon = colon or text in ":="
    return told


def _words_by_row(sheet: Sheet, tokens: Sequence[Token]) -> list[list[Token]]:
    words: list[list[Token]] = [[] for _ in sheet.rows]
    for token in tokens:
        words[token.row].append(token)
    return words


def _row_signs(sheet: Sheet, row: Row, words: Sequence[Token]) -> list[str]:
    """Return what a row shows by itself; the first five are told of its neighbours too."""
    low = [_low(t.text) for t in words]
    letters = list(filter(str.isalpha, row.text))
    figures = sum(map(str.isdigit, row.text))
    capitals = sum(map(str.isupper, letters)) / max(1, len(letters))
    signs = [
        f"1={low[0] if low else ''}",
        f"12={' '.join(low[:2])}",
        f"end={row.text[-1:] if not row.text[-1:].isalnum() else 'a'}",
        f"n={min(len(words) // 3, 6)}",
        f"x={int(row.x0 * 8)}",
        f"2={low[1] if len(low) > 1 else ''}",
        f"3={low[2] if len(low) > 2 else ''}",
        f"last={low[-1] if low else ''}",
        f"w={int((row.x1 - row.x0) * 6)}",
        f"centred={abs((row.x0 + row.x1) / 2 - 0.5) < 0.06 and row.x0 > 0.2}",
        f"capitals={int(capitals * 4)}",
        f"figures={int(4 * figures / max(1, len(row.text)))}",
        f"cells={min(len(row.cells), 3)}",
        f"colon={':' in row.text}",
        f"small={row.text[:1].islower()}",
        f"shape={_shape(words[0].text) if words else ''}",
    ]
    signs += [f"any={word}" for word in set(low) if len(word) > 2]
    signs += [f"kind={kind}" for kind in {k for t in words for k in _kinds(t.text)}]
    return signs


def _row_context(sheet: Sheet, row: Row, words: Sequence[Sequence[Token]], sections: Sequence[str]) -> list[str]:
    own = [_low(t.text) for t in words[row.index]]
    above = words[row.index - 1] if row.index else ()
    below = words[row.index + 1] if row.index + 1 < len(words) else ()
    section = sections[row.index]
    before = sections[row.index - 1] if row.index else "none"
    after = sections[row.index + 1] if row.index + 1 < len(sections) else "none"
    return [
        f"section={section}",
        f"sections={before} {section}",
        f"sections+={section} {after}",
        f"row1={own[0] if own else ''}",
        f"row12={' '.join(own[:2])}",
        f"row123={' '.join(own[:3])}",
        f"above1={_low(above[0].text) if above else ''}",
        f"above12={' '.join(_low(t.text) for t in above[:2])}",
        f"aboveend={_low(above[-1].text) if above else ''}",
        f"below1={_low(below[0].text) if below else ''}",
        f"head={min(row.index, _HEAD)}",
        f"foot={min(len(words) - 1 - row.index, _FOOT)}",
        f"x={int(row.x0 * 6)}",
        f"length={min(len(own) // 3, 5)}",
        f"capitals={row.text.isupper()}",
    ]


@lru_cache(_REMEMBERED)
def _word_signs(text: str) -> tuple[str, ...]:
    low = _low(text)
    return (
        "1",
        f"w={low}",
        f"s={_shape(text)}",
        f"pre={low[:3]}",
        f"suf={low[-3:]}",
        *(f"kind={kind}" for kind in _kinds(text)),
    )


@lru_cache(_REMEMBERED)
def _kinds(text: str) -> tuple[str, ...]:
    """Return what a word may be by its figures and letters alone."""
    count = sum(c.isdigit() for c in text)
    kinds = []
    if _MONTH.fullmatch(text.lower()):
        kinds.append("month")
    if _YEAR.fullmatch(text):
        kinds.append("year")
    if _ROMAN.fullmatch(text):
        kinds.append("roman")
    if _NIK[0] <= count <= _NIK[1]:
        kinds.append("nik")
    if _TELEPHONE[0] <= count <= _TELEPHONE[1]:
        kinds.append("telephone" if text.lstrip("+(").startswith(("0", "62", "8")) else "number")
    if count:
        kinds.append(f"figures{min(count, 5)}")
    if "/" in text and count:
        kinds.append("number with strokes")
    return tuple(kinds)


@lru_cache(_REMEMBERED)
def _low(text: str) -> str:
    return _FIGURE.sub("0", text.lower())


@lru_cache(_REMEMBERED)
def _shape(text: str) -> str:
    """Return the shape of a word: X a capital, x a small letter, 0 a figure, runs drawn together."""
    signs = ["X" if c.isupper() else "x" if c.isalpha() else "0" if c.isdigit() else c for c in text[:24]]
    return "".join(a for a, b in zip(signs, [*signs[1:], ""], strict=True) if a != b)
