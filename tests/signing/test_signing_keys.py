"""Signing with a certificate file and with a token: what is made, what is refused, and what never shows."""

from __future__ import annotations

import io
import logging
import os
import pickle
import resource
import shutil
import subprocess
import sys
import traceback
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateNumbers
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import (
    load_key_and_certificates,
    serialize_key_and_certificates,
)
from pikepdf import Pdf
from signed_letters import DEPUTY, HEAD, NOON, certificate_file, letter, noon, order_for, renewed, secret
from signing_pki import PASSPHRASE

from pipeline.errors import Denied, NotAllowed, Passing, SettingsFault
from pipeline.signing.engines.certificate import CertificateFile, Token
from pipeline.signing.engines.pdf_signing import LongTerm
from pipeline.signing.engines.secrecy import undumped
from pipeline.signing.secret import Secret

SOFTHSM = next((p for p in map(Path, ("/usr/lib/softhsm/libsofthsm2.so",)) if p.exists()), None)
PIN = "rahasia-pin"


@pytest.fixture
def own(pki, tmp_path):
    return certificate_file(pki, tmp_path)


def test_the_letter_stays_the_beginning_of_what_is_signed_byte_for_byte(own):
    sheet = letter(pages=3)

    with own.opened(secret()) as pen:
        signed = pen.sign(sheet, order_for(sheet))

    assert signed.startswith(sheet)
    assert len(signed) > len(sheet)


def test_one_passphrase_signs_many_letters(own):
    sheets = [letter(words_of_it=f"Surat {n}") for n in range(3)]

    with own.opened(secret()) as pen:
        signed = [pen.sign(sheet, order_for(sheet)) for sheet in sheets]

    assert [s.startswith(sheet) for s, sheet in zip(signed, sheets, strict=True)] == [True] * 3


def test_all_fields_of_the_chain_are_there_empty_before_the_first_signature(own):
    sheet = letter(HEAD, DEPUTY)

    with own.opened(secret()) as pen:
        signed = pen.sign(sheet, order_for(sheet, HEAD, HEAD, DEPUTY))

    with Pdf.open(io.BytesIO(signed)) as opened:
        fields = {str(f.T): "/V" in f for f in opened.Root.AcroForm.Fields}
    assert fields == {HEAD.title: True, DEPUTY.title: False}


def test_a_field_that_is_signed_is_not_signed_again(own):
    sheet = letter()
    with own.opened(secret()) as pen:
        signed = pen.sign(sheet, order_for(sheet))

        with pytest.raises(NotAllowed, match="tidak dapat ditandatangani"):
            pen.sign(signed, order_for(sheet))


def test_a_wrong_passphrase_is_denied_and_shows_nowhere(own, caplog):
    wrong = "SALAH-SEKALI-12345"

    with caplog.at_level(logging.DEBUG), pytest.raises(Denied) as fault, own.opened(secret(wrong)):
        pass

    told = "".join(traceback.format_exception(fault.value))
    assert wrong not in told + caplog.text + str(fault.value)
    assert fault.value.__cause__ is None


def test_a_key_whose_numbers_do_not_go_together_is_not_opened(pki, tmp_path):
    """A signature by such a key gives the key away; it is read for signing without being proved once more."""
    key, certificate, others = load_key_and_certificates(pki.p12("kakanwil"), PASSPHRASE.encode())
    numbers = key.private_numbers()
    shifted = RSAPrivateNumbers(
        **{name: getattr(numbers, name) for name in ("p", "q", "d", "dmq1", "iqmp", "public_numbers")},
        dmp1=numbers.dmp1 + 2,
    ).private_key(unsafe_skip_rsa_key_validation=True)
    locked = BestAvailableEncryption(PASSPHRASE.encode())
    (tmp_path / "kakanwil.p12").write_bytes(serialize_key_and_certificates(b"", shifted, certificate, others, locked))

    with pytest.raises(Denied), CertificateFile(tmp_path / "kakanwil.p12", LongTerm()).opened(secret()):
        pass


