"""The export of an office of many: an ordinary archive beside the centre, which opens when the centre is gone."""

from __future__ import annotations

import shutil
from datetime import timedelta

import obstore
import offices
import psycopg
import pytest
import tomlkit
from central_servers import central_servers
from crash import EFFECTS
from fakes import MORNING
from kept_offices import KeptOffice
from offices import FakeOffice
from people_rows import ASKED, GOOD, HOME, IN_PLACE, PASSWORD, lived_in
from test_central_moves import cases_only, files_of, move_out, quiet
from thorough import slowly

from pipeline.access.store.people_file import FILE
from pipeline.access.store.people_moves import OF_THE_MOMENT, people_of_file
from pipeline.access.store.postgres_people_moves import central_people
from pipeline.archive.store.layout import Layout
from pipeline.archive.store.objects import Objects
from pipeline.backup.store.central_export import bring_along, read_only
from pipeline.cases.case_number import CaseNumber
from pipeline.cli import main
from pipeline.errors import ArchiveFault, Interrupted, Passing, UsageFault
from pipeline.evidence.store.seals import FolderBooks
from pipeline.privacy.store.matter_books import BOOKS
from pipeline.storage import disk
from pipeline.storage.version_list import LIST
from pipeline.survey.tally import BATCH
from pipeline.wiring import Root, central_export, move_out_of_centre
from pipeline.wiring.central_export import export_office, take_objects_again
from pipeline.work.store.setup import lay_out_filled

FIRST, SECOND = CaseNumber(2026, 1), CaseNumber(2026, 2)


def busy(folder, servers) -> FakeOffice:
    """An office of the centre with an open case, a withdrawn one, a seal, and somebody who looked."""
    lay_out_filled(folder)
    servers.join(folder)
    office = FakeOffice(folder)
    for text in ("Sengketa tanah rekaan", "Upah rekaan"):
        office.drop(f"{text}.pdf", text.encode())
    office.run_once()
    office.decide(SECOND, "cabut", "tim-yankomas", {"sebab": "dianggap mencabut", "alasan": "Rekaan"})
    office.root.access_log.append(MORNING, "siti", "kasus", ["arsiparis"], case="2026/0001")
    assert office.root.seals.seal_if_due(MORNING + timedelta(days=1))
    offices._OPEN.append(office)
    return office


@pytest.fixture(scope="module")
def kept(tmp_path_factory, central):
    place = tmp_path_factory.mktemp("sibuk")
    return KeptOffice(busy(place / "kantor", central), place)


@pytest.fixture
def office(kept, tmp_path):
    """Such an office of a test's own."""
    office = kept.at(0, tmp_path / "kantor")
    offices._OPEN.append(office)
    return office


def test_every_book_that_seals_cover_goes_along(tmp_path):
    layout, target = Layout(tmp_path / "kantor"), tmp_path / "ekspor"
    lay_out_filled(layout.root)
    told = (value for kind in Layout.__mro__ for value in vars(kind).values())
    folders = (value for value in told if isinstance(value, property))
    paths = [path for one in folders if (path := one.fget(layout)).parent == layout.archive and path.name[0] == "."]
    for book in [path / LIST for path in paths] + [layout.privacy / name / LIST for name in BOOKS]:
        if not book.parent.is_file():
            book.parent.mkdir(parents=True, exist_ok=True)
            book.write_bytes(b"")

    bring_along(layout.root, target)

    left = [book for book in FolderBooks(layout).names() if not (target / book).is_file()]
    # These lie with the office's rows, and come from there.
    persons = (".ikm", *(f".data-pribadi/{name}" for name in BOOKS))
    assert left == [f"archive/{name}/{LIST}" for name in (".tutup-buku", ".sop", ".layanan", *persons)]


