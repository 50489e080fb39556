"""A page of a scan laid over our own print: where it lies, ink in the signature's place, words that are otherwise."""

from __future__ import annotations

import time
from functools import cache

import pytest
from patience import PATIENCE
from pikepdf import Dictionary, Pdf
from signed_scans import BLACK, FAINT, pages_of, scanned, signed, stamped, whitened
from thorough import slowly

from pipeline.drawing.engines.fonts import add_face, face
from pipeline.drawing.engines.pdf_writing import saved, with_font
from pipeline.letters.engines.page_code_stamp import stamp
from pipeline.letters.page_codes import page_text
from pipeline.scans.comparison.examined_page import compared
from pipeline.scans.comparison.printed_page import printed_page
from pipeline.scans.comparison.registration import Projection
from pipeline.scans.comparison.signature_places import signature_places
from pipeline.scans.pdf.pdf_pages import PdfScan

KEY, CODE = b"kunci untuk mengadu halaman saja", "K7QM2XPA94TD"
LINES = (
    "Sehubungan dengan pengaduan Saudara tanggal 20 November 2026",
    "hal pencemaran sumur warga oleh limbah kolam pabrik, yang kami",
    "terima pada tanggal 25 November 2026 dan terdaftar dengan",
    "nomor register 0007/YANKOMAS/2026, kami sampaikan bahwa",
    "pengaduan tersebut telah kami telaah. Berdasarkan hasilnya",
    "penanganannya bukan kewenangan kantor kami.",
    "Atas perhatian Saudara diucapkan terima kasih.",
)
#: Where the signature begins, in mm from the left and the top.
SIGNATURE = (122, 156)


@cache  # each time a page code is stamped, and the first time a font is cut down
def letter(lines: tuple[str, ...] = LINES, name: str = "Budi Rekaan") -> bytes:
    """Return a printed letter: five lines, a title, the blank for a signature, a name; stamped with its page code."""
    pdf, letters = Pdf.new(), face()
    page = pdf.add_blank_page(page_size=(595, 842))
    page.Resources = Dictionary()
    rows = [(70, 700 - 24 * n, text) for n, text in enumerate(lines)]
    rows += [(330, 410, "Kepala Kantor Wilayah,"), (330, 340, name), (330, 326, "NIP 19700101 199503 1 001")]
    drawn = " ".join(f"BT /F 11 Tf 1 0 0 1 {x} {y} Tm <{letters.hex(text)}> Tj ET" for x, y, text in rows)
    page.Contents = pdf.make_stream(drawn.encode("ascii"))
    with_font(page, "/F", add_face(pdf, letters))
    return stamp(saved(pdf), KEY, CODE)


TEXT = page_text(KEY, CODE, 1, 1)


def look(tmp_path, sheet, *, freely=False, **way):
    path = tmp_path / "pindaian.pdf"
    path.write_bytes(scanned([sheet], **way))
    page = printed_page(letter(), 0, TEXT)
    assert page
    return compared(PdfScan(path), 0, page, TEXT, freely=freely)


def sheet(pdf: bytes = b""):
    return pages_of(pdf or letter())[0]


def test_the_place_of_a_signature_is_the_blank_above_the_name():
    page = printed_page(letter(), 0, TEXT)

    (place,) = signature_places(page)

    assert place.name == "Budi Rekaan"
    left, top, right, bottom = (edge * 25.4 / 150 for edge in place.area)
    assert left < 117 < right
    assert 150 < top < 156
    assert 170 < bottom < 177


def test_a_page_that_a_print_does_not_have_is_none_of_it():
    assert printed_page(letter(), 1, TEXT) is None


@pytest.mark.parametrize(
    "way",
    [
        slowly({}),
        {"dpi": 100, "mode": "L", "quality": 50},
        slowly({"dpi": 300, "mode": "L", "dirt": 300}),
        {"mode": "1"},
    ],
)
def test_an_unsigned_print_has_no_ink_however_it_is_scanned(tmp_path, way):
    found = look(tmp_path, sheet(), **way)

    assert [place.ink for place in found.places] == [0]
    assert found.obstacle == ""


