"""What the scanner's feeder gives, looked at and taken apart by the real engines: printed sheets, scanned, turned."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest
from offices import KEY, FakeOffice
from PIL import Image, ImageChops, ImageFilter, ImageOps
from scan_samples import letter_image

from pipeline.cases.case_number import CaseNumber
from pipeline.drawing.engines.qr_code import squares
from pipeline.intake.engines import feeder_sheets
from pipeline.intake.outcomes import Accepted, Added, Parted, PartOutcome, TakenBack
from pipeline.intake.receive import receive
from pipeline.letters.page_codes import page_text
from pipeline.reading.engines.scan_reader import ScanReader

FIRST, SECOND, THIRD, FOURTH = (CaseNumber(2026, n) for n in (1, 2, 3, 4))
DPI = 150
DISPOSITION = "03-lembar-disposisi"


@pytest.fixture(scope="module")
def reader():
    with ScanReader(lambda pages, today: (), workers=1) as reader:
        yield reader


@pytest.fixture
def real(office, reader):
    """An office whose reader is the real one; what it reads is not tended here."""
    office.reader = reader
    return office


def letter(*lines: str) -> Image.Image:
    return letter_image(DPI, (*lines, *("Dengan hormat kami menyampaikan",) * 6)).convert("L")


def printed(pdf: bytes, turn: float = 0) -> Image.Image:
    """The first page of a PDF, printed and scanned: turned, a little soft."""
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=DPI / 72, grayscale=True).to_pil()
    page = page.rotate(turn, fillcolor=250, resample=Image.Resampling.BICUBIC)
    return page.filter(ImageFilter.GaussianBlur(0.7))


def black_and_white(page: Image.Image) -> Image.Image:
    return page.convert("1", dither=Image.Dither.NONE)


def separator(turn: float = 0) -> Image.Image:
    return printed(feeder_sheets.separators(1), turn)


def blank() -> Image.Image:
    return Image.new("L", (1240, 1754), 248)


def sheet(code: str, *lines: str) -> Image.Image:
    """A page of a sheet of ours that was signed and scanned: its code at the foot as it is stamped, 15 mm."""
    rows = squares(code, "M")
    printed = Image.frombytes("L", (len(rows), len(rows)), b"".join(rows)).point(lambda dark: 255 * (1 - dark))
    page = letter(*lines)
    page.paste(ImageOps.expand(printed, 2, 255).resize((3 * len(rows) + 12,) * 2, 0), (177, page.height - 140))
    return page.filter(ImageFilter.GaussianBlur(0.6))


def feed(office: FakeOffice, name: str, pages: list[Image.Image], **options):
    """Drop what the feeder gave as one file and receive it."""
    path = office.root.layout.inbox / name
    pages[0].save(path, save_all=True, append_images=pages[1:], resolution=DPI, dpi=(DPI, DPI), **options)
    claim = office.claim(path)
    return receive(claim, office.receive_parts)


def kept(office: FakeOffice, number: CaseNumber, name: str) -> list[Image.Image]:
    """The pages of a filed scan as pictures."""
    filed = office.file(number, name)
    if name.endswith(".tif"):
        with Image.open(BytesIO(filed)) as image:
            frames = []
            for frame in range(image.n_frames):
                image.seek(frame)
                frames.append(image.convert("L"))
            return frames
    return [page.render(scale=DPI / 72, grayscale=True).to_pil() for page in pypdfium2.PdfDocument(filed)]


def same(one: Image.Image, other: Image.Image) -> bool:
    difference = ImageChops.difference(one.resize(other.size).convert("L"), other.convert("L"))
    return sum(difference.histogram()[128:]) < 0.002 * other.width * other.height


STACK = (("A", "halaman satu"), ("A", "halaman dua"), "pemisah", "kosong", ("B",), "pemisah-miring", "pemisah", ("C",))


def stack() -> list[Image.Image]:
    made = {"pemisah": separator(180), "pemisah-miring": separator(3), "kosong": blank()}
    return [letter(*page) if isinstance(page, tuple) else made[page] for page in STACK]


@pytest.mark.parametrize(
    ("name", "options"),
    [("tumpukan.pdf", {"quality": 60}), ("tumpukan.tif", {"compression": "group4"})],
    ids=["pdf", "tif"],
)
def test_a_stack_of_letters_with_separators_falls_into_its_letters(real, name, options):
    pages = [black_and_white(page) if name.endswith("tif") else page for page in stack()]

    outcome = feed(real, name, pages, **options)

    assert outcome == Parted(
        (PartOutcome((1, 2), Accepted(FIRST)), PartOutcome((5,), Accepted(SECOND)), PartOutcome((8,), Accepted(THIRD))),
        separators=(3, 6, 7),
        blanks=(4,),
    )
    filed = f"01-surat.{name[-3:]}"
    assert [len(kept(real, n, filed)) for n in (FIRST, SECOND, THIRD)] == [2, 1, 1]
    assert same(kept(real, SECOND, filed)[0], pages[4])


def test_signed_sheets_letters_and_attachments_in_one_stack_each_find_their_way(office, reader):
    office.drop("surat.pdf", b"Pengaduan")
    office.run_once()
    document = office.root.cabinet.case(FIRST).drafts[DISPOSITION].page_code
    office.reader = reader
    cover = printed(feeder_sheets.cover_sheet(KEY, FIRST, "0001/YANKOMAS/2026"), 2)
    pages = [
        letter("Surat B"),
        sheet(page_text(KEY, document, 2, 2), "Lembar disposisi, lanjutan").rotate(180),
        separator(),
        sheet(page_text(KEY, document, 1, 2), "Lembar disposisi"),
        blank(),
        cover,
        letter("Kuitansi"),
        letter("Foto"),
        separator(180),
        letter("Surat C"),
    ]

    outcome = feed(office, "campur.pdf", pages, quality=70)

    assert [part.pages for part in outcome.parts] == [(1,), (2, 4, 5), (6, 7, 8), (10,)]
    letter_b, signed, attached, letter_c = (part.fate for part in outcome.parts)
    assert (letter_b, letter_c) == (Accepted(SECOND), Accepted(THIRD))
    assert isinstance(signed, TakenBack)
    assert attached == Added(FIRST, "02-lampiran.pdf")
    assert DISPOSITION in office.root.cabinet.case(FIRST).signed
    assert outcome.separators == (3, 9)


def test_a_separator_too_smudged_to_read_is_flagged_and_no_page_is_lost(real):
    smudged = separator()
    smudged.paste(255, (620, 500, 760, 1050))

    outcome = feed(real, "buram.pdf", [letter("A"), smudged, letter("B")], quality=60)

    assert outcome == Accepted(FIRST)
    case = real.root.cabinet.case(FIRST)
    assert case.received.pages == 3
    assert [s.page for s in case.suspected] == [2]
