"""Which letters the complainant gets, and when: none where nobody complained, each once its facts are there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from case_factory import case_of, drafted, moved, received, tended, then

from pipeline.cases.case import Case
from pipeline.cases.letter_life import current_letters
from pipeline.cases.moves import open_moves
from pipeline.cases.sop_check import faults
from pipeline.cases.store.sop_editions import editions

SOP = editions()[-1]
RECOMMENDATION, NOTICE = "06-surat-rekomendasi", "06-pemberitahuan-pelapor"
MERGED = "04-pemberitahuan-penggabungan"
TO_REVIEW = ("konfirmasi", "sampaikan", "disposisi", "disposisi", "disposisi")
#: Confirmed without anybody who complains.
NOBODY = ("konfirmasi", {"pelapor": ""})


def walked(case: Case, *steps: str | tuple[str, dict[str, str]]) -> Case:
    """The case after these moves, each with what is typed, and all that the machine owes after each."""
    case = tended(case, SOP)
    for step in steps:
        key, typed = (step, {}) if isinstance(step, str) else step
        case = tended(moved(case, SOP, key, **typed), SOP)
    return case


def from_news() -> Case:
    return case_of(first=received(channel="berita", media="text/plain", register={"cara_penyampaian": "berita"}))


def initialled(template: str) -> tuple[tuple[str, dict[str, str]], ...]:
    return tuple(("paraf-naskah", {"naskah": template, "role": role}) for role in ("kabid", "kadiv"))


def drafted_recommendation() -> Case:
    memo = "04-nota-telaahan"
    decided = ("putuskan-nota", {"keputusan": "rekomendasi"})
    return walked(case_of(), *TO_REVIEW, "telaah", *initialled(memo), decided, "susun-rekomendasi")


def numbered(case: Case) -> Case:
    return walked(case, *initialled(RECOMMENDATION), ("nomori-naskah", {"naskah": RECOMMENDATION}))


def keys(case: Case) -> set[str]:
    return {opened.move.key for opened in open_moves(case, SOP)}


def test_the_notice_is_drafted_once_the_recommendation_that_it_cites_has_its_number() -> None:
    before = drafted_recommendation()

    after = numbered(before)

    assert RECOMMENDATION in before.drafts
    assert NOTICE not in before.drafts
    assert after.drafts[NOTICE].trigger == next(m.seq for m in after.made if m.decision.numbers)
    assert after.drafts[NOTICE].issued_from == 0, "it is drafted from its form, not issued"


def test_a_notice_that_people_made_theirs_is_not_drafted_over_by_the_number() -> None:
    composed = drafted_recommendation()
    trigger = composed.drafts[RECOMMENDATION].trigger
    edited = then(composed, replace(drafted(NOTICE, trigger=trigger), editor="fitri"))

    after = numbered(edited)

    assert after.drafts[NOTICE].editor == "fitri"


def test_a_recommendation_that_is_composed_anew_under_its_number_takes_the_notice_along() -> None:
    case = numbered(drafted_recommendation())
    edited = then(case, replace(case.drafts[NOTICE], version=2, editor="fitri"))

    again = walked(edited, "kembalikan", "susun-rekomendasi")

    assert (again.drafts[NOTICE].version, again.drafts[NOTICE].editor) == (3, "")


def test_another_recommendation_after_one_that_was_signed_has_its_notice_wait_for_its_own_number() -> None:
    signed = walked(numbered(drafted_recommendation()), ("tandatangani-naskah", {"naskah": RECOMMENDATION}))
    composed = walked(signed, "kembalikan", "susun-rekomendasi")

    again = numbered(composed)

    assert composed.drafts[NOTICE].version == 1
    assert again.drafts[NOTICE].version == 2
    assert again.drafts[NOTICE].trigger > composed.drafts[RECOMMENDATION].trigger


def test_nobody_is_asked_or_written_to_where_nobody_complained() -> None:
    reviewed = walked(from_news(), NOBODY, *TO_REVIEW[1:])
    memo = walked(reviewed, "telaah", *initialled("04-nota-telaahan"))

    assert {"telaah", "gabung"} <= keys(reviewed)
    assert not {"minta-kelengkapan", "cabut"} & keys(reviewed)
    for way, end in (("teruskan", "tidak-berwenang"), ("tidak-dilanjutkan", "tidak-ada-indikasi")):
        case = walked(memo, ("putuskan-nota", {"keputusan": way}))
        if end in keys(case):
            assert not [t for t in walked(case, end).drafts if "pemberitahuan" in t]


def test_a_case_from_the_news_comes_to_its_end_without_a_letter_to_anybody() -> None:
    memo = "04-nota-telaahan"
    decided = ("putuskan-nota", {"keputusan": "tidak-dilanjutkan"})
    signed = (("nomori-naskah", {"naskah": memo}), ("tandatangani-naskah", {"naskah": memo}))

    case = walked(from_news(), NOBODY, *TO_REVIEW[1:], "telaah", *initialled(memo), decided, *signed)
    case = walked(case, "tidak-ada-indikasi", "akhiri-tidak-ada-indikasi")

    assert case.state(SOP.first) == "tidak-ada-indikasi"
    assert [t for t in case.drafts if SOP.sheet(t).to_complainant] == []


def test_somebody_who_complains_of_what_was_in_the_news_is_written_to() -> None:
    named = ("koreksi", {"pelapor": ["Siti Rekaan"]})

    assert "minta-kelengkapan" in keys(walked(from_news(), NOBODY, *TO_REVIEW[1:], named))


def test_an_organisation_that_complains_of_what_was_in_the_news_is_written_to() -> None:
    named = ("koreksi", {"lembaga_pelapor": "Forum Warga Umpama"})

    assert "minta-kelengkapan" in keys(walked(from_news(), NOBODY, *TO_REVIEW[1:], named))


def test_a_correction_after_which_nobody_complains_drafts_no_letter_to_the_complainant_again() -> None:
    named = ("koreksi", {"pelapor": ["Siti Rekaan"]})
    asked = walked(from_news(), NOBODY, *TO_REVIEW[1:], named, "minta-kelengkapan")

    case = walked(asked, ("koreksi", {"pelapor": ""}))

    assert asked.drafts["04-permintaan-kelengkapan"] == case.drafts["04-permintaan-kelengkapan"]


def test_whose_complaint_is_merged_is_told_and_the_letter_stays_on_a_desk_until_it_is_sent() -> None:
    case = walked(case_of(), "konfirmasi", "gabung")

    letter = current_letters(case, SOP)[MERGED]
    assert case.state(SOP.first) == "digabung"
    assert letter.turn is not None
    assert letter.turn.roles == ("kabid",)
    assert "paraf-naskah" in keys(case)


def test_a_news_case_that_is_merged_tells_nobody() -> None:
    assert MERGED not in walked(from_news(), NOBODY, "gabung").drafts


@pytest.mark.parametrize("edition", editions(), ids=lambda edition: edition.key)
def test_the_editions_hold_together(edition) -> None:
    assert list(faults(edition, lambda kind, position: f"{kind} {position}")) == []


def test_a_letter_that_cites_one_without_a_number_is_pointed_out() -> None:
    sheets = tuple(replace(s, cites="03-lembar-disposisi") if s.template == NOTICE else s for s in SOP.sheets)

    told = list(faults(replace(SOP, sheets=sheets), lambda kind, position: kind))

    assert told == ["naskah: menyebut: '03-lembar-disposisi' tidak ada atau tidak bernomor"]


def test_where_nobody_complained_no_notice_follows_the_number_of_the_recommendation() -> None:
    memo = walked(from_news(), NOBODY, *TO_REVIEW[1:], "telaah", *initialled("04-nota-telaahan"))

    case = numbered(walked(memo, ("putuskan-nota", {"keputusan": "rekomendasi"}), "susun-rekomendasi"))

    assert RECOMMENDATION in case.numbers
    assert NOTICE not in case.drafts
