"""What a letter tells of its complainants elsewhere: a telephone, a shared address, the name under the signature."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.reading.fields import Field
from pipeline.reading.introductions import particulars
from pipeline.reading.layout import Layout
from pipeline.reading.numbers import telephone
from pipeline.reading.signature import signers
from pipeline.reading.vocabulary import fold

Person = dict[str, Field | None]
_CONTACT = re.compile(
    r"(?:kontak|narahubung|telepon|telpon|tlp|whatsapp|hp yang|nomor (?:yang|saya)|nomor [\w ]{2,20} (?=0\d)|"
    r"dihubungi|hubungi|no\.? ?hp|"
    r"nomor hp|telp|hp\b|wa\b)",
    re.I,
)
_SHARED_HOME = re.compile(
    r"(?:kesemuanya|semuanya|ketiganya|keduanya|kami semua)?\s*(?:beralamat di|adalah warga|"
    r"bertempat tinggal di|warga)\s+",
    re.I,
)


def completed(layout: Layout, people: list[Person], kuasa_names: frozenset[str]) -> list[Person]:
    """Give the first person a telephone or an address that stands elsewhere in the letter, for the whole group.

    A person alone also gets the name under the signature as a second candidate, where it is spelt otherwise.
    """
    first = people[0]
    if len(people) == 1:
        first["nama"] = _with_signature(layout, first["nama"], kuasa_names)
    if all(p["telepon"] is None for p in people):
        first["telepon"] = _contact(layout) or _beside_signature(layout, first) or _own_letterhead(layout, first)
    if len(people) > 1 and all(p["alamat"] is None for p in people):
        first["alamat"] = _shared_home(layout)
    return people


def _with_signature(layout: Layout, name: Field | None, kuasa_names: frozenset[str]) -> Field | None:
    if name is None:
        return None
    signed = [f.best for f in signers(layout) if str(f.best.nilai) not in kuasa_names]
    others = [replace(c, confidence=0.4 * c.confidence) for c in signed if c.nilai != name.best.nilai]
    return Field((*name.candidates, *others[:1]))


def _contact(layout: Layout) -> Field | None:
    sheet = layout.sheet
    for row in sheet.rows[layout.body : layout.last]:
        match = _CONTACT.search(row.text) or re.search(r"nomor\W*$", row.text, re.I)
        if match:
            end = min(row.end + 40, len(sheet.text))
            if found := telephone(layout, row.start, end, "nomor yang dapat dihubungi", 0.8):
                return found
    return None


def _beside_signature(layout: Layout, person: Person) -> Field | None:
    """Return the telephone that stands alone among the signatures, or in the row of the complainant's own name."""
    name = person["nama"]
    own = fold(str(name.best.nilai)) if name else ""
    for row in layout.tail_rows:
        alone = not re.search(r"[A-Za-z]{3}", row.text)
        if (alone or (own and own in fold(row.text))) and (
            found := telephone(layout, row.start, row.end, "nomor di bawah tanda tangan", 0.7)
        ):
            return found
    return None


def _own_letterhead(layout: Layout, person: Person) -> Field | None:
    """Return the telephone in a letterhead that carries the complainant's own name."""
    name = person["nama"]
    head = layout.sheet.rows[: min(4, layout.body)]
    if not head or name is None or fold(str(name.best.nilai)) not in fold(head[0].text):
        return None
    return telephone(layout, head[0].start, head[-1].end, "nomor di kepala surat pelapor sendiri", 0.7)


def _shared_home(layout: Layout) -> Field | None:
    start = layout.offset(max(0, layout.body - 1))
    end = min(layout.offset(layout.ending), start + 1300)
    match = _SHARED_HOME.search(layout.sheet.flow, start, end)
    return particulars(layout, match.start(), min(end, match.end() + 200))["alamat"] if match else None
