"""Fits what reading has learned: ``python bench/learning.py [--test FOLDER]``; takes half an hour.

Two taggers (a letter's rows, its words) and the weights by which a field's value is chosen, from the letters in this
repository alone: the families, and the known letters. The weights are fitted on letters that neither the rules nor the
tagger beside them have seen: each half of the families is proposed for by a tagger that learned from the other.
Prints how well letters were read by a tagger that had not seen their family, by who wrote them. ``--test`` fits without
one known collection and scores on its scans (see ``scoring.py``); it writes nothing. ``--groups`` with it leaves out
one group of signs after another.
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
from letter_truths import LABELS, MAIN, Truth, is_right, truth_of, truth_of_known
from lighter_model import lightened
from scoring import TODAY
from sign_groups import GROUPS, Group

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
#: Weights of words below that are left out of the model, a third of its size (docs/reading.md, *Without the lightest*).
_LIGHT = 0.05
COLLECTIONS = ("letters", "letters2")
#: The rules were written beside this one: no weight is fitted on it.
_TUNED = "letters"
#: From which likelihood a proposal is shown is tried in these steps.
_STEPS = tuple(step / 20 for step in range(4, 15))
#: How strongly weights are pulled to nothing; rounds of Newton's method and of conjugate gradients within one; a step
#: by less than that is the last.
_SHRINK, _ROUNDS, _CONJUGATE, _STILL = 4.0, 14, 60, 1e-3
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
    words = folder / "words.crfsuite"
    fit_model(words, examples, ROUNDS["words"])
    words.write_bytes(lightened(words.read_bytes(), _LIGHT))
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


def fit_weights(
    letters: Sequence[Proposed], left_out: Group = lambda sign: False, labels: Sequence[str] = LABELS
) -> dict[str, dict[str, float]]:
    """Return the weights of labels, fitted on letters for which a tagger has proposed that has not seen them.

    Signs that are ``left_out`` weigh nothing.
    """
    return {label: _weights(label, letters, left_out) for label in labels}


def _weights(label: str, letters: Sequence[Proposed], left_out: Group) -> dict[str, float]:
    """Return the weights of a label's signs, and the likelihood from which a proposal is shown.

    That is where F1 is best of letters that were weighed by the other half of them: by their own weights they would
    look surer than letters that nobody has seen.
    """
    sources = sorted({letter.source for letter in letters})
    weighed = []
    for half in (frozenset(sources[::2]), frozenset(sources[1::2])):
        weights = regressed(_examples(label, [one for one in letters if one.source not in half], left_out))
        own = (one for one in letters if one.source in half)
        weighed += [(choice.weighed(weights, one.proposals[label]), one.truth[label]) for one in own]

    def f1(least: float) -> float:
        return f1_of(label, ((shown(label, ranked, least), truth) for ranked, truth in weighed))

    least = max(_STEPS, key=lambda step: (round(f1(step), 1), step))
    return {"at least": least, **regressed(_examples(label, letters, left_out))}


def _examples(label: str, letters: Sequence[Proposed], left_out: Group) -> list[Example]:
    """Return what is proposed under a label, without the signs that are left out, and whether it is right."""
    return [
        ({sign: value for sign, value in one.signs.items() if not left_out(sign)}, is_right(one, letter.truth[label]))
        for letter in letters
        for one in letter.proposals[label]
    ]


def regressed(examples: Sequence[Example], pull: float = _SHRINK) -> dict[str, float]:
    """Return the weight of each sign by logistic regression, pulled so strongly to nothing.

    Newton's method; each step is found by conjugate gradients, for few of the signs are those of one proposal.
    """
    often = Counter(sign for signs, _ in examples for sign in signs)
    names = sorted(sign for sign, count in often.items() if count >= _SELDOM)
    table = _Table(examples, {name: at for at, name in enumerate(names)})
    right = np.array([float(right) for _, right in examples])
    weights = np.zeros(len(names))
    for _ in range(_ROUNDS):
        p = 1 / (1 + np.exp(-np.clip(table.of(weights), -30, 30)))
        step = table.solved(p * (1 - p), table.back(p - right) + pull * weights, pull)
        weights -= step
        if np.abs(step).max(initial=0.0) < _STILL:
            break
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


class _Table:
    """Which proposal has which sign, and how much of it."""

    def __init__(self, examples: Sequence[Example], place: Mapping[str, int]) -> None:
        held = [
            (row, place[sign], value)
            for row, (signs, _) in enumerate(examples)
            for sign, value in signs.items()
            if sign in place
        ]
        self._rows = np.array([row for row, _, _ in held], dtype=np.intp)
        self._signs = np.array([sign for _, sign, _ in held], dtype=np.intp)
        self._values = np.array([value for _, _, value in held])
        self._size = len(examples), len(place)

    def of(self, weights: Any) -> Any:
        """Return what the signs of each proposal weigh together."""
        return np.bincount(self._rows, self._values * weights[self._signs], self._size[0])

    def back(self, each: Any) -> Any:
        """Return for each sign the sum of a value over the proposals that have it."""
        return np.bincount(self._signs, self._values * each[self._rows], self._size[1])

    def solved(self, bend: Any, slope: Any, pull: float) -> Any:
        """Return the step that makes a slope level where the odds bend so."""
        curve = np.bincount(self._signs, self._values**2 * bend[self._rows], self._size[1]) + pull
        step, rest = np.zeros_like(slope), slope
        way = rest / curve
        left = first = rest @ way
        for _ in range(_CONJUGATE):
            if left <= _STILL**2 * first:
                break
            bent = self.back(bend * self.of(way)) + pull * way
            far = left / (way @ bent)
            step, rest = step + far * way, rest - far * bent
            before, left = left, rest @ (rest / curve)
            way = rest / curve + left / before * way
        return step


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
    """Yield letters of families from which no tagger learns: their family, what they say, their pages."""
    for family in some:
        for serial in range(_FIRST_WEIGHED, _FIRST_WEIGHED + _WEIGHED):
            letter = family.letter(serial)
            noise = _NOISE[serial % len(_NOISE)]
            pages = typed(letter.text, noise, f"{family.name} {serial}")[0]
            yield family.name, truth_of(letter), pages


def as_known(letter: Mapping[str, Any]) -> tuple[str, Truth, tuple[Page, ...]]:
    """Return the same of a known letter."""
    return f"known/{letter['id']}", truth_of_known(letter["fields"]), typed("\f".join(letter["text"]))[0]


def proposed(tagger: CrfTagger, source: str, truth: Truth, pages: tuple[Page, ...]) -> Proposed:
    """Return what is proposed of a letter by the rules and this tagger."""
    evidence = evidence_of(pages, TODAY, tagger)
    return Proposed(source, truth, {label: proposing.proposals(label, evidence) for label in LABELS})


def main() -> None:
    """Fit and write what the product reads, or test without one collection."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--test", type=Path, help="folder of scans to score on; its collection is left out of fitting")
    parser.add_argument("--groups", action="store_true", help="also what each group of signs buys there")
    options = parser.parse_args()
    collections = [name for name in COLLECTIONS if not options.test or name != options.test.name]
    if not options.test:
        MODELS.mkdir(exist_ok=True)
        _, weights, letters = learn(collections, MODELS)
        write_weights(weights, SHIPPED)
        print(by_hand(letters, weights))
        return
    with tempfile.TemporaryDirectory() as scratch:
        tagger, weights, letters = learn(collections, Path(scratch))
        without = {
            name: {**weights, **fit_weights(letters, group, MAIN)} for name, group in GROUPS.items() if options.groups
        }
        print(tested(options.test, tagger, weights, without))


if __name__ == "__main__":
    main()
