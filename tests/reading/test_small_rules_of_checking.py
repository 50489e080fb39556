"""What is shown of a reading to whoever checks it, and what is filed of it: a condition each."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from case_factory import document
from reading_pages import page_of

from pipeline.cases.sop_rows import FormField
from pipeline.reading.doubt import marked
from pipeline.reading.field_checks import checked, marks
from pipeline.reading.fields import Candidate, at_all_places
from pipeline.reading.filed_reading import attachment_read, canonical, complaint_read
from pipeline.reading.find_complaints import find_complaints
from pipeline.reading.near_duplicates import alike, signature
from pipeline.reading.notices import notices
from pipeline.reading.ports import Reading

SOP = SimpleNamespace(
    register=(FormField("tanggal_surat", "Tanggal surat", "tanggal"), FormField("terlapor", "Terlapor", "daftar")),
    known=dict,
)


def candidates(*values: str) -> dict[str, object]:
    places = [
        {"page": 1, "box": [0.1, 0.2, 0.5, 0.3], "confidence": 0.9, "reason": "tertulis", "teks": v} for v in values
    ]
    return {"candidates": [{**place, "nilai": value} for place, value in zip(places, values, strict=True)]}


def test_other_values_of_a_field_are_offered_once_and_a_day_as_people_write_it():
    (day, *_) = checked(SOP, {"tanggal_surat": candidates("2026-11-20", "2026-11-20", "2026-11-21")})

    assert day.candidates == (("2026-11-20", "20 November 2026"), ("2026-11-21", "21 November 2026"))
    assert day.shown == "20 November 2026"


def test_of_a_list_each_entry_is_marked_under_the_lists_name():
    found = marks(SOP, {"terlapor": [candidates("PT Rekaan"), candidates("CV Umpama")]})

    assert [(mark.field, mark.words) for mark in found] == [("terlapor", "PT Rekaan"), ("terlapor", "CV Umpama")]


def test_a_reading_is_marked_as_doubtful_below_the_bound_alone():
    assert [marked(sure) for sure in (0.59, 0.6, 0.61)] == [True, False, False]


@pytest.mark.parametrize(("searchable", "copied"), [(b"surat", False), (b"surat terbaca", True)])
def test_a_copy_that_can_be_searched_is_filed_where_it_is_not_the_letter_itself(searchable, copied):
    reading = Reading((), (), searchable, "palsu 1")
    letter = document("01-surat.pdf", b"surat")

    _, files = complaint_read(letter, reading)
    _, others = attachment_read(letter, reading)

    assert ("02-surat-terbaca.pdf" in files, "01-surat-terbaca.pdf" in others) == (copied, copied)


def test_the_same_value_is_the_same_bytes_in_whatever_order_it_was_put_together():
    assert canonical({"b": 1, "a": "é"}) == canonical({"a": "é", "b": 1}) == '{"a":"é","b":1}'.encode()


def test_a_letter_is_compared_from_so_many_neighbouring_words_on_and_an_empty_signature_is_like_none():
    few, enough = (" ".join(f"kata{chr(97 + n)}xyz" for n in range(count)) for count in (25, 26))

    assert (bool(signature(few)), bool(signature(enough))) == (False, True)
    assert alike("", "") == alike(signature(enough), "") == alike("", signature(enough)) == 0.0
    assert alike(signature(enough), signature(enough)) == 1.0


def test_a_value_at_several_places_is_marked_where_it_stands_on_its_own_page():
    one = Candidate("a", "a", 1, (0.1, 0.1, 0.2, 0.2), 0.9, "", ((0.1, 0.1, 0.2, 0.2),))
    below = replace(one, boxes=((0.1, 0.3, 0.4, 0.4),))
    elsewhere = replace(one, page=2, boxes=((0.1, 0.5, 0.6, 0.6),))

    found = at_all_places(one, [below, elsewhere])

    assert found.boxes == (*one.boxes, *below.boxes)
    assert found.box == (0.1, 0.1, 0.4, 0.4)
    assert one.as_json()["box"] == [0.1, 0.1, 0.2, 0.2]
    assert replace(one, box=None).as_json()["box"] is None


@pytest.mark.parametrize(("words", "sure", "told"), [(8, 0.79, True), (7, 0.79, False), (8, 0.8, False)])
def test_a_page_is_told_as_hard_to_read_from_eight_words_on_that_are_less_than_eight_tenths_sure(words, sure, told):
    page = page_of("surat " * words)
    page = replace(page, words=tuple(replace(word, confidence=sure) for word in page.words))

    assert bool(notices((page,))) == told


def test_no_pages_hold_no_complaint():
    assert find_complaints((), None) == ()
