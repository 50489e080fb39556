"""Reads the project's own batches of letters: ``python bench/batches.py [--printed BATCH] [--letters FOLDER]``.

Prints F1 a field for each batch under ``tests/specimens`` as it is typed. ``--printed`` also prints that batch, each
letter in another typeface, scans it badly (askew, pale, coarse, upside down, photographed, compressed) and reads it
with the real engine. The measure comes with the letters whose truth is known (``score.py``).
"""

from __future__ import annotations

import argparse
import random
import tempfile
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import cycle
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont
from rapidfuzz.distance import Levenshtein
from scoring import LETTERS, Sums, Truth, compared, measure_of, own_letters

from pipeline.reading.find_complaints import find_complaints
from pipeline.scans.words import Page

_FONTS = Path("/usr/share/fonts/truetype")
_FACES = (
    "liberation/LiberationSerif-Regular.ttf", "liberation/LiberationSans-Regular.ttf",
    "liberation/LiberationMono-Regular.ttf", "dejavu/DejaVuSerifCondensed.ttf", "dejavu/DejaVuSansCondensed.ttf",
    "liberation/LiberationSerif-Italic.ttf", "dejavu/DejaVuSansMono.ttf",
)  # fmt: skip
_DPI, _A4 = 200, (1654, 2339)
_LEFT, _TOP, _RIGHT = 200, 190, 1500
#: A tab stop every so many dots; a typed column is as wide.
_STOP, _WIDEST = 300, 36
#: Letters of a row of prose.
_ROW = 90
_KINDS = "datar", "miring", "pudar", "kasar", "terbalik", "foto", "jpeg", "hitam putih"


def printed(text: str, face: str) -> Image.Image:
    """Return the letter on a sheet of A4, in the largest size that lets its longest row fit."""
    lines = [part for line in text.strip("\n").split("\n") for part in _broken(line)]
    size = next(s for s in range(_WIDEST, 12, -1) if _fits(lines, face, s))
    font = ImageFont.truetype(_FONTS / face, size)
    page = Image.new("L", _A4, 250)
    pen = ImageDraw.Draw(page)
    for number, line in enumerate(lines):
        for x, run in _runs(line, font):
            pen.text((x, _TOP + round(size * 1.35) * number), run, fill=25, font=font)
    return page


def _broken(line: str) -> list[str]:
    """Return a row of prose as the rows that a sheet has room for; one with tabs as it is."""
    return textwrap.wrap(line, _ROW) if len(line) > _ROW and "\t" not in line else [line]


def _fits(lines: Sequence[str], face: str, size: int) -> bool:
    font = ImageFont.truetype(_FONTS / face, size)
    ends = [x + font.getlength(run) for line in lines for x, run in _runs(line, font)]
    return max(ends) <= _RIGHT and _TOP + size * 1.35 * len(lines) < _A4[1] - _TOP


