"""Draws the sample letters of ``pipeline/work/samples/`` from ``sample_letters.toml``: written, printed, scanned.

Nothing random is left to chance, so the pictures come out alike each time; no program's, machine's or person's name
gets into the files.

    python tools/draw_samples.py [FOLDER]
"""

from __future__ import annotations

import io
import random
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pypdfium2
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from PIL import Image, ImageChops, ImageDraw, ImageFilter
from pypdf import PdfWriter

HERE = Path(__file__).resolve().parent
LETTERS = HERE / "sample_letters.toml"
SAMPLES = HERE.parent / "pipeline" / "samples"

_ROW = re.compile(r"(?P<indent> *)(?P<label>(?:\d\. )?[A-Z][\w ,./]{1,24}?) : (?P<value>\S.*)")
_ITEM = re.compile(r"(?P<mark>\d\.) (?P<text>.*)")
_RIGHT = 88  # mm from the left margin to where date and signature stand
Letter = Mapping[str, Any]
Pages = list[Image.Image]


def main(arguments: list[str]) -> int:
    """Draw every sample letter."""
    folder = Path(arguments[0]) if arguments else SAMPLES
    folder.mkdir(parents=True, exist_ok=True)
    letters = tomllib.loads(LETTERS.read_text(encoding="utf-8"))["letter"]
    for letter, pdf in zip(letters, _printed([_written(letter) for letter in letters]), strict=True):
        data = SCANS[letter["scan"]](pdf, letter)
        (folder / letter["file"]).write_bytes(data)
        print(f"{letter['file']}: {len(data):,} byte")
    return 0


def _written(letter: Letter) -> bytes:
    """Return the letter as a Word document."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = (Mm(25),) * 4
    document.core_properties.author = document.core_properties.comments = ""
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = letter["font"], Pt(letter["size"])
    normal.paragraph_format.space_after = Pt(0)
    for line in letter["text"].strip("\n").splitlines():
        _write(document.add_paragraph(), line, letter)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _write(paragraph: Any, line: str, letter: Letter) -> None:
    shape = paragraph.paragraph_format
    if line == "---":
        _rule(paragraph)
    elif line == "~":
        shape.left_indent = Mm(_RIGHT)
        paragraph.add_run().add_picture(io.BytesIO(_signature(letter["file"])), width=Mm(38))
    elif line.startswith("#"):
        shape.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(line.lstrip("# "))
        run.bold, run.font.size = line.startswith("# "), Pt(15 if line.startswith("# ") else 10)
    elif line.startswith("> "):
        shape.left_indent = Mm(_RIGHT)
        paragraph.add_run(line[2:])
    elif row := _ROW.fullmatch(line):
        start = 6 if row["indent"] else 0
        shape.left_indent, shape.first_line_indent = Mm(52), Mm(start - 52)
        shape.tab_stops.add_tab_stop(Mm(48))
        paragraph.add_run(f"{row['label']}\t:\t{row['value']}")
    elif item := _ITEM.fullmatch(line):
        shape.left_indent, shape.first_line_indent = Mm(7), Mm(-7)
        paragraph.add_run(f"{item['mark']}\t{item['text']}")
    else:
        shape.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.add_run(line)


def _rule(paragraph: Any) -> None:
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for key, value in {"val": "thickThinSmallGap", "sz": "18", "space": "2", "color": "000000"}.items():
        line.set(qn(f"w:{key}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)


def _signature(name: str) -> bytes:
    """Return a scribble that is nobody's hand, as PNG."""
    chance = random.Random(name)
    paper = Image.new("L", (380, 150), 255)
    pen = ImageDraw.Draw(paper)
    x, y = 30.0, 90.0
    for _ in range(9):
        width, height = chance.uniform(18, 60), chance.uniform(25, 65)
        pen.arc((x, y - height, x + width, y + height / 2), chance.randint(120, 200), chance.randint(330, 480), 30, 4)
        x, y = x + width * 0.55, y + chance.uniform(-9, 7)
    pen.line((25, 120, x + 40, 100 + chance.randint(-10, 10)), 30, 4)
    return _saved(paper.filter(ImageFilter.GaussianBlur(0.6)), "PNG")


