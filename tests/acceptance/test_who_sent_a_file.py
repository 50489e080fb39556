"""Who brought a file stands in its case, by whichever way it came; nobody is named who did not."""

from __future__ import annotations

import json
import os

import pytest
from offices import FakeOffice
from web_desk import WebDesk

from pipeline.cases.actor import Actor
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.deliveries import DESK
from pipeline.cli import main
from pipeline.errors import Passing
from pipeline.intake.account import State
from pipeline.intake.dropping import dropped
from pipeline.intake.inbox_view import AskedFor

FIRST, SECOND = CaseNumber(2026, 1), CaseNumber(2026, 2)
LETTER = b"Surat A %%EOF"
SITI = Actor("tim-yankomas", "siti", "siti", "Siti Rekaan", "1990")


@pytest.fixture
def desk(tmp_path):
    made = WebDesk(tmp_path / "kantor")
    made.account("siti", "tim-yankomas", name="Siti Rekaan")
    made.account("rani", "tim-yankomas", name="Rani Rekaan")
    return made


def send(desk, login, name, content, path="/kotak-masuk"):
    browser = desk.come_in(login)
    page = path.removesuffix("/lampiran")
    answer = browser.post(path, data={"csrf": browser.token(page)}, files=[("berkas", (name, content))])
    assert answer.status_code == 303, answer.text


def came(office, number=FIRST):
    """How the complaint of a case came: the way, and whose account brought it."""
    return brought(office.root.cabinet.case(number).received)


def brought(event):
    """How further papers came: the ways, and whose account acted."""
    return [(one.way, one.login) for one in event.deliveries]


def in_account(office):
    """The files of the inbox account by state, each with who brought it."""
    entries = office.root.inbox_view(AskedFor.ALL).entries
    return sorted((e.state, e.name, e.brought) for e in entries)


