"""Who is in a case, as the sheets that stay in the office tell it: complainants, proxies, victims.

A victim who is a child is told by initials: the name stands in the register. One who died is told as such, where the
register says so beside the name, and is not heard any more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from pipeline.access.children import child_complains
from pipeline.cases.case_kind import GROUP, concerns_child, named_complainants
from pipeline.letters.sheets.child_names import by_initials
from pipeline.office import wording
from pipeline.office.laws import Laws
from pipeline.office.wording import all_said, said

_VICTIM, _FAMILY = "korban", "keluarga"
_AS = {_VICTIM: "selaku korban", _FAMILY: "selaku keluarga korban"}
#: As what the only person beside an organisation that complains does so.
_SPEAKING = {GROUP: "selaku wakil kelompok", "lembaga": "selaku wakil lembaga"}
#: What says of a victim that they died: ``Alm. Rudi Rekaan``, ``Rudi Rekaan (meninggal dunia)``.
_LATE = re.compile(r"\b(?:alm|almh|almarhum|almarhumah|mendiang|meninggal|tewas|wafat)\b", re.IGNORECASE)
_SHORT_FOR_LATE = re.compile(r"\b(?P<she>almh)\b\.?|\balm\b\.?", re.IGNORECASE)


def complainants(fields: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return name and description of each complainant, the organisation that complains first."""
    body = said(fields.get("lembaga_pelapor"))
    found = [{"nama": body, "keterangan": _body(fields)}] if body and not proxies(fields) else []
    people, capacity = named_complainants(fields), said(fields.get("kapasitas")).casefold()
    role = _AS.get(capacity, "") if not found else _SPEAKING.get(capacity, "") if len(people) == 1 else ""
    for person in people:
        about = [said(person.get("pekerjaan")).lower(), _living(person), role]
        found.append({"nama": _name(person, fields), "keterangan": "; ".join(filter(None, about))})
    return found


def complainant_in_words(fields: Mapping[str, Any]) -> str:
    """Return who complains as a sentence names them; empty where nobody is known.

    An organisation beside a proxy is the proxy's own (:func:`proxy_in_words`).
    """
    people, body = [_name(person, fields) for person in named_complainants(fields)], said(fields.get("lembaga_pelapor"))
    others = len(people) - 1
    first = f"{people[0]} dan {wording.counted(others, 'orang lainnya')}" if others > 0 else "".join(people)
    if proxy := proxy_in_words(fields):
        return f"{first} melalui kuasanya, {proxy}," if first else proxy
    return f"{body} (diwakili {people[0]}{' dkk.' if others > 0 else ''})" if body and people else body or first


def proxy_in_words(fields: Mapping[str, Any]) -> str:
    """Return who acts for the complainants; empty where nobody does.

    An organisation beside a proxy is the proxy's own (a legal aid office): ``Joko Contoh, S.H. (LBH Rekaan)``.
    """
    names, body = [proxy["nama"] for proxy in proxies(fields)], said(fields.get("lembaga_pelapor"))
    return " dan ".join(names) + (f" ({body})" if names and body else "")


def proxies(fields: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the proxies (a group of fields, or one text) with their own organisation, letter and address."""
    value = fields.get("kuasa")
    if not isinstance(value, Mapping) or "nama" not in value:
        return [{"nama": text, "keterangan": ""}] if (text := said(value)) else []
    letter = said(value.get("nomor_surat_kuasa"))
    body = said(fields.get("lembaga_pelapor"))
    about = "; ".join(filter(None, [body, f"Surat Kuasa Nomor {letter}" if letter else "", _living(value)]))
    names = all_said(value["nama"]) or [said(value["nama"])]
    return [{"nama": name, "keterangan": about} for name in names if name]


def victims(fields: Mapping[str, Any]) -> list[str]:
    """Return the victims, if they are others than the complainants; children by their initials."""
    return [by_initials(name) if concerns_child(fields) else _late(name) for name in _victims(fields)]


def protections(fields: Mapping[str, Any], laws: Laws, day: date) -> list[str]:
    """Return in what the victims are vulnerable, and how the law protects them; of who died, who is heard instead."""
    marks = all_said(fields.get("kerentanan")) or [said(fields.get("kerentanan"))]
    named = _victims(fields)
    died = bool(named) and all(_LATE.search(name) for name in named)
    return [_protected(mark, laws, day, died=died) for mark in marks if mark]


def _name(person: Mapping[str, Any], fields: Mapping[str, Any]) -> str:
    name = said(person.get("nama"))
    return by_initials(name) if child_complains(fields) else name


def _living(person: Mapping[str, Any]) -> str:
    address = said(person.get("alamat"))
    return f"beralamat di {address}" if address else ""


def _body(fields: Mapping[str, Any]) -> str:
    count = said(fields.get("jumlah_kelompok"))
    if said(fields.get("kapasitas")).casefold() != GROUP:
        return "lembaga"
    return f"kelompok yang terdiri atas {wording.counted(int(count), 'orang')}" if count.isdecimal() else "kelompok"


def _victims(fields: Mapping[str, Any]) -> list[str]:
    named = all_said(fields.get(_VICTIM)) or [said(fields.get(_VICTIM))]
    return [name for name in named if name]


def _late(name: str) -> str:
    """Return a name with *almarhum* or *almarhumah* in full."""
    whole = _SHORT_FOR_LATE.sub(lambda short: "almarhumah" if short["she"] else "almarhum", name)
    return f"{whole[:1].upper()}{whole[1:]}"


def _protected(mark: str, laws: Laws, day: date, *, died: bool) -> str:
    found = laws.protection(mark)
    if found is None:
        return f"{mark[:1].upper()}{mark[1:]}."
    if died:
        return f"{found.called}: telah meninggal dunia; keterangan diperoleh dari keluarga, saksi, dan pihak lain."
    source, note = laws.cite(found.source, day), f"{found.note[:1].lower()}{found.note[1:]}".rstrip(".")
    return f"{found.called}: {note}{f' ({source})' if source else ''}."
