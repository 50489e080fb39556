"""Fits what reading has learned: ``python bench/learning.py [--test FOLDER]``; takes a quarter of an hour.

Two taggers (a letter's rows, its words) and the weights by which a field's value is chosen, from the letters in this
repository alone: the families, and the known letters. The weights are fitted on letters that neither the rules nor the
tagger beside them have seen: each half of the families is proposed for by a tagger that learned from the other.
``--test`` fits without one known collection and scores on its scans (see ``scoring.py``), which writes nothing.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pycrfsuite
from ablation import read_all
from families import Family, Letter
from labelled import Labelled, all_families, from_families, from_known, known, typed
from marked_tables import table
from scoring import TODAY, measure_of, score, truths

from pipeline.reading import choice
from pipeline.reading import proposals as proposing
from pipeline.reading.engines.crf_tagger import MODELS, CrfTagger
from pipeline.reading.find_complaints import evidence_of, find_complaints
from pipeline.reading.proposals import Proposal
from pipeline.reading.row_features import row_signs, token_signs
from pipeline.reading.vocabulary import digits
from pipeline.scans.words import Page

#: Letters of a family from which a tagger learns, and others by which the weights are fitted.
_LETTERS, _WEIGHED = 4, 3
_FIRST_WEIGHED = 20
#: Signs that fewer proposals have weigh nothing.
_SELDOM = 8
_NOISE = (0.0, 0.06, 0.15)
_FITTING = {"c1": 0.05, "c2": 0.02, "feature.minfreq": 2, "feature.possible_transitions": False}
_ROUNDS = {"rows": 50, "words": 70}
_COLLECTIONS = ("letters", "letters2")
#: The rules were written beside this one: no weight is fitted on it.
_TUNED = "letters"
_LABELS = (*proposing.SINGLE.values(), *proposing.LISTS, *proposing.PERSONAL, *proposing.ATTORNEY.values())
#: From which likelihood each field is proposed is tried in these steps.
#: Of what a letter has one.
_ONE = frozenset({*proposing.SINGLE.values(), *proposing.ATTORNEY.values()} - {"kuasa"})
_STEPS = tuple(step / 20 for step in range(4, 15))
Example = tuple[Mapping[str, float], bool]
#: What a letter says, by the name of the field.
Truth = dict[str, list[str]]


def fit_tagger(letters: Sequence[Labelled], folder: Path) -> CrfTagger:
    """Fit the models of a tagger into a folder; return the tagger."""
    known_rows = [one for one in letters if one.sections]
    halves = [sorted({one.source for one in known_rows})[half::2] for half in (0, 1)]
    signs = {id(one): row_signs(one.sheet, one.tokens) for one in letters}
    examples = []
    with tempfile.TemporaryDirectory() as scratch:
        readers = []
        for number, half in enumerate(
            halves
        ):  # words are told of rows as a model sees them that has not met the letter
            taught = [one for one in known_rows if one.source not in half]
            readers.append(_fit(Path(scratch) / str(number), _rows(taught, signs), _ROUNDS["rows"]))
        readers.append(_fit(folder / "rows.crfsuite", _rows(known_rows, signs), _ROUNDS["rows"]))
        for one in letters:
            reader = readers[next((i for i, half in enumerate(halves) if one.source in half), 2)]
            sections = reader.tag(pycrfsuite.ItemSequence(signs[id(one)])) if one.tokens else []
            examples.append((token_signs(one.sheet, one.tokens, sections), one.labels))
    _fit(folder / "words.crfsuite", examples, _ROUNDS["words"])
    return CrfTagger(folder)


def _rows(
    letters: Sequence[Labelled], signs: Mapping[int, list[list[str]]]
) -> list[tuple[list[list[str]], Sequence[str]]]:
    return [(signs[id(one)], one.sections or ()) for one in letters]


def _fit(path: Path, examples: Iterable[tuple[list[list[str]], Sequence[str]]], rounds: int) -> pycrfsuite.Tagger:
    trainer = pycrfsuite.Trainer(verbose=False)
    for signs, labels in examples:
        if signs:
            trainer.append(pycrfsuite.ItemSequence(signs), list(labels))
    trainer.set_params({**_FITTING, "max_iterations": rounds})
    trainer.train(str(path))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    return tagger


def fit_weights(learned: Iterable[tuple[CrfTagger, Truth, tuple[Page, ...]]]) -> dict[str, dict[str, float]]:
    """Return the weights, fitted on letters with their truth and a tagger that has not seen them."""
    letters: dict[str, list[tuple[list[Proposal], list[str]]]] = defaultdict(list)
    for tagger, truth, pages in learned:
        evidence = evidence_of(pages, TODAY, tagger)
        for label in _LABELS:
            letters[label].append((proposing.proposals(label, evidence), truth[label]))
    return {label: _weighed(label, letters[label]) for label in _LABELS}


def _weighed(label: str, letters: Sequence[tuple[list[Proposal], list[str]]]) -> dict[str, float]:
    """Return the weights of a field's signs, and the likelihood from which a proposal is shown: where F1 is best."""
    weights = _regressed([(one.signs, _is(one, truth)) for proposed, truth in letters for one in proposed])
    there = sum(len(truth) for _, truth in letters)
    weighed = [(choice.weighed(weights, proposed), truth) for proposed, truth in letters]

    def f1(least: float) -> float:
        right = count = 0
        for proposed, truth in weighed:
            shown = choice.likely(proposed, least)
            shown = shown if label in several else shown[:1]
            count += len(shown)
            right += sum(_is(one, truth) for one in shown)
        return 2 * right / max(1, count + there)

    several = {*proposing.LISTS, "nama", "kuasa"}
    return {"at least": max(_STEPS, key=lambda step: (round(f1(step), 3), step)), **weights}


