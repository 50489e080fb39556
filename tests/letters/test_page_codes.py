"""Page codes find the case of a signed sheet, covers that of the papers behind them; neither can be made up."""

from __future__ import annotations

import io
import struct
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from case_factory import case_of, drafted, then
from fakes import PAGE_KEY
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Encryption, Name, ObjectStreamMode, Pdf
from PIL import Image
from pypdf import PdfReader, PdfWriter

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.seen_on_pages import Barcode
from pipeline.letters.engines.page_code_stamp import stamp
from pipeline.letters.page_codes import (
    Cover,
    Mark,
    Origin,
    PageCodes,
    cover_text,
    covered,
    is_cover,
    page_text,
    parse_page_text,
)
from pipeline.office.code_alphabet import BASE32

DOCUMENT = "K7QM2XPA94TD"
NUMBERS = st.builds(CaseNumber, st.integers(1900, 2155), st.integers(1, 999_999_999))


def blank(pages: int = 1) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def with_a_stream_for_its_table(pages: int = 2) -> bytes:
    """A PDF whose cross-reference is a stream, as newer programs write it."""
    kids = " ".join(f"{3 + n} 0 R" for n in range(pages))
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} /MediaBox [0 0 595 842] >>",
        *["<< /Type /Page /Parent 2 0 R >>"] * pages,
    ]
    data, places = b"%PDF-1.7\n", [0]
    for number, body in enumerate(bodies, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode()
    at, last = len(data), len(bodies) + 1
    rows = b"".join(struct.pack(">BIH", place > 0, place, 0) for place in (*places, at))
    head = f"<< /Type /XRef /Size {last + 1} /W [1 4 2] /Root 1 0 R /Length {len(rows)} >>"
    data += f"{last} 0 obj\n{head}\nstream\n".encode() + rows + b"\nendstream\nendobj\n"
    return data + b"startxref\n%d\n%%%%EOF\n" % at


def with_free_numbers() -> bytes:
    """A PDF whose last numbers of objects were given up."""
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>",
        "<< /Type /Page /Parent 2 0 R >>",
    ]
    data, rows = b"%PDF-1.7\n", ["0000000004 65535 f"]
    for number, body in enumerate(bodies, 1):
        rows.append(f"{len(data):010d} 00000 n")
        data += f"{number} 0 obj\n{body}\nendobj\n".encode()
    rows += [f"{(number + 1) % 20:010d} 00001 f" for number in range(4, 20)]
    table = "".join(f"{row} \n" for row in rows)
    return data + f"xref\n0 20\n{table}trailer\n<< /Size 20 /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n".encode()


def written_on(where: str, **how: Any) -> bytes:
    """A PDF of two pages with a word on each; its resources and contents lie where it is said."""
    pdf = Pdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    resources = pdf.make_indirect(Dictionary(Font=Dictionary(F1=font)))
    for word in (b"satu", b"dua"):
        page = pdf.add_blank_page(page_size=(595, 842)).obj
        parts = [pdf.make_stream(b"BT /F1 20 Tf 90 700 Td (%b) Tj" % word), pdf.make_stream(b"ET")]
        page.Contents = pdf.make_indirect(Array(parts)) if where == "array elsewhere" else Array(parts)
        page.Resources = resources
        if where == "inherited":
            del page["/Resources"], page["/MediaBox"]
    pdf.Root.Pages.MediaBox = Array([0, 0, 595, 842])
    if where == "inherited":
        pdf.Root.Pages.Resources = resources
    target = io.BytesIO()
    pdf.save(target, **how)
    return target.getvalue()


def picture(pdf: bytes, dpi: int, page: int = 0) -> Image.Image:
    return pypdfium2.PdfDocument(pdf)[page].render(scale=dpi / 72).to_pil()


def read(image: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(image)]


def photographed(image: Image.Image, degrees: float, quality: int) -> Image.Image:
    turned = image.convert("L").rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=255)
    file = io.BytesIO()
    turned.save(file, "JPEG", quality=quality)
    return Image.open(file)


def test_the_code_says_document_page_and_check() -> None:
    text = page_text(PAGE_KEY, DOCUMENT, 2, 3)

    assert text.startswith(f"YK1:{DOCUMENT}:2/3:")
    assert len(text.rsplit(":", 1)[1]) == 6
    assert set(text.rsplit(":", 1)[1]) <= set(BASE32)


@given(st.from_regex(r"[0-9A-Za-z-]{1,40}", fullmatch=True), st.integers(1, 9999), st.integers(0, 9998))
def test_what_was_written_is_read_back(document: str, k: int, more: int) -> None:
    n = min(k + more, 9999)

    assert parse_page_text(PAGE_KEY, page_text(PAGE_KEY, document, k, n)) == Mark(
        1, document.upper(), k, n, genuine=True
    )


