"""What may stand in a field: what the rules propose and what a learned tagger has marked, each with its signs.

Proposed is more than what is right, so that little is missed: whatever the rules have found, what the tagger holds
likeliest, and what it holds possible. Signs say how sure each is, whether both say it, in which part of the letter it
stands, how it is written, and what else is proposed; :mod:`~pipeline.reading.choice` weighs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from heapq import nlargest
from typing import Any

from pipeline.reading.dates import dates_in
from pipeline.reading.fields import Candidate, Field, FieldValue, Json
from pipeline.reading.identity import plain
from pipeline.reading.ports import Marked
from pipeline.reading.sheet import Sheet
from pipeline.reading.vocabulary import digits, distance, fold

_EDGE = " .,:;_-|'\"“”"
#: Texts are alike that differ in so many of their letters, or share so many of their words.
_ALIKE_LETTERS, _ALIKE_WORDS, _SHORT = 12, 0.8, 60
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
_STEPS = (0.1, 0.3, 0.5, 0.7, 0.9, 0.97)
DAYS = frozenset({"tanggal", "tanggal_lahir", "kuasa_tanggal"})
_OF_ONE_CELL = frozenset({"nama", "nik", "telepon", "umur", "pekerjaan", "tempat_lahir", "tanggal_lahir", "kuasa"})
_NAMES, _NUMBERS = frozenset({"nama", "kuasa"}), frozenset({"nomor", "kuasa_nomor"})
_SERIES = r"\s*[,;/]\s+(?:(?:dan|serta)\s+)?|\s+(?:dan|serta|lalu)\s+"
#: Why the tagger marks something.
AS_LEARNED = "tertulis seperti pada surat-surat contoh"
#: What numbers an item: *2.*, *(b)*, *iii.*
_NUMBER_OF_ITEM = re.compile(r"^\W*(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4}|[IVX]{1,4})[.)]\s+)(?=\w)")
_AGES = range(5, 111)
#: So many marks of a label are looked at, the surest: each is held against the others. A petition of 300 is whole.
_MOST_MARKS = 300
#: Texts of which the folded form is remembered.
_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a letter before anything is chosen.

    ``fields`` is what the rules have found, ``named`` everybody whom the letter names but its senders and addressee,
    ``marks`` what the tagger marks.
    """

    sheet: Sheet
    fields: Mapping[str, FieldValue]
    named: Sequence[Field]
    marks: Sequence[Marked]


@dataclass(slots=True)
class Proposal:
    """One possible value of a field.

    ``rule`` is how sure the rules are (0: they do not say it), ``first`` whether they think it the best, ``owner``
    whose it is by them (from 0). ``mark`` is what the tagger has marked, where it is surest, ``often`` how often,
    ``parted`` that it is only a part of what was marked.
    """

    candidate: Candidate
    rule: float = 0.0
    first: bool = False
    owner: int = -1
    mark: Marked | None = None
    often: int = 0
    parted: bool = False
    signs: Mapping[str, float] = field(default_factory=dict)

    @property
    def sure(self) -> float:
        """How sure the tagger is (0: it does not say it)."""
        return self.mark.probability if self.mark else 0.0

    @property
    def nilai(self) -> str:
        """The value as a text."""
        return str(self.candidate.nilai)


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
    for proposal in proposed:
        proposal.signs = _signs(label, proposal, proposed) | _context(proposal, evidence.sheet)
    return proposed


def _parts(mark: Marked, sheet: Sheet) -> Iterator[tuple[Marked, bool]]:
    """Yield a mark, or what it may consist of, and whether it is such a part.

    Names that stand side by side are of several people; *A, B dan C* may be one thing or three.
    """
    text = sheet.text[mark.start : mark.end]
    between = "\t" if mark.label in _OF_ONE_CELL else _SERIES if mark.label in LISTS else None
    cuts = list(re.finditer(between, text)) if between else []
    if mark.label in LISTS or not cuts:
        yield mark, False
    starts, ends = [0, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), len(text)]
    for start, end in zip(starts, ends, strict=True) if cuts else ():
        if end > start:
            yield replace(mark, start=mark.start + start, end=mark.start + end), mark.label in LISTS


