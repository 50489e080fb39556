"""Who must not be named in a case (Permenkumham 23/2022 article 92), and in which ways each could be.

Of complainants, proxies, victims and witnesses: names and parts of names, NIK, telephone, mail, birth, address; the
organisation that complains, its abbreviation, and who acts for it; the complaint's own number. From the register's
fields alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING, Any

from pipeline.access.address_parts import heads_of, spots_of, streets_of
from pipeline.access.handed_on import handing_on
from pipeline.access.naming import is_common_post, key, keys_of, names_of, vocabulary
from pipeline.cases.cleared_words import CLEARED
from pipeline.cases.kept_identity import AGREED, CONSENT
from pipeline.office.wording import MONTHS, said

if TYPE_CHECKING:  # who looks for a name needs no office
    from pipeline.office.office import Office

#: With a case's fields: the names of everybody who holds a post of this office.
OFFICIALS = "pejabat_kantor"
_COMPLAINANT, _PROXY, _VICTIM, _WITNESS = "pelapor", "kuasa", "korban", "saksi"
_LEAST_ABBREVIATION, _MOST_CAPITALS = 3, 6  # letters of an abbreviation; of one that capitals make
_LEAST_NIK, _LEAST_TELEPHONE = 8, 6  # figures that are no everyday number
_LEAST_NUMBER = 5  # letters and figures of a complaint's number that is no everyday word
_BRACKETED = re.compile(r"\([^()]*\)")
_APART = r"\W{0,4}"
_MONTHS = [month.casefold() for month in MONTHS]
_BIRTH = re.compile(r"(\d{1,2})[\s./-]{1,3}(\w{1,9})[\s./-]{1,3}(\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who must not be named: what is said instead, and the parts of the name as keys."""

    instead: str
    parts: tuple[str, ...]
    organisation: bool = False

    @property
    def core(self) -> tuple[str, ...]:
        """The first parts of an organisation's name that tell it from others (*Sumur Jernih* of *Forum Warga …*)."""
        general = vocabulary().groups["badan"]
        first = dropwhile(general.__contains__, self.parts)
        return tuple(takewhile(lambda part: part not in general, first))


@dataclass(frozen=True, slots=True, eq=False)  # the same register has the same one (:func:`secrets_of`)
class Secrets:
    """What must not be said in a case.

    ``numbers`` are figures alone; ``patterns`` what is written with letters and figures (mail, the complaint's number,
    an abbreviation), each with what is said instead and whether it is certain; ``streets`` a street and the house's
    number as keys; ``spots`` smaller places of an address (a hamlet, RT and RW) and who heads them, which say where
    without saying who.
    ``others`` are the names of respondents and places that the register knows; ``officials`` those of the office's own
    people, ``namesakes`` those of them that may also be somebody's of the case; ``cleared`` the words that somebody
    said name nobody; ``free`` parts of the names of complainants and proxies who agreed to be named; all as keys.
    """

    people: tuple[Person, ...]
    numbers: tuple[tuple[str, str], ...]
    patterns: tuple[tuple[re.Pattern[str], str, bool], ...]
    streets: tuple[tuple[str, ...], ...]
    spots: tuple[re.Pattern[str], ...]
    others: frozenset[str]
    officials: frozenset[str]
    namesakes: frozenset[str]
    cleared: frozenset[str]
    free: frozenset[str]


def with_officials(fields: Mapping[str, Any], office: Office) -> dict[str, Any]:
    """Return a case's fields that know the office's own people: a part of their names may be that of a witness, too."""
    return {**fields, OFFICIALS: tuple(dict.fromkeys(one.name for one in office.appointed if one.name))}


def agreed(fields: Mapping[str, Any]) -> bool:
    """Say whether the complainant agreed to be named to others."""
    return said(fields.get(CONSENT)).casefold() == AGREED


