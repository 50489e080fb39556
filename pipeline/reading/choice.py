"""What a field holds, chosen among what the rules propose and what a learned tagger has marked.

Every proposal has signs: how sure the rule is, how sure the tagger, whether both say it, in which part of the letter it
stands, what else is proposed. Their weights (``choice.toml``) were fitted on letters for which no rule was written; the
sum of them, as odds, is how likely the proposal is right, and that is its confidence. What is likelier wrong is left
out: a wrong value costs a clerk more than a blank.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.reading.dates import dates_in
from pipeline.reading.fields import Candidate, Field, FieldValue, Json
from pipeline.reading.identity import Person, empty, plain
from pipeline.reading.ports import Marked
from pipeline.reading.sheet import Sheet
from pipeline.reading.vocabulary import digits, distance, fold

_WEIGHTS = Path(__file__).with_suffix(".toml")
_EDGE = " .,:;_-|'\"“”"
#: Texts are alike that differ in so many of their letters, or share so many of their words.
_ALIKE_LETTERS, _ALIKE_WORDS, _SHORT = 12, 0.8, 60
#: Of what a letter has several.
LISTS = {"terlapor": "terlapor", "tembusan": "tembusan", "permintaan": "permintaan"}
#: Of what it has one, by the label under which the tagger marks it.
SINGLE = {
    "tanggal_surat": "tanggal",
    "nomor_surat": "nomor",
    "perihal": "perihal",
    "tempat_kejadian": "tempat",
    "tujuan": "tujuan",
}
PERSONAL = ("nama", "nik", "umur", "pekerjaan", "alamat", "telepon", "tempat_lahir", "tanggal_lahir")
_BIRTH = {"tempat_lahir": "tempat", "tanggal_lahir": "tanggal"}
_DAYS = frozenset({"tanggal", "tanggal_lahir"})
_AGES = range(5, 111)


@dataclass(slots=True)
class Proposal:
    """One possible value of a field.

    ``rule`` and ``mark`` are how sure the rules and the tagger are (0: they do not say it), ``first`` whether the rules
    think it the best, ``section`` the part of the letter where it was marked, ``often`` how often, ``owner`` whose it
    is by the rules (from 0).
    """

    candidate: Candidate
    rule: float = 0.0
    first: bool = False
    mark: float = 0.0
    section: str = ""
    often: int = 0
    start: int = -1
    owner: int = -1
    signs: Mapping[str, float] = field(default_factory=dict)

    @property
    def nilai(self) -> str:
        """The value as a text."""
        return str(self.candidate.nilai)


def _past(mark: Marked, sheet: Sheet, today: date) -> bool:
    return all(found.day <= today for found in dates_in(sheet.flow, mark.start, mark.end))


@cache
def weights() -> Mapping[str, Mapping[str, float]]:
    """Return what each sign of each field weighs; ``at least``: from which likelihood it is proposed."""
    found: dict[str, Mapping[str, float]] = tomllib.loads(_WEIGHTS.read_text(encoding="utf-8"))
    return found


def chosen(
    found: Mapping[str, FieldValue], marks: Sequence[Marked], sheet: Sheet, today: date
) -> dict[str, FieldValue]:
    """Return the fields that the rules have found with what is chosen in the place of each that is weighed.

    No date after ``today`` is proposed.
    """
    marks = [mark for mark in marks if mark.label not in _DAYS or _past(mark, sheet, today)]
    fields: dict[str, FieldValue] = dict(found)
    for name in SINGLE:
        fields[name] = _best(_weighed(name, proposals(name, found, marks, sheet)), name)
    for name in LISTS:
        likely = _likely(_weighed(name, proposals(name, found, marks, sheet)), name)
        fields[name] = tuple(Field((p.candidate,)) for p in likely)
    fields["pelapor"] = _people(found, marks, sheet)
    return fields


def proposals(name: str, found: Mapping[str, FieldValue], marks: Sequence[Marked], sheet: Sheet) -> list[Proposal]:
    """Return what rules and tagger propose for a field, the rules' first, each with its signs."""
    proposed = list(_by_rules(name, found))
    label = SINGLE.get(name, name)
    for mark in marks:
        if mark.label != label or not (candidate := _marked(label, mark, sheet)):
            continue
        same = next((p for p in proposed if alike(p.nilai, str(candidate.nilai))), None)
        if same is None:
            proposed.append(Proposal(candidate, 0.0, False, mark.probability, mark.section, 1, mark.start))
            continue
        same.often += 1
        if mark.probability > same.mark:
            same.mark, same.section, same.start = mark.probability, mark.section, mark.start
            if not same.rule:
                same.candidate = candidate
    for proposal in proposed:
        proposal.signs = _signs(name, proposal, proposed)
    return proposed


