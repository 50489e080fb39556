"""One office has one set of settings, templates and services in use, whichever of its folders somebody works in."""

from __future__ import annotations

import hashlib
import re
import shutil
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import central_office
import pytest
from fakes import MORNING

from pipeline.cli import main
from pipeline.desk import serving
from pipeline.desk.app import create_app
from pipeline.errors import Passing, SettingsFault, YankomasError
from pipeline.letters.in_force import OF_A_MACHINE
from pipeline.letters.template_versions import TakenIntoUse
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_faults import away
from pipeline.wiring import following, office_in
from pipeline.wiring.following import FollowingRoot, PlacedRoot
from pipeline.wiring.tending import TendingRoot
from pipeline.work.services import take_service

RECEIPT = "01-tanda-terima"
SERVICE = "surat-masuk"


@pytest.fixture
def folders(tmp_path, central):
    """The roots of an office's own folder, which has published, and of another folder of it with older templates."""
    here = central_office.made(tmp_path / "satu", central)
    shutil.copytree(tmp_path / "satu", tmp_path / "dua")
    own = here.root.layout
    own.settings.write_text(own.settings.read_text().replace("kontak = ", 'kontak = "Telepon rekaan" # ', 1))
    here = central_office.opened(tmp_path / "satu")
    here.root.publish_in_force()
    there = central_office.opened(tmp_path / "dua")
    return here.root, there.root


def a_version(root, docx: bytes) -> TakenIntoUse:
    """What is noted of a template that is taken into use tomorrow."""
    before = root.template_shelf.read(RECEIPT)
    since = MORNING.date() + timedelta(days=1)
    hashes = [hashlib.sha256(data).hexdigest() for data in (docx, before)]
    return TakenIntoUse(RECEIPT, since, hashes[0], hashes[1], "ani", MORNING)


def raising(fault: Exception):
    """What raises a fault, whatever it is asked."""

    def asked(*_: object) -> None:
        raise fault

    return asked


def files_of(folder) -> dict[str, bytes]:
    """What people see of a folder, without what only works there."""
    there = (path for path in folder.rglob("*") if path.is_file() and ".state" not in path.parts)
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in there}
    return {name: data for name, data in found.items() if not name.startswith(("archive/.locks", ".kunci"))}


def test_another_folder_works_by_the_settings_and_templates_of_the_office_s(folders):
    here, there = folders
    (here.layout.templates / "logo.png").write_bytes(b"logo kantor")
    here.publish_in_force()
    (there.layout.templates / f"{RECEIPT}.docx").write_bytes(b"cetakan lama")
    (there.layout.templates / "lama.png").write_bytes(b"")

    followed = there.as_in_force()

    assert isinstance(followed, FollowingRoot)
    assert followed.template_shelf.read(RECEIPT) == here.template_shelf.read(RECEIPT) != b"cetakan lama"
    assert followed.template_shelf.names() == here.template_shelf.names()
    assert followed.logo().read() == b"logo kantor"
    assert followed.settings.office.letterhead == here.settings.office.letterhead
    assert followed.settings.office.letterhead != there.settings.office.letterhead
    assert followed.office_file.values()["kantor"] == here.office_file.values()["kantor"]
    assert followed.typist._folder == followed.layout.templates != there.layout.templates
    assert here.as_in_force() is here


def test_desks_of_several_offices_that_began_while_the_centre_was_away_open_by_themselves(folders, monkeypatch):
    monkeypatch.setattr(serving, "_AGAIN", 0.0)
    folders[0].people.accounts.make("siti", "Siti Rekaan", [], MORNING)
    roots = {root.layout.root.name: office_in(root.layout.root) for root in folders}
    web = {name: replace(root.settings.web, port=0, names=(name,)) for name, root in roots.items()}
    said = []

    def gone(_database):
        raise away("tidak dapat dihubungi")

    with monkeypatch.context() as patch:
        patch.setattr(Database, "_connected", gone)
        served = serving.serve_offices({name: root.as_in_force() for name, root in roots.items()}, web, said.append)
        assert ([served.open_another() for _ in roots], served.roots) == ([None, None], [])
    with closing(served):
        opened = [served.open_another(), served.open_another(), served.open_another()]

    assert [type(root) for root in opened] == [PlacedRoot, FollowingRoot, type(None)]
    assert all("Basis data pusat tidak dapat dihubungi" in line for line in said[:2])
    for root in opened[:2]:
        root.database.close()


def test_what_is_of_the_machine_in_its_settings_stays_its_own(folders):
    _, there = folders
    text = there.layout.settings.read_text()
    there.layout.settings.write_text(
        text.replace("[web]\n", "[web]\npintu = 8123 # ", 1) if "pintu" not in text else text
    )
    own = office_in(there.layout.root)

    followed = own.as_in_force()

    assert followed.settings.web == own.settings.web
    assert followed.central_plan == own.central_plan
    own.database.close()


