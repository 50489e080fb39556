"""What is as scanners and word processors make it is told before anything is drawn, and so is what is not."""

from __future__ import annotations

import base64
import io
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile_files import hostile_files, pdf, shown, stream
from mutations import samples
from PIL import Image
from scan_samples import blank_pdf, corpus, digital_pdf, entries, letter_image, pdf_of, raw_pdf

from pipeline.errors import Refused
from pipeline.scans.operations.inspection import inspect_file
from pipeline.scans.refusals import FEW_PAGES, Limits

FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842]"
JPX = b"<< /Subtype /Image /Filter /JPXDecode /Length 0 >> stream\n\nendstream"
DRAWS_ITSELF = stream(FORM + b" /Resources << /XObject << /F 5 0 R >> >>", b"/F Do")


def is_plain(path: Path) -> bool:
    return inspect_file(path, Limits()).plain


def test_letters_as_they_are_scanned_and_written_are_plain(tmp_path):
    assert is_plain(pdf_of(letter_image(300), tmp_path / "pindaian.pdf", 300))
    assert is_plain(digital_pdf(tmp_path / "asli.pdf"))
    for name, data in samples().items():
        (tmp_path / name).write_bytes(data)
        assert is_plain(tmp_path / name), name


@pytest.mark.parametrize("entry", entries("accept/"))
def test_what_real_scanners_and_offices_made_is_plain(entry):
    found = inspect_file(corpus(entry), Limits())

    assert found.plain or found.pages > FEW_PAGES


@pytest.mark.parametrize("pages", [FEW_PAGES, FEW_PAGES + 1])
def test_many_pages_are_not_looked_at_in_passing(tmp_path, pages):
    assert is_plain(blank_pdf(tmp_path / "banyak.pdf", pages)) is (pages <= FEW_PAGES)


@pytest.mark.parametrize(
    ("content", "resources", "more"),
    [
        (b"/S sh", b"/Shading << /S 5 0 R >>", (b"<< /ShadingType 1 /ColorSpace /DeviceGray >>",)),
        (b"0 0 9 9 re f", b"/Pattern << /P 5 0 R >>", (stream(b"/PatternType 1", b""),)),
        (b"[0.01 0.01] 0 d 0 0 m 500 500 l S", b"", ()),
        (b"0 0 m 9 9 l S " * 2000, b"", ()),
        (b"0 g " * 60_000, b"", ()),
        (b"q Q", b"/Font << /F 5 0 R >>", (b"<< /Type /Font /Subtype /Type3 >>",)),
        (b"q Q", b"/ExtGState << /G << /SMask << /G 5 0 R >> >> >>", (stream(FORM, b""),)),
        (b"/I Do", b"/XObject << /I 5 0 R >>", (stream(b"/Subtype /Image /Width 9000 /Height 9000", b""),)),
        (
            b"/I Do",
            b"/XObject << /I 5 0 R >>",
            (JPX,),
        ),
        (
            b"/F Do",
            b"/XObject << /F 5 0 R >>",
            (stream(FORM + b" /Resources << /Shading << /S 6 0 R >> >>", b"/S sh"), b"<< /ShadingType 1 >>"),
        ),
        (
            b"/F Do",
            b"/XObject << /F 5 0 R >>",
            (DRAWS_ITSELF,),
        ),
    ],
)
def test_pages_that_may_cost_minutes_are_not_plain(tmp_path, content, resources, more):
    path = tmp_path / "berat.pdf"
    path.write_bytes(shown(content, resources, *more))

    assert not is_plain(path)


SPLASH = b"q 595 0 0 842 0 0 cm "
PICTURE = b"/Type /XObject /Subtype /Image /BitsPerComponent 8 /ColorSpace %b /Width %d /Height %d "
LETTERS = b"/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >> >>"
OUTLINED = b"BT /F 300 Tf 1 Tr " + b"(@W) Tj " * 600 + b"ET"
COMPUTED = b"[/DeviceN [/a /b /c] /DeviceGray << /FunctionType 4 >>]"


def picture(wide: int, high: int, more: bytes = b"", space: bytes = b"/DeviceGray") -> bytes:
    return stream(PICTURE % (space, wide, high) + more, b"")


def packed(kind: bytes, data: bytes) -> bytes:
    head = PICTURE % (b"/DeviceGray", 600, 600) + b"/Filter /%b /Length %d" % (kind, len(data))
    return b"<< %b >> stream\n%b\nendstream" % (head, data)


