"""What is told of a proposal, sign by sign: the weights were fitted on these signs, and weigh nothing else."""

from __future__ import annotations

import pytest
from reading_pages import page_of

from pipeline.reading.fields import Candidate
from pipeline.reading.ports import Marked
from pipeline.reading.proposal import Proposal
from pipeline.reading.proposal_signs import context, signs_of, wordless_signs
from pipeline.reading.sheet import Sheet


def said(words: str, *, rule: float = 0.0, mark: float = 0.0, likeliest: bool = False, **more: object) -> Proposal:
    marked = Marked("perihal", 0, 5, mark, "rujukan", likeliest, least=0.0) if mark else None
    return Proposal(Candidate(words, words, 1, None, 0.5, "uji"), rule=rule, mark=marked, **more)


#: What is told of every proposal of five letters that stands alone.
ALWAYS = {"always": 1.0, "many": pytest.approx(1 / 6), "length": 5 / 80}
OF_TWO = ALWAYS | {"many": pytest.approx(2 / 6)}
MARKED = {"in rujukan": 1.0, "marked": 1.0, "mark": 0.7, "marked over 0.1": 1.0, "marked over 0.3": 1.0}
MARKED |= {"marked over 0.5": 1.0}  # and not over 0.7: it is just that


@pytest.mark.parametrize(
    ("one", "others", "signs"),
    [
        (
            said("jalan", rule=0.9, first=True),
            [],
            ALWAYS | {"rule": 0.9, "by rule": 1.0, "first by rule": 1.0, "ruled alone": 1.0},
        ),
        (said("jalan", mark=0.7), [], ALWAYS | MARKED | {"marked alone": 1.0, "surest": 1.0}),
        (
            said("jalan", mark=0.7, likeliest=True, often=2, parted=True),
            [],
            ALWAYS
            | MARKED
            | {"marked alone": 1.0, "surest": 1.0, "likeliest": 1.0, "often": pytest.approx(2 / 3), "part": 1.0},
        ),
        (
            said("jalan", rule=0.8, mark=0.7),
            [],
            ALWAYS
            | MARKED
            | {"rule": 0.8, "by rule": 1.0, "both": 1.0, "rule and mark": pytest.approx(0.56), "surest": 1.0},
        ),
        (  # another that says something else
            said("jalan", rule=0.8),
            [said("pagar", rule=0.6, mark=0.4, likeliest=True)],
            OF_TWO | {"rule": 0.8, "by rule": 1.0, "rival by rule": 0.6, "rival marked": 0.4, "rival likeliest": 1.0},
        ),
        (said("jalan"), [said("pagar", mark=0.4)], OF_TWO | {"rival marked": 0.4}),
        (said("jalan"), [said("pagar", rule=0.4)], OF_TWO | {"rival by rule": 0.4}),
        (
            said("jalan", mark=0.7),
            [said("pagar", mark=0.7)],
            OF_TWO | MARKED | {"marked alone": 1.0, "surest": 1.0, "rival marked": 0.7},
        ),
        (
            said("jalan", mark=0.7),
            [said("pagar", mark=0.71)],
            OF_TWO | MARKED | {"marked alone": 1.0, "rival marked": 0.71},
        ),
        (said("jalan", mark=0.7), [said("pagar", rule=0.3)], OF_TWO | MARKED | {"surest": 1.0, "rival by rule": 0.3}),
        (  # one that it stands in
            said("jalan"),
            [said("Jalan desa", rule=0.6, mark=0.4, likeliest=True)],
            OF_TWO | {"within one marked": 0.4, "within one by rule": 0.6, "within a likelier": 1.0},
        ),
        (said("jalan"), [said("jalan desa", mark=0.4)], OF_TWO | {"within one marked": 0.4}),
        (said("jalan"), [said("jalan desa", rule=0.4)], OF_TWO | {"within one by rule": 0.4}),
        (  # one that stands in it
            said("JALAN"),
            [said("jal", rule=0.6, mark=0.4, likeliest=True)],
            OF_TWO | {"holds one marked": 0.4, "holds one by rule": 0.6, "holds a likelier": 1.0},
        ),
        (said("jalan"), [said("jal", mark=0.4)], OF_TWO | {"holds one marked": 0.4}),
        (said("jalan"), [said("jal", rule=0.4)], OF_TWO | {"holds one by rule": 0.4}),
        (
            said("jalan", changed="starts earlier ends sooner"),
            [],
            ALWAYS | {"changed edges": 1.0, "changed edge starts earlier": 1.0, "changed edge ends sooner": 1.0},
        ),
    ],
)
def test_a_proposal_is_told_by_what_says_it_and_by_what_else_is_proposed(one, others, signs):
    assert signs_of("perihal", one, [one, *others]) == signs


@pytest.mark.parametrize(
    ("label", "words", "sign", "told"),
    [
        ("perihal", "abc", "short", True),
        ("perihal", "abcd", "short", False),
        ("nik", "1" * 15, "16 figures", False),
        ("nik", "1" * 16, "16 figures", True),
        ("telepon", "1" * 16, "16 figures", False),
        ("telepon", "1" * 9, "10 to 13 figures", False),
        ("telepon", "1" * 10, "10 to 13 figures", True),
        ("telepon", "1" * 13, "10 to 13 figures", True),
        ("telepon", "1" * 14, "10 to 13 figures", False),
        ("nik", "1" * 13, "10 to 13 figures", False),
    ],
)
def test_how_long_a_value_is_is_told_where_it_says_something(label, words, sign, told):
    one = said(words)

    assert (sign in signs_of(label, one, [one])) is told


@pytest.mark.parametrize(
    ("words", "signs"),
    [
        ("Hal", {"words 1", "begins hal", "ends hal", "after ", "begins row"}),
        ("Pagar Desa,", {"words 2", "begins pagar", "ends desa", "after :", "ends row"}),
        ("warga", {"words 1", "begins warga", "ends warga", "after ", "begins row"}),
    ],
)
def test_the_words_at_the_edges_of_a_value_are_told_and_whether_they_are_those_of_a_row(words, signs):
    sheet = Sheet((page_of("Hal : Pagar Desa,\nwarga kami"),))
    start = sheet.text.index(words)
    mark = Marked("perihal", start, start + len(words), 0.5, "rujukan")
    if words == "warga":
        signs = signs - {"after "} | {"after desa,"}

    told = context(Proposal(Candidate(words, words, 1, None, 0.5, "uji"), mark=mark), sheet)

    assert told == dict.fromkeys(signs, 1.0)


def test_a_value_without_words_or_place_is_told_by_how_many_words_it_has():
    sheet = Sheet((page_of("Hal"),))

    assert context(said(""), sheet) == {"words 0": 1.0}
    assert context(said("Hal itu"), sheet) == {"words 2": 1.0, "begins hal": 1.0, "ends itu": 1.0}


def test_an_office_learns_of_signs_alone_that_hold_no_word_of_a_letter():
    learned = wordless_signs()

    assert {"always", "begins row", "ends row", "capitals"} <= learned
    assert not {"at least", "begins pt", "after :"} & learned
