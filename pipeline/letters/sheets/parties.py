"""Who is in a case, as the sheets that stay in the office tell it: complainants, proxy, victims.

A victim who is a child is told by initials: the name stands in the register.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from pipeline.cases.case_kind import GROUP
from pipeline.letters.sheets.child_names import child_complains, concerns_child
from pipeline.office import wording
from pipeline.office.laws import Laws
from pipeline.office.wording import all_said, said

_VICTIM, _FAMILY = "korban", "keluarga"
_AS = {_VICTIM: "selaku korban", _FAMILY: "selaku keluarga korban"}
#: A name, and what follows it: ``Bayu Rekaan (9 tahun)``.
_NAMED = re.compile(r"(?P<name>[^(,;]+?)(?P<more>\s*[(,;].*)?$", re.DOTALL)


def complainants(fields: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return name and description of each complainant, the organisation that complains first and the proxy last."""
    body, proxies = said(fields.get("lembaga_pelapor")), _proxies(fields)
    found = [{"nama": body, "keterangan": _body(fields)}] if body and not proxies else []
    capacity = _AS.get(said(fields.get("kapasitas")).casefold(), "")
    for person in _people(fields):
        about = [said(person.get("pekerjaan")).lower(), _living(person), "" if found else capacity]
        found.append({"nama": _name(person, fields), "keterangan": "; ".join(filter(None, about))})
    return [*found, *proxies] or ([{"nama": body, "keterangan": _body(fields)}] if body else [])


def complainant_in_words(fields: Mapping[str, Any]) -> str:
    """Return who complains as a sentence names them; empty where nobody is known.

    An organisation beside a proxy is the proxy's own (:func:`proxy_in_words`).
    """
    people, body = [_name(person, fields) for person in _people(fields)], said(fields.get("lembaga_pelapor"))
    first = f"{people[0]} dkk. ({len(people)} orang)" if len(people) > 1 else "".join(people)
    if proxy := proxy_in_words(fields):
        return f"{first} melalui kuasanya, {proxy}," if first else proxy
    return f"{body} (diwakili {first})" if body and first else body or first


def proxy_in_words(fields: Mapping[str, Any]) -> str:
    """Return who acts for the complainants; empty where nobody does.

    An organisation beside a proxy is the proxy's own (a legal aid office): ``Joko Contoh, S.H. (LBH Rekaan)``.
    """
    names, body = [proxy["nama"] for proxy in _proxies(fields)], said(fields.get("lembaga_pelapor"))
    return " dan ".join(names) + (f" ({body})" if names and body else "")


def victims(fields: Mapping[str, Any]) -> list[str]:
    """Return the victims, if they are others than the complainants; children by their initials."""
    named = all_said(fields.get(_VICTIM)) or [said(fields.get(_VICTIM))]
    return [_child(name) if concerns_child(fields) else name for name in named if name]


def protections(fields: Mapping[str, Any], laws: Laws, day: date) -> list[str]:
    """Return in what the victims are vulnerable, and how the law protects them."""
    marks = all_said(fields.get("kerentanan")) or [said(fields.get("kerentanan"))]
    return [_protected(mark, laws, day) for mark in marks if mark]


def _people(fields: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    people = fields.get("pelapor") or []
    return [person for person in people if isinstance(person, Mapping) and said(person.get("nama"))]


def _name(person: Mapping[str, Any], fields: Mapping[str, Any]) -> str:
    name = said(person.get("nama"))
    return _child(name) if child_complains(fields) else name


def _child(name: str) -> str:
    """Return a child by initials; what is no person's name (``Warga RT 2 dan RT 3``) stays."""
    found = _NAMED.match(name)
    words = found["name"].split() if found else []
    if not words or not all(word[0].isupper() and word.isalpha() for word in words):
        return name
    return f"Anak berinisial {''.join(f'{word[0]}.' for word in words)}{found['more'] or ''}"  # type: ignore[index]


def _living(person: Mapping[str, Any]) -> str:
    address = said(person.get("alamat"))
    return f"beralamat di {address}" if address else ""


def _body(fields: Mapping[str, Any]) -> str:
    count = said(fields.get("jumlah_kelompok"))
    if said(fields.get("kapasitas")).casefold() != GROUP:
        return "lembaga"
    return f"kelompok, {wording.counted(int(count), 'orang')}" if count.isdecimal() else "kelompok"


def _proxies(fields: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the proxies (a group of fields, or one text) with their organisation, letter and address."""
    value = fields.get("kuasa")
    if not isinstance(value, Mapping) or "nama" not in value:
        return [{"nama": text, "keterangan": "kuasa"}] if (text := said(value)) else []
    letter = said(value.get("nomor_surat_kuasa"))
    body = said(fields.get("lembaga_pelapor"))
    about = [f"kuasa dari {body}" if body else "kuasa", f"Surat Kuasa Nomor {letter}" if letter else "", _living(value)]
    names = all_said(value["nama"]) or [said(value["nama"])]
    return [{"nama": name, "keterangan": "; ".join(filter(None, about))} for name in names if name]


def _protected(mark: str, laws: Laws, day: date) -> str:
    found = laws.protection(mark)
    if found is None:
        return f"{mark[:1].upper()}{mark[1:]}."
    source = laws.cite(found.source, day)
    return f"{found.called}: {found.note.rstrip('.')}{f' ({source})' if source else ''}."
