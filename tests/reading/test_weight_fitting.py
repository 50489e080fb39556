"""Weights are fitted to examples and pulled towards what they were: little evidence moves them little."""

from __future__ import annotations

import pytest

from pipeline.reading.weighing import likelihood_of
from pipeline.reading.weight_fitting import WeightExample, fitted, odds_of

PRIOR = {"always": -1.0, "at the foot": 2.0}
MOVABLE = frozenset({"always", "at the foot", "at the head"})


def told(count: int, *, right: bool, sign: str = "at the foot") -> list[WeightExample]:
    return [WeightExample((("always", 1.0), (sign, 1.0)), 0.0, right)] * count


def test_without_examples_nothing_moves():
    assert fitted([], PRIOR, MOVABLE, 4.0) == {}


def test_the_more_says_otherwise_the_further_a_weight_moves():
    moved = [fitted(told(count, right=False), PRIOR, MOVABLE, 4.0)["at the foot"] for count in (1, 10, 100, 1000)]

    assert moved == sorted(moved, reverse=True)
    assert moved[0] == pytest.approx(2.0, abs=0.3)
    assert moved[-1] < 0.5


def test_the_harder_weights_are_held_the_less_they_move():
    loose, tight = (fitted(told(20, right=False), PRIOR, MOVABLE, pull)["at the foot"] for pull in (1.0, 50.0))

    assert loose < tight < 2.0


def test_what_is_fitted_is_the_most_probable():
    examples = [*told(30, right=False), *told(9, right=True), *told(25, right=True, sign="at the head")]
    weights = fitted(examples, PRIOR, MOVABLE, 4.0)

    for sign, weight in weights.items():  # the slope of the posterior is level there
        slope = sum(
            (likelihood_of(odds_of(one, weights)) - one.right) * value
            for one in examples
            for name, value in one.signs
            if name == sign
        )
        assert slope + 4.0 * (weight - PRIOR.get(sign, 0.0)) == pytest.approx(0.0, abs=0.15)


def test_a_sign_that_may_not_move_keeps_what_it_weighed():
    weights = fitted(told(50, right=False), PRIOR, frozenset({"always"}), 4.0)

    assert set(weights) == {"always"}


def test_odds_that_are_not_fitted_count():
    sure = [WeightExample((("always", 1.0),), 8.0, right=True)] * 50

    assert fitted(sure, {"always": 0.0}, MOVABLE, 4.0)["always"] == pytest.approx(0.0, abs=0.02)


def test_the_same_examples_give_the_same_weights():
    examples = [*told(30, right=False), *told(12, right=True, sign="at the head")]

    assert fitted(examples, PRIOR, MOVABLE, 4.0) == fitted(list(examples), dict(PRIOR), MOVABLE, 4.0)
