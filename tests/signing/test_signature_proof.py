"""A PDF proves that it is the signed letter, or says clearly why not; nothing else is put on our print unnoticed."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from processes import kernel_tells
from signed_letters import (
    DEPUTY,
    HEAD,
    NOON,
    changed_after,
    letter,
    locked,
    order_for,
    signed_letter,
    with_xfa,
)

from pipeline.signing.engines.pdf_validator import PdfValidator
from pipeline.signing.findings import Findings, Likeness, SignatureFound, Trouble
from pipeline.signing.ports import Place, SignatureField
from pipeline.signing.proof import Proof, Unproved, prove, same_person
from pipeline.signing.store.trust import trust_in
from pipeline.signing.worth import Worth
from pipeline.storage.blobs import TypedText

OURS = Likeness(begins=True, only_signatures=True)
GOOD = SignatureFound("ttd", Worth.CERTIFIED, "Budi Rekaan")


@pytest.fixture(scope="module")
def validator(pki, tmp_path_factory):
    folder = pki.trust(tmp_path_factory.mktemp("percaya"), ("penerbit", NOON))
    found = PdfValidator(lambda: trust_in(folder))
    yield found
    found.close()


@pytest.fixture
def proof_of(validator):
    """Weigh a PDF against our print, as the confined child finds them."""

    def weighed(pdf: bytes, printed: bytes, expected=HEAD) -> Proof | Unproved:
        blob = TypedText("surat.pdf", pdf)
        return prove(
            validator.validate(blob, NOON), validator.likeness(blob, TypedText("cetak.pdf", printed)), expected
        )

    return weighed


def code(found: Proof | Unproved) -> str:
    assert isinstance(found, Unproved)
    assert found.fact.endswith(".")
    assert found.remedy.endswith(".")
    return found.code


def test_a_valid_signature_over_exactly_our_print_is_a_proof(pki, proof_of):
    sheet = letter(pages=2)

    found = proof_of(signed_letter(pki, sheet), sheet)

    assert isinstance(found, Proof)
    assert [s.signer for s in found.signatures] == ["Budi Rekaan"]


def test_two_signers_prove_it_together(pki, proof_of):
    sheet = letter(HEAD, DEPUTY)
    first = signed_letter(pki, sheet, order=order_for(sheet, HEAD, HEAD, DEPUTY))
    both = signed_letter(pki, first, "kabid", order=order_for(sheet, DEPUTY, HEAD, DEPUTY))

    assert isinstance(proof_of(both, sheet, HEAD), Proof)
    assert isinstance(proof_of(both, sheet, DEPUTY), Proof)


@pytest.mark.parametrize(
    ("certificate", "expected"),
    [
        ("kedaluwarsa", "kedaluwarsa"),
        ("dicabut", "dicabut"),
        ("salah-guna", "salah-guna"),
        ("dari-asing", "tidak-tersertifikasi"),
    ],
)
def test_a_certificate_that_is_not_good_proves_nothing(pki, proof_of, certificate, expected):
    sheet = letter()

    assert code(proof_of(signed_letter(pki, sheet, certificate), sheet)) == expected


def test_the_signature_over_another_pdf_proves_nothing(pki, proof_of):
    sheet, other = letter(), letter(words_of_it="Surat orang lain")

    assert code(proof_of(signed_letter(pki, other), sheet)) == "pdf-lain"


def test_our_print_without_signature_or_saved_again_proves_nothing(pki, proof_of):
    sheet, again = letter(), io.BytesIO()
    with Pdf.open(io.BytesIO(sheet)) as opened:
        opened.save(again)

    assert code(proof_of(sheet, sheet)) == "tanpa-tanda-tangan"
    assert code(proof_of(again.getvalue(), sheet)) == "tanpa-tanda-tangan"


def test_what_was_changed_after_signing_proves_nothing(pki, proof_of):
    sheet = letter()
    signed = signed_letter(pki, sheet)
    flipped = bytearray(signed)
    flipped[len(sheet) + 200] ^= 1

    assert code(proof_of(changed_after(signed), sheet)) == "berubah"
    assert code(proof_of(bytes(flipped), sheet)) == "rusak"


def test_locked_xfa_and_broken_files_prove_nothing(proof_of):
    sheet = letter()

    assert code(proof_of(locked(sheet), sheet)) == "terkunci"
    assert code(proof_of(with_xfa(sheet), sheet)) == "xfa"
    assert code(proof_of(b"%PDF-1.7\n", sheet)) == "rusak"


def test_another_official_than_the_letter_names_is_told(pki, proof_of):
    sheet = letter()

    assert code(proof_of(signed_letter(pki, sheet, "lain"), sheet)) == "orang-lain"


def appended(pdf: bytes, change) -> bytes:
    """The PDF with a change appended before it is signed."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer, out = IncrementalPdfFileWriter(io.BytesIO(pdf)), io.BytesIO()
    change(writer)
    writer.write(out)
    return out.getvalue()


