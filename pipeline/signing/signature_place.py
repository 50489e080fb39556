"""Where a signature belongs on a sheet: in the blank between the signer's title and the signer's name.

It is found from the words on the sheet, so that a sheet that a person edited in Word has its place as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.errors import NotAllowed
from pipeline.signing.ports import Place, SignerNamed

#: A blank is at least so high, in points: four lines of the block (ours are 51 to 54, measured on all sheets).
_LEAST_HEIGHT = 34.0
#: What is kept free above and below the block, in points.
_MARGIN = 3.0
#: How far from the name's left edge a line still stands over it, in points.
_SLACK = 6.0
#: The block ends so far from the paper's right edge, in points; it is no wider than this.
_RIGHT_MARGIN, _WIDEST = 45.0, 230.0


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of words on a page (from 1), with its box in points from the page's lower left corner."""

    page: int
    text: str
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class SheetText:
    """The lines of a sheet, and how wide each of its pages is, in points."""

    lines: tuple[TextLine, ...]
    widths: tuple[float, ...]


def place_of(sheet: SheetText, signer: SignerNamed) -> Place:
    """Return where the signer's signature belongs; of several such places the last.

    Raises:
        NotAllowed: the sheet has no blank between this title and this name.
    """
    if not signer.name:
        raise NotAllowed(
            f"{signer.title or 'Penanda tangan'} belum bernama di office.toml.",
            "Isi nama dan NIP-nya pada [[jabatan]], lalu konsep ulang naskahnya.",
        )
    for name in reversed([line for line in sheet.lines if _plain(line.text) == _plain(signer.name)]):
        above = _above(name, sheet.lines)
        if above and above.bottom - name.top >= _LEAST_HEIGHT and _ends(above.text, signer.title):
            right = min(sheet.widths[name.page - 1] - _RIGHT_MARGIN, name.left + _WIDEST)
            return Place(name.page, name.left, name.top + _MARGIN, right, above.bottom - _MARGIN)
    raise NotAllowed(
        f"Tempat tanda tangan {signer.name} ({signer.title.splitlines()[-1]}) tidak ditemukan pada naskah ini.",
        "Naskah harus memuat jabatan, ruang kosong, lalu nama penanda tangan itu. Bila pejabatnya sudah berganti, "
        "konsep ulang naskahnya.",
    )


def _above(name: TextLine, lines: Sequence[TextLine]) -> TextLine | None:
    """Return the nearest line that stands over the name, in its column."""
    over = [
        line
        for line in lines
        if line.page == name.page and line.bottom >= name.top and abs(line.left - name.left) <= _SLACK
    ]
    return min(over, key=lambda line: line.bottom, default=None)


def _ends(line: str, title: str) -> bool:
    """Say whether a line is the title's end: a long one may be broken into several."""
    found = _plain(line)
    return bool(found) and _plain(title).endswith(found)


def _plain(text: str) -> str:
    return re.sub(r"[\s,.]+", " ", text).strip().casefold()
