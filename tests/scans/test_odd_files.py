"""Files as people really send them: filled-in forms, pictures among text, sizes that no sheet has, damage, no scans."""

import io
import re
import zlib

import pytest
from pikepdf import ObjectStreamMode, Pdf
from PIL import Image, ImageChops, ImageOps
from scan_samples import LINES, digital_pdf, letter_image, pdf_of, raw_pdf, saved, stream

from pipeline.errors import Refused
from pipeline.scans.formats.kinds import PDF, sniff
from pipeline.scans.formats.wholeness import whole
from pipeline.scans.imaging.background import positive
from pipeline.scans.ocr.page_reading import read_page
from pipeline.scans.operations.inspection import Findings, inspect_file, look_at_pages, open_scan
from pipeline.scans.operations.page_drawing import OPERATIONS
from pipeline.scans.refusals import Limits
from pipeline.scans.words import Page

FORM = b"BT /F1 14 Tf 72 720 Td (Formulir pengaduan, nama pelapor dan uraian kejadian) Tj ET"
VALUE = "Rosmala Dewi Hutapea"


def page_of(path) -> Page:
    scan = open_scan(path, sniff(path))
    try:
        return read_page(scan, 0)
    finally:
        scan.close()


def proved(path) -> Findings:
    return inspect_file(path, Limits())


def refusal(path) -> Refused:
    with pytest.raises(Refused) as caught:
        proved(path)
    return caught.value


def filled_form(path, *, looks: bool = True):
    """A form whose field has a look of its own, or leaves it to the viewer."""
    field = b"/Type /Annot /Subtype /Widget /FT /Tx /T (nama) /Rect [72 600 400 630] /F 4 /DA (/F1 14 Tf 0 g) "
    field += b"/V (%s) " % VALUE.encode() + (b"/AP << /N 6 0 R >>" if looks else b"")
    font = b"/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    look = stream(
        b"/Type /XObject /Subtype /Form /BBox [0 0 328 30] /Resources << " + font + b" >>",
        b"BT /F1 14 Tf 4 9 Td (%s) Tj ET" % VALUE.encode(),
    )
    form = b"/AcroForm << /Fields [5 0 R] /NeedAppearances %s /DR << %s >> >>"
    root = form % (b"false" if looks else b"true", font)
    return raw_pdf(path, FORM, root=root, page=b"/Annots [5 0 R]", extra=(b"<< " + field + b" >>", look))


def seen(path) -> Image.Image:
    answer = OPERATIONS["preview"]({"path": str(path), "media": PDF, "index": 0, "width": 900}, ())
    return Image.open(io.BytesIO(answer.blobs[0])).convert("L")


@pytest.mark.parametrize("looks", [True, False])
def test_what_was_filled_into_a_form_is_read_where_it_stands_and_seen(tmp_path, looks):
    path = filled_form(tmp_path / "a.pdf", looks=looks)

    page = page_of(path)
    name = next(word for word in page.words if word.text == "Rosmala")

    assert VALUE in page.text
    assert name.box[1] == pytest.approx((842 - 615) / 842, abs=0.03)
    empty = raw_pdf(tmp_path / "b.pdf", FORM)
    assert ImageChops.difference(seen(path), seen(empty)).getbbox()[1] > 900 * 842 / 595 * 0.2


def test_a_note_does_not_change_the_size_and_fonts_that_a_page_inherits(tmp_path):
    path = filled_form(tmp_path / "a.pdf")
    data = path.read_bytes()
    size, fonts = b"/MediaBox [0 0 595 842]", b"/Resources <<  /Font << /F1 << /Type /Font /Subtype /Type1 "
    fonts += b"/BaseFont /Helvetica >> >> >>"
    page = data.replace(size, b"").replace(fonts, b"", 1).replace(b"/Count 1", b"/Count 1 " + size + b" " + fonts)
    path.write_bytes(page.replace(b"startxref\n", b"startxref\n1"))

    read = page_of(path)

    assert (read.width, read.height) == (595, 842)
    assert VALUE in read.text
    assert "Formulir pengaduan" in read.text


def jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, format="JPEG", quality=90)
    return out.getvalue()


def picture(image: Image.Image) -> bytes:
    entries = b"/Type /XObject /Subtype /Image /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /DCTDecode "
    return stream(entries + b"/Width %d /Height %d" % image.size, jpeg(image))


