"""Which sheets a move calls for, of what text each is made, and which letters have not gone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from case_factory import case_of, drafted, moved, received, then
from test_letters_owed_to_complainants import (
    NOBODY,
    NOTICE,
    RECOMMENDATION,
    SOP,
    TO_REVIEW,
    drafted_recommendation,
    from_news,
    initialled,
    numbered,
    walked,
)

from pipeline.cases.called_sheets import called_sheets
from pipeline.cases.case import Case
from pipeline.cases.duties import DRAFT, Duty, duties
from pipeline.cases.forms import Filled
from pipeline.cases.moves import LETTER
from pipeline.cases.owed_letters import has_complainant, unfinished_letters
from pipeline.cases.versions import approved_draft

MEMO, MERGER, DISPOSITION = "04-nota-telaahan", "04-pemberitahuan-penggabungan", "03-lembar-disposisi"
NOTHING = Filled({}, {})


@pytest.fixture(scope="module")
def composed() -> Case:
    return drafted_recommendation()


@pytest.fixture(scope="module")
def with_number(composed) -> Case:
    return numbered(composed)


def called(case: Case, *sheets: str, **register) -> tuple[str, ...]:
    return called_sheets(replace(SOP.moves[0], register=False, sheets=sheets), case, SOP, Filled({}, register))


def redrawn(case: Case) -> set[str]:
    return set(moved(case, SOP, "koreksi").made[-1].decision.sheets)


def test_a_sheet_for_the_complainant_is_made_where_there_is_one_and_a_leaf_apart_where_somebody_is_kept_back():
    agreed = case_of(first=received(register={"izin_identitas": "ya"}))
    leaves = ("05-undangan-pelapor", "05-lembar-tersendiri")

    assert called(case_of(), MERGER, DISPOSITION) == (MERGER, DISPOSITION)
    assert called(from_news(), MERGER, DISPOSITION) == (DISPOSITION,)
    assert called(from_news(), MERGER, pelapor=[{"nama": "Siti Rekaan"}]) == (MERGER,)
    assert called(case_of(), *leaves) == leaves
    assert called(agreed, *leaves) == leaves[:1]


def test_a_letter_that_cites_another_is_called_for_with_it_only_while_that_keeps_the_number_it_has(
    composed, with_number
):
    signed = walked(with_number, ("tandatangani-naskah", {LETTER: RECOMMENDATION}))

    assert called(composed, RECOMMENDATION, NOTICE) == (RECOMMENDATION,)
    assert called(with_number, RECOMMENDATION, NOTICE) == (RECOMMENDATION, NOTICE)
    assert called(signed, RECOMMENDATION, NOTICE) == (RECOMMENDATION,)
    assert called(composed, NOTICE) == (NOTICE,)


def test_a_correction_of_the_register_draws_no_letter_anew_that_people_made_theirs(composed, with_number):
    initial = walked(composed, ("paraf-naskah", {LETTER: RECOMMENDATION}))
    edited = then(composed, replace(drafted(RECOMMENDATION, 2, composed.drafts[RECOMMENDATION].trigger), editor="rina"))

    assert RECOMMENDATION in redrawn(composed)
    for theirs in (initial, walked(composed, "kembalikan"), edited, with_number):
        assert RECOMMENDATION not in redrawn(theirs)
        assert DISPOSITION in redrawn(theirs)


def test_a_number_is_filled_into_what_was_approved_and_into_nothing_that_was_composed_since(composed, with_number):
    def approved(case: Case) -> int | None:
        duty = next((d for d in duties(case, SOP) if d.action == DRAFT and d.subject == RECOMMENDATION), None)
        assert duty
        draft = approved_draft(case, SOP, duty)
        return draft.version if draft else None

    numbering = moved(walked(composed, *initialled(RECOMMENDATION)), SOP, "nomori-naskah", **{LETTER: RECOMMENDATION})

    assert approved(numbering) == 1
    assert approved(moved(walked(with_number, "kembalikan"), SOP, "susun-rekomendasi")) is None
    assert approved(moved(walked(composed, "kembalikan"), SOP, "susun-rekomendasi")) is None
    assert (
        approved_draft(composed, SOP, Duty(DRAFT, NOTICE)) is approved_draft(composed, SOP, Duty(DRAFT, MEMO)) is None
    )


def test_what_was_dropped_is_no_letter_that_has_not_gone_and_a_sheet_that_nobody_signs_is_none(composed):
    dropped = walked(composed, ("batalkan-naskah", {LETTER: MEMO}))
    disposing = moved(walked(case_of(), "konfirmasi", "sampaikan"), SOP, "disposisi")
    anew = moved(walked(composed, "kembalikan"), SOP, "susun-rekomendasi")

    assert set(unfinished_letters(composed, SOP)) - set(unfinished_letters(dropped, SOP)) == {
        "Nota telaahan menunggu nomor"
    }
    assert [duty.subject for duty in duties(disposing, SOP)] == [DISPOSITION]
    assert unfinished_letters(disposing, SOP) == ()
    assert [title for title in unfinished_letters(anew, SOP) if title.startswith("Surat rekomendasi")] == [
        "Surat rekomendasi sedang dikerjakan mesin"
    ]


def test_somebody_complains_of_what_was_in_the_news_who_is_named_a_person_or_a_body():
    news = walked(from_news(), NOBODY, *TO_REVIEW[1:])

    assert [has_complainant(case, SOP, {}) for case in (case_of(), news)] == [True, False]
    for named in ({"pelapor": [{"nama": "Siti Rekaan"}]}, {"lembaga_pelapor": "Forum Warga Umpama"}):
        assert has_complainant(news, SOP, named)