def secrets_of(fields: Mapping[str, Any], others: Iterable[str] = (), *, agency: bool = False) -> Secrets:
    """Return what must not be said in a case; ``others`` are more names that are known to be somebody else's.

    ``agency``: with them are the agency that handed the complaint on and its official, also where they may be named.
    """
    open_name = agreed(fields)
    open_body = open_name or (not agency and bool(handing_on(fields)))
    people = [_told(_COMPLAINANT, person, hide=not open_name) for person in _listed(fields.get("pelapor"))]
    people += [_told(role, person) for role in (_VICTIM, _WITNESS) for person in _listed(fields.get(role))]
    people += [_told(_PROXY, person, hide=not open_name) for person in _proxies(fields.get("kuasa"))]
    people += [_told(_COMPLAINANT, person, hide=not open_body) for person in _listed(fields.get("pejabat_penghubung"))]
    known = (*_listed(fields.get("terlapor")), fields.get("tempat_kejadian"), *_listed(fields.get("instansi_lain")))
    names = (piece for text in (*map(_text, known), *others) for piece in re.split(r"[,;()\n]", text))
    return _compiled(
        tuple(people),
        "" if open_body else said(fields.get("lembaga_pelapor")),
        "" if open_name else said(fields.get("nomor_surat")),
        tuple(piece for piece in names if len(piece.split()) > 1),
        tuple(filter(None, map(_text, _listed(fields.get(OFFICIALS))))),
        tuple(text.partition("|")[0].strip() for text in map(_text, _listed(fields.get(CLEARED)))),
        _free(fields) if open_name else (),
    )


def may_be(name: str, people: Iterable[Person]) -> bool:
    """Say whether a name may be that of one of these: all of theirs is in it, or all of it in theirs.

    A part that both have (*Joko Santoso* beside *Budi Santoso*) says so of nobody, neither does a longer name of
    somebody whose own has one part.
    """
    hidden = [set(person.parts) for person in people if not person.organisation]
    return any(
        parts <= whole or (len(whole) > 1 and whole <= parts) for parts in map(set, names_of(name)) for whole in hidden
    )