def test_an_identity_card_pictured_in_a_digital_letter_is_read_too(tmp_path):
    card = letter_image(200, ("PROVINSI BENGKULU", "NIK 1771990011223344", "Nama MANSUR HIDAYAT")).crop(
        (150, 150, 1000, 500)
    )
    text = " ".join(f"({line}) Tj 0 -22 Td" for line in LINES).encode()
    content = b"BT /F1 14 Tf 72 760 Td %s ET q 306 0 0 126 72 100 cm /A Do Q" % text
    path = raw_pdf(tmp_path / "a.pdf", content, resources=b"/XObject << /A 5 0 R >>", extra=(picture(card),))

    page = page_of(path)

    assert page.source == "lapisan"
    assert "Siti Aminah" in page.text
    assert "1771990011223344" in page.text
    assert next(word for word in page.words if word.text.startswith("17719")).box[1] > 0.7


CARD = ("PROVINSI BENGKULU", "NIK 1771990011223344", "Nama MANSUR HIDAYAT")
TYPED = b"BT /F1 14 Tf 72 760 Td " + " ".join(f"({line}) Tj 0 -22 Td" for line in LINES).encode() + b" ET "


def identity_card() -> Image.Image:
    return letter_image(200, CARD).crop((150, 150, 1000, 500))


@pytest.mark.parametrize(
    "place", [b"170 0 0 70 72 100", b"0 306 -126 0 300 100"], ids=["small as a thumb", "lying on its side"]
)
def test_a_picture_is_read_however_small_and_whichever_way_it_lies(tmp_path, place):
    drawn = TYPED + b"q " + place + b" cm /A Do Q"
    path = raw_pdf(tmp_path / "a.pdf", drawn, resources=b"/XObject << /A 5 0 R >>", extra=(picture(identity_card()),))

    assert "1771990011223344" in page_of(path).text


def test_a_picture_inside_a_form_is_read_where_it_stands(tmp_path):
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /A 5 0 R >> >>"
    extra = (picture(identity_card()), stream(form, b"/A Do"))
    drawn = TYPED + b"q 306 0 0 126 72 100 cm /B Do Q"

    page = page_of(raw_pdf(tmp_path / "a.pdf", drawn, resources=b"/XObject << /B 6 0 R >>", extra=extra))

    assert next(word for word in page.words if word.text == "1771990011223344").box[0] == pytest.approx(0.2, abs=0.03)


def test_a_picture_cut_into_strips_is_read_as_one(tmp_path):
    card, count = identity_card(), 10
    strips = [card.crop((0, 35 * n, 850, 35 * n + 35)) for n in range(count)]
    drawn = b" ".join(b"q 306 0 0 12.6 72 %.1f cm /S%d Do Q" % (226 - 12.6 * (n + 1), n) for n in range(count))
    names = b" ".join(b"/S%d %d 0 R" % (n, n + 5) for n in range(count))
    extra = tuple(map(picture, strips))

    page = page_of(raw_pdf(tmp_path / "a.pdf", TYPED + drawn, resources=b"/XObject << " + names + b" >>", extra=extra))

    assert "1771990011223344" in page.text


def test_what_a_good_text_layer_leaves_out_of_its_scan_is_read_too(tmp_path):
    scan = letter_image(150)
    scan.paste(identity_card().resize((600, 247)), (200, 1300))
    lines = (b"1 0 0 1 72 %.1f Tm (%s) Tj" % (756 - 25.2 * n, line.encode()) for n, line in enumerate(LINES))
    layer = b" BT 3 Tr /F1 14 Tf " + b" ".join(lines) + b" ET"
    drawn = b"q 595 0 0 842 0 0 cm /A Do Q" + layer

    page = page_of(raw_pdf(tmp_path / "a.pdf", drawn, resources=b"/XObject << /A 5 0 R >>", extra=(picture(scan),)))

    assert page.source == "lapisan"
    assert page.text.count("Siti Aminah") == 1
    assert "1771990011223344" in page.text


CHAT = ("Pesan dari Bapak Sutrisno", "Serahkan uang dua juta rupiah", "atau surat tanah tidak keluar")


def above_a_picture(path, lines, image: Image.Image, height: int):
    """A page with typed lines above a picture of so many points across its whole width."""
    text = " ".join(f"({line}) Tj 0 -18 Td" for line in lines).encode()
    content = b"BT /F1 11 Tf 72 820 Td %s ET q 560 0 0 %d 20 20 cm /A Do Q" % (text, height)
    return raw_pdf(path, content, resources=b"/XObject << /A 5 0 R >>", extra=(picture(image),))


