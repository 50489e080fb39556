"""A possible value of a field, the labels under which the tagger marks values, and what is known of a letter before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline.reading.fields import Candidate, Field, FieldValue
from pipeline.reading.ports import Marked
from pipeline.reading.sheet import Sheet

#: What stands at the edges of a value and is none of it.
EDGE = " .,:;_-|'\"“”"
#: Of what a letter has several.
LISTS = ("terlapor", "tembusan", "permintaan", "lampiran")
#: Of what it has one, by the label under which the tagger marks it.
SINGLE = {
    "tanggal_surat": "tanggal",
    "nomor_surat": "nomor",
    "perihal": "perihal",
    "tempat_kejadian": "tempat",
    "tujuan": "tujuan",
    "lembaga_pelapor": "lembaga",
}
#: What is known of who acts for the complainant, by label; there may be several names.
ATTORNEY = {
    "nama": "kuasa",
    "lembaga": "kuasa_lembaga",
    "nomor_surat_kuasa": "kuasa_nomor",
    "tanggal_surat_kuasa": "kuasa_tanggal",
}
PERSONAL = ("nama", "nik", "umur", "pekerjaan", "alamat", "telepon", "tempat_lahir", "tanggal_lahir")
BIRTH = {"tempat_lahir": "tempat", "tanggal_lahir": "tanggal"}
#: Labels of days.
DAYS = frozenset({"tanggal", "tanggal_lahir", "kuasa_tanggal"})


def field_of(label: str) -> str:
    """Return the register's field of a label; of a person's particular ``pelapor.nik``."""
    names = {own: name for name, own in SINGLE.items()}
    return names.get(label) or (f"pelapor.{label}" if label in PERSONAL else label)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a letter before anything is chosen.

    ``fields`` is what the rules have found, ``named`` everybody whom the letter names but its senders and addressee,
    ``marks`` what the tagger marks; no day after ``until`` is proposed.
    """

    sheet: Sheet
    fields: Mapping[str, FieldValue]
    named: Sequence[Field]
    marks: Sequence[Marked]
    until: date = date.max


@dataclass(slots=True)
class Proposal:
    """One possible value of a field.

    ``rule`` is how sure the rules are (0: they do not say it), ``first`` whether they think it the best, ``owner``
    whose it is by them (from 0). ``mark`` is what the tagger has marked, where it is surest, ``often`` how often,
    ``parted`` that it is only a part of what was marked, ``changed`` how its edges were moved.
    """

    candidate: Candidate
    rule: float = 0.0
    first: bool = False
    owner: int = -1
    mark: Marked | None = None
    often: int = 0
    parted: bool = False
    changed: str = ""
    signs: Mapping[str, float] = field(default_factory=dict)

    @property
    def sure(self) -> float:
        """How sure the tagger is (0: it does not say it)."""
        return self.mark.probability if self.mark else 0.0

    @property
    def nilai(self) -> str:
        """The value as a text."""
        return str(self.candidate.nilai)
