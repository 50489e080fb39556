"""Who reads a letter to the complainant: the addressee's lines and place, and how the letter speaks to them.

A proxy reads for whom they stand for, a group's spokesman for the group, an organisation's head for it; of a child
that complains by itself, whoever cares for it: a child's name stands nowhere on the outside.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.cases.case_kind import GROUP, named_complainants
from pipeline.letters.sheets.child_names import child_complains
from pipeline.letters.sheets.sheet_facts import SheetFacts
from pipeline.office import wording
from pipeline.office.wording import all_said, said

#: Younger than this is a child (Law 39/1999 article 1 number 5).
_OF_AGE = 18
#: A degree behind a name (``S.H.``, ``M.Kn.``), which the comma before it does not part from the name.
_DEGREE = re.compile(r"(?:[A-Z][A-Za-z]{0,5}\.)+[A-Z]?[A-Za-z]{0,6}\.?")
#: So many complainants have their addresses in the lines of the addressee.
_WITH_ADDRESS = 5
_POSTCODE = re.compile(r"\s*\b\d{5}\b")


@cache
def words() -> Mapping[str, Mapping[str, Any]]:
    """Return the words of the letters to the complainant, read once."""
    return tomllib.loads((Path(__file__).parent / "complainant_words.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the letter: the addressee's lines, the place, and how the letter speaks to them.

    ``standing`` is as what they complain (``selaku kuasa dari Saudara …``; empty: for themselves), ``several``: others
    complain beside who is named, ``head``: it is an organisation's, ``guardian``: it is a child's that complains,
    ``proxy``: they stand for somebody who gave them power of attorney.
    """

    lines: tuple[str, ...]
    place: str
    greeting: str
    standing: str = ""
    several: bool = False
    head: bool = False
    guardian: bool = False
    proxy: bool = False


def reader(facts: SheetFacts) -> Reader:
    """Return who reads the letters to the complainant of a case, as far as the register knows."""
    to, fields = words()["tujuan"], facts.fields
    people = named_complainants(fields)
    grown = [p for p in people if not _is_child(p, fields)]
    named = _named(grown, others=len(people) - 1)
    proxy, house = proxy_of(fields)
    child = bool(people) and not grown
    if proxy:
        of = named or (to["pelapor_anak"].format(register=facts.register_number) if child else "")
        standing = to["kuasa"].format(pelapor=of or _body(fields)) if of or _body(fields) else ""
        return _reader(
            (to["orang"].format(nama=proxy), house, standing), _address(fields.get("kuasa")), standing, proxy=True
        )
    address = next((text for p in grown or people if (text := _address(p))), "")
    body = _body(fields)
    if body and said(fields.get("kapasitas")).casefold() == GROUP and named:
        standing = to["wakil"].format(kelompok=body)
        return _reader((_named(grown), standing), address, standing)
    if body:
        head = body if _is_head(body) else to["pimpinan"].format(lembaga=body)
        attention = to["perhatian"].format(orang=_named(grown)) if grown else ""
        return _reader((head, attention), address, place=_place_of_body(body), head=True)
    if child:
        return _reader((to["anak"].format(register=facts.register_number),), address, guardian=True)
    nobody = to["tanpa_nama"].format(register=facts.register_number)
    return _reader((named or nobody,), address, several=bool(named) and len(people) > 1)


def each_apart(facts: SheetFacts) -> list[str]:
    """Return everybody of several who complain as a letter to each of them names them; empty where it is not to each.

    Days may run for each of them from when it came, and who complains need not be told by another. A child is not
    named; where there are more than :data:`_WITH_ADDRESS`, none with the address.
    """
    if not reader(facts).several:
        return []
    fields = facts.fields
    grown = [p for p in named_complainants(fields) if not _is_child(p, fields)]
    told = [(_named([person]), _address(person) if len(grown) <= _WITH_ADDRESS else "") for person in grown]
    return [", ".join(filter(None, parts)) for parts in told] if grown[1:] else []