def test_a_letter_typed_above_a_large_picture_is_no_scan_and_its_picture_is_read_too(tmp_path):
    page = page_of(above_a_picture(tmp_path / "a.pdf", LINES, letter_image(150, CHAT).crop((100, 100, 1140, 850)), 400))

    assert page.source == "lapisan"
    assert "Siti Aminah" in page.text
    assert "dua juta rupiah" in page.text


def test_a_scan_with_its_scanners_advertisement_below_it_is_a_scan(tmp_path):
    page = page_of(
        above_a_picture(tmp_path / "a.pdf", ("Dipindai dengan PindaiKilat gratis",), letter_image(150, CHAT), 760)
    )

    assert page.source == "ocr"
    assert "dua juta rupiah" in page.text


def test_text_over_a_scan_cut_into_strips_is_not_trusted_either(tmp_path):
    whole_page = letter_image(150)
    strips = [whole_page.crop((0, top, 1240, top + 251)) for top in range(0, 1750, 251)][:7]
    drawn = b" ".join(b"q 595 0 0 120.3 0 %.2f cm /S%d Do Q" % (842 - 120.3 * (n + 1), n) for n in range(7))
    wrong = b" BT 3 Tr /F1 14 Tf 72 720 Td (Kepala Kantnr Wilayuh Pengadvan dari lapisan lama) Tj ET"
    names = b" ".join(b"/S%d %d 0 R" % (n, n + 5) for n in range(7))
    extra = tuple(picture(strip) for strip in strips)
    path = raw_pdf(tmp_path / "a.pdf", drawn + wrong, resources=b"/XObject << " + names + b" >>", extra=extra)

    page = page_of(path)

    assert page.source == "ocr"
    assert "lapisan lama" not in page.text


@pytest.mark.parametrize("points", [(2480, 3508), (59.5, 84.2), (11900, 16840)])
def test_a_pdf_of_a_size_that_no_sheet_has_is_taken_for_a4(tmp_path, points):
    path = pdf_of(letter_image(150), tmp_path / "a.pdf", dpi=round(1240 * 72 / points[0]))
    scan = open_scan(path, PDF)
    raster = scan.raster(0)
    scan.close()

    assert raster.image.width == pytest.approx(1240, rel=0.03)
    assert raster.dpi == pytest.approx(150, rel=0.03)
    assert "Siti Aminah" in page_of(path).text


def test_a_large_sheet_scanned_finely_keeps_its_size(tmp_path):
    path = pdf_of(Image.effect_noise((4000, 2800), 60), tmp_path / "a.pdf", dpi=120)
    scan = open_scan(path, PDF)
    raster = scan.raster(0)
    scan.close()

    assert raster.dpi == pytest.approx(120, rel=0.3)


def test_a_negative_is_read_and_not_taken_for_an_empty_page(tmp_path):
    path = saved(ImageOps.invert(letter_image(150)), tmp_path / "a.png", dpi=(150, 150))

    page = page_of(path)

    assert page.source == "ocr"
    assert "Siti Aminah" in page.text


def test_a_letter_photographed_small_on_a_dark_table_is_no_negative():
    photo = Image.new("L", (2480, 3508), 30)
    photo.paste(letter_image(100), (600, 900))

    assert positive(photo) is photo


def test_an_all_black_page_is_still_an_empty_one(tmp_path):
    assert page_of(saved(Image.new("L", (1240, 1754), 8), tmp_path / "a.png", dpi=(150, 150))).source == "kosong"


def test_a_pdf_without_the_way_to_its_contents_is_mended_with_a_warning(tmp_path):
    path = digital_pdf(tmp_path / "a.pdf")
    path.write_bytes(path.read_bytes().replace(b"startxref", b"start????"))

    assert "perbaikan" in proved(path).warnings[0]
    assert "Siti Aminah" in page_of(path).text


def with_trailer(path, entry: bytes):
    """A letter with one more entry in its trailer."""
    path = digital_pdf(path)
    path.write_bytes(path.read_bytes().replace(b"trailer << ", b"trailer << " + entry + b" "))
    return path


@pytest.mark.parametrize(
    "key", [b"99 0 R", b"4 0 R", b"(x)", b"<< /Filter /Adobe.PubSec /V 4 >>"], ids=["gone", "odd", "text", "unknown"]
)
def test_a_pdf_whose_key_cannot_be_made_out_is_no_empty_letter_but_refused(tmp_path, key):
    error = refusal(with_trailer(tmp_path / "a.pdf", b"/Encrypt " + key))

    assert error.code == "terkunci"
    assert "keterangan kuncinya" in error.message


def test_a_key_that_is_said_to_be_none_locks_nothing(tmp_path):
    assert "Siti Aminah" in page_of(with_trailer(tmp_path / "a.pdf", b"/Encrypt null")).text