def _runs(line: str, font: ImageFont.FreeTypeFont) -> list[tuple[float, str]]:
    """Return the parts of a row between tabs, each with where it begins."""
    x, runs = float(_LEFT), []
    for part in line.split("\t"):
        runs.append((x + font.getlength(" ") * (len(part) - len(part.lstrip())), part.strip()))
        x = _LEFT + _STOP * ((x + font.getlength(part) + font.getlength(" ") * 2 - _LEFT) // _STOP + 1)
    return runs


def scanned(page: Image.Image, kind: str, seed: int) -> Image.Image:
    """Return the sheet as a poor scanner or a telephone leaves it."""
    chance = random.Random(seed)
    page = page.rotate(
        chance.uniform(-0.5, 0.5) if kind != "miring" else chance.choice((-2.4, 2.1)),
        Image.Resampling.BICUBIC,
        fillcolor=245,
    )
    worn: Mapping[str, Callable[[Image.Image], Image.Image]] = {
        "pudar": lambda p: p.point(lambda v: 175 + v * 70 // 255).filter(ImageFilter.GaussianBlur(1.2)),
        "kasar": lambda p: p.resize((p.width // 2, p.height // 2), Image.Resampling.BILINEAR),
        "terbalik": lambda p: p.rotate(180).filter(ImageFilter.GaussianBlur(1.2)),
        "foto": _photographed,
        "hitam putih": lambda p: p.filter(ImageFilter.GaussianBlur(1.3)).point(lambda v: 255 if v > 120 else 0),
    }
    page = worn.get(kind, lambda p: p.filter(ImageFilter.GaussianBlur(1.1)))(page)
    grain = Image.frombytes("L", page.size, chance.randbytes(page.width * page.height)).point(lambda v: v // 6)
    return ImageChops.subtract(page, grain)


def _photographed(page: Image.Image) -> Image.Image:
    """Return the sheet as seen a little from the side, one half of it in shadow."""
    wide, high = page.size
    seen = page.transform(
        page.size,
        Image.Transform.QUAD,
        (-40, -30, -10, high + 60, wide + 70, high + 20, wide + 20, -60),
        Image.Resampling.BICUBIC,
        fillcolor=90,
    )
    shade = Image.linear_gradient("L").rotate(90).resize(page.size).point(lambda v: 140 + v * 115 // 255)
    return ImageChops.multiply(seen, shade)


def read_printed(task: tuple[str, str, str, int]) -> tuple[Page, ...]:
    """Print, scan and read one letter: its text, typeface, kind of scan and number."""
    from pipeline.scans.formats.kinds import sniff
    from pipeline.scans.ocr.page_reading import read_page
    from pipeline.scans.operations.inspection import open_scan

    text, face, kind, seed = task
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("surat.jpg" if kind in ("foto", "jpeg") else "surat.pdf")
        dpi = _DPI // 2 if kind == "kasar" else _DPI
        page = scanned(printed(text, face), kind, seed)
        page.save(path, quality=12 if kind == "jpeg" else 75, dpi=(dpi, dpi), resolution=dpi)
        scan = open_scan(path, sniff(path))
        pages = tuple(read_page(scan, index) for index in range(scan.pages))
        scan.close()
    return pages


def _sums(read: Iterable[tuple[Truth, tuple[Page, ...]]], measure: Any) -> Sums:
    """Return the counts; a field, or a person's particular, of which a letter's truth does not speak is not judged."""
    sums = Sums()
    for letter, pages in read:
        sums.letters += 1
        counts = compared(letter, pages, measure, find_complaints)
        sums.add({name: count for name, count in counts.items() if _told(letter["fields"], name)})
    return sums


def _told(fields: Mapping[str, Any], name: str) -> bool:
    whole, _, part = name.partition(".")
    if whole not in fields or not part:
        return whole in fields
    of = fields[whole] or []
    return part == "nama" or any(part in each for each in (of if isinstance(of, list) else [of]))


def main() -> None:
    """Read the batches and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=Path, default=LETTERS, help="folder with score.py")
    parser.add_argument("--printed", default="", help="batch to print, scan and read as well")
    options = parser.parse_args()
    measure, batches = measure_of(options.letters), {}
    for letter, pages in own_letters():
        batches.setdefault(letter["id"].partition(":")[0], []).append((letter, pages))
    columns = {name: _sums(read, measure) for name, read in batches.items()}
    if options.printed:
        chosen = batches[options.printed]
        texts = ["\n".join(page.text for page in pages) for _, pages in chosen]
        tasks = [(t, f, k, n) for n, (t, f, k) in enumerate(zip(texts, cycle(_FACES), cycle(_KINDS), strict=False))]
        with ProcessPoolExecutor(2) as readers:
            found = list(readers.map(read_printed, tasks))
        columns[f"{options.printed}, dicetak"] = _sums(zip((le for le, _ in chosen), found, strict=True), measure)
        _say_characters(texts, found)
    print("| isian (F1) | " + " | ".join(f"{name} ({sums.letters})" for name, sums in columns.items()) + " |")
    print("| --- |" + " --- |" * len(columns))
    for field in measure.FIELDS:
        shown = [
            "–" if (f := sums.f1(field)) is None or not _true(sums, field) else f"{f:.1f}" for sums in columns.values()
        ]
        print(f"| {field} | " + " | ".join(shown) + " |")


def _true(sums: Sums, field: str) -> int:
    count: Counter[str] = sums.fields[field]
    return count["tp"] + count["fn"]


def _say_characters(texts: Sequence[str], found: Sequence[tuple[Page, ...]]) -> None:
    for kind, face, text, pages in zip(cycle(_KINDS), cycle(_FACES), texts, found, strict=False):
        true, got = " ".join(text.split()), " ".join(" ".join(p.text for p in pages).split())
        print(f"{kind:12} {Path(face).stem:28} CER {100 * Levenshtein.distance(true, got) / len(true):5.2f} %")


if __name__ == "__main__":
    main()
