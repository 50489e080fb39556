"""What was approved is what is numbered: two documents say the same, but for number, date and mark."""

from __future__ import annotations

import pytest

from pipeline.errors import EngineFault
from pipeline.letters.approved_text import DATE, MARK, NUMBER, Span, filled_in, plain, prove_same

FIELDS = (NUMBER, DATE, MARK)
DRAFT = ((Span("Nomor "), Span(".....", NUMBER)), (Span("Isi surat"),), (Span("KONSEP", MARK),))


def test_another_number_and_a_mark_that_went_are_no_difference():
    prove_same(DRAFT, ((Span("Nomor "), Span("W.8-1", NUMBER)), (Span("Isi surat"),), ()), FIELDS)


@pytest.mark.parametrize(
    "after",
    [
        ((Span("Nomor "), Span("W.8-1", NUMBER)), (Span("Isi lain"),), ()),
        ((Span("Nomor W.8-1"),), (Span("Isi surat"),), ()),
        ((Span("No. "), Span("W.8-1", NUMBER)), (Span("Isi surat"),), ()),
        ((Span("Nomor "), Span("W.8-1", DATE)), (Span("Isi surat"),), ()),
        ((Span("Nomor "), Span("W.8-1", NUMBER)), (Span("Isi surat"),)),
        ((Span("Nomor "), Span("W.8-1", NUMBER)), (Span("Isi surat"),), (), (Span("Tambahan"),)),
    ],
)
def test_any_other_difference_is_refused_without_repeating_the_words(after):
    with pytest.raises(EngineFault, match="Paragraf") as refused:
        prove_same(DRAFT, after, FIELDS)

    assert "Isi" not in str(refused.value)


@pytest.mark.parametrize(("at", "told"), [(0, 1), (1, 2), (2, 3)])
def test_the_first_paragraph_that_changed_is_counted_one_that_was_added_too(at, told):
    words = ["satu", "dua", "tiga"]
    before = [(Span(word),) for word in words[:2]]
    after = [(Span(word if n < at else "lain"),) for n, word in enumerate(words[: max(2, at + 1)])]

    with pytest.raises(EngineFault, match=rf"^Paragraf {told} berubah"):
        prove_same(before, after, ())


def test_without_fields_that_may_change_the_words_are_compared_alone():
    prove_same(DRAFT, ((Span("Nomor ....."),), (Span("Isi "), Span("surat")), (Span("KONSEP"),)), ())


def test_the_words_and_what_stands_in_the_fields_are_told():
    assert plain(DRAFT) == ("Nomor .....", "Isi surat", "KONSEP")
    assert filled_in(DRAFT) == {NUMBER: ".....", MARK: "KONSEP"}
