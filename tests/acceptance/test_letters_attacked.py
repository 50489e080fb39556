"""Letters attacked: too early, in the wrong order, while the machine lags or fails, under other spellings."""

from __future__ import annotations

from datetime import date

import pytest
from life_office import (
    COMPLETION,
    DIVISION,
    FIELD,
    FIRST,
    HEAD,
    MEMO,
    NOT_COMPETENT,
    NOTICE,
    RECOMMENDATION,
    REVIEW,
    SUB,
    TEAM,
    LifeOffice,
)
from offices import KEY, WordOffice, somebody

from pipeline.cases.deadlines import deadlines
from pipeline.cases.decide import decide
from pipeline.cases.events import Failed
from pipeline.cases.letter_life import current_letters
from pipeline.cases.moves import open_moves
from pipeline.cases.sop_words import BACK, STAY
from pipeline.errors import Incomplete, NotAllowed
from pipeline.letters.page_codes import page_text
from pipeline.register.complainant_status import standing
from pipeline.register.letter_lists import dispatches

EVALUATION = "07-hasil-evaluasi"
NOT_COMPETENT_ANSWERS = {"alasan": "Bukan kewenangan.", "instansi_berwenang": "Instansi Rekaan"}


@pytest.fixture
def life(office):
    return LifeOffice(office)


def before_the_machine(life: LifeOffice, move: str, role: str, typed: dict | None = None) -> None:
    """Make a move; the machine has done nothing of what it owes yet."""
    decide(FIRST, move, typed or {}, by=somebody(role), parts=life.office.decide_parts)


def given_up(life: LifeOffice, duty: str) -> None:
    with life.office.root.cabinet.held(FIRST) as folder:
        folder.append(Failed(duty, "Mesin mati.", 3), {}, by="sistem", at=life.office.clock.now())


def initialled(life: LifeOffice, letter: str) -> None:
    for role in (FIELD, DIVISION):
        life.act("paraf-naskah", role, letter)


def ways_forward(life: LifeOffice) -> list[tuple[str, tuple[str, ...]]]:
    """The moves that lead the case on from where it stands, and who may make them."""
    found = (o for o in open_moves(life.case, life.sop) if life.state in o.move.start)
    return [(o.move.key, o.roles) for o in found if o.move.to not in (STAY, BACK)]


# ------------------------------------------------------------------------- what nobody initialled is not signed


def test_a_scan_of_a_draft_that_nobody_initialled_or_numbered_is_not_filed_as_the_signed_letter(life):
    life.decided("tidak-berwenang")
    life.make("tidak-berwenang", SUB, NOT_COMPETENT_ANSWERS)
    code = page_text(KEY, life.case.drafts[NOT_COMPETENT].page_code, 1, 1)
    life.office.drop("kembali.pdf", f"PAGES\n{code}".encode())

    life.office.run_once()

    letter = life.letter(NOT_COMPETENT)
    assert (letter.state, letter.turn.act) == ("konsep", "paraf")
    told = (life.office.root.layout.inbox / "ditolak" / "kembali.pdf.txt").read_text()
    assert "menunggu paraf" in told


def test_a_letter_whose_number_could_not_be_filled_in_is_not_signed_without_it(life):
    life.recommended()
    initialled(life, RECOMMENDATION)
    before_the_machine(life, "nomori-naskah", TEAM, {"naskah": RECOMMENDATION})
    given_up(life, f"konsep {RECOMMENDATION} v2")

    assert life.letter(RECOMMENDATION).turn is None  # the number stands in no version yet
    with pytest.raises((NotAllowed, Incomplete)):
        life.act("tandatangani-naskah", HEAD, RECOMMENDATION, file=b"KONSEP tanpa nomor")


# ---------------------------------------------------------------------- no end while a letter must still be made


@pytest.mark.parametrize("lost", [False, True])
def test_the_case_does_not_end_before_the_machine_has_made_the_letter_that_must_go(life, lost):
    life.decided("tidak-berwenang")
    life.act("nomori-naskah", TEAM, MEMO)
    life.act("tandatangani-naskah", SUB, MEMO, file=b"nota ditandatangani")
    before_the_machine(life, "tidak-berwenang", SUB, NOT_COMPETENT_ANSWERS)
    if lost:
        given_up(life, f"konsep {NOT_COMPETENT} v1")

    with pytest.raises(NotAllowed, match="Pemberitahuan tidak berwenang"):
        before_the_machine(life, "akhiri-tidak-berwenang", TEAM)

    assert life.state == "akhir-tidak-berwenang"


