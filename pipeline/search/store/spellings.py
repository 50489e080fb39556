"""In which ways each asked term may stand in an index: spellings that are meant, and others that are believed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.cases.case_number import CaseNumber
from pipeline.office.wording import words_of
from pipeline.search.case_text import facet_word
from pipeline.search.comparable_words import case_word, day_word, naskah_asked, number_word
from pipeline.search.query import AskedWord, Day, Number, Phrase, Term
from pipeline.search.snippets import Answers
from pipeline.search.store.kindred_words import MOST, IndexWords, kin, slips

#: Beginnings of words are looked for from so many letters on.
_BEGINNING = 3
_NOTHING = "_tidakada"


@dataclass(frozen=True, slots=True)
class Spelling:
    """Words that stand side by side in one column; ``begins``: there is one, and it may go on."""

    words: tuple[str, ...]
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """What stands for one asked term: spellings that are meant, others that are believed, and the words to mark."""

    exact: tuple[Spelling, ...]
    believed: tuple[Spelling, ...] = ()
    begins: str = ""
    words: frozenset[str] = frozenset()
    case: CaseNumber | None = None


class _Answering:
    """Which group each printed word answers, or -1; remembered, because texts repeat themselves."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._known: dict[str, int] = {}
        self._of = {word: n for n, group in reversed([*enumerate(groups)]) for word in group.words}
        self._begins = tuple((group.begins, n) for n, group in enumerate(groups) if group.begins)
        self._beginnings = tuple(beginning for beginning, _ in self._begins)

    def __call__(self, printed: Sequence[str]) -> list[int]:
        known, of, beginnings = self._known, self._of, self._beginnings
        for word in set(printed).difference(known):  # thousands: told here what most of them are, nothing
            folded = word.lower()
            plain = word.isascii() and word.isalnum()
            known[word] = -1 if plain and folded not in of and not folded.startswith(beginnings) else self._group(word)
        return [known[word] for word in printed]

    def _group(self, printed: str) -> int:
        return next((n for word in words_of(printed) if (n := self._group_of(word)) >= 0), -1)

    def _group_of(self, word: str) -> int:
        if (found := self._of.get(word)) is not None:
            return found
        return next((n for beginning, n in self._begins if word.startswith(beginning)), -1)


def answering(groups: Sequence[Group]) -> Answers:
    """Return what marks the words that answer, in a text."""
    return _Answering(groups)


def groups_of(words: IndexWords, terms: Sequence[Term]) -> tuple[Group, ...]:
    """Return what stands for each of the terms in an index of these words."""
    return tuple(_group(words, term) for term in terms)


def narrowing_words(narrow: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Return, for each facet that is narrowed, the words of which a case must have one."""
    return [[facet_word(name, value) for value in values] for name, values in narrow.items() if values]


def _group(words: IndexWords, term: Term) -> Group:
    match term:
        case AskedWord(text):
            return _word(words, text)
        case Phrase(asked):
            return Group((Spelling(asked),), words=frozenset(asked))
        case Day(None):
            return Group((Spelling((_NOTHING,)),))
        case Day(day):
            assert day is not None
            return Group((Spelling((day_word(day),)),))
        case Number():
            return _number(words, term)


def _word(words: IndexWords, text: str) -> Group:
    begins = len(text) >= _BEGINNING
    longer = words.beginning(text) if begins else []
    many = len(longer) > MOST  # each by itself is found sooner than a beginning: few words have more
    related = dict.fromkeys([*([] if many else longer), *kin(words, text)])
    misread = [word for word in slips(words, text) if word not in related]
    return Group(
        exact=(Spelling((text,), begins=many), *_each(related)),
        believed=_each(misread),
        begins=text if begins else "",
        words=frozenset([text, *related, *misread]),
    )


def _number(words: IndexWords, number: Number) -> Group:
    whole, printed = number_word(number.text), tuple(words_of(number.text))
    exact = [Spelling((whole,)), *([Spelling(printed)] if printed else [])]
    if number.case:
        exact.append(Spelling((case_word(number.case),)))
    if number.naskah:
        exact += _each(naskah_asked(number.naskah))
    marked = frozenset(printed) if len(printed) > 1 else frozenset()
    return Group(tuple(exact), _each(slips(words, whole)), words=marked, case=number.case)


def _each(words: Iterable[str]) -> tuple[Spelling, ...]:
    return tuple(Spelling((word,)) for word in words)
