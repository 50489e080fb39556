"""The way of the disposition that an edition of the SOP has."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.cases.disposition_way import hops
from pipeline.cases.sop import Sop
from pipeline.cases.store.sop_editions import editions

EDITIONS = editions()
SOP = EDITIONS[-1]

WAY = (("tim-yankomas", "kakanwil"), ("kakanwil", "kadiv"), ("kadiv", "kabid"), ("kabid", "kasubbid"))


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.key)
def test_the_way_of_every_edition_goes_down_its_lanes(edition: Sop) -> None:
    assert hops(edition) == WAY


def test_an_edition_without_a_lane_has_a_shorter_way() -> None:
    shorter = tuple(
        replace(move, to="disposisi-kabid") if move.to == "disposisi-kadiv" else move
        for move in SOP.moves
        if move.start != ("disposisi-kadiv",)
    )

    assert hops(replace(SOP, moves=shorter)) == (WAY[0], ("kakanwil", "kabid"), WAY[3])


def test_an_edition_without_dispositions_has_no_way() -> None:
    assert hops(replace(SOP, moves=())) == ()
