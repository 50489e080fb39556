"""Fits what the signs of being complained of weigh: ``python bench/fitting.py [--letters FOLDER]``.

Logistic regression over everyone named in letters whose truth is known, in plain Python: a few hundred examples of two
dozen features. Prints the weights to be rounded into ``pipeline/reading/vocabulary/signs.toml``. ``bench/reading.py``
fits them anew for each fold, so that no letter is judged by weights that have seen it.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

from ablation import read_all
from scoring import LETTERS, TODAY, Truth, measure_of, own_letters, truths

from pipeline.reading import respondents
from pipeline.reading.find_complaints import find_complaints
from pipeline.reading.mentions import KINDS, weights
from pipeline.scans.words import Page

_STEPS, _PACE, _SHRINK = 600, 0.5, 0.006


@dataclass(frozen=True, slots=True)
class Example:
    """One who is named in a letter: what is to be weighed of him, and whether he is complained of."""

    pattern: str
    found: Mapping[str, float]
    right: bool


def examples(letters: Iterable[tuple[Truth, Sequence[Page]]], measure: ModuleType) -> list[Example]:
    """Return everyone named in the stories of the letters (with their pages) as examples."""
    alike = measure.FIELDS["terlapor"]
    out = []
    for letter, pages in letters:
        true = measure.flat(letter["fields"])["terlapor"]
        for charge in _named(tuple(pages)):
            right = any(alike(name, charge.mention.text) for name in true)
            out.append(Example(letter["pattern"], charge.found, right))
    return out


def _named(pages: tuple[Page, ...]) -> list[Any]:
    """Return whom the reading weighs in a letter; nobody where a labelled section names them."""
    weighs = respondents._charges
    seen: list[Any] = []

    def watched(*arguments: Any) -> list[Any]:
        seen.extend(weighs(*arguments))
        return seen

    with patch.object(respondents, "_charges", watched):
        find_complaints(pages, TODAY)
    return seen


def fitted(known: Sequence[Example]) -> dict[str, float]:
    """Return the weight of each feature; a feature that no example has weighs nothing."""
    found = dict.fromkeys(weights(), 0.0)
    constant = 0.0
    for _ in range(_STEPS):
        slopes, slope = dict.fromkeys(found, 0.0), 0.0
        for example in known:
            odds = constant + sum(found[name] * value for name, value in example.found.items())
            miss = 1 / (1 + math.exp(-odds)) - example.right
            slope += miss
            for name, value in example.found.items():
                slopes[name] += miss * value
        constant -= _PACE * slope / len(known)
        for name in found:
            found[name] -= _PACE * (slopes[name] / len(known) + _SHRINK * found[name])
    return {name: weight + (constant if name in KINDS else 0.0) for name, weight in found.items()}


def main() -> None:
    """Print the weights fitted on all letters, ours included."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=Path, default=LETTERS, help="folder with truth.json, score.py and the files")
    options = parser.parse_args()
    letters = truths(options.letters)
    pages, _ = read_all(options.letters, sorted({letter["file"] for letter in letters}))
    theirs = [(le, [p for p in pages[le["file"]] if p.number in le["pages"]]) for le in letters]
    known = examples([*theirs, *own_letters()], measure_of(options.letters))
    for name, weight in sorted(fitted(known).items(), key=lambda pair: -pair[1]):
        count = sum(bool(e.found.get(name)) for e in known)
        print(f"{name:<12} {weight:6.2f}   now {weights()[name]:6.2f}   of {count}")


if __name__ == "__main__":
    main()
