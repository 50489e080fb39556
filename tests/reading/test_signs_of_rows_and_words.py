"""What a model is told of the rows and words of a letter, sign by sign: it weighs these signs and knows no others."""

from __future__ import annotations

import pytest
from reading_pages import page_of

from pipeline.reading.row_features import row_signs, token_signs, tokens_of
from pipeline.reading.sheet import Sheet


def sheet_of(*texts: str) -> Sheet:
    return Sheet(tuple(page_of(text, number) for number, text in enumerate(texts, 1)))


def rows_told(*texts: str) -> list[list[str]]:
    sheet = sheet_of(*texts)
    return row_signs(sheet, tokens_of(sheet))


def words_told(*texts: str, sections: str = "cerita") -> dict[str, list[str]]:
    """What is told of each word, by itself; of one that is said again, of its last."""
    sheet = sheet_of(*texts)
    tokens = tokens_of(sheet)
    parts = [*sections.split(), *[sections.split()[-1]] * len(sheet.rows)][: len(sheet.rows)]
    return {token.text: signs for token, signs in zip(tokens, token_signs(sheet, tokens, parts), strict=True)}


TWO = "Nomor : 12/A/2025\nJalan diputus\tKebun"


def test_of_a_row_its_words_its_shape_and_its_neighbours_are_told():
    first, second = rows_told(TWO)

    assert sorted(first) == sorted(
        [
            *("1=nomor", "12=nomor :", "2=:", "3=00/a/0000", "last=00/a/0000", "any=nomor", "any=00/a/0000"),
            *("end=a", "n=1", "x=0", "w=0", "centred=False", "capitals=1", "figures=1", "cells=1", "colon=True"),
            *("small=False", "shape=Xx", "kind=figures5", "kind=number with strokes", "head=0", "foot=1", "y=0"),
            *("-1:none", "-2:none", "+1:1=jalan", "+1:12=jalan diputus", "+1:end=a", "+1:n=1", "+1:x=0"),
        ]
    )
    assert sorted(second) == sorted(
        [
            *("1=jalan", "12=jalan diputus", "2=diputus", "3=kebun", "last=kebun", "any=jalan", "any=diputus"),
            *("any=kebun", "end=a", "n=1", "x=0", "w=1", "centred=False", "capitals=0", "figures=0", "cells=2"),
            *("colon=False", "small=False", "shape=Xx", "head=1", "foot=0", "y=0", "+1:none", "-2:none"),
            *("-1:1=nomor", "-1:12=nomor :", "-1:end=a", "-1:n=1", "-1:x=0"),
        ]
    )


def test_a_short_row_ends_where_it_has_no_more_words_and_two_letters_are_no_word_of_it():
    one, mark, two = rows_told("ab\nabc.\nabc de")

    assert {"1=ab", "12=ab", "2=", "3=", "last=ab", "end=a", "small=True"} <= set(one)
    assert not any(sign.startswith("any=") for sign in one)
    assert {"2=.", "3=", "end=.", "any=abc"} <= set(mark)
    assert {"2=de", "3=", "-2:1=ab"} <= set(two)


def test_a_row_is_set_off_by_a_gap_above_it_or_by_a_new_page():
    told = rows_told("satu\ndua\ntiga\nempat\n\nlima", "enam")

    assert ["set off" in signs for signs in told] == [False, False, False, False, True, True]


def test_a_row_in_the_middle_of_the_sheet_is_centred_and_one_that_begins_at_the_margin_is_not():
    wide = "x" * 94
    told = rows_told(f"{' ' * 40}PENGADUAN\nPENGADUAN\n{wide}")

    assert ["centred=True" in signs for signs in told] == [True, False, False]


