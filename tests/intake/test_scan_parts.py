"""What a scan falls into, page by page; no page is lost whatever lies in the feeder."""

from __future__ import annotations

from fakes import FakeReader
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.ports import content
from pipeline.cases.seen_on_pages import Barcode
from pipeline.intake.scan_parts import (
    ComplaintPart,
    CoveredPart,
    Leaf,
    Papers,
    SheetPart,
    looked_into,
    plan,
    some,
)
from pipeline.letters.page_codes import Cover, Mark
from pipeline.register.ports import Claim
from pipeline.scans.ports import Rendition
from pipeline.storage.blobs import TypedText

SEVEN, EIGHT = Cover(CaseNumber(2026, 7)), Cover(CaseNumber(2026, 8))


def leaves(*signs: str | Cover) -> list[Leaf]:
    """Pages by signs: ``=`` separator, ``_`` blank, ``?`` doubtful, ``A1/2`` page 1 of 2 of sheet A, else a page."""
    return [_leaf(page, sign) for page, sign in enumerate(signs, start=1)]


def _leaf(page: int, sign: str | Cover) -> Leaf:
    if isinstance(sign, Cover):
        return Leaf(page, cover=sign)
    if "/" in sign:
        document, k, n = sign[0], *map(int, sign[1:].split("/"))
        return Leaf(page, marks=(Mark(page, document, k, n, True),))
    return Leaf(page, separator=sign == "=", blank=sign == "_", doubt="mirip pemisah" if sign == "?" else "")


def shape(*signs):
    """The parts as (kind, pages), then separators and blanks."""
    made = plan(leaves(*signs))
    kinds = {ComplaintPart: "surat", SheetPart: "naskah", CoveredPart: "lampiran"}
    return [(kinds[type(p)], p.pages) for p in made.parts], made.separators, made.blanks


def test_a_scan_without_any_sign_is_one_letter():
    assert shape("a", "b", "_") == ([("surat", (1, 2, 3))], (), ())


def test_separators_part_letters_and_belong_to_none():
    assert shape("a", "=", "b", "c") == ([("surat", (1,)), ("surat", (3, 4))], (2,), ())


def test_a_cover_sheet_covers_papers_but_no_blank_page_and_no_sheet_of_ours():
    def papers(*signs):
        return [part.papers for part in plan(leaves(SEVEN, *signs)).parts if isinstance(part, CoveredPart)]

    assert [papers("a"), papers("_"), papers("A1/1"), papers("A1/1", "a")] == [[True], [False], [False], [True]]


def test_pages_before_the_first_separator_are_a_letter():
    assert shape("a", "b", "=", "c")[0] == [("surat", (1, 2)), ("surat", (4,))]


def test_two_separators_in_a_row_make_no_empty_letter():
    assert shape("a", "=", "=", "b", "=") == ([("surat", (1,)), ("surat", (4,))], (2, 3, 5), ())


def test_the_blank_back_of_a_separator_is_counted_and_in_no_letter():
    assert shape("a", "_", "=", "_", "b", "_") == ([("surat", (1, 2)), ("surat", (5, 6))], (3,), (4,))


def test_separators_with_nothing_but_blank_pages_between_make_no_letter():
    assert shape("a", "=", "_", "_", "=", "b") == ([("surat", (1,)), ("surat", (6,))], (2, 5), (3, 4))


def test_a_blank_page_in_front_is_the_letters():
    assert shape("_", "a") == ([("surat", (1, 2))], (), ())


def test_nothing_but_separators_is_no_letter_at_all():
    assert shape("=", "_", "=") == ([], (1, 3), (2,))


def test_nothing_but_blank_pages_is_left_for_a_person_to_look_at():
    assert shape("_", "_") == ([("surat", (1, 2))], (), ())


def test_pages_of_signed_sheets_find_each_other_in_any_order_among_letters():
    found = shape("a", "A2/2", "B1/1", "b", "A1/2")

    assert found == ([("surat", (1,)), ("naskah", (2, 5)), ("naskah", (3,)), ("surat", (4,))], (), ())


def test_the_blank_back_of_a_signed_sheet_goes_with_it():
    assert shape("A1/1", "_", "=", "_", "b")[0] == [("naskah", (1, 2)), ("surat", (5,))]


def test_a_letter_that_touches_a_signed_sheet_is_marked():
    made = plan(leaves("A1/1", "a", "=", "b"))

    assert [(p.pages, p.beside) for p in made.parts if isinstance(p, ComplaintPart)] == [((2,), True), ((4,), False)]


def test_a_page_whose_code_cannot_be_read_is_held_with_the_sheet_that_lacks_it():
    made = plan(leaves("A1/3", "a", "A3/3", "=", "b"))

    assert made.parts == (
        SheetPart((1, 2, 3), (Mark(1, "A", 1, 3, True), Mark(3, "A", 3, 3, True)), strangers=1),
        ComplaintPart((5,)),
    )