def test_a_damaged_file_in_which_the_word_stands_is_not_called_locked(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n1 0 obj << /Encrypt 3 0 R >> !!\nendobj\nstartxref\n9\n%%EOF\n")

    assert refusal(path).code == "rusak"


def test_a_page_tree_that_holds_itself_is_told_in_these_words(tmp_path):
    path = digital_pdf(tmp_path / "a.pdf")
    path.write_bytes(path.read_bytes().replace(b"/Kids [3 0 R] /Count 1", b"/Kids [2 0 R] /Count 1"))

    error = refusal(path)

    assert error.code == "rusak"
    assert "daftar halamannya memuat dirinya sendiri" in error.message


def test_a_pdf_that_only_the_drawing_library_understands_is_taken_and_read(tmp_path):
    """Its objects have numbers beyond the size that it tells: qpdf looks for none of them."""
    path = digital_pdf(tmp_path / "a.pdf")
    data = re.sub(rb"(\d+) 0 (obj|R)", lambda found: b"%d 0 %s" % (8000 + int(found[1]), found[2]), path.read_bytes())
    table = b"xref\n8001 4\n" + b"".join(b"%010d 00000 n \n" % data.index(b"%d 0 obj" % n) for n in range(8001, 8005))
    head = data[: data.index(b"xref")]
    path.write_bytes(head + table + b"trailer << /Root 8001 0 R /Size 5 >>\nstartxref\n%d\n%%%%EOF\n" % len(head))

    assert "perbaikan" in proved(path).warnings[0]
    assert "Siti Aminah" in page_of(path).text


def test_a_pdf_that_only_the_structure_library_understands_is_taken_and_read(tmp_path):
    """What packs its objects has a name that pdfium does not believe."""
    path = digital_pdf(tmp_path / "a.pdf")
    with Pdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, object_stream_mode=ObjectStreamMode.generate)
    path.write_bytes(path.read_bytes().replace(b"/Type /ObjStm", b"/Type /Kotak_"))

    assert "perbaikan" in proved(path).warnings[0]
    assert "Siti Aminah" in page_of(path).text


def test_a_page_whose_shown_part_lies_beside_it_is_shown_whole(tmp_path):
    scan = open_scan(raw_pdf(tmp_path / "a.pdf", FORM, page=b"/CropBox [595 842 700 1000]"), PDF)
    (seen,) = look_at_pages(scan, 0, 1)
    raster = scan.raster(0)
    scan.close()

    assert not seen.blank
    assert (raster.width, raster.height) == (595, 842)


def test_a_picture_whose_size_is_no_number_damages_no_letter(tmp_path):
    nothing = stream(b"/Type /XObject /Subtype /Image /Width (x) /Height 5 0 R", b"")
    path = raw_pdf(tmp_path / "a.pdf", FORM, resources=b"/XObject << /A 5 0 R >>", extra=(nothing,))

    assert proved(path).pages == 1


@pytest.mark.parametrize("junk", [b"<!-- sent by a mail gateway -->\r\n" * 99, bytes(5000)])
def test_a_whole_pdf_with_much_behind_its_end_waits_and_is_then_taken(tmp_path, junk):
    path = digital_pdf(tmp_path / "a.pdf")
    path.write_bytes(path.read_bytes() + junk)

    assert not whole(path).is_whole
    assert proved(path).pages == 1


def test_a_pdf_that_was_to_go_on_is_not_taken_for_one_with_junk_behind_it(tmp_path):
    path = digital_pdf(tmp_path / "a.pdf")
    more = b"\n9 0 obj << /Length 9000 >> stream\n" + b"x" * 3000
    path.write_bytes(path.read_bytes() + more)

    assert refusal(path).code == "terpotong"


