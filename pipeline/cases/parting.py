"""What of a case's confirmed answers belongs to pages that become another case.

A page is asked for its words: an answer that stands on the pages that go rather than on those that stay is the other
case's. What stands on neither was typed from elsewhere, and stays; so does what stands on both.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pipeline.cases.called_sheets import parts_complaint
from pipeline.cases.case import Case
from pipeline.cases.events import FILE, PAGES
from pipeline.cases.forms import Filled
from pipeline.cases.ports import Cabinet, content
from pipeline.cases.record_standing import HELD, record_standing
from pipeline.cases.sop import Sop
from pipeline.cases.sop_rows import FormField
from pipeline.cases.splitting import closed, own_pages, read_ranges
from pipeline.errors import NotAllowed
from pipeline.office.wording import as_date, nearest, spelled_out, words_of

#: So much of an answer's words must stand on the pages that go, and of a sentence so much more than on those that stay.
_FOUND, _RATHER = 0.6, 0.25
#: A word of so many letters may be misread by a letter or two and still be found.
_LONG, _ALIKE = 4, 0.8
#: The fields that name people and bodies.
_PEOPLE = ("pelapor", "lembaga_pelapor", "kuasa", "korban", "terlapor")
_SENTENCES = re.compile(r"(?<=[.;!?])\s+|\n+")


@dataclass(frozen=True, slots=True)
class Parted:
    """The lists of which some entries stay, with those, and the fields of which nothing does."""

    register: Mapping[str, Any]
    released: tuple[str, ...]


class _Pages:
    """The words of some pages."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words = {word for text in texts for word in words_of(text)}
        self._known: dict[str, bool] = {}

    def share(self, text: str) -> float:
        """Return how much of a text stands on the pages, from 0 to 1: its words by their letters (titles are short)."""
        words = words_of(text)
        letters = sum(map(len, words))
        return sum(len(word) for word in words if self.has(word)) / letters if letters else 0.0

    def has(self, word: str) -> bool:
        """Say whether a word stands there, also one that was read a little wrong."""
        if word not in self._known:
            like = len(word) >= _LONG and not word.isdecimal() and bool(nearest(word, self._words, _ALIKE))
            self._known[word] = word in self._words or like
        return self._known[word]


def check_held(case: Case, answers: Filled, today: date) -> None:
    """Make sure that no pages leave a record that is held: they would be a case that nobody holds.

    Raises:
        NotAllowed: they would.
    """
    if PAGES not in answers.values:
        return
    if line := record_standing(case, ended=False, today=today).marks.get(HELD):
        raise NotAllowed(
            f"Map {case.number} sedang ditahan: {line.event.values.get('alasan', '')}; halamannya tidak dipisahkan.",
            "Mintalah penahanannya dilepas dahulu, atau pisahkan sesudah itu.",
        )


def with_pages(case: Case, sop: Sop, answers: Filled, cabinet: Cabinet) -> tuple[Filled, tuple[str, ...]]:
    """Return the answers with the pages that are to be split off looked up in the scan, every range closed.

    What was confirmed of these pages is the other case's: the answers also hold the lists that are left of it, and the
    fields of which nothing is left stand beside them.
    """
    if (text := answers.values.get(PAGES)) is None:
        return answers, ()
    pages = closed(case, str(text), str(answers.values.get(FILE) or ""))
    answers = replace(answers, values={**answers.values, PAGES: pages})
    if case.reading is None or not parts_complaint(answers):
        return answers, ()
    read = next(d for d in case.reading.documents if d.kind == "teks")
    texts = content(cabinet.blob(case.number, read)).decode(errors="replace").split("\f")
    going = {page for first, last in read_ranges(pages) for page in range(first, (last or first) + 1)}
    own = own_pages(case)  # the reading counts the pages that were left
    there = {at for at, page in enumerate(own, start=1) if page in going}
    left = parted(case.register, sop.register, dict(enumerate(texts, start=1)), there, case.reading.fields)
    return replace(answers, register={**answers.register, **left.register}), left.released


def parted(
    register: Mapping[str, Any],
    form: Sequence[FormField],
    pages: Mapping[int, str],
    going: Collection[int],
    read: Mapping[str, Any],
) -> Parted:
    """Return what becomes of confirmed answers once ``going`` of these pages (texts by number) are another case's.

    ``read`` are the fields as they were read: who is named on the pages that go is looked for in every answer.
    """
    theirs = _Pages(text for number, text in pages.items() if number in going)
    ours = _Pages(text for number, text in pages.items() if number not in going)
    asked = [(f, register[f.name]) for f in form if register.get(f.name) and not f.choices]
    named = [text for name in _PEOPLE for text in _on(read.get(name), going)]
    named += [_told(entry) for f, answer in asked if f.name in _PEOPLE for entry in _entries(answer)]
    marks = {word for text in named for word in words_of(text) if len(word) >= _LONG and _only(word, theirs, ours)}
    left = {f.name: [e for e in _entries(answer) if not _goes(e, theirs, ours, marks)] for f, answer in asked}
    return Parted(
        {f.name: left[f.name] for f, answer in asked if 0 < len(left[f.name]) < len(_entries(answer))},
        tuple(name for name, stay in left.items() if not stay),
    )


def _entries(answer: Any) -> list[Any]:
    return answer if isinstance(answer, list) else [answer]


def _told(entry: Any) -> str:
    """Return what tells whose an entry is: of a person the name."""
    return as_date(spelled_out(entry.get("nama") if isinstance(entry, Mapping) else entry))


def _on(field: Any, going: Collection[int]) -> Iterator[str]:
    """Yield the texts of a field, however it is nested, that were read on these pages."""
    if isinstance(field, Mapping) and "nilai" in field:
        if field.get("page") in going:
            yield spelled_out(field)
    elif isinstance(field, Mapping | list | tuple):
        for part in field.values() if isinstance(field, Mapping) else field:
            yield from _on(part, going)


def _only(word: str, theirs: _Pages, ours: _Pages) -> bool:
    return theirs.has(word) and not ours.has(word)


def _goes(entry: Any, theirs: _Pages, ours: _Pages, marks: Set[str]) -> bool:
    """Say whether an answer is the other case's: it names one of theirs, or a sentence of it stands on their pages."""
    told = _told(entry)
    if not marks.isdisjoint(words_of(told)):
        return True
    parts = _SENTENCES.split(told)
    least = 0.0 if len(parts) == 1 else _RATHER
    shares = ((theirs.share(part), ours.share(part)) for part in parts)
    return any(there >= _FOUND and there - here > least for there, here in shares)