def _is(one: Proposal, truth: Sequence[str]) -> bool:
    return any(proposing.alike(true, one.nilai) for true in truth)


def _regressed(examples: Sequence[Example], shrink: float = 2.0, rounds: int = 12) -> dict[str, float]:
    """Return the weight of each sign by logistic regression (Newton's method)."""
    often = Counter(sign for signs, _ in examples for sign in signs)
    names = sorted(sign for sign, count in often.items() if count >= _SELDOM)
    place = {name: at for at, name in enumerate(names)}
    table = np.zeros((len(examples), len(names)))
    for row, (signs, _) in enumerate(examples):
        for sign, value in signs.items():
            if sign in place:
                table[row, place[sign]] = value
    right = np.array([float(right) for _, right in examples])
    weights = np.zeros(len(names))
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        slope = table.T @ (p - right) + shrink * weights
        curve = (table * (p * (1 - p))[:, None]).T @ table + shrink * np.eye(len(names))
        weights -= np.linalg.solve(curve, slope)
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def learn(collections: Sequence[str], folder: Path) -> tuple[CrfTagger, dict[str, dict[str, float]]]:
    """Fit everything on the families and these known collections; the models go into the folder."""
    every = all_families()
    tuned = [one for name in collections if name == _TUNED for one in from_known(name)]
    unseen = [one for name in collections if name != _TUNED for one in known(name)]
    weighed = []
    with tempfile.TemporaryDirectory() as scratch:
        for half in (0, 1):
            own = Path(scratch) / str(half)
            own.mkdir()
            tagger = fit_tagger([*from_families(every[half::2], _LETTERS), *tuned], own)
            weighed += [(tagger, *letter) for letter in _made(every[1 - half :: 2])]
            weighed += [(tagger, _known_truth(one["fields"]), typed("\f".join(one["text"]))[0]) for one in unseen]
        weights = fit_weights(weighed)
    letters = [*from_families(every, _LETTERS), *(one for name in collections for one in from_known(name))]
    return fit_tagger(letters, folder), weights


def _made(some: Sequence[Family]) -> Iterable[tuple[Truth, tuple[Page, ...]]]:
    for family in some:
        for serial in range(_FIRST_WEIGHED, _FIRST_WEIGHED + _WEIGHED):
            letter = family.letter(serial)
            noise = _NOISE[serial % len(_NOISE)]
            yield _truth(letter), typed(letter.text, noise, f"{family.name} {serial}")[0]


