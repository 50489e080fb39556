"""What official letters and memos share: number, date, who signs, to whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.access.masking import proxy_name
from pipeline.letters.sheets.sheet_facts import SheetFacts
from pipeline.letters.sheets.texts import signer
from pipeline.office import wording
from pipeline.office.office import Office
from pipeline.office.wording import said

#: The mark of a letter that has no number yet.
KONSEP = "KONSEP"
#: The widest a line of the addressee may be, in average letters: three lines of print.
ADDRESS = 165


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
