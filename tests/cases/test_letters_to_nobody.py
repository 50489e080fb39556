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


@pytest.mark.parametrize("state", [state.key for state in SOP.states])
def test_no_move_on_a_case_from_the_news_says_that_it_drafts_a_letter_to_the_complainant(state: str) -> None:
    case = case_of(first=received(channel="berita", sop=SOP.key))

    opened = [o.move for o in open_moves(case, replace(SOP, first=state))]

    assert [m.key for m in opened for s in SOP.sheets if s.template in m.sheets and s.to_complainant] == []


@pytest.mark.parametrize(("state", "move"), [("penyusunan", "susun-rekomendasi"), ("telaahan", "gabung")])
@pytest.mark.parametrize("channel", ["pindaian", "berita"])
def test_recommending_and_merging_are_one_move_whoever_complained(state: str, move: str, channel: str) -> None:
    case = case_of(first=received(channel=channel, sop=SOP.key))

    opened = [o.move.key for o in open_moves(case, replace(SOP, first=state))]

    assert opened.count(move) == 1


def test_a_move_that_carries_the_case_on_stays_open_without_its_letter() -> None:
    case = case_of(first=received(channel="berita", sop=SOP.key))

    opened = {o.move.key for o in open_moves(case, replace(SOP, first="surat-tidak-berwenang"))}

    assert "tidak-berwenang" in opened


@pytest.mark.parametrize(("channel", "receipts"), [("pindaian", 1), ("berita", 0)])
def test_a_receipt_is_made_for_whoever_complained_alone(channel: str, receipts: int) -> None:
    case = case_of(first=received(channel=channel, sop=SOP.key))

    confirming = [o.move for o in open_moves(case, SOP) if o.move.key == "konfirmasi"]

    assert [sum("01-tanda-terima" in move.sheets for move in confirming), len(confirming)] == [receipts, 1]
