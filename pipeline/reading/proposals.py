"""What may stand in a field: what the rules propose and what a learned tagger has marked, each with its signs.

Proposed is more than what is right, so that little is missed: whatever the rules have found, what the tagger holds
likeliest, and what it holds possible. Signs say how sure each is, whether both say it, in which part of the letter it
stands, how it is written, and what else is proposed; :mod:`~pipeline.reading.choice` weighs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from heapq import nlargest
from typing import Any

from pipeline.reading.fields import Candidate, Field, Json
from pipeline.reading.head_shapes import shaped
from pipeline.reading.identity import plain
from pipeline.reading.nearby_spans import nearby
from pipeline.reading.ports import Marked
from pipeline.reading.proposal import ATTORNEY, BIRTH, DAYS, EDGE, LISTS, PERSONAL, SINGLE, Evidence, Proposal
from pipeline.reading.proposal_signs import context, signs_of
from pipeline.reading.sheet import Sheet
from pipeline.reading.standing_signs import standing
from pipeline.reading.vocabulary import digits, distance, fold
from pipeline.reading.written_days import dates_in

#: Texts are alike that differ in so many of their letters, or share so many of their words.
_ALIKE_LETTERS, _ALIKE_WORDS, _SHORT = 12, 0.8, 60
#: A number in one word: of a letter, a person, a telephone; a day.
_NUMBER = re.compile(r"\S*\d\S*")
_OF_ONE_CELL = frozenset({"nama", "nik", "telepon", "umur", "pekerjaan", "tempat_lahir", "tanggal_lahir", "kuasa"})
_NAMES, _NUMBERS = frozenset({"nama", "kuasa"}), frozenset({"nomor", "kuasa_nomor"})
_SERIES = r"\s*[,;/]\s+(?:(?:dan|serta)\s+)?|\s+(?:dan|serta|lalu)\s+"
#: Why the tagger marks something.
AS_LEARNED = "tertulis seperti pada surat-surat contoh"
#: What numbers an item: *2.*, *(b)*, *iii.*
_NUMBER_OF_ITEM = re.compile(r"^\W*(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4}|[IVX]{1,4})[.)]\s+)(?=\w)")
_AGES = range(5, 111)
#: Figures of a NIK, one or two of them lost or read twice; a telephone number has fewer.
_FIGURES_OF_NIK = range(14, 19)
#: A day in figures alone is nobody's number.
_BARE_DAY = re.compile(r"\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}")
#: So many marks of a label are looked at, the surest: each is held against the others. A petition of 300 is whole.
_MOST_MARKS = 300
#: In place of the part of the letter stands for what is proposed by its shape:
_BY_SHAPE = "bentuk"
#: Of so many proposals, the surest, other edges are tried.
_MOVED = 8
#: Texts of which the folded form is remembered.
_REMEMBERED = 4096


def proposals(label: str, evidence: Evidence) -> list[Proposal]:
    """Return what rules and tagger propose under a label, the rules' first, each with its signs."""
    proposed = list(_by_rules(label, evidence))
    marks = [mark for mark in evidence.marks if mark.label == label]
    if len(marks) > _MOST_MARKS:
        marks = nlargest(_MOST_MARKS, marks, key=lambda mark: (mark.likeliest, mark.probability))
    for mark in marks:
        for part, parted in _parts(mark, evidence.sheet):
            if candidate := _marked(label, part, evidence.sheet):
                _propose(proposed, candidate, part, parted)
    _propose_shapes(label, proposed, evidence)
    _propose_edges(label, proposed, evidence.sheet)
    for proposal in proposed:
        proposal.signs = {
            **signs_of(label, proposal, proposed),
            **context(proposal, evidence.sheet),
            **standing(label, proposal, evidence),
        }
    return proposed


def _propose_shapes(label: str, proposed: list[Proposal], evidence: Evidence) -> None:
    """Add what the head holds that looks like a value, but for what is proposed already."""
    for start, end in shaped(label, evidence.sheet):
        mark = Marked(label, start, end, 0.0, _BY_SHAPE, likeliest=False, least=0.0)
        candidate = _marked(label, mark, evidence.sheet)
        if label in DAYS and candidate and str(candidate.nilai) > evidence.until.isoformat():
            continue
        if candidate and _saying(candidate, proposed) is None:
            proposed.append(Proposal(candidate, mark=mark))


def _propose_edges(label: str, proposed: list[Proposal], sheet: Sheet) -> None:
    """Add what the surest of the proposals may be with other edges, but for what is proposed already."""
    marked = [(one, one.mark) for one in proposed if one.mark]
    for one, whole in sorted(marked, key=lambda pair: -pair[1].probability)[:_MOVED]:
        for how, start, end in nearby(label, whole.start, whole.end, sheet):
            mark = replace(whole, start=start, end=end, likeliest=False)
            candidate = _marked(label, mark, sheet)
            if candidate and _saying(candidate, proposed) is None:
                proposed.append(Proposal(candidate, mark=mark, parted=one.parted, changed=how))


def _parts(mark: Marked, sheet: Sheet) -> Iterator[tuple[Marked, bool]]:
    """Yield a mark, or what it may consist of, and whether it is such a part.

    Names that stand side by side are of several people; *A, B dan C* may be one thing or three.
    """
    mark = replace(mark, end=sheet.before_next_item(mark.start, mark.end))
    text = sheet.text[mark.start : mark.end]
    between = "\t" if mark.label in _OF_ONE_CELL else _SERIES if mark.label in LISTS else None
    cuts = list(re.finditer(between, text)) if between else []
    if mark.label in LISTS or not cuts:
        yield mark, False
    starts, ends = [0, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), len(text)]
    for start, end in zip(starts, ends, strict=True) if cuts else ():
        yield replace(mark, start=mark.start + start, end=mark.start + end), mark.label in LISTS


