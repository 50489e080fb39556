"""What signatures are worth: good ones, and every way in which they are not; as of now, and long after."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from fakes import WIB
from pikepdf import Pdf
from signed_letters import (
    DEPUTY,
    HEAD,
    NOON,
    changed_after,
    letter,
    locked,
    noon,
    order_for,
    renewed,
    sha256,
    signed_letter,
    with_xfa,
)

from pipeline.errors import NotAllowed
from pipeline.signing.engines.pdf_signing import LongTerm
from pipeline.signing.engines.time_stamps import StampServer
from pipeline.signing.engines.validation import Trusted, examine
from pipeline.signing.findings import Trouble
from pipeline.signing.wording import NONE_FOUND, sentences
from pipeline.signing.worth import Worth


@pytest.fixture
def found(pki, tmp_path):
    """Examine bytes as an office does that trusts the PKI's root, and has the lists of revoked certificates."""

    def examined(data: bytes, at=NOON, *, trusts=("akar", "penerbit"), lists=("penerbit",)):
        path = tmp_path / "surat.pdf"
        path.write_bytes(data)
        certificates, revoked = map(pki.certificate, trusts), (pki.revoked(name, NOON) for name in lists)
        return examine(path, at, Trusted.of(certificates, revoked))

    return examined


def worth(findings) -> list[Worth]:
    assert findings.trouble is Trouble.NONE
    return [signature.worth for signature in findings.signatures]


def test_a_signature_of_a_trusted_issuer_is_certified_and_covers_the_whole_file(pki, found):
    data = signed_letter(pki, letter())

    findings = found(data)

    (signature,) = findings.signatures
    assert signature.worth is Worth.CERTIFIED
    assert (signature.signer, signature.issuer) == ("Budi Rekaan", "PSrE Rekaan")
    assert (signature.covers, signature.whole) == (len(data), True)
    assert signature.claimed_at == NOON.isoformat()
    assert findings.sha256 == sha256(data)
    assert "sah: tanda tangan elektronik tersertifikasi" in sentences(findings)[0]


@pytest.mark.parametrize(
    ("certificate", "expected", "said"),
    [
        ("kedaluwarsa", Worth.EXPIRED, "sudah kedaluwarsa"),
        ("dicabut", Worth.REVOKED, "sudah dicabut"),
        ("salah-guna", Worth.WRONG_USAGE, "tidak untuk menandatangani dokumen"),
        ("dari-asing", Worth.UNCERTIFIED, "bukan tanda tangan elektronik tersertifikasi"),
    ],
)
def test_a_certificate_that_is_not_good_is_said_to_be_what_it_is(pki, found, certificate, expected, said):
    findings = found(signed_letter(pki, letter(), certificate))

    assert worth(findings) == [expected]
    assert findings.signatures[0].intact
    assert said in sentences(findings)[0]


def test_an_office_that_trusts_nobody_has_no_certified_signature(pki, found):
    assert worth(found(signed_letter(pki, letter()), trusts=())) == [Worth.UNCERTIFIED]


def test_a_certificate_that_begins_later_was_not_valid_yet(pki, found):
    assert worth(found(signed_letter(pki, letter()), noon(2025))) == [Worth.NOT_YET]


def test_one_changed_byte_shows(pki, found):
    data = bytearray(signed_letter(pki, letter()))
    data[data.index(b"stream") + 10] ^= 1

    assert worth(found(bytes(data))) == [Worth.DAMAGED]


def test_other_words_put_over_the_signed_ones_show(pki, found):
    findings = found(changed_after(signed_letter(pki, letter())))

    assert worth(findings) == [Worth.CHANGED]
    assert "TIDAK SAH: isi dokumen diubah sesudah ditandatangani" in sentences(findings)[0]


def test_two_officials_sign_one_after_the_other_and_both_hold(pki, found):
    sheet = letter(HEAD, DEPUTY)
    first = signed_letter(pki, sheet, "kakanwil", order=order_for(sheet, HEAD, HEAD, DEPUTY))
    second = signed_letter(pki, first, "kabid", order=order_for(sheet, DEPUTY, HEAD, DEPUTY))

    findings = found(second)

    assert second.startswith(first)
    assert first.startswith(sheet)
    assert worth(findings) == [Worth.CERTIFIED, Worth.CERTIFIED]
    assert [s.signer for s in findings.signatures] == ["Budi Rekaan", "Eko Rekaan"]
    assert [s.whole for s in findings.signatures] == [False, True]


def test_a_signature_without_time_stamp_cannot_be_proved_after_its_certificate_ended_but_as_of_a_day_it_can(pki, found):
    data = signed_letter(pki, letter())

    assert worth(found(data, noon(2030))) == [Worth.EXPIRED]
    assert worth(found(data, NOON + timedelta(days=1))) == [Worth.CERTIFIED]


