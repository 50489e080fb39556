"""What can be taken in is proved to the last page; what cannot is refused in words that a clerk understands."""

import io
import time

import pypdfium2
import pytest
import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from patience import processor_seconds
from PIL import Image, ImageChops, ImageDraw
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject
from scan_samples import (
    corpus,
    digital_pdf,
    entries,
    letter_image,
    needs_corpus,
    pdf_of,
    raw_pdf,
    saved,
    script,
    stream,
    with_attachment,
    with_password,
)
from thorough import BUSY, examples

from pipeline.errors import Refused
from pipeline.intake.engines.feeder_sheets import separators
from pipeline.scans.operations.inspection import inspect_file, look_at_pages, open_scan
from pipeline.scans.refusals import Limits

CODES = {
    "zero-byte.pdf": {"kosong"},
    "header-then-eof.pdf": {"rusak"},
    "poppler-85140-no-pages.pdf": {"tanpa-halaman", "rusak"},
    "pages-tree-loop-qpdf.pdf": {"rusak"},
    "password-is-test.pdf": {"terkunci"},
    "libreoffice-writer-password.pdf": {"terkunci"},
    "xfa-dynamic-livecycle.pdf": {"jenis"},
    "javascript-openaction.pdf": {"isi-aktif"},
    "hugemono-35000px.pdf": {"terlalu-besar"},
    "bomb-20K-rgb.png": {"terlalu-besar"},
    "tiff-oom.tif": {"rusak", "terpotong", "terlalu-besar"},
    "png-broken.png": {"terpotong", "rusak"},
    "wrong-type-docx-as-is.docx": {"jenis"},
    "heic-phone-photo.heic": {"jenis"},
}
ACCEPTED_WITH_A_WARNING = {"embedded-file-pypdf.pdf"}
READ_FROM = {
    "asn-39-000123.pdf": (1, "Code 39", "ASN00123"),
    "asn-39-invalid.pdf": (1, "Code 39", "ASNXYZXYZ"),
    "qr-custom.pdf": (1, "QR Code", "CUSTOM BARCODE"),
    "patch-t-qr.pdf": (1, "QR Code", "PATCHT"),
    "patch-t-middle.pdf": (2, "Code 39", "PATCHT"),
    "zx-phone-1_6.png": (1, "QR Code", "MEBKM:URL:http\\://en.wikipedia.org/wiki/Main_Page;;"),
    "zx-small-6_7.png": (1, "QR Code", "1234567890"),
}


def inspected(path, limits=None):
    """Inspect the file and read the codes on all its pages."""
    found = inspect_file(path, limits or Limits())
    scan = open_scan(path, found.media)
    try:
        return found, [(s.page, *c) for s in look_at_pages(scan, 0, found.pages) for c in s.codes]
    finally:
        scan.close()


def refusal(path, limits=None) -> Refused:
    with pytest.raises(Refused) as caught:
        inspected(path, limits)
    assert caught.value.message
    assert caught.value.remedy
    return caught.value


@needs_corpus
@pytest.mark.parametrize("entry", entries("accept/") + entries("qr/") + entries("signed/"))
def test_every_acceptable_file_of_the_corpus_is_taken_in(entry):
    found, _ = inspected(corpus(entry))

    assert found.pages >= 1


@needs_corpus
@pytest.mark.parametrize("entry", entries("reject/"))
def test_every_bad_file_of_the_corpus_is_refused_quickly_with_the_right_reason(entry):
    path = corpus(entry)
    started = time.process_time()

    if path.name in ACCEPTED_WITH_A_WARNING:
        assert inspected(path)[0].warnings
    else:
        assert refusal(path).code in CODES[path.name]

    assert time.process_time() - started < 10


@needs_corpus
@pytest.mark.parametrize("entry", entries("qr/"))
def test_every_code_of_the_corpus_is_read(entry):
    path = corpus(entry)

    assert READ_FROM[path.name] in inspected(path)[1]


def test_the_kind_and_the_pages_of_a_scan_are_found_by_its_content(tmp_path):
    page = letter_image(72)

    for options, kind, pages in (
        ({"format": "JPEG"}, "image/jpeg", 1),
        ({"format": "PNG"}, "image/png", 1),
        ({"format": "TIFF", "save_all": True, "append_images": [page, page]}, "image/tiff", 3),
        ({"format": "PDF", "save_all": True, "append_images": [page]}, "application/pdf", 2),
    ):
        found, _ = inspected(saved(page, tmp_path / "scan.xyz", **options))

        assert (found.media, found.pages, found.warnings) == (kind, pages, ())


