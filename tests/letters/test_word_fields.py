"""Number and date written into an approved Word file: nothing else of it changes, whoever edited it before."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from offices import WORD
from PIL import Image
from printed_sheets import specimen_of
from thorough import examples
from word_files import of_paragraphs, older

from pipeline.errors import NotAllowed
from pipeline.letters.approved_text import DATE, MARK, NUMBER, filled_in, plain
from pipeline.letters.engines import word_fields, word_file
from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.engines.word_text import passages, rewritten
from pipeline.letters.issue import issued
from pipeline.letters.sheets.evaluation import EVALUATION
from pipeline.letters.sheets.invitation import INVITATION
from pipeline.letters.sheets.minutes import MINUTES
from pipeline.letters.sheets.notice import NOTICE
from pipeline.letters.sheets.recommendation import RECOMMENDATION
from pipeline.letters.sheets.review_memo import MEMO

TEMPLATES = Path(__file__).resolve().parents[2] / "letter_templates"
GIVEN, DAY = "W.8-HA.01.07-0012", date(2026, 11, 26)
#: The day where there is room for it, as drafts have it.
WHOLE = "26\N{NO-BREAK SPACE}November\N{NO-BREAK SPACE}2026"
DOTS = "." * 32
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\t\n"), max_size=40)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def draft(template: str = RECOMMENDATION, case: str = "kosong") -> bytes:
    values = {**specimen_of(template, case), "nomor_naskah": "", "tanggal_naskah": "", "tanda_konsep": "KONSEP"}
    return WordTypist(TEMPLATES).draft(template, values).docx


def numbered(docx: bytes, *, dated: bool = True) -> bytes:
    return issued(docx, GIVEN, DAY, dated=dated, files=WORD)


def words(docx: bytes) -> list[str]:
    return [text for text in plain(word_fields.lines(docx)) if text.strip()]


@pytest.mark.parametrize("template", [RECOMMENDATION, NOTICE, INVITATION])
@pytest.mark.parametrize("before", [lambda docx: docx, older], ids=["named", "older"])
def test_a_letter_gets_its_number_and_date_and_is_no_draft_any_more(template, before):
    docx = before(draft(template, "panjang"))

    expected = [GIVEN if text == DOTS else text for text in words(docx)]
    expected[expected.index(GIVEN) + 1] = "26 November 2026"
    if template in (INVITATION, RECOMMENDATION):  # they repeat number and date on the page of their enclosure
        expected[len(expected) - expected[::-1].index(GIVEN) - 1] = WHOLE
    assert words(numbered(docx)) == [text for text in expected if text != "KONSEP"]


@pytest.mark.parametrize("template", [MEMO, EVALUATION])
@pytest.mark.parametrize("before", [lambda docx: docx, older], ids=["named", "older"])
def test_a_memo_gets_its_number_under_its_title(template, before):
    docx = before(WordTypist(TEMPLATES).draft(template, specimen_of(template, "kosong")).docx)

    assert f"NOMOR {GIVEN}" in words(numbered(docx, dated=False))


@pytest.mark.parametrize(
    ("template", "day"), [(MEMO, WHOLE), (EVALUATION, WHOLE), (RECOMMENDATION, "26 November 2026")]
)
def test_the_day_of_an_issued_letter_is_as_whole_as_that_of_its_draft(template: str, day: str) -> None:
    values = {**specimen_of(template), "tanggal_naskah": "25 November 2026"}
    drafted = WordTypist(TEMPLATES).draft(template, values).docx

    issued_on = filled_in(word_fields.lines(numbered(drafted, dated=True)))[DATE]

    assert issued_on == day
    assert filled_in(word_fields.lines(drafted))[DATE] == day.replace("26", "25", 1)


def test_minutes_say_their_date_in_words_so_they_have_no_other_place_for_it():
    docx = draft(MINUTES)

    assert f"NOMOR {GIVEN}" in words(numbered(docx, dated=False))
    with pytest.raises(NotAllowed, match="tanggal naskah"):
        numbered(docx)


def test_the_same_letter_and_number_give_the_same_bytes():
    assert numbered(draft()) == numbered(draft())


def test_a_letter_that_has_its_number_can_be_given_it_again():
    docx = numbered(draft())

    assert numbered(docx) == docx


def test_the_number_looks_as_the_dots_looked():
    parts = word_file.opened(draft())
    root = word_file.parsed(parts["word/document.xml"])
    dots = next(t for t in root.iter(f"{_W}t") if t.text == DOTS).getparent()
    look = word_file.etree.Element(f"{_W}rPr")
    word_file.etree.SubElement(look, f"{_W}b")
    dots.insert(0, look)
    parts["word/document.xml"] = word_file.etree.tostring(root)

    document = Document(io.BytesIO(numbered(word_file.packed(parts))))

    run = next(r for r in document.element.iter(qn("w:r")) if r.text == GIVEN)
    assert run.find(qn("w:rPr")).find(qn("w:b")) is not None


def test_a_number_with_signs_of_xml_stays_the_text_it_is():
    docx = issued(draft(), 'W.8 <1> & "2"', DAY, dated=True, files=WORD)

    assert filled_in(word_fields.lines(docx))[NUMBER] == 'W.8 <1> & "2"'


def test_words_that_people_wrote_into_the_numbers_box_are_not_lost():
    parts = word_file.opened(draft())
    parts["word/document.xml"] = parts["word/document.xml"].replace(DOTS.encode(), b"kalimat panjang " * 20)

    with pytest.raises(NotAllowed, match="Kotak 'Nomor naskah'"):
        numbered(word_file.packed(parts))


@pytest.mark.parametrize(
    ("paragraphs", "said"),
    [
        (("Isi surat tanpa tempat nomor",), "tidak ditemukan"),
        (("Nomor : ..........", "Nomor : .........."), "ada 2 yang serupa"),
        (("Nomor W.8-7 tentang sesuatu", "Tanggal : .........."), "tidak ditemukan"),
    ],
)
def test_a_place_that_is_missing_or_not_the_only_one_is_not_guessed(paragraphs, said):
    with pytest.raises(NotAllowed, match=said) as refused:
        numbered(of_paragraphs(*paragraphs))

    assert "Nomor : ...." in refused.value.remedy


def test_an_offices_own_letter_is_numbered_by_its_lines_of_dots():
    docx = of_paragraphs("Nomor\t: ............\t____________", "Hal\t: Undangan", "Nomor lain disebut di sini")

    assert words(numbered(docx)) == [
        f"Nomor\t: {GIVEN}\t{WHOLE}",
        "Hal\t: Undangan",
        "Nomor lain disebut di sini",
    ]


def test_the_word_konsep_in_somebodys_sentence_stays():
    docx = rewritten(older(draft()), {passages(older(draft()))[-1].number: "KONSEP"})

    assert words(numbered(docx)).count("KONSEP") == 1


def test_what_stands_in_a_drafts_fields_is_told_by_name():
    assert filled_in(word_fields.lines(draft())) == {NUMBER: DOTS, DATE: DOTS, MARK: "KONSEP"}


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.docx")), ids=lambda path: path.stem)
def test_every_template_of_ours_names_its_fields(path):
    assert word_fields.unnamed_fields(path.read_bytes()) == ()


def test_a_template_that_prints_the_number_outside_its_control_is_known():
    docx = of_paragraphs("Nomor {{ nomor_naskah }}", "{{ tanda_konsep }}")

    assert word_fields.unnamed_fields(docx) == (NUMBER, MARK)


def test_a_picture_is_told_by_its_content_so_that_another_one_shows(tmp_path):
    def pictured(colour):
        path = tmp_path / "gambar.png"
        Image.new("RGB", (4, 4), colour).save(path)
        made, word = io.BytesIO(), Document()
        word.add_paragraph("Denah: ").add_run().add_picture(str(path))
        word.save(made)
        return words(made.getvalue())

    assert pictured("red") == pictured("red") != pictured("blue")
    assert pictured("red")[0].startswith("Denah: [gambar ")


def places_of(made: Callable[[], bytes]) -> st.SearchStrategy[int]:
    """One of the paragraphs that can be edited in a letter, which is made when a test first draws one."""
    return st.deferred(lambda: st.sampled_from([p.number for p in passages(made())]))


@settings(deadline=None, max_examples=examples(40))
@given(edits=st.dictionaries(places_of(draft), WORDS | st.sampled_from(["KONSEP", f"Nomor : {DOTS}"])))
def test_whatever_was_edited_before_is_what_is_numbered(edits):
    approved = rewritten(draft(), edits)

    before, after = (word_fields.lines(docx) for docx in (approved, numbered(approved)))

    fields = {NUMBER: GIVEN, DATE: "26 November 2026", MARK: ""}
    expected = ("".join(fields.get(s.field, s.text) for s in line) for line in before)
    assert tuple(plain(after)) == tuple(expected)


@settings(deadline=None, max_examples=examples(40))
@given(edits=st.dictionaries(places_of(lambda: older(draft())), WORDS))
def test_a_letter_without_controls_is_numbered_right_or_not_at_all(edits):
    approved = rewritten(older(draft()), edits)

    try:
        after = words(numbered(approved))
    except NotAllowed:
        return

    for text in (text for text in words(approved) if text not in (DOTS, "KONSEP")):
        assert text in after
    assert GIVEN in after
