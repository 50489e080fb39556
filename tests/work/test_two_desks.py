"""Two desks of one office of the centre, each with a folder of its own: whoever comes in at one is in at the other."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading

import central_office
import httpx
import pytest
from fakes import MORNING
from free_ports import free_port
from patience import PATIENCE, until
from people_rows import ASKED, GOOD, IN_PLACE, as_sets, lived_in
from web_desk import Browser, WebDesk

from pipeline.access.accounts import held
from pipeline.access.drafts import Draft
from pipeline.access.store.account_keys import FolderDrawers
from pipeline.access.store.drafts import KeptDrafts
from pipeline.access.store.people import SqlitePeople
from pipeline.access.store.people_file import FILE
from pipeline.access.store.people_moves import people_of_file
from pipeline.access.store.postgres_people_moves import central_people
from pipeline.backup.store import centre
from pipeline.cli import main
from pipeline.desk.app import create_app
from pipeline.errors import NotAllowed, Passing, SettingsFault
from pipeline.office.store.handovers import FILE as HANDED_OVER
from pipeline.office.store.handovers import HandoverFile
from pipeline.office.store.postgres_keys import OfficeKeyring
from pipeline.privacy.store.matter_books import REQUESTS, MatterFile
from pipeline.storage.postgres import Database
from pipeline.storage.taking_over import UNUSED
from pipeline.survey.store.survey_files import SurveyFiles
from pipeline.survey.tally import BATCH
from pipeline.wiring import central_persons, following, office_in
from pipeline.wiring.processes import supervision
from pipeline.wiring.tending import TendingRoot
from pipeline.work.engines import doctor
from pipeline.work.engines.doctor_central import folder_check
from pipeline.work.ports import Check

YANKOMAS = [sys.executable, "-m", "pipeline.cli"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


@pytest.fixture
def desks(tmp_path, central):
    """The desk of an office, and another of it with a copy of its folder."""
    first, second = tmp_path / "satu", tmp_path / "dua"
    central_office.made(first, central)
    shutil.copytree(first, second)
    here = WebDesk(first, central_office.opened)
    here.account("siti", "tim-yankomas")
    here.account("ani", "admin")
    here.account("ina", "admin")
    return here, WebDesk(second, central_office.opened)


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

    done = subprocess.run(
        [*YANKOMAS, "--root", str(there.office.root.layout.root), "akun", "kunci", "siti"],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert browser.get("/register").status_code == 303


HANDED = {"peran": "kabid", "kepada": "dewi", "sebagai": "Plh.", "mulai": "2026-11-25", "sampai": "2026-11-27"}


def test_who_was_handed_a_role_at_one_desk_acts_in_it_at_the_other_until_it_is_taken_back_there(desks):
    here, there = desks
    for login, role in (("budi", "kabid"), ("dewi", "kadiv")):
        here.account(login, role, name=f"{login.title()} Rekaan")
        here.people.accounts.take(login, [role], MORNING)
    deputy, acting = there.come_in("dewi"), "Anda bertindak sebagai"
    assert acting not in deputy.get("/").text

    assert here.come_in("budi").post_form("/alih-tugas", HANDED).status_code == 303
    assert acting in deputy.get("/").text
    assert there.come_in("budi").post_form("/alih-tugas/tarik", {"nomor": "1"}, page="/alih-tugas").status_code == 303

    assert acting not in here.come_in("dewi").get("/").text
    assert [h.taken_back_by for h in here.office.root.handovers.all()] == ["budi"]
    assert not list(here.office.root.layout.people.glob("alih*"))


def test_what_is_said_or_asked_at_one_desk_is_known_at_the_other(desks):
    here, there = (desk.app.state.desk.root for desk in desks)
    here.survey.drop("K1", GOOD, MORNING.date())
    here.person_requests.add(lambda _: ASKED)

    assert there.survey.has_answered("K1")
    assert list(there.person_requests.lines()) == [ASKED]
    with pytest.raises(NotAllowed, match="sudah diisi"):
        there.survey.drop("K1", GOOD, MORNING.date())
    assert not here.layout.survey.exists()
    assert not here.layout.privacy.exists()


ORAL = "/buka/lisan"


def test_what_is_being_typed_at_one_desk_stands_in_its_form_at_the_other(desks):
    here, there = desks
    browser = here.come_in("siti")
    form = {"i.uraian": "Tanah Siti Rekaan", "formulir": ORAL, "asal": ORAL}

    assert browser.post_form("/ketikan", form, page=ORAL).status_code == 200

    assert "Tanah Siti Rekaan" in there.come_in("siti").get(ORAL).text
    assert "Tanah Siti Rekaan" in browser.get(ORAL).text
    assert not (here.office.root.layout.people / "ketikan").exists()


@pytest.fixture
def of_before(tmp_path, central):
    """An office of the centre whose people lay in its folder when it was sealed last, and all that their file had."""
    folder = tmp_path / "kantor"
    office = central_office.made(folder, central)
    file = SqlitePeople(office.root.layout.people)
    keys = lived_in(file)
    office.root.states._accounts = lambda: account_states(office.root.layout.people)
    HandoverFile(office.root.layout.people / HANDED_OVER, office.root.layout.locks / "alih-tugas").enter(IN_PLACE, [])
    box = SurveyFiles(office.root.layout, lambda: office.root.keys.key("kode-status"))
    for n in range(BATCH):
        box.drop(f"K{n}", GOOD, MORNING.date())
    MatterFile(office.root.layout, REQUESTS).add(lambda _: ASKED)
    sealed = {part.book for part in office.root.seals.seal_now(office.clock.now()).books}
    assert {".akun/alih-tugas.jsonl", *OF_PERSONS} <= sealed
    return folder, keys, as_sets(people_of_file(folder / ".akun" / FILE))


OF_PERSONS = ("archive/.ikm/daftar.jsonl", "archive/.data-pribadi/permintaan/daftar.jsonl")


def account_states(folder):
    from pipeline.access.store.account_states import account_states

    return account_states(folder)


def told_by_the_doctor(root, monkeypatch):
    """What the doctor says, but of engines and templates: it tries and prints them all, which takes seconds."""
    for tried in ("_confinement", "template_checks"):
        monkeypatch.setattr(doctor, tried, lambda *_: ())
    for tried in ("drawing_check", "libreoffice_check", "printing_check"):
        monkeypatch.setattr(doctor, tried, lambda *_: Check("Mesin", good=True, fact="tidak dicoba"))
    return {check.thing: check for check in root.examine()}


def test_an_office_that_is_at_work_takes_its_people_over_and_verify_finds_nothing(of_before, monkeypatch):
    folder, keys, told = of_before

    root = office_in(folder)

    assert root.people.present(keys["session"], MORNING)[1].login == "siti"
    assert as_sets(central_people(root.database)) == told
    assert as_sets(people_of_file(folder / "arsip-sebelum-pusat" / FILE)) == told
    assert root.verify(lambda _done, _all: None) == []
    assert [h.name for h in root.handovers.all()] == ["Siti Rekaan"]
    assert root.verify(lambda _done, _all: None) == []
    assert not list((folder / ".akun").glob("a*"))
    assert told_by_the_doctor(root, monkeypatch)["Akun"].good
    root.database.close()


def test_a_desk_takes_over_what_people_said_and_asked_before_it_serves_anybody(of_before):
    folder = of_before[0]
    root = office_in(folder)
    root.prepare()

    of_before = KeptDrafts(FolderDrawers(folder / ".akun" / "ketikan", root.keys))
    of_before.keep("siti", Draft(ORAL, ORAL, MORNING, (("i.ringkasan", "Tanah"),)))
    with root.alone_at_desk(supervision()):
        assert [one.form for one in root.drafts.all("siti")] == [ORAL]
        assert not list((folder / ".akun" / "ketikan").iterdir())
        assert not any((folder / book).exists() for book in OF_PERSONS)
        assert [list(root.person_requests.lines()), root.survey.has_answered("K1")] == [[ASKED], True]
    assert [batch.count for batch in root.survey.batches()] == [BATCH]
    root.people  # noqa: B018 - they are taken over too, so that verify knows them
    assert root.verify(lambda _done, _all: None) == []
    assert {*OF_PERSONS} <= {*root.sealed_books.names()}
    root.database.close()


def test_what_the_centre_did_not_take_as_the_desk_began_is_brought_once_it_does(of_before, monkeypatch):
    folder = of_before[0]
    root = office_in(folder)
    root.prepare()
    KeptDrafts(FolderDrawers(folder / ".akun" / "ketikan", root.keys)).keep(
        "siti", Draft(ORAL, ORAL, MORNING, (("i.ringkasan", "Tanah"),))
    )
    monkeypatch.setattr(central_persons, "_AGAIN", 0.01)
    whole, away = Database.transaction, threading.Event()

    def transaction(database):
        if away.is_set():
            raise Passing("Basis data pusat tidak dapat dihubungi.", "Tunggu.")
        return whole(database)

    monkeypatch.setattr(Database, "transaction", transaction)
    away.set()
    with root.alone_at_desk(supervision()):
        assert list((folder / ".akun" / "ketikan").iterdir())
        away.clear()
        until(lambda: not list((folder / ".akun" / "ketikan").iterdir()))
        assert [one.form for one in root.drafts.all("siti")] == [ORAL]
    assert not [one for one in threading.enumerate() if one.name == "bawaan folder"]
    root.database.close()


def test_a_second_folder_waits_for_the_one_from_which_the_office_is_run(of_before, tmp_path):
    folder, keys, told = of_before
    shutil.copytree(folder, tmp_path / "dua")
    second = office_in(tmp_path / "dua")

    with pytest.raises(SettingsFault, match="tidak diambil dari folder ini: kantor ini dijalankan dari"):
        _ = second.people
    with pytest.raises(SettingsFault, match="Pengalihan tugas kantor ini belum ada di pusat"):
        second.handovers.take_back(1, "budi", MORNING)
    with pytest.raises(SettingsFault, match="Catatan data pribadi kantor ini belum ada di pusat"):
        second.person_requests.add(lambda _: ASKED)
    with pytest.raises(SettingsFault, match="Survei kantor ini belum ada di pusat"):
        _ = second.survey
    assert [h.name for h in second.handovers.all()] == ["Siti Rekaan"]
    assert list(second.person_requests.lines()) == [ASKED]
    assert (second.closed_logs, list(second.survey_faults())) == ({}, [])
    assert central_people(second.database) is None
    first = office_in(folder)
    assert [h.taken_back_by for h in (first.handovers.take_back(1, "budi", MORNING), *second.handovers.all())] == [
        "budi"
    ] * 2
    assert first.people.accounts.account("siti")

    assert second.people.present(keys["session"], MORNING)
    assert as_sets(central_people(second.database)) == told
    (aside,) = (tmp_path / "dua").glob(f"arsip-sebelum-pusat*/{UNUSED}{FILE}")
    assert as_sets(people_of_file(aside)) == told
    for root in (first, second):
        root.database.close()


# Keys.


def with_other_keys(root, *names: str) -> None:
    """Give a folder keys of its own, as if it had made them when it was first worked with."""
    for name in names:
        (root.layout.keys / name).write_bytes(name.encode().ljust(32))
        (root.layout.key_marks / name).unlink(missing_ok=True)


def test_a_desk_with_other_keys_than_the_office_s_is_not_opened_nor_its_inbox_worked_off(desks, monkeypatch):
    here, there = (desk.office.root for desk in desks)
    with_other_keys(there, "segel", "kode-status")
    (there.layout.keys / "ketikan").unlink()
    other = office_in(there.layout.root)

    told = told_by_the_doctor(other, monkeypatch)["Kunci kantor"]
    for start in (create_app, lambda root: root.service(lambda _line: None, once=True)):
        with pytest.raises(SettingsFault) as refused:
            start(other)

        assert (
            refused.value.message
            == told.fact
            == (
                f"Kunci ketikan kantor ini tidak ada di mesin ini ({there.layout.keys}). "
                f"Kunci kode-status, segel di mesin ini ({there.layout.keys}) bukan kunci kantor ini."
            )
        )
        assert (
            refused.value.remedy
            == told.remedy
            == (
                f"Salin .kunci/ketikan, .kunci/kode-status, .kunci/segel dari {here.office_folders.run_from()} "
                f"atau cadangannya ke {there.layout.keys} (milik pengguna program ini, chmod 600), lalu jalankan lagi."
            )
        )
    for name in ("ketikan", "kode-status", "segel"):
        shutil.copy2(here.layout.keys / name, there.layout.keys / name)
    assert create_app(other)
    assert told_by_the_doctor(other, monkeypatch)["Kunci kantor"].good
    other.database.close()


@pytest.fixture
def keys_lost(desks, monkeypatch, capsys):
    """Both desks at work, of whose office a person said that a key is lost; no look at the centre is spared."""
    monkeypatch.setattr(following, "_LOOK", -1.0)
    monkeypatch.setattr(following, "_AFTER_FAULT", -1.0)
    here, there = desks
    browsers = (browser := here.come_in("siti")), carried(browser, there)
    assert [browser.get("/register").status_code for browser in browsers] == [200, 200]
    root = here.office.root
    (root.layout.keys / "kode-halaman").unlink()
    assert main(["pusat", "kantor", "di-sini", str(root.layout.root), "--kunci-hilang"]) == 0
    return here, there, browsers


def test_after_keys_were_lost_who_is_at_work_goes_on_with_those_that_it_has_and_else_writes_nothing(keys_lost):
    here, there, (browser, other) = keys_lost
    sent = {"csrf": browser.token("/buka/lisan"), "i.perihal": "Tanah", "i.terlapor": "Instansi", "i.uraian": "Uraian"}
    sent["i.pelapor.1.nama"] = "Siti Rekaan"

    shown, taken = other.get("/register"), other.post("/buka/lisan", data=sent)

    assert (shown.status_code, taken.status_code) == (503, 503)
    assert "Kunci kode-halaman di mesin ini bukan lagi kunci kantor ini" in shown.text
    assert str(there.office.root.layout.root) not in shown.text  # strangers read it too
    assert here.office.root.cabinet.numbers() == []
    assert browser.get("/register").status_code == 200

    shutil.copy2(here.office.root.layout.keys / "kode-halaman", there.office.root.layout.keys / "kode-halaman")

    assert other.get("/register").status_code == 200
    assert other.post("/buka/lisan", data=sent).status_code == 303


def test_after_keys_were_lost_the_inbox_begins_anew_with_those_and_that_of_another_folder_ends_and_says_why(keys_lost):
    here, there, _ = keys_lost
    root = there.office.root

    later = here.office.root.successor()
    assert later is not None  # whatever stamps pages is made anew by it
    assert later.successor() is None
    with pytest.raises(Passing, match="bukan lagi kunci kantor ini; sampai diganti, tidak ada yang ditulis"):
        root.successor()
    with pytest.raises(SettingsFault, match="bukan kunci kantor ini"):
        office_in(root.layout.root).service(lambda _line: None, once=True)


def test_where_the_centre_cannot_say_which_keys_are_the_office_s_the_doctor_says_the_rest(desks, monkeypatch):
    """As right after an update, when `siapkan` was not said yet; the whole doctor once ended there."""

    def away(*_: object) -> None:
        raise Passing("Basis data pusat tidak dapat dihubungi.", "Tunggu.")

    monkeypatch.setattr(OfficeKeyring, "faults", away)

    told = told_by_the_doctor(desks[0].office.root, monkeypatch)

    assert (told["Kunci kantor"].good, told["Kunci kantor"].fact) == (False, "Basis data pusat tidak dapat dihubungi.")
    assert told["SOP"].good


def test_run_says_it_before_it_starts_anything(desks, capsys):
    with_other_keys(desks[1].office.root, "segel")

    assert main(["--root", str(desks[1].office.root.layout.root), "run"]) == SettingsFault.exit_code

    assert "Kunci segel di mesin ini" in capsys.readouterr().err


def test_two_desks_answer_a_status_code_by_one_table_and_no_other_key_makes_it_anew(desks):
    here, there = (desk.office.root for desk in desks)
    number = central_office.registered(desks[0].office, "tanah")
    code = here.cabinet.case(number).received.status_code
    followed = "SELECT program FROM pandangan WHERE nama = 'kode-status'"

    assert here.status_codes.find(code) == there.status_codes.find(code) == number
    made = here.database.row(followed)
    with_other_keys(there, "kode-status")
    other = office_in(there.layout.root)
    with pytest.raises(SettingsFault, match="Kunci kode-status di mesin ini"):
        other.status_codes.find(code)

    assert here.database.row(followed) == made
    other.database.close()


def test_a_folder_with_other_keys_becomes_the_office_s_only_where_its_keys_are_lost_for_good(desks, capsys):
    here, there = (desk.office.root for desk in desks)
    with_other_keys(there, "segel")
    (there.layout.keys / "ketikan").unlink()
    naming = ["pusat", "kantor", "di-sini", str(there.layout.root)]

    assert main(naming) == SettingsFault.exit_code
    said = capsys.readouterr().err
    assert "Salin .kunci/ketikan" in said
    assert f"{there.layout.root}` --kunci-hilang" in said
    assert here.office_folders.is_here()

    assert main([*naming, "--kunci-hilang"]) == 0
    assert f"Kunci kantor ini kini yang ada di {there.layout.root}/.kunci" in capsys.readouterr().out
    first, second = (office_in(root.layout.root) for root in (here, there))
    assert create_app(second)
    with pytest.raises(SettingsFault, match=r"Kunci ketikan, segel di mesin ini .* bukan kunci kantor ini") as refused:
        create_app(first)
    assert f"Salin .kunci/ketikan, .kunci/segel dari {second.office_folders.run_from()}" in refused.value.remedy
    for root in (first, second):
        root.database.close()


def test_only_the_desk_of_another_folder_says_on_its_inbox_that_it_is_not_the_office_s(desks):
    here, there = (desk.come_in("siti").get("/kotak-masuk").text for desk in desks)

    words = "Folder meja ini bukan yang dipakai kantornya: kantor ini dijalankan dari"
    assert (words in here, words in there) == (False, True)
    assert f"yankomas pusat kantor di-sini {desks[1].office.root.layout.root}" in there


def test_settings_changed_where_the_office_is_run_are_told_elsewhere_and_cannot_be_changed_there(desks):
    here, there = desks
    here.office.root.publish_in_force()
    inbox, differs = there.come_in("siti"), "Berbeda dari yang berlaku di kantornya"
    assert differs not in inbox.get("/kotak-masuk").text

    settings = here.office.root.layout.settings
    settings.write_text(settings.read_text().replace("kontak = ", 'kontak = "Telepon rekaan" # ', 1))
    (here.office.root.layout.templates / "logo.png").write_bytes(b"lain")
    here.office.root.publish_in_force()

    other = there.app.state.desk.root
    assert other.unlike_in_force() == "office.toml [kantor], letter_templates/logo.png"
    assert other.unlike_in_force() in folder_check(other.office_folders, MORNING, unlike=other.unlike_in_force).fact
    other.__dict__.pop("_folder_watch", None)  # it looks once in five seconds
    assert f"{differs}: office.toml [kantor], letter_templates/logo.png" in inbox.get("/kotak-masuk").text
    with pytest.raises(SettingsFault, match="Pengaturan kantor tidak diubah di folder ini: kantor ini dijalankan dari"):
        other.office_file.change("kantor", {}, by="ani", at=MORNING, check=lambda _was, _becomes: None)
    assert here.office.root.office_file.values()["kantor"]["kontak"] == "Telepon rekaan"
    other.layout.settings.write_text("[kantor\n")  # somebody is just writing it
    assert other.unlike_in_force() == ""


# An office of which no folder was ever named.


@pytest.fixture
def nameless(of_before, central):
    """An office that was central already and never said from which folder it is run; what its people's file has."""
    folder, keys, told = of_before
    office = office_in(folder)
    with central.as_owner(office.database) as owner, owner.transaction() as running:
        running.execute("SET LOCAL session_replication_role = replica")
        running.execute("DELETE FROM catatan WHERE buku = 'folder'")
    office.database.close()
    return folder, keys, told