def test_a_passphrase_does_not_show_itself_and_is_gone_at_the_end():
    held = Secret("rahasia")
    assert "rahasia" not in f"{held} {held!r} {[held]}"
    with pytest.raises(TypeError):
        pickle.dumps(held)

    with held:
        assert held.reveal() == b"rahasia"

    assert held.reveal() == b""


def test_a_file_that_is_not_there_is_named(tmp_path):
    with (
        pytest.raises(SettingsFault, match=r"budi\.p12"),
        CertificateFile(tmp_path / "budi.p12", LongTerm()).opened(secret()),
    ):
        pass


@pytest.mark.parametrize(
    ("label", "said"),
    [("kedaluwarsa", "kedaluwarsa sejak 01-06-2026"), ("salah-guna", "tidak untuk menandatangani dokumen")],
)
def test_a_certificate_that_would_make_no_valid_signature_signs_nothing(pki, tmp_path, label, said):
    sheet = letter()

    with certificate_file(pki, tmp_path, label).opened(secret()) as pen, pytest.raises(NotAllowed, match=said):
        pen.sign(sheet, order_for(sheet))


def test_a_certificate_that_is_not_valid_yet_signs_nothing(own):
    sheet = letter()

    with own.opened(secret()) as pen, pytest.raises(NotAllowed, match="belum berlaku"):
        pen.sign(sheet, renewed(order_for(sheet), noon(2025)))


def test_the_certificate_of_somebody_else_signs_nothing_in_this_name(pki, tmp_path):
    sheet = letter()

    with (
        certificate_file(pki, tmp_path, "lain").opened(secret()) as pen,
        pytest.raises(NotAllowed, match="atas nama Orang Lain, bukan Budi Rekaan"),
    ):
        pen.sign(sheet, order_for(sheet))


def test_degrees_around_a_name_do_not_make_it_another(own):
    named = replace(HEAD, name="Dr. Budi Rekaan, S.H., M.H.")
    sheet = letter(named)

    with own.opened(secret()) as pen:
        assert pen.sign(sheet, order_for(sheet, named)).startswith(sheet)


def test_the_time_of_the_signature_is_the_offices(own):
    sheet = letter()

    with own.opened(secret()) as pen, Pdf.open(io.BytesIO(pen.sign(sheet, order_for(sheet)))) as opened:
        signature = opened.Root.AcroForm.Fields[0].V
        assert str(signature.M) == "D:20261125120000+07'00'"
        assert (str(signature.Reason), str(signature.Location)) == ("Uji", "Bengkulu")


def test_a_time_stamp_server_that_is_away_or_broken_leaves_the_letter_unsigned(pki, tmp_path):
    from pipeline.signing.engines.time_stamps import StampServer

    sheet = letter()
    with pki.stamp_server(NOON, broken=True) as address:
        for where in (address, "http://127.0.0.1:9/cap"):
            signer = replace(certificate_file(pki, tmp_path), lasting=LongTerm(StampServer(where)))
            with signer.opened(secret()) as pen, pytest.raises(Passing, match="cap waktu"):
                pen.sign(sheet, order_for(sheet))


def test_while_a_key_is_open_no_memory_of_ours_is_dumped_or_read_by_others():
    program = (
        "import ctypes, resource\n"
        "from pipeline.signing.engines.secrecy import undumped\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (1024, resource.getrlimit(resource.RLIMIT_CORE)[1]))\n"
        "def now(): return resource.getrlimit(resource.RLIMIT_CORE)[0], ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)\n"
        "before = now()\n"
        "with undumped():\n"
        "    with undumped(): pass\n"
        "    print(now())\n"
        "print(now() == before)\n"
    )

    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout

    assert said.split("\n")[:2] == ["(0, 0)", "True"]