def other_words(writer):
    from pyhanko.pdf_utils.generic import NameObject, StreamObject

    page = writer.find_page_for_modification(0)[0].get_object()
    page[NameObject("/Contents")] = writer.add_object(StreamObject(stream_data=b"0 0 9 9 re f"))
    writer.update_container(page)


def a_note(writer):
    from pyhanko.pdf_utils import generic

    page = writer.find_page_for_modification(0)[0].get_object()
    note = generic.DictionaryObject(
        {
            generic.NameObject("/Type"): generic.NameObject("/Annot"),
            generic.NameObject("/Subtype"): generic.NameObject("/FreeText"),
            generic.NameObject("/Rect"): generic.ArrayObject(map(generic.NumberObject, (50, 700, 300, 760))),
        }
    )
    page[generic.NameObject("/Annots")] = generic.ArrayObject([writer.add_object(note)])
    writer.update_container(page)


def a_script(writer):
    from pyhanko.pdf_utils import generic

    writer.root[generic.NameObject("/OpenAction")] = generic.DictionaryObject()
    writer.update_root()


@pytest.mark.parametrize("change", [other_words, a_note, a_script])
def test_what_was_put_on_our_print_before_it_was_signed_is_found(pki, proof_of, change):
    sheet = letter()
    tampered = appended(sheet, change)

    assert code(proof_of(signed_letter(pki, tampered, order=order_for(sheet)), sheet)) == "ditambah"


def test_a_signature_drawn_over_our_words_is_found(pki, proof_of):
    sheet = letter()
    order = order_for(sheet)
    over = SignatureField("ttd", Place(1, 40, 700, 400, 800))

    signed = signed_letter(pki, sheet, order=replace(order, field=over, chain=(over,)))

    assert code(proof_of(signed, sheet)) == "menutupi"


@pytest.mark.parametrize("trouble", [t for t in Trouble if t])
def test_every_trouble_is_told(trouble):
    assert code(prove(Findings("", "", trouble=trouble), OURS)) == trouble


@pytest.mark.parametrize("worth", [w for w in Worth if w is not Worth.CERTIFIED])
def test_one_signature_that_is_worthless_spoils_all(worth):
    found = Findings("", "", (GOOD, replace(GOOD, worth=worth)))

    assert code(prove(found, OURS)) == worth


@pytest.mark.parametrize(
    ("certified", "printed", "same"),
    [
        ("Budi Rekaan", "Dr. Budi Rekaan, S.H., M.H.", True),
        ("BUDI REKAAN", "Budi Rekaan", True),
        ("Drs. Budi Rekaan", "Budi Rekaan", True),
        ("Budi Contoh", "Budi Rekaan", False),
        ("", "Budi Rekaan", False),
        ("Kantor Wilayah", "Budi Rekaan", False),
    ],
)
def test_a_name_is_the_same_whatever_degrees_stand_around_it(certified, printed, same):
    assert same_person(certified, printed) is same


def test_certificates_are_taken_by_content_and_what_is_none_is_left_alone(pki, tmp_path):
    from asn1crypto import pem

    folder = pki.trust(tmp_path / "percaya", ("penerbit", NOON))
    (folder / "berkas.pem").write_bytes(pem.armor("CERTIFICATE", pki.certificate("asing")))
    (folder / "BACA-SAYA.txt").write_text("bukan sertifikat")
    (folder / "kosong.cer").write_bytes(b"")

    trust = trust_in(folder)

    assert set(trust.anchors) == {pki.certificate(name) for name in ("akar", "penerbit", "asing")}
    assert len(trust.revoked) == 1
    assert trust_in(tmp_path / "tidak-ada").anchors == ()


def test_findings_survive_the_journal():
    import json

    found = Findings("ab", NOON.isoformat(), (GOOD, replace(GOOD, worth=Worth.CHANGED)), stamps=1, xfa=True)

    assert Findings.from_json(json.loads(json.dumps(found.as_json()))) == found


def test_a_file_full_of_signature_fields_is_not_worked_through(validator):
    out = io.BytesIO()
    with Pdf.open(io.BytesIO(letter())) as opened:
        value = opened.make_indirect(Dictionary(Type=Name.Sig, ByteRange=Array([0, 1, 2, 3]), Contents=String("x")))
        fields = [opened.make_indirect(Dictionary(FT=Name.Sig, T=String(f"f{n}"), V=value)) for n in range(200)]
        opened.Root.AcroForm = Dictionary(Fields=Array(fields))
        opened.save(out)

    found = validator.validate(TypedText("x.pdf", out.getvalue()), NOON)

    assert found.trouble is Trouble.TOO_MANY


def test_the_child_reaches_no_network_and_writes_no_file(validator):
    import os

    validator.validate(TypedText("x.pdf", letter()), NOON)

    (pid,) = validator._pool.pids()
    assert os.getpid() != pid
    assert "Max core file size" in kernel_tells(pid, "limits")
