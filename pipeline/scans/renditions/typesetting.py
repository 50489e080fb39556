"""Texts set as pages of A4: a PDF with its font embedded, so that the words are read as they were written.

Nothing of a document's own look is kept but the order of its lines; the file itself is, beside the pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pikepdf import Dictionary, Pdf

from pipeline.drawing.engines.fonts import SANS, Face, add_face, face
from pipeline.drawing.engines.pdf_writing import entitled, saved
from pipeline.drawing.engines.pdfa_marks import mark
from pipeline.drawing.ink import wrapped
from pipeline.scans.refusals import Limits
from pipeline.scans.renditions.content import Text

#: Points: a sheet of A4, its margins, letters and lines.
_WIDTH, _HEIGHT = 595.276, 841.89
_LEFT, _RIGHT, _TOP, _BOTTOM = 71.0, 530.0, 72.0, 780.0
_SIZE, _LEADING = 11.0, 15.0
_ON_A_PAGE = int((_BOTTOM - _TOP) // _LEADING)
_NAMES = {False: "/FYkBiasa", True: "/FYkTebal"}
#: Signs of a word that is not broken at a hyphen or slash but every so many: lines of base64 have millions.
_LONGEST_WORD = 90
_TOO_LONG = re.compile(rf"\S{{{_LONGEST_WORD}}}(?=\S)")

Line = tuple[str, bool]


def typeset(texts: Sequence[Text], title: str, limits: Limits) -> tuple[bytes, int, int]:
    """Return texts as a PDF/A, how many pages it has, and how many signs the font lacks.

    Raises:
        Refused: ``terlalu-besar``; they fill more pages than a file may have.
        EngineMissing: the font is not installed.
    """
    lines: list[Line] = []
    for line in _lines(texts):
        lines.append(line)
        if len(lines) % _ON_A_PAGE == 1:
            limits.check_pages(len(lines) // _ON_A_PAGE + 1, "Berkas")
    faces = {bold: face(file, _signs(lines, bold=bold)) for bold, file in SANS.items()}
    drawn = Pdf.new()
    fonts = Dictionary({_NAMES[bold]: add_face(drawn, one) for bold, one in faces.items()})
    starts = range(0, max(1, len(lines)), _ON_A_PAGE)
    for start in starts:
        page = drawn.add_blank_page(page_size=(_WIDTH, _HEIGHT))
        page.Contents = drawn.make_stream(_page(lines[start : start + _ON_A_PAGE], faces).encode("ascii"))
        page.Resources = Dictionary(Font=fonts)
    entitled(drawn, title)
    mark(drawn, title)
    lacking = sum(sign not in faces[bold].glyphs for text, bold in lines for sign in text)
    return saved(drawn), len(starts), lacking


def _lines(texts: Iterable[Text]) -> Iterator[Line]:
    """Yield the lines as wide as the page, of empty ones in a row the first alone, none before the first text."""
    empty = True
    for block in texts:
        for given in block.text.splitlines():
            words = _TOO_LONG.sub(lambda match: f"{match[0]} ", given)
            for line in wrapped(words, _RIGHT - _LEFT, _SIZE, bold=block.bold) or ("",):
                if line or not empty:
                    yield line, block.bold
                empty = not line


def _signs(lines: Iterable[Line], *, bold: bool) -> str:
    return "".join(sorted(set("".join(text for text, heavy in lines if heavy is bold))))


def _page(lines: Sequence[Line], faces: dict[bool, Face]) -> str:
    code = []
    for number, (text, bold) in enumerate(lines):
        if text:
            y = _HEIGHT - _TOP - number * _LEADING
            code.append(f"BT {_NAMES[bold]} {_SIZE} Tf {_LEFT} {y:.2f} Td <{faces[bold].hex(text)}> Tj ET")
    return "\n".join(code)
