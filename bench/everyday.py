"""How well everyday letters are read by which nothing was fitted: ``python bench/everyday.py [--weights PATH]``.

Fifty letters (``everyday/``), written by one hand in a manner unlike any family, before anybody looked how they are
read. They are printed, scanned as a worn office machine does it (200 dpi, askew, soft, grainy, JPEG), and read by the
engine; nothing is fitted on them, and no threshold chosen. Prints F1 by field, by rules alone and as the product reads.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ablation import Pages, read_all
from families import Letter, families
from learned_scores import Proposed, by_field
from letter_truths import LABELS, truth_of
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont
from scoring import TODAY

from pipeline.reading import proposals as proposing
from pipeline.reading.engines.crf_tagger import CrfTagger
from pipeline.reading.field_weights import shipped_weights
from pipeline.reading.find_complaints import evidence_of

FOLDER = Path(__file__).resolve().parent / "unseen"
_DPI, _SIZE = 200, (1654, 2339)
_FONTS = Path("/usr/share/fonts/truetype")
#: The faces of typed letters; columns are typed with blanks, so that each has one width.
_FACES = ("liberation/LiberationMono-Regular.ttf", "dejavu/DejaVuSansMono.ttf", "liberation/LiberationMono-Bold.ttf")
_MARGIN, _LINE = 150, 40
_SHORTEST = 84
#: How far a sheet lies askew (degrees), how soft it is seen (pixels), how it is packed (JPEG quality).
_ASKEW, _SOFT, _QUALITY = 0.7, (0.6, 1.3), (35, 70)


def letters() -> list[Letter]:
    """Return the letters, in the order of their names."""
    return [family.letter(0) for family in families(FOLDER)]


def printed(some: Sequence[Letter], folder: Path) -> list[str]:
    """Write a scan of each letter into a folder; return their names."""
    names = []
    for letter in some:
        chance = random.Random(letter.family)
        sheets = [_scanned(_typed(page.split("\n"), chance), chance) for page in letter.text.split("\f")]
        names.append(f"{letter.family.partition('/')[2]}.pdf")
        sheets[0].save(
            folder / names[-1],
            "PDF",
            save_all=True,
            append_images=sheets[1:],
            resolution=_DPI,
            quality=chance.randint(*_QUALITY),
        )
    return names


def _typed(lines: Sequence[str], chance: random.Random) -> Image.Image:
    paper = Image.new("L", _SIZE, 255)
    pen = ImageDraw.Draw(paper)
    path = _FONTS / chance.choice(_FACES)
    wide = (_SIZE[0] - 2 * _MARGIN) / max(_SHORTEST, *map(len, lines))
    face = ImageFont.truetype(path, wide / 0.602)
    for number, line in enumerate(lines):
        pen.text((_MARGIN, _MARGIN + number * _LINE), line, fill=chance.randint(20, 70), font=face)
    return paper


def _scanned(page: Image.Image, chance: random.Random) -> Image.Image:
    page = page.rotate(chance.uniform(-_ASKEW, _ASKEW), Image.Resampling.BICUBIC, fillcolor=255)
    page = page.filter(ImageFilter.GaussianBlur(chance.uniform(*_SOFT))).point(lambda v: 30 + v * 205 // 255)
    grain = Image.frombytes("L", page.size, chance.randbytes(page.width * page.height))
    return ImageChops.add(page, grain.point(lambda v: v // 12), 1, -10)


def read() -> Pages:
    """Return the pages of the letters as the engine reads them, by the letters' names."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        names = printed(letters(), folder)
        pages, _ = read_all(folder, names)
    return pages


def main() -> None:
    """Print how well they are read."""
    tagger, pages = CrfTagger(), read()
    every = []
    for letter in letters():
        own = tuple(pages[f"{letter.family.partition('/')[2]}.pdf"])
        evidence = evidence_of(own, TODAY, tagger)
        found = {label: proposing.proposals(label, evidence) for label in LABELS}
        every.append(Proposed("everyday", truth_of(letter), found))
    print(by_field(every, shipped_weights().by_label))


if __name__ == "__main__":
    main()
