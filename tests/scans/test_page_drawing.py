"""Pages as pictures: previews are drawn once and kept within their room; a bound folder shows what was scanned."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from scan_samples import blank_pdf

from pipeline.errors import NotFound
from pipeline.scans.imaging.previews import CachedPreviews
from pipeline.scans.operations.page_drawing import OPERATIONS
from pipeline.scans.refusals import Limits
from pipeline.storage.blobs import StoredFile


def stored(path, sha256):
    return StoredFile(path, path.name, sha256, 0)


def test_a_picture_is_drawn_once_and_then_comes_from_the_cache(tmp_path):
    document = blank_pdf(tmp_path / "surat.pdf")
    previews = CachedPreviews(tmp_path / "cache", Limits())

    try:
        first = previews.page(stored(document, "a" * 64), 1, 240)
        document.unlink()
        again = previews.page(stored(document, "a" * 64), 1, 250)
    finally:
        previews.close()

    assert first.pages == 2
    assert again == first


def test_the_cache_keeps_within_its_room(tmp_path):
    document = blank_pdf(tmp_path / "surat.pdf")
    previews = CachedPreviews(tmp_path / "cache", Limits(), room=0)

    try:
        previews.page(stored(document, "a" * 64), 1, 240)
    finally:
        previews.close()

    assert not list((tmp_path / "cache").rglob("*.webp"))


def test_a_file_without_pages_says_so(tmp_path):
    (tmp_path / "konsep.docx").write_bytes(b"PK\x03\x04 bukan pindaian")
    previews = CachedPreviews(tmp_path / "cache", Limits())

    with pytest.raises(NotFound, match="tidak berhalaman"):
        previews.page(stored(tmp_path / "konsep.docx", "a" * 64), 1, 900)
    previews.close()


def test_pictures_of_every_kind_are_drawn(tmp_path):
    previews = CachedPreviews(tmp_path / "cache", Limits())
    modes = ["1", "L", "P", "RGBA", "CMYK", "I;16"]
    for mode in modes:
        Image.new(mode, (600, 800), 1).save(tmp_path / f"{mode}.tif", "TIFF")

    try:
        pictures = [previews.page(stored(tmp_path / f"{m}.tif", f"{n:064}"), 1, 240) for n, m in enumerate(modes)]
    finally:
        previews.close()

    assert [Image.open(io.BytesIO(picture.webp)).size for picture in pictures] == [(240, 320)] * len(modes)


def test_a_scan_of_sixteen_bits_that_is_bound_into_a_folder_keeps_its_greys(tmp_path):
    scan = tmp_path / "surat.tif"
    Image.new("I;16", (60, 80), 0x6000).save(scan, "TIFF", dpi=(150, 150))
    asked = {"path": str(scan), "media": "image/tiff", "first": 0, "last": 1, "numbers": [4], "parent": 2, "free": 5}

    (objects,) = OPERATIONS["draw"](asked, ()).blobs

    jpeg = objects[objects.index(b"\xff\xd8\xff") : objects.rindex(b"\xff\xd9") + 2]
    assert Image.open(io.BytesIO(jpeg)).convert("L").getpixel((30, 40)) == pytest.approx(0x60, abs=2)