def test_who_sends_a_letter_by_the_page_stands_in_history_account_view_and_export(desk, capsys):
    send(desk, "siti", "surat.pdf", LETTER)
    desk.office.run_once()

    (delivery,) = desk.office.root.cabinet.case(FIRST).received.deliveries
    assert (delivery.way, delivery.account, delivery.name) == ("meja", "siti", "Siti Rekaan")
    assert in_account(desk.office) == [
        (State.REGISTERED, "surat.pdf", "masuk lewat meja web, oleh Siti Rekaan (akun siti)")
    ]
    assert "meja web, oleh Siti Rekaan (akun siti)" in desk.come_in("rani").get(f"/kasus/{FIRST}").text
    assert "oleh Siti Rekaan (akun siti)" in desk.come_in("rani").get("/kotak-masuk").text
    assert main(["--root", str(desk.office.root.layout.root), "case", "1/2026", "--json", "--alasan", "uji"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["deliveries"] == [delivery.as_data()]
    assert said["events"][0]["who"] == "masuk lewat meja web, oleh Siti Rekaan (akun siti)"
    journal = desk.office.root.cabinet.journal(FIRST)
    assert b'"login":"siti"' in journal  # a bag has it within its protection


def test_a_file_in_the_scanners_folder_names_nobody_whoever_owns_it(desk):
    desk.office.drop("scan.pdf", LETTER)
    desk.office.run_once()

    assert came(desk.office) == [("map", "")]
    assert "tidak tercatat siapa yang menaruhnya" in desk.come_in("rani").get(f"/kasus/{FIRST}").text
    assert in_account(desk.office) == [(State.REGISTERED, "scan.pdf", "")]


def test_two_people_who_send_the_same_are_told_apart(desk):
    send(desk, "siti", "surat.pdf", LETTER)
    send(desk, "rani", "surat.pdf", LETTER)
    desk.office.run_once()

    assert came(desk.office) == [("meja", "siti")]
    assert [(state, words.rpartition("oleh ")[2]) for state, _, words in in_account(desk.office)] == [
        (State.DUPLICATE, "Rani Rekaan (akun rani)"),
        (State.REGISTERED, "Siti Rekaan (akun siti)"),
    ]


def test_a_file_that_takes_the_place_of_one_that_was_sent_is_not_its_senders(desk):
    send(desk, "siti", "surat.pdf", LETTER)
    folder = desk.office.inbox_folder
    (folder / "surat.pdf").unlink()
    desk.office.drop("surat.pdf", LETTER)
    os.utime(folder / "surat.pdf", (1_795_000_000, 1_795_000_000))
    desk.office.run_once()

    assert came(desk.office) == [("map", "")]


def test_a_file_that_was_written_to_after_it_was_sent_is_not_its_senders(desk):
    send(desk, "siti", "surat.pdf", LETTER)
    path = desk.office.inbox_folder / "surat.pdf"
    before = path.stat()
    path.write_bytes(b"Surat Z %%EOF")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    desk.office.run_once()

    assert came(desk.office) == [("map", "")]


def test_what_was_noted_and_never_landed_is_not_put_on_a_later_file_with_the_same_bytes(tmp_path):
    office = FakeOffice(tmp_path / "kantor")
    writing = office.root.uploads("inbox").begin("surat.pdf")
    writing.write(memoryview(LETTER))
    sent = writing.finished("berkas")

    class Killed(Exception):
        pass

    def killed(folder):
        raise Killed

    class Half:
        name, size, gap, sha256, mark, land = "surat.pdf", 7, "", sent.sha256, sent.mark, staticmethod(killed)

    with pytest.raises(Killed):
        dropped([Half()], SITI.delivery(DESK, office.clock.now()), office.root.ledger)
    office.root.uploads("inbox").sweep()
    office.drop("surat.pdf", LETTER)
    office.run_once()

    assert came(office) == [("map", "")]


def test_a_file_whose_sender_cannot_be_noted_is_not_taken(tmp_path):
    office = FakeOffice(tmp_path / "kantor")
    writing = office.root.uploads("inbox").begin("surat.pdf")
    writing.write(memoryview(LETTER))

    class Full:
        def note(self, line):
            raise Passing("Cakram penuh.", "Kosongkan.")

    with pytest.raises(Passing):
        dropped([writing.finished("berkas")], SITI.delivery(DESK, office.clock.now()), Full())

    assert office.inbox.files() == []


def test_each_part_of_a_scan_and_a_file_for_a_case_say_who_sent_them(desk):
    send(desk, "siti", "berkas.pdf", b"PAGES\n-\n===\n-%%EOF")
    desk.office.run_once()
    send(desk, "rani", "bukti.pdf", b"Bukti %%EOF", f"/kasus/{FIRST}/lampiran")
    desk.office.run_once()

    assert (came(desk.office), came(desk.office, SECOND)) == ([("meja", "siti")], [("meja", "siti")])
    (attached,) = desk.office.root.cabinet.case(FIRST).attachments
    assert brought(attached) == [("meja", "rani")]


def test_who_says_what_becomes_of_a_file_stands_beside_who_brought_it(desk):
    desk.office.drop("surat.pdf", LETTER)
    desk.office.run_once()
    desk.office.drop("bukti.pdf", b"Bukti")
    send(desk, "siti", "surat-2.pdf", LETTER)  # a twin of the complaint, which is set aside
    rani = desk.come_in("rani")
    rani.post_form("/kotak-masuk/lampirkan", {"berkas": "bukti.pdf", "nomor": str(FIRST)}, page="/kotak-masuk")
    desk.office.run_once()
    rani.post_form("/kotak-masuk/ulangi", {"berkas": "surat-2.pdf"}, page="/kotak-masuk")

    (attached,) = desk.office.root.cabinet.case(FIRST).attachments
    assert brought(attached) == [
        ("map", ""),
        ("dilampirkan", "rani"),
    ]
    (again,) = [e for e in desk.office.root.inbox_view(AskedFor.ALL).entries if e.name == "surat-2.pdf"]
    assert (again.state, brought(again)) == (State.WAITING, [("meja", "siti"), ("dikembalikan", "rani")])


def test_what_was_said_of_a_file_counts_only_where_it_was_sent_to(desk):
    for text in (LETTER, b"Surat B"):
        desk.office.drop(f"{text[-1:].decode()}.pdf", text)
    desk.office.run_once()
    desk.office.drop("bukti.pdf", b"Bukti")
    mailroom = desk.office.root.mailroom()
    mailroom.attach("bukti.pdf", FIRST, Actor("", "rani"))
    mailroom.attach(f"{FIRST.key}/bukti.pdf", SECOND, Actor("", "siti"))
    desk.office.run_once()

    (attached,) = desk.office.root.cabinet.case(SECOND).attachments
    assert brought(attached) == [
        ("map", ""),
        ("dilampirkan", "siti"),
    ]
    assert desk.office.root.cabinet.case(FIRST).attachments == ()


def test_a_program_is_named_with_the_owner_of_its_token(desk):
    now = desk.clock.now()
    token = desk.people.tokens.make("gerbang", "tim-yankomas", now.date(), "siti", now, owner="siti")
    answer = desk.stranger().post(
        "/api/kotak-masuk",
        files=[("berkas", ("a.pdf", LETTER))],
        headers={"authorization": f"Bearer {token}", "host": "127.0.0.1:8017"},
    )
    assert answer.status_code == 202, answer.text
    desk.office.run_once()

    (delivery,) = desk.office.root.cabinet.case(FIRST).received.deliveries
    assert (delivery.way, delivery.login[:6], delivery.account) == ("api", "token-", "siti")
