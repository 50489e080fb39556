"""How well fields are chosen on letters of which nothing was learned, and how far a likelihood can be trusted."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from ablation import read_all
from letter_truths import MAIN, SEVERAL, Truth, is_right
from marked_tables import table
from scoring import TODAY, Sums, measure_of, score, truths

from pipeline.reading import choice
from pipeline.reading.engines.crf_tagger import CrfTagger
from pipeline.reading.field_weights import FieldWeights, weights_in
from pipeline.reading.find_complaints import find_complaints
from pipeline.reading.proposal import SINGLE, Proposal
from pipeline.scans.words import Page

#: What weighs less is not written.
_NEXT_TO_NOTHING = 0.02
Weights = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A letter: its family or itself (``a-desa/01-kebun``), what it says, and what is proposed, by label."""

    source: str
    truth: Truth
    proposals: Mapping[str, Sequence[Proposal]]

    @property
    def group(self) -> str:
        """Who wrote it: the folder of its family."""
        return self.source.partition("/")[0]


def shown(label: str, ranked: Sequence[Proposal], least: float) -> Sequence[Proposal]:
    """Return what a clerk is shown of what is proposed under a label, the likeliest first."""
    found = choice.likely(ranked, least)
    return found if label in SEVERAL else found[:1]


def f1_of(label: str, letters: Iterable[tuple[Sequence[Proposal], Sequence[str]]]) -> float:
    """Return F1 (0..100) of what is shown of letters under a label, beside what they say."""
    sums = Sums()
    for found, truth in letters:
        sums.add(_counts(label, found, truth))
    return sums.f1(label) or 0.0


def _counts(label: str, found: Sequence[Proposal], truth: Sequence[str]) -> Mapping[str, Counter[str]]:
    right = sum(is_right(one, truth) for one in found)
    return {label: Counter(tp=right, fp=len(found) - right, fn=max(0, len(truth) - right))}


def by_hand(letters: Sequence[Proposed], weights: Weights) -> str:
    """Return F1 of the rules and of what is chosen, by group; proposed for by taggers that had not seen the family."""
    rows = []
    for group in (*sorted({letter.group for letter in letters}), ""):
        own = [letter for letter in letters if group in (letter.group, "")]
        rules, chosen = Sums(), Sums()
        for letter in own:
            for label, proposals in letter.proposals.items():
                ranked = choice.weighed(weights[label], proposals)
                rules.add(_counts(label, [p for p in proposals if p.first], letter.truth[label]))
                chosen.add(_counts(label, shown(label, ranked, weights[label]["at least"]), letter.truth[label]))
        scores = [rules.f1(*MAIN), chosen.f1(*MAIN), rules.f1(), chosen.f1()]
        rows.append([group or "**all**", str(len(own)), *map(_said, scores)])
    head = ["written by", "letters", "main fields by rules", "main fields chosen", "all by rules", "all chosen"]
    return table(head, rows)


def by_field(letters: Sequence[Proposed], weights: Weights) -> str:
    """Return F1 of the rules and of what is chosen, and how often the right value was proposed at all, by label."""
    rows = []
    for label in (*weights, ""):
        rules, chosen, possible = Sums(), Sums(), Sums()
        for letter in letters:
            for own in (label,) if label else MAIN:
                proposals, truth = letter.proposals[own], letter.truth[own]
                ranked = choice.weighed(weights[own], proposals)
                rules.add(_counts(own, [p for p in proposals if p.first], truth))
                chosen.add(_counts(own, shown(own, ranked, weights[own]["at least"]), truth))
                possible.add(_counts(own, [p for p in proposals if is_right(p, truth)], truth))
        scores = [_said(one.f1()) for one in (rules, chosen, possible)]
        rows.append([label or "**main fields**", *scores])
    return table(["field (F1)", "rules", "chosen", "if the right one of the proposed were chosen"], rows)


