"""What all letters to an agency say of a case: how it came, what it is about, on which letters it rests.

An agency reads *pelapor*, not who complains, unless they agreed to be named; a case from the news has no complainant.
Another agency that handed the complaint on is named, unless that tells who complains.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pipeline.access.children import child_is_victim
from pipeline.access.handed_on import handing_on
from pipeline.access.identities import agreed
from pipeline.access.masking import HIDDEN, masked, masked_within
from pipeline.cases.case_kind import AGENCY, GROUP, SEVERAL
from pipeline.cases.letter_subjects import CASE, COMPLAINT, subject
from pipeline.letters.sheets import phrasing, texts
from pipeline.letters.sheets.complaint_words import kind_of, news_called, numbered
from pipeline.letters.sheets.corrected_letters import amended
from pipeline.letters.sheets.respondents import respondents
from pipeline.letters.sheets.sheet_facts import MoveMade, SheetFacts
from pipeline.letters.sheets.third_person import in_third_person
from pipeline.office import wording
from pipeline.office.wording import all_said, said, words_of

#: What the office calls itself in a letter that it alone signs.
US = "kami"
#: A complaint whose complainant is not told: of the public, and one that another agency handed on.
_UNTOLD = {False: f"{COMPLAINT} masyarakat", True: f"{COMPLAINT} yang dilimpahkan{{by}} kepada {{to}}"}
_KEPT = " (identitas {whose} ada pada kami)"


def came_as(facts: SheetFacts) -> str:
    """Return what has the register number: a complaint, or a case that the office opened of the news."""
    return CASE if texts.from_news(facts) else COMPLAINT


def cited_subject(facts: SheetFacts, template: str) -> str:
    """Return what another letter of the case is about, within a sentence."""
    return phrasing.within(subject(template, facts.register_number, came_as(facts)))


def case_words(facts: SheetFacts) -> dict[str, Any]:
    """Return how a letter speaks of the case: of a complaint or of news, from whom, about what."""
    fields, news = facts.fields, texts.from_news(facts)
    named = texts.sender(fields) if agreed(fields) else ""
    told = _topic(facts)
    source = news_called(fields) if news else _complaint(facts, named)
    return {
        "pelapor": "" if news else named or HIDDEN,
        "identitas_dirahasiakan": "" if news or named else "ya",
        "instansi_melimpahkan": "ya" if AGENCY in kind_of(facts) and not named and not _people(fields) else "",
        "korban_anak": "ya" if child_is_victim(fields) else "",
        "sebutan_perkara": came_as(facts),
        "pokok_pengaduan": told,
        "pokok_perkara": f"{source} mengenai {told}" if told else source,
    }


def particulars(facts: SheetFacts) -> list[str]:
    """Return whom the case is against, where and when it happened and what is asked for, without who complains."""
    fields = facts.fields
    hide = {**fields, "tempat_kejadian": None}  # a place that bears the complainant's name is no name of somebody else
    told = {
        "Terlapor": "; ".join(respondents(fields)) or ("belum diketahui" if facts.confirmed else ""),
        "Tempat kejadian": said(fields.get("tempat_kejadian")),
        "Waktu kejadian": said(fields.get("waktu_kejadian")),
        "Hal yang dimohon": "; ".join(all_said(fields.get("permintaan"))),
    }
    told = {label: in_third_person(text, fields, facts.channel or "") for label, text in told.items()}
    return [f"{label}: {masked(text, hide).rstrip('.')}." for label, text in told.items() if text]


def complainants(facts: SheetFacts) -> str:
    """Return what a sentence calls who complains: one, or several, as a group is."""
    kind = kind_of(facts)
    return "para pelapor" if SEVERAL in kind or GROUP in kind else "pelapor"


def _topic(facts: SheetFacts) -> str:
    """Return what the complaint is about, begun small unless it begins with a name that the register knows."""
    told = phrasing.topic(masked(said(facts.fields.get("perihal")), facts.fields))
    known = (*respondents(facts.fields), said(facts.fields.get("tempat_kejadian")))
    names = {word for text in known for word in words_of(text)}
    return told if set(words_of(told.partition(" ")[0])) & names else phrasing.begun_small(told)


def _people(fields: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the persons who complain, as far as the register names them; a proxy stands for one."""
    listed = (*(fields.get("pelapor") or []), fields.get("kuasa"))
    return [person for person in listed if person]


def _complaint(facts: SheetFacts, named: str) -> str:
    """Return the complaint with who complains, or as that of somebody who is not told."""
    own = numbered(facts.fields)
    if named:
        return f"{COMPLAINT} dari {named}{f' dengan surat{own}' if own else ''}"
    return untold(facts) + ("" if AGENCY in kind_of(facts) else _KEPT.format(whose=complainants(facts)))


def untold(facts: SheetFacts, *, to: str = US) -> str:
    """Return a complaint as that of somebody who is not told, in the middle of a sentence; ``to``: who handles it."""
    agency = handing_on(facts.fields)
    return _UNTOLD[AGENCY in kind_of(facts)].format(by=f" oleh {agency}" if agency else "", to=to)


def reviewed(facts: SheetFacts) -> str:
    """Return ``ya`` if a memo was written on the case; empty where the head decided at once (*putus-teruskan*)."""
    return "ya" if facts.last("telaah") else ""


def points(facts: SheetFacts, move: MoveMade | None, name: str) -> list[str]:
    """Return what was written as sentences of a list, one a line, without who complains."""
    written = map(phrasing.sentence, masked_within(texts.paragraphs(move, name), facts.fields))
    return [text for text in written if text]


def cited(facts: SheetFacts, template: str, called: str, day: date | None = None) -> list[str]:
    """Return the newest letter of a template as another one cites it, or nothing: called so, with number and date.

    It is cited with its corrections. Minutes bear the ``day`` of what they tell of, whenever they got their number.
    """
    told = []
    for letter in facts.letters_of(template)[-1:]:
        named = f"{called} Nomor {letter.number} tanggal {wording.long_date(day or letter.at)}"
        told.append(", ".join(filter(None, (named, amended(facts, letter)))))
    return told


def procedure(values: Mapping[str, Any]) -> list[str]:
    """Return the SOP that the case follows, as a letter cites it, or nothing."""
    number, title = values["nomor_sop"], values["nama_sop"]
    return [f"Standar Operasional Prosedur Nomor {number} tentang {title}"] if number and title else []