# --------------------------------------------------------------------------------------------- no case gets stuck


def test_a_case_that_is_sent_back_from_monitoring_by_mistake_goes_on_with_the_same_recommendation(life):
    life.monitored()
    life.make("kembalikan", TEAM, {"alasan": "Salah pilih."})
    life.make("kembalikan", TEAM, {"alasan": "Salah pilih lagi."})

    life.make("ajukan-rekomendasi", TEAM)
    assert ways_forward(life)
    life.make("terima", TEAM)

    assert (life.state, life.letter(RECOMMENDATION).serial) == ("pemantauan", 1)


@pytest.mark.parametrize("signed", [True, False])
def test_the_head_can_give_a_memo_back_also_when_it_is_signed_already_or_was_dropped(life, signed):
    life.until_review()
    life.make("telaah", SUB, REVIEW)
    initialled(life, MEMO)
    life.act("nomori-naskah", TEAM, MEMO)
    life.act("tandatangani-naskah", SUB, MEMO, file=b"nota ditandatangani")
    if not signed:
        life.make("putuskan-nota", HEAD, {"keputusan": "audiensi"})
        life.act("batalkan-naskah", FIELD, MEMO, alasan="Keliru.")
        life.make("kembalikan", SUB, {"alasan": "Ditelaah lagi."})
    assert life.state == "persetujuan-nota"

    life.make("kembalikan-nota", HEAD, {"alasan": "Analisisnya kurang."})
    life.make("telaah", SUB, REVIEW)

    assert (life.state, life.letter(MEMO).turn.act) == ("persetujuan-nota", "paraf")


def test_an_evaluation_that_was_approved_and_signed_can_be_taken_up_again(life):
    life.monitored()
    life.evaluated()
    life.act("nomori-naskah", TEAM, EVALUATION)
    life.act("tandatangani-naskah", FIELD, EVALUATION, file=b"evaluasi ditandatangani")
    life.make("kembalikan", TEAM, {"alasan": "Rekomendasinya ternyata belum dilaksanakan."})

    life.make("kembalikan-evaluasi", HEAD, {"alasan": "Pantau lagi."})

    assert life.state == "pemantauan"


# ------------------------------------------------------------------------------------- a number is given once only

TAKEN = "W.8.HA.01.07-118"


@pytest.mark.parametrize(
    "typed",
    [
        "W.8.HA.01.07-118/2026",
        "W.8.HA.01.07-118-2026",
        "W.8.HA.01.07-118.",
        "W.8.HA.01.07\u2010118",
        "W.8.HA.01.07\u2212118",
        "W.8.HA.01.07-118\u200b",
        "\uff37.8.HA.01.07-118",
        "W.8.HA.01.07-118 Th. 2026",
    ],
)
def test_a_number_is_not_given_twice_however_it_is_spelled(life, typed):
    life.recommended()
    initialled(life, RECOMMENDATION)
    life.act("nomori-naskah", TEAM, RECOMMENDATION, nomor_naskah=TAKEN)
    initialled(life, NOTICE)

    with pytest.raises(Incomplete, match="sudah dipakai"):
        life.act("nomori-naskah", TEAM, NOTICE, nomor_naskah=typed)


# ------------------------------------------------------------------------------------- what is dropped stays dropped


def test_a_correction_of_the_register_does_not_bring_a_dropped_letter_back(life):
    life.noticed()
    life.act("batalkan-naskah", FIELD, NOTICE, alasan="Pelapor diberi tahu langsung.")

    life.make("koreksi", TEAM, {"perihal": "Tanah ulayat", "alasan": "Salah tulis"})

    assert NOTICE not in current_letters(life.case, life.sop)


@pytest.mark.parametrize("lost", [False, True])
def test_a_letter_that_is_dropped_while_the_machine_drafts_it_again_is_drafted_no_more(life, lost):
    life.noticed()
    before_the_machine(life, "koreksi", TEAM, {"perihal": "Tanah ulayat", "alasan": "Salah tulis"})
    if lost:
        given_up(life, f"konsep {NOTICE} v2")

    life.act("batalkan-naskah", FIELD, NOTICE, alasan="Pelapor diberi tahu langsung.")

    assert NOTICE not in current_letters(life.case, life.sop)
    assert life.case.drafts[NOTICE].version == 1