def write_weights(weights: Weights, path: Path) -> None:
    """Write the weights as the file that the product reads."""
    lines = [
        "# What each sign of a proposal weighs, by label, in odds; fitted by bench/learning.py, not by hand.",
        '# "at least": from which likelihood a proposal is shown.',
    ]
    for name, heavy in weights.items():
        kept = {sign: weight for sign, weight in heavy.items() if abs(weight) >= _NEXT_TO_NOTHING}
        lines += ["", f"[{name}]", *(f"{json.dumps(sign, ensure_ascii=False)} = {w:.3f}" for sign, w in kept.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def tested(folder: Path, tagger: CrfTagger, weights: Weights, without: Mapping[str, Weights]) -> str:
    """Return F1 of the rules and of what is chosen, on the scans of a folder; and how far confidence can be trusted.

    ``without``: weights that were fitted without a group of signs, by the group's name.
    """
    letters, measure = truths(folder), measure_of(folder)
    pages, _ = read_all(folder, sorted({letter["file"] for letter in letters}))
    find = partial(find_complaints, tagger=tagger, weights=_as_shipped(weights))
    rules = score(pages, letters, measure)["semua"]
    both = score(pages, letters, measure, find=find)["semua"]
    groups = []
    for name, fewer in without.items():
        left = partial(find_complaints, tagger=tagger, weights=_as_shipped(fewer))
        sums = score(pages, letters, measure, find=left)["semua"]
        groups.append([name, _said(sums.f1(*measure.MAIN))])
    rows = [[name, _said(rules.f1(name)), _said(both.f1(name))] for name in measure.FIELDS]
    rows += [["**main fields**", _said(rules.f1(*measure.MAIN)), _said(both.f1(*measure.MAIN))]]
    rows += [["**all fields**", _said(rules.f1()), _said(both.f1())]]
    parts = [table(["field (F1)", "rules", "chosen"], rows), _calibration(pages, letters, measure, find)]
    return "\n\n".join([*parts, *([table(["without", "main fields"], groups)] if groups else [])])


def _as_shipped(weights: Weights) -> FieldWeights:
    """Return the weights as the product reads them from their file."""
    with tempfile.TemporaryDirectory() as scratch:
        written = Path(scratch) / "choice.toml"
        write_weights(weights, written)
        return weights_in(written)


def _calibration(pages: Mapping[str, Sequence[Page]], letters: Sequence[Any], measure: ModuleType, find: Any) -> str:
    shown: list[tuple[str, float, bool]] = []
    for letter in letters:
        own = tuple(page for page in pages[letter["file"]] if page.number in letter["pages"])
        truth = measure.flat(letter["fields"])
        for complaint in find(own, TODAY):
            for name, nilai, sure in _shown(complaint.as_json()["fields"]):
                shown.append((name, sure, any(measure.FIELDS[name](true, nilai) for true in truth[name])))
    rows = []
    for name in ("", *sorted({name for name, _, _ in shown})):
        row = [name or "**all**"]
        for least in (0.5, 0.8, 0.9, 0.95):
            held = [right for field, sure, right in shown if sure >= least and field in (name or field,)]
            row.append(f"{sum(held)} of {len(held)}")
        rows.append(row)
    return table(["shown with at least", "0.5", "0.8", "0.9", "0.95"], rows)


def _shown(fields: Mapping[str, Any]) -> Iterable[tuple[str, Any, float]]:
    for name in SINGLE:
        if fields[name]:
            yield name, fields[name]["nilai"], fields[name]["candidates"][0]["confidence"]
    for name in ("terlapor", "tembusan", "permintaan"):
        for one in fields[name]:
            yield name, one["nilai"], one["candidates"][0]["confidence"]
    for person in fields["pelapor"]:
        for name in ("nama", "nik", "umur", "pekerjaan", "alamat", "telepon"):
            if person[name]:
                yield f"pelapor.{name}", person[name]["nilai"], person[name]["candidates"][0]["confidence"]
        born = person["ttl"]
        for name in ("tempat", "tanggal"):
            if born and born["nilai"][name]:
                yield f"pelapor.{name}_lahir", born["nilai"][name], born["candidates"][0]["confidence"]


def _said(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"
