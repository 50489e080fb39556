"""All that the office keeps of one person, over all cases: what they are entitled to see (UU 27/2022, article 32).

Of each case the person's own particulars, what they said in it, which papers it has, and who worked on the data when,
by role. Of others nothing: co-complainants, victims, witnesses and proxies are masked in every text as for a stranger
(Permenkumham 23/2022 article 92), whatever they agreed to; respondents are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pipeline.access import masking, secrecy
from pipeline.access.naming import Words, names_of
from pipeline.archive.contents import contents
from pipeline.cases.case import Case
from pipeline.cases.events import Decided
from pipeline.cases.journal import Entry
from pipeline.cases.kept_identity import CONSENT
from pipeline.cases.key_labels import PERSON_LABELS, role_name
from pipeline.cases.sop import Sop
from pipeline.office.wording import said, spelled_out
from pipeline.register.row import Row

#: Where a case names people, and what each of them is there.
_PLACES = {
    "pelapor": "Pelapor",
    "kuasa": "Kuasa",
    "korban": "Korban",
    "saksi": "Saksi",
    "pejabat_penghubung": "Penghubung",
}
#: What somebody said in a complaint.
_SAID = {
    "perihal": "Perihal",
    "ringkasan": "Ringkasan",
    "pokok_permasalahan": "Pokok permasalahan",
    "uraian": "Uraian",
    "data_informasi": "Data dan informasi",
    "permintaan": "Hal yang dimohon",
    "tempat_kejadian": "Tempat kejadian",
    "waktu_kejadian": "Waktu kejadian",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that may be the person's: where it names them, and whether the NIK says so too."""

    row: Row
    places: tuple[str, ...]
    by_nik: bool


@dataclass(frozen=True, slots=True)
class HeldCase:
    """What is kept of the person in a case: particulars, words of theirs, papers, and the trail of processing."""

    number: str
    register_number: str
    received_at: datetime
    particulars: tuple[tuple[str, str], ...]
    words: tuple[tuple[str, str], ...]
    papers: tuple[tuple[str, date], ...]
    trail: tuple[tuple[date, str, str], ...]


def is_same_person(name: str, nik: str, person: Any) -> bool:
    """Say whether a person of a case may be the one who asks: by NIK if both are known, else by the whole name."""
    told = person if isinstance(person, Mapping) and "nilai" not in person else {"nama": person}
    if nik and (other := _nik_of(person)):
        return nik == other
    asked, there = ({frozenset(parts) for parts in names_of(text)} for text in (name, said(told.get("nama"))))
    return not asked.isdisjoint(there)


def _nik_of(person: Any) -> str:
    told = person if isinstance(person, Mapping) and "nilai" not in person else {}
    return "".join(sign for sign in said(told.get("nik")) if sign.isdecimal())


def candidates(
    name: str,
    nik: str,
    rows: Iterable[Row],
    also: Collection[str],
    roles: Collection[str],
    case_of: Callable[[Row], Case],
) -> Iterator[Candidate]:
    """Yield the cases that may be the person's, of those that somebody with these roles may read.

    Rows are looked through by name; ``also`` are numbers of cases in which the NIK was found, for names are misread.
    The row of a case that is *sangat rahasia* names nobody, so each of those that who asks may read is opened: the law
    (UU 27/2022, articles 7 and 15) knows no secrecy of the office before the person themself. So is each of another
    service: its register asks what it likes, and any answer may name somebody.
    """
    asked = {frozenset(parts) for parts in names_of(name)}
    for row in rows:
        told = (parts for text in (*row.pelapor, *row.korban) for parts in names_of(text))
        named = row.top_secret or row.series or any(frozenset(parts) in asked for parts in told)
        if not (named or row.number in also) or not secrecy.open_to(roles, row):
            continue
        fields = case_of(row).fields
        places = tuple(label for key, label in _PLACES.items() if _same(name, nik, fields.get(key)))
        if places := places + (tuple(_mentioning(name, nik, fields)) if row.series else ()):
            people = [person for key in _PLACES for person in _people(fields.get(key))]
            yield Candidate(row, places, any(nik and nik == _nik_of(person) for person in people))


def _mentioning(name: str, nik: str, fields: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is called in words each field that names somebody in its text, beside those that are for people."""
    asked = ["".join(parts) for parts in names_of(name)]
    for key, value in fields.items():
        text = _as_one_text(value) if key not in _PLACES else ""
        numbers = re.sub(r"(?<=\d)[ .-](?=\d)", "", text)
        if (nik and nik in numbers) or any(keys and Words(text).places(keys) for keys in asked):
            yield key.replace("_", " ").capitalize()


def _same(name: str, nik: str, value: Any) -> list[Any]:
    return [person for person in _people(value) if is_same_person(name, nik, person)]


def _people(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value] if value else []


def held_case(case: Case, sop: Sop, register_number: str, name: str, nik: str, readings: Iterable[Entry]) -> HeldCase:
    """Return what is kept of the person in a case; ``readings`` are the lines of the access log about it.

    Of a case of another service its texts are not given: whom else they name, nothing there tells. It is said which of
    them name the person.
    """
    fields = case.fields
    own = [(label, person) for key, label in _PLACES.items() for person in _same(name, nik, fields.get(key))]
    others = {key: value for key, value in fields.items() if key not in (*_PLACES, CONSENT)}
    others |= {key: [p for p in _people(fields.get(key)) if not is_same_person(name, nik, p)] for key in _PLACES}
    elsewhere = _mentioning(name, nik, fields) if case.number.series else ()
    words = () if case.number.series else ((label, _as_one_text(fields.get(key))) for key, label in _SAID.items())
    return HeldCase(
        str(case.number),
        register_number,
        case.received_at,
        (*_particulars(own), *((f"Disebut pada {place}", name) for place in elsewhere)),
        tuple((label, masking.covered_niks(masking.masked(text, others))) for label, text in words if text),
        tuple((paper.title, paper.day) for paper in contents(case, sop)),
        tuple(sorted(_trail(case, sop, readings))),
    )


def _as_one_text(value: Any) -> str:
    """Return a field's value as one text, however many parts it has."""
    if isinstance(value, list | tuple):
        return "\n".join(text for part in value if (text := _as_one_text(part)))
    return said(value) if isinstance(value, Mapping) else spelled_out(value) if value else ""


def _particulars(own: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, str]]:
    for place, person in own:
        if isinstance(person, Mapping) and "nilai" not in person:
            for key, value in person.items():
                if text := said(value):
                    yield f"{place}: {PERSON_LABELS.get(key, key)}", text
        else:
            yield f"{place}: {PERSON_LABELS['nama']}", said(person)


def _trail(case: Case, sop: Sop, readings: Iterable[Entry]) -> Iterator[tuple[date, str, str]]:
    """Yield who did what with the data, by day and role: officials' names are data of others."""
    what = "Surat" if case.number.series else "Pengaduan"
    yield case.entries[0].at.date(), role_name("sistem"), f"{what} diterima dan didaftar"
    labels = {move.key: move.label for move in sop.moves}
    for made in case.made:
        decision: Decided = made.decision
        yield made.at.date(), role_name(made.role), labels.get(decision.move, decision.move)
    seen: dict[tuple[date, str], int] = {}
    for entry in readings:
        for role in entry.data.get("roles", ()):
            key = entry.at.date(), role_name(str(role))
            seen[key] = seen.get(key, 0) + 1
    yield from ((day, role, f"Dibuka {count} kali") for (day, role), count in seen.items())
