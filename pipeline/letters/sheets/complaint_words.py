"""How sheets that stay in the office call a complaint, by the kind of case: who complains, and about what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pipeline.access.children import without_children
from pipeline.cases.case_kind import AGENCY, NEWS, ORAL, CaseKind, kind_of_case
from pipeline.letters.sheets import phrasing
from pipeline.letters.sheets.parties import complainant_in_words
from pipeline.letters.sheets.sheet_facts import SheetFacts
from pipeline.office import wording
from pipeline.office.wording import all_said, said

#: What a subject begins with where the sentence says already what it is.
_CALLED = re.compile(r"^(?:pemberitaan(?:\s+media)?|pelimpahan(?:\s+pengaduan)?)\s+(?:mengenai|tentang)\s+", re.I)


def kind_of(facts: SheetFacts) -> CaseKind:
    """Return the kind of case that a sheet is drafted for."""
    return kind_of_case(facts.fields, facts.channel or "")


def complaint_called(facts: SheetFacts) -> str:
    """Return what the case began with, as a sentence names it (``surat pengaduan ... Nomor ... mengenai ...``)."""
    fields, kind = facts.fields, kind_of(facts)
    who = complainant_in_words(fields)
    about = f" mengenai {topic}" if (topic := topic_of(fields)) else ""
    if kind.origin == NEWS:
        return f"{news_called(fields)}{about}"
    if kind.origin == ORAL:
        return f"pengaduan lisan{_after(_addressed(who, fields))}{about}"
    if kind.origin == AGENCY:
        body, letter = said(fields.get("lembaga_pelapor")), numbered(fields)
        sent = f" dengan surat{letter}" if letter else ""
        return f"pelimpahan pengaduan{f' dari {body}' if body else _after(who)}{sent}{about}"
    return f"surat pengaduan{_after(_addressed(who, fields))}{numbered(fields)}{about}"


def news_called(fields: Mapping[str, Any]) -> str:
    """Return the news as a sentence names it: by whom published and when, as far as the register knows."""
    medium, day = said(fields.get("media")).rstrip(". "), wording.date_from(said(fields.get("tanggal_terbit")))
    called = phrasing.within(medium) if medium.casefold().startswith("media") else f"media {medium}".strip()
    return f"pemberitaan {called}{f' tanggal {day}' if day else ''}"


def came(facts: SheetFacts) -> str:
    """Return how the case came to the office's books, for a sentence: what was read in the news is not received."""
    return "dicatat" if NEWS in kind_of(facts) else "diterima"


def topic_of(fields: Mapping[str, Any]) -> str:
    """Return the subject of a complaint, whole, for a sentence that says already what it is; no child's name in it."""
    subject = without_children(said(fields.get("perihal")), fields)
    return phrasing.topic(_CALLED.sub("", subject)).rstrip(". ")


def told(value: Any) -> list[str]:
    """Return a long field paragraph by paragraph."""
    text = value.get("nilai") if isinstance(value, Mapping) else value
    return [line for part in str(text or "").splitlines() if (line := wording.one_line(part))]


def listed(value: Any) -> list[str]:
    """Return the entries of a list, or the one thing that stands in its place."""
    return all_said(value) or ([text] if (text := said(value)) else [])


def numbered(fields: Mapping[str, Any]) -> str:
    """Return number and date of the complaint's own letter, as far as it has them, with a blank before each."""
    number, day = said(fields.get("nomor_surat")), wording.date_from(said(fields.get("tanggal_surat")))
    return (f" Nomor {number}" if number else "") + (f" tanggal {day}" if day else "")


def _addressed(who: str, fields: Mapping[str, Any]) -> str:
    """Return who complains as a sentence speaks of them: a person, or the first of several, is *Saudara*."""
    body = said(fields.get("lembaga_pelapor"))
    return who if not who or (body and who.startswith(body)) or who.startswith("Anak ") else f"Saudara {who}"


def _after(words: str) -> str:
    return f" {words}" if words else ""
