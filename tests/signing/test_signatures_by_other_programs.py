"""What we sign, judged by programs that are not ours: ``pdfsig`` of Poppler, OpenSSL; and still marked PDF/A-2b.

B-LTA as a whole has no second judge here: its parts (signature, time stamps) are judged by OpenSSL.
"""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from other_programs import anchors_of, openssl, parts, poppler, verified
from pdf_readers import complaints
from printed_sheets import specimen_of
from pyhanko.pdf_utils.reader import PdfFileReader
from signed_letters import DEPUTY, HEAD, NOON, changed_after, letter, order_for, signed_letter

from pipeline.drawing.engines import pdfa_check
from pipeline.letters.engines.libreoffice import LibreOfficePress
from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.ports import PageCode
from pipeline.signing.engines.page_text import sheet_text
from pipeline.signing.engines.pdf_signing import LongTerm
from pipeline.signing.engines.time_stamps import StampServer
from pipeline.signing.ports import SignatureField, SignerNamed, SigningOrder
from pipeline.signing.signature_place import place_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def anchors(pki, tmp_path):
    return anchors_of(pki, tmp_path)


def test_poppler_finds_the_signature_valid_and_the_whole_document_signed(pki, tmp_path):
    said = poppler(signed_letter(pki, letter(pages=2)), tmp_path)

    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "Budi Rekaan" in said
    assert "ETSI.CAdES.detached" in said


def test_poppler_finds_both_of_two_signatures_valid(pki, tmp_path):
    sheet = letter(HEAD, DEPUTY)
    first = signed_letter(pki, sheet, order=order_for(sheet, HEAD, HEAD, DEPUTY))
    both = signed_letter(pki, first, "kabid", order=order_for(sheet, DEPUTY, HEAD, DEPUTY))

    assert poppler(both, tmp_path).count("Signature is Valid") == 2


def test_poppler_finds_a_changed_byte(pki, tmp_path):
    data = bytearray(signed_letter(pki, letter()))
    data[data.index(b"stream") + 10] ^= 1

    assert "Signature is Valid" not in poppler(bytes(data), tmp_path)


def test_openssl_verifies_every_signature_up_to_the_root(pki, anchors, tmp_path):
    sheet = letter(HEAD, DEPUTY)
    first = signed_letter(pki, sheet, order=order_for(sheet, HEAD, HEAD, DEPUTY))
    both = signed_letter(pki, first, "kabid", order=order_for(sheet, DEPUTY, HEAD, DEPUTY))

    found = list(parts(both, "/Sig", tmp_path))

    assert len(found) == 2
    assert all(verified(signature, content, anchors) for signature, content in found)


def test_openssl_finds_other_bytes_and_other_issuers(pki, anchors, tmp_path):
    (good,) = parts(signed_letter(pki, letter()), "/Sig", tmp_path)
    good[1].write_bytes(good[1].read_bytes() + b"x")
    assert not verified(*good, anchors)

    (foreign,) = parts(signed_letter(pki, letter(), "dari-asing"), "/Sig", tmp_path)
    assert not verified(*foreign, anchors)


def test_openssl_verifies_the_time_stamp_over_all_that_a_lasting_signature_is_proved_by(pki, anchors, tmp_path):
    known = (pki.certificate("akar"), pki.certificate("penerbit"))
    lists = (pki.revoked("penerbit", NOON), pki.revoked("akar", NOON))
    with pki.stamp_server(NOON) as address:
        data = signed_letter(pki, letter(), lasting=LongTerm(StampServer(address), known, lists))

    ((signature, content),) = parts(data, "/DocTimeStamp", tmp_path)
    digest = hashlib.sha256(content.read_bytes()).hexdigest()
    token = ("-token_in", "-in", signature, "-digest", digest, "-CAfile", anchors, "-attime", int(NOON.timestamp()))

    assert b"Verification: OK" in openssl("ts", "-verify", *token).stdout
    assert b"/DSS" in data
    assert all(verified(s, c, anchors) for s, c in parts(data, "/Sig", tmp_path))


def test_a_printed_letter_stays_pdf_a_when_it_is_signed(pki, tmp_path):
    values = specimen_of("06-surat-rekomendasi")
    press = LibreOfficePress(b"k" * 32)
    try:
        docx = WordTypist(ROOT / "letter_templates").draft("06-surat-rekomendasi", values).docx
        printed = press.print(docx, PageCode("K7QM2XPA94TD"))
    finally:
        press.close()
    signer = SignerNamed("Kepala Kantor Wilayah", "Budi Contoh", "19700101 199503 1 001")
    field = SignatureField("ttd", place_of(sheet_text(printed), signer))
    order = SigningOrder(field, signer, "Uji", "Bengkulu", NOON, (field,), "Kaki rekaan.")

    signed = signed_letter(pki, printed, order=order)

    assert signed.startswith(printed)
    assert (pdfa_check.marks(printed), pdfa_check.marks(signed)) == ([], [])
    assert complaints(signed) == []
    assert "Signature is Valid" in poppler(signed, tmp_path)
    assert not PdfFileReader(io.BytesIO(printed)).xrefs.hybrid_xrefs_present


def test_poppler_sees_what_we_see_in_a_document_that_was_changed_after(pki, tmp_path):
    said = poppler(changed_after(signed_letter(pki, letter())), tmp_path)

    assert "Total document signed" not in said