def test_what_people_said_and_asked_goes_along_and_no_answer_that_waits(office, place):
    for n in range(BATCH + 1):
        office.root.survey.drop(f"K{n}", GOOD, MORNING.date())
    office.root.person_requests.add(lambda _: ASKED)
    assert office.root.seals.seal_now(office.clock.now() + timedelta(days=2))
    folder, _ = export_office(office.root.exporting, place, quiet)
    before = as_written(folder / "archive" / ".ikm") | as_written(folder / "archive" / ".data-pribadi")

    home = Root(folder)
    assert [batch.count for batch in home.survey.batches()] == [BATCH]
    assert len((home.layout.survey / "tanda").read_text().split()) == BATCH + 1
    assert not list(home.layout.state.glob("ikm-*"))
    assert list(home.person_requests.lines()) == [ASKED]
    assert home.verify(quiet) == []
    export_office(office.root.exporting, place, quiet)
    assert as_written(folder / "archive" / ".ikm") | as_written(folder / "archive" / ".data-pribadi") == before


def test_accounts_go_along_and_who_is_at_the_desk_does_not(office, place):
    lived_in(office.root.people)
    office.root.layout.people.mkdir(mode=0o700, exist_ok=True)
    office.root.handovers.enter(IN_PLACE, [])
    office.root.sent_record().told(["pagi siti"], MORNING)
    office.clock.forward(days=2)
    assert office.root.seals.seal_now(office.clock.now())
    folder, _ = export_office(office.root.exporting, place, quiet)
    file = folder / ".akun" / FILE
    first, there = file.stat().st_ino, central_people(office.root.database)
    second = (file.parent / "alih-tugas.jsonl").stat().st_ino

    told = people_of_file(file)
    assert {table for table, rows in told.items() if not rows} == OF_THE_MOMENT
    assert {table: set(rows) for table, rows in told.items() if rows} == {
        table: set(rows) for table, rows in there.items() if table not in OF_THE_MOMENT
    }
    handed = file.parent / "alih-tugas.jsonl"
    assert [h.name for h in Root(folder).handovers.all()] == ["Siti Rekaan"]
    assert Root(folder).sent_record().is_told("pagi siti")
    assert (handed.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert Root(folder).verify(quiet) == []
    export_office(office.root.exporting, place, quiet)
    assert (file.stat().st_ino, handed.stat().st_ino) == (first, second)  # nothing changed, and nothing is written
    office.root.people.accounts.lock("siti", locked=True, now=MORNING)
    export_office(office.root.exporting, place, quiet)
    home = Root(folder)
    assert home.people.accounts.account("siti").locked
    assert home.people.sign_in("budi", PASSWORD, HOME, MORNING)


@pytest.fixture
def place(tmp_path):
    folder = tmp_path / "ekspor"
    folder.mkdir()
    return folder


def test_the_last_export_opens_when_the_centre_is_gone(tmp_path, place, capsys):
    with central_servers() as servers:
        office = busy(tmp_path / "kantor", servers)
        folder, count = export_office(office.root.exporting, place, quiet)
        name = office.root.central_plan.office
        FakeOffice.close_all()

    assert (count, folder) == (2, place / name)
    assert main(["--root", str(folder), "verify"]) == 0
    assert main(["--root", str(folder), "cari", "upah"]) == 0
    assert main(["--root", str(folder), "case", "2026/0002", "--alasan", "uji"]) == 0
    said = capsys.readouterr().out
    assert "Arsip utuh" in said
    assert "2026/0002" in said
    assert not Root(folder).is_central
    assert not (folder / ".kunci").exists()


def test_it_is_the_archive_that_moving_out_would_make(office, place, tmp_path):
    folder, _ = export_office(office.root.exporting, place, quiet)
    lay_out_filled(tmp_path / "keluar")
    out = Layout((tmp_path / "keluar").resolve())
    move_out(office.root.database, office.root.cabinet, out)

    assert cases_only(files_of(Layout(folder).archive)) == cases_only(files_of(out.archive))
    assert files_of(Layout(folder).seals) == files_of(out.seals) != {}


def as_written(folder):
    """What any writing of a folder's files would change, to the nanosecond; that one was read is no writing."""
    return {
        path: (state.st_ino, state.st_mode, state.st_nlink, state.st_size, state.st_mtime_ns, state.st_ctime_ns)
        for path in folder.rglob("*")
        for state in (path.stat(),)
    }


def test_only_what_is_new_is_written_again(office, place, monkeypatch):
    folder, _ = export_office(office.root.exporting, place, quiet)
    before = as_written(Layout(folder).case(FIRST))
    read = []
    real = Objects.local
    monkeypatch.setattr(Objects, "local", lambda self, sha256: read.append(sha256) or real(self, sha256))
    office.drop("c.pdf", b"Ijazah rekaan")
    office.run_once()
    read.clear()

    _, count = export_office(office.root.exporting, place, quiet)

    new = office.root.cabinet.case(CaseNumber(2026, 3)).documents
    assert count == 1
    assert sorted(read) == sorted(document.sha256 for document in new)
    assert as_written(Layout(folder).case(FIRST)) == before
    assert Root(folder).verify(quiet) == []
    assert export_office(office.root.exporting, place, quiet)[1] == 0


def test_nobody_gives_a_number_in_an_export_unless_a_person_says_how_far_they_went(office, place):
    folder, _ = export_office(office.root.exporting, place, quiet)
    away = FakeOffice(folder)
    away.drop("baru.pdf", b"Surat baru")

    with pytest.raises(Interrupted, match="belum diketahui"):
        away.run_once()
    assert away.root.numbers.confirm(CaseNumber(2026, 4), {}, "Ani Rekaan", away.clock.now()) == 2
    away.run_once()

    assert max(away.root.cabinet.numbers()) == CaseNumber(2026, 5)
    with pytest.raises(UsageFault, match="sudah dikerjakan sendiri"):
        export_office(office.root.exporting, place, quiet)


def test_a_folder_of_other_cases_is_left_alone(office, place, central, tmp_path):
    own = FakeOffice(place / office.root.central_plan.office)
    own.drop("a.pdf", b"Surat lain")
    own.run_once()
    before = files_of(own.root.layout.archive)

    with pytest.raises(UsageFault, match="bukan ekspor"):
        export_office(office.root.exporting, place, quiet)
    assert files_of(own.root.layout.archive) == before


def test_an_export_that_is_ahead_of_the_centre_is_kept(office, place, central):
    folder, _ = export_office(office.root.exporting, place, quiet)
    before = files_of(Layout(folder).archive)
    with psycopg.connect(central.database) as owner:  # as if brought back to a moment before the last line
        owner.execute(f"SET search_path TO {office.root.database.schema}")
        owner.execute("DELETE FROM saksi WHERE posisi = (SELECT max(posisi) FROM saksi)")
        owner.execute("UPDATE kantor SET posisi = (SELECT max(posisi) FROM saksi)")

    with pytest.raises(UsageFault, match="dipulihkan ke saat yang lebih awal"):
        export_office(office.root.exporting, place, quiet)
    assert files_of(Layout(folder).archive) == before


class _Stopped(BaseException):
    """The program ended here."""


@pytest.mark.parametrize("step", [20, slowly(3)], ids=["some", "many"])
def test_an_export_cut_short_anywhere_goes_on_where_it_stopped(office, place, monkeypatch, step):
    whole, _ = export_office(office.root.exporting, place, quiet)
    expected, effects, stop_at = cases_only(files_of(Layout(whole).archive)), [0], [0]

    def counted(effect):
        def done(*args, **kwargs):
            effects[0] += 1
            if effects[0] == stop_at[0]:
                raise _Stopped
            return effect(*args, **kwargs)

        return done

    with monkeypatch.context() as watched:
        for name in EFFECTS:
            watched.setattr(disk, name, counted(getattr(disk, name)))
        every, n = place / "semua", 0
        every.mkdir()
        while True:
            n += step
            effects[0], stop_at[0] = 0, n
            target = every / str(n)
            target.mkdir()
            try:
                export_office(office.root.exporting, target, quiet)
            except _Stopped:
                stop_at[0] = 0
                folder, _ = export_office(office.root.exporting, target, quiet)
                assert cases_only(files_of(Layout(folder).archive)) == expected, n
                assert Root(folder).verify(quiet) == [], n
            else:
                break
    assert n > 60


def test_a_file_that_the_store_lost_is_named_and_the_export_goes_on_once_it_is_back(office, place):
    document = office.root.cabinet.case(SECOND).documents[-1]
    key = office.root.objects.key(document.sha256)
    store = office.root.objects._store
    kept = bytes(obstore.get(store, key).bytes())
    obstore.delete(store, key)

    with pytest.raises(ArchiveFault, match=document.sha256[:12]):
        export_office(office.root.exporting, place, quiet)
    obstore.put(store, key, kept)
    folder, _ = export_office(office.root.exporting, place, quiet)

    assert Root(folder).verify(quiet) == []


def test_what_exports_can_write_nothing_at_the_centre(office):
    with read_only(office.root.database) as database, pytest.raises(Passing, match="hanya dapat dibaca"):
        database.row("UPDATE perkara SET terbuka = true RETURNING 1")


def test_a_running_office_exports_once_a_day(office, place, monkeypatch):
    plan = office.root.central_plan
    object.__setattr__(plan, "export", str(place))
    made = []
    real = central_export.export
    monkeypatch.setattr(central_export, "export", lambda *words: made.append(words[4]) or real(*words))
    (look,) = (look for name, look, _ in office.root.keeping() if name == "Ekspor harian")

    look()
    look()
    office.clock.forward(days=1)
    look()

    assert [at.date() for at in made] == [MORNING.date(), MORNING.date() + timedelta(days=1)]


def test_without_its_disk_nothing_is_exported(office, tmp_path):
    with pytest.raises(UsageFault, match="Pasang cakramnya"):
        export_office(office.root.exporting, tmp_path / "tidak-ada", quiet)
    with pytest.raises(UsageFault, match=r"pusat\.ekspor"):
        export_office(office.root.exporting, None, quiet)


def test_what_is_done_with_an_export_each_night_leaves_it_whole(office, place):
    office.root.people.accounts.make("siti.rekaan", "Siti Rekaan", [], MORNING)
    office.clock.forward(days=2)
    assert office.root.seals.seal_now(office.clock.now())
    folder, _ = export_office(office.root.exporting, place, quiet)
    before = files_of(Layout(folder).states)

    Root(folder).seal_what_is_left()  # as a backup does, a printed register, a bag

    assert any(b"akun siti.rekaan" in text for text in before.values())
    assert files_of(Layout(folder).states) == before
    assert Root(folder).verify(quiet) == []


def test_an_export_is_not_held_against_the_witness_of_the_office(office, place):
    settings = office.root.layout.settings
    tables = tomlkit.parse(settings.read_text())
    tables["segel"] = {"tujuan": str(place / "saksi"), "surel": "arsip@kantor.example"}
    settings.write_text(tomlkit.dumps(tables))

    folder, _ = export_office(office.root.exporting, place, quiet)

    assert Root(office.root.layout.root).settings.seals.is_on
    assert not Root(folder).settings.seals.is_on
    assert "segel" in tomlkit.parse(settings.read_text())


def test_a_folder_that_was_brought_back_gets_its_books_again_from_the_export(office, place, tmp_path):
    root = office.root
    layout, older = root.layout, tmp_path / "cadangan"
    shutil.copytree(layout.archive, older)
    root.people.accounts.make("siti.rekaan", "Siti Rekaan", [], MORNING)  # what is in force grows by it
    office.clock.forward(days=2)
    assert root.seals.seal_now(office.clock.now())
    folder, _ = export_office(root.exporting, place, quiet)
    shutil.rmtree(layout.states)
    shutil.copytree(older / layout.states.name, layout.states)  # as a restore does
    layout.restored.write_bytes(b"pulih 2026-11-27T08:00:00+07:00\n")
    assert "buku-segel" in {found.code for found in root.verify(quiet)}

    assert take_objects_again(root.exporting, folder, quiet) == [(f"archive/.keadaan/{LIST}", True)]
    assert root.verify(quiet) == []
    assert take_objects_again(root.exporting, folder, quiet) == []
    assert move_out_of_centre(layout.root, quiet) == 2
    assert not layout.restored.exists()


def test_a_book_that_went_on_by_itself_is_left_alone(office, place):
    folder, _ = export_office(office.root.exporting, place, quiet)
    book = office.root.layout.states / LIST
    before = book.read_bytes() + b"lain\n"
    book.write_bytes(before)
    with open(folder / "archive/.keadaan" / LIST, "ab") as longer:
        longer.write(b"lain sama sekali\n")

    assert take_objects_again(office.root.exporting, folder, quiet) == []
    assert book.read_bytes() == before
