"""Measures how well near-duplicates are found: ``python bench/resemblance.py [--letters FOLDER]``.

Every letter is read twice: as it lies there, and again after it was turned a little, blurred, paled, stamped and
compressed hard, as a second scan or a copy is. Prints, in Markdown, for several shares of equal word pairs: how many of
the letters are found again, and how many of all pairs of different letters would be suggested wrongly.
"""

from __future__ import annotations

import argparse
import io
import tempfile
from itertools import combinations
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw, ImageFilter
from scoring import LETTERS, truths

from pipeline.reading.near_duplicates import LIKE, alike, bands, signature
from pipeline.scans.formats.kinds import JPEG
from pipeline.scans.formats.wholeness import whole
from pipeline.scans.ocr.page_reading import read_page
from pipeline.scans.operations.inspection import open_scan

_DPI = 150
_SHARES = (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)


def worn(page: Image.Image, seed: int) -> bytes:
    """Return the page as a poor second scan of it, with a stamp over it, as JPEG."""
    random = Random(seed)
    page = page.rotate(random.uniform(-2, 2), resample=Image.Resampling.BICUBIC, fillcolor=235)
    page = page.filter(ImageFilter.GaussianBlur(0.7)).point(lambda shade: 225 - (255 - shade) * 3 // 4)
    left, top = random.randint(100, 700), random.randint(900, 1400)
    draw = ImageDraw.Draw(page)
    draw.ellipse((left, top, left + 260, top + 260), outline=90, width=6)
    draw.text((left + 50, top + 110), "DITERIMA 25 NOV 2026", fill=80, font_size=16)
    out = io.BytesIO()
    page.save(out, "JPEG", quality=35, dpi=(_DPI, _DPI))
    return out.getvalue()


def readings(letters: Path, file: str, pages: list[int], seed: int) -> tuple[str, str]:
    """Return the letter's text as read from its scan, and from a poor second scan."""
    path = letters / file
    scan = open_scan(path, whole(path).media)
    first = " ".join(read_page(scan, page - 1).text for page in pages)
    again = []
    for page in pages:
        with tempfile.NamedTemporaryFile(suffix=".jpg") as copy:
            copy.write(worn(scan.raster(page - 1).image, seed))
            copy.flush()
            again.append(read_page(open_scan(Path(copy.name), JPEG), 0).text)
    return first, " ".join(again)


def main() -> None:
    """Read all letters twice and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=Path, default=LETTERS)
    folder = parser.parse_args().letters
    texts = [readings(folder, entry["file"], entry["pages"], seed) for seed, entry in enumerate(truths(folder))]
    first, again = ([signature(pair[side]) for pair in texts] for side in (0, 1))
    same = [alike(one, two) for one, two in zip(first, again, strict=True)]
    other = [alike(one, two) for one, two in combinations(first, 2)]
    found = sum(bool({*bands(one)} & {*bands(two)}) for one, two in zip(first, again, strict=True))
    print("| pasangan kata yang sama, paling sedikit | surat yang sama ditemukan | surat lain keliru diusulkan |")
    print("|---|---|---|")
    for share in _SHARES:
        mark = " (dipakai)" if share == LIKE else ""
        print(
            f"| {share:.2f}{mark} | {sum(s >= share for s in same)} dari {len(same)} "
            f"| {sum(s >= share for s in other)} dari {len(other)} |"
        )
    print(
        f"\nBerbagi paling sedikit satu pita: {found} dari {len(same)}. Surat lain yang paling mirip: {max(other):.2f}."
    )


if __name__ == "__main__":
    main()
