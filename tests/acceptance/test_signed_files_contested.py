"""A file that was filed as the signed letter is disputed, confirmed or withdrawn; the file itself stays."""

from __future__ import annotations

import pytest
from test_signed_sheets_come_back import MEMO, code, move_to_review, scan

from pipeline.archive.papers import papers
from pipeline.cases.acted import NOBODY
from pipeline.cases.actor import Actor
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.letter_life import current_letters
from pipeline.cases.objections import CONFIRM, DISPUTE, WITHDRAW, object_to
from pipeline.cases.timeline import timeline
from pipeline.errors import Incomplete, NotAllowed
from pipeline.storage.blobs import TypedText

FIRST = CaseNumber(2026, 1)
SUB, TEAM, FIELD = "kasubbid", "tim-yankomas", "kabid"
WRONG = "Bukan tanda tangan saya."


@pytest.fixture
def filed(office):
    """An office with a case whose review memo came back signed through the inbox."""
    office.drop("surat.pdf", b"Pengaduan")
    office.run_once()
    move_to_review(office)
    office.drop("nota.pdf", scan(code(office, MEMO)))
    office.run_once()
    return office


def say(office, what, role=SUB, reason=WRONG, name=MEMO):
    return object_to(FIRST, name, what, reason, by=Actor(role, "penguji"), parts=office.decide_parts)


def state(office, case) -> str:
    return next(p.state for p in papers(case, office.root.sop_of(case)) if p.key == MEMO)


def test_history_says_who_delivered_and_what_was_found_never_that_the_official_acted(filed):
    case = filed.root.cabinet.case(FIRST)
    happened = timeline(case, filed.root.sop_of(case))[-1]

    assert (happened.role, happened.by, happened.machine) == ("sistem", NOBODY, True)
    assert ("Masuk lewat", "kotak masuk") in happened.words
    assert ("Pemeriksaan", "tinta ditemukan pada tempat tanda tangan kasubbid") in happened.words


def test_a_disputed_letter_counts_as_unsigned_until_it_is_confirmed(filed):
    case = say(filed, DISPUTE)
    assert MEMO not in case.signed
    assert current_letters(case, filed.root.sop_of(case))[MEMO].signed is None
    assert "tanda tangan disanggah" in state(filed, case)

    case = say(filed, CONFIRM, reason="Ternyata tanda tangan saya.")
    assert MEMO in case.signed
    assert state(filed, case) == "bertanda tangan"


def test_a_withdrawn_file_stays_marked_and_the_letter_is_signed_anew(filed):
    before = {d.name for d in filed.root.cabinet.case(FIRST).documents}

    case = say(filed, WITHDRAW, role=TEAM, reason="Salah pindai.")

    assert {d.name for d in case.documents} == before
    assert case.signatures[-1].words == "ditarik: Salah pindai."
    assert MEMO not in case.signed
    case = filed.decide(FIRST, "tandatangani-naskah", SUB, {"naskah": MEMO}, TypedText("baru.pdf", b"baru"))
    assert MEMO in case.signed
    assert [s.withdrawn for s in case.signatures] == ["Salah pindai.", ""]
    assert case.document("04-nota-telaahan-v1-bertanda-tangan-2.pdf")
    assert filed.findings() == []


@pytest.mark.parametrize(
    ("said", "role", "reason", "fault", "fact"),
    [
        ((), FIELD, WRONG, NotAllowed, "tidak berwenang"),
        ((), TEAM, WRONG, NotAllowed, "tidak berwenang"),
        ((), SUB, "  ", Incomplete, "perlu alasan"),
        ((DISPUTE,), SUB, WRONG, NotAllowed, "sudah disanggah"),
        ((WITHDRAW,), SUB, WRONG, NotAllowed, "sudah ditarik"),
    ],
)
def test_who_has_no_say_or_says_it_out_of_order_is_told_why(filed, said, role, reason, fault, fact):
    for what in said:
        say(filed, what)

    with pytest.raises(fault, match=fact):
        say(filed, DISPUTE, role=role, reason=reason)


def test_what_is_not_disputed_is_not_confirmed(filed):
    with pytest.raises(NotAllowed, match="tidak disanggah"):
        say(filed, CONFIRM)


def test_there_must_be_such_a_file(filed):
    with pytest.raises(NotAllowed, match="tidak menyimpan berkas bertanda tangan"):
        say(filed, DISPUTE, name="06-surat-rekomendasi")


def test_a_scan_filed_before_anybody_looked_says_so_and_still_counts(filed):
    case = filed.root.cabinet.case(FIRST)
    from dataclasses import replace

    old = replace(case, signatures=tuple(replace(s, proof=None, delivered_by="") for s in case.signatures))

    assert MEMO in old.signed
    assert state(filed, old) == "bertanda tangan (sebelum pemeriksaan)"
    assert old.signatures[-1].words == "sebelum pemeriksaan"


def test_an_official_vouches_for_what_is_not_proven_and_nobody_else(filed):
    say(filed, WITHDRAW)
    filed.proof.faults = ("Halaman 1: tidak ada tinta pada tempat tanda tangan Rina Rekaan.",)
    typed = {"naskah": MEMO, "tanpa_bukti": "Ditandatangani di depan saya."}

    case = filed.decide(FIRST, "tandatangani-naskah", SUB, typed, TypedText("t.pdf", b"t"))

    assert MEMO in case.signed
    assert case.signatures[-1].unproven == "Ditandatangani di depan saya."
    assert state(filed, case) == "bertanda tangan, tanpa bukti"
    words = dict(timeline(case, filed.root.sop_of(case))[-1].words)
    assert words["Pemeriksaan"].startswith("tanpa bukti: Ditandatangani di depan saya.")
    assert "tidak ada tinta" in words["Pemeriksaan"]


def test_a_reason_that_was_not_needed_is_not_kept(filed):
    say(filed, WITHDRAW)
    typed = {"naskah": MEMO, "tanpa_bukti": "Siapa tahu."}

    case = filed.decide(FIRST, "tandatangani-naskah", SUB, typed, TypedText("t.pdf", b"t"))

    assert case.made[-1].decision.values == {"naskah": MEMO}
    assert case.signatures[-1].unproven == ""
