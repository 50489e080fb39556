"""Letters in other words and layouts than any rule was made for give their fields all the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
from letter_specimens import pages_of, specimens
from reading_pages import TODAY

from pipeline.reading.fields import Field
from pipeline.reading.find_complaints import find_complaints
from pipeline.reading.vocabulary import fold

LETTERS = dict(specimens())
#: Batches whose every field is judged over all their letters together: by how much of it is right (F1), at the least.
FIRST_SIGHT = "perdana"
LEAST = {
    "tanggal_surat": 0.96, "nomor_surat": 0.96, "perihal": 0.94, "lampiran": 0.9, "tujuan": 0.93, "tembusan": 0.95,
    "lembaga_pelapor": 0.85, "pelapor.nama": 0.95, "pelapor.nik": 0.95, "pelapor.telepon": 0.95, "pelapor.alamat": 0.9,
    "pelapor.pekerjaan": 0.85, "pelapor.umur": 0.9, "kuasa.nama": 0.9, "terlapor": 0.85, "tempat_kejadian": 0.8,
}  # fmt: skip
#: Who is complained of has to be understood, not found: it is judged over all letters together.
JUDGED_TOGETHER = "terlapor"


def fields_of(letter: Mapping[str, Any]) -> Mapping[str, Any]:
    return fields_in(letter["text"])


@cache
def fields_in(text: str) -> Mapping[str, Any]:
    (found,) = find_complaints(pages_of(text), TODAY)
    return found.fields


def said(value: Field | None) -> str:
    """Return a proposed value as its letters and digits, titles of address left out; nothing proposed is nothing."""
    return "" if value is None else fold(str(value.best.nilai))


def of_person(person: Mapping[str, Field | None], key: str) -> str:
    if key in ("tempat_lahir", "tanggal_lahir"):
        born = person["ttl"]
        return fold(str(born.best.nilai[key.partition("_")[0]])) if born else ""
    return said(person[key])


def wrong_in(letter: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, object]:
    """Return the fields that differ from what the letter holds, with what was proposed."""
    wrong: dict[str, object] = {}
    for name, true in letter.items():
        if name in ("name", "text", JUDGED_TOGETHER):
            continue
        if name == "pelapor":
            pairs = zip(true, found["pelapor"], strict=False)
            got = [{key: of_person(person, key) for key in wanted} for wanted, person in pairs]
            same = got == [{k: fold(v) for k, v in p.items()} for p in true] and len(found["pelapor"]) == len(true)
        elif name == "kuasa":
            got = [{k: [said(f) for f in v] if isinstance(v, tuple) else said(v) for k, v in found["kuasa"].items()}]
            same = all(got[0][k] == ([fold(n) for n in v] if isinstance(v, list) else fold(v)) for k, v in true.items())
        elif isinstance(true, list) and name != "lampiran":
            got = [said(f) for f in found[name]]
            same = got == [fold(v) for v in true]
        else:
            got = [said(found[name])]
            same = got == [fold("".join(true))]
        if not same:
            wrong[name] = got
    return wrong


def values_of(fields: Mapping[str, Any], name: str) -> list[str]:
    """Return the values of a field, or of a part of each of several (*pelapor.nama*), folded; none if there is none."""
    whole, _, part = name.partition(".")
    many = fields[whole] or ()
    if part:
        many = [many] if isinstance(many, Mapping) else many
        parts = [person.get(part) for person in many]
        return [v for p in parts for each in (p if isinstance(p, list | tuple) else [p]) if (v := _folded(each))]
    return [v for each in (many if isinstance(many, list | tuple) else [many]) if (v := _folded(each))]


def _folded(value: object) -> str:
    return said(value) if isinstance(value, Field) else fold(str(value or ""))


def mentioned(letter: Mapping[str, Any], name: str) -> bool:
    """Say whether the truth of a letter speaks of the field at all."""
    whole, _, part = name.partition(".")
    of = letter.get(whole)
    return of is not None and (not part or any(part in p for p in (of if isinstance(of, list) else [of])))


@pytest.mark.parametrize("name", [name for name in LETTERS if not name.startswith(FIRST_SIGHT)])
def test_a_letter_no_rule_was_written_for_gives_what_it_holds(name):
    letter = LETTERS[name]

    found = fields_of(letter)

    assert wrong_in(letter, found) == {}


@pytest.mark.parametrize("name", LEAST)
def test_a_field_of_letters_read_at_first_sight_is_still_found_as_often(name):
    letters = [le for key, le in LETTERS.items() if key.startswith(FIRST_SIGHT) and mentioned(le, name)]
    right = proposed = true = 0

    for letter in letters:
        wanted, got = Counter(values_of(letter, name)), Counter(values_of(fields_of(letter), name))
        right, proposed, true = right + (wanted & got).total(), proposed + got.total(), true + wanted.total()

    assert 2 * right / (proposed + true) >= LEAST[name]


def test_those_complained_of_are_found_in_letters_that_tell_it_in_many_ways():
    right = proposed = true = 0
    for letter in LETTERS.values():
        wanted = {fold(name) for name in letter[JUDGED_TOGETHER]}
        got = {said(field) for field in fields_of(letter)[JUDGED_TOGETHER]}
        right, proposed, true = right + len(wanted & got), proposed + len(got), true + len(wanted)

    assert 2 * right / (proposed + true) >= 0.85
    assert right / true >= 0.85


def test_each_proposed_respondent_says_why_he_is_thought_to_be_one():
    letter = LETTERS[
        "prosa: undersigned in one long sentence, date and place at the head, respondent by company and office"
    ]

    (accused,) = fields_of(letter)["terlapor"]

    assert accused.best.reason.startswith("perusahaan: diadukan dengan tegas")
    assert 0.5 < accused.best.confidence < 0.9
