"""The places that answer a question are cut short around the answer, its words marked, nothing else changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.search.case_text import LETTER, MATTER, CaseText
from pipeline.search.snippets import PLACES, ROOM, snippets

WORDS = {"tanah": 0, "adat": 1}


def answers(words: list[str]) -> list[int]:
    return [WORDS.get(word.lower(), -1) for word in words]


def shown(snippet) -> str:
    return "".join(f"[{part.text}]" if part.hit else part.text for part in snippet.parts)


def test_the_words_that_answer_are_marked_and_the_text_stays_as_it_is():
    (place,) = snippets([CaseText(MATTER, "Perihal", "Sengketa Tanah  adat,\nDesa Rekaan")], answers, 2)

    assert shown(place) == "Sengketa [Tanah] [adat], Desa Rekaan"
    assert (place.label, place.personal) == ("Perihal", False)


def test_a_long_text_is_cut_where_most_of_the_question_stands_together():
    text = "tanah " + "kata " * 200 + "soal tanah adat kami " + "kata " * 200

    (place,) = snippets([CaseText(LETTER, "Isi surat", text)], answers, 2)

    assert "soal [tanah] [adat] kami" in shown(place)
    assert shown(place).startswith("…")
    assert shown(place).endswith("…")
    assert len(shown(place)) < ROOM + 20


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("tanah NIK 1771014507900004 adat", "[tanah] NIK ************0004 [adat]"),
        ("tanah NIK: 1771 0145 0790 0004, adat", "[tanah] NIK: **** **** **** 0004, [adat]"),
        ("tanah HP 081270001122 adat", "[tanah] HP 081270001122 [adat]"),
        ("tanah " + "kata " * 34 + "1771014507900004 x", None),
    ],
)
def test_a_nik_shows_its_last_digits_alone(text, covered):
    (place,) = snippets([CaseText(LETTER, "Isi surat", text)], answers, 2)

    assert "1771" not in shown(place)
    assert covered is None or shown(place) == covered


def test_a_nik_that_was_looked_for_is_found_and_covered():
    (place,) = snippets(
        [CaseText(LETTER, "Isi", "NIK 1771014507900004")],
        lambda words: [0 if w.startswith("1771") else -1 for w in words],
        1,
    )

    assert shown(place) == "NIK [************0004]"


def test_a_place_that_answers_what_no_other_does_comes_first():
    passages = [CaseText(MATTER, str(n), "tanah") for n in range(5)] + [CaseText(LETTER, "surat", "adat")]

    labels = [place.label for place in snippets(passages, answers, 2)]

    assert labels == ["0", "surat", "1"]
    assert len(labels) == PLACES


def test_what_answers_nothing_is_not_shown():
    assert snippets([CaseText(MATTER, "Perihal", "Upah")], answers, 2) == ()


PIECES = ["tanah", "Adat", "tanahé", " ", "\n", ".", "'", "é", "kata ", "_"]


@given(st.lists(st.sampled_from(PIECES), max_size=80).map("".join))
def test_any_text_can_be_cut_and_only_answers_are_marked(text):
    for place in snippets([CaseText(LETTER, "surat", text)], answers, 2):
        assert any(part.hit for part in place.parts)
        assert all(answers([part.text])[0] >= 0 for part in place.parts if part.hit)
