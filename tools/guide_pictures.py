"""Draws the guide's pictures of what is printed: the report of a quarter, the SOP's chart, and a case's way on it.

    python tools/guide_pictures.py OFFICE

OFFICE is a folder that ``tools/filled_office.py`` has filled; the way is that of its case that is due first.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pypdfium2
from PIL import Image

from pipeline.cli import main as command_line

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
#: Points of the screen to an inch: of a page among others, and of a chart that is read.
_SMALL, _LARGE = 52, 137
_GAP, _GREY, _COLOURS = 12, "#dddddd", 64


def main(office: Path) -> int:
    """Print what the pictures show, and draw them."""
    number = json.loads(_yankomas(office, "due", "--days", "30", "--json"))[0]["number"]
    for name, command, pages, dpi in (
        ("laporan", ("laporan", "--tahun", number[:4], "--triwulan", "3"), 3, _SMALL),
        ("sop", ("sop",), 1, _LARGE),
        ("sop-perkara", ("sop", number), 1, _LARGE),
    ):
        with tempfile.TemporaryDirectory() as folder:
            printed = Path(folder) / f"{name}.pdf"
            _yankomas(office, *command, "--output", str(printed))
            _side_by_side(_pages(printed, pages, dpi)).save(PICTURES / f"{name}.png", optimize=True)
    return 0


def _yankomas(office: Path, *arguments: str) -> str:
    """Run the command and return what it printed; stop if it fails."""
    told = StringIO()
    with redirect_stdout(told):
        code = command_line(["--root", str(office), *arguments])
    if code:
        sys.exit(f"yankomas {' '.join(arguments)}: {code}")
    return told.getvalue()


def _pages(pdf: Path, most: int, dpi: int) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    return [document[n].render(scale=dpi / 72).to_pil() for n in range(min(most, len(document)))]


def _side_by_side(pages: Sequence[Image.Image]) -> Image.Image:
    """Return the pages beside one another; an only one as it is."""
    gap = _GAP if pages[1:] else 0
    width = sum(page.width for page in pages) + gap * (len(pages) - 1)
    sheet = Image.new("RGB", (width, max(page.height for page in pages)), _GREY)
    left = 0
    for page in pages:
        sheet.paste(page, (left, 0))
        left += page.width + gap
    return sheet.quantize(_COLOURS)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
