"""Where a text says how a victim, a child or a witness is called: *anak saya bernama budi santoso*, *korban a.n. Budi*.

Whom the register does not know is found by these words alone, and so is never certain. Of whom it knows they make a
name certain that consists of everyday words in small letters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache

from pipeline.access.hits import Hit
from pipeline.access.naming import Words, key, vocabulary

_SKIPPED = 5  # words between *anak* and the name: *saya yang kedua, umur 9 tahun*
_SMALL_NAME, _NAME = 3, 6  # words of a name in small letters, where nothing shows its end; in capitals
_SHORTEST = 5  # letters in capitals that are no abbreviation
_SHORTENED = 3  # letters of a part that ends with a point: *M. Rizki*, *Moh. Rizki*
_ENDINGS = ("nya", "ku")
_JOINS, _WITHIN = " (.,:;\"'“”‘’\u00a0\t\n", " .'’\u00a0\t\n"


def introduced(words: Words, known: Callable[[int, int], bool], free: frozenset[str]) -> Iterator[Hit]:
    """Yield names that the text gives to victims, children and witnesses.

    ``known`` says whether a stretch belongs to somebody who is known otherwise, ``free`` are parts of names that may
    be told.
    """
    for noun, whose in _nouns().items():
        for number in words.numbers.get(noun, ()):
            first = _first_of_name(words, number, whose=whose)
            last = _last_of_name(words, first) if first else 0
            if not last or free.issuperset(words.keys[first : last + 1]):
                continue
            begin, end = words.spans[first][0], words.spans[last][1]
            if not known(begin, end):
                yield Hit(begin, end, vocabulary().instead["korban"], sure=False)


def is_introduced(words: Words, number: int) -> bool:
    """Say whether the words before this one say that a person's name follows (*anak saya*, *bernama*, *a.n.*)."""
    groups = vocabulary().groups
    for before in range(number - 1, max(-1, number - 1 - _SKIPPED), -1):
        if words.between(before + 1).strip(_WITHIN):
            return False
        if words.keys[before] in groups["sapaan"] | groups["menyapa_anak"] or _is_cue(words, before):
            return True
        if words.keys[before] not in groups["anak_siapa"]:
            return False
    return False


def is_named(words: Words, number: int) -> bool:
    """Say whether the word right before this one says that it is what somebody is called."""
    return number > 0 and not words.between(number).strip(_JOINS) and _is_cue(words, number - 1)


def is_abbreviated(words: Words, number: int) -> bool:
    """Say whether this word and the one before it stand for *atas nama*."""
    return words.keys[number - 1 : number + 1] == ["a", "n"] and words.between(number).strip(" ") in (".", "/", "")


def _is_cue(words: Words, number: int) -> bool:
    return words.keys[number] in vocabulary().groups["penamaan"] or is_abbreviated(words, number)


@cache
def _nouns() -> Mapping[str, bool]:
    """Return the words for who somebody is, and whether each says whose child that is (*anaknya*, *putriku*).

    So does *ananda*: a name follows.
    """
    plain, called = vocabulary().groups["dilindungi"], vocabulary().groups["menyapa_anak"]
    endings = (key(f"{noun}{ending}") for noun in plain for ending in _ENDINGS)
    return dict.fromkeys(plain, False) | dict.fromkeys((*endings, *called), True)


@cache
def _of_whom() -> frozenset[str]:
    """Return the words that say of a child whose or which it is, also as *perempuannya*."""
    plain = vocabulary().groups["anak_siapa"]
    return plain | {key(f"{word}{ending}") for word in plain for ending in _ENDINGS}


@cache
def _addressing() -> frozenset[str]:
    """Return the words that may stand between *bernama* and the name (*ibu*, *saudara*)."""
    groups = vocabulary().groups
    return groups["sapaan"] - groups["tanpa_nama"] - groups["sudah_diganti"]


@cache
def _no_name() -> frozenset[str]:
    """Return the words that are in no name: at the first of them it has ended, or there is none."""
    groups = vocabulary().groups
    ends = groups["tanpa_nama"] | groups["sudah_diganti"] | groups["pengantar"] | groups["sesudah_nama"]
    return ends | groups["bukan_orang"]


def _first_of_name(words: Words, noun: int, *, whose: bool) -> int:
    """Return where the name begins behind the word for who somebody is; 0 where none follows.

    Without *bernama* it begins with a capital behind *anak saya*: what else follows there is what the child did. A
    short word in capitals is a class, a school or initials then, and where all is in capitals nothing shows a name.
    """
    groups = vocabulary().groups
    shouted = words.word(noun).isupper()
    cued = False  # whether it says how the child is called
    for number in range(noun + 1, min(noun + 2 + _SKIPPED, len(words.keys))):
        told = words.keys[number]
        ended = whose and not cued and "." in words.between(number) and not is_abbreviated(words, number)
        if ended or words.between(number).strip(_JOINS):
            return 0
        if _is_cue(words, number):
            cued = True
        elif cued and told in _addressing():
            continue
        elif not cued and (told in _of_whom() or told in groups["yang_mana"] or told.isdigit() or told == "a"):
            whose = whose or told in _of_whom()
        else:
            word = words.word(number)
            large = word[:1].isupper() and not (word.isupper() and (shouted or len(word) < _SHORTEST))
            return number if cued or (whose and large) else 0
    return 0


def _last_of_name(words: Words, first: int) -> int:
    """Return where a name ends that begins there; 0 where it is none."""
    large = words.word(first)[:1].isupper()
    last = 0
    for number in range(first, min(first + (_NAME if large else _SMALL_NAME), len(words.keys))):
        word, told = words.word(number), words.keys[number]
        apart = number > first and (
            bool(words.between(number).strip(_WITHIN).removeprefix("-"))  # *Al-Fatih*
            or ("." in words.between(number) and len(words.word(number - 1)) > _SHORTENED)
        )
        if apart or told in _no_name() or told.isdigit() or (large and not _is_of_large(word, told)):
            break
        last = number
    return last


def _is_of_large(word: str, told: str) -> bool:
    return word[:1].isupper() or told in vocabulary().groups["bukan_bagian"]