def _propose(proposed: list[Proposal], candidate: Candidate, mark: Marked, parted: bool) -> None:
    """Join what was marked to what says the same, or add it."""
    same = next((p for p in proposed if alike(p.nilai, str(candidate.nilai))), None)
    if same is None:
        proposed.append(Proposal(candidate, mark=mark, often=int(mark.likeliest), parted=parted))
        return
    same.often += mark.likeliest
    same.parted = same.parted and parted
    if same.mark is None or (mark.likeliest, mark.probability) > (same.mark.likeliest, same.mark.probability):
        same.mark = mark
        if not same.rule:
            same.candidate = candidate


def alike(a: str, b: str) -> bool:
    """Say whether two texts are the same but for a few letters that were read otherwise."""
    one, other = _folded(a), _folded(b)
    if one == other:
        return True
    if max(len(one), len(other)) <= _SHORT:
        most = max(len(one), len(other)) // _ALIKE_LETTERS + 1 if min(len(one), len(other)) > _ALIKE_LETTERS // 2 else 0
        if most == 0 or abs(len(one) - len(other)) > most or (one + other).isdigit():
            return False
        return distance(one, other, most) <= most
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
    teks = sheet.printed(mark.start, mark.end).strip(_EDGE)
    nilai: Json = teks
    if label in _NAMES:
        nilai = plain(teks)
    elif label in DAYS:
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
    elif label in _NUMBERS:
        nilai = re.sub(r"\s", "", teks).upper()
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
}


def _signs(label: str, one: Proposal, every: Sequence[Proposal]) -> dict[str, float]:
    """Return the signs of a proposal among all that are made for its field, each from 0 to 1."""
    mine = one.nilai.lower()
    mark, sure = one.mark, one.sure
    others = [(p, p.nilai.lower()) for p in every if p is not one]
    around = [p for p, text in others if mine in text]
    within = [p for p, text in others if text in mine]
    rivals = [p for p, text in others if mine not in text and text not in mine]
    signs = {
        "always": 1.0,
        "rule": one.rule,
        "by rule": float(one.rule > 0),
        "first by rule": float(one.first),
        "mark": sure,
        "marked": float(sure > 0),
        "both": float(one.rule > 0 and sure > 0),
        "rule and mark": one.rule * sure,
        "marked alone": float(sure > 0 and not any(p.rule for p in every)),
        "ruled alone": float(one.rule > 0 and not any(p.sure for p in every)),
        "rival by rule": max((p.rule for p in rivals), default=0.0),
        "rival marked": max((p.sure for p in rivals), default=0.0),
        "rival likeliest": float(any(p.mark and p.mark.likeliest for p in rivals)),
        "surest": float(sure > 0 and all(p.sure <= sure for p, _ in others)),
        "part": float(one.parted),
        "often": min(one.often, 3) / 3,
        "many": min(len(every), 6) / 6,
        "length": min(len(mine), 80) / 80,
        "short": float(len(mine) < 4),
        "within one marked": max((p.sure for p in around), default=0.0),
        "within one by rule": max((p.rule for p in around), default=0.0),
        "within a likelier": float(any(p.mark and p.mark.likeliest for p in around)),
        "holds one marked": max((p.sure for p in within), default=0.0),
        "holds one by rule": max((p.rule for p in within), default=0.0),
        "holds a likelier": float(any(p.mark and p.mark.likeliest for p in within)),
    }
    signs |= {f"marked over {least}": 1.0 for least in _STEPS if sure > least}
    if mark:
        signs |= {
            f"in {mark.section}": 1.0,
            "likeliest": float(mark.likeliest),
            "least": mark.least,
            "beside": mark.beside,
        }
    if label == "nik":
        signs["16 figures"] = float(len(mine) == 16)
    if label == "telepon":
        signs["10 to 13 figures"] = float(10 <= len(mine) <= 13)
    return {sign: value for sign, value in signs.items() if value}


def _context(one: Proposal, sheet: Sheet) -> dict[str, float]:
    """Return the words at the edges of a proposal."""
    words = one.nilai.lower().split()
    signs = {f"words {min(len(words), 8)}": 1.0}
    if words:
        signs[f"begins {words[0].strip(_EDGE)}"] = 1.0
        signs[f"ends {words[-1].strip(_EDGE)}"] = 1.0
    if one.mark:
        before = sheet.text[max(0, one.mark.start - 40) : one.mark.start]
        word = before.split()[-1:] or [""]
        signs[f"after {word[0].lower()}"] = 1.0
        signs["begins row"] = float(before[-1:] in ("\n", ""))
        signs["ends row"] = float(sheet.text[one.mark.end : one.mark.end + 1] in ("\n", ""))
    return {k: v for k, v in signs.items() if v}
