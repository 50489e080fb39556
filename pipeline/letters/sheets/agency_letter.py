"""What all letters to an agency say of a case: how it came, what it is about, on which letters it rests.

An agency reads *pelapor*, not who complains, unless they agreed to be named; a case from the news has no complainant.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.access.identities import agreed
from pipeline.access.masking import HIDDEN, masked
from pipeline.letters.sheets import texts
from pipeline.letters.sheets.letter_subjects import subject
from pipeline.letters.sheets.sheet_facts import MoveMade, SheetFacts
from pipeline.office import wording
from pipeline.office.wording import said

COMPLAINT, NEWS = "pengaduan", "pemberitaan media"


def from_news(facts: SheetFacts) -> bool:
    """Say whether the office opened the case by itself, and nobody complained since."""
    complained = facts.fields.get("pelapor") or said(facts.fields.get("lembaga_pelapor"))
    return texts.is_news(facts) and not complained


def came_as(facts: SheetFacts) -> str:
    """Return what the case came as: a complaint, or news."""
    return NEWS if from_news(facts) else COMPLAINT


def cited_subject(facts: SheetFacts, template: str) -> str:
    """Return what another letter of the case is about, within a sentence."""
    return texts.within(subject(template, facts.register_number, came_as(facts)))


def case_words(facts: SheetFacts) -> dict[str, Any]:
    """Return how a letter speaks of the case: of a complaint or of news, from whom, about what."""
    fields, news = facts.fields, from_news(facts)
    named = texts.sender(fields) if agreed(fields) else ""
    told = texts.topic(masked(said(fields.get("perihal")), fields))
    source = NEWS if news else f"{COMPLAINT} dari {named or HIDDEN}{_letter_of(facts) if named else ''}"
    return {
        "pelapor": "" if news else named or HIDDEN,
        "identitas_dirahasiakan": "" if news or named else "ya",
        "sebutan_perkara": came_as(facts),
        "pokok_pengaduan": told,
        "pokok_perkara": f"{source} mengenai {told}" if told else source,
    }


def _letter_of(facts: SheetFacts) -> str:
    """Return number and date of the complaint's own letter, as far as it has them."""
    number, day = said(facts.fields.get("nomor_surat")), wording.date_from(said(facts.fields.get("tanggal_surat")))
    told = (f"Nomor {number}" if number else "", f"tanggal {day}" if day else "")
    return " ".join((" dengan surat", *filter(None, told))) if any(told) else ""


def points(facts: SheetFacts, move: MoveMade | None, name: str) -> list[str]:
    """Return what was written as sentences of a list, one a line, without who complains."""
    written = (texts.capital(masked(text, facts.fields)).rstrip(" ;,") for text in texts.paragraphs(move, name))
    return [text if text.endswith((".", "?", "!")) else f"{text}." for text in written if text]


def cited(facts: SheetFacts, template: str, called: str) -> list[str]:
    """Return the newest letter of a template as another one cites it, or nothing: called so, its number and date."""
    newest = facts.letters_of(template)[-1:]
    return [f"{called} Nomor {letter.number} tanggal {wording.long_date(letter.at)}" for letter in newest]


def procedure(values: Mapping[str, Any]) -> list[str]:
    """Return the SOP that the case follows, as a letter cites it, or nothing."""
    number, title = values["nomor_sop"], values["nama_sop"]
    return [f"Standar Operasional Prosedur Nomor {number} tentang {title}"] if number and title else []
