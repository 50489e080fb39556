"""An office at work while a later version brings its database on: nothing is done with it, and everybody is told."""

from __future__ import annotations

import threading
from contextlib import contextmanager

import central_office
import psycopg
import pytest
from patience import until
from web_desk import WebDesk
from worker_signs import form_of

from pipeline.desk.desk import Desk
from pipeline.desk.faults import away_meanwhile
from pipeline.errors import ArchiveFault, Busy, Passing, Uncertain
from pipeline.storage import postgres
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_faults import away

WORDS = "lebih lama daripada basis data kantor"


@pytest.fixture
def desk(tmp_path, central, monkeypatch):
    """The desk of an office whose connections look at the form each time."""
    monkeypatch.setattr(postgres, "_FRESH", -1.0)
    central_office.made(tmp_path / "kantor", central)
    desk = WebDesk(tmp_path / "kantor", central_office.opened)
    desk.account("siti", "tim-yankomas")
    return desk


@pytest.fixture
def later(desk, central):
    """Have the office's database be of a later form while the context lasts."""
    with psycopg.connect(central.database, autocommit=True) as owner:
        yield lambda: form_of(owner, desk.office.root.central_plan.office, 99)


@pytest.fixture(params=["a later form", "away", "away but for who is there"])
def out_of_reach(request, later, monkeypatch):
    """What keeps the database out of the desk's reach while the context lasts; what is said of it, and of forms."""
    not_taken = "Yang Anda kirim belum diterima."
    if request.param == "a later form":
        return later, WORDS, not_taken

    @contextmanager
    def gone():
        """Have nobody reach it; or, who is there being known, whatever is asked after that."""
        is_known = threading.Event()
        if request.param == "away":
            is_known.set()

        def visitor(desk, asked):
            found = known(desk, asked)
            is_known.set()
            return found

        def connected(database):
            if is_known.is_set():
                raise away("tidak dapat dihubungi")
            return reached(database)

        known, reached = Desk.visitor, Database._connected
        with monkeypatch.context() as patch:
            patch.setattr(Desk, "visitor", visitor)
            patch.setattr(Database, "_connected", connected)
            yield

    not_certain = "Belum pasti yang Anda kirim diterima."
    return gone, "tidak dapat dihubungi", not_taken if request.param == "away" else not_certain


def test_its_desk_shows_and_takes_nothing_and_says_why_in_words(desk, out_of_reach):
    gone, words, said = out_of_reach
    browser = desk.come_in("siti")
    sent = {"csrf": browser.token("/buka/lisan"), "i.perihal": "Tanah", "i.terlapor": "Instansi", "i.uraian": "Uraian"}
    sent["i.pelapor.1.nama"] = "Siti Rekaan"

    with gone():
        shown = browser.get("/register")
    with gone():
        taken = browser.post("/buka/lisan", data=sent)

    assert (shown.status_code, taken.status_code) == (503, 503)
    assert words in shown.text
    assert words in taken.text
    assert shown.headers["refresh"] == "5"
    assert "refresh" not in taken.headers
    assert said in taken.text
    assert desk.office.root.cabinet.numbers() == []
    assert browser.post("/buka/lisan", data=sent).status_code == 303


@pytest.mark.parametrize("sends", [False, True])
def test_of_what_went_wrong_before_it_went_away_no_more_is_told_than_ever(sends):
    gone = away("tidak dapat dihubungi")

    def told(fault):
        return away_meanwhile(fault, gone, sends=sends).body.decode()

    assert "Basis data pusat tidak dapat dihubungi." in told(ArchiveFault("Map /srv/kantor/2026 rusak.", "Pulihkan."))
    assert "/srv" not in told(ArchiveFault("Map /srv/kantor/2026 rusak.", "Pulihkan."))
    assert "Perkara sedang dipakai." in told(Busy("Perkara sedang dipakai.", "Tunggu."))
    assert "Lihat dahulu keadaannya; ulangi" in told(Uncertain("Putus.", "Lihat dahulu keadaannya; ulangi bila perlu."))


def test_programs_are_told_so_too(desk, later):
    token = desk.people.tokens.make("program", "kabid", desk.clock.now().date(), "siti", desk.clock.now())
    with later():
        answer = desk.stranger().get("/api/kasus", headers={"authorization": f"Bearer {token}"})

    assert (answer.status_code, answer.json()["code"], WORDS in answer.text) == (503, "sementara", True)


def test_while_it_can_only_be_read_nobody_sees_what_could_not_be_noted_and_is_told_why(desk, central):
    browser, name = desk.come_in("siti"), desk.office.root.central_plan.office
    role = f"kantor_{name}"
    with psycopg.connect(central.database, autocommit=True) as owner:
        owner.execute(f"ALTER ROLE {role} SET default_transaction_read_only = on".encode())
        owner.execute("SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity WHERE usename = %s", (role,))
        shown = browser.get("/register")
        owner.execute(f"ALTER ROLE {role} RESET default_transaction_read_only".encode())
        owner.execute("SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity WHERE usename = %s", (role,))

    assert (shown.status_code, "Basis data pusat sedang hanya dapat dibaca." in shown.text) == (503, True)
    assert browser.get("/register").status_code == 200


def test_letters_wait_in_its_inbox_and_get_their_numbers_afterwards(desk, later, caplog):
    office = desk.office
    with central_office.at_work(office):
        central_office.drop(office, "tanah")
        until(lambda: len(office.root.cabinet.numbers()) == 1)
        with later():
            central_office.drop(office, "upah")
            until(lambda: f"tertunda: Program yang sedang berjalan ini {WORDS}" in caplog.text)
            with pytest.raises(Passing, match=WORDS):
                office.root.cabinet.numbers()
        until(lambda: len(office.root.cabinet.numbers()) == 2 and not office.root.cabinet.open_cases())

    central_office.require_whole(office, 2)
