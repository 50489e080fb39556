"""What official letters and memos share: number, date, who signs, to whom, and whose identity stays hidden."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pipeline.letters.sheets.sheet_facts import SheetFacts
from pipeline.letters.sheets.texts import signer
from pipeline.office import wording
from pipeline.office.office import Office
from pipeline.office.wording import said

#: The mark of a letter that has no number yet.
KONSEP = "KONSEP"
#: The widest a line of the addressee may be, in average letters: three lines of print.
ADDRESS = 165
#: How others are told of the complainant whose identity the office keeps (Permenkumham 23/2022 Ps. 92).
HIDDEN = "pelapor (identitas pada kami)"


def issued(facts: SheetFacts, office: Office, role: str) -> dict[str, Any]:
    """Return the values of a letter that leaves the office: it is a draft until it has its number."""
    return {
        "tanda_konsep": "" if facts.naskah_number else KONSEP,
        "nomor_naskah": wording.one_line(facts.naskah_number),
        "tanggal_naskah": wording.long_date(facts.naskah_date) if facts.naskah_date else "",
        "lampiran_naskah": "-",
        **signer(role, facts.letter_date, office),
    }


def internal(facts: SheetFacts, office: Office, role: str) -> dict[str, Any]:
    """Return the values of a memo or minutes: signed as they come from the printer, dated that day, so no draft."""
    return {
        **issued(facts, office, role),
        "tanda_konsep": "",
        "tanggal_naskah": wording.long_date(facts.letter_date),
    }


def to_complainant(facts: SheetFacts) -> dict[str, Any]:
    """Return the addressee of a letter to the complainant: name, proxy and address, as far as known."""
    fields = facts.fields
    people = [person for person in fields.get("pelapor") or [] if isinstance(person, Mapping)]
    named = [name for person in people if (name := said(person.get("nama")))]
    body, proxy = said(fields.get("lembaga_pelapor")), proxy_name(fields)
    person = f"Saudara {named[0]}" + (" dkk." if len(people) > 1 else "") if named else ""
    first = [f"Pimpinan {body}", f"u.p. {person}"] if body and person else [f"Pimpinan {body}"] if body else [person]
    address = next((text for p in people if (text := said(p.get("alamat")))), "")
    through = f"melalui kuasanya, {proxy}" if proxy else ""
    known = [wording.shortened(line, ADDRESS) for line in (*first, through, address) if line]
    return {"yth": known or [f"Pelapor pada register nomor {facts.register_number}"], "di": "Tempat"}


def _of(group: Any, name: str) -> str:
    return said(group.get(name)) if isinstance(group, Mapping) else ""


def identities(fields: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what tells who complains: names, organisation, proxy, NIK, telephone and mail; the longest first."""
    people = [*(fields.get("pelapor") or []), fields.get("kuasa")]
    found = {_of(person, name) for person in people for name in ("nama", "nik", "telepon", "surel")}
    proxy = proxy_name(fields)
    found |= {said(fields.get("lembaga_pelapor")), proxy, proxy.partition(",")[0]}
    return tuple(sorted((text for text in found if len(text) > 1), key=lambda text: (-len(text), text)))


def proxy_name(fields: Mapping[str, Any]) -> str:
    """Return the proxy's name, who is a group of fields or one text (``nama, nomor surat kuasa``)."""
    return _of(fields.get("kuasa"), "nama") or said(fields.get("kuasa"))


def names_complainant(text: str, fields: Mapping[str, Any]) -> bool:
    """Say whether the text tells who complains."""
    return any(_pattern(identity).search(text) for identity in identities(fields))


def masked(text: str, fields: Mapping[str, Any]) -> str:
    """Return the text with *pelapor* in the place of whatever tells who complains."""
    for identity in identities(fields):
        text = _pattern(identity).sub("pelapor", text)
    return text


def _pattern(identity: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in identity.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