def jpeg(scans: int, side: int = 600) -> bytes:
    """A progressive JPEG that goes over its dots so many times more."""
    out = io.BytesIO()
    Image.new("L", (side, side), 128).save(out, "JPEG", progressive=True)
    data = out.getvalue()
    return data[:-2] + data[data.rindex(b"\xff\xda") : -2] * scans + data[-2:]


def with_jpeg(scans: int, side: int = 600) -> Callable[[], bytes]:
    """A picture of it, made when its test is run: that takes a while."""
    return lambda: packed(b"DCTDecode", jpeg(scans, side))


def regions(count: int, kind: int = 38) -> bytes:
    """A JBIG2 picture with so many parts that each cover all of it."""
    part = struct.pack(">IIIIB", 600, 600, 0, 0, 2) + bytes(30)
    parts = (struct.pack(">IBBBI", n, kind, 0, 1, len(part)) + part for n in range(count))
    return struct.pack(">IBBBI", 0, 48, 0, 1, 19) + struct.pack(">IIIIBH", 600, 600, 0, 0, 0, 0) + b"".join(parts)


@pytest.mark.parametrize(
    ("content", "resources", "more"),
    [
        pytest.param(b"[0.3 0.3] 0 d%\n0 0 m 500 500 l S", b"", (), id="dashes before a comment"),
        pytest.param(b"/G gs 0 0 m 9 9 l S", b"/ExtGState << /G << /D [[0.3] 0] >> >>", (), id="dashes of a state"),
        pytest.param(b"0 0 m 9 9 l%\nS%\n" * 2000, b"", (), id="lines that end with comments"),
        pytest.param(b"0 0 m 9 9 l 0 9 l f " * 900, b"", (), id="shapes upon shapes"),
        pytest.param(b"/G gs 0 0 9 9 re f", b"/ExtGState << /G << /BM /Luminosity >> >>", (), id="mixed colours"),
        pytest.param(b"/G gs " + b"0 0 9 9 re f " * 900, b"/ExtGState << /G << /ca 0.5 >> >>", (), id="glass on glass"),
        pytest.param(b"/G gs " + OUTLINED, LETTERS + b"/ExtGState << /G << /ca 0.5 >> >>", (), id="words of glass"),
        pytest.param(b"/G gs", b"/ExtGState << /G << /Font [5 0 R 9] >> >>", (b"<< >>",), id="a font of a state"),
        pytest.param(SPLASH + b"/I Do " * 40, b"/XObject << /I 5 0 R >>", (picture(2000, 2000),), id="over and over"),
        pytest.param(SPLASH + b"/I Do " * 90, b"/XObject << /I 5 0 R >>", (picture(9, 9),), id="very many pictures"),
        pytest.param(b"/F Do " * 90, b"/XObject << /F 5 0 R >>", (stream(FORM, b"q Q"),), id="very many forms"),
        pytest.param(
            b"/F Do " * 40,
            b"/XObject << /F 5 0 R >>",
            (stream(FORM + b" /Resources << %b >>" % LETTERS, b"BT /F 9 Tf " + b"(kata) Tj " * 1000 + b"ET"),),
            id="a form full of words, over and over",
        ),
        pytest.param(
            b"/F Do " * 9,
            b"/XObject << /F 5 0 R /I 6 0 R >>",
            (stream(FORM, b"/I Do " * 9), picture(900, 900)),
            id="a form that draws with the page's things",
        ),
        pytest.param(
            b"/I Do", b"/XObject << /I 5 0 R >>", (picture(9, 9, b"/SMask 6 0 R"), picture(9000, 9000)), id="a mask"
        ),
        pytest.param(
            b"/I Do",
            b"/ColorSpace << /DefaultRGB %b >> /XObject << /I 5 0 R >>" % COMPUTED,
            (picture(9, 9, space=b"/DeviceRGB"),),
            id="a space in another's place",
        ),
        pytest.param(
            b"/I Do",
            b"/XObject << /I 5 0 R >>",
            (picture(9, 9, space=b"[/ICCBased 6 0 R]"), stream(b"/N 3 /Alternate %b" % COMPUTED, b"junk")),
            id="a space beside rubbish",
        ),
        pytest.param(SPLASH + b"BI /W 9 /H 9 /BPC 8 /CS /G ID x EI Q", b"", (), id="a picture among the words"),
        pytest.param(b"/I Do", b"/XObject << /I 5 0 R >>", (with_jpeg(30),), id="scans of a JPEG"),
        pytest.param(b"/I Do", b"/XObject << /I 5 0 R >>", (with_jpeg(0, 8000),), id="a larger JPEG"),
        pytest.param(b"/I Do", b"/XObject << /I 5 0 R >>", (packed(b"JBIG2Decode", regions(200)),), id="regions"),
        pytest.param(b"/I Do", b"/XObject << /I 5 0 R >>", (packed(b"JBIG2Decode", regions(1, 0)),), id="symbols"),
        pytest.param(
            b"/I Do",
            b"/XObject << /I 5 0 R >>",
            (picture(9, 9, b"/DecodeParms << /Columns 65000 /Rows 65000 >>"),),
            id="a fax that is longer inside",
        ),
    ],
)
def test_what_costs_more_than_it_says_is_not_plain(tmp_path, content, resources, more):
    path = tmp_path / "berat.pdf"
    path.write_bytes(shown(content, resources, *(part() if callable(part) else part for part in more)))

    assert not is_plain(path)


