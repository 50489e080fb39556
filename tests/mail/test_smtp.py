"""Mail goes to a real SMTP server: with TLS that is held to, a login, and in spite of servers that misbehave."""

from __future__ import annotations

from dataclasses import replace

import pytest
from desk_certificate import certificate_in
from fakes import MORNING
from free_ports import free_port
from smtp_servers import Mailboxes, served, talking

from pipeline.errors import Passing, SettingsFault
from pipeline.mail.engines.smtp import SmtpCarrier, written
from pipeline.mail.mail_settings import MailPlan
from pipeline.mail.ports import AddressRefused, AddressWaits, Mail

MAIL = Mail("siti@kantor.contoh", "Yankomas: 2 menunggu Anda", "Yth. Bapak/Ibu,\n\nMeja saya: …\n", "ab12", MORNING)
PLAN = MailPlan(server="127.0.0.1", tls="tidak", sender="yankomas@kantor.contoh")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return certificate_in(tmp_path_factory.mktemp("sertifikat"))


@pytest.fixture
def boxes():
    return Mailboxes()


@pytest.fixture
def password(tmp_path):
    file = tmp_path / "sandi"
    file.touch(mode=0o600)
    file.write_text("kata-sandi-rekaan\n")
    return file


def carrier(port: int, *, patience: float = 30.0, visit: float = 60.0, **values) -> SmtpCarrier:
    files = {name: values.pop(name) for name in ("password", "issuers", "archive") if name in values}
    return SmtpCarrier(replace(PLAN, port=port, **values), patience=patience, visit=visit, **files)


def secure(port: int, certificate, tls: str = "starttls", **values) -> SmtpCarrier:
    return carrier(port, server="localhost", tls=tls, issuers=certificate[0], **values)


def send(one: SmtpCarrier, *mails: Mail) -> None:
    with one.opened() as visit:
        for mail in mails or (MAIL,):
            visit.send(mail)


# Honest servers.


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_a_mail_arrives_over_tls_with_the_login(boxes, certificate, password, tls):
    with served(boxes, certificate, tls, authenticator=boxes.check) as port:
        send(secure(port, certificate, tls, user="yankomas", password_file="x", password=password))

    ((sender, recipients, _),) = boxes.taken
    (letter,) = boxes.letters()
    assert (sender, recipients) == ("yankomas@kantor.contoh", ["siti@kantor.contoh"])
    assert boxes.logins == [(b"yankomas", b"kata-sandi-rekaan")]
    assert (letter["subject"], letter["from"]) == ("Yankomas: 2 menunggu Anda", "Yankomas <yankomas@kantor.contoh>")
    assert (letter["auto-submitted"], letter["message-id"]) == ("auto-generated", "<ab12@kantor.contoh>")
    assert letter["content-language"] == "id"
    assert letter["date"] == "Wed, 25 Nov 2026 08:15:00 +0700"
    assert letter.get_content().splitlines() == MAIL.text.splitlines()


def test_many_mails_go_in_one_visit_and_a_refused_recipient_or_one_put_off_holds_up_no_other(boxes):
    boxes.answers = {"budi@kantor.contoh": "550 Siapa itu?", "dewi@kantor.contoh": "451 Nanti."}
    with served(boxes) as port, carrier(port).opened() as visit:
        with pytest.raises(AddressRefused, match=r"ditolak server surel \(kode 550\)"):
            visit.send(replace(MAIL, to="budi@kantor.contoh"))
        with pytest.raises(AddressWaits, match="kode 451"):
            visit.send(replace(MAIL, to="dewi@kantor.contoh"))
        visit.send(MAIL)

    assert [recipients for _, recipients, _ in boxes.taken] == [["siti@kantor.contoh"]]


@pytest.mark.parametrize(("answer", "by_rule"), [("554 5.7.1 Relay access denied", True), ("550 5.1.1 Siapa?", False)])
def test_a_server_that_does_not_relay_for_the_office_is_told_from_an_address_that_is_not_there(boxes, answer, by_rule):
    boxes.answers = {MAIL.to: answer}
    with served(boxes) as port, pytest.raises(AddressRefused) as told:
        send(carrier(port))

    assert told.value.by_rule is by_rule


def test_trying_the_server_out_sends_nothing(boxes, certificate):
    with served(boxes, certificate, "starttls") as port:
        secure(port, certificate).try_out()

    assert boxes.taken == []


def test_a_header_takes_no_second_line():
    for field in ("to", "subject"):
        with pytest.raises(ValueError, match="linefeed"):
            written(replace(MAIL, **{field: "siti@kantor.contoh\nBcc: semua@luar.contoh"}), PLAN.sender)


