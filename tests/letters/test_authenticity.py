"""What whoever holds a letter is told of it: how that very version stands, in force or not; nothing of what is none."""

from __future__ import annotations

import pytest
from life_office import DRAFTED, FIELD, FIRST, HEAD, MEMO, RECOMMENDATION, SUB, TEAM, LifeOffice
from offices import FakeOffice

from pipeline.errors import NotFound
from pipeline.letters.authenticity import AuthenticityParts, FileMatch, authenticity, document_of

CODE = "K7QM2XPA94TD"


@pytest.fixture
def life(tmp_path):
    return LifeOffice(FakeOffice(tmp_path / "kantor"))


def code_of(life, template: str, version: int) -> str:
    return next(code for code, of in life.case.page_codes.items() if of == (template, version))


def asked(life, code: str = "", sha256: str = ""):
    root = life.office.root
    known = {d.sha256[:16]: FIRST for d in life.case.documents}
    held = dict.fromkeys(life.case.page_codes, FIRST)
    return authenticity(code, sha256, AuthenticityParts(held.get, known.get, root.cabinet.case, root.sop_of))


def sha256_of(life, name: str) -> str:
    return life.case.document(name).sha256


def test_the_code_of_a_cancelled_letter_says_that_and_not_what_was_composed_instead(life):
    life.recommended()
    life.make("kembalikan", FIELD, {"alasan": "Keliru."})
    life.act("batalkan-naskah", FIELD, RECOMMENDATION, alasan="Keliru.")
    life.make("susun-rekomendasi", SUB, DRAFTED)

    first, second = (asked(life, code_of(life, RECOMMENDATION, version)) for version in (1, 2))

    assert (first.standing, first.valid) == ("Naskah ini dibatalkan dan tidak berlaku.", False)
    assert (second.valid, "belum ditandatangani" in second.standing) == (False, True)


def test_of_a_letter_that_is_signed_the_draft_that_it_was_numbered_from_does_not_hold(life):
    life.recommended()
    life.numbered(RECOMMENDATION)
    unsigned = asked(life, code_of(life, RECOMMENDATION, 2))
    life.act("tandatangani-naskah", HEAD, RECOMMENDATION, file=b"bertanda tangan")

    draft, signed = (asked(life, code_of(life, RECOMMENDATION, version)) for version in (1, 2))

    assert (unsigned.valid, "belum ditandatangani" in unsigned.standing) == (False, True)
    assert (draft.valid, "sudah diganti; yang berlaku" in draft.standing) == (False, True)
    assert (signed.valid, signed.standing) == (True, "Naskah ini sudah ditandatangani dengan tinta.")
    assert (signed.number, signed.numbered_on) == (
        life.letter(RECOMMENDATION).number,
        life.letter(RECOMMENDATION).numbered_at.date(),
    )


def test_who_signed_is_told_by_their_post_and_how_by_what_the_signature_was_found_to_be(life):
    life.recommended()
    life.numbered(RECOMMENDATION)
    life.act("nomori-naskah", TEAM, MEMO)
    life.act("tandatangani-naskah", SUB, MEMO, file=b"bertanda tangan")
    printed = life.office.file(FIRST, f"{RECOMMENDATION}-v2.pdf")
    life.act("tandatangani-naskah", HEAD, RECOMMENDATION, file=printed + b"/ByteRange kakanwil\n")

    memo, recommendation = (asked(life, code_of(life, template, 2)) for template in (MEMO, RECOMMENDATION))

    assert (memo.signer, memo.standing) == (
        "Kepala Subbidang Pemajuan HAM",
        "Naskah ini sudah ditandatangani dengan tinta.",
    )
    assert (recommendation.signer, recommendation.standing) == (
        "Kepala Kantor Wilayah",
        "Naskah ini sudah ditandatangani secara elektronik.",
    )


def test_a_letter_that_was_sent_and_received_stays_in_force(life):
    life.recommended()
    life.sent(RECOMMENDATION)
    sent = asked(life, code_of(life, RECOMMENDATION, 2))
    life.make("terima", TEAM, {"tanggal_terima": "2026-12-02", "penerima": "Sekretariat"})

    received = asked(life, code_of(life, RECOMMENDATION, 2))

    assert (sent.valid, sent.standing) == (True, "Naskah ini sudah ditandatangani dengan tinta dan dikirim.")
    assert (received.valid, received.standing.endswith("dikirim, dan diterima.")) == (True, True)


def test_each_letter_of_a_case_is_told_of_itself(life):
    life.recommended()

    memo = asked(life, code_of(life, MEMO, 1))

    assert (memo.kind, memo.signer) == ("Nota telaahan", "Kasubbid Pemajuan HAM")
    assert asked(life, code_of(life, RECOMMENDATION, 1)).kind == "Surat rekomendasi"


def test_a_sheet_that_nobody_signs_is_no_letter_and_neither_is_an_unknown_code(life):
    for code in (code_of(life, "03-lembar-disposisi", 1), CODE, "bukan kode"):
        with pytest.raises(NotFound, match=r"^Naskah itu tidak kami kenal\.\s"):
            asked(life, code)


def test_a_file_is_known_by_all_of_its_hash_and_told_as_signed_or_as_a_print(life):
    life.recommended()
    life.numbered(RECOMMENDATION)
    life.act("tandatangani-naskah", HEAD, RECOMMENDATION, file=b"bertanda tangan")
    signed, printed = (sha256_of(life, f"{RECOMMENDATION}-v2{end}.pdf") for end in ("-bertanda-tangan", ""))

    assert (asked(life, sha256=signed).file, asked(life, sha256=signed).valid) == (FileMatch.SIGNED, True)
    assert asked(life, sha256=printed).file is FileMatch.PRINT
    for other in (f"{signed[:16]}{'0' * 48}", "0" * 64):
        with pytest.raises(NotFound, match="tidak sama persis"):
            asked(life, sha256=other)
    with pytest.raises(NotFound) as refused:
        asked(life)
    assert "tidak sama persis" not in refused.value.message


def test_a_file_is_held_against_the_very_version_whose_code_was_given(life):
    life.recommended()
    life.numbered(RECOMMENDATION)
    code, first, second = (code_of(life, RECOMMENDATION, 2), *(f"{RECOMMENDATION}-v{n}.pdf" for n in (1, 2)))

    assert asked(life, code).file is FileMatch.NOT_ASKED
    assert asked(life, code, sha256_of(life, second)).file is FileMatch.PRINT
    assert asked(life, code, sha256_of(life, first)).file is FileMatch.OTHER
    assert asked(life, code, sha256_of(life, f"{MEMO}-v1.pdf")).file is FileMatch.OTHER
    assert asked(life, code, "0" * 64).file is FileMatch.OTHER


def test_a_code_is_read_in_what_was_read_on_a_page_but_not_in_a_text_of_any_length():
    whole = f"YK1:{CODE}:1/2:XR6SY6"

    assert document_of(whole.ljust(80, "A")) == CODE
    assert document_of(whole.ljust(81, "A")) is None
    assert document_of(f" {CODE.lower()}\n") == CODE
