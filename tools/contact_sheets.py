"""Draws every document of every kind of case as pictures of 90 dpi, and contact sheets of them, to be looked at.

    python tools/contact_sheets.py FOLDER [KIND ...]

The cases are those of ``tests/kinds_of_case.py``; the pages are printed as the office prints them, with page codes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import pypdfium2  # noqa: E402 (found beside the project)
from kinds_of_case import KINDS, facts_of_kind, office_of_kind, sheets_of_kind  # noqa: E402
from PIL import Image  # noqa: E402

from pipeline.letters.engines.libreoffice import LibreOfficePress  # noqa: E402
from pipeline.letters.engines.word_templates import WordTypist  # noqa: E402
from pipeline.letters.ports import PageCode  # noqa: E402
from pipeline.letters.sheets import context  # noqa: E402
from pipeline.letters.sheets.receipt import RECEIPT  # noqa: E402
from pipeline.letters.sheets.register_book import BOOK  # noqa: E402

_DPI = 90
#: Pages across and down a contact sheet, and the room of each in points of the picture.
_ACROSS, _DOWN, _WIDE, _HIGH = 4, 2, 570, 800
_CODE, _KEY = PageCode("94TDK7QM2XPA"), b"kunci contoh"  # another than the receipt's code
#: The sheets that nobody signs, and which therefore have no page code.
_UNSIGNED = (RECEIPT, BOOK)


def main(arguments: Sequence[str]) -> int:
    """Draw the named kinds, or all of them."""
    if not arguments or arguments[0].startswith("-"):
        sys.exit(__doc__)
    folder, kinds = Path(arguments[0]), arguments[1:] or list(KINDS)
    folder.mkdir(parents=True, exist_ok=True)
    press, typist = LibreOfficePress(_KEY), WordTypist(ROOT / "letter_templates")
    try:
        for kind in kinds:
            pages = [
                page for template in sheets_of_kind(kind) for page in _pages(kind, template, press, typist, folder)
            ]
            for number, sheet in enumerate(_contact(pages), start=1):
                sheet.save(folder / f"{kind}-{number}.png")
            print(f"{kind}: {len(pages)} pages")
    finally:
        press.close()
    return 0


def _pages(
    kind: str, template: str, press: LibreOfficePress, typist: WordTypist, folder: Path
) -> Iterator[Image.Image]:
    values = context(template, facts_of_kind(kind, template), office_of_kind(kind))
    pdf = press.print(typist.draft(template, values).docx, None if template in _UNSIGNED else _CODE)
    document = pypdfium2.PdfDocument(pdf)
    for number in range(len(document)):
        page = document[number].render(scale=_DPI / 72).to_pil().convert("RGB")
        page.save(folder / f"{kind}-{template}-{number + 1}.png")
        yield page


def _contact(pages: Sequence[Image.Image]) -> Iterator[Image.Image]:
    """Yield the pages, some on each contact sheet."""
    for begin in range(0, len(pages), _ACROSS * _DOWN):
        sheet = Image.new("RGB", (_ACROSS * _WIDE, _DOWN * _HIGH), "grey")
        for place, page in enumerate(pages[begin : begin + _ACROSS * _DOWN]):
            small = page.copy()
            small.thumbnail((_WIDE - 8, _HIGH - 8))
            sheet.paste(small, (place % _ACROSS * _WIDE + 4, place // _ACROSS * _HIGH + 4))
        yield sheet


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