def _propose(proposed: list[Proposal], candidate: Candidate, mark: Marked, parted: bool) -> None:
    """Join what was marked to what says the same, or add it."""
    same = _saying(candidate, proposed)
    if same is None:
        proposed.append(Proposal(candidate, mark=mark, often=int(mark.likeliest), parted=parted))
        return
    same.often += mark.likeliest
    same.parted = same.parted and parted
    if same.mark is None or (mark.likeliest, mark.probability) > (same.mark.likeliest, same.mark.probability):
        same.mark = mark
        if not same.rule:
            same.candidate = candidate


def _saying(candidate: Candidate, proposed: Sequence[Proposal]) -> Proposal | None:
    """Return the proposal that says the same already."""
    return next((one for one in proposed if alike(one.nilai, str(candidate.nilai))), None)


def alike(a: str, b: str) -> bool:
    """Say whether two texts are the same but for a few letters that were read otherwise; numbers in no figure."""
    one, other = _folded(a), _folded(b)
    if one == other:
        return True
    if max(len(one), len(other)) <= _SHORT:
        most = max(len(one), len(other)) // _ALIKE_LETTERS + 1 if min(len(one), len(other)) > _ALIKE_LETTERS // 2 else 0
        if distance(one, other, most) > most:
            return False
        return digits(a) == digits(b) or not (_NUMBER.fullmatch(a) and _NUMBER.fullmatch(b))
    mine, theirs = set(a.lower().split()), set(b.lower().split())
    return len(mine & theirs) >= _ALIKE_WORDS * len(mine | theirs)


@lru_cache(_REMEMBERED)
def _folded(text: str) -> str:
    return fold(text)


def _by_rules(label: str, evidence: Evidence) -> Iterator[Proposal]:
    fields: Mapping[str, Any] = evidence.fields
    if label in PERSONAL:
        for owner, person in enumerate(fields["pelapor"]):
            if (candidate := _particular(person, label)) is not None:
                yield Proposal(candidate, candidate.confidence, True, owner)
        return
    found = _found(label, fields)
    for one in found:
        for rank, candidate in enumerate(one.candidates if label in SINGLE.values() else one.candidates[:1]):
            yield Proposal(candidate, candidate.confidence, rank == 0)
    said = {str(one.best.nilai) for one in found}
    for one in evidence.named if label == "terlapor" else ():
        if str(one.best.nilai) not in said:
            yield Proposal(one.best, one.best.confidence)


def _found(label: str, fields: Mapping[str, Any]) -> Sequence[Field]:
    """Return what the rules have found of what belongs to no complainant."""
    if label == "lampiran":
        listed = fields[label]
        parts = str(listed.best.nilai).split("; ") if listed else ()
        return [Field((replace(listed.best, nilai=part, teks=part),)) for part in parts]
    if label in LISTS:
        return [Field((_bare(one.best),)) for one in fields[label]]
    names = {own: name for name, own in SINGLE.items()}
    value = fields[names[label]] if label in names else _of_attorney(label, fields["kuasa"])
    return value if isinstance(value, tuple) else (value,) if value else ()


def telephone_number(teks: str) -> str:
    """Return the figures of a telephone number as they are dialled in Indonesia."""
    number = digits(teks)
    return "0" + number[2:] if number.startswith("62") else number


def _bare(item: Candidate) -> Candidate:
    """Return an item of a list without its number."""
    words = _NUMBER_OF_ITEM.sub("", item.teks)
    return item if words == item.teks else replace(item, nilai=words, teks=words)


def _of_attorney(label: str, kuasa: Mapping[str, Any] | None) -> Any:
    return kuasa[next(name for name, own in ATTORNEY.items() if own == label)] if kuasa else None


def _particular(person: Mapping[str, Any], name: str) -> Candidate | None:
    kept: Field | None = person["ttl" if name in BIRTH else name]
    if kept is None or name not in BIRTH:
        return kept.best if kept else None
    nilai: Any = kept.best.nilai
    part = nilai.get(BIRTH[name])
    return replace(kept.best, nilai=part) if part else None


def _marked(label: str, mark: Marked, sheet: Sheet) -> Candidate | None:
    """Return what was marked, in the shape that its field has; nothing if it cannot have it."""
    teks = sheet.printed(mark.start, mark.end).strip(EDGE)
    nilai: Json = teks
    if label in _NAMES:
        nilai = plain(teks)
    elif label in DAYS:
        day = next(iter(sorted(dates_in(sheet.flow, mark.start, mark.end), key=lambda d: d.start)), None)
        nilai = day.day.isoformat() if day else None
    elif label == "nik":
        number = digits(teks)
        nilai = number if len(number) in _FIGURES_OF_NIK else None
    elif label == "telepon":
        nilai = telephone_number(teks)
    elif label == "umur":
        years = re.search(r"\d{1,3}", teks)
        nilai = int(years[0]) if years and int(years[0]) in _AGES else None
    elif label in _NUMBERS:
        nilai = None if _BARE_DAY.fullmatch(teks) else re.sub(r"\s", "", teks).upper()
    if not nilai:
        return None
    reason = f"{AS_LEARNED} ({_PARTS.get(mark.section, mark.section)})"
    found = sheet.candidate(mark.start, mark.end, mark.probability, reason, nilai, teks)
    return _bare(found) if label in LISTS else found


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
    _BY_SHAPE: "bentuknya, di kepala surat",
}
