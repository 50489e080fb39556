"""What a field holds, chosen among what the rules propose and what a learned tagger has marked.

Every proposal has signs: how sure the rule is, how sure the tagger, whether both say it, in which part of the letter it
stands, what else is proposed. Their weights (``choice.toml``) were fitted on letters for which no rule was written; the
sum of them, as odds, is how likely the proposal is right, and that is its confidence. What is likelier wrong is left
out: a wrong value costs a clerk more than a blank.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pipeline.reading.doubt import below_certain
from pipeline.reading.field_weights import FieldWeights, shipped_weights
from pipeline.reading.fields import Candidate, Field, FieldValue, at_all_places
from pipeline.reading.identity import Person, empty
from pipeline.reading.ports import Marked
from pipeline.reading.proposal import ATTORNEY, BIRTH, DAYS, LISTS, PERSONAL, SINGLE, Evidence, Proposal, field_of
from pipeline.reading.proposals import AS_LEARNED, proposals
from pipeline.reading.weighing import apart, likelihood
from pipeline.reading.written_days import dates_in

#: What is less likely is not offered beside the likeliest.
_POSSIBLE = 0.1
#: Why a field is read otherwise than the shipped weights would.
_AS_HERE = "ditimbang menurut surat-surat kantor ini"


@dataclass(frozen=True, slots=True)
class _Choosing:
    """What is known of a letter, and what weighs it."""

    evidence: Evidence
    weights: FieldWeights

    def ranked(self, label: str) -> list[Proposal]:
        """Return what is proposed under a label, the likeliest first.

        What the office's own weights hold likely is called certain only where its cases prove it.
        """
        found = weighed(self.weights.by_label[label], proposals(label, self.evidence))
        if label not in self.weights.own:
            return found
        most = below_certain(field_of(label)) if label in self.weights.doubtful else 1.0
        return [_of_this_office(one, most) for one in found]

    def best(self, label: str) -> Field | None:
        """Return a field's candidates, the likeliest first, without the unlikely; nothing where none is likely."""
        ranked = [p.candidate for p in self.ranked(label)]
        if not ranked or ranked[0].confidence < self.weights.least(label):
            return None
        return Field((ranked[0], *(one for one in ranked[1:] if one.confidence >= _POSSIBLE)))

    def several(self, label: str) -> list[Proposal]:
        """Return what is likely, as it follows in the letter."""
        return sorted(likely(self.ranked(label), self.weights.least(label)), key=_stands)


def chosen(evidence: Evidence, today: date, weights: FieldWeights | None = None) -> dict[str, FieldValue]:
    """Return the fields that the rules have found with what is chosen in the place of each that is weighed.

    No date after ``today`` is proposed. ``weights``: those that come with the program, unless told.
    """
    choosing = _Choosing(up_to(evidence, today), weights or shipped_weights())
    fields: dict[str, FieldValue] = dict(evidence.fields)
    for name, label in SINGLE.items():
        fields[name] = choosing.best(label)
    for label in LISTS:
        listed = [p.candidate for p in choosing.several(label)]
        fields[label] = _joined(listed) if label == "lampiran" else tuple(Field((one,)) for one in listed)
    fields["pelapor"], fields["kuasa"] = _people(choosing), _attorney(choosing)
    return fields


def up_to(evidence: Evidence, today: date) -> Evidence:
    """Return the evidence without the days after ``today`` that the tagger has marked or that may be proposed."""

    def is_past(mark: Marked) -> bool:
        return all(found.day <= today for found in dates_in(evidence.sheet.flow, mark.start, mark.end))

    return replace(
        evidence, until=today, marks=[mark for mark in evidence.marks if mark.label not in DAYS or is_past(mark)]
    )


def _of_this_office(one: Proposal, most: float) -> Proposal:
    candidate = one.candidate
    reason, sure = f"{candidate.reason}; {_AS_HERE}", min(candidate.confidence, most)
    return replace(one, candidate=replace(candidate, reason=reason, confidence=sure))


def weighed(heavy: Mapping[str, float], proposed: Iterable[Proposal]) -> list[Proposal]:
    """Return the proposals with their likelihood as their confidence, the likeliest first."""
    found = []
    for proposal in proposed:
        candidate = proposal.candidate
        sure = likelihood(heavy, proposal.signs)
        reason = candidate.reason
        if proposal.rule and proposal.mark:
            reason += f"; {AS_LEARNED}"
        found.append(replace(proposal, candidate=replace(candidate, confidence=sure, reason=reason)))
    return sorted(found, key=lambda p: -p.candidate.confidence)


def likely(ranked: Iterable[Proposal], least: float) -> list[Proposal]:
    """Return what is at least so likely, the likeliest first; of what holds another, the likelier."""
    return apart((one for one in ranked if one.candidate.confidence >= least), lambda one: one.nilai.lower())


def _joined(things: Sequence[Candidate]) -> Field | None:
    """Return what is enclosed as one field; its parts joined by semicolons."""
    if not things:
        return None
    said = "; ".join(str(one.nilai) for one in things)
    sure = min(one.confidence for one in things)
    return Field((replace(at_all_places(things[0], things[1:]), nilai=said, teks=said, confidence=sure),))


def _attorney(choosing: _Choosing) -> Mapping[str, Any] | None:
    """Return who acts for the complainant, if anybody does."""
    names = tuple(Field((p.candidate,)) for p in choosing.several(ATTORNEY["nama"]))
    others = {name: choosing.best(label) for name, label in ATTORNEY.items() if name != "nama"}
    return {"nama": names, **others} if names else None


def _people(choosing: _Choosing) -> tuple[Person, ...]:
    """Return the complainants, each with the particulars that are his or hers.

    A letter has a complainant, and a clerk looks at every name: where none is likely, the rules' likeliest is shown.
    """
    names = choosing.several("nama") or [p for p in choosing.ranked("nama") if p.first][:1]
    people = [empty() | {"nama": Field((p.candidate,))} for p in names]
    for label in PERSONAL[1:]:
        for proposal in choosing.several(label):
            if (owner := _owner(proposal, names, people, label)) is not None:
                _give(people[owner], label, proposal.candidate)
    return tuple(people)


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
    if name not in BIRTH:
        return person[name] is not None
    born: Any = person["ttl"].best.nilai if person["ttl"] else {}
    return bool(born.get(BIRTH[name]))


def _give(person: Person, name: str, candidate: Candidate) -> None:
    """Give a person a particular; place and day of birth are one."""
    if name not in BIRTH:
        person[name] = Field((candidate,))
        return
    before = person["ttl"].best if person["ttl"] else None
    known: Any = before.nilai if before else {"tempat": None, "tanggal": None}
    born = {**known, BIRTH[name]: candidate.nilai}
    if before is None:
        person["ttl"] = Field((replace(candidate, nilai=born),))
        return
    teks = (
        before.teks
        if str(candidate.nilai) in before.teks or candidate.teks in before.teks
        else f"{before.teks}, {candidate.teks}"
    )
    sure = min(before.confidence, candidate.confidence)
    person["ttl"] = Field((replace(at_all_places(before, [candidate]), nilai=born, teks=teks, confidence=sure),))
