"""The mailbox by IMAP: a real server, and some that hang, lie, or say nothing that can be understood."""

from __future__ import annotations

from dataclasses import replace

import imap_servers
import pytest
from desk_certificate import certificate_in
from imap_servers import PASSWORD, USER, imap_server
from offices import FakeOffice
from patience import PATIENCE
from smtp_servers import talking

from pipeline.errors import Passing, SettingsFault
from pipeline.intake.engines.imap_mailbox import ImapServer
from pipeline.intake.mailbox_plan import MailboxPlan, mailbox_plan_of
from pipeline.office.office_file import Table

MAIL = b"MAIL Pengaduan\r\nFrom: a@b\r\n\r\nPerihal tanah\r\n"
_real = pytest.mark.skipif(bool(imap_servers.missing()), reason=imap_servers.missing())


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return certificate_in(tmp_path_factory.mktemp("sertifikat"))


@pytest.fixture(scope="module")
def server_of_all(certificate):
    with imap_server(certificate) as server:
        yield server


@pytest.fixture
def served(server_of_all):
    """The server with an empty mailbox."""
    server_of_all.clear()
    return server_of_all


@pytest.fixture
def password(tmp_path):
    file = tmp_path / "sandi"
    file.write_text(PASSWORD)
    file.chmod(0o600)
    return file


def plan(port, **values):
    usual = {"server": "localhost", "port": port, "user": USER, "password_file": "x"}
    return MailboxPlan(**usual | values)


@_real
def test_ten_mails_in_are_ten_cases_and_move_out_of_the_way_when_that_is_noted(served, password, tmp_path):
    office = FakeOffice(tmp_path / "kantor")
    server = ImapServer(plan(served.port, done="Selesai"), password, served.certificate)
    office.root.mailbox_server = server
    for number in range(10):
        served.deliver(MAIL.replace(b"tanah", b"tanah %d" % number))

    assert office.root.mailbox.look().fetched == 10
    assert len(served.uids()) == 10
    office.run_once()
    served.make_anew()
    del office.root.mailbox
    assert office.root.mailbox.look().settled == 10

    assert len(list(office.root.cabinet.numbers())) == 10
    assert (served.uids(), len(served.uids("Selesai"))) == ([], 10)
    kept = [office.root.cabinet.case(n).arrived.sha256 for n in office.root.cabinet.numbers()]
    assert len(set(kept)) == 10


@_real
def test_without_a_folder_for_them_settled_mails_stay_and_are_marked(served, password):
    served.deliver(MAIL)
    server = ImapServer(plan(served.port), password, served.certificate)
    with server.opened() as visit:
        (at,) = visit.waiting(5)
        assert visit.fetch(at.uid, 1000) == MAIL
        assert at.size == len(MAIL)
        assert served.uids(sought="UNSEEN")
        visit.settle(at.uid)

    with server.opened() as visit:
        assert visit.waiting(5) == []
    assert len(served.uids(sought="SEEN")) == 1


@_real
def test_a_wrong_password_and_a_name_that_is_not_proved_are_told(served, password):
    password.write_text("salah")
    for vouches, words in ((served.certificate, "menolak pengguna"), (None, "tidak membuktikan namanya")):
        server = ImapServer(plan(served.port), password, vouches)
        with pytest.raises(Passing, match=words), server.opened():
            pass


GREETING = b"* OK siap\r\n"


@pytest.mark.parametrize(
    ("lines", "silent", "words"),
    [
        ((GREETING,), True, "tidak menjawab pada waktunya"),
        ((b"220 ini server lain\r\n",), False, "tidak menjawab|memutus"),
        ((b"\0\xff" * 3000,), False, "tidak menjawab|memutus"),
        ((GREETING, b"* OK {99999999999}\r\n"), False, "memutus"),
        ((GREETING,), False, "memutus"),
    ],
    ids=["menggantung", "bukan IMAP", "sampah", "panjang yang bohong", "putus"],
)
def test_a_server_that_misbehaves_holds_nobody_and_is_told(password, lines, silent, words):
    with talking(*lines, silent=silent) as port:
        patience = 0.3 if "tidak menjawab" in words else PATIENCE
        server = ImapServer(plan(port, tls="tidak"), password, patience=patience, visit=PATIENCE)
        with pytest.raises(Passing, match=words), server.opened():
            pass


@pytest.mark.parametrize(
    "told",
    [
        {"tls": "tidak"},
        {"pengguna": ""},
        {"folder": ""},
        {"folder": 'a"b'},
        {"folder_selesai": "INBOX"},
        {"server": "a b"},
        {"selang_detik": 1},
    ],
    ids=str,
)
def test_settings_that_cannot_be_used_are_refused_by_name(told):
    good = {"server": "surel.kantor.go.id", "pengguna": "yankomas", "berkas_sandi": ".kunci/kotak-surel"}
    assert mailbox_plan_of(Table("kotak_surel", dict(good))).is_on

    with pytest.raises(SettingsFault, match="kotak_surel"):
        mailbox_plan_of(Table("kotak_surel", good | told))


def test_an_office_without_a_mailbox_empties_none(office):
    assert office.root.mailbox is None
    assert replace(MailboxPlan(), server="x").is_on