def test_a_harmless_go_to_on_opening_is_accepted_without_a_word(tmp_path):
    path = raw_pdf(tmp_path / "a.pdf", root=b"/OpenAction [3 0 R /Fit]")

    assert inspected(path)[0].warnings == ()


@pytest.mark.parametrize(
    "options",
    [
        {"root": b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"},
        {"root": b"/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next << /S /JavaScript /JS (app.alert(1)) >> >>"},
        {"root": b"/OpenAction << /S /Launch /F (cmd.exe) >>"},
        {"root": b"/AA << /WC << /S /JavaScript /JS (app.alert(1)) >> >>"},
        {"root": b"/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (app.alert(1)) >>] >> >>"},
        {"page": b"/AA << /O << /S /JavaScript /JS (app.alert(1)) >> >>"},
    ],
)
def test_a_pdf_with_a_program_that_runs_by_itself_is_refused(tmp_path, options):
    assert refusal(raw_pdf(tmp_path / "a.pdf", **options)).code == "isi-aktif"


def test_a_button_with_a_script_is_accepted_with_a_warning(tmp_path):
    button = b"/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /JavaScript /JS (x) >> >>]"

    assert "perintah" in inspected(raw_pdf(tmp_path / "a.pdf", page=button))[0].warnings[0]


def test_a_pdf_that_carries_another_file_is_accepted_with_a_warning(tmp_path):
    path = with_attachment(digital_pdf(tmp_path / "a.pdf"), tmp_path / "b.pdf")

    assert "berkas lain" in inspected(path)[0].warnings[0]


def test_a_pdf_with_a_password_is_refused_asking_for_an_open_copy(tmp_path):
    error = refusal(with_password(digital_pdf(tmp_path / "a.pdf"), tmp_path / "b.pdf", "rahasia"))

    assert error.code == "terkunci"
    assert "salinan yang terbuka" in error.remedy


def test_an_encrypted_pdf_that_opens_without_a_password_is_accepted_with_a_warning(tmp_path):
    path = with_password(digital_pdf(tmp_path / "a.pdf"), tmp_path / "b.pdf", "")

    assert "terenkripsi" in inspected(path)[0].warnings[0]


def test_a_pdf_cut_off_is_refused_even_where_libraries_would_open_it(tmp_path):
    whole = digital_pdf(tmp_path / "a.pdf").read_bytes()
    (tmp_path / "b.pdf").write_bytes(whole[: len(whole) - 150])

    assert refusal(tmp_path / "b.pdf").code == "terpotong"


def test_a_pdf_whose_cross_reference_went_astray_is_mended_with_a_warning(tmp_path):
    path = digital_pdf(tmp_path / "a.pdf")
    path.write_bytes(path.read_bytes().replace(b"startxref\n", b"startxref\n1"))

    assert "perbaikan" in inspected(path)[0].warnings[0]


def test_a_form_that_only_one_program_shows_is_refused(tmp_path):
    error = refusal(raw_pdf(tmp_path / "a.pdf", root=b"/NeedsRendering true"))

    assert error.code == "jenis"
    assert "XFA" in error.message


def test_a_pdf_without_pages_is_refused(tmp_path):
    path = raw_pdf(tmp_path / "a.pdf")
    path.write_bytes(path.read_bytes().replace(b"/Kids [3 0 R] /Count 1", b"/Kids [     ] /Count 0"))

    assert refusal(path).code == "tanpa-halaman"


def test_too_many_pages_too_many_bytes_and_too_many_pixels_are_refused_with_the_remedy(tmp_path):
    page = letter_image(72)
    many = saved(page, tmp_path / "a.tif", format="TIFF", save_all=True, append_images=[page] * 3)
    printed = saved(page, tmp_path / "a.pdf", format="PDF", save_all=True, append_images=[page] * 3)

    for path in (many, printed):
        assert refusal(path, Limits(pages=3)).code == "terlalu-besar"
        assert refusal(path, Limits(size=100)).code == "terlalu-besar"
        assert refusal(path, Limits(pixels=page.width * page.height - 1)).code == "terlalu-besar"
        assert inspected(path, Limits(pages=4, pixels=page.width * page.height))[0].pages == 4


def test_a_bomb_hidden_in_a_form_is_found(tmp_path):
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /B 6 0 R >> >>"
    bomb = b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 1 /ColorSpace /DeviceGray"
    extra = (stream(form, b"/B Do"), stream(bomb, b""))
    path = raw_pdf(tmp_path / "a.pdf", b"/A Do", resources=b"/XObject << /A 5 0 R >>", extra=extra)

    assert refusal(path).code == "terlalu-besar"


def test_an_image_whose_data_are_damaged_is_refused(tmp_path):
    out = io.BytesIO()
    letter_image(72).save(out, format="PNG")
    data = bytearray(out.getvalue())
    start = data.index(b"IDAT") + 4
    data[start : start + 400] = bytes(400)
    (tmp_path / "a.png").write_bytes(data)

    assert refusal(tmp_path / "a.png").code == "rusak"


@pytest.mark.parametrize(
    ("content", "kind"),
    [("QRCode", "QR Code"), ("Code39", "Code 39"), ("Code128", "Code 128")],
)
@pytest.mark.parametrize("turn", [0, 90, 180])
def test_a_code_is_read_on_a_page_however_it_lies(tmp_path, content, kind, turn):
    text = "YKM-2026-0007"
    made = zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, content))
    code = _drawn(made)
    page = letter_image(200)
    page.paste(code, (300, 1600))
    path = saved(page.rotate(turn, expand=True), tmp_path / "a.jpg", dpi=(200, 200), quality=80)

    assert inspected(path)[1] == [(1, kind, text)]


