"""Books held against one another: inbox account and numbers, accounts and access log; what is in force is kept."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from hashlib import sha256

import pytest
from argon2 import PasswordHasher
from case_factory import case_of, received
from offices import FakeOffice
from people_rows import cheap
from test_verify import WORKED_ON
from usual_standing import USUAL
from web_desk import PASSWORD, WebDesk

from pipeline.access.account_details import lock
from pipeline.access.accounts import held
from pipeline.access.credentials import make_token
from pipeline.access.grant_parts import GrantParts
from pipeline.access.granting import give_roles, make_account
from pipeline.access.store.account_states import account_states
from pipeline.access.store.password_hashes import Passwords
from pipeline.access.store.people import SqlitePeople
from pipeline.cases.actor import Actor
from pipeline.cases.case_number import CaseNumber, read_number
from pipeline.evidence.store.states import recorded_states
from pipeline.evidence.store.verify_books import InboxNumbers
from pipeline.intake.deposit import deposit
from pipeline.intake.store.ledger import from_journals
from pipeline.storage.blobs import TypedText
from pipeline.wiring import Root

FIRST, SECOND, THIRD, FOURTH = (CaseNumber(2026, n) for n in (1, 2, 3, 4))


def found(root) -> set[tuple[str, str]]:
    return {(f.where, f.code) for f in Root(root.layout.root).verify(lambda _done, _all: None)}


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    office = FakeOffice(tmp_path_factory.mktemp("buku") / "kantor")
    for letter in (b"Surat A", b"Surat B", b"Surat C"):
        office.drop("scan.pdf", letter)
        office.run_once()
        office.clock.forward(days=1)
    return office


@pytest.fixture
def office(finished, tmp_path):
    shutil.copytree(finished.root.layout.root, tmp_path / "kantor", copy_function=shutil.copy2, ignore=WORKED_ON)
    office = FakeOffice(tmp_path / "kantor")
    office.clock.at = finished.clock.at
    return office


def without_a_trace(office, number):
    """Take the newest case away as who has the whole machine: with its witnesses, its row, its number and the seals."""
    layout = office.root.layout
    shutil.rmtree(layout.case(number))
    lines = layout.changes.read_bytes().splitlines(keepends=True)
    layout.changes.write_bytes(b"".join(line for line in lines if not line.startswith(str(number).encode())))
    before = office.root.case(CaseNumber(number.year, number.serial - 1)).registered_at
    layout.highest(number.year).write_text(f"{number.serial - 1} {before.isoformat()}\n")
    shutil.rmtree(layout.seals)
    layout.last_seal.unlink()
    for path in layout.state.glob("*"):
        path.unlink() if path.is_file() else shutil.rmtree(path)
    Root(layout.root).book.rebuild()


def test_a_case_that_was_removed_without_a_trace_is_still_in_the_inbox_account(office):
    without_a_trace(office, THIRD)

    assert found(office.root) == {("2026/0003", "nomor")}


def test_a_number_that_was_given_again_after_that_is_of_two_files(office):
    without_a_trace(office, THIRD)
    again = FakeOffice(office.root.layout.root)
    again.clock.at = office.clock.at
    again.drop("scan.pdf", b"Surat pengganti")
    again.run_once()

    facts = {(f.where, f.fact) for f in Root(again.root.layout.root).verify(lambda _done, _all: None)}

    assert ("2026/0003", "Buku kotak masuk memberi nomor ini kepada dua berkas.") in facts


def handed_over(office):
    """Take a letter in that an agent at a remote office hands over."""
    root, letter = office.root, TypedText("surat.pdf", b"%PDF-1.4\nSurat jauh\n%%EOF\n")
    into = {"parts": office.receive_parts, "account": root.ledger, "attempts": root.attempts}
    deposit("0123456789abcdef", letter, folder="", claimed_at=None, by=Actor("", "token-1"), **into)


def test_a_case_of_a_remote_office_that_was_removed_without_a_trace_is_in_the_inbox_account_too(office):
    handed_over(office)
    assert found(office.root) == set()

    without_a_trace(office, FOURTH)

    assert found(office.root) == {("2026/0004", "nomor")}


def test_a_lost_account_is_written_anew_from_journals_for_remote_offices_too(office):
    handed_over(office)
    given = sorted(office.root.ledger.given())

    told = from_journals(office.root.cabinet.cases())

    assert sorted((read_number(part.number), one.taken.claim) for one in told for part in one.parts) == given


@pytest.mark.parametrize(
    ("claim", "sound"),
    [
        ("0123456789abcdef", True),
        ("0123456789abcdef-3", True),
        ("titipan-0123456789abcdef", False),
        ("buku-lama-2026-0001", False),
        ("pindah-7-1", False),
        ("fedcba9876543210", False),
    ],
)
def test_a_case_of_another_claim_than_its_number_was_given_for_is_named_whatever_its_kind(claim, sound):
    case = case_of(first=received(claim=claim))
    numbers = InboxNumbers([(case.number, "0123456789abcdef")])

    assert [finding.code for finding in numbers.case(case)] == ([] if sound else ["nomor"])
    assert list(numbers.findings()) == []


@pytest.mark.parametrize("book", ["archive/akses/2026-11.jsonl", "archive/.kotak-masuk/2026.jsonl"])
@pytest.mark.parametrize("what", ["tail", "all", "line"])
def test_sealed_lines_of_a_book_are_missed_also_after_the_office_has_gone_on(office, book, what):
    office.root.access_log.append(office.clock.now(), "siti", "GET /register", ("arsiparis",))
    office.root.access_log.append(office.clock.now(), "budi", "GET /register", ("arsiparis",))
    office.root.seals.seal_now(office.clock.now())
    path = office.root.layout.root / book
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes({"tail": b"".join(lines[:-1]), "all": b"", "line": b"".join(lines[1:])}[what])
    where = (book.removeprefix("archive/"), "buku-segel")
    assert where in found(office.root)

    office.clock.forward(days=1)
    office.root.access_log.append(office.clock.now(), "tono", "GET /register", ("arsiparis",))
    FakeOffice(office.root.layout.root).root.seals.seal_now(office.clock.now())

    assert where in found(office.root)


def test_a_whole_book_that_was_taken_away_is_missed(office):
    shutil.rmtree(office.root.layout.ledger)

    assert (".kotak-masuk/2026.jsonl", "buku-segel") in found(office.root)


class Desk:
    """An office with people at the desk, sealed."""

    def __init__(self, folder) -> None:
        self.desk = WebDesk(folder)
        self.root = self.desk.office.root
        self.desk.account("admin.rekaan", "admin")
        self.seal()

    def seal(self) -> None:
        self.root.seals.seal_now(self.desk.clock.now())

    @property
    def parts(self) -> GrantParts:
        def note(about: str) -> None:
            self.root.access_log.append(self.desk.clock.now(), "admin.rekaan", "POST /akun", ("admin",), about=about)

        return GrantParts(self.desk.people, (), self.desk.clock.now(), note, USUAL)

    def past_the_program(self, statement: str) -> None:
        with closing(sqlite3.connect(self.root.layout.people / "akun.sqlite3")) as rows:
            rows.execute(statement)
            rows.commit()


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path / "kantor")
    make_account("siti", "Siti Rekaan", "", [held("arsiparis")], by="admin.rekaan", parts=desk.parts)
    desk.seal()
    yield desk
    desk.desk.app.state.desk.close()


@pytest.mark.parametrize("sealed", [False, True])
def test_accounts_that_are_changed_by_the_program_are_accounted_for(desk, sealed):
    give_roles("siti", [held("tim-yankomas")], by="admin.rekaan", parts=desk.parts)
    lock("siti", locked=True, by="admin.rekaan", parts=desk.parts)
    make_token("Pemindai", "tim-yankomas", desk.desk.clock.now().date(), "", by="admin.rekaan", parts=desk.parts)
    if sealed:
        desk.seal()

    assert found(desk.root) == set()


def test_who_changes_their_own_password_is_in_the_access_log(desk):
    browser = desk.desk.browser("kabid")
    desk.seal()

    new = "lima kata acak yang lain"
    answer = browser.post_form(
        "/profil/sandi", {"sandi": PASSWORD, "sandi_baru": new, "sandi_lagi": new}, page="/profil"
    )

    assert answer.status_code == 303
    desk.seal()
    assert desk.root.access_log.entries("2026-11")[-1].data["about"] == "kabid"
    assert [f for f in found(desk.root) if "kabid" in f[0]] == []


@pytest.mark.parametrize("sealed", [False, True])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE account SET password = 'lain' WHERE login = 'siti'",
        "UPDATE account SET nip = '1970' WHERE login = 'siti'",
        "UPDATE account SET locked = 1 WHERE login = 'siti'",
        "INSERT INTO held_role VALUES ('siti', 'admin', '2020-01-01', '2099-01-01')",
        "DELETE FROM held_role WHERE login = 'siti'",
        "INSERT INTO account (login, name, nip, made) VALUES ('hantu', 'Hantu', '', 0)",
        "INSERT INTO token (digest, label, role, ends, made_by) VALUES (x'00', 'x', 'kakanwil', 9e9, 'admin')",
    ],
)
def test_an_account_that_was_changed_past_the_program_is_found_also_once_that_is_sealed(desk, statement, sealed):
    desk.seal()
    desk.past_the_program(statement)
    if sealed:
        desk.desk.clock.forward(minutes=5)
        desk.seal()

    assert found(desk.root) == {(".akun", "akun")}


def come_in_by_dearer_hashes(desk, password):
    """Come in at the desk of a later version, whose hashes cost more."""
    dearer = Passwords(PasswordHasher(time_cost=2, memory_cost=8, parallelism=1))
    with closing(SqlitePeople(desk.root.layout.people, dearer, desk.root.access_log)) as people:
        people.sign_in("admin.rekaan", password, "10.0.0.7", desk.desk.clock.now())


@pytest.mark.parametrize("sealed", [False, True])
def test_a_password_that_is_only_hashed_anew_accuses_nobody(desk, sealed):
    before = account_states(desk.root.layout.people)["akun admin.rekaan"]
    come_in_by_dearer_hashes(desk, PASSWORD)
    if sealed:
        desk.seal()

    assert account_states(desk.root.layout.people)["akun admin.rekaan"] != before
    assert found(desk.root) == set()


@pytest.mark.parametrize("sealed", [False, True])
def test_a_password_that_was_changed_past_the_program_is_found_also_when_it_is_hashed_anew(desk, sealed):
    other = "lima kata yang lain lagi"
    hashed = cheap().hashed(other, "admin.rekaan")
    desk.past_the_program(f"UPDATE account SET password = '{hashed}' WHERE login = 'admin.rekaan'")
    come_in_by_dearer_hashes(desk, other)
    if sealed:
        desk.seal()

    assert found(desk.root) == {(".akun", "akun")}


def test_what_is_in_force_is_kept_with_its_day_and_every_version(desk):
    layout, now = desk.root.layout, desk.desk.clock.now()
    template = layout.templates / "03-lembar-disposisi.docx"
    before = template.read_bytes()
    template.write_bytes(before + b"lain")
    desk.desk.clock.forward(days=1)
    desk.seal()

    states = [state for state, _ in recorded_states(layout) if state.what == "templat 03-lembar-disposisi.docx"]
    kinds = {state.what.partition(" ")[0] for state, _ in recorded_states(layout)}

    assert [state.at for state in states] == [now, now + timedelta(days=1)]
    assert [(layout.states / state.sha256).read_bytes() for state in states] == [before, before + b"lain"]
    assert {"akun", "sop", "templat", "pengaturan", "kunci"} <= kinds
    sop = next(state for state, _ in recorded_states(layout) if state.what == "sop 2024-05-06")
    assert "moves.toml" in json.loads((layout.states / sop.sha256).read_bytes())
    assert found(desk.root) == set()


def test_a_template_that_was_changed_and_dated_back_is_noted_by_who_looked_at_it_before(desk):
    template = desk.root.layout.templates / "03-lembar-disposisi.docx"
    dated, before = template.stat(), template.read_bytes()
    template.write_bytes(before[:-1] + b"x")
    os.utime(template, ns=(dated.st_atime_ns, dated.st_mtime_ns))
    desk.desk.clock.forward(days=1)
    desk.seal()

    states = [state for state, _ in recorded_states(desk.root.layout) if state.what == f"templat {template.name}"]

    assert [state.sha256 for state in states] == [sha256(data).hexdigest() for data in (before, template.read_bytes())]


def test_a_template_that_was_changed_is_noted_also_where_a_service_has_one_that_is_called_alike(desk):
    template = desk.root.layout.templates / "03-lembar-disposisi.docx"
    copies = desk.root.layout.services / "rekaan" / "templat"
    copies.mkdir(parents=True)
    shutil.copy2(template, copies)
    template.write_bytes(template.read_bytes() + b"lain")
    desk.seal()

    last = {state.what: state.sha256 for state, _ in recorded_states(desk.root.layout)}

    assert last[f"templat {template.name}"] == sha256(template.read_bytes()).hexdigest()
    assert last[f"templat rekaan/{template.name}"] == sha256((copies / template.name).read_bytes()).hexdigest()


def test_what_was_in_force_cannot_be_taken_out_of_the_record_or_changed_there(desk):
    layout = desk.root.layout
    version = next(path for path in layout.states.iterdir() if len(path.name) == 64)
    text = version.read_bytes()

    version.write_bytes(text + b" ")
    assert (f".keadaan/{version.name}", "keadaan") in found(desk.root)
    version.unlink()
    assert (f".keadaan/{version.name}", "keadaan") in found(desk.root)
    version.write_bytes(text)
    assert found(desk.root) == set()


def test_nothing_that_stays_as_it_is_is_noted_twice(desk):
    before = desk.root.seals.last()

    desk.desk.clock.forward(days=1)
    desk.seal()

    assert desk.root.seals.last() == before


def test_a_kept_version_that_became_a_link_is_found(office):
    kept = next(path for path in sorted(office.root.layout.states.iterdir()) if len(path.name) == 64)
    kept.rename(office.root.layout.root / "luar")
    kept.symlink_to(office.root.layout.root / "luar")

    assert (f".keadaan/{kept.name}", "tautan") in found(office.root)