def test_it_waits_for_a_word_and_works_meanwhile_and_then_has_its_people(nameless, monkeypatch, capsys):
    folder, keys, told = nameless
    root = office_in(folder)
    with pytest.raises(SettingsFault, match="belum dinyatakan dari folder mana") as refused:
        _ = root.people
    assert f"yankomas pusat kantor di-sini {folder}" in refused.value.remedy
    root.access_log.append(MORNING, "siti", "GET /register", ["kabid"])
    sealed = root.seals.seal_now(MORNING)
    assert [part.book for part in sealed.books] == ["archive/akses/2026-11.jsonl"]
    assert "belum dinyatakan" in told_by_the_doctor(root, monkeypatch)["Akun"].fact
    assert [h.name for h in root.handovers.all()] == ["Siti Rekaan"]  # by which cases go on
    assert "belum dinyatakan" in folder_check(root.office_folders, MORNING).fact
    assert central_people(root.database) is None
    root.database.close()

    assert main(["pusat", "kantor", "di-sini", str(folder)]) == 0

    root = office_in(folder)
    assert root.people.present(keys["session"], MORNING)
    assert as_sets(central_people(root.database)) == told
    assert root.verify(lambda _done, _all: None) == []
    root.database.close()


@pytest.mark.parametrize("lost", [False, True])
def test_who_names_a_folder_without_people_is_told_while_they_are_still_to_come(nameless, lost, capsys):
    folder = nameless[0]
    if lost:
        (folder / ".akun" / FILE).unlink()

    assert main(["pusat", "kantor", "di-sini", str(folder)]) == 0

    assert ("folder ini tidak memuatnya" in capsys.readouterr().out) == lost


