"""A scan is taken in only when it is all there; what it is shows in its bytes, not in its name."""

import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from patience import processor_seconds
from PIL import Image
from pypdf import PdfWriter
from scan_samples import SHARED
from thorough import BUSY, examples

from pipeline.scans.formats import kinds
from pipeline.scans.formats.kinds import sniff
from pipeline.scans.formats.wholeness import whole

LETTERS = sorted((SHARED / "letters").glob("surat-*")) if SHARED.is_dir() else []


def picture(form: str, **options) -> bytes:
    out = io.BytesIO()
    noise = Image.effect_noise((90, 120), 80)
    noise.save(out, format=form, **options)
    return out.getvalue()


def pdf() -> bytes:
    out = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(out)
    return out.getvalue()


def two_page_tiff(**options) -> bytes:
    out = io.BytesIO()
    page = Image.effect_noise((90, 120), 80)
    page.save(out, format="TIFF", save_all=True, append_images=[page], **options)
    return out.getvalue()


def bilevel_tiff() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((90, 120), 80).convert("1").save(out, format="TIFF", compression="group4")
    return out.getvalue()


WHOLE = {
    "pdf": (kinds.PDF, pdf()),
    "jpeg": (kinds.JPEG, picture("JPEG")),
    "progressive jpeg": (kinds.JPEG, picture("JPEG", progressive=True)),
    "png": (kinds.PNG, picture("PNG")),
    "tiff": (kinds.TIFF, two_page_tiff()),
    "tiff with lzw": (kinds.TIFF, two_page_tiff(compression="tiff_lzw")),
    "fax tiff": (kinds.TIFF, bilevel_tiff()),
}


@pytest.fixture
def scan(tmp_path):
    def write(data: bytes) -> Path:
        path = tmp_path / "pindaian.bin"
        path.write_bytes(data)
        return path

    return write


@pytest.mark.parametrize(("media", "data"), WHOLE.values(), ids=WHOLE)
def test_a_complete_scan_is_whole_whatever_its_name(scan, media, data):
    path = scan(data)

    assert sniff(path) == media
    assert whole(path).is_whole, whole(path).why


@pytest.mark.parametrize(("media", "data"), WHOLE.values(), ids=WHOLE)
def test_a_scan_cut_anywhere_is_not_whole(scan, media, data):
    # the last bytes of a PDF are line ends, those of a TIFF the end of its last strip or table
    for cut in range(20, len(data) - 8, max(1, len(data) // 60)):
        state = whole(scan(data[:cut]))

        assert not state.is_whole, f"cut at {cut} of {len(data)}"
        assert state.why


@pytest.mark.parametrize(("media", "data"), WHOLE.values(), ids=WHOLE)
def test_a_place_kept_free_with_zeros_is_not_yet_a_scan(scan, media, data):
    half = len(data) // 2

    assert not whole(scan(data[:half] + bytes(len(data) - half + 100_000))).is_whole or media == kinds.TIFF
    assert not whole(scan(bytes(len(data)))).is_whole


def test_a_strip_of_a_fax_tiff_that_is_still_zeros_is_not_whole(scan):
    data = bytearray(bilevel_tiff())
    with Image.open(io.BytesIO(data)) as image:
        start, size = image.tag_v2[273][0], image.tag_v2[279][0]
    data[start : start + size] = bytes(size)

    assert not whole(scan(bytes(data))).is_whole


def test_a_complete_pdf_followed_by_a_long_run_of_zeros_is_still_being_written(scan):
    assert not whole(scan(pdf() + bytes(5000))).is_whole


def test_a_few_blank_bytes_after_the_end_do_not_matter(scan):
    assert whole(scan(pdf() + b"\r\n\x00\x00 ")).is_whole


def test_bytes_after_a_jpegs_end_do_not_matter(scan):
    assert whole(scan(picture("JPEG") + b"second picture of a phone")).is_whole


def test_a_pdf_may_have_junk_before_its_header(scan):
    assert whole(scan(b"junk from a mail gateway\r\n" + pdf())).is_whole


def test_a_cross_reference_that_is_not_where_it_should_be_makes_a_pdf_unwhole(scan):
    state = whole(scan(pdf().replace(b"startxref\n", b"startxref\n9")))

    assert not state.is_whole
    assert "startxref" in state.why


def test_a_tiff_whose_directories_go_in_a_circle_ends(scan):
    data = bytearray(bilevel_tiff())
    with Image.open(io.BytesIO(data)) as image:
        first = int.from_bytes(data[4:8], "little")
        count = int.from_bytes(data[first : first + 2], "little")
        assert image.format == "TIFF"
    data[first + 2 + 12 * count : first + 6 + 12 * count] = first.to_bytes(4, "little")

    assert not whole(scan(bytes(data))).is_whole


def docx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", "<w:document/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (b"", kinds.EMPTY),
        (b"\x00\x00\x00\x24ftypheic\x00\x00\x00\x00mif1heic", kinds.HEIC),
        (docx(), kinds.DOCX),
        (b"PK\x03\x04 something else", kinds.ZIP),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), kinds.OLE),
        (b"Yth. Bapak Kepala Kantor", kinds.UNKNOWN),
    ],
)
def test_what_is_not_taken_in_is_recognised_to_be_named_in_the_refusal(scan, data, media):
    assert sniff(scan(data)) == media


