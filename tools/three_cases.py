"""Drives three invented cases to their end with the command line, and draws their folders as one picture.

    python tools/three_cases.py FOLDER [PICTURE]

The cases are ``docs/panduan/contoh/*.toml``: a sample letter and the moves made on it, each with its role and answers;
"hari ini" is the office's day of the drawing.
FOLDER must not exist. The picture is the contact sheet of the user guide.
"""

from __future__ import annotations

import io
import json
import shutil
import sys
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from pipeline.cli import main
from pipeline.work.store.setup import lay_out_filled as lay_out
from pipeline.work.store.setup import samples

HERE = Path(__file__).resolve().parent.parent
STORIES = HERE / "docs" / "panduan" / "contoh"
#: The clock of the office that is laid out, whatever that of this machine is.
_ZONE = ZoneInfo("Asia/Jakarta")
THUMB, GAP, COLUMNS = 150, 10, 12


def yankomas(root: Path, *arguments: str) -> None:
    """Run the command; stop at the first that fails."""
    if code := main(["--root", str(root), *arguments]):
        sys.exit(f"yankomas {' '.join(arguments)}: {code}")


def drive(root: Path, number: str, story: dict[str, Any]) -> None:
    """Make the story's moves, one after the other, letting the machine do its part after each."""
    for position, move in enumerate(story["gerak"]):
        form = root / f"formulir-{position}.toml"
        today = f"{datetime.now(_ZONE):%Y-%m-%d}"
        answers = {k: today if v == "hari ini" else v for k, v in move.get("isian", {}).items()}
        form.write_text("".join(f"{k} = {json.dumps(v, ensure_ascii=False)}\n" for k, v in answers.items()))
        file = ["--file", str(signed(root, number, move["berkas"]))] if "berkas" in move else []
        yankomas(root, "do", number, move["kunci"], "--as", move["peran"], "--form", str(form), *file)
        form.unlink()
        yankomas(root, "run", "--once")


def signed(root: Path, number: str, template: str) -> Path:
    """Return a scan of the newest print of a sheet with ink drawn into its signature boxes, above each NIP."""
    print_ = max((root / "archive" / number / "data").glob(f"{template}-v*.pdf"))
    pages, scale = pictures(print_, scale=2), 2
    document = pypdfium2.PdfDocument(print_)
    for number, page in enumerate(pages):
        words = document[number].get_textpage()
        search = words.search("NIP")
        while (found := search.get_next()) is not None:
            left, _, _, top = words.get_charbox(found[0])
            box, draw = (left * scale, page.height - (top + 50) * scale), ImageDraw.Draw(page)
            draw.line([(box[0] + x, box[1] + (x * 37 % 50)) for x in range(0, 160, 8)], fill=40, width=4)
    scan = root / f"{template}-ttd.pdf"
    pages[0].save(scan, save_all=True, append_images=pages[1:], resolution=144)
    return scan


def pictures(pdf: Path, scale: float) -> list[Image.Image]:
    """Return the pages of a PDF as grey pictures."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf.read_bytes()))
    return [page.render(scale=scale, grayscale=True).to_pil() for page in document]


def contact_sheet(root: Path, numbers: list[str]) -> Image.Image:
    """Return all pages of the cases' PDFs, a row or more for each case."""
    rows: list[Image.Image] = []
    for number in numbers:
        pages = [
            (pdf.stem, page)
            for pdf in sorted((root / "archive" / number / "data").glob("*.pdf"))
            for page in pictures(pdf, scale=0.5)
        ]
        rows += [row_of(number, pages[at : at + COLUMNS]) for at in range(0, len(pages), COLUMNS)]
    sheet = Image.new("L", (max(r.width for r in rows), sum(r.height for r in rows)), 235)
    top = 0
    for row in rows:
        sheet.paste(row, (0, top))
        top += row.height
    return sheet


def row_of(number: str, pages: list[tuple[str, Image.Image]]) -> Image.Image:
    """Return one row of thumbnails with their names."""
    font = ImageFont.load_default(11)
    row = Image.new("L", (GAP + COLUMNS * (THUMB + GAP), 215 + 3 * GAP), 235)
    draw = ImageDraw.Draw(row)
    draw.text((GAP, 2), f"Perkara {number}", fill=0, font=font)
    for place, (name, page) in enumerate(pages):
        page.thumbnail((THUMB, 190))
        left = GAP + place * (THUMB + GAP)
        row.paste(page, (left, 18))
        draw.text((left, 18 + page.height + 2), name[:26], fill=0, font=font)
    return row


def run(root: Path, picture: Path | None) -> None:
    """Drive all stories; draw the picture if one is wanted."""
    lay_out(root)
    by_name = {sample.name: sample for sample in samples()}
    numbers = []
    for position, path in enumerate(sorted(STORIES.glob("*.toml")), start=1):
        story = tomllib.loads(path.read_text(encoding="utf-8"))
        shutil.copyfile(by_name[story["surat"]], root / "inbox" / story["surat"])
        yankomas(root, "run", "--once")
        numbers.append(f"{_year(root)}/{position:04d}")
        drive(root, numbers[-1], story)
    yankomas(root, "verify")
    if picture:
        contact_sheet(root, numbers).quantize(16).save(picture, optimize=True)


def _year(root: Path) -> str:
    return max(p.name for p in (root / "archive").iterdir() if p.name.isdigit())


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