def _printed(documents: list[bytes]) -> list[bytes]:
    """Return the Word documents as PDF, made by LibreOffice in one go."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = [folder / f"{index}.docx" for index in range(len(documents))]
        for source, data in zip(sources, documents, strict=True):
            source.write_bytes(data)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", name, *map(str, sources)]
        subprocess.run(command, check=True, capture_output=True)
        return [source.with_suffix(".pdf").read_bytes() for source in sources]


def _scanned(pdf: bytes, letter: Letter) -> Pages:
    """Return the pages in grey as a flat scanner sees them: a little askew, soft, on paper that is not quite white."""
    chance = random.Random(letter["file"])
    pages = []
    for sheet in pypdfium2.PdfDocument(pdf):
        page = sheet.render(scale=letter["dpi"] / 72, grayscale=True).to_pil()
        page = page.rotate(letter["turn"] + chance.uniform(-0.1, 0.1), Image.Resampling.BICUBIC, fillcolor=255)
        page = page.filter(ImageFilter.GaussianBlur(letter["dpi"] / 280)).point(lambda v: 36 + v * 206 // 255)
        grain = Image.frombytes("L", page.size, chance.randbytes(page.width * page.height))
        grain = grain.filter(ImageFilter.GaussianBlur(1)).point(lambda v: v // 24)
        pages.append(ImageChops.add(page, grain, 1, -5))
    return pages


def _grey_pdf(pdf: bytes, letter: Letter) -> bytes:
    first, *others = _scanned(pdf, letter)
    dpi, quality = letter["dpi"], letter["quality"]
    scanned = _saved(first, "PDF", save_all=True, append_images=others, resolution=dpi, quality=quality, optimize=True)
    return _nameless(scanned, letter)


def _colour_jpeg(pdf: bytes, letter: Letter) -> bytes:
    (page,) = _scanned(pdf, letter)
    warm = Image.merge("RGB", (page, page.point(lambda v: v * 98 // 100), page.point(lambda v: v * 93 // 100)))
    return _saved(warm, "JPEG", quality=letter["quality"], dpi=(letter["dpi"], letter["dpi"]), optimize=True)


def _few_greys_png(pdf: bytes, letter: Letter) -> bytes:
    (page,) = _scanned(pdf, letter)
    page = page.point(lambda v: min(255, (v + 40) // 48 * 51))
    return _saved(page.quantize(6), "PNG", dpi=(letter["dpi"], letter["dpi"]), optimize=True)


def _fax_tiff(pdf: bytes, letter: Letter) -> bytes:
    first, *others = [page.point(lambda v: 255 if v > 150 else 0).convert("1") for page in _scanned(pdf, letter)]
    dpi = (letter["dpi"], letter["dpi"])
    return _saved(first, "TIFF", save_all=True, append_images=others, compression="group4", dpi=dpi)


def _nameless(pdf: bytes, _: Letter) -> bytes:
    """Return the PDF without the names of the programs that made it."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    writer.metadata = None
    writer.xmp_metadata = None
    writer._ID = None
    writer.compress_identical_objects(remove_duplicates=False)
    return _saved(writer)


def _saved(thing: Any, *format: str, **options: Any) -> bytes:
    target = io.BytesIO()
    (thing.save if format else thing.write)(target, *format, **options)
    return target.getvalue()


SCANS: Mapping[str, Callable[[bytes, Letter], bytes]] = {
    "none": _nameless,
    "grey-pdf": _grey_pdf,
    "colour-jpeg": _colour_jpeg,
    "few-greys-png": _few_greys_png,
    "fax-tiff": _fax_tiff,
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