def test_no_child_inherits_a_passphrase(own, monkeypatch):
    started = []
    monkeypatch.setattr(subprocess, "Popen", lambda *a, **k: started.append((a, k)))
    sheet = letter()

    with own.opened(secret()) as pen:
        pen.sign(sheet, order_for(sheet))

    assert started == []
    assert PASSPHRASE not in str(dict(os.environ)) + str(sys.argv)


def test_core_dumps_are_as_they_were_afterwards():
    before = resource.getrlimit(resource.RLIMIT_CORE)
    with undumped():
        pass

    assert resource.getrlimit(resource.RLIMIT_CORE) == before


@pytest.fixture
def token(pki, tmp_path, monkeypatch):
    """A token in software with the head's key and certificate on it."""
    if SOFTHSM is None or shutil.which("softhsm2-util") is None:
        pytest.skip("softhsm2 is not installed")
    import pkcs11
    from cryptography.hazmat.primitives.serialization import load_pem_private_key
    from pkcs11.util.rsa import encode_rsa_public_key  # noqa: F401 - proves that the module is whole

    folder = tmp_path / "token"
    folder.mkdir()
    config = tmp_path / "softhsm2.conf"
    config.write_text(f"directories.tokendir = {folder}\nobjectstore.backend = file\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(config))
    pem = tmp_path / "kunci.pem"
    from cryptography.hazmat.primitives import serialization

    key = load_pem_private_key(pki.key_pem("kakanwil").read_bytes(), None)
    pem.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    steps = [
        ["--init-token", "--free", "--label", "rekaan", "--so-pin", "12345678", "--pin", PIN],
        ["--import", str(pem), "--token", "rekaan", "--label", "budi", "--id", "01", "--pin", PIN],
    ]
    for step in steps:
        subprocess.run(["softhsm2-util", *step], check=True, capture_output=True)
    module = pkcs11.lib(str(SOFTHSM))
    module.reinitialize()
    with module.get_token(token_label="rekaan").open(rw=True, user_pin=PIN) as session:
        session.create_object(
            {
                pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
                pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                pkcs11.Attribute.TOKEN: True,
                pkcs11.Attribute.LABEL: "budi",
                pkcs11.Attribute.ID: b"\x01",
                pkcs11.Attribute.VALUE: pki.certificate("kakanwil"),
                **_subject(pki),
            }
        )
    return Token(SOFTHSM, "rekaan", "budi", LongTerm())


def _subject(pki):
    import pkcs11
    from asn1crypto import x509

    return {pkcs11.Attribute.SUBJECT: x509.Certificate.load(pki.certificate("kakanwil")).subject.dump()}


def test_a_token_signs_as_a_file_does(token):
    sheet = letter()

    with token.opened(secret(PIN)) as pen:
        assert pen.holder == "Budi Rekaan"
        assert pen.sign(sheet, order_for(sheet)).startswith(sheet)


def test_a_wrong_pin_is_denied(token):
    with pytest.raises(Denied, match="PIN"), token.opened(secret("salah-sekali")):
        pass


def test_a_token_that_is_not_plugged_in_is_waited_for(token):
    with pytest.raises(Passing, match="tidak terpasang"), replace(token, token="lain").opened(secret(PIN)):
        pass


def test_a_token_that_is_pulled_out_signs_no_more(token):
    sheet = letter()

    with token.opened(secret(PIN)) as pen:
        pen._signer.pkcs11_session.close()
        with pytest.raises(Passing, match="tercabut"):
            pen.sign(sheet, order_for(sheet))


def test_a_certificate_that_the_token_lacks_is_named(token):
    with pytest.raises(SettingsFault, match="'siti'"), replace(token, label="siti").opened(secret(PIN)):
        pass


def test_a_module_that_is_none_is_named(token, tmp_path):
    broken = tmp_path / "bukan-modul.so"
    broken.write_bytes(b"x")

    with pytest.raises(SettingsFault, match="bukan-modul"), replace(token, module=broken).opened(secret(PIN)):
        pass