def test_a_picture_cut_off_inside_a_whole_pdf_is_told_with_its_page(tmp_path):
    data = jpeg(letter_image(150))
    entries = b"/Type /XObject /Subtype /Image /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /DCTDecode "
    cut = stream(entries + b"/Width 1240 /Height 1754", data[: len(data) // 2])
    resources = b"/XObject << /A 5 0 R >>"
    path = raw_pdf(tmp_path / "a.pdf", b"q 595 0 0 842 0 0 cm /A Do Q", resources=resources, extra=(cut,))

    assert "halaman 1 terpotong" in proved(path).warnings[0]


def test_instructions_that_unpack_to_hundreds_of_megabytes_are_refused(tmp_path):
    path = raw_pdf(tmp_path / "a.pdf")
    bomb = zlib.compress(zlib.compress(b"\n" * 400_000_000, 1), 9)
    packed = stream(b"/Filter [/FlateDecode /FlateDecode]", bomb)
    path.write_bytes(path.read_bytes().replace(stream(b"", b""), packed))

    assert refusal(path).code == "terlalu-besar"


def test_forms_within_forms_that_draw_without_end_are_refused_before_anybody_draws_them(tmp_path):
    entries = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>"
    forms = [stream(entries % (6 + n), b"/X Do " * 10) for n in range(12)]
    path = raw_pdf(tmp_path / "a.pdf", b"/X Do", resources=b"/XObject << /X 5 0 R >>", extra=(*forms, stream(b"", b"")))

    assert refusal(path).code == "terlalu-besar"


def test_a_stamp_drawn_on_a_letter_by_forms_within_forms_is_nothing_odd(tmp_path):
    inner = stream(b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]", b"0 0 1 1 re f")
    outer = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>"
    resources = b"/XObject << /X 5 0 R >>"
    path = raw_pdf(tmp_path / "a.pdf", FORM + b" /X Do", resources=resources, extra=(stream(outer, b"/X Do"), inner))

    assert proved(path).warnings == ()


def test_a_portfolio_is_taken_with_the_advice_to_send_what_is_in_it(tmp_path):
    path = raw_pdf(tmp_path / "a.pdf", FORM, root=b"/Collection << /Type /Collection >>")

    assert "portofolio" in proved(path).warnings[0]


def test_a_form_that_asks_to_wait_for_its_contents_is_refused_as_the_empty_shell_it_is(tmp_path):
    shell = b"BT /F1 12 Tf 72 720 Td (Please wait... If this message is not eventually replaced) Tj ET"
    form = b"/AcroForm << /Fields [] /XFA [(template) 5 0 R] >>"
    extra = (stream(b"", b"<template/>"),)

    error = refusal(raw_pdf(tmp_path / "a.pdf", shell, root=form, extra=extra))

    assert error.code == "jenis"
    assert "XFA" in error.message
    assert proved(raw_pdf(tmp_path / "b.pdf", FORM, root=form, extra=extra)).warnings


@pytest.mark.parametrize("size", [(60_000, 20), (20, 60_000), (1, 1)])
def test_a_picture_that_is_no_page_is_taken_and_read_as_empty(tmp_path, size):
    path = saved(Image.new("L", size, 255), tmp_path / "a.jpg")
    scan = open_scan(path, "image/jpeg")
    (seen,) = look_at_pages(scan, 0, 1)
    scan.close()

    assert seen.blank
    assert page_of(path).words == ()


@pytest.mark.parametrize(
    ("head", "fact", "remedy"),
    [
        (b"RIFF\x10\x20\x30\x40WEBPVP8 ", "WebP", "JPEG"),
        (b"GIF89a" + bytes(30), "GIF", "JPEG"),
        (b"BM\x36\x10\x0e\x00\x00\x00\x00\x00\x36\x00", "BMP", "JPEG"),
        (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "JPEG 2000", "JPEG"),
        (b"\x00\x00\x00\x1cftypavif\x00\x00", "AVIF", "JPEG"),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(40), "rekaman", "bukti"),
        (b"Rar!\x1a\x07\x01\x00", "terkompresi", "satu per satu"),
        (b"MZ\x90\x00" + bytes(60), "program", "Jangan dijalankan"),
        (b"From: warga@example.org\r\nSubject: Pengaduan\r\n\r\nDengan hormat", "surel", "lampirannya"),
        (b"<!DOCTYPE html><html><body>404 Not Found</body></html>", "halaman web", "PDF"),
        (b"{\\rtf1\\ansi Surat pengaduan}", "dokumen", "PDF"),
        (b"Kepada Yth. Kepala Kantor\n", "teks", "PDF"),
        (b"PK\x03\x04" + bytes(26) + b"xl/workbook.xml", "Excel", "PDF"),
        (b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.text", "LibreOffice", "PDF"),
        (b"PK\x03\x04" + bytes(26) + b"surat.pdf", "ZIP", "satu per satu"),
        (b"\x93\x01\x02\x03" * 20, "tidak dikenal", "PDF, JPEG, PNG, dan TIFF"),
    ],
)
def test_a_file_that_is_no_scan_is_refused_by_what_it_is_whatever_its_name(tmp_path, head, fact, remedy):
    path = tmp_path / "surat.pdf"
    path.write_bytes(head)

    error = refusal(path)

    assert error.code == "jenis"
    assert fact in error.message
    assert remedy in error.remedy