def _free(fields: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the complainants and their proxies."""
    told = (*_listed(fields.get("pelapor")), *_proxies(fields.get("kuasa")))
    return tuple(name for person in told if (name := _told(_COMPLAINANT, person)[1]))


#: A person as the register knows them: role, name (empty: may be named), and what else tells who it is.
_Told = tuple[str, str, tuple[tuple[str, str], ...]]
_PARTICULARS = ("nik", "telepon", "surel", "ttl", "alamat")


def _told(role: str, person: Any, *, hide: bool = True) -> _Told:
    if not isinstance(person, Mapping) or "nilai" in person:
        return role, _text(person) if hide else "", ()
    known = ((name, _text(person.get(name))) for name in _PARTICULARS)
    return role, _text(person.get("nama")) if hide else "", tuple((name, text) for name, text in known if text)


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value] if value else []


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else said(value)


def _proxies(value: Any) -> Iterator[Any]:
    """Yield the persons of a proxy, which is a text (``nama, nomor surat kuasa``) or a group with one or more names."""
    if not isinstance(value, Mapping) or "nilai" in value:
        yield from _listed(value)
        return
    for name in _listed(value.get("nama")):
        yield {**value, "nama": name}
    if office := value.get("kantor"):
        yield office


@lru_cache(maxsize=32)
def _compiled(
    told: tuple[_Told, ...],
    body: str,
    number: str,
    others: tuple[str, ...],
    officials: tuple[str, ...],
    cleared: tuple[str, ...],
    free: tuple[str, ...],
) -> Secrets:
    instead = vocabulary().instead
    general = vocabulary().groups["badan"]  # an organisation is sometimes written where a person's name belongs
    people = [
        Person(instead[role], parts, organisation=parts[0] in general)
        for role, name, _ in told
        if not (role in (_VICTIM, _WITNESS) and is_common_post(name))
        for parts in names_of(name)
    ]
    if parts := tuple(dict.fromkeys(keys_of(_BRACKETED.sub("", body)))):
        people.append(Person(instead[_COMPLAINANT], parts, organisation=True))
    shared = [name for name in officials if may_be(name, people)]
    known = [particular for _, _, all_known in told for particular in all_known]
    figured = ((figures, instead["angka"]) for kind, text in known for figures in _figures(kind, text))
    written = (pattern for kind, text in known for pattern in _written(kind, text))
    addresses = [text for kind, text in known if kind == "alamat"]
    spots = [spot for text in addresses for spot in spots_of(text) if not any(map(spot.search, others))]
    spots += [head for text in addresses for place, head in heads_of(text) if not any(map(place.search, others))]
    return Secrets(
        tuple(dict.fromkeys(people)),
        tuple(dict.fromkeys(figured)),
        (*_number_patterns(number), *_abbreviations(body), *written),
        tuple(dict.fromkeys(street for text in addresses for street in streets_of(text))),
        tuple(spots),
        frozenset("".join(keys_of(text)) for text in others) - {""},
        _name_keys(name for name in officials if name not in shared),
        _name_keys(shared),
        frozenset("".join(keys_of(text)) for text in cleared) - {""},
        frozenset(part for text in free for parts in names_of(text) for part in parts),
    )


def _name_keys(names: Iterable[str]) -> frozenset[str]:
    """Return names as keys: as they are written but for degrees, and without titles where two parts are left."""
    told = list(names)
    written_so = ("".join(keys_of(name.partition(",")[0])) for name in told)
    plainly = ("".join(parts) for name in told for parts in names_of(name) if len(parts) > 1)
    return frozenset((*written_so, *plainly)) - {""}


def _figures(kind: str, text: str) -> Iterator[str]:
    """Yield the figures of a NIK, and of a telephone number as it is dialled within the country, without the nought."""
    if kind == "nik" and len(digits := re.sub(r"\D", "", text)) >= _LEAST_NIK:
        yield digits
    for one in () if kind != "telepon" else re.split(r"[,;/]|\batau\b|\bdan\b", text):
        digits = re.sub(r"^(?:0|62)?0?", "", re.sub(r"\D", "", one))
        if len(digits) >= _LEAST_TELEPHONE:
            yield digits


def _written(kind: str, text: str) -> Iterator[tuple[re.Pattern[str], str, bool]]:
    """Yield what is written with letters and figures: a mail address, a day of birth."""
    if kind == "surel":
        yield from ((mail, vocabulary().instead["angka"], True) for mail in _mails(text))
    elif kind == "ttl":
        yield from _births(text)


def _mails(text: str) -> Iterator[re.Pattern[str]]:
    for found in re.finditer(r"([\w.+-]{1,64})@([\w.-]{1,255})", text):
        name, house = (_APART.join(map(re.escape, re.findall(r"[^\W_]+", part))) for part in found.groups())
        dotted = house.replace(_APART, rf"{_APART}(?:dot|titik)?{_APART}")
        if name and dotted:
            yield re.compile(rf"(?<![^\W_]){name}{_APART}(?:at|et)?{_APART}{dotted}(?![^\W_])", re.IGNORECASE)


def _number_patterns(number: str) -> Iterator[tuple[re.Pattern[str], str, bool]]:
    """Yield the complaint's number, and the same without its last part (the year), which is less certain."""
    parts = re.findall(r"[^\W_]+", number)
    for told, sure in ((parts, True), (parts[:-1], False)):
        if sum(map(len, told)) >= _LEAST_NUMBER and any(c.isdigit() for c in "".join(told)) and (sure or len(told) > 1):
            pattern = _APART.join(re.escape(part) for part in told)
            instead = vocabulary().instead["nomor_surat"]
            yield re.compile(rf"(?<![^\W_]){pattern}(?![^\W_])", re.IGNORECASE), instead, sure


def _births(text: str) -> Iterator[tuple[re.Pattern[str], str, bool]]:
    """Yield the day of somebody's birth, as the register has it."""
    for found in _BIRTH.finditer(text):
        year, month, day = (found[3], found[2], found[1]) if found[1] else (found[4], found[5], found[6])
        number = (
            _MONTHS.index(month.casefold()) + 1 if month.casefold() in _MONTHS else int(re.sub(r"\D", "", month) or 0)
        )
        if 1 <= number <= len(MONTHS):
            told = rf"(?:0?{number}|{MONTHS[number - 1]}|{MONTHS[number - 1][:3]})"
            pattern = (
                rf"(?<!\w)0?{int(day)}{_APART}{told}{_APART}{year}(?!\w)|(?<!\w){year}-0?{number}-0?{int(day)}(?!\w)"
            )
            yield re.compile(pattern, re.IGNORECASE), vocabulary().instead["angka"], True


def _abbreviations(body: str) -> Iterator[tuple[re.Pattern[str], str, bool]]:
    """Yield an organisation's abbreviation: the one in brackets, and the one that its capitals make."""
    bracketed = re.findall(r"\(\s*([A-Z][\w.-]{1,14})\s*\)", body)
    words = re.findall(r"[^\W\d_]+", _BRACKETED.sub("", body))
    before_place = takewhile(lambda word: key(word) not in vocabulary().groups["sesudah_jalan"], words)
    capitals = ("".join(word[0] for word in some if word[0].isupper()) for some in (words, list(before_place)))
    for short in dict.fromkeys((*bracketed, *capitals)):
        letters = re.sub(r"[^\w]", "", short)
        if len(letters) >= _LEAST_ABBREVIATION and (short in bracketed or len(letters) <= _MOST_CAPITALS):
            pattern = r"[.\s]?".join(map(re.escape, letters))
            yield re.compile(rf"(?<!\w){pattern}(?!\w)"), vocabulary().instead[_COMPLAINANT], True