def test_an_empty_file_is_not_whole_for_it_may_still_be_filled(scan):
    assert not whole(scan(b"")).is_whole


def test_what_cannot_be_opened_is_not_whole(tmp_path):
    link = tmp_path / "tautan.pdf"
    link.symlink_to("/etc/passwd")

    for path in (tmp_path / "tiada.pdf", tmp_path, link):
        assert not whole(path).is_whole
        assert sniff(path) in (kinds.UNKNOWN, kinds.EMPTY)


@settings(max_examples=examples(300), suppress_health_check=[*BUSY, HealthCheck.function_scoped_fixture])
@given(
    start=st.sampled_from([data for _, data in WHOLE.values()] + [b""]),
    keep=st.integers(0, 40_000),
    tail=st.binary(max_size=400),
    flips=st.lists(st.tuples(st.integers(0, 40_000), st.integers(0, 255)), max_size=30),
)
def test_no_bytes_at_all_make_it_raise(scan, start, keep, tail, flips):
    data = bytearray(start[:keep] + tail)
    for place, value in flips:
        if data:
            data[place % len(data)] = value

    state = whole(scan(bytes(data)))

    assert state.is_whole == (not state.why)


@pytest.mark.skipif(not LETTERS, reason="the shared letters are not on this machine")
def test_every_sample_letter_is_whole_and_its_first_nine_tenths_are_not(scan):
    for letter in LETTERS:
        data = letter.read_bytes()

        assert whole(letter).is_whole, letter.name
        assert not whole(scan(data[: len(data) * 9 // 10])).is_whole, letter.name


def tiff_of_shared_values(directories: int, fields: int, values: int) -> bytes:
    """A TIFF whose directories all tell of the same bytes, over and over."""
    out = bytearray(struct.pack("<4sI", b"II*\0", 8 + 4 * values) + struct.pack("<I", 1) * values)
    length = 2 + 12 * (fields + 2) + 4
    for left in reversed(range(directories)):
        following = len(out) + length if left else 0
        entries = [(259, 3, 1, 1), (273, 4, 1, 8), *[(279, 4, values, 8)] * fields]
        out += struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *entry) for entry in entries)
        out += struct.pack("<I", following)
    return bytes(out)


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(lambda: b"\xff\xd8\xff\xda\0\2" + b"\xff" * 2**20, id="jpeg of fill bytes"),
        pytest.param(lambda: b"\xff\xd8" + b"\xff\xda\0\2" * 2**18, id="jpeg of scans"),
        pytest.param(lambda: tiff_of_shared_values(2_000, 1, 200_000), id="tiff of directories"),
        pytest.param(lambda: tiff_of_shared_values(2, 5_000, 200_000), id="tiff of fields"),
    ],
)
def test_no_file_of_a_few_megabytes_keeps_whoever_asks_for_its_end_busy(scan, made):
    """It is asked in the one thread that has the inbox: the first once took the square of its size (minutes)."""
    path = scan(made())

    assert processor_seconds(lambda: whole(path), enough=2) < 2  # a quiet machine needs 0.05 at most
    assert not whole(path).is_whole
