"""From the office's mailbox to the complainant's: a mail in, a case, its receipt by a real server; the case says so."""

from __future__ import annotations

import email
from contextlib import contextmanager
from email import policy

import pytest
from fakes import FakeReader
from offices import FakeOffice, lay_out
from smtp_servers import Mailboxes, send_by, served
from web_desk import WebDesk

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.ports import content
from pipeline.errors import SettingsFault
from pipeline.intake.mailbox import MailAt
from pipeline.scans.ports import Mail, Rendition
from pipeline.storage.blobs import TypedText
from pipeline.wiring import Root

FIRST = CaseNumber(2026, 1)
COMPLAINT = (
    b"Return-Path: <rahmat@contoh.id>\r\nFrom: Rahmat Hidayat <rahmat@contoh.id>\r\nMessage-ID: <a1@contoh.id>\r\n"
    b"Date: Wed, 25 Nov 2026 08:00:00 +0700\r\nSubject: Pengaduan tanah\r\n\r\nSaya mengadukan PT Rekaan.\r\n"
)
NEWS = COMPLAINT.replace(b"a1@", b"b2@").replace(b"Subject", b"Auto-Submitted: auto-generated\r\nSubject")


class MailReader(FakeReader):
    """Makes pages of mails as they are."""

    def rendition(self, blob):
        mail = email.message_from_bytes(content(blob), policy=policy.default)
        words = str(mail.get_payload())
        return Rendition(TypedText("surel.pdf", words.encode()), "eml", "surel", words, mail=Mail(mail["Subject"], ""))


class OneMailbox:
    """A mailbox in memory, of one visit."""

    validity = 1

    def __init__(self, *mails):
        self.mails = list(mails)

    @contextmanager
    def opened(self):
        yield self

    def waiting(self, most):
        return [MailAt(uid, len(mail)) for uid, mail in enumerate(self.mails, start=1)]

    def fetch(self, uid, most):
        return self.mails[uid - 1]

    def settle(self, uid):
        pass


def settings(folder, port, receipts="true"):
    lay_out(folder)
    file = folder / "office.toml"
    send_by(port, file)
    head, _, rest = file.read_text().partition("[kotak_surel]\n")
    rest = rest.replace('server = ""', 'server = "surel.contoh.id"', 1).replace(
        'pengguna = ""', 'pengguna = "aduan"', 1
    )
    rest = rest.replace('berkas_sandi = ""', 'berkas_sandi = "sandi"', 1)
    file.write_text(f"{head}[kotak_surel]\n{rest.replace('tanda_terima = false', f'tanda_terima = {receipts}', 1)}")


@pytest.fixture
def boxes():
    return Mailboxes()


@pytest.fixture
def office(tmp_path, boxes):
    with served(boxes) as port:
        settings(tmp_path / "kantor", port)
        office = FakeOffice(tmp_path / "kantor")
        office.reader = MailReader()
        office.root.mailbox_server = OneMailbox(COMPLAINT)
        yield office


def arrived(office):
    office.root.mailbox.look()
    office.run_once()
    office.root.book.refresh()


def test_who_wrote_to_the_mailbox_is_answered_once_and_the_history_says_so(office, boxes):
    arrived(office)
    arrived(office)

    office.root.receipts().look()
    office.root.receipts().look()

    ((sender, to, _),), (letter,) = boxes.taken, boxes.letters()
    case = office.root.cabinet.case(FIRST)
    assert (sender, to) == ("y@kantor.contoh", ["rahmat@contoh.id"])
    assert (letter["Auto-Submitted"], letter["In-Reply-To"]) == ("auto-replied", "<a1@contoh.id>")
    assert letter["Subject"] == f"Tanda terima pengaduan {case.received.register_number}"
    assert case.received.status_code in letter.get_content()
    assert "Rekaan" not in letter.as_string()
    page = WebDesk(office.root.layout.root, lambda _folder: office).browser("tim-yankomas").get("/kasus/2026/0001").text
    assert "Tanda terima diterima server surel untuk pengirimnya" in page
    assert office.root.verify(lambda _done, _of: None) == []


def test_what_a_machine_sent_and_what_was_put_into_the_inbox_by_hand_is_not_answered(office, boxes):
    office.root.mailbox_server.mails[:] = [NEWS]
    office.drop("surel-0123456789abcdef.eml", COMPLAINT)
    arrived(office)

    office.root.receipts().look()

    lines = [office.root.cabinet.case(n).entries[-1] for n in sorted(office.root.cabinet.numbers())]
    assert boxes.taken == []
    assert sorted(e.data.get("reason", "") for e in lines) == [
        "",
        "surelnya dikirim kepada banyak orang atau oleh mesin",
    ]


def test_an_office_that_does_not_say_so_sends_none_and_one_without_a_server_cannot_say_so(tmp_path):
    settings(tmp_path / "kantor", 25, receipts="false")
    assert Root(tmp_path / "kantor").receipts() is None

    text = (tmp_path / "kantor" / "office.toml").read_text().replace("tanda_terima = false", "tanda_terima = true")
    (tmp_path / "kantor" / "office.toml").write_text(text.replace('server = "127.0.0.1"', 'server = ""'))
    with pytest.raises(SettingsFault, match="tanda_terima"):
        _ = Root(tmp_path / "kantor").settings
