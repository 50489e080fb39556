"""What each sign of a proposal weighs, by label: as it is shipped (``choice.toml``), or as an office has learned it."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SHIPPED = Path(__file__).with_name("choice.toml")
#: Stands among the signs of a label: from which likelihood its proposals are shown.
AT_LEAST = "at least"


@dataclass(frozen=True, slots=True)
class FieldWeights:
    """The weights of all labels.

    ``own`` are the labels that the office's own cases weigh, ``doubtful`` those of them whose likelihood nothing proves
    to be as certain as the shipped one was.
    """

    by_label: Mapping[str, Mapping[str, float]]
    own: Set[str] = frozenset()
    doubtful: Set[str] = frozenset()

    def least(self, label: str) -> float:
        """Return from which likelihood a label's proposals are shown."""
        return self.by_label[label][AT_LEAST]


@dataclass(frozen=True, slots=True)
class LearnedWeights:
    """What an office has learned: of each label the signs that weigh otherwise than shipped, and what of it is proved.

    ``edition`` names the shipped weights from which it was learned: with others it is worth nothing. ``cases`` is of
    how many cases, ``on`` the day (ISO).
    """

    edition: str
    cases: int
    on: str
    by_label: Mapping[str, Mapping[str, float]]
    doubtful: Set[str] = frozenset()

    @property
    def current(self) -> bool:
        """Whether the shipped weights are still those from which it was learned."""
        return self.edition == shipped_edition()

    def over(self, shipped: FieldWeights) -> FieldWeights:
        """Return the shipped weights with what was learned in their place."""
        own = {label: {**shipped.by_label[label], **signs} for label, signs in self.by_label.items()}
        return FieldWeights({**shipped.by_label, **own}, frozenset(own), self.doubtful)


@cache
def shipped_weights() -> FieldWeights:
    """Return the weights that come with the program."""
    return weights_in(SHIPPED)


def weights_in(path: Path) -> FieldWeights:
    """Return the weights of a file such as ``bench/learning.py`` writes."""
    return FieldWeights(tomllib.loads(path.read_text(encoding="utf-8")))


@cache
def shipped_edition() -> str:
    """Return what names the shipped weights: the SHA-256 (hex) of their file, the beginning of it."""
    return hashlib.sha256(SHIPPED.read_bytes()).hexdigest()[:16]
