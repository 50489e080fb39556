"""Fits what reading has learned: ``python bench/learning.py [--test FOLDER]``; takes half an hour.

Two taggers (a letter's rows, its words) and the weights by which a field's value is chosen, from the letters in this
repository alone: the families, and the known letters. The weights are fitted on letters that neither the rules nor the
tagger beside them have seen: each half of the families is proposed for by a tagger that learned from the other.
Prints how well letters were read by a tagger that had not seen their family, by who wrote them. ``--test`` fits without
one known collection and scores on its scans (see ``scoring.py``); it writes nothing.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pycrfsuite
from families import Family
from labelled import Labelled, all_families, from_families, from_known, known, typed
from learned_scores import Proposed, by_hand, f1_of, shown, tested, write_weights
from letter_truths import LABELS, Truth, is_right, truth_of, truth_of_known
from scoring import TODAY

from pipeline.reading import choice
from pipeline.reading import proposals as proposing
from pipeline.reading.engines.crf_tagger import CrfTagger
from pipeline.reading.engines.section_tagger import MODELS, ROWS, opened
from pipeline.reading.field_weights import SHIPPED
from pipeline.reading.find_complaints import evidence_of
from pipeline.reading.row_features import row_signs, token_signs
from pipeline.scans.words import Page

#: Letters of a family from which a tagger learns, and others by which the weights are fitted.
LETTERS, _WEIGHED = 4, 3
_FIRST_WEIGHED = 20
#: Signs that fewer proposals have weigh nothing.
_SELDOM = 8
_NOISE = (0.0, 0.06, 0.15)
_FITTING = {"c1": 0.05, "c2": 0.02, "feature.minfreq": 2, "feature.possible_transitions": False}
ROUNDS = {"rows": 50, "words": 70}
COLLECTIONS = ("letters", "letters2")
#: The rules were written beside this one: no weight is fitted on it.
_TUNED = "letters"
#: From which likelihood a proposal is shown is tried in these steps.
_STEPS = tuple(step / 20 for step in range(4, 15))
Example = tuple[Mapping[str, float], bool]


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
            readers.append(fit_model(Path(scratch) / str(number), rows_of(taught, signs), ROUNDS["rows"]))
        readers.append(fit_model(folder / ROWS, rows_of(known_rows, signs), ROUNDS["rows"]))
        for one in letters:
            reader = readers[next((i for i, half in enumerate(halves) if one.source in half), 2)]
            sections = reader.tag(pycrfsuite.ItemSequence(signs[id(one)])) if one.tokens else []
            examples.append((token_signs(one.sheet, one.tokens, sections), one.labels))
    fit_model(folder / "words.crfsuite", examples, ROUNDS["words"])
    return CrfTagger(folder)


def rows_of(
    letters: Sequence[Labelled], signs: Mapping[int, list[list[str]]]
) -> list[tuple[list[list[str]], Sequence[str]]]:
    """Return the signs of the rows of letters, with the part of the letter that each is."""
    return [(signs[id(one)], one.sections or ()) for one in letters]


def fit_model(path: Path, examples: Iterable[tuple[list[list[str]], Sequence[str]]], rounds: int) -> pycrfsuite.Tagger:
    """Fit a model on signs with their labels, write it, and return it."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for signs, labels in examples:
        if signs:
            trainer.append(pycrfsuite.ItemSequence(signs), list(labels))
    trainer.set_params({**_FITTING, "max_iterations": rounds})
    trainer.train(str(path))
    return opened(path)


def fit_weights(letters: Sequence[Proposed]) -> dict[str, dict[str, float]]:
    """Return the weights, fitted on letters for which a tagger has proposed that has not seen them."""
    return {label: _weights(label, letters) for label in LABELS}


def _weights(label: str, letters: Sequence[Proposed]) -> dict[str, float]:
    """Return the weights of a label's signs, and the likelihood from which a proposal is shown: where F1 is best."""
    every = [(one, letter.truth[label]) for letter in letters for one in letter.proposals[label]]
    weights = regressed([(one.signs, is_right(one, truth)) for one, truth in every])
    weighed = [(choice.weighed(weights, letter.proposals[label]), letter.truth[label]) for letter in letters]

    def f1(least: float) -> float:
        return f1_of(label, ((shown(label, ranked, least), truth) for ranked, truth in weighed))

    return {"at least": max(_STEPS, key=lambda step: (round(f1(step), 1), step)), **weights}


def regressed(examples: Sequence[Example], shrink: float = 2.0, rounds: int = 12) -> dict[str, float]:
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


def learn(collections: Sequence[str], folder: Path) -> tuple[CrfTagger, dict[str, dict[str, float]], list[Proposed]]:
    """Fit everything on the families and these known collections; the models go into the folder.

    Returns the tagger, the weights, and the letters on which these were fitted.
    """
    every = all_families()
    tuned = [one for name in collections if name == _TUNED for one in from_known(name)]
    unseen = [one for name in collections if name != _TUNED for one in known(name)]
    letters = []
    with tempfile.TemporaryDirectory() as scratch:
        for half in (0, 1):
            own = Path(scratch) / str(half)
            own.mkdir()
            tagger = fit_tagger([*from_families(every[half::2], LETTERS), *tuned], own)
            letters += [proposed(tagger, *letter) for letter in made(every[1 - half :: 2])]
            letters += [proposed(tagger, *as_known(letter)) for letter in unseen]
        weights = fit_weights(letters)
    taught = [*from_families(every, LETTERS), *(one for name in collections for one in from_known(name))]
    return fit_tagger(taught, folder), weights, letters


def made(some: Sequence[Family]) -> Iterable[tuple[str, Truth, tuple[Page, ...]]]:
    """Yield letters of families from which no tagger learns: who wrote them, what they say, their pages."""
    for family in some:
        for serial in range(_FIRST_WEIGHED, _FIRST_WEIGHED + _WEIGHED):
            letter = family.letter(serial)
            noise = _NOISE[serial % len(_NOISE)]
            pages = typed(letter.text, noise, f"{family.name} {serial}")[0]
            yield family.name.partition("/")[0], truth_of(letter), pages


def as_known(letter: Mapping[str, Any]) -> tuple[str, Truth, tuple[Page, ...]]:
    """Return the same of a known letter."""
    return "known", truth_of_known(letter["fields"]), typed("\f".join(letter["text"]))[0]


def proposed(tagger: CrfTagger, group: str, truth: Truth, pages: tuple[Page, ...]) -> Proposed:
    """Return what is proposed of a letter by the rules and this tagger."""
    evidence = evidence_of(pages, TODAY, tagger)
    return Proposed(group, truth, {label: proposing.proposals(label, evidence) for label in LABELS})


def main() -> None:
    """Fit and write what the product reads, or test without one collection."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--test", type=Path, help="folder of scans to score on; its collection is left out of fitting")
    options = parser.parse_args()
    collections = [name for name in COLLECTIONS if not options.test or name != options.test.name]
    if not options.test:
        MODELS.mkdir(exist_ok=True)
        _, weights, letters = learn(collections, MODELS)
        write_weights(weights, SHIPPED)
        print(by_hand(letters, weights))
        return
    with tempfile.TemporaryDirectory() as scratch:
        tagger, weights, _ = learn(collections, Path(scratch))
        print(tested(options.test, tagger, weights))


if __name__ == "__main__":
    main()