def lasting(pki, address, at=NOON) -> LongTerm:
    anchors = (pki.certificate("akar"), pki.certificate("penerbit"))
    return LongTerm(StampServer(address), anchors, (pki.revoked("penerbit", at), pki.revoked("akar", at)))


def test_with_time_stamp_and_lists_it_can_be_proved_years_after_from_the_file_alone(pki, found):
    sheet = letter()
    with pki.stamp_server(NOON) as address:
        data = signed_letter(pki, sheet, lasting=lasting(pki, address))

    findings = found(data, noon(2035), lists=())

    (signature,) = findings.signatures
    assert signature.worth is Worth.CERTIFIED
    assert signature.stamped_at.startswith(NOON.astimezone(WIB).isoformat()[:10])
    assert (signature.revocation, findings.stamps) == (True, 1)
    assert "menurut cap waktu" in sentences(findings)[0]
    assert data.startswith(sheet)


def test_a_time_stamp_of_nobody_whom_the_office_trusts_proves_no_time(pki, found):
    with pki.stamp_server(NOON) as address:
        data = signed_letter(pki, letter(), lasting=LongTerm(StampServer(address)))

    assert worth(found(data, noon(2030), trusts=("penerbit",), lists=())) == [Worth.EXPIRED]
    assert worth(found(data, noon(2030), lists=())) == [Worth.CERTIFIED]


def test_a_certificate_that_was_revoked_after_the_stamped_moment_was_good_then(pki, found):
    sheet, before = letter(), NOON.replace(month=2)
    with pki.stamp_server(before) as address:
        data = signed_letter(
            pki, sheet, "dicabut", order=renewed(order_for(sheet), before), lasting=LongTerm(StampServer(address))
        )

    assert worth(found(data)) == [Worth.CERTIFIED]


def test_a_letter_without_signature_says_that_a_picture_is_none(found):
    findings = found(letter())

    assert findings.signatures == ()
    assert sentences(findings) == (NONE_FOUND,)


def test_what_cannot_be_judged_says_so(pki, found):
    assert found(locked(letter())).trouble is Trouble.LOCKED
    assert found(b"%PDF-1.7 rusak").trouble is Trouble.UNREADABLE
    assert found(with_xfa(letter())).xfa


def test_a_signature_of_random_bytes_is_a_damaged_one(pki, found):
    data = signed_letter(pki, letter())
    start = data.index(b"/Contents <") + len(b"/Contents <")
    broken = data[:start] + b"f" * 400 + data[start + 400 :]

    assert worth(found(broken)) == [Worth.DAMAGED]


def test_a_form_without_signature_is_no_fault(found):
    out = io.BytesIO()
    with Pdf.open(io.BytesIO(letter())) as opened:
        from pikepdf import Array, Dictionary

        opened.Root.AcroForm = Dictionary(Fields=Array([]))
        opened.save(out)

    assert found(out.getvalue()).signatures == ()


def hybrid() -> bytes:
    """A PDF with two tables of contents (ISO 32000-1, 7.5.8.4), as some office programs once wrote."""
    body, places = b"%PDF-1.7\n", []
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
    )
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    stream = len(body)
    entries = b"".join(bytes([1]) + place.to_bytes(2, "big") + bytes([0]) for place in places)
    words = b"<</Type/XRef/Size 5/W[1 2 1]/Index[1 3]/Root 1 0 R/Length %d>>" % len(entries)
    body += b"4 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (words, entries)
    table = len(body)
    body += b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + b"trailer\n<</Size 5/Root 1 0 R/XRefStm %d>>\nstartxref\n%d\n%%%%EOF\n" % (stream, table)


def test_a_pdf_of_two_tables_is_neither_judged_nor_signed(pki, found):
    assert found(hybrid()).trouble is Trouble.HYBRID
    with pytest.raises(NotAllowed, match="tidak dapat ditandatangani"):
        signed_letter(pki, hybrid(), order=order_for(letter()))


def test_no_changed_byte_of_what_is_signed_is_ever_certified_and_none_breaks_the_judge(pki, found):
    import random

    data, chance = signed_letter(pki, letter()), random.Random(11)
    start, end = data.index(b"/Contents <"), data.index(b">", data.index(b"/Contents <") + 11)
    for _ in range(60):
        place = chance.choice([chance.randrange(9, start), chance.randrange(end + 1, len(data))])
        broken = bytearray(data)
        broken[place] ^= 1 << chance.randrange(8)

        findings = found(bytes(broken))

        assert findings.trouble or all(s.worth is not Worth.CERTIFIED for s in findings.signatures), place


def test_no_cut_file_breaks_the_judge(pki, found):
    data = signed_letter(pki, letter())

    for share in range(1, 20):
        findings = found(data[: len(data) * share // 20])
        assert findings.trouble or all(s.worth is not Worth.CERTIFIED for s in findings.signatures)
