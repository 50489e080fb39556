"""Where and how a proposal stands in its letter: on the page, behind which label, said how often, of what shape.

Nothing of this depends on the words of one letter, so that it holds on letters nobody has seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.reading.labels import pairs_of
from pipeline.reading.mentions import kind_called, signs_of
from pipeline.reading.proposal import Evidence, Proposal
from pipeline.reading.sheet import Sheet
from pipeline.reading.vocabulary import fold

#: Bands of a page's height, and of its width; rows counted from the head and from the foot.
_BANDS, _SIDES, _COUNTED = 6, 3, (1, 3, 6, 12)
#: A row goes on with the value of a labelled one so many rows above it.
_BELOW = 3
#: What a value says again elsewhere has so many letters; it stands in the head or foot within such a part of the text.
_TELLING, _HEAD, _FOOT = 5, 0.2, 0.8
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ROMAN = re.compile(r"(?<![A-Z])[IVX]{1,4}(?![A-Z])")
_NUMBERED = re.compile(r"\b(?:no|rt|rw|blok|km)\b\.?\s*\d", re.I)
_REGION = re.compile(r"\b(?:kabupaten|kota|kecamatan|kelurahan|provinsi|propinsi)\b", re.I)
#: Of which labels it is told what kind of person or office is named, and of which what is said of it.
_NAMING, _TOLD_OF = frozenset({"terlapor", "tempat", "lembaga", "tujuan"}), "terlapor"
#: Of so many sheets the folded text is remembered.
_SHEETS = 8


def standing(label: str, one: Proposal, evidence: Evidence) -> dict[str, float]:
    """Return the signs of where a proposal of a label stands on its sheet, each 0 or 1."""
    sheet = evidence.sheet
    signs = {*_on_page(one, sheet), *_shape(one.nilai), *_again(one.nilai, sheet)}
    if evidence.fields.get("lembaga_pelapor"):
        signs |= {"of an organisation", f"of an organisation, in {one.mark.section if one.mark else 'nothing marked'}"}
    if one.mark:
        signs |= {
            f"likeliest as {mark.label}"
            for mark in evidence.marks
            if mark.likeliest and mark.label != label and mark.start < one.mark.end and one.mark.start < mark.end
        }
        signs |= {*_behind_label(one.mark.start, sheet), *_in_row(one.mark.start, one.mark.end, sheet)}
    if label in _NAMING:
        kind = kind_called(one.nilai) or ("wilayah" if _REGION.search(one.nilai) else None)
        signs.add(f"kind {kind or 'none'}")
        if one.mark and label == _TOLD_OF:
            signs |= {f"told {sign.name}" for sign in signs_of(sheet.flow, one.mark.start, one.mark.end)}
    return dict.fromkeys(sorted(signs), 1.0)


def _on_page(one: Proposal, sheet: Sheet) -> Iterator[str]:
    candidate = one.candidate
    if not candidate.box:
        return
    x0, y0, _, _ = candidate.box
    if candidate.page == sheet.rows[0].page:
        yield f"height {min(_BANDS - 1, int(y0 * _BANDS))}"
    else:
        yield "later page"
    yield f"side {min(_SIDES - 1, int(x0 * _SIDES))}"
    if one.mark:
        row = sheet.row_at(one.mark.start).index
        yield from (f"head {least}" for least in _COUNTED if row < least)
        yield from (f"foot {least}" for least in _COUNTED if len(sheet.rows) - row <= least)


def _behind_label(start: int, sheet: Sheet) -> Iterator[str]:
    """Yield what label stands before an offset, by the vocabulary of labels: also a misread one."""
    row, pairs = sheet.row_at(start), pairs_of(sheet)
    if pair := pairs.get(row.index):
        if start < pair.start:
            yield f"label itself {pair.kind}"
        else:
            yield f"behind {pair.kind}" if start > pair.start else f"value of {pair.kind}"
        return
    for above in range(row.index - 1, max(-1, row.index - 1 - _BELOW), -1):
        if pair := pairs.get(above):
            yield f"below {pair.kind} {row.index - above}"
            return
    yield "no label near"


def _in_row(start: int, end: int, sheet: Sheet) -> Iterator[str]:
    row, last = sheet.row_at(start), sheet.row_at(max(start, end - 1))
    begins = start - row.cell_at(start).start < 2
    ends = not sheet.text[end : last.cell_at(end).end].strip(" .,:;)")
    if begins:
        yield "opens cell"
    if ends:
        yield "closes cell"
    if begins and ends:
        yield "whole cells"
    if len(row.cells) > 1:
        yield "row of cells"
    yield f"rows {min(3, last.index - row.index + 1)}"
    behind = sheet.flow[end : end + 2]
    yield f"then {behind[0] if behind and not behind[0].isalnum() and behind[0] != ' ' else 'blank'}"
    following = behind.strip()
    if following:
        yield f"then {'capital' if following[0].isupper() else 'small' if following[0].islower() else 'figure or mark'}"


def _shape(nilai: str) -> Iterator[str]:
    figures = sum(map(str.isdigit, nilai))
    if nilai.isupper():
        yield "capitals"
    if nilai[:1].islower():
        yield "small at first"
    yield f"figures {min(figures, 5) if figures < 6 else 'many'}"
    yield f"strokes {min(nilai.count('/'), 4)}"
    yield f"commas {min(nilai.count(','), 3)}"
    if _YEAR.search(nilai):
        yield "year"
    if _ROMAN.search(nilai):
        yield "roman"
    if _NUMBERED.search(nilai):
        yield "numbered"
    if "(" in nilai or ")" in nilai:
        yield "brackets"


def _again(nilai: str, sheet: Sheet) -> Iterator[str]:
    """Yield how often the letter says the same, however it is set, and whether it does so in its head and its foot."""
    mine, text = fold(nilai), folded(sheet)
    if len(mine) < _TELLING or not text:
        return
    first, last = text.find(mine), text.rfind(mine)
    if first < 0:
        return
    in_head, in_foot = first < _HEAD * len(text), last > _FOOT * len(text)
    yield f"said {min(3, text.count(mine))}"
    if in_head:
        yield "said in the head"
    if in_foot:
        yield "said in the foot"
    if in_head and in_foot:
        yield "said in head and foot"


@lru_cache(_SHEETS)
def folded(sheet: Sheet) -> str:
    """Return the letters and figures of a sheet's text."""
    return fold(sheet.text)