def test_a_correction_of_the_register_mends_no_letter_that_was_given_back(life):
    life.noticed()
    life.act("kembalikan-naskah", FIELD, NOTICE, alasan="Pasalnya keliru.")

    life.make("koreksi", TEAM, {"perihal": "Tanah ulayat", "alasan": "Salah tulis"})

    assert (life.letter(NOTICE).state, life.letter(NOTICE).turn.act) == ("dikembalikan", "ajukan")


def test_an_edit_does_not_bring_a_dropped_letter_back(tmp_path):
    life = LifeOffice(WordOffice(tmp_path / "kantor"))
    life.recommended()
    life.make("kembalikan", FIELD, {"alasan": "Keliru."})
    life.act("batalkan-naskah", FIELD, RECOMMENDATION, alasan="Keliru.")

    with pytest.raises(NotAllowed, match="dibatalkan"):
        life.office.edit(FIRST, RECOMMENDATION, SUB, before="Tanah.", after="Tanah dan rumah.")


# ----------------------------------------------------------------- nothing is promised or told that must not be


def test_the_complainant_is_not_told_of_a_letter_before_it_was_sent(life):
    life.until_review()
    reviewed = standing(life.case, life.sop)
    life.make("minta-kelengkapan", SUB, {"kekurangan": ["KTP"]})
    asked = standing(life.case, life.sop)
    life.sent(COMPLETION)

    assert (asked.words, asked.outlook) == (reviewed.words, reviewed.outlook)
    assert "surat kami" in standing(life.case, life.sop).words


def test_the_complainant_is_not_told_that_a_letter_was_sent_and_was_not(life):
    life.until_review()
    life.make("minta-kelengkapan", SUB, {"kekurangan": ["KTP"]})
    life.sent(COMPLETION)
    life.make("cabut", FIELD, {"alasan": "Sudah berdamai."})

    words = standing(life.case, life.sop).words
    assert "dikirim pada 2 Desember 2026" in words
    assert "belum dikirim" not in words


def test_whose_complaint_was_merged_reads_which_letter_was_sent_and_that_the_next_was_not(life):
    life.office.drop("dua.pdf", b"Pengaduan lain")
    life.office.run_once()
    life.until_review()
    life.make("minta-kelengkapan", SUB, {"kekurangan": ["KTP"]})
    life.sent(COMPLETION)

    life.make("gabung", FIELD, {"perkara_induk": "2026/2", "alasan": "Hal yang sama."})

    words = standing(life.case, life.sop).words
    assert "Surat kami kepada Saudara dikirim pada 2 Desember 2026." in words
    assert "Surat kami yang berikutnya masih disiapkan; belum dikirim." in words


def test_the_dispatch_book_does_not_name_the_complainant_as_who_received_the_letter(life):
    life.until_review()
    life.make("minta-kelengkapan", SUB, {"kekurangan": ["KTP"]})
    life.sent(COMPLETION)
    life.act("terima-naskah", TEAM, COMPLETION, tanggal_terima="2026-12-02", penerima="Siti Rekaan")
    life.office.root.book.refresh()

    (row,) = dispatches(life.office.root.book.rows(), date(2026, 1, 1), date(2026, 12, 31))

    assert (row.recipient, row.received_on) == ("Pelapor pada register nomor 0001/YANKOMAS/2026", date(2026, 12, 2))
    assert "Siti" not in row.received_by


def test_the_days_to_answer_a_second_request_do_not_run_from_the_receipt_of_the_first(life):
    life.until_review()
    life.make("minta-kelengkapan", SUB, {"kekurangan": ["KTP"]})
    life.sent(COMPLETION)
    life.act("terima-naskah", TEAM, COMPLETION, tanggal_terima="2026-12-02", penerima="Siti Rekaan")
    calendar = life.office.root.calendar
    assert deadlines(life.case, life.sop, calendar).step.date() == date(2026, 12, 16)
    life.make("terima-kelengkapan", TEAM, {"yang_diterima": ["KTP"]})
    life.office.clock.forward(days=30)

    life.make("minta-kelengkapan", SUB, {"kekurangan": ["Kartu keluarga"]})

    due = deadlines(life.case, life.sop, calendar).step
    assert due.date() == date(2026, 12, 4)  # the office's own: the letter has to go before anybody can answer


def test_a_refusal_says_what_the_letter_of_the_state_waits_for(life):
    life.recommended()

    with pytest.raises(NotAllowed, match="keadaannya surat rekomendasi menunggu paraf"):
        life.make("terima", TEAM, {"tanggal_terima": "2026-12-02", "penerima": "Sekretariat"})
