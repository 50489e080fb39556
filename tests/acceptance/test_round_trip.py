"""Print, sign, scan, drop - with the real engines: the printed sheet, as a poor scan, finds its case."""

from __future__ import annotations

import shutil

import pypdfium2
import pytest
from offices import laid_out
from PIL import Image, ImageDraw, ImageFilter

from pipeline.cases.ports import content
from pipeline.cli import main
from pipeline.wiring import Root, office_in
from pipeline.work.store.setup import samples


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bolak-balik") / "kantor"
    laid_out(folder)
    shutil.copyfile(next(s for s in samples() if s.suffix == ".jpg"), folder / "inbox" / "surat.jpg")
    assert main(["--root", str(folder), "run", "--once"]) == 0
    return office_in(folder)


def scanned(root: Root, dpi: int, turned: float):
    """Return the printed disposition sheet with ink on it, as a scanner of that resolution would give it."""
    [case] = root.cabinet.cases()
    printed = next(document for document in case.documents if document.name == "03-lembar-disposisi-v1.pdf")
    page = (
        pypdfium2.PdfDocument(content(root.cabinet.blob(case.number, printed)))[0]
        .render(scale=dpi / 72, grayscale=True)
        .to_pil()
    )
    draw = ImageDraw.Draw(page)
    width, height = page.size
    ink = [(0.56, 0.46), (0.8, 0.44), (0.6, 0.47)]
    draw.line([(width * x, height * y) for x, y in ink], fill=60, width=3)
    page = page.rotate(turned, expand=True, fillcolor=250, resample=Image.Resampling.BICUBIC)
    return page.filter(ImageFilter.GaussianBlur(dpi / 300))


#: Of 100 dots an inch it depends on the minute that is printed whether each word is read as printed: such a scan finds
#: its case, or is left to a person.
_MORE = [pytest.param(*way, marks=pytest.mark.slow) for way in ((200, 90), (150, 180), (300, -1.8))]


@pytest.mark.parametrize(("dpi", "turned"), [(150, 1.2), *_MORE])
def test_a_printed_sheet_comes_back_as_a_poor_scan_and_finds_its_case(root, dpi, turned):
    scanned(root, dpi, turned).save(root.layout.inbox / f"pindai-{dpi}.jpg", quality=55, dpi=(dpi, dpi))

    assert main(["--root", str(root.layout.root), "run", "--once"]) == 0

    [case] = root.cabinet.cases()
    assert case.number.serial == 1
    assert case.entries[-1].kind == "kembali"
    assert "03-lembar-disposisi" in case.signed
    assert case.documents[-1].name.startswith("03-lembar-disposisi-v1-bertanda-tangan")
