"""The government's signing service, played by a small server that also behaves badly; what it says is not believed."""

from __future__ import annotations

import base64
import io
import json
import logging
import time
from pathlib import Path

import pytest
from patience import PATIENCE
from pikepdf import Pdf
from signed_letters import letter, order_for, secret, signed_letter
from signing_pki import serving

from pipeline.errors import Denied, EngineFault, NotAllowed, Passing, SettingsFault
from pipeline.signing.engines.bsre import SigningService
from pipeline.signing.plan import FIELDS, ServicePlan

PASSPHRASE = "kata-sandi-bsre"
NIK = "1771010101700001"


@pytest.fixture
def service(tmp_path):
    """Sign a letter by a service that answers so; return what was signed, and what the service was asked."""
    asked: list[bytes] = []

    def signed(sheet, answer, passphrase=PASSPHRASE, password=False, **plan):
        def heard(body):
            asked.append(body)
            return answer(body)

        file = tmp_path / "sandi-layanan"
        file.write_text("sandi kantor\n")
        with serving(heard) as address:
            usual = {"address": address.removesuffix("/cap"), "user": "kantor" if password else "", "seconds": PATIENCE}
            signer = SigningService(ServicePlan(**{**usual, **plan}), NIK, file if password else None)
            with signer.opened(secret(passphrase)) as pen:
                return pen.sign(sheet, order_for(sheet))

    signed.asked = asked
    return signed


def says(status, **said):
    return lambda body: (status, json.dumps(said).encode())


def test_the_service_is_asked_in_the_words_of_its_second_version(pki, service):
    sheet = letter()
    made = signed_letter(pki, sheet)

    signed = service(sheet, says(200, time=1, file=[base64.b64encode(made).decode()]))

    assert signed == made
    asked = json.loads(service.asked[0])
    assert (asked["nik"], asked["passphrase"]) == (NIK, PASSPHRASE)
    assert base64.b64decode(asked["file"][0]) == sheet
    (seen,) = asked["signatureProperties"]
    place = order_for(sheet).field.place
    assert (seen["tampilan"], seen["page"]) == ("VISIBLE", 1)
    assert (seen["originX"], seen["width"]) == (round(place.left, 2), round(place.width, 2))
    assert base64.b64decode(seen["imageBase64"]).startswith(b"\x89PNG")


def test_an_office_may_have_it_invisible_at_a_sign_and_in_other_words(pki, service):
    sheet = letter()
    made = signed_letter(pki, sheet)
    fields = {**FIELDS, "kata_sandi": "sandi"}

    service(sheet, lambda body: (200, made), visible=False, fields=fields)
    service(sheet, lambda body: (200, made), tag="#ttd")

    hidden, marked = map(json.loads, service.asked)
    assert hidden["sandi"] == PASSPHRASE
    assert hidden["signatureProperties"][0]["tampilan"] == "INVISIBLE"
    assert marked["signatureProperties"][0]["tag"] == "#ttd"
    assert "originX" not in marked["signatureProperties"][0]


def test_the_letter_may_go_as_a_file_of_a_form(pki, service):
    sheet = letter()

    service(sheet, lambda body: (200, signed_letter(pki, sheet)), sending="multipart")

    (asked,) = service.asked
    assert sheet in asked
    assert f'name="nik"\r\n\r\n{NIK}'.encode() in asked


@pytest.mark.parametrize(
    ("answer", "kind", "said"),
    [
        (says(400, error="Passphrase anda salah", status_code=2031), Denied, "salah"),
        (says(400, error="Sertifikat kedaluwarsa", status_code=2021), NotAllowed, "Sertifikat kedaluwarsa"),
        (says(404, error="User tidak ditemukan"), NotAllowed, "User tidak ditemukan"),
        (says(401, error="unauthorized"), NotAllowed, "menolak kantor ini"),
        (says(500, error="Internal Server Error"), Passing, "terganggu"),
        (lambda body: (502, b"<html>"), Passing, "terganggu"),
        (lambda body: (200, b"\xff\xfe"), EngineFault, "tidak mengembalikan PDF"),
        (says(200, file=["!!!"]), EngineFault, "tidak mengembalikan PDF"),
        (says(200, file=[base64.b64encode(b"MZ").decode()]), EngineFault, "tidak mengembalikan PDF"),
        (says(200, file=[]), EngineFault, "tidak mengembalikan PDF"),
        (lambda body: (302, b""), EngineFault, "tidak mengembalikan PDF"),
    ],
)
def test_what_goes_wrong_there_is_told_for_what_it_is(service, answer, kind, said):
    with pytest.raises(kind, match=said):
        service(letter(), answer)


def test_a_service_that_is_down_breaks_off_or_is_slow_is_tried_later(service):
    def breaks_off(body):
        raise ConnectionResetError

    def sleeps(body):
        time.sleep(1.5)
        return 200, b""

    for answer in (breaks_off, sleeps):
        with pytest.raises(Passing):
            service(letter(), answer, seconds=1.0)
    with pytest.raises(Passing, match="tidak dapat dihubungi"):
        service(letter(), breaks_off, address="http://127.0.0.1:9")


def test_the_passphrase_is_in_no_log_and_no_error(service, caplog):
    with caplog.at_level(logging.DEBUG), pytest.raises(Denied) as fault:
        service(letter(), says(400, error=f"Passphrase salah: {PASSPHRASE}"))

    assert PASSPHRASE not in caplog.text + repr(fault.value) + str(fault.value)


def test_the_offices_password_is_read_from_its_file(pki, service):
    sheet = letter()
    service(sheet, lambda body: (200, signed_letter(pki, sheet)), password=True)

    signer = SigningService(ServicePlan(address="http://127.0.0.1:9"), NIK, Path("/tidak-ada"))
    with pytest.raises(SettingsFault, match="sandi layanan"), signer.opened(secret()):
        pass


def test_a_pdf_that_is_not_ours_is_handed_on_to_be_proved(pki, service):
    other = signed_letter(pki, letter(words_of_it="Surat lain"))

    back = service(letter(), lambda body: (200, other))

    with Pdf.open(io.BytesIO(back)):
        assert back == other


def test_a_file_of_server_certificates_that_is_none_is_named(tmp_path):
    (tmp_path / "server.pem").write_text("bukan sertifikat")
    plan = ServicePlan(address="https://127.0.0.1:9")
    sheet = letter()

    with (
        SigningService(plan, NIK, None, tmp_path / "server.pem").opened(secret()) as pen,
        pytest.raises(SettingsFault, match=r"server\.pem"),
    ):
        pen.sign(sheet, order_for(sheet))
