"""Letters have a life of their own: drafted, initialled, numbered, signed, sent, received; and none is left behind."""

from __future__ import annotations

from datetime import date

import pytest
from life_office import (
    COMPLETION,
    DIVISION,
    DRAFTED,
    FIELD,
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
from offices import WordOffice

from pipeline.cases.letter_life import letters
from pipeline.cases.moves import open_moves
from pipeline.cases.proposals import proposals
from pipeline.cases.standing import standing_state
from pipeline.errors import Incomplete, NotAllowed


@pytest.fixture
def life(office):
    """An office whose first case stands before the head's disposition, under the edition with the letters' lives."""
    return LifeOffice(office)


def open_to(life: LifeOffice, role: str) -> set[str]:
    return {o.move.key for o in open_moves(life.case, life.sop) if role in o.roles}


def test_a_letter_goes_from_hand_to_hand(life):
    life.recommended()
    seen = [(life.letter(RECOMMENDATION).state, life.letter(RECOMMENDATION).turn)]
    for move, role, typed in (
        ("paraf-naskah", FIELD, {}),
        ("paraf-naskah", DIVISION, {}),
        ("nomori-naskah", TEAM, {}),
        ("tandatangani-naskah", HEAD, {"file": b"ditandatangani"}),
        ("kirim-naskah", TEAM, {"tanggal_kirim": "2026-12-02", "cara_kirim": "pos"}),
    ):
        life.act(move, role, RECOMMENDATION, **typed)
        seen.append((life.letter(RECOMMENDATION).state, life.letter(RECOMMENDATION).turn))

    assert [(state, turn.act, turn.roles) for state, turn in seen] == [
        ("konsep", "paraf", (FIELD,)),
        ("diparaf", "paraf", (DIVISION,)),
        ("diparaf", "nomor", (TEAM,)),
        ("bernomor", "tanda-tangan", (HEAD,)),
        ("bertanda tangan", "kirim", (TEAM,)),
        ("dikirim", "terima", (TEAM,)),
    ]
    life.make("terima", TEAM, {"tanggal_terima": "2026-12-02", "penerima": "Sekretariat"})
    done = life.letter(RECOMMENDATION)
    assert (done.state, done.turn, life.state) == ("diterima", None, "pemantauan")
    assert [by.role for by in done.initials] == [FIELD, DIVISION]


def test_the_case_waits_for_whose_turn_it_is_with_its_letter(life):
    life.recommended()
    waited = []
    for move, role in (("paraf-naskah", FIELD), ("paraf-naskah", DIVISION)):
        waited.append((standing_state(life.case, life.sop).awaits, standing_state(life.case, life.sop).label))
        life.act(move, role, RECOMMENDATION)

    assert waited == [
        ((FIELD,), "surat rekomendasi menunggu paraf"),
        ((DIVISION,), "surat rekomendasi menunggu paraf"),
    ]


def test_initials_are_given_in_their_order_and_by_whom_the_sop_names(life):
    life.recommended()

    for role in (DIVISION, HEAD, TEAM, SUB):
        with pytest.raises((NotAllowed, Incomplete)):
            life.act("paraf-naskah", role, RECOMMENDATION)
    with pytest.raises((NotAllowed, Incomplete)):
        life.act("nomori-naskah", TEAM, RECOMMENDATION)
    with pytest.raises((NotAllowed, Incomplete)):
        life.act("tandatangani-naskah", HEAD, RECOMMENDATION, file=b"terlalu dini")

    assert life.letter(RECOMMENDATION).state == "konsep"


def test_a_version_that_is_no_longer_the_newest_is_not_initialled(life):
    life.recommended()

    with pytest.raises(NotAllowed, match="versi 1; yang Anda baca versi 7"):
        life.act("paraf-naskah", FIELD, RECOMMENDATION, versi=7)
    life.act("paraf-naskah", FIELD, RECOMMENDATION, versi=1)

    (given,) = life.letter(RECOMMENDATION).initials
    assert (given.version, given.login) == (1, FIELD)


def test_a_letter_that_is_given_back_is_mended_and_begins_its_chain_anew(life):
    life.noticed()
    life.act("paraf-naskah", FIELD, NOTICE)

    life.act("kembalikan-naskah", DIVISION, NOTICE, alasan="Pasalnya keliru.")

    back = life.letter(NOTICE)
    assert (back.state, back.turn.act, back.turn.roles) == ("dikembalikan", "ajukan", (SUB, TEAM))
    assert (back.initials, [by.role for by in back.voided]) == ((), [FIELD])
    assert back.returned.answers["alasan"] == "Pasalnya keliru."
    life.act("ajukan-naskah", SUB, NOTICE)
    assert (life.letter(NOTICE).state, life.letter(NOTICE).turn.roles) == ("konsep", (FIELD,))


def test_the_letter_that_a_case_waits_for_is_given_back_with_its_case(life):
    life.recommended()
    life.act("paraf-naskah", FIELD, RECOMMENDATION)
    with pytest.raises(NotAllowed):
        life.act("kembalikan-naskah", DIVISION, RECOMMENDATION, alasan="Pasalnya keliru.")

    life.make("kembalikan", DIVISION, {"alasan": "Pasalnya keliru."})
    back = life.letter(RECOMMENDATION)
    life.make("ajukan-rekomendasi", SUB)

    assert (back.state, [by.role for by in back.voided]) == ("dikembalikan", [FIELD])
    assert (life.state, life.letter(RECOMMENDATION).turn.roles) == ("penerbitan", (FIELD,))


def test_a_letter_that_was_given_back_stays_with_its_drafter_through_edits_until_it_is_handed_in(tmp_path):
    life = LifeOffice(WordOffice(tmp_path / "kantor"))
    life.recommended()
    life.make("kembalikan", FIELD, {"alasan": "Sebut pasalnya."})

    life.office.edit(life.case.number, RECOMMENDATION, SUB, before="Pasal\u00a09.", after="Pasal 9 dan 36.")
    edited = life.letter(RECOMMENDATION)
    life.make("ajukan-rekomendasi", SUB)

    assert (edited.version, edited.state, edited.turn.act, edited.turn.roles) == (
        2,
        "dikembalikan",
        "ajukan",
        (SUB, TEAM),
    )
    assert life.letter(RECOMMENDATION).turn.roles == (FIELD,)


def test_what_was_decided_on_is_not_edited_any_more(tmp_path):
    life = LifeOffice(WordOffice(tmp_path / "kantor"))
    life.decided("rekomendasi")
    decided = life.letter(MEMO)

    assert (decided.decided.version, decided.decided.role) == (1, HEAD)
    with pytest.raises(NotAllowed, match="sudah diputuskan"):
        life.office.edit(life.case.number, MEMO, SUB, before="Apa.", after="Lain")


def test_a_receipt_that_never_came_is_told_so_and_not_made_up(life):
    life.recommended()
    life.sent(RECOMMENDATION)
    with pytest.raises(Incomplete):
        life.make("pantau-tanpa-tanda-terima", FIELD)
    life.make("pantau-tanpa-tanda-terima", FIELD, {"alasan": "Resi pos hilang."})

    gone = life.letter(RECOMMENDATION)
    assert (life.state, gone.state, gone.turn, gone.received) == ("pemantauan", "dikirim", None, None)


def test_a_note_of_what_was_watched_leaves_the_letter_alone(life):
    life.monitored()
    life.make("catat-pemantauan", TEAM, {"catatan": "Belum.", "batas_jawaban": "2026-12-14"})
    life.act("paraf-naskah", FIELD, ASKED)

    life.make("catatan-pemantauan", TEAM, {"catatan": "Ditelepon."})
    assert [by.role for by in life.letter(ASKED).initials] == [FIELD]
    with pytest.raises(NotAllowed):
        life.make("catat-pemantauan", TEAM, {"catatan": "Lagi.", "batas_jawaban": "2026-12-15"})


def test_an_initial_says_which_version_was_read(life):
    life.recommended()

    with pytest.raises(Incomplete, match="versi"):
        life.make("paraf-naskah", FIELD, {"naskah": RECOMMENDATION})


def test_a_letter_whose_turn_it_is_not_is_refused_with_what_it_waits_for(life):
    life.recommended()

    with pytest.raises(NotAllowed, match=r"Surat rekomendasi perkara 2026/0001 menunggu paraf \(kabid\)"):
        life.act("nomori-naskah", TEAM, RECOMMENDATION)


def test_the_case_does_not_end_while_a_letter_is_owed(life):
    life.decided("tidak-berwenang")
    life.make("tidak-berwenang", SUB, {"alasan": "Bukan kewenangan.", "instansi_berwenang": "Instansi Rekaan"})

    with pytest.raises(NotAllowed, match=r"Pemberitahuan tidak berwenang \(menunggu paraf\)"):
        life.make("akhiri-tidak-berwenang", TEAM)
    life.sent(NOT_COMPETENT)
    with pytest.raises(NotAllowed, match=r"Nota telaahan \(menunggu nomor\)"):
        life.make("akhiri-tidak-berwenang", TEAM)
    life.act("nomori-naskah", TEAM, MEMO)
    life.act("tandatangani-naskah", SUB, MEMO, file=b"nota ditandatangani")
    life.make("akhiri-tidak-berwenang", TEAM)

    assert life.state == "tidak-berwenang"


def test_letters_that_stay_in_the_office_have_a_series_of_their_own(life):
    life.recommended()
    life.act("nomori-naskah", TEAM, MEMO)
    for role in (FIELD, DIVISION):
        life.act("paraf-naskah", role, RECOMMENDATION)
    life.act("nomori-naskah", TEAM, RECOMMENDATION)

    assert life.letter(MEMO).number == "W.8.HA.01.07/ND-1/2026"
    assert life.letter(RECOMMENDATION).number == "W.8.HA.01.07-1"
    assert life.office.root.verify(lambda _done, _all: None) == []


def test_what_is_dropped_is_dropped_with_a_reason_and_keeps_its_number(life):
    life.decided("tidak-berwenang")
    life.make("tidak-berwenang", SUB, {"alasan": "Bukan kewenangan.", "instansi_berwenang": "Instansi Rekaan"})
    for role in (FIELD, DIVISION):
        life.act("paraf-naskah", role, NOT_COMPETENT)
    life.act("nomori-naskah", TEAM, NOT_COMPETENT)
    number = life.letter(NOT_COMPETENT).number

    with pytest.raises(Incomplete):
        life.act("batalkan-naskah", FIELD, NOT_COMPETENT)
    life.act("batalkan-naskah", FIELD, NOT_COMPETENT, alasan="Pelapor sudah diberi tahu.")

    (dropped,) = (one for one in letters(life.case, life.sop) if one.template == NOT_COMPETENT)
    assert (dropped.state, dropped.number, dropped.turn) == ("batal", number, None)
    assert number in life.case.numbers_given
    assert NOT_COMPETENT not in life.case.numbers


def test_a_letter_that_the_case_waits_for_where_it_stands_is_not_dropped_there(life):
    life.recommended()
    with pytest.raises((NotAllowed, Incomplete)):
        life.act("batalkan-naskah", FIELD, RECOMMENDATION, alasan="Keliru.")
    life.make("kembalikan", FIELD, {"alasan": "Susun lagi."})
    life.act("batalkan-naskah", FIELD, RECOMMENDATION, alasan="Keliru.")
    life.make("susun-rekomendasi", SUB, DRAFTED)

    assert (life.letter(RECOMMENDATION).title, life.state) == ("Surat rekomendasi", "penerbitan")


def test_the_exits_are_decided_by_whom_the_sop_names(life):
    assert "putus-tidak-berwenang" in open_to(life, HEAD)
    for role in (SUB, FIELD, DIVISION, TEAM):
        assert not {"tidak-berwenang", "tidak-ada-indikasi", "putus-tidak-berwenang"} & open_to(life, role)
    life.until_review()
    life.make("telaah", SUB, {**REVIEW, "saran": "tidak-dilanjutkan"})
    assert life.state == "persetujuan-nota"
    assert "putuskan-nota" not in open_to(life, HEAD)  # not before the memo has come up the chain
    for role in (FIELD, DIVISION):
        life.act("paraf-naskah", role, MEMO)

    assert "putuskan-nota" in open_to(life, HEAD)


def test_nobody_is_deemed_to_have_withdrawn_before_their_days_since_the_receipt_are_over(life):
    life.until_review()
    life.make("minta-kelengkapan", SUB, {"kekurangan": ["KTP"]})

    with pytest.raises(NotAllowed, match="belum dicatat"):
        life.make("anggap-mencabut", FIELD, {"alasan": "Tidak menjawab."})
    life.sent(COMPLETION)
    life.act("terima-naskah", TEAM, COMPLETION, tanggal_terima="2026-12-02", penerima="Siti Rekaan")
    with pytest.raises(NotAllowed, match="10 harinya berakhir 16 Desember 2026"):
        life.make("anggap-mencabut", FIELD, {"alasan": "Tidak menjawab."})
    life.office.clock.forward(days=14)  # the tenth working day itself is still theirs
    with pytest.raises(NotAllowed):
        life.make("anggap-mencabut", FIELD, {"alasan": "Tidak menjawab."})
    life.office.clock.forward(days=1)
    life.make("anggap-mencabut", FIELD, {"alasan": "Tidak menjawab."})

    assert life.state == "dicabut"


@pytest.mark.parametrize(
    ("day", "said"),
    [("2020-01-06", "sudah lewat"), ("2026-12-25", "bukan hari kerja"), ("2026-12-05", "bukan hari kerja")],
)
def test_people_meet_in_the_past_or_on_a_holiday_only_for_a_reason(life, day, said):
    life.decided("audiensi")
    asked = {
        "alasan": "Perlu.",
        "tanggal_audiensi": day,
        "waktu_audiensi": "09.00",
        "tempat_audiensi": "Aula",
        "acara": "Klarifikasi",
        "pihak": ["Dinas Rekaan"],
    }

    with pytest.raises(Incomplete, match=said):
        life.make("usulkan-audiensi", SUB, asked)
    life.make("usulkan-audiensi", SUB, {**asked, "alasan_hari": "Hanya hari itu semua pihak hadir."})

    assert life.state == "disposisi-audiensi"


def test_a_letter_is_not_sent_before_its_date_nor_received_before_it_was_sent(life):
    life.recommended()
    for role in (FIELD, DIVISION):
        life.act("paraf-naskah", role, RECOMMENDATION)
    life.act("nomori-naskah", TEAM, RECOMMENDATION)
    with pytest.raises((NotAllowed, Incomplete)):  # sent before it is signed
        life.act("kirim-naskah", TEAM, RECOMMENDATION, tanggal_kirim="2026-12-02", cara_kirim="pos")
    life.act("tandatangani-naskah", HEAD, RECOMMENDATION, file=b"ditandatangani")
    with pytest.raises(Incomplete, match="mendahului tanggal surat, 2 Desember 2026"):
        life.act("kirim-naskah", TEAM, RECOMMENDATION, tanggal_kirim="2026-12-01", cara_kirim="pos")
    life.office.clock.forward(days=1)
    life.act("kirim-naskah", TEAM, RECOMMENDATION, tanggal_kirim="2026-12-03", cara_kirim="pos")

    with pytest.raises(Incomplete, match="mendahului tanggal kirim, 3 Desember 2026"):
        life.make("terima", TEAM, {"tanggal_terima": "2026-12-02", "penerima": "Sekretariat"})


ASKED, FIRST_WARNING, SECOND_WARNING = "07-permintaan-tindak-lanjut", "07-teguran-pertama", "07-teguran-kedua"
ANSWERED = {"tanggal_jawaban": "2026-12-17", "isi_jawaban": "Sudah dilaksanakan."}


def proposed(life: LifeOffice) -> list[tuple[str, date]]:
    return [(p.move, p.after) for p in proposals(life.case, life.sop)]


def test_a_silent_agency_is_warned_twice_when_its_days_are_over(life):
    life.monitored()
    assert "tegur" not in open_to(life, TEAM)
    life.make("catat-pemantauan", TEAM, {"catatan": "Belum.", "batas_jawaban": "2026-12-14"})
    life.sent(ASKED)
    assert proposed(life) == [("tegur", date(2026, 12, 14))]
    life.office.clock.forward(days=13)
    life.make("tegur", TEAM, {"batas_jawaban": "2026-12-16"})
    assert (proposed(life), "tegur" in open_to(life, TEAM)) == ([], False)
    life.sent(FIRST_WARNING)
    assert proposed(life) == [("tegur", date(2026, 12, 16))]
    life.office.clock.forward(days=2)
    life.make("tegur", TEAM, {"batas_jawaban": "2026-12-18"})

    assert life.letter(SECOND_WARNING).state == "konsep"
    life.sent(SECOND_WARNING)
    assert "tegur" not in open_to(life, TEAM)


def test_no_agency_is_warned_as_long_as_it_may_still_answer(life):
    life.monitored()
    life.make("catat-pemantauan", TEAM, {"catatan": "Belum.", "batas_jawaban": "2026-12-14"})
    life.sent(ASKED)
    with pytest.raises(NotAllowed, match="permintaan tindak lanjut meminta jawaban paling lambat 14 Desember 2026"):
        life.make("tegur", TEAM, {"batas_jawaban": "2026-12-16"})
    life.office.clock.forward(days=13)
    life.make("tegur", TEAM, {"batas_jawaban": "2026-12-16"})
    life.sent(FIRST_WARNING)
    life.office.clock.forward(days=1)  # the last day itself is still theirs
    with pytest.raises(NotAllowed, match="teguran pertama meminta jawaban paling lambat 16 Desember 2026"):
        life.make("tegur", TEAM, {"batas_jawaban": "2026-12-18"})
    life.office.clock.forward(days=1)
    life.make("tegur", TEAM, {"batas_jawaban": "2026-12-18"})

    assert life.letter(SECOND_WARNING).state == "konsep"


def test_an_agency_that_answered_is_not_proposed_to_be_warned(life):
    life.monitored()
    life.make("catat-pemantauan", TEAM, {"catatan": "Belum.", "batas_jawaban": "2026-12-14"})
    life.sent(ASKED)
    life.office.clock.forward(days=15)
    life.make("jawaban-instansi", TEAM, ANSWERED)

    assert proposed(life) == []


def test_a_request_without_a_last_day_is_not_held_to_that_of_the_one_before(life):
    life.monitored()
    life.make("catat-pemantauan", TEAM, {"catatan": "Belum.", "batas_jawaban": "2026-12-14"})
    life.sent(ASKED)
    life.make("catat-pemantauan", TEAM, {"catatan": "Masih belum."})
    life.sent(ASKED)

    assert proposed(life) == []


def test_a_letter_that_was_sent_is_corrected_by_another(life):
    life.recommended()
    with pytest.raises((NotAllowed, Incomplete)):
        life.act("ralat", TEAM, RECOMMENDATION, ralat=["30 hari | 14 hari"])
    life.sent(RECOMMENDATION)
    before = life.case.document(life.letter(RECOMMENDATION).signed.document)
    life.act("ralat", TEAM, RECOMMENDATION, ralat=["30 hari | 14 hari"])

    assert life.letter(RECOMMENDATION).state == "dikirim"
    assert life.case.document(before.name) == before
    assert life.letter("06-ralat").turn.act == "paraf"
    with pytest.raises((NotAllowed, Incomplete)):  # one after another
        life.act("ralat", TEAM, RECOMMENDATION, ralat=["30 hari | 7 hari"])
    life.sent("06-ralat")
    life.act("ralat", TEAM, RECOMMENDATION, ralat=["30 hari | 7 hari"])
    both = [one for one in letters(life.case, life.sop) if one.template == "06-ralat"]
    assert [(one.title, one.state) for one in both] == [("Ralat", "dikirim"), ("Ralat ke-2", "konsep")]


@pytest.mark.parametrize(
    ("said", "near"),
    [
        ("30 hri", "30 hari"),
        ("bupati Rekaan", "Bupati Rekaan"),
        ("memastikan pelaksanan tindakan", "memastikan pelaksanaan tindakan"),
        ("tiga puluh ekor kerbau", ""),
        ("", ""),
    ],
)
def test_what_a_letter_never_said_cannot_be_corrected_in_it(tmp_path, said, near):
    life = LifeOffice(WordOffice(tmp_path / "kantor"))
    life.recommended()
    life.sent(RECOMMENDATION)

    with pytest.raises(Incomplete) as refused:
        life.act("ralat", TEAM, RECOMMENDATION, ralat=["30 hari | 14 hari", f"{said} | 14 hari"])

    assert (f"“{said}” tidak tertulis dalam Surat rekomendasi." in refused.value.message) == bool(said)
    assert f"misalnya “{near}”." in refused.value.remedy if near else "misalnya" not in refused.value.remedy
    assert list(refused.value.fields) == ["ralat"]
    assert "06-ralat" not in life.case.drafts


def test_the_complainant_gets_a_closing_letter_before_the_case_is_closed(life):
    life.monitored()
    life.sent(NOTICE)
    life.evaluated()
    for template, role in ((MEMO, SUB), ("07-hasil-evaluasi", FIELD)):
        life.act("nomori-naskah", TEAM, template)
        life.act("tandatangani-naskah", role, template, file=template.encode())

    with pytest.raises(NotAllowed, match=r"Pemberitahuan penutupan \(belum dibuat\)"):
        life.make("selesai", TEAM)
    life.make("siapkan-penutupan", TEAM, {"hasil_bagi_pelapor": "Haknya dipulihkan."})
    with pytest.raises(NotAllowed, match=r"Pemberitahuan penutupan \(menunggu paraf\)"):
        life.make("selesai", TEAM)
    life.sent("07-pemberitahuan-penutupan")
    life.make("selesai", TEAM)

    assert life.state == "selesai"
    assert all(one.turn is None for one in letters(life.case, life.sop))


def test_the_complainant_is_invited_by_a_letter_of_their_own_when_somebody_says_so(life):
    life.decided("audiensi")
    meeting = {"tanggal_audiensi": "2026-12-03", "waktu_audiensi": "09.00", "tempat_audiensi": "Aula", "acara": "Temu"}
    life.make("usulkan-audiensi", SUB, {**meeting, "alasan": "Perlu.", "pihak": ["Camat"]})
    life.make("disposisi-audiensi", HEAD, {"keputusan": "disetujui", "isi_disposisi": "Ya."})
    life.make("undang", SUB, {**meeting, "pihak": ["Camat"]})
    assert "05-undangan-pelapor" not in life.case.drafts

    life.make("undang-pelapor", TEAM, {"dibawa": ["KTP"]})

    assert "05-undangan-pelapor" in life.case.drafts
    assert life.state == "pelaksanaan"
    assert "undang-pelapor" not in open_to(life, TEAM)


def test_what_must_follow_a_letter_that_was_sent_is_owed(life):
    life.monitored()
    life.evaluated()

    with pytest.raises(NotAllowed) as told:
        life.make("selesai", TEAM)

    assert "Pemberitahuan pelapor (menunggu paraf)" in told.value.message
    assert "Hasil evaluasi (menunggu nomor)" in told.value.message
