"""A page that breaks an engine costs only that page: the others are read, and the clerk is told which."""

import io
from pathlib import Path

import pytest
from costly_files import costly_pdf
from patience import PATIENCE
from pikepdf import Pdf
from pypdf import PdfReader
from scan_samples import letter_image, saved

from pipeline.errors import EngineFault
from pipeline.reading.engines.page_by_page import PageByPage
from pipeline.reading.notices import notices
from pipeline.scans.confinement.child import ChildLimits, tightest
from pipeline.scans.confinement.pool import Pool
from pipeline.scans.confinement.sealed import sealed_scan
from pipeline.scans.pdf.redrawn_pdf import build_redrawn
from pipeline.scans.pdf.searchable_pdf import build_searchable
from pipeline.scans.refusals import Limits
from pipeline.scans.words import UNREAD, Page

TIGHT = tightest().seeing(Path(__file__).parents[1])
#: Processor seconds for a page of the costly file: the letters beside it take a tenth of them.
CPU = 2.0
TOLD = (
    "Halaman 2 gagal dibaca mesin dan tersimpan tanpa teks; halaman lain terbaca. Bacalah gambarnya dan lengkapi"
    " isiannya dengan tangan, atau pindai ulang."
)


def read(tmp_path, how: str, pages: int = 3, told=lambda done, of: None) -> tuple[Page, ...]:
    """Read a file with one child that fares as *how* says on its second page."""
    (tmp_path / "a").write_bytes(b"berkas")
    limits = ChildLimits(seconds=5.0 if how == "hang" else PATIENCE)
    with (
        Pool("unlucky_pages", size=1, holding=TIGHT, limits=limits) as pool,
        sealed_scan(tmp_path / "a", Limits()) as file,
    ):
        return PageByPage(pool, file, how, pages, told).read(1)


@pytest.mark.parametrize("how", ["crash", "hang", "fail", "too heavy", "lie", "say nothing", "take another's number"])
def test_the_other_pages_are_read_and_the_clerk_is_told_of_the_one(tmp_path, how):
    told = []

    pages = read(tmp_path, how, told=lambda done, of: told.append((done, of)))

    assert [page.text for page in pages] == ["halaman1", "", "halaman3"]
    assert [page.source for page in pages] == ["ocr", UNREAD, "ocr"]
    assert notices(pages) == (TOLD,)
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_page_whose_child_was_killed_is_read_by_another(tmp_path):
    pages = read(tmp_path, "crash after the first")

    assert [page.text for page in pages] == ["halaman1", "halaman2", "halaman3"]


@pytest.mark.parametrize("pages", [1, 3])
def test_a_file_of_which_no_page_can_be_read_is_a_fault_of_the_engine(tmp_path, pages):
    with pytest.raises(EngineFault, match="berhenti mendadak"):
        read(tmp_path, "all crash", pages)


def test_the_searchable_copy_of_a_file_with_a_page_too_costly_to_draw_holds_all_pages(tmp_path):
    path = _with_a_costly_page(tmp_path)
    with (
        Pool("pipeline.scans.operations.reader", size=1, limits=ChildLimits(seconds=60.0, cpu=CPU)) as pool,
        sealed_scan(path, Limits()) as file,
    ):
        pages = PageByPage(pool, file, "application/pdf", 3, lambda done, of: None).read(1)

    copy = build_searchable(path, "application/pdf", pages)

    assert [page.source for page in pages] == ["ocr", UNREAD, "ocr"]
    assert [("pertama" in page.text, "ketiga" in page.text) for page in pages] == [
        (True, False),
        (False, False),
        (False, True),
    ]
    for made in (copy, build_redrawn(path, "application/pdf", pages)):
        first, second, third = PdfReader(io.BytesIO(made)).pages
        assert "pertama" in first.extract_text()
        assert second.extract_text() == ""
        assert "ketiga" in third.extract_text()


def _with_a_costly_page(tmp_path) -> Path:
    first, last = (letter_image(100, (f"Halaman {n}", "Dengan hormat,")) for n in ("pertama", "ketiga"))
    saved(first, tmp_path / "letter.pdf", save_all=True, append_images=[last], resolution=100)
    (tmp_path / "costly.pdf").write_bytes(costly_pdf(1, 60_000))
    with Pdf.open(tmp_path / "letter.pdf") as letter, Pdf.open(tmp_path / "costly.pdf") as costly:
        letter.pages.insert(1, costly.pages[0])
        letter.save(tmp_path / "a.pdf")
    return tmp_path / "a.pdf"


def test_a_frame_that_could_not_be_read_keeps_its_shape_in_the_searchable_copy(tmp_path):
    wide = letter_image(72).rotate(90, expand=True)
    path = saved(letter_image(72), tmp_path / "a.tif", dpi=(72, 72), save_all=True, append_images=[wide])
    pages = (Page(1, 595, 842, (), "", "kosong"), Page(2, 595, 842, (), "", UNREAD))

    _, second = PdfReader(io.BytesIO(build_searchable(path, "image/tiff", pages))).pages

    assert second.mediabox.width / second.mediabox.height == pytest.approx(wide.width / wide.height, rel=0.01)