@pytest.mark.parametrize(
    "pen",
    [slowly({}), slowly({"pen": BLACK, "width": 0.25}), {"pen": FAINT, "width": 0.3}, {"size": (12, 6), "width": 0.3}],
)
def test_a_pen_is_ink_be_it_thin_pale_or_small(tmp_path, pen):
    found = look(tmp_path, signed(sheet(), SIGNATURE, **pen))

    assert found.places[0].ink > 0
    assert found.differences == ()


@pytest.mark.parametrize(
    ("way", "turned"),
    [
        ({"turns": (90,), "dpi": 150, "mode": "L"}, 270),
        ({"turns": (180,), "skew": 5}, 180),
        ({"photographed": 0.06}, 0),
        slowly({"dpi": 300, "quality": 15}, 0),
    ],
)
def test_a_page_that_lies_otherwise_is_brought_upright(tmp_path, way, turned):
    found = look(tmp_path, signed(sheet(), SIGNATURE), **way)

    assert (found.turned, found.differences, found.obstacle) == (turned, (), "")
    assert found.off < 0.3
    assert found.places[0].ink > 0


@pytest.mark.parametrize(
    ("old", "new"),
    [("25", "29"), ("bukan ", ""), slowly("0007", "0008"), ("perhatian", "perhatien"), slowly("warga", "desa")],
)
def test_a_word_that_was_changed_is_found(tmp_path, old, new):
    altered = letter(tuple(line.replace(old, new) for line in LINES))

    found = look(tmp_path, signed(sheet(altered), SIGNATURE))

    assert any(old.strip() in word.printed for word in found.differences)


def test_another_name_under_the_signature_is_found(tmp_path):
    found = look(tmp_path, signed(sheet(letter(name="Rudi Rekaan")), SIGNATURE))

    assert [(word.printed, word.read) for word in found.differences] == [("Budi", "Rudi")]


def test_a_stamp_over_signature_and_name_changes_no_word(tmp_path):
    found = look(tmp_path, stamped(signed(sheet(), SIGNATURE), (112, 169), radius=14))

    assert found.differences == ()
    assert found.places[0].ink > 0


def test_a_line_painted_over_is_found(tmp_path):
    found = look(tmp_path, whitened(signed(sheet(), SIGNATURE), (20, 89, 140, 95)))

    assert "bukan" in [word.printed for word in found.differences]


def test_another_text_under_our_code_cannot_be_laid_over(tmp_path):
    other = letter(tuple("Resep rendang daging sapi dengan santan kelapa" for _ in LINES), name="Koki")

    found = look(tmp_path, signed(sheet(other), SIGNATURE))

    assert found.obstacle == "letak" or len(found.differences) > 20


def test_handwriting_anywhere_counts_where_people_write_freely(tmp_path):
    assert look(tmp_path, sheet(), freely=True).writing == 0
    assert look(tmp_path, signed(sheet(), (40, 220)), freely=True).writing > 0


def test_a_projection_leads_there_and_back():
    pairs = [((0, 0), (10, 5)), ((100, 0), (112, 9)), ((100, 100), (105, 111)), ((0, 100), (3, 104))]
    found = Projection.through(pairs)

    for here, there in pairs:
        assert found.of(here) == pytest.approx(there, abs=1e-6)
        assert found.inverse().of(there) == pytest.approx(here, abs=1e-6)
        assert found.then(found.inverse()).of(here) == pytest.approx(here, abs=1e-6)


def test_a_page_takes_a_second_or_so_of_the_processor(tmp_path):
    page = signed(sheet(), SIGNATURE)
    look(tmp_path, page)

    begun = time.process_time()
    look(tmp_path, page)

    assert time.process_time() - begun < 1.5 * max(1, PATIENCE / 10)
