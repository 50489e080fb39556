"""Who reads a sheet, and what others are not told: who complains, for whom and about whose suffering, and who saw it.

Which sheets others read is data (``readers.toml``). Of those, whatever a case or a form says goes through
:func:`withheld`, so that no sheet has to think of it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.access.identities import agreed
from pipeline.access.masking import HIDDEN, is_half_named, masked_within
from pipeline.cases.kept_identity import keeps_somebody
from pipeline.cases.letter_subjects import CITED
from pipeline.cases.sop import is_own_sheet
from pipeline.letters.sheets import texts
from pipeline.letters.sheets.corrected_letters import CORRECTED, CORRECTS
from pipeline.letters.sheets.sheet_facts import SheetFacts
from pipeline.office.office import Office

COMPLAINANT, OFFICE, OTHERS, AS_CORRECTED = "pelapor", "kantor", "pihak-lain", "seperti-yang-diralat"
#: What is made for a complainant and is no letter: given at the counter, signed at an audience.
_OF_KEPT = "05-lembar-tersendiri"
_THEIRS = ("01-tanda-terima", _OF_KEPT)
#: What a complaint is told by, which only its sender and this office know.
_OF_COMPLAINT = ("nomor_surat", "tanggal_surat")
#: What is the office's own: who signs, under which number, who of the office was there.
_OF_OFFICE = (
    "penandatangan_jabatan",
    "penandatangan_nama",
    "penandatangan_nip",
    "nomor_naskah",
    "nomor_register",
    "dari_kantor",
)
#: To whom a letter goes: nobody can be told it instead of by name, so that is left to the guard, which stops it.
_ADDRESSEE = ("yth",)


@cache
def readers() -> Mapping[str, str]:
    """Return by template who reads the sheet."""
    told = tomllib.loads(files(__package__).joinpath("readers.toml").read_text(encoding="utf-8"))
    return {template: reader for reader, templates in told.items() for template in templates}


def leaves_the_office(template: str) -> bool:
    """Say whether a sheet of this template is read by anybody but this office."""
    return readers().get(template) != OFFICE


def is_for_others(template: str) -> bool:
    """Say whether a sheet of this template may be read by others than the complainant and this office.

    Of one that the office added that is not known without its edition.
    """
    return readers().get(template) in (OTHERS, AS_CORRECTED) or is_own_sheet(template)


def read_by_others(template: str, facts: SheetFacts) -> bool:
    """Say whether others read this sheet; a correction goes where its letter went.

    A sheet of another service is read by whomever it is sent to, or whoever else signs it.
    """
    if facts.edition:
        sheet = facts.edition.sheet(template)
        return sheet.shared or sheet.recipient not in ("", COMPLAINANT)
    reader = readers().get(template)
    if reader == AS_CORRECTED:
        reader = readers().get(texts.line(facts.last(CORRECTS), CORRECTED), OTHERS)
    return reader == OTHERS


def has_no_reader(template: str, facts: SheetFacts) -> bool:
    """Say whether this is for nobody: for the complainant of a case from the news, or for those who are kept back."""
    if template == _OF_KEPT and not keeps_somebody(facts.fields, facts.channel or ""):
        return True
    return template in (*CITED, *_THEIRS) and readers().get(template) == COMPLAINANT and texts.from_news(facts)


def withheld(values: Mapping[str, Any], fields: Mapping[str, Any], office: Office) -> dict[str, Any]:
    """Return a sheet's values without whatever names for certain who must not be named.

    An official who shares a part of the name keeps their own; one who has the whole of it does not: whose it is nobody
    could tell. The complaint's own number and date are left out, unless the complainant agreed to be named.
    """
    kept = (*_OF_OFFICE, *_ADDRESSEE)
    own = [one.name for one in office.appointed if one.name and is_half_named(one.name, fields)]
    open_values = {name: value for name, value in values.items() if name not in kept}
    told = {**values, **masked_within(open_values, fields, own)}
    if agreed(fields):
        return told
    return {**told, **dict.fromkeys(_OF_COMPLAINT, ""), "pelapor": HIDDEN if told.get("pelapor") else ""}
