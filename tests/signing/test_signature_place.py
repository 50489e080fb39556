"""Where a signature belongs on a sheet, and how the block looks that stands there."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdfium2
import pytest
from signed_letters import DEPUTY, HEAD, NOON, letter, order_for, signed_letter

from pipeline.drawing.ink import LEADING
from pipeline.drawing.picture import Words
from pipeline.errors import NotAllowed
from pipeline.signing.engines.page_text import sheet_text
from pipeline.signing.ports import Place, SignatureField, SignerNamed, SigningOrder
from pipeline.signing.signature_block import block
from pipeline.signing.signature_place import SheetText, TextLine, place_of

TITLE, NAME = "Kepala Kantor Wilayah", "Budi Rekaan"


def sheet(*lines: tuple[str, float, float], page: int = 1) -> SheetText:
    """A page with lines: text, left edge, height of the lower edge."""
    found = tuple(TextLine(page, text, left, at, left + 150, at + 9) for text, left, at in lines)
    return SheetText(found, (595.0,) * page)


def test_it_is_the_blank_between_the_title_and_the_name():
    place = place_of(sheet((f"{TITLE},", 324, 442), (NAME, 324, 380), ("NIP 1", 324, 367)), HEAD)

    assert (place.page, place.left) == (1, 324)
    assert 389 < place.bottom < place.top < 442
    assert place.right <= 550


def test_each_signer_has_a_place_under_the_own_title():
    text = sheet_text(letter(HEAD, DEPUTY))

    head, deputy = place_of(text, HEAD), place_of(text, DEPUTY)

    assert head.right <= deputy.left + 40
    assert abs(head.top - deputy.top) < 1


def test_a_title_that_is_broken_into_lines_is_known_by_its_end():
    lines = (("Kepala Divisi Pelayanan", 324, 455), ("Hukum dan HAM,", 324, 442), (NAME, 324, 380))

    assert place_of(sheet(*lines), replace(HEAD, title="Kepala Divisi Pelayanan Hukum dan HAM")).left == 324


def test_who_signs_on_behalf_signs_under_the_own_title():
    lines = (("a.n. Kepala Kantor Wilayah", 324, 455), ("Kepala Divisi,", 324, 442), (NAME, 324, 380))
    signer = SignerNamed("a.n. Kepala Kantor Wilayah\nKepala Divisi", NAME)

    assert place_of(sheet(*lines), signer).top < 442


def test_of_several_places_it_is_the_last():
    two = (
        *sheet((f"{TITLE},", 324, 442), (NAME, 324, 380)).lines,
        *sheet((f"{TITLE},", 60, 500), (NAME, 60, 430)).lines,
    )

    assert place_of(SheetText(two, (595.0,)), HEAD).left == 60


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ((f"{TITLE},", 324, 442), ("Orang Lain", 324, 380)),
        (("Kepala Bidang HAM,", 324, 442), (NAME, 324, 380)),
        ((f"{TITLE},", 324, 410), (NAME, 324, 398)),
        ((f"{TITLE},", 60, 442), (NAME, 324, 380)),
        ((NAME, 324, 380),),
        ((f"{TITLE},", 324, 442), ("Pembina Utama", 324, 389), (NAME, 324, 380)),  # right above the name
        ((",", 324, 442), (NAME, 324, 380)),  # no title at all
        ((f"{TITLE},", 324, 422.9), (NAME, 324, 380)),  # too little room
        ((f"{TITLE},", 330.1, 442), (NAME, 324, 380)),  # in another column
    ],
)
def test_a_sheet_without_such_a_blank_is_not_signed_anywhere_else(lines):
    with pytest.raises(NotAllowed, match="Tempat tanda tangan Budi Rekaan"):
        place_of(sheet(*lines), HEAD)


@pytest.mark.parametrize(("left", "at"), [(324, 423), (330, 442), (318, 442)])
def test_it_is_found_as_near_and_as_far_aside_as_a_title_may_stand(left, at):
    assert place_of(sheet((f"{TITLE},", left, at), (NAME, 324, 380)), HEAD).left == 324


def test_a_title_on_another_page_stands_over_no_name():
    title, name = sheet((f"{TITLE},", 324, 442)), sheet((NAME, 324, 380), page=2)

    with pytest.raises(NotAllowed):
        place_of(SheetText((*title.lines, *name.lines), (595.0, 595.0)), HEAD)


@pytest.mark.parametrize(("title", "called"), [(TITLE, TITLE), ("", "Penanda tangan")])
def test_an_official_without_a_name_signs_nothing(title, called):
    with pytest.raises(NotAllowed, match=f"^{called} belum bernama"):
        place_of(sheet(), SignerNamed(title, ""))


def test_the_block_says_who_signed_in_the_ministrys_words_and_nothing_leaves_its_frame():
    picture = block(order_for(letter()))

    lines = [item for item in picture.items if isinstance(item, Words)]
    assert [line.text for line in lines] == [
        "Ditandatangani secara elektronik oleh:",
        TITLE,
        NAME,
        "NIP 19700101 199503 1 001",
        "Kaki rekaan.",
    ]
    assert [line.bold for line in lines] == [False, False, True, False, False]
    assert all(line.left >= 0 and line.left + line.wide <= picture.width for line in lines)
    assert all(0 < line.y <= picture.height for line in lines)


def test_an_address_stands_beside_the_names_as_a_qr_code(pki):
    import zxingcpp

    sheet = letter()
    order = replace(order_for(sheet), address="https://rekaan.example/keaslian?kode=K7QM2XPA94TD")

    document = pypdfium2.PdfDocument(io.BytesIO(signed_letter(pki, sheet, order=order)))
    document.init_forms()

    (code,) = zxingcpp.read_barcodes(document[0].render(scale=4, may_draw_forms=True).to_pil())
    assert code.text == "https://rekaan.example/keaslian?kode=K7QM2XPA94TD"
    lines = [i for i in block(order, [[1, 0], [0, 1]]).items if isinstance(i, Words)]
    assert min(line.left for line in lines) > 30


def test_long_titles_and_footers_still_fit():
    order = order_for(letter())
    longer = replace(
        order,
        signer=replace(
            HEAD, title="a.n. Kepala Kantor Wilayah Kementerian Hukum dan HAM\nKepala Divisi Pelayanan Hukum"
        ),
        footer="Dokumen ini ditandatangani secara elektronik dengan sertifikat elektronik yang diterbitkan oleh Balai.",
    )

    picture = block(longer)

    lines = [item for item in picture.items if isinstance(item, Words)]
    assert max(line.y for line in lines) <= picture.height
    assert max(line.left + line.wide for line in lines) <= picture.width


@pytest.mark.parametrize(("lines", "size"), [(4, 8.0), (3.99, 7.75), (2.75, 5.5), (2, 5.5)])
def test_its_words_are_as_large_as_they_all_fit_and_never_too_small_to_read(lines, size):
    """Their heading, the title, the name and the NIP are four lines, of 8 points at the most."""
    place = Place(1, 0.0, 0.0, 200.0, lines * 8.0 * LEADING + 6.0)
    order = SigningOrder(SignatureField("ttd", place), HEAD, "", "", NOON, ())

    assert {item.size for item in block(order).items if isinstance(item, Words)} == {size}


def test_the_block_is_seen_on_the_signed_page_and_not_before(pki):
    plain = letter()

    seen = [pypdfium2.PdfDocument(io.BytesIO(pdf)) for pdf in (plain, signed_letter(pki, plain))]
    for document in seen:
        document.init_forms()
    before, after = (page_picture(document) for document in seen)
    place = order_for(plain).field.place
    box = tuple(int(v * 2) for v in (place.left, 842 - place.top, place.right, 842 - place.bottom))

    assert dark(before.crop(box)) == 0
    assert dark(after.crop(box)) > 500


def page_picture(document):
    return document[0].render(scale=2, may_draw_forms=True).to_pil().convert("L")


def dark(picture) -> int:
    return sum(picture.histogram()[:128])