def alike(a: str, b: str) -> bool:
    """Say whether two texts are the same but for a few letters that were read otherwise."""
    one, other = fold(a), fold(b)
    if one == other:
        return True
    if max(len(one), len(other)) <= _SHORT:
        most = max(len(one), len(other)) // _ALIKE_LETTERS + 1 if min(len(one), len(other)) > _ALIKE_LETTERS // 2 else 0
        return most > 0 and not (one + other).isdigit() and distance(one, other, most) <= most
    mine, theirs = set(a.lower().split()), set(b.lower().split())
    return len(mine & theirs) >= _ALIKE_WORDS * len(mine | theirs)


def _by_rules(name: str, found: Mapping[str, FieldValue]) -> Iterator[Proposal]:
    value: Any = found.get("pelapor" if name in PERSONAL else name)
    if name in SINGLE:
        for rank, candidate in enumerate(value.candidates if value else ()):
            yield Proposal(candidate, candidate.confidence, rank == 0)
    elif name in LISTS:
        for one in value or ():
            yield Proposal(one.best, one.best.confidence, True)
    else:
        for owner, person in enumerate(value or ()):
            if (candidate := _particular(person, name)) is not None:
                yield Proposal(candidate, candidate.confidence, True, owner=owner)


def _particular(person: Mapping[str, Any], name: str) -> Candidate | None:
    kept: Field | None = person["ttl" if name in _BIRTH else name]
    if kept is None or name not in _BIRTH:
        return kept.best if kept else None
    nilai: Any = kept.best.nilai
    part = nilai.get(_BIRTH[name])
    return replace(kept.best, nilai=part) if part else None


def _marked(label: str, mark: Marked, sheet: Sheet) -> Candidate | None:
    """Return what was marked, in the shape that its field has; nothing if it cannot have it."""
    teks = sheet.printed(mark.start, mark.end).strip(_EDGE)
    nilai: Json = teks
    if label == "nama":
        nilai = plain(teks)
    elif label in _DAYS:
        day = next(iter(sorted(dates_in(sheet.flow, mark.start, mark.end), key=lambda d: d.start)), None)
        nilai = day.day.isoformat() if day else None
    elif label == "nik":
        nilai = digits(teks)
    elif label == "telepon":
        number = digits(teks)
        nilai = "0" + number[2:] if number.startswith("62") else number
    elif label == "umur":
        years = re.search(r"\d{1,3}", teks)
        nilai = int(years[0]) if years and int(years[0]) in _AGES else None
    elif label == "nomor":
        nilai = re.sub(r"\s", "", teks).upper()
    if not nilai:
        return None
    reason = f"tertulis seperti pada surat-surat contoh ({_PARTS.get(mark.section, mark.section)})"
    return sheet.candidate(mark.start, mark.end, mark.probability, reason, nilai, teks)


#: How the parts of a letter are called on the screen.
_PARTS = {
    "kop": "kepala surat",
    "rujukan": "nomor, lampiran, hal",
    "tujuan": "alamat tujuan",
    "cerita": "uraian",
    "tandatangan": "tanda tangan",
    "daftar_lampiran": "daftar lampiran",
    "stempel": "cap penerimaan",
    "pengantar": "surat pengantar",
    "lain": "bagian lain",
}


def _signs(name: str, one: Proposal, every: Sequence[Proposal]) -> dict[str, float]:
    """Return the signs of a proposal among all that are made for its field, each from 0 to 1."""
    others = [p for p in every if p is not one]
    mine = one.nilai.lower()
    signs = {
        "always": 1.0,
        "rule": one.rule,
        "by rule": float(one.rule > 0),
        "first by rule": float(one.first),
        "mark": one.mark,
        "marked": float(one.mark > 0),
        "marked for sure": float(one.mark > 0.9),
        "marked likely": float(one.mark > 0.7),
        "both": float(one.rule > 0 and one.mark > 0),
        "rule and mark": one.rule * one.mark,
        "marked alone": float(one.mark > 0 and not any(p.rule for p in every)),
        "ruled alone": float(one.rule > 0 and not any(p.mark for p in every)),
        "other rule": max((p.rule for p in others), default=0.0),
        "other mark": max((p.mark for p in others), default=0.0),
        "often": min(one.often, 3) / 3,
        "many": min(len(every), 6) / 6,
        "length": min(len(mine), 80) / 80,
        "short": float(len(mine) < 4),
        "within another": float(any(mine in p.nilai.lower() for p in others)),
        "holds another": float(any(p.nilai.lower() in mine for p in others)),
        f"in {one.section}" if one.section else "nowhere": 1.0,
    }
    if name == "nik":
        signs["16 figures"] = float(len(mine) == 16)
    if name == "telepon":
        signs["10 to 13 figures"] = float(10 <= len(mine) <= 13)
    return {sign: value for sign, value in signs.items() if value}


