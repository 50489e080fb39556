"""Pages are taken out of a batch unharmed: nothing on them is encoded anew, nothing of the others comes along."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import Fit

from pipeline.errors import Refused
from pipeline.scans.formats.kinds import JPEG, PDF, TIFF
from pipeline.scans.formats.wholeness import whole
from pipeline.scans.operations.page_extraction import extract_pages


def page_image(number: int) -> Image.Image:
    page = Image.new("RGB", (400, 560), "white")
    ImageDraw.Draw(page).text((40, 40), f"HALAMAN {number}", fill="black", font_size=40)
    return page


@pytest.fixture
def pdf(tmp_path):
    """A scan of four pages, each a JPEG, the first with a link to the last."""
    writer = PdfWriter()
    for number in range(1, 5):
        out = io.BytesIO()
        page_image(number).save(out, "PDF", quality=60)
        writer.append(io.BytesIO(out.getvalue()))
    writer.add_annotation(0, Link(rect=(0, 0, 50, 50), target_page_index=3, fit=Fit.fit()))
    writer.add_outline_item(title="Rahasia", page_number=3)
    writer.add_attachment("rahasia.txt", b"RAHASIA")
    path = tmp_path / "batch.pdf"
    writer.write(path)
    return path


def pictures(data: bytes) -> list[bytes]:
    """The page images' bytes as they lie in the file, still encoded."""
    return [
        page["/Resources"]["/XObject"][name].get_object()._data
        for page in PdfReader(io.BytesIO(data)).pages
        for name in page["/Resources"]["/XObject"]
    ]


def test_pages_of_a_pdf_keep_the_very_bytes_of_their_pictures(pdf):
    before = pictures(pdf.read_bytes())

    assert pictures(extract_pages(pdf, PDF, [2, 4])) == [before[1], before[3]]


def test_the_same_pages_are_the_same_bytes(pdf):
    assert extract_pages(pdf, PDF, [1, 3]) == extract_pages(pdf, PDF, [1, 3])


def test_nothing_of_the_other_pages_comes_along(pdf):
    made = extract_pages(pdf, PDF, [1])

    reader = PdfReader(io.BytesIO(made))
    kinds = [obj.get_object().get("/Type") for obj in _objects(reader)]
    assert kinds.count("/Page") == 1
    assert kinds.count("/XObject") == 1
    assert len(pypdfium2.PdfDocument(made)) == 1
    assert reader.outline == []
    assert dict(reader.attachments) == {}


def _objects(reader: PdfReader):
    for number in range(1, len(reader.xref[0]) + 1):
        found = reader.get_object(number)
        if isinstance(found, dict):
            yield found


@pytest.mark.parametrize("head", [b"\xef\xbb\xbf%PDF-1.3", b"%PDF-1.9"], ids=["byte order mark", "unheard of"])
def test_what_one_library_cannot_read_and_others_can_is_taken_apart_too(pdf, head):
    before = pictures(pdf.read_bytes())
    pdf.write_bytes(head + pdf.read_bytes()[len("%PDF-1.3") :])

    made = extract_pages(pdf, PDF, [2, 4])

    assert pictures(made) == [before[1], before[3]]
    assert made == extract_pages(pdf, PDF, [2, 4])


def test_a_file_of_the_first_versions_of_pdf_is_taken_apart_too(pdf):
    pdf.write_bytes(pdf.read_bytes().replace(b"%PDF-1.3", b"%PDF-1.1", 1))

    assert len(PdfReader(io.BytesIO(extract_pages(pdf, PDF, [3]))).pages) == 1


def test_what_was_taken_out_is_a_whole_file(pdf, tmp_path):
    made = tmp_path / "bagian.pdf"
    made.write_bytes(extract_pages(pdf, PDF, [3]))

    assert whole(made).is_whole


@pytest.mark.parametrize("compression", ["group4", "jpeg", "tiff_lzw", "tiff_deflate", "raw"])
def test_directories_of_a_tiff_are_copied_as_they_are(tmp_path, compression):
    mode = "1" if compression == "group4" else "L"
    pages = [page_image(number).convert(mode) for number in range(1, 5)]
    path = tmp_path / "batch.tif"
    pages[0].save(path, save_all=True, append_images=pages[1:], compression=compression, dpi=(150, 150))

    made = tmp_path / "bagian.tif"
    made.write_bytes(extract_pages(path, TIFF, [2, 4]))

    assert whole(made).is_whole
    assert made.read_bytes() == extract_pages(path, TIFF, [2, 4])
    with Image.open(path) as before, Image.open(made) as after:
        assert after.n_frames == 2
        for at, origin in enumerate((1, 3)):
            before.seek(origin)
            after.seek(at)
            assert after.info["dpi"] == before.info["dpi"]
            assert after.info["compression"] == before.info["compression"]
            assert ImageChops.difference(after.convert("L"), before.convert("L")).getbbox() is None
    assert _strips(made) == [_strips(path)[1], _strips(path)[3]]


def _strips(path) -> list[list[bytes]]:
    data = path.read_bytes()
    with Image.open(path) as image:
        found = []
        for frame in range(image.n_frames):
            image.seek(frame)
            tags = image.tag_v2
            found.append([data[o : o + n] for o, n in zip(tags[273], tags[279], strict=True)])
    return found


def test_a_tiff_of_the_other_byte_order_is_copied_in_it(tmp_path):
    path = tmp_path / "motorola.tif"
    pages = [Image.new("I;16B", (8, 8), shade) for shade in (1000, 2000)]
    pages[0].save(path, save_all=True, append_images=pages[1:])
    assert path.read_bytes()[:2] == b"MM"

    made = extract_pages(path, TIFF, [2])

    assert made[:2] == b"MM"
    assert Image.open(io.BytesIO(made)).getpixel((3, 3)) == 2000


@pytest.mark.parametrize(
    ("media", "data"), [(PDF, b"%PDF-1.4 bukan"), (TIFF, b"II*\0\x08\0\0\0"), (TIFF, b"XX"), (JPEG, b"\xff\xd8")]
)
def test_what_cannot_be_taken_apart_is_refused_with_a_remedy(tmp_path, media, data):
    path = tmp_path / "rusak"
    path.write_bytes(data)

    with pytest.raises(Refused) as refusal:
        extract_pages(path, media, [1])

    assert refusal.value.remedy
