"""A PDF with electronic signatures proves the letter by those of all its signers; a scan is left to the other ways."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from fakes import FakeValidator, FixedClock

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.ports import LetterOut
from pipeline.cases.signature_proof import CERTIFICATE
from pipeline.letters import certificate_proof
from pipeline.letters.certificate_proof import AlreadyProved, CertificateProof, examination
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE
from pipeline.office.officials import Official
from pipeline.storage.blobs import TypedText

PRINT = b"%PDF cetakan\n"
LETTER = LetterOut(CaseNumber(2026, 1), "x", "X", 1, "K7QM2XPA94TD", TypedText("cetak.pdf", PRINT), ("kabid", "kadiv"))
OFFICIALS = (Official("kabid", "Kepala Bidang", "Eko Rekaan, S.H."), Official("kadiv", "Kepala Divisi"))
OFFICE = replace(SPECIMEN_OFFICE, officials=OFFICIALS)


def examined(*files: bytes, letter: LetterOut = LETTER):
    proof = CertificateProof(FakeValidator, OFFICE, FixedClock(datetime(2026, 12, 2, tzinfo=UTC)))
    return proof.examined(letter, [TypedText(f"{n}.pdf", data) for n, data in enumerate(files)])


def signed(*names: str) -> bytes:
    return PRINT + b"".join(f"/ByteRange {name}\n".encode() for name in names)


def test_it_is_proven_by_all_who_sign_it_and_whoever_is_missing_is_named():
    alone = replace(LETTER, signers=("kabid",))

    found = examined(signed("EKO REKAAN"), letter=alone)

    assert (found.way, found.faults) == (CERTIFICATE, ())
    assert found.found == "tanda tangan elektronik tersertifikasi EKO REKAAN (PSrE Rekaan), tanpa waktu"
    assert examined(signed("Orang Lain"), letter=alone).faults == ("Eko Rekaan, S.H. belum menandatangani.",)


def test_a_role_whose_holder_nobody_named_is_missing():
    assert examined(signed("EKO REKAAN")).faults == ("kadiv belum menandatangani.",)
    assert examined(signed("Eko"), letter=replace(LETTER, signers=("tidak-ada",))).faults == (
        "tidak-ada belum menandatangani.",
    )


@pytest.mark.parametrize("files", [(PRINT,), (PRINT, PRINT)])
def test_a_file_without_an_electronic_signature_is_nothing_that_this_way_knows(files):
    assert examined(*files) is None


def test_it_comes_as_one_file_once_its_print_is_made():
    one_file = "diberikan sebagai satu berkas"

    assert one_file in examined(PRINT, signed("EKO REKAAN")).faults[0]
    assert one_file in examined(signed("EKO REKAAN"), letter=replace(LETTER, printed=None)).faults[0]


def test_what_is_not_our_print_proves_nothing():
    assert examined(b"lain\n/ByteRange EKO REKAAN\n").faults == (
        "Yang ditandatangani bukan cetakan naskah ini dari map perkara.",
    )


@pytest.mark.parametrize("before", [0, 1, 3, 5, 9, 10, 11])
def test_a_signature_is_seen_wherever_the_bytes_that_are_searched_at_once_part_it(before, monkeypatch):
    monkeypatch.setattr(certificate_proof, "_ROUND", 11)

    assert examined(b"x" * before + b"/ByteRange Orang\n") is not None
    assert examined(b"x" * before + b"/ByteRang e") is None


def test_a_proof_that_was_made_just_now_is_of_that_one_file():
    file, found = TypedText("a.pdf", b"a"), examination((), ())
    proved = AlreadyProved(file.sha256, found)

    assert proved.examined(LETTER, [file]) is found
    assert proved.examined(LETTER, [TypedText("b.pdf", b"b")]) is None
    assert proved.examined(LETTER, [file, file]) is None
