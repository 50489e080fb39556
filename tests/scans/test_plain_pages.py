"""What is as scanners and word processors make it is told before anything is drawn, and so is what is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hostile_files import hostile_files, shown, stream
from mutations import samples
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
