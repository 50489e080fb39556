"""Two desks of one office of the centre, each with a folder of its own: whoever comes in at one is in at the other."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import central_office
import pytest
from fakes import MORNING
from people_rows import as_sets, lived_in
from web_desk import Browser, WebDesk

from pipeline.access.accounts import held
from pipeline.access.store.people import FILE, SqlitePeople
from pipeline.access.store.people_moves import people_of_file
from pipeline.access.store.postgres_people_moves import central_people
from pipeline.errors import SettingsFault
from pipeline.wiring import office_in


@pytest.fixture
def desks(tmp_path, central):
    """The desk of an office, and another of it with a copy of its folder."""
    first, second = tmp_path / "satu", tmp_path / "dua"
    central_office.made(first, central)
    shutil.copytree(first, second)
    found = WebDesk(first, central_office.opened), WebDesk(second, central_office.opened)
    found[0].account("siti", "tim-yankomas")
    found[0].account("ani", "admin")
    found[0].account("ina", "admin")
    return found


def carried(browser: Browser, desk: WebDesk) -> Browser:
    """The same browser at another desk: with its cookies."""
    there = desk.stranger()
    there.cookies = browser.cookies
    return there


def test_a_session_of_one_desk_holds_at_the_other_with_its_forms_and_messages(desks):
    here, there = desks
    browser = here.come_in("siti")
    other = carried(browser, there)

    assert other.get("/register").status_code == 200
    here.people.sessions.tell(here.people.sessions.alive(here.clock.now())[0].digest, "baik", "Tersimpan di sana.")
    assert "Tersimpan di sana." in other.get("/").text
    assert other.post("/keluar", data={"csrf": browser.token("/")}).status_code == 303
    assert browser.get("/register").status_code == 303


@pytest.mark.parametrize("act", ["kunci", "sandi"])
def test_what_an_admin_or_the_owner_does_at_one_desk_holds_at_the_next_page_of_the_other(desks, act):
    here, there = desks
    browser, other = here.come_in("siti"), there.come_in("siti")
    assert (browser.get("/register").status_code, other.get("/register").status_code) == (200, 200)

    if act == "kunci":
        assert there.come_in("ani").post_form("/akun/siti/kunci", {"kunci": "ya"}, page="/akun/siti").status_code == 303
    else:
        there.people.accounts.set_password("siti", "lima kata yang lain lagi")

    for one in (browser, other, carried(browser, there), carried(other, here)):
        assert one.get("/register").status_code == 303


def test_a_command_in_another_process_ends_who_is_at_the_desk(desks):
    here, there = desks
    browser = here.come_in("siti")
    assert browser.get("/register").status_code == 200
    yankomas = [sys.executable, "-m", "pipeline.cli", "--root", str(there.office.root.layout.root)]

    done = subprocess.run(
        [*yankomas, "akun", "kunci", "siti"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert browser.get("/register").status_code == 303


@pytest.fixture
def of_before(tmp_path, central):
    """An office of the centre whose people lay in its folder when it was sealed last, and all that their file had."""
    folder = tmp_path / "kantor"
    office = central_office.made(folder, central)
    file = SqlitePeople(office.root.layout.people)
    keys = lived_in(file)
    office.root.states._accounts = lambda: account_states(office.root.layout.people)
    assert office.root.seals.seal_now(office.clock.now())
    return folder, keys, as_sets(people_of_file(folder / ".akun" / FILE))


def account_states(folder):
    from pipeline.access.store.account_states import account_states

    return account_states(folder)


def test_an_office_that_is_at_work_takes_its_people_over_and_verify_finds_nothing(of_before):
    folder, keys, told = of_before

    root = office_in(folder)

    assert root.people.present(keys["session"], MORNING)[1].login == "siti"
    assert as_sets(central_people(root.database)) == told
    assert as_sets(people_of_file(folder / "arsip-sebelum-pusat" / FILE)) == told
    assert root.verify(lambda _done, _all: None) == []
    assert not list((folder / ".akun").glob("akun*"))
    checks = {check.thing: check for check in root.examine()}
    assert checks["Akun"].good
    root.database.close()


def test_a_second_folder_waits_for_the_one_from_which_the_office_is_run(of_before, tmp_path):
    folder, keys, told = of_before
    shutil.copytree(folder, tmp_path / "dua")
    second = office_in(tmp_path / "dua")

    with pytest.raises(SettingsFault, match="tidak diambil dari folder ini: kantor ini dijalankan dari"):
        _ = second.people
    assert central_people(second.database) is None
    first = office_in(folder)
    assert first.people.accounts.account("siti")

    assert second.people.present(keys["session"], MORNING)
    assert as_sets(central_people(second.database)) == told
    assert as_sets(people_of_file(tmp_path / "dua" / "arsip-sebelum-pusat" / FILE)) == told
    for root in (first, second):
        root.database.close()


def test_a_machine_that_only_draws_for_the_office_makes_nobody(tmp_path, central):
    office = central_office.made(tmp_path / "kantor", central)

    assert office.root.people.accounts.all() == []
    assert central_people(office.root.database) is None
    office.root.people.accounts.make("siti", "Siti Rekaan", [held("kabid")], MORNING)
    assert central_people(office.root.database) is not None