# Servers that are not who they should be.


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_gets_neither_mail_nor_password(boxes, certificate, password, tls):
    login = {"user": "yankomas", "password_file": "x", "password": password}
    with served(boxes, certificate, tls, authenticator=boxes.check) as port:
        with pytest.raises(Passing, match=r"tidak membuktikan namanya \(sertifikatnya dibuat sendiri\)"):
            send(carrier(port, server="localhost", tls=tls, **login))
        with pytest.raises(Passing, match="atas nama lain"):  # asked for by its number
            send(replace(secure(port, certificate, tls, **login), plan=replace(PLAN, port=port, tls=tls)))

    assert (boxes.taken, boxes.logins) == ([], [])


def test_a_server_without_starttls_gets_nothing(boxes, certificate, password):
    gets_nothing = pytest.raises(Passing, match="tidak menawarkan STARTTLS")
    with served(boxes, authenticator=boxes.check) as port, gets_nothing:
        send(secure(port, certificate, user="yankomas", password_file="x", password=password))

    assert (boxes.taken, boxes.logins) == ([], [])


def test_tls_from_the_first_byte_with_a_server_that_has_none_is_told(boxes, certificate):
    with served(boxes) as port, pytest.raises(Passing, match="tidak berbicara TLS"):
        send(secure(port, certificate, "tls"))


def test_a_wrong_password_is_told_with_the_code_alone(boxes, certificate, password):
    password.write_text("salah")
    refused = pytest.raises(Passing, match=r"menolak pengguna atau sandinya \(kode 535\)")
    with served(boxes, certificate, "starttls", authenticator=boxes.check) as port, refused as told:
        send(secure(port, certificate, user="yankomas", password_file="x", password=password))

    assert "salah" not in str(told.value)


# Servers that misbehave.


def test_nobody_there_is_told():
    with pytest.raises(Passing, match="tidak dapat dihubungi"):
        send(carrier(free_port()))


@pytest.mark.parametrize("lines", [(), (b"220 uji\r\n",), (b"220 uji\r\n", b"250 uji\r\n"), (b"220 uji\r\n", b"250-")])
def test_a_server_that_hangs_is_given_up_in_time(lines):
    with talking(*lines, silent=True) as port, pytest.raises(Passing, match="tidak menjawab pada waktunya"):
        send(carrier(port, patience=0.3))


def test_a_server_that_sends_a_byte_now_and_then_is_cut_off():
    with talking(b"2", silent=True) as port, pytest.raises(Passing):
        send(carrier(port, patience=60, visit=0.3))


@pytest.mark.parametrize(
    "lines",
    [
        (b"554 Pergi\r\n",),
        (b"bukan SMTP\r\n",),
        (b"220 uji\r\n", b"\xff\xfe\r\n"),
        (b"220 uji\r\n", b"250 uji\r\n", b"421 Sampai jumpa\r\n"),
        (b"220 uji\r\n", b"250 uji\r\n", b"550 Siapa Anda?\r\n"),
        (b"220 uji\r\n", b"250 uji\r\n", b"250 OK\r\n", b"421 Sampai jumpa\r\n"),
        (b"220 uji\r\n", b"250 uji\r\n", b"250 OK\r\n", b"250 OK\r\n", b"354 Ya\r\n"),
        (b"220 " + b"x" * 20_000 + b"\r\n",),
    ],
)
def test_whatever_else_a_server_says_is_a_fault_that_may_pass(lines):
    with talking(*lines) as port, pytest.raises(Passing) as told:
        send(carrier(port))

    assert not isinstance(told.value, AddressRefused | AddressWaits)
    assert "127.0.0.1" in told.value.message
    assert "jumpa" not in str(told.value)


# The password's file.


@pytest.mark.parametrize(("mode", "fact"), [(0o640, "dapat dibaca akun lain"), (0o604, "dapat dibaca akun lain")])
def test_a_password_that_others_can_read_is_not_used(password, mode, fact):
    password.chmod(mode)

    with pytest.raises(SettingsFault, match=fact) as told:
        send(carrier(1, user="yankomas", password_file="x", password=password))

    assert f"chmod 600 {password}" in told.value.remedy


def test_a_password_in_the_archive_is_not_used(password):
    with pytest.raises(SettingsFault, match="di dalam arsip"):
        send(carrier(1, user="yankomas", password_file="x", password=password, archive=password.parent))


@pytest.mark.parametrize("content", [b"", b"\n", b"dua\nbaris", b"\xff\xfe", "kunci rahasiä".encode(), b"a" * 2000])
def test_what_is_no_password_is_not_used(password, content):
    password.write_bytes(content)

    with pytest.raises(SettingsFault, match="Berkas sandi surel"):
        send(carrier(1, user="yankomas", password_file="x", password=password))


def test_a_missing_password_and_certificates_that_are_none_are_told(tmp_path, password):
    with pytest.raises(SettingsFault, match="tidak dapat dibaca"):
        send(carrier(1, user="yankomas", password_file="x", password=tmp_path / "tidak-ada"))
    with pytest.raises(SettingsFault, match="sertifikat server surel sandi tidak dapat dipakai"):
        send(carrier(1, issuers=password))
