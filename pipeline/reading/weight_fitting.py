"""Fits what signs weigh to examples, pulled towards what they weighed before: logistic regression, Gaussian prior.

The most probable weights (maximum a posteriori) are found one weight at a time, each step within bounds in which it
cannot overshoot (cyclic coordinate descent, Genkin, Lewis, Madigan 2007). No library, no chance: the same examples give
the same weights.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pipeline.reading.weighing import likelihood_of

#: A round that moves no weight by more than this is the last; there are so many at most.
_ENOUGH, _ROUNDS = 0.01, 40
#: How far a weight may move at first.
_FIRST_STEP = 1.0


@dataclass(frozen=True, slots=True)
class WeightExample:
    """What is so, or not, with its signs; ``odds`` is what signs weigh that are not fitted."""

    signs: Sequence[tuple[str, float]]
    odds: float
    right: bool


def fitted(
    examples: Sequence[WeightExample], prior: Mapping[str, float], movable: Collection[str], pull: float
) -> dict[str, float]:
    """Return what each movable sign of the examples weighs; signs are from 0 to 1.

    ``prior`` is what signs weighed before (none: 0), ``pull`` how strongly they are held there: one over the variance
    of the prior.
    """
    columns = _columns(examples, movable)
    weights = {sign: prior.get(sign, 0.0) for sign in columns}
    odds = array("d", (odds_of(example, prior) for example in examples))
    likely = array("d", map(likelihood_of, odds))
    right = [float(example.right) for example in examples]
    room = dict.fromkeys(columns, _FIRST_STEP)
    for _ in range(_ROUNDS):
        largest = 0.0
        for sign, (rows, values) in columns.items():
            slope, bend = _lie(rows, values, likely, right, room[sign])
            step = -(slope + pull * (weights[sign] - prior.get(sign, 0.0))) / (bend + pull)
            step = max(-room[sign], min(room[sign], step))
            weights[sign] += step
            for row, value in zip(rows, values, strict=True):
                odds[row] += step * value
                likely[row] = likelihood_of(odds[row])
            room[sign] = max(2 * abs(step), room[sign] / 2)
            largest = max(largest, abs(step))
        if largest <= _ENOUGH:
            break
    return weights


def _lie(
    rows: Sequence[int], values: Sequence[float], likely: Sequence[float], right: Sequence[float], reach: float
) -> tuple[float, float]:
    """Return how the examples slope by a sign's weight, and the most that this bends within reach of a step."""
    slope, bend, more = 0.0, 0.0, math.exp(reach)
    for row, value in zip(rows, values, strict=True):
        p = likely[row]
        slope += (p - right[row]) * value
        bend += min(0.25, more * p * (1 - p)) * value * value
    return slope, bend


def _columns(examples: Sequence[WeightExample], movable: Collection[str]) -> dict[str, tuple[array[int], array[float]]]:
    """Return, by sign in order, the examples that have it, and how much of it each has."""
    found: dict[str, tuple[array[int], array[float]]] = {}
    for row, example in enumerate(examples):
        for sign, value in example.signs:
            if sign in movable:
                rows, values = found.setdefault(sign, (array("L"), array("d")))
                rows.append(row)
                values.append(value)
    return dict(sorted(found.items()))


def odds_of(example: WeightExample, weights: Mapping[str, float]) -> float:
    """Return the odds of an example by these weights of its signs, with what is not fitted."""
    return example.odds + sum(weights.get(sign, 0.0) * value for sign, value in example.signs)