def test_small_letters_and_blanks_are_borne() -> None:
    text = page_text(PAGE_KEY, DOCUMENT, 1, 1)

    assert parse_page_text(PAGE_KEY, f"  {text.lower().replace(':', ' : ')}\n") == Mark(1, DOCUMENT, 1, 1, genuine=True)


def test_a_made_up_code_is_told_from_an_unreadable_one() -> None:
    text = page_text(PAGE_KEY, DOCUMENT, 1, 2)

    assert parse_page_text(PAGE_KEY, text.replace("1/2", "2/2")) == Mark(1, DOCUMENT, 2, 2, genuine=False)
    assert parse_page_text(b"kantor lain", text) == Mark(1, DOCUMENT, 1, 2, genuine=False)
    assert parse_page_text(PAGE_KEY, "https://contoh.example/") is None


@given(st.text())
def test_no_text_upsets_the_reader(text: str) -> None:
    found = parse_page_text(PAGE_KEY, text)

    assert found is None or not found.genuine


@pytest.mark.parametrize("document", ["", "A B", "nama:orang", "x" * 41, "é"])
def test_an_id_that_cannot_be_printed_is_refused(document: str) -> None:
    with pytest.raises(ValueError, match="no page code"):
        page_text(PAGE_KEY, document, 1, 1)


def test_every_page_carries_its_own_code() -> None:
    pdf = stamp(blank(3), PAGE_KEY, DOCUMENT)

    assert [read(picture(pdf, 150, k)) for k in range(3)] == [[page_text(PAGE_KEY, DOCUMENT, k, 3)] for k in (1, 2, 3)]


@pytest.mark.parametrize("make", [blank, with_a_stream_for_its_table])
def test_the_stamp_is_put_behind_the_sheet_s_own_bytes_whatever_its_table_is_like(make) -> None:
    sheet = make(2)

    pdf = stamp(stamp(sheet, PAGE_KEY, "LAMA"), PAGE_KEY, DOCUMENT)

    assert pdf.startswith(sheet)
    reader = PdfReader(io.BytesIO(pdf), strict=True)
    for k, page in enumerate(reader.pages, 1):
        assert page_text(PAGE_KEY, DOCUMENT, k, 2) in page.extract_text()
        assert page_text(PAGE_KEY, DOCUMENT, k, 2) in pypdfium2.PdfDocument(pdf)[k - 1].get_textpage().get_text_range()


@pytest.mark.parametrize("where", ["shared", "inherited", "array elsewhere"])
@pytest.mark.parametrize(
    "how",
    [{}, {"linearize": True}, {"object_stream_mode": ObjectStreamMode.generate}],
    ids=["plain", "linear", "packed"],
)
def test_what_stood_on_a_page_stays_there_wherever_it_lies_in_the_file(where, how):
    sheet = written_on(where, **how)

    pdf = stamp(sheet, PAGE_KEY, DOCUMENT)

    assert pdf.startswith(sheet)
    assert Pdf.open(io.BytesIO(pdf)).check_pdf_syntax() == []
    shown = [page.get_textpage().get_text_range().split() for page in pypdfium2.PdfDocument(pdf)]
    assert [words[:2] for words in shown] == [
        ["satu", page_text(PAGE_KEY, DOCUMENT, 1, 2)],
        ["dua", page_text(PAGE_KEY, DOCUMENT, 2, 2)],
    ]


def test_an_encrypted_sheet_is_refused_not_spoilt():
    with pytest.raises(ValueError, match="encrypted"):
        stamp(written_on("shared", encryption=Encryption(owner="rahasia", user="")), PAGE_KEY, DOCUMENT)


def test_numbers_that_were_given_up_are_not_taken_again():
    pdf = Pdf.open(io.BytesIO(stamp(with_free_numbers(), PAGE_KEY, DOCUMENT)))

    assert min(number for number, _ in pdf.get_xref_table() if number > 3) == 20
    assert pdf.check_pdf_syntax() == []


@pytest.mark.parametrize("document", [DOCUMENT, "0123456789ABCDEFGHJKMNPQ"])
def test_a_coarse_scan_is_read(document: str) -> None:
    assert read(picture(stamp(blank(), PAGE_KEY, document), 100)) == [page_text(PAGE_KEY, document, 1, 1)]