def children(fields: Mapping[str, Any]) -> list[str]:
    """Return the names of the children that complain."""
    return [said(person.get("nama")) for person in named_complainants(fields) if _is_child(person, fields)]


def _reader(lines: tuple[str, ...], address: str, standing: str = "", place: str = "", **more: bool) -> Reader:
    """Return the reader; ``place``: where they are if the address does not tell. An agency is in no mere *Tempat*."""
    greetings = words()["sapaan"]
    greeting = greetings["pimpinan" if more.get("head") or more.get("guardian") else "orang"]
    place = _place(address) or place or ("" if more.get("head") else str(words()["tujuan"]["tanpa_tempat"]))
    return Reader(tuple(line for line in (*lines, address) if line), place, greeting, standing, **more)


def _named(people: list[Mapping[str, Any]], *, others: int = 0) -> str:
    """Return the first of them, and how many others are beside; empty where nobody is known."""
    form = words()["tujuan"]["beberapa" if others > 0 else "orang"]
    many = wording.counted(max(others, 0), "pelapor")
    return str(form.format(nama=said(people[0].get("nama")), banyak=many)) if people else ""


def _body(fields: Mapping[str, Any]) -> str:
    return said(fields.get("lembaga_pelapor"))


def _is_head(body: str) -> bool:
    """Say whether an organisation is written as its head already (``Camat Contoh``)."""
    return body.casefold().startswith(tuple(f"{title} " for title in words()["bacaan"]["jabatan"]))


def proxy_of(fields: Mapping[str, Any]) -> tuple[str, str]:
    """Return the proxy's name (of several the first, ``dkk.``) and house.

    Who has only one text has typed it: ``nama, lembaga, nomor surat kuasa``.
    """
    proxy = fields.get("kuasa")
    if isinstance(proxy, Mapping) and proxy.get("nama"):
        names = all_said(proxy["nama"]) or [said(proxy["nama"])]
        house = said(proxy.get("lembaga")) or _body(fields)
        return names[0] + (" dkk." if len(names) > 1 else ""), house
    first, *rest = (part.strip() for part in said(proxy).split(","))
    degrees = next((n for n, part in enumerate(rest) if not _DEGREE.fullmatch(part)), len(rest))
    house = next((part for part in rest[degrees:] if part and not re.search(r"\d", part)), _body(fields))
    return ", ".join((first, *rest[:degrees])), house if first else ""


def _is_child(person: Mapping[str, Any], fields: Mapping[str, Any]) -> bool:
    """Say whether a complainant is a child: by age, else because a child is the victim and complains as such."""
    age = re.search(r"\d+", said(person.get("umur")))
    if age:
        return int(age[0]) < _OF_AGE
    return child_complains(fields)


def _address(person: Any) -> str:
    return said(person.get("alamat")) if isinstance(person, Mapping) else ""


def _place(address: str) -> str:
    """Return the town or regency of an address, for the line *di*; empty where it names none."""
    reading = words()["bacaan"]
    parts = [part for text in address.split(",") if (part := _POSTCODE.sub("", text).strip(" ."))]
    for kind in reading["wilayah"]:
        for part in reversed(parts):
            if part.casefold().startswith(f"{kind} "):
                return part[len(kind) :].strip()
    last = parts[-1] if len(parts) > 1 else ""
    plain = last and not re.search(r"\d", last) and last.split()[0].casefold() not in reading["bukan_tempat"]
    return last if plain else ""


def _place_of_body(body: str) -> str:
    """Return where an organisation is, as far as its name tells (``Dinas Sosial Kabupaten Contoh``)."""
    reading = words()["bacaan"]
    kinds = "|".join(map(re.escape, reading["wilayah_lembaga"]))
    found = re.search(rf"(?:^|\s)(?:{kinds})\s+(?P<place>[^,()]+)$", body, re.IGNORECASE)
    place = found["place"].strip() if found else ""
    return place if place and place.split()[0].casefold() not in reading["bukan_tempat"] else ""
