"""Where a text names somebody who must not be named: for certain, or so that a person must say.

Certain is a name in two or more of its parts, in any order and writing; a part that is no everyday word; any part after
*Ibu* or *Sdr.*; a number, an address, a complaint's number. An everyday word with a capital (*Sari*, *Harapan*) is
doubtful, and none where it belongs to the name of a place, an agency or a respondent (*Desa Sari*).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import permutations, takewhile

from pipeline.access.hidden_numbers import numbers_in, streets_in
from pipeline.access.hits import Hit
from pipeline.access.identities import Person, Secrets
from pipeline.access.introduced import introduced, is_abbreviated, is_introduced, is_named
from pipeline.access.naming import Words, key, vocabulary

_SHORT, _LONG = 3, 5  # a key so short may be any word; keys together so long are no chance
_RUN = 4  # words of a place's name
_LEAD = 3  # words before it that say of which office it is the district
_REMEMBERED = 128  # texts, of a page or a sheet
_SENTENCE_END = re.compile(r"[.!?:;\n]")
_OTHER_SENTENCE = re.compile(r"[!?:;]")  # a point may stand behind an initial
_DEGREES = re.compile(r"(?:,?\s?(?:[SMABD]|Ph|LL)\.\s?(?:[A-Z][A-Za-z]{0,3}\.?){1,2}){1,3}")
_ENDINGS = ("nya", "ku", "mu", "pun", "lah", "kah")
_INITIALLED = re.compile(r"inisial(?:nya)?\W{0,3}$", re.IGNORECASE)


@lru_cache(maxsize=_REMEMBERED)  # the same words stand in several values of a sheet, and are asked again once masked
def found(text: str, secrets: Secrets) -> tuple[Hit, ...]:
    """Return every place where the text names somebody, in their order, none within another."""
    words = Words(text)
    clear = _Clear(words, secrets)
    hits = [hit for person in secrets.people for hit in _of_person(person, words, clear)]
    hits += streets_in(words, secrets.streets)
    hits += numbers_in(text, secrets.numbers)
    for pattern, instead, sure in secrets.patterns:
        hits += [Hit(*match.span(), instead, sure) for match in pattern.finditer(text)]
    for pattern in secrets.spots:
        hits += [Hit(*match.span(), vocabulary().instead["alamat"], False) for match in pattern.finditer(text)]
    whole = _merged(hits)
    ends = [hit.end for hit in whole]

    def known(begin: int, end: int) -> bool:
        after = bisect_right(ends, begin)  # the first that ends behind it
        return clear.other(begin, end) or (after < len(whole) and whole[after].begin < end)

    hits += introduced(words, known, secrets.free)
    return _merged(hit for hit in hits if not clear.said(hit))


def found_anywhere(text: str, secrets: Secrets) -> tuple[Hit, ...]:
    """Return the same, and each part of a name that may be any word, in small letters: for what nobody looks through.

    None behind *Desa*, *PT* or the like, whatever word it is: *Polsek Gading korban* would tell how they are called.
    """
    words = Words(text)
    clear = _Clear(words, secrets)
    placed = {words.spans[n] for n in range(len(words.keys)) if clear.led(n) or clear.house(n)}
    named = (hit for hit in found(text, secrets) if hit.sure or (hit.begin, hit.end) not in placed)
    people = (person for person in secrets.people if not person.organisation)
    parts = ((person, part) for person in people for part in person.parts if len(part) >= _SHORT)
    places = ((who, n) for who, part in parts for n in (*words.numbers.get(part, ()), *_ended(part, words)))
    free = ((who, n) for who, n in places if not (clear.official(*words.spans[n]) or words.spans[n] in placed))
    return _merged((*named, *(_hit(who, words, n, n, sure=True) for who, n in free)))


class _Clear:
    """What of a text names somebody or something else: by the register, by the words before it, by what was said."""

    def __init__(self, words: Words, secrets: Secrets) -> None:
        self._words = words
        self._officials = _spans(words, secrets.officials)
        self._others = sorted((*_spans(words, secrets.others), *self._officials))
        self._said = _spans(words, secrets.cleared)

    def said(self, hit: Hit) -> bool:
        """Say whether somebody said knowingly that these words name nobody."""
        words = self._words.text[hit.begin : hit.end].rstrip(" .")  # of a degree (*M.H.*) the point is no word's
        return _within(self._said, hit.begin, hit.begin + len(words))

    def other(self, begin: int, end: int) -> bool:
        """Say whether these words belong to the name of somebody or something else that the register knows."""
        return _within(self._others, begin, end)

    def official(self, begin: int, end: int) -> bool:
        """Say whether these words belong to the name of one of the office's own people."""
        return _within(self._officials, begin, end)

    def led(self, number: int, run: int = _RUN) -> bool:
        """Say whether a word stands in a run of capitals (so many words at most) after *Desa*, *PT* or the like."""
        words, leads = self._words, vocabulary().groups["pengantar"]
        for before in range(number - 1, max(-1, number - run - 1), -1):
            if words.between(before + 1).strip(" .-\u00a0"):
                return False
            if words.keys[before] in leads:
                return True
            if not words.word(before)[:1].isupper():
                return False
        return False

    def jurisdiction(self, number: int) -> bool:
        """Say whether a word is the place in the name of an office with a district (*Kepolisian Resor Rejang*)."""
        words, offices = self._words, vocabulary().groups["wilayah_kerja"]
        if not words.word(number)[:1].isupper():
            return False
        leads = range(number - 1, max(-1, number - 1 - _LEAD), -1)
        together = takewhile(lambda n: not words.between(n + 1).strip(" \u00a0"), leads)
        return any(key("".join(words.keys[first:number])) in offices for first in together)

    def called(self, number: int) -> bool:
        """Say whether a word that is also a form of address stands within the name of an organisation or place."""
        word = self._words.keys[number]
        inside = word in vocabulary().groups["sapaan_bermakna"] and self.led(number)
        return inside and self._words.keys[number - 1] not in vocabulary().groups["pengantar"]

    def house(self, number: int) -> bool:
        """Say whether a word ends the name of a house called after somebody (*RSUD dr. M. Yunus*, *RS Hj. Siti*)."""
        words, groups = self._words, vocabulary().groups
        for before in range(number - 1, max(-1, number - _RUN - 1), -1):
            if words.between(before + 1).strip(" .-\u00a0"):
                return False
            if words.keys[before] in groups["pengantar"]:
                return words.word(before)[:1].isupper()
            if words.keys[before] not in groups["sapaan"] and len(words.keys[before]) > 1:
                return False
        return False


