"""What a question of a long form begins with: what the case knows already, in words to be changed.

The register, the memo, the minutes and what was noted since are asked; what nobody recorded begins with nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.cases import sop_words
from pipeline.cases.case import Case
from pipeline.letters.sheets import phrasing, texts
from pipeline.letters.sheets.audience import HELD
from pipeline.letters.sheets.complaint_words import listed, told, topic_of
from pipeline.letters.sheets.memo_analysis import sentences
from pipeline.letters.sheets.recommendation import DRAFTED
from pipeline.letters.sheets.respondents import respondent, respondents
from pipeline.letters.sheets.review_memo import evidence
from pipeline.letters.sheets.rights_in_law import elements, rights_with_articles
from pipeline.letters.sheets.sheet_facts import MoveMade
from pipeline.letters.sheets.third_person import all_in_third_person
from pipeline.office import wording
from pipeline.office.office import Office
from pipeline.office.regency import regency_of
from pipeline.office.wording import MONTHS, said

_REVIEWED, _NOTED, _ANSWERED = "telaah", ("catatan-pemantauan", "catat-pemantauan"), "jawaban-instansi"
_AGREED, _ADVICE = ("butir", "penanggung_jawab", "tenggat"), ("instansi", "tindakan", "tenggat")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
#: A day, a month or a year's day as letters write them, and what stands before it.
_DATE = re.compile(rf"(?:pada\s+)?(?:tanggal\s+)?((?:\d{{1,2}}\s+)?(?:{'|'.join(MONTHS)})\s+\d{{4}})", re.IGNORECASE)

#: A village by its kind and its name: words with capitals, without what follows.
_VILLAGE = re.compile(r"\b(?:[Dd]esa|[Kk]elurahan|[Kk]el\.)\s+(?P<name>[A-Z]\w+(?:\s+(?!Kec|Kab|RT|RW|Kota)[A-Z]\w+)*)")


@dataclass(frozen=True, slots=True)
class Beginning:
    """A case whose form is to be begun: its fields, the office, and the day whose laws are cited."""

    case: Case
    fields: Mapping[str, Any]
    office: Office
    day: date

    def last(self, key: str) -> MoveMade | None:
        """Return the newest move of this key."""
        return next(iter(self.newest_first(key)), None)

    def newest_first(self, *keys: str) -> Iterator[MoveMade]:
        """Yield the moves of these keys."""
        for made in reversed(self.case.made):
            if made.decision.move in keys:
                yield MoveMade(made.decision.move, made.at, made.role, made.decision.values)


def _rights(known: Beginning) -> list[str]:
    rows = rights_with_articles(known.fields, known.office.laws, known.day)
    return [" | ".join(row.values()) for row in rows]


def _issue(known: Beginning) -> list[str]:
    """Return what is at issue: as the register puts it, else whether what is told of violates the rights it names."""
    if recorded := told(known.fields.get("pokok_permasalahan")):
        return recorded
    about = topic_of(known.fields)
    if not about:
        return []
    rows = rights_with_articles(known.fields, known.office.laws, known.day)
    named = list(dict.fromkeys(phrasing.within(row["hak"]) for row in rows))
    does = f"melanggar {wording.enumerated(named)}" if named else "merupakan pelanggaran hak asasi manusia"
    return [f"Apakah {phrasing.within(about)} {does}?"]


def _events(known: Beginning) -> list[str]:
    """Return what happened when: the complaint's sentences that name a day, else its summary at the day recorded."""
    paragraphs = all_in_third_person(told(known.fields.get("uraian")), known.fields)
    found = [
        f"{day[1]} | {sentence.strip()}"
        for paragraph in paragraphs
        for sentence in _SENTENCE_END.split(paragraph)
        if (day := _DATE.search(sentence))
    ]
    happened = " ".join(_summary(known))
    when = said(known.fields.get("waktu_kejadian"))
    return found or ([f"{when} | {happened}"] if when and happened else [])


