"""How likely something is by its signs: each weighs what was fitted, their sum is the odds (logistic regression)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

_One = TypeVar("_One")
#: Odds beyond which nothing is surer.
_SUREST = 30.0


def likelihood(weights: Mapping[str, float], signs: Mapping[str, float]) -> float:
    """Return how likely what has these signs is so (0..1); a sign without a weight says nothing."""
    return likelihood_of(sum(weights.get(sign, 0.0) * value for sign, value in signs.items()))


def likelihood_of(odds: float) -> float:
    """Return how likely something is (0..1) by its odds, a logarithm."""
    return 1 / (1 + math.exp(-max(-_SUREST, min(_SUREST, odds))))


def apart(ranked: Iterable[_One], text_of: Callable[[_One], str]) -> list[_One]:
    """Return what was ranked, in its order, but for what holds the text of one before it, or is held by it."""
    kept: list[tuple[str, _One]] = []
    for one in ranked:
        mine = text_of(one)
        if not any(mine in text or text in mine for text, _ in kept):
            kept.append((mine, one))
    return [one for _, one in kept]