def test_at_a_desk_of_several_offices_it_keeps_no_other_from_working(nameless, tmp_path, central):
    folders, port = {"nameless": nameless[0], "lain": tmp_path / "lain"}, free_port()
    central_office.made(folders["lain"], central)
    for name, folder in folders.items():
        settings = folder / "office.toml"
        settings.write_text(settings.read_text().replace("\nnama = []\n", f'\nnama = ["{name}.localhost"]\n'))
    serving = [*YANKOMAS, "pusat", "meja", *map(str, folders.values()), "--port", str(port)]

    with subprocess.Popen(serving, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True) as process:
        try:
            until(lambda: socket.socket().connect_ex(("127.0.0.1", port)) == 0)
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE) as client:
                answers = {name: client.get("/masuk", headers={"host": f"{name}.localhost"}) for name in folders}
        finally:
            process.terminate()
            said = process.communicate(timeout=PATIENCE)[0]

    assert {name: answer.status_code for name, answer in answers.items()} == {"nameless": 503, "lain": 200}
    assert f"{folders['nameless']} tidak dibuka: Akun kantor ini belum ada di pusat" in said
    assert process.returncode == 0


def test_who_looks_after_the_centre_is_told_of_it_when_it_is_prepared(nameless, central, monkeypatch, capsys):
    name, listed = office_in(nameless[0]).central_plan.office, centre.offices
    monkeypatch.setenv("YANKOMAS_PUSAT_PENGELOLA", central.database)
    # Those of other tests are passed over: to prepare them all takes longer than everything else here.
    monkeypatch.setattr(centre, "offices", lambda address: {name: listed(address)[name]})

    assert main(["pusat", "siapkan"]) == 0

    assert f"Belum dinyatakan dari folder mana kantor {name} dijalankan" in capsys.readouterr().out


def test_a_machine_that_only_draws_takes_nobody_over_and_publishes_nothing(of_before, tmp_path):
    folder, _, told = of_before
    shutil.copytree(folder, tmp_path / "pekerja")
    (tmp_path / "pekerja" / "office.toml").write_text((folder / "office.toml").read_text() + "\n# lain\n")
    worker = TendingRoot(tmp_path / "pekerja")
    published = worker.in_force_book.newest()

    worker.keep_in_force()
    with pytest.raises(SettingsFault, match="tidak diambil dari folder ini"):
        _ = worker.people

    assert central_people(worker.database) is None
    assert worker.in_force_book.newest() == published
    assert as_sets(people_of_file(tmp_path / "pekerja" / ".akun" / FILE)) == told
    worker.database.close()


def test_asking_who_there_is_makes_nobody(tmp_path, central):
    office = central_office.made(tmp_path / "kantor", central)

    assert office.root.people.accounts.all() == []
    assert central_people(office.root.database) is None
    office.root.people.accounts.make("siti", "Siti Rekaan", [held("kabid")], MORNING)
    assert central_people(office.root.database) is not None