def _truth(letter: Letter) -> Truth:
    """Return what a letter of a family says, by label."""
    truth: Truth = defaultdict(list)
    for span in letter.spans:
        said = " ".join(letter.text[span.start : span.end].split())
        if span.label in proposing.DAYS:
            said = span.day.isoformat() if span.day else ""
        elif span.label == "umur":
            said = digits(said)
        if said and said not in truth[span.label] and not (span.label in _ONE and truth[span.label]):
            truth[span.label].append(said)
    return truth


def _known_truth(fields: Mapping[str, Any]) -> Truth:
    """Return what a known letter says, by label."""
    truth: Truth = defaultdict(list)
    attorney, enclosed = fields.get("kuasa") or {}, fields.get("lampiran") or {}
    for name, label in proposing.SINGLE.items():
        truth[label] = _all_said(fields.get(name))
    for name, label in proposing.ATTORNEY.items():
        truth[label] = _all_said(attorney.get(name))
    for label in proposing.LISTS:
        truth[label] = _all_said(fields.get(label))
    truth["lampiran"] = _all_said(enclosed.get("daftar")) or _all_said(enclosed.get("teks"))
    for person in fields.get("pelapor") or ():
        born = (person.get("ttl") or {}).get("nilai") or {}
        particulars = {**person, "tempat_lahir": born.get("tempat"), "tanggal_lahir": born.get("tanggal")}
        for label in proposing.PERSONAL:
            truth[label] += _all_said(particulars.get(label))
    return truth


def _all_said(value: Any) -> list[str]:
    """Return what a value of a truth says: itself, its normal form, or each of several."""
    if isinstance(value, list):
        return [said for one in value for said in _all_said(one)]
    said = value.get("nilai", value.get("teks")) if isinstance(value, Mapping) else value
    return [str(said)] if said else []


def write_weights(weights: Mapping[str, Mapping[str, float]], path: Path) -> None:
    """Write the weights as the file that the product reads."""
    lines = [
        "# What each sign of a proposal weighs, by field, in odds; fitted by bench/learning.py, not by hand.",
        '# "at least": from which likelihood the field is shown.',
    ]
    for name, heavy in weights.items():
        lines += ["", f"[{name}]", *(f'"{sign}" = {weight:.3f}' for sign, weight in heavy.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def tested(folder: Path, tagger: CrfTagger, weights: Mapping[str, Mapping[str, float]]) -> str:
    """Return F1 of the rules and of what is chosen, on the scans of a folder; and how far confidence can be trusted."""
    letters, measure = truths(folder), measure_of(folder)
    pages, _ = read_all(folder, sorted({letter["file"] for letter in letters}))
    choice.weights.cache_clear()
    with tempfile.TemporaryDirectory() as scratch:
        choice._WEIGHTS = Path(scratch) / "choice.toml"
        write_weights(weights, choice._WEIGHTS)
        find = partial(find_complaints, tagger=tagger)
        rules = score(pages, letters, measure)["semua"]
        both = score(pages, letters, measure, find=find)["semua"]
    rows = [[name, _said(rules.f1(name)), _said(both.f1(name))] for name in measure.FIELDS]
    rows += [["**main fields**", _said(rules.f1(*measure.MAIN)), _said(both.f1(*measure.MAIN))]]
    rows += [["**all fields**", _said(rules.f1()), _said(both.f1())]]
    return table(["field (F1)", "rules", "chosen"], rows) + "\n\n" + _calibration(pages, letters, measure, find)


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
    for name in proposing.SINGLE:
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


def main() -> None:
    """Fit and write what the product reads, or test without one collection."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--test", type=Path, help="folder of scans to score on; its collection is left out of fitting")
    options = parser.parse_args()
    collections = [name for name in _COLLECTIONS if not options.test or name != options.test.name]
    if not options.test:
        MODELS.mkdir(exist_ok=True)
        _, weights = learn(collections, MODELS)
        write_weights(weights, choice._WEIGHTS)
        return
    with tempfile.TemporaryDirectory() as scratch:
        tagger, weights = learn(collections, Path(scratch))
        print(tested(options.test, tagger, weights))


if __name__ == "__main__":
    main()