@pytest.mark.parametrize(
    ("word", "kinds"),
    [
        ("Maret", {"month"}),
        ("2025", {"year", "figures4"}),
        ("2125", {"figures4"}),
        ("VIII", {"roman"}),
        ("warga", set()),
        ("081270001", {"telephone", "figures5"}),
        ("08127000", {"figures5"}),
        ("171270001", {"number", "figures5"}),
        ("62812700011223", {"nik", "telephone", "figures5"}),
        ("17010212037900", {"nik", "number", "figures5"}),
        ("170102120379000", {"nik", "figures5"}),
        ("170102120379000312", {"nik", "figures5"}),
        ("1701021203790003123", {"figures5"}),
        ("1/2", {"figures2", "number with strokes"}),
        ("a/b", set()),
    ],
)
def test_what_a_word_may_be_by_its_figures_and_letters_is_told(word, kinds):
    told = words_told(word)[word]

    assert {sign.removeprefix("kind=") for sign in told if sign.startswith("kind=")} == kinds


def test_of_a_word_itself_those_around_it_and_its_row_are_told():
    told = words_told(TWO, sections="rujukan cerita")

    assert told[":"] == [
        *("1", "w=:", "s=:", "pre=:", "suf=:", "at=1", "colon=False", "cell=False", "c+x=FalseFalse"),
        *("w-3=none", "w-2=none", "s-1=Xx", "w-1=nomor", "s1=0/X/0", "w1=00/a/0000", "w2=jalan", "w3=diputus"),
        *("w-1,0=nomor :", "w0,1=: 00/a/0000", "section=rujukan", "sections=none rujukan"),
        *("sections+=rujukan cerita", "row1=nomor", "row12=nomor :", "row123=nomor : 00/a/0000", "above1="),
        *("above12=", "aboveend=", "below1=jalan", "head=0", "foot=1", "x=0", "length=1", "capitals=False"),
    ]
    assert told["12/A/2025"][5:20] == [
        *("kind=figures5", "kind=number with strokes", "at=2", "colon=True", "cell=False", "c+x=TrueFalse"),
        *("w-3=none", "w-2=nomor", "s-1=:", "w-1=:", "s1=Xx", "w1=jalan /", "w2=diputus", "w3=kebun"),
        "w-1,0=: 00/a/0000",
    ]
    assert told["Kebun"] == [
        *("1", "w=kebun", "s=Xx", "pre=keb", "suf=bun", "at=2", "colon=False", "cell=True", "c+x=FalseTrue"),
        *("often=1", "in foot", "w-3=00/a/0000", "w-2=jalan", "s-1=x", "w-1=diputus", "w1=none", "w2=none"),
        *("w3=none", "w-1,0=diputus kebun", "ends row", "section=cerita", "sections=rujukan cerita"),
        *("sections+=cerita none", "row1=jalan", "row12=jalan diputus", "row123=jalan diputus kebun"),
        *("above1=nomor", "above12=nomor :", "aboveend=00/a/0000", "below1=", "head=1", "foot=0", "x=0"),
        *("length=1", "capitals=False"),
    ]


def test_the_first_word_has_none_before_it_and_the_last_of_a_row_ends_it():
    told = words_told("Budi Ani\nCici")

    assert "w-1=none" in told["Budi"]
    assert not any(sign.startswith(("s-1=", "w-1,0=")) for sign in told["Budi"])
    assert "w-1=ani /" in told["Cici"]
    assert ["ends row" in told[name] for name in ("Budi", "Ani", "Cici")] == [False, True, True]
    assert not any(sign.startswith(("s1=", "w0,1=")) for sign in told["Cici"])


def test_a_colon_counts_up_to_the_end_of_its_row_and_a_column_likewise():
    told = words_told("Nama\t= Budi Ani\nCici")

    assert [("colon=True" in told[w], "cell=True" in told[w]) for w in ("Nama", "=", "Budi", "Ani", "Cici")] == [
        (False, False),
        (False, True),
        (True, True),
        (True, True),
        (False, False),
    ]


def test_a_word_in_capitals_is_told_by_how_often_it_is_written_and_whether_in_the_last_twelve_rows():
    rows = ["Budi", "budi", "Ani", *["baris"] * 11]
    told = words_told("\n".join(rows))

    assert {"often=1"} <= set(told["Budi"])
    assert "in foot" not in told["Budi"]
    assert {"often=1", "in foot"} <= set(told["Ani"])
    assert not any(sign.startswith("often") or sign == "in foot" for sign in told["baris"])
    assert not any(sign.startswith("often") for sign in told["budi"])
