"""What a child sends of a page is checked, and what a file may hold at the most: a condition each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipeline.errors import Refused
from pipeline.scans import words
from pipeline.scans.page_comparison import PageComparison, comparison_from_json, comparison_to_json
from pipeline.scans.refusals import UNSUPPORTED, FileFacts, Limits, refuse_unfit
from pipeline.scans.words import Page, Word, page_from_json, page_to_json

PAGE = Page(1, 595.0, 842.0, (Word("surat", (0.1, 0.1, 0.2, 0.12), 0.9, 0),), "surat", "ocr", 90)


def believed(page: Any) -> bool:
    try:
        page_from_json(page_to_json(page))
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("source", ["ocr", "lapisan", "kosong", "gagal"])
def test_a_page_is_believed_as_it_was_read(source):
    page = replace(PAGE, source=source)

    assert page_from_json(page_to_json(page)) == page


@pytest.mark.parametrize(
    "wrong", [{"source": "lain"}, {"turned": 45}, {"width": 0.0}, {"height": 0.0}, {"width": -1.0}]
)
def test_a_page_of_no_size_turn_or_source_is_not_believed(wrong):
    assert not believed(replace(PAGE, **wrong))


def test_more_words_or_letters_than_any_page_holds_are_not_believed(monkeypatch):
    monkeypatch.setattr(words, "_MOST_WORDS", 2)
    monkeypatch.setattr(words, "_MOST_LETTERS", 9)

    assert [believed(replace(PAGE, words=PAGE.words * many)) for many in (2, 3)] == [True, False]
    assert [believed(replace(PAGE, text="a" * many)) for many in (9, 10)] == [True, False]


@pytest.mark.parametrize(
    ("found", "believed"),
    [({}, True), ({"turned": 270, "obstacle": "letak"}, True), ({"turned": 1}, False), ({"obstacle": "lain"}, False)],
)
def test_a_comparison_is_believed_with_a_turn_and_an_obstacle_that_there_are(found, believed):
    said = comparison_to_json(PageComparison(**found))

    if believed:
        assert comparison_to_json(comparison_from_json(said)) == said
    else:
        with pytest.raises(ValueError, match="not a comparison"):
            comparison_from_json(said)


LIMITS = Limits(size=100, pages=3, pixels=20)


@pytest.mark.parametrize(
    ("check", "code"),
    [
        (lambda: LIMITS.check_size(100), ""),
        (lambda: LIMITS.check_size(101), "terlalu-besar"),
        (lambda: LIMITS.check_pixels(4, 5), ""),
        (lambda: LIMITS.check_pixels(3, 7), "terlalu-besar"),
        (lambda: LIMITS.check_pages(3, "PDF"), ""),
        (lambda: LIMITS.check_pages(4, "PDF"), "terlalu-besar"),
    ],
)
def test_a_file_may_hold_just_so_much(check, code):
    assert refused(check) == code


def test_a_file_that_is_too_large_is_told_in_the_megabytes_of_settings_and_pages():
    with pytest.raises(Refused, match="Berkas ini 301 MB, lebih dari 300 MB"):
        Limits().check_size(300_000_001)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({}, ""),
        ({"size": 0}, "kosong"),
        ({"taken": False, "kind": next(iter(UNSUPPORTED))}, "jenis"),
        ({"size": 101}, "terlalu-besar"),
        ({"gap": "akhirnya hilang"}, "terpotong"),
        ({"gap": "akhirnya hilang", "mendable": True}, ""),
        ({"mendable": True}, ""),
    ],
)
def test_what_is_empty_of_another_kind_or_cut_off_is_refused_for_that(facts, code):
    file = replace(FileFacts("pdf", taken=True, size=100, gap="", mendable=False), **facts)

    assert refused(lambda: refuse_unfit(file, LIMITS)) == code


def refused(check) -> str:
    """The code with which something is refused; empty if it is not."""
    try:
        check()
    except Refused as found:
        return found.code
    return ""
