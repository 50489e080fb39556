"""What must be so before an act on a letter is done: its turn, its pages, its signer, the days since it came."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from case_factory import CALENDAR, case_of, document, moved, then
from fakes import MORNING, wib
from test_letters_owed_to_complainants import (
    RECOMMENDATION,
    SOP,
    TO_REVIEW,
    drafted_recommendation,
    initialled,
    numbered,
    walked,
)
from test_rules_of_case_files import decided

from pipeline.cases.case import Case
from pipeline.cases.forms import Filled
from pipeline.cases.letter_acts import (
    check_choice,
    check_days,
    check_end,
    check_leaving,
    check_signer,
    check_waited,
    letters_acted_on,
)
from pipeline.cases.line_values import ActedOn
from pipeline.cases.moves import LETTER, open_moves
from pipeline.cases.sop_rows import FormField, Move
from pipeline.cases.sop_words import CANCEL, GIVE_BACK, HAND_IN, INITIAL, NUMBER, SEND, SIGN
from pipeline.errors import Incomplete, NotAllowed
from pipeline.office.officials import ON_BEHALF, Official
from pipeline.storage.blobs import TypedText

MEMO, ASKING = "04-nota-telaahan", "04-permintaan-kelengkapan"
ABOUT = Filled({LETTER: RECOMMENDATION}, {})
ANY = SOP.moves[0]


@pytest.fixture(scope="module")
def ready() -> Case:
    """A recommendation that waits for its number."""
    return walked(drafted_recommendation(), *initialled(RECOMMENDATION))


@pytest.fixture(scope="module")
def signed() -> Case:
    return walked(numbered(drafted_recommendation()), ("tandatangani-naskah", {LETTER: RECOMMENDATION}))


def move_of(key: str, case: Case) -> Move:
    return next(opened.move for opened in open_moves(case, SOP) if opened.move.key == key)


@pytest.mark.parametrize(("act", "goes"), [(a, False) for a in (INITIAL, NUMBER, SIGN, SEND)] + [(CANCEL, True)])
def test_a_letter_drawn_from_pages_that_became_another_case_goes_no_further_but_may_be_dropped(act, goes):
    docx = document("06-surat-rekomendasi-v2.docx")
    case = SimpleNamespace(drafts={RECOMMENDATION: SimpleNamespace(version=2, documents=(docx,))}, shared={docx.name})

    def done(there, **values) -> dict:
        return letters_acted_on(replace(ANY, act=act), there, SOP, Filled({**ABOUT.values, **values}, {}))

    clean = SimpleNamespace(drafts=case.drafts, shared=set())
    told = {RECOMMENDATION: ActedOn(act, 2, docx.sha256)}
    assert done(clean) == done(clean, versi=2) == told
    with pytest.raises(NotAllowed, match="sudah versi 2; yang Anda baca versi 1"):
        done(clean, versi=1)
    if goes:
        assert done(case) == told
    else:
        with pytest.raises(NotAllowed, match="sebelum halaman perkara lain dipisahkan"):
            done(case)


def test_of_a_letter_that_waits_for_something_else_it_is_told_for_what_and_whose_turn_that_is(ready, signed):
    initial = replace(move_of("paraf-naskah", drafted_recommendation()), form=(FormField(LETTER, "Naskah"),))
    typed = {LETTER: RECOMMENDATION}

    with pytest.raises(NotAllowed, match=r"menunggu nomor \(tim-yankomas\)"):
        check_choice(initial, ready, SOP, typed)
    received = walked(signed, ("kirim-naskah", typed), "terima")
    with pytest.raises(NotAllowed, match=r"Surat rekomendasi perkara 2026/0007 diterima\."):
        check_choice(initial, received, SOP, typed)
    for other, said in (
        (replace(initial, act=""), typed),
        (replace(initial, form=()), typed),
        (replace(initial, form=(FormField(LETTER, "Naskah", choices=(RECOMMENDATION,)),)), typed),
        (initial, {LETTER: "99-tidak-ada"}),
        (initial, {}),
    ):
        check_choice(other, ready, SOP, said)


@pytest.mark.parametrize(
    ("act", "looked_through"), [(SIGN, True), (SEND, True), (INITIAL, False), (GIVE_BACK, False), (HAND_IN, False)]
)
def test_a_letter_that_is_signed_or_sent_is_looked_through_for_names_once_more(signed, act, looked_through):
    seen: list[str] = []
    naming = SimpleNamespace(check_file=lambda _case, letter, _docx: seen.append(letter))
    cabinet = SimpleNamespace(blob=lambda _number, one: TypedText(one.name, b"isi"))

    check_leaving(signed, {RECOMMENDATION: ActedOn(act, 2, "")}, cabinet, naming)

    assert seen == [RECOMMENDATION] * looked_through


def test_who_holds_a_post_on_behalf_signs_only_what_the_sop_lets_them():
    holder = Official("kasubbid", "Kepala Subbidang", "Dewi Rekaan", acting=ON_BEHALF)
    about_memo, signing = Filled({LETTER: MEMO}, {}), replace(ANY, act=SIGN)

    with pytest.raises(NotAllowed, match="Nota telaahan tidak ditandatangani atas nama Kepala Subbidang"):
        check_signer(signing, about_memo, SOP, holder)
    check_signer(signing, ABOUT, SOP, holder)
    check_signer(replace(ANY, act=INITIAL), about_memo, SOP, holder)
    check_signer(signing, about_memo, SOP, None)
    check_signer(signing, about_memo, SOP, replace(holder, acting="Plh."))


def test_a_case_does_not_end_while_a_letter_is_owed_but_goes_on_and_stays_where_it_is(ready):
    with pytest.raises(NotAllowed, match=r"belum dapat berakhir .*Surat rekomendasi \(menunggu nomor\)"):
        check_end(ready, SOP, "selesai")
    check_end(ready, SOP, "pemantauan")
    check_end(then(ready, decided("selesai", start="penutupan", state="selesai")), SOP, "selesai")  # it stays there
    check_end(walked(case_of(), "konfirmasi"), SOP, "dicabut")


def test_who_was_asked_for_papers_has_ten_working_days_from_the_day_on_which_the_letter_came(signed):
    asked = walked(case_of(), *TO_REVIEW, "minta-kelengkapan", *initialled(ASKING))
    about = {LETTER: ASKING}
    sent = walked(asked, *((f"{act}-naskah", about) for act in ("nomori", "tandatangani", "kirim")))
    came = moved(sent, SOP, "terima-naskah", **about, tanggal_terima="2026-11-26")
    withdrawing = move_of("anggap-mencabut", came)

    def waited(case: Case, at: str) -> None:
        check_waited(withdrawing, case, SOP, CALENDAR, wib(at))

    with pytest.raises(NotAllowed, match="tanggal permintaan kelengkapan diterima belum dicatat"):
        waited(sent, "2026-12-31T09:00")
    with pytest.raises(NotAllowed, match="10 harinya berakhir 10 Desember 2026"):
        waited(came, "2026-12-10T16:00")
    waited(came, "2026-12-10T16:01")
    check_waited(ANY, case_of(), SOP, CALENDAR, MORNING)
    check_waited(move_of("kembalikan", signed), signed, SOP, CALENDAR, MORNING)


@pytest.mark.parametrize(
    ("before", "day", "why"),
    [
        ("nomor", date(2026, 11, 25), ""),
        ("nomor", date(2026, 11, 24), "mendahului tanggal surat, 25 November 2026"),
        ("kirim", date(2026, 11, 26), ""),
        ("kirim", date(2026, 11, 25), "mendahului tanggal kirim, 26 November 2026"),
        ("terima", date(2026, 11, 1), ""),
    ],
)
def test_a_day_is_not_before_what_was_done_to_its_letter(signed, before, day, why):
    sent = walked(signed, ("kirim-naskah", {LETTER: RECOMMENDATION, "tanggal_kirim": "2026-11-26"}))
    move = replace(ANY, form=(FormField("hari", "Hari", "tanggal", not_before=before),))
    answers = Filled({**ABOUT.values, "hari": day.isoformat()}, {})

    if not why:
        return check_days(move, sent, SOP, answers, CALENDAR, MORNING)
    with pytest.raises(Incomplete, match=why):
        check_days(move, sent, SOP, answers, CALENDAR, MORNING)
