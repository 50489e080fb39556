"""The signature block: who signed, alone or side by side, under which word."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.reading.fields import Field
from pipeline.reading.identity import name_field
from pipeline.reading.layout import MARK, Layout
from pipeline.reading.names import is_name
from pipeline.reading.sheet import Row

_OPENS = re.compile(
    r"\W*(?:hormat\s+(?:saya|kami|sy)|wass?alam|pelapor|pengadu|pemohon|penyampai|penulis|(?:j|"
    r"y)?ang (?:membuat|meng?adu|menyatakan|melapor|"
    r"bertanda)|ketua|direktur|koordinator|pimpinan|kuasa|a\.?n\.?\b|hormat|terima kasih|demikian|sekretaris|salam)",
    re.I,
)
_WITNESS = re.compile(r"mengetahui|diterima|petugas|menyetujui|saksi", re.I)
_NUMBERED = re.compile(r"\s*\d[.)]\s*")


def signers(layout: Layout) -> tuple[Field, ...]:
    """Return those who signed as senders, in reading order; who merely took note (*Mengetahui*) is left out."""
    rows = [r for r in _block(layout) if r.index not in layout.pairs or not layout.pairs[r.index].kind.startswith("a")]
    found: list[tuple[int, int, int]] = []
    aside = _witness_columns(rows)
    for row in rows:
        spans = [span for cell in row.cells for span in _split(layout, cell.start, cell.end)]
        named = [(a, b) for a, b in spans if is_name(_bare(layout, a, b))]
        for a, b in named:
            x = next(c.x0 for c in row.cells if c.start <= a <= c.end)
            if not any(abs(x - column) < 0.2 for column in aside):
                found.append((_number(layout, a), a, b))
    found.sort()
    return tuple(f for _, a, b in found if (f := name_field(layout, a, b, 0.8, "nama di bawah tanda tangan")))


def _block(layout: Layout) -> tuple[Row, ...]:
    """Return the rows below the last word that opens a signature (*Hormat kami*, *Ketua*, a date)."""
    last = min(layout.copies, layout.last)
    rows = list(layout.sheet.rows[min(layout.ending, max(layout.body + 1, last - 3)) : last])
    opens = [i for i, r in enumerate(rows) if _OPENS.match(r.text)]
    return tuple(rows[opens[0] :] if opens else rows[-4:])


def _split(layout: Layout, start: int, end: int) -> list[tuple[int, int]]:
    """Split a cell in which several names stand: ``1. A 2. B``, ``A / B``."""
    text = layout.sheet.text
    cuts = [m.start() for m in re.finditer(r"\d[.)]\s|(?<=\s)/\s", text[start:end])]
    edges = [start, *(start + c for c in cuts if c > 0), end]
    return [(a, b) for a, b in pairwise(edges) if b > a]


def _bare(layout: Layout, start: int, end: int) -> str:
    mark = MARK.match(layout.sheet.text, start, end) or _NUMBERED.match(layout.sheet.text, start, end)
    return layout.sheet.text[mark.end() if mark else start : end].strip(" /,.")


def _number(layout: Layout, start: int) -> int:
    match = _NUMBERED.match(layout.sheet.text, start)
    return int(re.sub(r"\D", "", match[0])) if match else 0


def _witness_columns(rows: list[Row]) -> list[float]:
    """Return the columns headed by *Mengetahui* or *Petugas*, if there is another column beside them."""
    return [
        c.x0
        for row in rows
        if len(row.cells) > 1
        for c in row.cells
        if _WITNESS.search(row.text[c.start - row.start : c.end - row.start])
    ]