def likelihood(name: str, signs: Mapping[str, float]) -> float:
    """Return how likely a proposal with these signs is right (0..1)."""
    heavy = weights()[name]
    odds = sum(heavy.get(sign, 0.0) * value for sign, value in signs.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def _weighed(name: str, proposed: Iterable[Proposal]) -> list[Proposal]:
    """Return the proposals, their likelihood as their confidence."""
    weighed = []
    for proposal in proposed:
        candidate = proposal.candidate
        sure = likelihood(name, proposal.signs)
        reason = candidate.reason
        if proposal.rule and proposal.mark:
            reason += "; tertulis seperti pada surat-surat contoh"
        weighed.append(replace(proposal, candidate=replace(candidate, confidence=sure, reason=reason)))
    return weighed


def _best(weighed: Sequence[Proposal], name: str) -> Field | None:
    """Return a field's candidates, the likeliest first; nothing where none is likely."""
    ranked = sorted((p.candidate for p in weighed), key=lambda c: -c.confidence)
    likely = ranked and ranked[0].confidence >= weights()[name]["at least"]
    return Field(tuple(ranked)) if likely else None


def _likely(weighed: Sequence[Proposal], name: str) -> list[Proposal]:
    """Return what is likely, as it follows in the letter; of what holds another, the likelier."""
    kept: list[Proposal] = []
    for proposal in sorted(weighed, key=lambda p: -p.candidate.confidence):
        mine = proposal.nilai.lower()
        if proposal.candidate.confidence < weights()[name]["at least"]:
            continue
        if not any(mine in p.nilai.lower() or p.nilai.lower() in mine for p in kept):
            kept.append(proposal)
    return sorted(kept, key=lambda p: (p.candidate.page, p.candidate.box[1] if p.candidate.box else 0.0))


def _people(found: Mapping[str, FieldValue], marks: Sequence[Marked], sheet: Sheet) -> tuple[Person, ...]:
    """Return the complainants, each with the particulars that are his or hers."""
    weighed = {name: _weighed(name, proposals(name, found, marks, sheet)) for name in PERSONAL}
    names = _likely(weighed["nama"], "nama") or _likeliest(weighed["nama"])
    people = [empty() | {"nama": Field((p.candidate,))} for p in names]
    for name in PERSONAL[1:]:
        for proposal in _likely(weighed[name], name):
            if (owner := _owner(proposal, names, people, name)) is not None:
                _give(people[owner], name, proposal.candidate)
    return tuple(people)


def _likeliest(weighed: Sequence[Proposal]) -> list[Proposal]:
    """Return the likeliest name where none is likely: a letter has a complainant, and a clerk looks at every name."""
    by_rules = [p for p in weighed if p.first]
    return [max(by_rules, key=lambda p: p.candidate.confidence)] if by_rules else []


def _owner(one: Proposal, names: Sequence[Proposal], people: Sequence[Person], name: str) -> int | None:
    """Return whose particular it is: by the rules, else of the last name above it that has none, else of the first."""
    free = [i for i, person in enumerate(people) if not _has(person, name)]
    by_rules = [i for i in free if one.owner >= 0 and names[i].owner == one.owner]
    if by_rules or not free:
        return by_rules[0] if by_rules else None
    above = [i for i in free if _stands(names[i]) <= _stands(one)]
    return above[-1] if above else free[0]


def _stands(one: Proposal) -> tuple[int, float]:
    return one.candidate.page, one.candidate.box[1] if one.candidate.box else 0.0


def _has(person: Person, name: str) -> bool:
    if name not in _BIRTH:
        return person[name] is not None
    born: Any = person["ttl"].best.nilai if person["ttl"] else {}
    return bool(born.get(_BIRTH[name]))


def _give(person: Person, name: str, candidate: Candidate) -> None:
    """Give a person a particular; place and day of birth are one."""
    if name not in _BIRTH:
        person[name] = Field((candidate,))
        return
    before = person["ttl"].best if person["ttl"] else None
    known: Any = before.nilai if before else {"tempat": None, "tanggal": None}
    born = {**known, _BIRTH[name]: candidate.nilai}
    if before is None:
        person["ttl"] = Field((replace(candidate, nilai=born),))
        return
    teks = (
        before.teks
        if str(candidate.nilai) in before.teks or candidate.teks in before.teks
        else f"{before.teks}, {candidate.teks}"
    )
    person["ttl"] = Field(
        (replace(before, nilai=born, teks=teks, confidence=min(before.confidence, candidate.confidence)),)
    )
