"""Documents at the desk: pages drawn anew for those who read the case, the file itself for those who may have it."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from scan_samples import blank_pdf
from web_desk import WebDesk


@pytest.fixture
def desk(tmp_path):
    desk = WebDesk(tmp_path / "kantor")
    yield desk
    desk.app.state.desk.close()


def _registered(desk):
    """A letter that came as a PDF of two pages, as 2026/0001."""
    blank_pdf(desk.office.root.layout.inbox / "surat.pdf")
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

    last = desk.app.state.desk.access_log.entries("2026-11")[-1]
    assert (last.by, last.data["case"]) == ("kadiv", "2026/0001")
    assert "surat" not in last.kind