def test_settings_of_the_machine_alone_are_enough_and_while_the_centre_is_away_that_is_what_is_said(
    folders, monkeypatch
):
    here, there = folders
    tables = there.layout.settings.read_text().split("\n[")
    own = [table for table in tables if re.split(r"[].]", table)[0] in OF_A_MACHINE]
    there.layout.settings.write_text("".join(f"[{table}\n" for table in own))
    away = Passing("Basis data pusat tidak dapat dihubungi.")
    with monkeypatch.context() as gone:
        gone.setattr(following, "as_in_force", raising(away))
        with pytest.raises(Passing, match="tidak dapat dihubungi"):
            office_in(there.layout.root).as_in_force()

    followed = office_in(there.layout.root).as_in_force()

    assert followed.settings.office.letterhead == here.settings.office.letterhead
    followed.database.close()


def test_a_worker_waits_for_a_key_that_was_made_anew_and_takes_it_once_it_is_copied(folders, capsys):
    here, there = folders
    worker = TendingRoot(there.layout.root)
    assert worker.drawing()._in_force == here.in_force_book.newest()
    (here.layout.keys / "kode-halaman").unlink()
    assert main(["pusat", "kantor", "di-sini", str(here.layout.root), "--kunci-hilang"]) == 0

    with pytest.raises(SettingsFault, match="tidak terbukti dengan kunci kode-halaman di mesin ini"):
        worker.drawing()
    shutil.copy2(here.layout.keys / "kode-halaman", there.layout.keys / "kode-halaman")

    assert worker.drawing()._in_force == here.in_force_book.newest()
    worker.database.close()


def test_what_is_published_later_is_followed_by_who_is_at_work(folders):
    here, there = folders
    working = there.as_in_force()
    assert working.successor() is None

    (here.layout.templates / f"{RECEIPT}.docx").write_bytes(b"cetakan baru")
    version = a_version(here, b"mulai besok")
    here.template_shelf.take(version, b"mulai besok", b"cetakan baru")
    assert here.publish_in_force()
    working._look_again = float("-inf")
    later = working.successor()

    assert isinstance(later, FollowingRoot)
    assert later.template_shelf.read(RECEIPT) == b"cetakan baru"
    assert later.template_shelf.taken() == here.template_shelf.taken() == (version,)
    assert later.template_version(RECEIPT, version.since) == here.template_version(RECEIPT, version.since)
    assert later.template_shelf.read(version.stem) == b"mulai besok"
    assert not working.is_current()


def test_a_desk_that_was_opened_before_anything_was_published_follows_once_something_is(tmp_path, central):
    here = central_office.made(tmp_path / "satu", central).root
    shutil.copytree(tmp_path / "satu", tmp_path / "dua")
    there = central_office.opened(tmp_path / "dua").root
    assert there.as_in_force() is there
    assert there.successor() is None

    here.publish_in_force()
    there._look_again = float("-inf")

    assert isinstance(there.successor(), FollowingRoot)


def test_what_looks_beside_a_desk_follows_as_the_desk_does(folders):
    here, there = folders
    beside = there.as_in_force().alongside()

    assert beside.settings.office.letterhead == here.settings.office.letterhead
    assert beside.successor() is None
    (here.layout.templates / "logo.png").write_bytes(b"logo lain")
    here.publish_in_force()
    beside._look_again = float("-inf")
    assert isinstance(beside.successor(), FollowingRoot)


def test_no_sheet_is_drawn_by_what_lies_there_while_what_is_in_force_is_not_proven(folders, caplog):
    here, there = folders
    published = here.in_force_book.newest()
    here.in_force_book.publish(replace(published, proof="0" * 64), {}, published)
    drawing = [root.tend_parts(None, None, None).typist.require for root in (here, there)]

    for _ in range(2):
        assert (here.as_in_force(), there.as_in_force()) == (here, there)
    for _ in range(2):
        drawing[0]()
        with pytest.raises(Passing, match="belum dapat diikuti di folder ini"):
            drawing[1]()
    assert [record.message for record in caplog.records if "tidak terbukti" in record.message] == [caplog.messages[0]]

    here.require_office_keys()
    with pytest.raises(SettingsFault, match="tidak terbukti dengan kunci kode-halaman"):
        create_app(there)

    here.publish_in_force(from_here_on=True)
    for _ in range(2):
        with pytest.raises(Passing):
            drawing[1]()  # who goes on with what lay here has been succeeded
    later = there.successor()
    assert isinstance(later, FollowingRoot)
    later.require_office_keys()