def _summary(known: Beginning) -> list[str]:
    """Return the complaint in short, as the office tells it."""
    return all_in_third_person(told(known.fields.get("ringkasan")) or told(known.fields.get("uraian")), known.fields)


def _respondent(known: Beginning) -> list[str]:
    """Return the post and agency of the first respondent, else who it is."""
    for value in known.fields.get("terlapor") or ():
        told_of = respondent(value)
        at_work = ", ".join(filter(None, (told_of["jabatan"], told_of["instansi"])))
        return [at_work or told_of["nama"]]
    return []


def _findings(known: Beginning) -> list[str]:
    memo = known.last(_REVIEWED)
    return sentences([*texts.paragraphs(memo, "analisis_hak"), *texts.paragraphs(memo, "analisis_unsur")])


def _agreed(known: Beginning) -> list[str]:
    """Return who is to do what until when: as the parties agreed, else what the complainant asks of the respondent."""
    agreed = texts.rows(known.last(HELD), "kesepakatan", _AGREED)
    if agreed:
        return [f"{row['penanggung_jawab']} | {row['butir']} | {row['tenggat']}" for row in agreed]
    who = next(iter(respondents(known.fields)), "")
    asked_for = all_in_third_person(listed(known.fields.get("permintaan")), known.fields)
    return [f"{who} | {asked} |" for asked in asked_for]


def _watched(known: Beginning) -> list[str]:
    """Return what was noted while the agency was watched, day by day; letters and answers the sheet lists itself."""
    return [
        f"Tanggal {wording.long_date(made.at)}: {' '.join(noted)}"
        for made in reversed([*known.newest_first(*_NOTED)])
        if (noted := texts.paragraphs(made, "catatan"))
    ]


def _advised(known: Beginning) -> list[str]:
    """Return each recommendation with who is to carry it out until when, and what they answered since."""
    return [
        f"{row['tindakan']} | {row['instansi']} | {row['tenggat']} | {_answer(known, row['instansi'])} | |"
        for row in texts.rows(known.last(DRAFTED), "rekomendasi", _ADVICE)
    ]


def _answer(known: Beginning, agency: str) -> str:
    answers = known.newest_first(_ANSWERED)
    theirs = (a for a in answers if texts.line(a, "penjawab").casefold() == agency.casefold())
    newest = next(theirs, None)
    return texts.line(newest, "isi_jawaban").replace("|", ",")


def _regency(known: Beginning) -> list[str]:
    """Return the regency that the place of the event names; or that of complainants who live in the same village."""
    place, regions = said(known.fields.get("tempat_kejadian")), known.office.regions
    if found := regency_of(place, regions):
        return [found]
    village = _VILLAGE.search(place or "")
    homes = [said(one.get("alamat")) or "" for one in known.fields.get("pelapor") or ()] if village else []
    shared = {regency_of(home, regions) for home in homes if village and _names_village(home, village)}
    return sorted(filter(None, shared)) if len(shared) == 1 else []


def _names_village(home: str, village: re.Match[str]) -> bool:
    found = _VILLAGE.search(home)
    return found is not None and found["name"].casefold() == village["name"].casefold()


#: By what the SOP's file calls it, what a question begins with.
BEGINNINGS: Mapping[str, Callable[[Beginning], list[str]]] = {
    sop_words.RIGHTS: _rights,
    sop_words.ELEMENTS: lambda known: elements(known.fields, known.office.laws),
    sop_words.PAPERS: lambda known: evidence(known.fields),
    sop_words.ISSUE: _issue,
    sop_words.EVENTS: _events,
    sop_words.SUMMARY: _summary,
    sop_words.RESPONDENT: _respondent,
    sop_words.RESULTS: lambda known: sentences(texts.paragraphs(known.last(HELD), "hasil")),
    sop_words.FINDINGS: _findings,
    sop_words.AGREED: _agreed,
    sop_words.WATCHED: _watched,
    sop_words.ADVISED: _advised,
    sop_words.REGENCY: _regency,
}
