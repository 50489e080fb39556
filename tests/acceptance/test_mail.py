"""From a disposition to the mailbox of who is to act next: real folders, a real register book, a real mail server."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from fakes import FixedClock, wib
from free_ports import free_port
from offices import FakeOffice, lay_out
from patience import PATIENCE, until
from running_office import YANKOMAS
from smtp_servers import Mailboxes, send_by, served, talking
from web_desk import WebDesk

from pipeline.access.accounts import held
from pipeline.mail.engines.rounds import Rounds
from pipeline.wiring import Root
from pipeline.work.engines.doctor_mail import mail_checks

TOLD = {
    "perihal": "Penganiayaan",
    "pelapor": [{"nama": "Sri Rekaan", "nik": "1771014501850001"}],
    "terlapor": ["PT Rekaan"],
    "uraian": "Dipukul",
    "tempat_kejadian": "Kab. Seluma",
}
CONFIRMED = {"ringkasan": "Dipukul", "hak": ["kesejahteraan"], "cara_penyampaian": "langsung"}
PASSWORD = "empat kata acak sekali"


@pytest.fixture
def boxes():
    return Mailboxes()


@pytest.fixture
def port(boxes):
    with served(boxes) as port:
        yield port


def office_with_mail(folder: Path, port: int) -> FakeOffice:
    """An office in which the head of division has an account with an address."""
    lay_out(folder)
    send_by(port, folder / "office.toml")
    office = FakeOffice(folder)
    people = office.root.people
    people.accounts.make("dewi", "Dewi Rekaan", [held("kadiv")], office.clock.now())
    people.accounts.set_password("dewi", PASSWORD)
    people.accounts.set_address("dewi", "dewi@kantor.contoh", office.clock.now())
    people.close()
    return office


def disposed_of(office: FakeOffice, degree: str) -> None:
    """A case that the head passes down to the head of division."""
    number = office.open("lisan", TOLD)
    office.decide(number, "konfirmasi", "tim-yankomas", CONFIRMED)
    office.decide(number, "sampaikan", "tim-yankomas")
    office.decide(number, "disposisi", "kakanwil", {"isi_disposisi": "Telaah", "derajat": degree})
    office.root.book.refresh()


def test_what_is_urgent_reaches_who_is_to_act_and_a_restart_tells_it_no_second_time(tmp_path, boxes, port):
    office = office_with_mail(tmp_path / "kantor", port)
    office.clock = FixedClock(wib("2026-11-27T20:00"))
    disposed_of(office, "Amat segera")

    office.root.postman().look()
    office.root.postman().look()

    ((sender, recipients, content),) = boxes.taken
    (letter,) = boxes.letters()
    assert (sender, recipients) == ("y@kantor.contoh", ["dewi@kantor.contoh"])
    assert letter["subject"] == "Yankomas: 1 segera"
    assert not [words for words in ("Sri", "Penganiayaan", "0001", "2026/", "Dewi") if words.encode() in content]


def test_the_next_morning_it_is_told_again_with_what_waits(tmp_path, boxes, port):
    office = office_with_mail(tmp_path / "kantor", port)
    office.clock = FixedClock(wib("2026-11-27T15:00"))
    disposed_of(office, "Biasa")
    office.root.postman().look()

    office.clock.at = wib("2026-11-30T07:30")
    office.root.postman().look()

    assert [letter["subject"] for letter in boxes.letters()] == ["Yankomas: 1 menunggu Anda"] * 2


def test_the_doctor_visits_the_server_and_sends_nothing(tmp_path, boxes, port):
    office = office_with_mail(tmp_path / "kantor", port)

    said = [check.fact for check in mail_checks(office.root, accounts=True)]

    assert "server menerima kantor ini (dicoba tanpa mengirim)" in said
    assert boxes.taken == []


def test_a_server_that_hangs_holds_up_no_page_and_no_letter(tmp_path):
    visitors: list[object] = []
    with talking(silent=True, visitors=visitors) as port:
        office = office_with_mail(tmp_path / "kantor", port)
        disposed_of(office, "Segera")
        desk = WebDesk(tmp_path / "kantor")
        looked = threading.Event()
        postman, carrier = desk.office.root.postman(), desk.office.root.mail_carrier
        postman.parts = replace(postman.parts, carrier=replace(carrier, patience=PATIENCE, visit=PATIENCE))

        def look() -> None:
            postman.look()
            looked.set()

        with Rounds(look):
            until(lambda: visitors)
            siti = desk.browser("tim-yankomas")
            pages = [siti.get(path).status_code for path in ("/", "/register", "/profil")]
            opened = office.open("lisan", {**TOLD, "perihal": "Lain"})
            assert not looked.is_set()

    assert pages == [200] * 3
    assert str(opened) == "2026/0002"


@pytest.mark.slow
def test_the_program_killed_before_the_server_answered_sends_that_mail_once_more_and_no_other(tmp_path, boxes, port):
    office = office_with_mail(tmp_path / "kantor", port)
    disposed_of(office, "Segera")
    take, answered = boxes.handle_DATA, threading.Event()

    async def killed_first(*parts):
        answer = await take(*parts)
        if len(boxes.taken) == 1:
            os.kill(process.pid, signal.SIGKILL)
            answered.set()
        return answer

    boxes.handle_DATA = killed_first
    process = _desk(office.root)
    assert answered.wait(PATIENCE)
    process.wait(PATIENCE)

    for mails in (2, 3):
        process = _desk(office.root)
        until(lambda: len(boxes.taken) == mails)  # noqa: B023
        until(lambda: office.root.sent_record().is_told(_key(office.root)))
        process.terminate()
        assert process.wait(PATIENCE) == 0
        # What the next start has to send; its clock is the real one.
        office.root.people.accounts.set_address("dewi", "", datetime.now().astimezone())

    subjects = [letter["subject"].removeprefix("Yankomas: ") for letter in boxes.letters()]
    assert ["1 segera" in subject for subject in subjects] == [True, True, False]
    assert subjects[-1] == "alamat surel akun Anda diubah"


def _desk(root: Root) -> subprocess.Popen[bytes]:
    command = [YANKOMAS, "--root", str(root.layout.root), "run", "--web-only", "--port", str(free_port())]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)


def _key(root: Root) -> str:
    (row,) = root.book.rows(2026)
    return f"segera {row.number} {row.state_key} {row.since} dewi"
