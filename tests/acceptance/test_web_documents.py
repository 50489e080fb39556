"""Documents at the desk: pages drawn anew for those who read the case, the file itself for those who may have it."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from pypdf import PdfWriter
from web_desk import WebDesk

from pipeline.errors import NotFound
from pipeline.scans.imaging.previews import CachedPreviews
from pipeline.scans.limits import Limits
from pipeline.storage.blobs import StoredFile


@pytest.fixture
def desk(tmp_path):
    desk = WebDesk(tmp_path / "kantor")
    yield desk
    desk.app.state.desk.close()


def _pdf(path, pages=2):
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(300, 400)
    writer.write(path)
    return path


def _registered(desk):
    """A letter that came as a PDF of two pages, as 2026/0001."""
    _pdf(desk.office.root.layout.inbox / "surat.pdf")
    desk.office.run_once()
    return "/kasus/2026/0001"


def test_a_page_is_shown_as_a_picture_and_the_original_only_to_those_who_may_have_it(desk):
    case = _registered(desk)
    kadiv, team = desk.browser("kadiv"), desk.browser("tim-yankomas")

    picture = kadiv.get(f"{case}/naskah/01-surat.pdf/halaman/2?lebar=240")
    refused = kadiv.get(f"{case}/naskah/01-surat.pdf")
    given = team.get(f"{case}/naskah/01-surat.pdf")

    assert picture.headers["content-type"] == "image/webp"
    assert picture.headers["x-halaman"] == "2"
    assert Image.open(io.BytesIO(picture.content)).size == (240, 320)
    assert refused.status_code == 403
    assert given.headers["content-disposition"] == 'attachment; filename="01-surat.pdf"'
    assert given.content.startswith(b"%PDF")


def test_what_the_office_made_is_given_to_all_who_read_the_case(desk):
    case = _registered(desk)

    given = desk.browser("kadiv").get(f"{case}/naskah/03-lembar-disposisi-v1.docx")

    assert given.status_code == 200
    assert "attachment" in given.headers["content-disposition"]


@pytest.mark.parametrize(
    "name", ["tidak-ada.pdf", "..%2f..%2fjournal.jsonl", "01-surat.pdf/halaman/3", "01-surat.pdf/halaman/x"]
)
def test_what_the_case_does_not_have_is_not_found(desk, name):
    case = _registered(desk)

    assert desk.browser("tim-yankomas").get(f"{case}/naskah/{name}").status_code == 404


def test_every_page_that_is_shown_is_in_the_access_log(desk):
    case = _registered(desk)

    desk.browser("kadiv").get(f"{case}/naskah/01-surat.pdf/halaman/1")

    last = desk.app.state.desk.access.entries("2026-11")[-1]
    assert (last.by, last.data["case"]) == ("kadiv", "2026/0001")
    assert "surat" not in last.kind


def stored(path, sha256):
    return StoredFile(path, path.name, sha256, 0)


def test_a_picture_is_drawn_once_and_then_comes_from_the_cache(tmp_path):
    document = _pdf(tmp_path / "surat.pdf")
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
    document = _pdf(tmp_path / "surat.pdf")
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
