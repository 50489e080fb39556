"""A case from the news has nobody to write to: what only writes to the complainant is not offered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from case_factory import case_of, received

from pipeline.cases.moves import open_moves
from pipeline.cases.store.sop_editions import editions

SOP = editions()[-1]


@pytest.mark.parametrize(("state", "move"), [("pelaksanaan", "undang-pelapor"), ("penutupan", "siapkan-penutupan")])
@pytest.mark.parametrize(("channel", "offered"), [("pindaian", True), ("berita", False)])
def test_nobody_is_written_to_where_nobody_complained(state: str, move: str, channel: str, offered: bool) -> None:
    standing_there = replace(SOP, first=state)

    case = case_of(first=received(channel=channel, sop=SOP.key))

    assert (move in {o.move.key for o in open_moves(case, standing_there)}) is offered


def test_a_move_that_carries_the_case_on_stays_open_without_its_letter() -> None:
    case = case_of(first=received(channel="berita", sop=SOP.key))

    opened = {o.move.key for o in open_moves(case, replace(SOP, first="surat-tidak-berwenang"))}

    assert "tidak-berwenang" in opened


@pytest.mark.parametrize(("channel", "receipts"), [("pindaian", 1), ("berita", 0)])
def test_a_receipt_is_made_for_whoever_complained_alone(channel: str, receipts: int) -> None:
    case = case_of(first=received(channel=channel, sop=SOP.key))

    confirming = [o.move for o in open_moves(case, SOP) if o.move.key == "konfirmasi"]

    assert [sum("01-tanda-terima" in move.sheets for move in confirming), len(confirming)] == [receipts, 1]
