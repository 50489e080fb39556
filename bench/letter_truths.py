"""What a letter says, by the label under which the tagger marks it: what proposals are held against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from families import Letter

from pipeline.reading.proposal import ATTORNEY, DAYS, LISTS, PERSONAL, SINGLE, Proposal
from pipeline.reading.proposals import alike, telephone_number
from pipeline.reading.vocabulary import digits

LABELS = (*SINGLE.values(), *LISTS, *PERSONAL, *ATTORNEY.values())
#: Those of which the score of the main fields is made.
MAIN = ("tanggal", "nomor", "perihal", "nama", "nik", "alamat", "telepon", "terlapor", "tempat", "tujuan")
#: Those of which a letter has one.
ONE = frozenset({*SINGLE.values(), *ATTORNEY.values()} - {"kuasa"})
#: Those of which it may have several, of which one may hold another.
SEVERAL = frozenset({*LISTS, "nama", "kuasa"})
Truth = dict[str, list[str]]


def is_right(one: Proposal, truth: Sequence[str]) -> bool:
    """Say whether a proposal is what the letter says, but for letters misread."""
    return any(alike(true, one.nilai) for true in truth)


def truth_of(letter: Letter) -> Truth:
    """Return what a letter of a family says, by label."""
    truth: Truth = defaultdict(list)
    for span in letter.spans:
        said = " ".join(letter.text[span.start : span.end].split())
        if span.label in DAYS:
            said = span.day.isoformat() if span.day else ""
        elif span.label == "umur":
            said = digits(said)
        elif span.label == "telepon":
            said = telephone_number(said)
        if said and said not in truth[span.label] and not (span.label in ONE and truth[span.label]):
            truth[span.label].append(said)
    return truth


def truth_of_known(fields: Mapping[str, Any]) -> Truth:
    """Return what a known letter says, by label."""
    truth: Truth = defaultdict(list)
    attorney, enclosed = fields.get("kuasa") or {}, fields.get("lampiran") or {}
    for name, label in SINGLE.items():
        truth[label] = _all_said(fields.get(name))
    for name, label in ATTORNEY.items():
        truth[label] = _all_said(attorney.get(name))
    for label in LISTS:
        truth[label] = _all_said(fields.get(label))
    truth["lampiran"] = _all_said(enclosed.get("daftar")) or _all_said(enclosed.get("teks"))
    for person in fields.get("pelapor") or ():
        born = (person.get("ttl") or {}).get("nilai") or {}
        particulars = {**person, "tempat_lahir": born.get("tempat"), "tanggal_lahir": born.get("tanggal")}
        for label in PERSONAL:
            truth[label] += _all_said(particulars.get(label))
    return truth


def _all_said(value: Any) -> list[str]:
    """Return what a value of a truth says: itself, its normal form, or each of several."""
    if isinstance(value, list):
        return [said for one in value for said in _all_said(one)]
    said = value.get("nilai", value.get("teks")) if isinstance(value, Mapping) else value
    return [str(said)] if said else []