def _drawn(made) -> Image.Image:
    bitmap = zxingcpp.write_barcode_to_image(made, scale=4)
    view = memoryview(bitmap)
    return Image.frombytes("L", (view.shape[1], view.shape[0]), bytes(view))


def noisy(page: Image.Image) -> Image.Image:
    return ImageChops.add(page, Image.effect_noise(page.size, 40), offset=-128)


def stained(page: Image.Image) -> Image.Image:
    ImageDraw.Draw(page).ellipse((370, 520, 870, 1050), outline=130, width=18)
    return page


def faint(page: Image.Image) -> Image.Image:
    return page.point(lambda shade: 150 + shade * 0.38)


@pytest.mark.parametrize("spoilt", [noisy, stained, faint])
@pytest.mark.parametrize("turn", [0, 1.5, 90, 180])
def test_a_separator_is_known_on_a_poor_scan(tmp_path, spoilt, turn):
    printed = pypdfium2.PdfDocument(separators(1))[0].render(scale=150 / 72, grayscale=True).to_pil()
    page = spoilt(printed).rotate(turn, expand=turn == 90, fillcolor=245, resample=Image.Resampling.BICUBIC)
    scan = open_scan(saved(page, tmp_path / "a.jpg", dpi=(150, 150), quality=45), "image/jpeg")

    (seen,) = look_at_pages(scan, 0, 1)

    assert seen.separator


def test_codes_are_read_from_a_full_page_scan_at_the_price_of_a_glance(tmp_path):
    path = pdf_of(letter_image(300), tmp_path / "a.pdf", dpi=300)
    scan = open_scan(path, "application/pdf")

    assert processor_seconds(lambda: look_at_pages(scan, 0, 1), enough=0.15) < 0.15


def test_a_script_in_a_page_note_does_not_hide_behind_a_reference(tmp_path):
    writer = PdfWriter(clone_from=PdfReader(digital_pdf(tmp_path / "a.pdf")))
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(script())
    writer.write(tmp_path / "b.pdf")

    assert refusal(tmp_path / "b.pdf").code == "isi-aktif"


def outcome(path) -> str:
    """Return ``taken``, or the code of the refusal."""
    try:
        inspected(path)
    except Refused as refused:
        return refused.code
    return "taken"


@settings(max_examples=examples(400), suppress_health_check=[*BUSY, HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_pdf_is_taken_or_refused_and_nothing_else(tmp_path, data):
    path = tmp_path / "a.pdf"
    good = bytearray(with_attachment(digital_pdf(path), path).read_bytes())
    for _ in range(data.draw(st.integers(1, 12))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(good)

    assert outcome(path) == "taken" or outcome(path) in Refused.__doc__