def test_more_pages_than_the_sheet_lacks_are_a_letter():
    assert shape("A1/2", "a", "b")[0] == [("naskah", (1,)), ("surat", (2, 3))]


def test_a_page_with_the_codes_of_two_documents_is_by_itself():
    both = Leaf(2, marks=(Mark(2, "A", 1, 1, True), Mark(2, "B", 1, 1, True)))

    made = plan([Leaf(1, marks=(Mark(1, "A", 1, 1, True),)), both])

    assert [part.pages for part in made.parts] == [(1,), (2,)]


def test_a_cover_sheet_takes_what_follows_up_to_the_next_sign():
    found = shape("a", SEVEN, "_", "b", "c", "=", "d", EIGHT, "e")

    assert found[0] == [("surat", (1,)), ("lampiran", (2, 3, 4, 5)), ("surat", (7,)), ("lampiran", (8, 9))]


def test_a_cover_sheet_printed_on_both_sides_is_one():
    assert shape(SEVEN, SEVEN, "a") == ([("lampiran", (1, 2, 3))], (), ())


def test_a_signed_sheet_behind_a_cover_is_still_a_signed_sheet():
    assert shape(SEVEN, "a", "A1/1", "_")[0] == [("lampiran", (1, 2)), ("naskah", (3, 4))]


def test_a_cover_sheet_with_nothing_behind_it_says_so():
    (part,) = plan(leaves(SEVEN, "_")).parts

    assert isinstance(part, CoveredPart)
    assert not part.papers


def test_a_doubtful_page_stays_in_its_letter_and_is_named_by_its_place_in_it():
    (_, letter) = plan(leaves("a", "=", "b", "?", "c")).parts

    assert isinstance(letter, ComplaintPart)
    assert letter.pages == (3, 4, 5)
    assert [(s.page, s.reason) for s in letter.suspected] == [(2, "mirip pemisah")]


SIGNS = st.sampled_from(["=", "_", "?", "a", "A1/1", "B1/3", "B2/3", "B3/3", "C1/2", SEVEN, EIGHT, Cover(None)])


@given(st.lists(SIGNS, min_size=1, max_size=14))
def test_no_page_is_lost_or_filed_twice(signs):
    made = plan(leaves(*signs))

    assert made.pages() == tuple(range(1, len(signs) + 1))
    assert all(part.pages == tuple(sorted(part.pages)) for part in made.parts)


@given(st.lists(SIGNS, min_size=1, max_size=14))
def test_only_separators_and_blank_pages_are_in_no_part(signs):
    made = plan(leaves(*signs))

    assert {signs[page - 1] for page in made.separators} <= {"="}
    assert {signs[page - 1] for page in made.blanks} <= {"_"}


# -- pages as a file of their own ------------------------------------------------------------------------------------


def test_pages_taken_out_of_a_file_bring_their_own_codes_and_what_could_not_be_read_of_them():
    file = TypedText("tumpukan.pdf", b"PAGES\n! satu\nKODE\n! tiga\nLAIN")
    codes = (Barcode(2, "QRCode", "KODE"), Barcode(4, "QRCode", "LAIN"))
    whole_file = Papers(
        Claim("abc", file), "application/pdf", "pdf", 4, codes, ("miring",), unread=(1, 3), signatures=1
    )

    part = some(whole_file, (2, 3), FakeReader(), TypedText, separators=[4])

    assert (part.claim.id, content(part.claim.blob), part.pages) == ("abc-2", b"PAGES\nKODE\n! tiga", 2)
    assert (part.codes, part.unread, part.signatures) == ((Barcode(1, "QRCode", "KODE"),), (2,), 0)
    assert part.warnings == ("Berkas asalnya: miring",)
    assert part.source == {"sha256": file.sha256, "pages": [2, 3], "of": 4, "separators": [4]}
    assert some(whole_file, (1, 2, 3, 4), FakeReader(), TypedText) is whole_file


def test_a_file_that_is_no_scan_is_filed_by_its_pages_and_those_made_before_are_not_made_again():
    mail = Claim("abc", TypedText("surel.eml", b"MAIL x\nPAGES\n- satu\n- dua"))

    papers, seen, made = looked_into(mail, FakeReader())
    assert (papers.pages, seen.pages, papers.made.extension, content(made.pages)) == (
        2,
        2,
        "eml",
        b"PAGES\n- satu\n- dua",
    )
    assert papers.told == ("rekaman.mp3 tidak dibaca",)

    stack = Rendition(TypedText("a.pdf", b"PAGES\n- satu"), "pdf", "", "")
    assert looked_into(mail, FakeReader(), stack)[2] is stack
    scan, _, none = looked_into(Claim("abc", TypedText("a.pdf", b"PAGES\n- satu")), FakeReader())
    assert (scan.pages, scan.made, none) == (1, None, None)