def test_the_office_s_own_folder_draws_again_as_soon_as_the_centre_says_that_it_is_that(folders, monkeypatch):
    here, _ = folders
    drawing, away = here.tend_parts(None, None, None).typist.require, Passing("Basis data pusat tidak dapat dihubungi.")
    with monkeypatch.context() as gone:
        gone.setattr(following, "as_in_force", raising(away))
        assert here.as_in_force() is here
        with pytest.raises(Passing, match="belum dapat diikuti"):
            drawing()

    drawing()


def test_a_service_taken_into_use_is_in_use_at_the_other_folder_with_its_templates(folders):
    here, there = folders
    assert there.services == ()

    taken = take_service(SERVICE, by="ani", parts=here.service_parts)
    office_in(here.layout.root).publish_in_force()
    followed = office_in(there.layout.root).as_in_force()

    assert [service.key for service in followed.services] == [taken.key]
    assert not (there.layout.services / SERVICE).exists()
    for stem in here.service_shelf.templates(SERVICE):
        assert followed.template_shelf.read(stem) == here.template_shelf.read(stem)
    assert [folder.parent.name for folder in followed._other_templates()] == [SERVICE]
    followed.database.close()


def refused_acts(root, tmp_path):
    """What changes what is common to all folders of an office."""
    docx = b"cetakan meja lain"
    yield "Templat", lambda: root.template_shelf.take(a_version(root, docx), docx, docx)
    yield "Logo", lambda: root.logo().replace(b"")
    yield "Layanan", lambda: take_service(SERVICE, by="ani", parts=root.service_parts)
    editions = root.own_editions(new=True)
    day = MORNING.date() + timedelta(days=30)
    yield "SOP", lambda: editions.ask(day, {"a.toml": ""}, by="ani", at=MORNING, why="")
    yield "SOP", lambda: editions.install(day, {"a.toml": ""}, by="ani", at=MORNING, why="")
    yield "SOP", lambda: editions.withdraw(day, by="ani", at=MORNING, why="")
    yield "Layanan", lambda: root.service_shelf.take_into_use(SERVICE, by="ani", at=MORNING)


@pytest.mark.parametrize("follows", [False, True])
def test_nothing_of_it_is_changed_in_another_folder_and_it_says_where_it_is(folders, tmp_path, follows):
    here, there = folders
    root = there.as_in_force() if follows else there
    before, lines = files_of(there.layout.root), here.database.row("SELECT max(baris) FROM catatan")

    for what, act in refused_acts(root, tmp_path):
        with pytest.raises(
            SettingsFault, match=f"{what} kantor tidak diubah di folder ini: kantor ini dijalankan dari"
        ):
            act()

    assert files_of(there.layout.root) == before
    assert here.database.row("SELECT max(baris) FROM catatan") == lines


def test_nothing_is_learned_in_another_folder(folders, capsys):
    words = ["--root", str(folders[1].layout.root), "belajar"]

    for more in ([], ["--lupakan"]):
        assert main([*words, *more]) == SettingsFault.exit_code
        assert "Yang dipelajari kantor tidak diubah di folder ini" in capsys.readouterr().err


def test_an_edition_of_the_sop_begins_in_the_office_s_own_folder_alone(folders):
    here, there = folders

    assert here.edition_record.is_writable
    assert not there.edition_record.is_writable


def test_a_folder_that_becomes_the_office_s_works_by_what_lies_in_it(folders):
    here, there = folders
    working, former = there.as_in_force(), here

    assert main(["pusat", "kantor", "di-sini", str(there.layout.root)]) == 0
    working._look_again = former._look_again = float("-inf")
    later, left = working.successor(), former.successor()

    assert (type(later), type(left)) == (type(there), FollowingRoot)
    assert later.settings.office.letterhead == there.settings.office.letterhead == left.settings.office.letterhead
    later.require_changed_here("Templat kantor")
    with pytest.raises(SettingsFault, match="Templat kantor tidak diubah di folder ini"):
        left.require_changed_here("Templat kantor")


def test_what_lies_in_the_other_folder_is_still_told_and_held_against_its_own_record(folders):
    _, there = folders
    followed = there.as_in_force()

    assert followed.unlike_in_force() == there.unlike_in_force() == "office.toml [kantor]"
    assert [finding.code for finding in followed.verify_beside()] == [finding.code for finding in there.verify_beside()]
    assert followed.check_in_force() == there.check_in_force()


def test_letters_that_are_in_hand_wait_for_what_came_into_force_meanwhile(folders):
    here, there = folders
    working = there.as_in_force()

    working._require_current()
    (here.layout.templates / "logo.png").write_bytes(b"logo lain")
    here.publish_in_force()

    with pytest.raises(YankomasError, match="baru saja berganti"):
        working._require_current()
