"""Which moves a case's letters open: each act by one move, one correction after another, nothing on what is gone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from case_factory import case_of, drafted, moved, recognised, then
from test_letters_owed_to_complainants import (
    RECOMMENDATION,
    SOP,
    TO_REVIEW,
    drafted_recommendation,
    initialled,
    numbered,
    walked,
)
from test_moving import CASES
from test_moving import SOP as FIRST
from test_rules_of_case_files import decided

from pipeline.cases.archived import Archived
from pipeline.cases.case import Case
from pipeline.cases.cleared_words import CLEARED, QUESTION
from pipeline.cases.events import Withdrawn
from pipeline.cases.line_values import ActedOn
from pipeline.cases.moves import LETTER, open_move, open_moves
from pipeline.cases.record_standing import HANDED_OVER
from pipeline.cases.sop_rows import Move
from pipeline.cases.sop_words import CANCEL
from pipeline.errors import NotAllowed

MEMO, NOTICE, CORRECTION = "04-nota-telaahan", "06-pemberitahuan-pelapor", "06-ralat"
NAMED = {LETTER: RECOMMENDATION}


def choices(case: Case, key: str, sop=SOP) -> tuple[str, ...]:
    """The letters that an open move may be about."""
    moves = (opened.move for opened in open_moves(case, sop) if opened.move.key == key)
    return tuple(choice for move in moves for choice in choices_of(move))


def choices_of(move: Move) -> tuple[str, ...]:
    return tuple(choice for asked in move.form if asked.name == LETTER for choice in asked.choices)


def labels(case: Case, key: str) -> list[str]:
    return [opened.move.label for opened in open_moves(case, SOP) if opened.move.key == key]


@pytest.fixture(scope="module")
def stages() -> dict[str, Case]:
    """A recommendation on its way out, and sent back on each part of it."""
    composed = drafted_recommendation()
    signed = walked(with_number := numbered(composed), ("tandatangani-naskah", NAMED))
    sent = walked(signed, ("kirim-naskah", NAMED))
    received = walked(sent, "terima")
    lost = walked(sent, "pantau-tanpa-tanda-terima")
    there = {"drafted": composed, "numbered": with_number, "signed": signed, "sent": sent, "received": received}
    back = {f"{stage}, sent back": walked(there[stage], "kembalikan") for stage in ("drafted", "sent", "received")}
    return {**there, **back, "lost, sent back": walked(lost, "kembalikan", "kembalikan")}


@pytest.fixture(scope="module")
def sent(stages) -> Case:
    return stages["sent"]


#: Acts on letters that are open all that time: on the memo, which nobody numbered, and on the notice.
_MEMO = {("nomori-naskah", MEMO), ("batalkan-naskah", MEMO)}
_NOTICE = {(f"{act}-naskah", NOTICE) for act in ("paraf", "kembalikan", "batalkan")}


@pytest.mark.parametrize(
    ("stage", "acts"),
    [
        ("drafted", {"kembalikan", "paraf-naskah"}),
        ("numbered", {"kembalikan", "tandatangani-naskah"}),
        ("signed", {"kirim-naskah"}),
        ("sent", {"terima", "pantau-tanpa-tanda-terima", "ralat"}),
        ("received", {"ralat"}),
        ("drafted, sent back", {"ajukan-rekomendasi", "batalkan-naskah"}),
        ("sent, sent back", {"ajukan-rekomendasi", "terima-naskah", "tanpa-tanda-terima", "ralat"}),
        ("received, sent back", {"ralat"}),
        ("lost, sent back", {"ajukan-rekomendasi", "ralat"}),
    ],
)
def test_a_letter_is_there_for_the_acts_whose_turn_it_is_each_by_one_move(stages, stage, acts):
    acting = [opened.move for opened in open_moves(stages[stage], SOP) if opened.move.act]
    found = {(move.key, about) for move in acting for about in choices_of(move) or (move.letter,)}

    notice = set() if stage.startswith("drafted") else _NOTICE
    assert found == _MEMO | notice | {(act, RECOMMENDATION) for act in acts}


@pytest.mark.parametrize(
    ("act", "so"),
    [
        (Archived(act="musnahkan", label="Musnahkan", removed=("01-surat.pdf",)), "dimusnahkan"),
        (Archived(act="serahkan", label="Serahkan", becomes=HANDED_OVER), "diserahkan sebagai arsip"),
    ],
)
def test_a_record_that_is_destroyed_or_that_another_archive_has_takes_no_move(act, so):
    case = case_of(recognised(), act)

    assert open_moves(case, SOP) == ()
    with pytest.raises(NotAllowed, match=f"yang sudah {so}"):
        open_move(case, SOP, "konfirmasi", "tim-yankomas")


def test_a_review_whose_memo_was_dropped_goes_back_for_that_reason_and_no_other_does():
    written = walked(case_of(), *TO_REVIEW, "telaah")
    cancelling = decided("batalkan-naskah", start=(here := written.state(SOP.first)), state=here)
    dropped = then(written, replace(cancelling, letters={MEMO: ActedOn(CANCEL, 1, "")}))

    assert labels(written, "kembalikan-nota") == ["Kembalikan nota telaahan untuk diperbaiki"]
    assert labels(dropped, "kembalikan-nota") == ["Kembalikan untuk ditelaah lagi: nota telaahan tidak ada"]


def test_a_letter_that_was_sent_is_corrected_and_the_correction_is_sent_before_the_next(sent):
    corrected = walked(sent, ("ralat", {**NAMED, "ralat": ["2025 | 2026"]}))
    about = {LETTER: CORRECTION}
    signed = walked(corrected, *initialled(CORRECTION), ("nomori-naskah", about), ("tandatangani-naskah", about))
    gone = walked(signed, ("kirim-naskah", about))

    assert choices(sent, "ralat") == choices(gone, "ralat") == (RECOMMENDATION,)
    assert choices(corrected, "ralat") == choices(signed, "ralat") == ()


def test_a_letter_is_received_by_the_move_that_leads_its_case_on_and_where_that_is_not_open_by_the_common_one(sent):
    composed_anew = moved(sent, SOP, "kembalikan")

    assert labels(sent, "terima") == ["Catat tanda terima instansi"]
    assert choices(sent, "terima-naskah") == ()
    assert labels(composed_anew, "terima") == []
    assert choices(composed_anew, "terima-naskah") == (RECOMMENDATION,)


def test_in_the_first_edition_a_letter_whose_scan_was_withdrawn_is_signed_again_though_its_own_move_lies_behind():
    case = CASES["pengiriman"]
    file = case.signatures[-1]
    withdrawn = then(case, Withdrawn(file.documents[0], file.template, file.version, "bukan surat itu", "rina"))

    assert file.template not in choices(case, "tandatangani-naskah", FIRST)
    assert file.template in choices(withdrawn, "tandatangani-naskah", FIRST)
    assert file.template not in choices(CASES["penandatanganan"], "tandatangani-naskah", FIRST)


def test_of_two_letters_each_waits_for_whose_initial_it_lacks(stages):
    asked = walked(stages["received"], "catat-pemantauan", ("paraf-naskah", {LETTER: NOTICE, "role": "kabid"}))

    def waiting_for(role: str) -> tuple[str, ...]:
        return choices_of(open_move(asked, SOP, "paraf-naskah", role).move)

    assert choices(asked, "paraf-naskah") == (NOTICE, "07-permintaan-tindak-lanjut")
    assert [waiting_for(role) for role in ("kabid", "kadiv")] == [("07-permintaan-tindak-lanjut",), (NOTICE,)]


def test_a_letter_that_the_machine_draws_anew_waits_for_nobody(stages):
    trigger = stages["drafted"].drafts[RECOMMENDATION].trigger

    assert choices(then(stages["drafted"], drafted(RECOMMENDATION, 2, trigger)), "paraf-naskah") == ()


@pytest.mark.parametrize("own", [(), (QUESTION,)])
def test_where_a_letter_for_others_is_composed_words_that_name_nobody_are_asked_once(stages, own):
    sop = replace(SOP, moves=tuple(replace(move, form=(*own, *move.form)) for move in SOP.moves))
    case = stages["drafted, sent back"]

    asked = {one.move.key: [field.name for field in one.move.form].count(CLEARED) for one in open_moves(case, sop)}

    assert asked["susun-rekomendasi"] == asked["koreksi"] == 1
    assert asked["kembalikan"] == len(own)
