"""What clerks confirmed of a letter, by the label under which proposals are made; what proposals are held against.

Only what the register asks for as one answer or as a list of them: where and when somebody was born, and who acts for
whom, stand there in sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.cases.case import Case
from pipeline.office.wording import spelled_out
from pipeline.reading.doubt import certain
from pipeline.reading.proposal import SINGLE, Proposal, field_of
from pipeline.reading.proposals import alike
from pipeline.reading.vocabulary import digits

_LISTS = ("terlapor", "permintaan")
_PEOPLE, _PARTICULARS = "pelapor", ("nama", "nik", "umur", "pekerjaan", "alamat", "telepon")
#: The labels of which an office can learn.
LABELS = (*(label for name, label in SINGLE.items() if name != "tujuan"), *_LISTS, *_PARTICULARS)
#: Those of which a letter may have several.
SEVERAL = frozenset({*_LISTS, *_PARTICULARS})


def confirmed_answers(register: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return what people said that a letter says, by label; nothing under a label: they said that it does not say it.

    Labels of fields that nobody confirmed are missing.
    """
    found = {
        label: [_as_proposed(label, text) for text in _texts(register[name])]
        for label in LABELS
        if (name := field_of(label)) in register
    }
    people = [person for person in register.get(_PEOPLE) or () if isinstance(person, Mapping)]
    for label in _PARTICULARS if people else ():
        said = (spelled_out(person.get(label)) for person in people)
        found[label] = [_as_proposed(label, text) for text in said if text]
    return found


def is_right(one: Proposal, answers: Sequence[str]) -> bool:
    """Say whether a proposal is what people confirmed, but for letters that were misread."""
    return any(alike(answer, one.nilai) for answer in answers)


def was_looked_at(case: Case, label: str, answers: Sequence[str]) -> bool:
    """Say whether somebody must have looked at a field before it was confirmed: not what stood there as certain."""
    read = case.reading.fields if case.reading else {}
    name = field_of(label)
    places = read.get(name) if label in _LISTS else [read.get(name)]
    if label in _PARTICULARS:
        places = [person.get(label) for person in read.get(_PEOPLE) or ()]
    shown = [place for place in places or () if place]
    if not shown or not all(certain(name, float(place["confidence"])) for place in shown):
        return True
    said = [spelled_out(place["nilai"]) for place in shown]
    return len(said) != len(answers) or not all(any(alike(answer, text) for text in said) for answer in answers)


def _texts(value: Any) -> Iterator[str]:
    """Yield what a field of the register says: itself, or each of its entries; of a row (*nama | jabatan*) the name."""
    for entry in value if isinstance(value, list | tuple) else (value,):
        if text := spelled_out(entry).partition("|")[0].strip():
            yield text


def _as_proposed(label: str, text: str) -> str:
    """Return an answer as proposals of its label are written."""
    if label == "nik":
        return digits(text)
    if label == "telepon":
        number = digits(text)
        return f"0{number[2:]}" if number.startswith("62") else number
    return re.sub(r"\s", "", text).upper() if label == "nomor" else text