@pytest.mark.parametrize("degrees", [-2, -1, 1, 2])
@pytest.mark.parametrize("document", [DOCUMENT, "0123456789ABCDEFGHJKMNPQ"])
def test_a_coarse_crooked_scan_in_poor_jpeg_is_read(document: str, degrees: float) -> None:
    scan = photographed(picture(stamp(blank(), PAGE_KEY, document), 100), degrees, quality=60)

    assert read(scan) == [page_text(PAGE_KEY, document, 1, 1)]


def test_the_letters_beside_the_squares_say_the_same() -> None:
    text = PdfReader(io.BytesIO(stamp(blank(), PAGE_KEY, DOCUMENT))).pages[0].extract_text()

    assert page_text(PAGE_KEY, DOCUMENT, 1, 1) in text


def test_the_code_stays_within_the_bottom_margin() -> None:
    page = picture(stamp(blank(), PAGE_KEY, DOCUMENT), 100).convert("L")

    box = page.point(lambda v: 255 if v < 200 else 0).getbbox()

    assert box is not None
    margin = page.height - 25 / 25.4 * 100
    assert box[1] > margin
    assert box[3] < page.height - 4 / 25.4 * 100


def test_stamping_keeps_the_first_half_of_the_file_s_id_and_repeats_itself_exactly() -> None:
    once = stamp(blank(), PAGE_KEY, DOCUMENT)
    twice = stamp(once, PAGE_KEY, "LAIN")

    first, second = (PdfReader(io.BytesIO(pdf)).trailer["/ID"] for pdf in (once, twice))
    assert first[0] == second[0]
    assert first[1] != second[1]
    assert stamp(blank(), PAGE_KEY, DOCUMENT) == once


@given(NUMBERS)
def test_a_code_is_read_back_as_its_case(number):
    assert covered(PAGE_KEY, cover_text(PAGE_KEY, number)) == number


@given(NUMBERS)
def test_another_offices_code_is_known_as_a_cover_but_names_no_case(number):
    text = cover_text(b"x" * 32, number)

    assert is_cover(text)
    assert covered(PAGE_KEY, text) is None


def test_neighbouring_cases_have_nothing_in_common_on_paper():
    first, second = (cover_text(PAGE_KEY, CaseNumber(2026, n)).split(":")[2] for n in (7, 8))

    assert sum(a == b for a, b in zip(first, second, strict=True)) < 4
    assert "2026" not in first


def test_a_changed_sign_is_found_out():
    text = cover_text(PAGE_KEY, CaseNumber(2026, 7))

    for at in range(len("YK1:SAMPUL:"), len(text)):
        changed = text[:at] + ("0" if text[at] != "0" else "1") + text[at + 1 :]
        assert covered(PAGE_KEY, changed) is None


@given(st.text(max_size=40))
def test_any_text_at_all_is_no_fault(text):
    assert covered(PAGE_KEY, text) is None or is_cover(text)


def test_a_code_names_its_sheet_and_the_newest_version_of_it_also_where_its_content_was_destroyed():
    made = [replace(drafted("04-nota-telaahan", n), page_code=f"KODE{n}KODEKOD") for n in (1, 2)]
    case = then(then(case_of(), made[0]), made[1])
    gone = replace(case, drafts={})
    known = dict.fromkeys(case.page_codes, case.number)

    def origin(code: str, of=case):
        return PageCodes(PAGE_KEY, known.get, lambda _number: of).origin(code)

    first, second = (one.page_code for one in made)
    assert origin(first) == Origin(case.number, "04-nota-telaahan", 1, 2)
    assert origin(second) == Origin(case.number, "04-nota-telaahan", 2, 2)
    assert origin(first, gone) == Origin(case.number, "04-nota-telaahan", 1, 1)
    assert origin("ENTAHENTAHEN") is None


def test_a_code_is_told_from_a_cover_and_either_from_what_is_none():
    codes = PageCodes(PAGE_KEY, lambda _code: None, lambda _number: None)
    page, cover = page_text(PAGE_KEY, DOCUMENT, 1, 2), cover_text(PAGE_KEY, CaseNumber(2026, 7))

    assert codes.mark(Barcode(3, "QRCode", page)) == Mark(3, DOCUMENT, 1, 2, genuine=True)
    assert codes.cover(Barcode(1, "QRCode", cover)) == Cover(CaseNumber(2026, 7))
    other = CaseNumber(2026, 7, "SM")
    assert codes.cover(Barcode(1, "QRCode", cover_text(PAGE_KEY, other))) == Cover(other)
    assert codes.cover(Barcode(1, "QRCode", f"{cover[:-6]}AAAAAA")) == Cover(None)
    assert codes.cover(Barcode(1, "QRCode", page)) is codes.mark(Barcode(1, "QRCode", "https://x")) is None
