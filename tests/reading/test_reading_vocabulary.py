"""The words of letters lie in files: every pattern finds its lists there, and every list is somebody's."""

from __future__ import annotations

import gc
import re
from pathlib import Path

import pytest

import pipeline.reading.notices
from pipeline.cases.register_words import register_words
from pipeline.reading import mentions
from pipeline.reading import vocabulary as words
from pipeline.reading.beginnings import beginnings
from pipeline.reading.find_complaints import find_complaints
from pipeline.reading.mentions import CHARGED, KINDS, weights
from pipeline.reading.vocabulary import Pattern, any_of, vocabulary

ROOM = Path(pipeline.reading.notices.__file__).parent
FILES = sorted(file.stem for file in (ROOM / "vocabulary").glob("*.toml"))
LIST = re.compile(r"<[!^]?(?:([a-z_]+)\.)?([a-z_]+)>")


def patterns() -> list[Pattern]:
    assert find_complaints  # which knows every rule of fields
    assert beginnings
    gc.unfreeze()  # what was there when tests were collected is passed over otherwise
    return [thing for thing in gc.get_objects() if isinstance(thing, Pattern)]


def fits(phrase: str, text: str) -> bool:
    return re.fullmatch(any_of([phrase]), text) is not None


def test_every_pattern_finds_its_words():
    assert len(patterns()) > 100
    for pattern in patterns():
        assert pattern.compiled


def test_no_list_of_words_is_there_for_nobody():
    source = "\n".join(file.read_text(encoding="utf-8") for file in ROOM.rglob("*.py"))
    used = {(m[1] or p.file, m[2]) for p in patterns() for m in LIST.finditer(p.shape)}
    named = set(re.findall(r'"([a-z_]+)"', source))

    idle = [
        f"{file}.{name}"
        for file in FILES
        for name, held in vocabulary(file).items()
        if isinstance(held, list) and (file, name) not in used and name not in named
    ]

    assert idle == []


@pytest.mark.parametrize(
    ("phrase", "there", "not_there"),
    [
        ("terima_kasih", ["terima kasih", "terimakasih"], ["terima  kasih", "terimalkasih"]),
        ("lapor*", ["lapor", "laporan"], ["lapor an", "melapor"]),
        ("~desa", ["desa", "Desa"], ["DESA", "esa"]),
        ("saudara(i)", ["saudara", "saudarai"], ["saudar"]),
        ("(me)mohon(kan)", ["mohon", "memohonkan"], ["memohonka"]),
        ("a.n.", ["a.n."], ["abnb"]),
        ("BUMN/BUMD", ["BUMN/BUMD"], ["BUMN"]),
    ],
)
def test_a_phrase_fits_what_its_signs_say(phrase, there, not_there):
    assert all(fits(phrase, text) for text in there)
    assert not any(fits(phrase, text) for text in not_there)


def test_of_no_words_nothing_fits_and_of_several_the_first():
    assert re.search(any_of([]), "kata") is None
    assert re.match(any_of(["rumah sakit", "rumah"]), "rumah sakit umum")[0] == "rumah sakit"


def test_a_pattern_stands_in_capitals_or_where_no_word_may_end():
    capitals = Pattern("mentions", r"<^enterprises> CONTOH")
    no_break = Pattern("matter", r"<!abbreviations>\.")

    assert capitals.search("di HOTEL CONTOH")
    assert not capitals.search("di Hotel CONTOH")
    assert no_break.search("di sana.")
    assert not no_break.search("di Jl.")


def test_reading_a_rule_reads_no_file(monkeypatch):
    monkeypatch.setattr(words, "vocabulary", lambda file: pytest.fail(f"{file} was read"))

    assert Pattern("names", "<titles>")


def test_every_sign_and_every_kind_of_mention_has_its_weight_and_every_sign_its_words():
    said = vocabulary("signs")["said"]

    assert set(weights()) == {*said, *KINDS, "early", "again"}
    assert said[CHARGED.name] == CHARGED.words
    assert sorted({sign.name for sign in mentions._SIGNS}) == sorted(said)


def test_there_are_words_for_each_right_of_the_law():
    assert len(vocabulary("matter")["rights"]) == len(register_words().rights)


@pytest.mark.parametrize(
    ("one", "other", "most", "apart"),
    [
        ("nama", "nama", 1, 0),
        ("nama", "nana", 1, 1),  # changed
        ("nama", "nma", 1, 1),  # left out
        ("nama", "namas", 1, 1),  # added at the end
        ("nama", "anam", 1, 2),
        ("nama", "nasi", 1, 2),
        ("nama", "nam ab", 1, 2),
        ("nama", "na", 1, 2),
        ("nama", "na", 2, 2),
        ("nama", "nasi", 2, 2),
        ("nama", "sisi", 2, 3),
        ("nama", "anam", 2, 2),
        ("september", "sebtenber", 2, 2),
        ("september", "setember", 2, 1),
        ("september", "zzptember", 1, 2),
        ("abcdef", "badcfe", 4, 4),
    ],
)
def test_words_are_apart_by_the_letters_that_must_change_up_to_so_many(one, other, most, apart):
    assert words.distance(one, other, most) == words.distance(other, one, most) == apart