@pytest.mark.parametrize("look", [b"/AP << /N 5 0 R >>", b"/AP << /N << /Off 5 0 R >> >>", b""])
def test_notes_on_a_page_count_too(tmp_path, look):
    path = tmp_path / "catatan.pdf"
    note = b"/Annots [<< /Type /Annot /Subtype /Stamp /Rect [0 0 595 842] %b >>]" % look
    made = shown(b"q Q", b"", stream(FORM, b"[0.3 0.3] 0 d 0 0 m 595 842 l S"))
    path.write_bytes(made.replace(b"/Contents 4 0 R", b"/Contents 4 0 R " + note))

    assert not is_plain(path)


def pages_of(code: bytes, pages: int) -> bytes:
    """A PDF of so many pages that all draw the same."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R >>"
    kids = b" ".join(b"%d 0 R" % (4 + n) for n in range(pages))
    tree = b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, pages)
    return pdf((b"<< /Type /Catalog /Pages 2 0 R >>", tree, stream(b"", code), *[page] * pages))


@pytest.mark.parametrize("pages", [2, 4])
def test_what_all_pages_draw_is_bounded_together(tmp_path, pages):
    path = tmp_path / "panjang.pdf"
    path.write_bytes(pages_of(b"0 g " * 40_000, pages))

    assert is_plain(path) is (pages == 2)


def test_pages_that_together_unpack_to_more_than_any_honest_file_are_refused(tmp_path):
    path = tmp_path / "mengembang.pdf"
    path.write_bytes(pages_of(b"q" + b" " * 40_000_000, 12))

    with pytest.raises(Refused, match="mengembang"):
        is_plain(path)


def test_pictures_as_scanners_make_them_are_plain(tmp_path):
    path = tmp_path / "pindaian.pdf"
    spelt = base64.a85encode(jpeg(0)) + b"~>"
    for pictures in (
        packed(b"DCTDecode", jpeg(0)),
        packed(b"ASCII85Decode", spelt).replace(b"/ASCII85Decode", b"[/ASCII85Decode /DCTDecode]"),
        packed(b"JBIG2Decode", regions(1)),
        picture(600, 600),
    ):
        path.write_bytes(shown(SPLASH + b"/I Do Q", b"/XObject << /I 5 0 R >>", pictures))
        assert is_plain(path)


def test_a_jpeg_that_goes_over_its_dots_without_end_is_not_plain(tmp_path):
    path = tmp_path / "foto.jpg"
    for scans, plain in ((0, True), (30, False)):
        path.write_bytes(jpeg(scans))
        assert is_plain(path) is plain


@pytest.mark.parametrize(("side", "plain"), [(5_900, True), (9_000, False)])
def test_a_picture_is_plain_up_to_a_page_of_600_dpi(tmp_path, side, plain):
    Image.new("1", (side, side)).save(tmp_path / "gambar.png")

    assert is_plain(tmp_path / "gambar.png") is plain


def test_a_few_dashed_words_in_a_text_make_no_page_costly(tmp_path):
    assert is_plain(raw_pdf(tmp_path / "teks.pdf", b"BT /F1 9 Tf (sh [3 2] 0 d) Tj ET [] 0 d 0 0 m 9 9 l S"))


def test_no_hostile_file_that_takes_long_to_draw_counts_as_plain(tmp_path):
    plain = set()
    for hostile in hostile_files(1, 3):
        path = hostile.drop(tmp_path)
        try:
            if is_plain(path):
                plain.add(hostile.name.partition("-")[0])
        except Refused:
            continue

    assert not plain & {"bayang", "ubin"}