def _spans(words: Words, phrases: Iterable[str]) -> list[tuple[int, int]]:
    places = (place for phrase in phrases for place in words.places(phrase))
    return sorted((words.spans[a][0], words.spans[b][1]) for a, b in places)


def _within(spans: list[tuple[int, int]], begin: int, end: int) -> bool:
    upto = bisect_left(spans, (begin + 1, 0))
    return any(last >= end for _, last in spans[max(0, upto - _RUN) : upto])


def _of_person(person: Person, words: Words, clear: _Clear) -> Iterator[Hit]:
    for keys in _sequences(person):
        for first, last in words.places(keys):
            yield _of_sequence(person, words, first, last, clear)
    parts = person.parts
    if person.organisation:
        parts = person.core if len(person.core) == 1 else ()
    yield from _of_spelt(person, parts, words)
    for part in parts:
        everyday = part in _everyday() or len(part) <= _SHORT
        for number in words.numbers.get(part, ()):
            yield from _of_part(person, words, number, clear, everyday=everyday)
        for number in _ended(part, words):
            if not everyday or words.word(number)[:1].isupper():
                yield _hit(person, words, number, number, sure=not everyday)
        if not everyday and len(part) > _LONG:  # a blank within the word
            yield from (_hit(person, words, a, b, sure=True) for a, b in words.places(part) if a < b)
    if not person.organisation:
        yield from _of_initials(person, words, clear)


def _ended(part: str, words: Words) -> Iterator[int]:
    """Yield where a part of a name has an ending (*Rizkinya*, *Rizkiku*)."""
    for ending in _ENDINGS:
        yield from words.numbers.get(key(f"{part}{ending}"), ())


def _of_sequence(person: Person, words: Words, first: int, last: int, clear: _Clear) -> Hit:
    """Return a place where several parts of a name stand together."""
    begin, end = words.spans[first][0], words.spans[last][1]
    apart = any(_OTHER_SENTENCE.search(words.between(n)) for n in range(first + 1, last + 1))
    small = not words.word(first)[:1].isupper() and _everyday().issuperset(person.parts)
    small = small and not is_introduced(words, first)
    doubtful = small or apart or clear.led(first, run=1) or clear.house(first) or clear.other(begin, end)
    return _hit(person, words, first, last, sure=not doubtful)


def _of_spelt(person: Person, parts: tuple[str, ...], words: Words) -> Iterator[Hit]:
    """Yield letters that each stand alone, and together are the name or a part of it."""
    for first, last, spelt in words.spelt:
        told = [part for part in parts if len(part) > _SHORT and part in spelt]
        whole = "".join(person.parts) in spelt
        if told or whole:
            yield _hit(person, words, first, last, sure=whole or not _everyday().issuperset(told))


