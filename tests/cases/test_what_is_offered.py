"""What is offered first, what others are waited for, and with which answers a form begins."""

from __future__ import annotations

from dataclasses import replace

import pytest
from case_factory import case_of, tended
from test_letters_owed_to_complainants import (
    RECOMMENDATION,
    SOP,
    TO_REVIEW,
    drafted_recommendation,
    initialled,
    numbered,
    walked,
)

from pipeline.cases.case import Case
from pipeline.cases.moves import LETTER
from pipeline.cases.offers import Offer, elsewhere, offers
from pipeline.cases.sop_rows import FormField

MEMO, REQUEST = "04-nota-telaahan", "07-permintaan-tindak-lanjut"
NAMED = {LETTER: RECOMMENDATION}


@pytest.fixture(scope="module")
def stages() -> dict[str, Case]:
    review = walked(case_of(), *TO_REVIEW)
    composed = drafted_recommendation()
    signed = walked(numbered(composed), ("tandatangani-naskah", NAMED))
    sent = walked(signed, ("kirim-naskah", NAMED))
    return {
        "registered": tended(case_of(), SOP),
        "completion": walked(review, "minta-kelengkapan"),
        "composed": composed,
        "sent back": walked(composed, "kembalikan"),
        "numbered": numbered(composed),
        "sent": sent,
        "watched": walked(sent, "terima"),
        "ended": walked(review, "cabut"),
    }


def offer(case: Case, key: str) -> Offer:
    return next(one for one in offers(case, SOP, ()) if one.key == key)


@pytest.mark.parametrize(
    ("stage", "roles", "first", "last"),
    [
        ("registered", {"tim-yankomas", "kabid"}, ["konfirmasi"], ["cabut", "lampirkan", "gabung", "batal"]),
        ("sent back", {"kasubbid"}, ["ajukan-rekomendasi", "susun-rekomendasi"], ["kembalikan"]),
        ("completion", {"kabid"}, ["anggap-mencabut"], ["cabut", "gabung"]),
        ("watched", {"tim-yankomas"}, ["evaluasi", "catatan-pemantauan"], ["nomori-naskah", "ralat"]),
    ],
)
def test_what_leads_on_is_offered_first_and_what_ends_the_case_last(stages, stage, roles, first, last):
    keys = [one.key for one in offers(stages[stage], SOP, roles)]

    assert (keys[: len(first)], keys[-len(last) :]) == (first, last)


@pytest.mark.parametrize(
    ("stage", "roles", "here"),
    [
        ("registered", {"tim-yankomas", "kabid"}, ["konfirmasi"]),
        ("completion", {"kabid"}, ["anggap-mencabut"]),
        ("watched", {"tim-yankomas"}, ["evaluasi", "catatan-pemantauan", "catat-pemantauan", "jawaban-instansi"]),
        ("ended", {"tim-yankomas", "kabid"}, []),
    ],
)
def test_an_end_is_shown_with_a_state_only_where_nothing_else_leads_on(stages, stage, roles, here):
    assert [one.key for one in offers(stages[stage], SOP, roles) if one.here] == here


@pytest.mark.parametrize(
    ("stage", "told"),
    [
        ("composed", ("Bubuhkan paraf", ("kabid",))),
        ("numbered", ("Terima naskah bertanda tangan", ("kakanwil",))),
        ("sent back", ("Ajukan lagi surat rekomendasi yang sudah diperbaiki", ("kasubbid", "tim-yankomas"))),
        ("completion", ("Bubuhkan paraf", ("kabid",))),
        ("ended", None),
    ],
)
def test_who_cannot_lead_on_is_told_what_does_before_what_composes_anew_gives_back_or_ends(stages, stage, told):
    assert elsewhere(stages[stage], SOP, {"kadiv"}) == told
    if told:
        assert elsewhere(stages[stage], SOP, {told[1][0]}) is None


def test_what_makes_a_move_is_called_by_its_verb(stages):
    assert offer(stages["registered"], "konfirmasi").button == "Konfirmasikan isian register"
    assert offer(stages["composed"], "batalkan-naskah").button == "Batalkan naskah"


def test_a_correction_after_the_end_does_not_ask_what_it_may_not_correct(stages):
    after, before = (offer(stages[stage], "koreksi").register for stage in ("ended", "watched"))

    assert {field.name for field in before} - {field.name for field in after} == {"diterima_pada"}


def test_a_form_begins_with_what_another_move_was_told_but_not_with_what_it_was_told_itself(stages):
    place = {"tempat_audiensi": "Aula", "acara": "Audiensi", "alasan": "Bukti kurang", "pihak": ["Dinas Rekaan"]}
    audience = ("putuskan-nota", {"keputusan": "audiensi"})
    proposed = walked(case_of(), *TO_REVIEW, "telaah", *initialled(MEMO), audience, ("usulkan-audiensi", place))
    invited = walked(proposed, ("disposisi-audiensi", {"keputusan": "disetujui", "isi_disposisi": "Undang."}))

    known = offer(invited, "undang").known
    assert (known["tempat_audiensi"], known["pihak"]) == ("Aula", ["Dinas Rekaan"])
    phrased = replace(SOP, moves=tuple(replace(m, form=tuple(map(with_phrases, m.form))) for m in SOP.moves))
    assert next(one for one in offers(invited, phrased, ()) if one.key == "undang").known == {}
    answered = walked(stages["watched"], ("jawaban-instansi", {"tanggal_jawaban": "2026-11-25"}))
    assert offer(answered, "jawaban-instansi").known == {}


def with_phrases(field: FormField) -> FormField:
    return replace(field, phrases=("Aula",))


def test_a_form_whose_sheet_came_back_begins_with_its_answers_and_one_that_stays_where_it_is_empty(stages):
    asked = walked(stages["watched"], ("catat-pemantauan", {"catatan": "belum ada", "batas_jawaban": "2026-12-14"}))
    acts = (
        *initialled(REQUEST),
        *((f"{act}-naskah", {LETTER: REQUEST}) for act in ("nomori", "tandatangani", "kirim")),
    )

    disposed = walked(case_of(), "konfirmasi", "sampaikan", ("disposisi", {"derajat": "Segera"}), "kembalikan")

    assert offer(stages["sent back"], "susun-rekomendasi").known["tujuan_surat"] == "isian"
    assert offer(disposed, "disposisi").known == {"derajat": "Segera"}  # ticked words are of that day
    assert offer(walked(disposed, "koreksi"), "disposisi").known == {"derajat": "Segera"}
    assert offer(walked(disposed, "disposisi"), "disposisi").known == {}
    assert offer(walked(asked, *acts), "catat-pemantauan").known == {}
    assert "batas_jawaban" not in offer(asked, "evaluasi").known