def _of_part(person: Person, words: Words, number: int, clear: _Clear, *, everyday: bool) -> Iterator[Hit]:
    """Yield a place where one part of a name stands by itself, if it may be this person."""
    begin, end = words.spans[number]
    capital = words.word(number)[:1].isupper()
    if clear.official(begin, end):  # also behind *Ibu*
        return
    if number > 0 and is_introduced(words, number) and not clear.other(words.spans[number - 1][0], end):
        small = everyday and not capital and not is_named(words, number)
        doubtful = clear.house(number) or clear.called(number - 1) or small
        yield _hit(person, words, number, number, sure=not doubtful)
    elif clear.other(begin, end) or clear.jurisdiction(number) or (everyday and (not capital or clear.led(number))):
        return
    else:
        alone = len(person.parts) == 1 and not _begins_sentence(words, number)
        yield _hit(
            person,
            words,
            number,
            number,
            sure=(alone or not everyday) and not (clear.led(number) or clear.house(number)),
        )


def _of_initials(person: Person, words: Words, clear: _Clear) -> Iterator[Hit]:
    """Yield *S. Melati*, *Sari M.* and *S.M.*; letters alone are somebody's for certain only after *inisial*."""
    if len(person.parts) < 2:
        return
    letters = {part[0] for part in person.parts}
    for part in person.parts:
        for number in words.numbers.get(part, ()):
            for other in (number - 1, number + 1):
                if _is_initial(words, other, letters - {part[0]}) and words.word(number)[:1].isupper():
                    first, last = sorted((number, other))
                    yield _hit(person, words, first, last, sure=not (clear.led(first) or clear.house(first)))
    for match in _initials(person.parts).finditer(words.text):
        before = words.text[max(0, match.start() - 16) : match.start()]
        told = bool(_INITIALLED.search(before))
        if told or ("." in match[0] and not before.rstrip().endswith(",")):
            yield Hit(*match.span(), person.instead, told)


@lru_cache(maxsize=256)
def _initials(parts: tuple[str, ...]) -> re.Pattern[str]:
    written = {"y": "[JY]", "c": "(?:C|Tj)", "h": "[HKC]", "f": "[FV]", "u": "(?:U|Oe)", "k": "[KQ]"}
    letters = r"\s?\.?\s?".join(written.get(part[0], re.escape(part[0].upper())) for part in parts)
    return re.compile(rf"(?<![\w.]){letters}(?!\w)\.?")


def _is_initial(words: Words, number: int, letters: set[str]) -> bool:
    return 0 <= number < len(words.keys) and words.keys[number] in letters and words.word(number).isupper()


def _addresses(words: Words, number: int) -> bool:
    return words.keys[number] in vocabulary().groups["sapaan"] and not words.between(number + 1).strip(" .\u00a0\t")


def _is_general(words: Words, number: int) -> bool:
    return words.keys[number] in vocabulary().groups["badan"] and words.word(number)[:1].isupper()


def _begins_sentence(words: Words, number: int) -> bool:
    return number == 0 or bool(_SENTENCE_END.search(words.between(number)))


def _hit(person: Person, words: Words, first: int, last: int, *, sure: bool) -> Hit:
    """Return the place of a name, with *Ibu* and the like before it and degrees behind it when it is certain."""
    if sure:
        while first > 0 and (
            _addresses(words, first - 1)
            or is_abbreviated(words, first)
            or (person.organisation and _is_general(words, first - 1))
        ):
            first -= 1
    begin, end = words.spans[first][0], words.spans[last][1]
    if sure and (degrees := _DEGREES.match(words.text, end)):
        end = degrees.end()
    return Hit(begin, end, person.instead, sure)


@lru_cache(maxsize=256)
def _sequences(person: Person) -> tuple[str, ...]:
    """Return the keys of two or more parts of a name that stand together, the longest first."""
    if person.organisation:
        told = {"".join(person.parts), "".join(person.core)} if len(person.parts) > 1 else set()
    else:
        told = {"".join(person.parts)} if len(person.parts) > 1 else set()
        told |= {"".join(two) for two in permutations(person.parts, 2)}
    return tuple(sorted((keys for keys in told if len(keys) >= _LONG), key=lambda keys: (-len(keys), keys)))


def _everyday() -> frozenset[str]:
    return vocabulary().groups["biasa"]


def _merged(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Return places in their order; those that overlap as one, which is certain if one of them is.

    Of two people with one name it is who comes first: who complains before who suffered.
    """
    merged: list[Hit] = []
    for hit in sorted(hits, key=lambda one: (one.begin, -one.end)):
        last = merged[-1] if merged else None
        if last and hit.begin < last.end:
            instead = hit.instead if hit.sure and not last.sure else last.instead
            merged[-1] = replace(last, end=max(last.end, hit.end), instead=instead, sure=last.sure or hit.sure)
        else:
            merged.append(hit)
    return tuple(merged)
