"""An office that moves into the centre and out again is the same office, byte for byte."""

from __future__ import annotations

import shutil
import tarfile
from datetime import timedelta
from pathlib import Path

import pytest
from case_factory import failed
from fakes import MORNING
from offices import FakeOffice
from people_rows import ASKED, GOOD, IN_PLACE, as_sets, lived_in

from pipeline.access.store.people_file import FILE
from pipeline.access.store.people_moves import people_of_file
from pipeline.access.store.postgres_people import PostgresPeople
from pipeline.access.store.postgres_people_moves import central_people
from pipeline.archive import bagit
from pipeline.archive.store.layout import Layout
from pipeline.archive.store.postgres_cabinet import PostgresCabinet
from pipeline.backup.store.central_export import export
from pipeline.backup.store.central_move_out import gather, put_in_place, require_room
from pipeline.backup.store.central_moves import move_in, set_aside, small_files
from pipeline.errors import ArchiveFault, UsageFault
from pipeline.evidence.store.postgres_verify import verify_office
from pipeline.mail.store.sent_record import StoredSentRecord
from pipeline.office.store.handovers import FILE as HANDED_OVER
from pipeline.privacy.store.matter_books import BREACHES
from pipeline.privacy.store.postgres_matters import PostgresMatters
from pipeline.storage.postgres_rows import SchemaRows
from pipeline.storage.small_records import small_rows
from pipeline.storage.taking_over import UNUSED
from pipeline.survey.tally import BATCH
from pipeline.wiring import Root
from pipeline.work.store.setup import lay_out_filled

#: What is made anew from the cases, and what only a running process needs.
_MADE_ANEW = {".state", ".locks", ".staging"}


def quiet(_done: int, _all: int) -> None:
    """Show nothing."""


def files_of(archive) -> dict[str, bytes]:
    files = ((path.relative_to(archive), path) for path in archive.rglob("*") if path.is_file())
    return {str(name): path.read_bytes() for name, path in files if name.parts[0] not in _MADE_ANEW}


def move_out(database, cabinet, new: Layout) -> int:
    """Write an office's cases into a folder that has none, as a move out does; the office stays at the centre."""
    require_room(new)
    gather(database, cabinet, new, quiet)
    return put_in_place(new)


@pytest.fixture
def there(central_office, central):
    """An empty office of the centre: as who looks after it comes to it, as the office does, its objects."""
    database, objects = central_office
    with central.as_owner(database) as owner:
        yield owner, database, objects


@pytest.fixture
def busy_office(tmp_path) -> FakeOffice:
    """An office on one PC with a case of each kind of end: open, withdrawn, and one with a number of a letter."""
    office = FakeOffice(tmp_path / "lama")
    for text in ("Sengketa tanah rekaan", "Upah rekaan", "Ijazah rekaan"):
        office.drop(f"{text}.pdf", text.encode())
    office.run_once()
    numbers = office.root.cabinet.numbers()
    office.decide(numbers[1], "cabut", "tim-yankomas", {"sebab": "dianggap mencabut", "alasan": "Rekaan"})
    with office.root.series.held(MORNING.year) as series:
        assert series.next(numbers[0], MORNING.date())
    office.root.access_log.append(MORNING, "siti", "kasus", ["arsiparis"], case="2026/0001")
    office.root.access_log.flush()
    assert office.root.seals.seal_if_due(MORNING + timedelta(days=1))
    return office


def cases_only(files: dict[str, bytes]) -> dict[str, bytes]:
    """What moves: case folders, witnesses, numbers, marks; the rest of an archive stays where it is."""
    kept = (".changes", ".open", ".jam", ".kotak-masuk", "akses", ".segel", ".bentuk")
    return {name: data for name, data in files.items() if name[:4].isdecimal() or name.startswith(kept)}


def test_into_the_centre_and_out_again_is_the_same_archive(busy_office, there, tmp_path):
    owner, database, objects = there
    cabinet = PostgresCabinet(database, objects)
    lay_out_filled(tmp_path / "baru")
    new = Layout((tmp_path / "baru").resolve())

    assert move_in(busy_office.root.layout, owner, objects, quiet) == 3
    assert list(verify_office(database, cabinet, quiet)) == []
    assert move_out(database, cabinet, new) == 3
    for kept in (".keadaan", ".sidik"):  # what an office has in its own folder stays there
        shutil.copytree(busy_office.root.layout.archive / kept, new.archive / kept)

    before = cases_only(files_of(busy_office.root.layout.archive))
    left_by_a_crash = before.pop("2026/.naskah")  # no case has the number: it is given again, here as there
    assert left_by_a_crash.startswith(b"1 2026/0001 ")
    assert cases_only(files_of(new.archive)) == before
    for moved in ("journal.jsonl", ".changes", ".segel", ".kotak-masuk/2026.jsonl", "akses/2026-11.jsonl"):
        assert any(name.endswith(moved) for name in before), moved
    assert files_of(new.seals) == files_of(busy_office.root.layout.seals) != {}
    assert not [f for f in Root(tmp_path / "baru").verify(quiet) if f.code not in ("kotak-masuk", "buku", "terbuka")]


def test_people_move_in_and_out_again_as_they_are(busy_office, there, tmp_path):
    owner, database, _ = there
    keys = lived_in(busy_office.root.people)
    old = busy_office.root.layout.people / FILE
    told = as_sets(people_of_file(old))
    busy_office.root.handovers.enter(IN_PLACE, [])
    mailed = busy_office.root.sent_record(), busy_office.root.mail_record(), busy_office.root.receipt_counts()
    mailed[0].told(["pagi siti"], MORNING)
    mailed[1].note("isi", "ab12", MORNING)
    mailed[2].count("m1", "rahmat@contoh.id", MORNING)
    lay_out_filled(tmp_path / "baru")
    new = Layout((tmp_path / "baru").resolve())
    cabinet = PostgresCabinet(database, there[2])

    move_in(busy_office.root.layout, owner, there[2], quiet)
    assert as_sets(central_people(database)) == as_sets(people_of_file(old)) == told
    assert PostgresPeople(database).present(keys["session"], MORNING)[1].login == "siti"
    assert StoredSentRecord(SchemaRows(database, "surel")).is_told("pagi siti")
    new.people.mkdir(mode=0o700, exist_ok=True)
    for name in (FILE, HANDED_OVER):
        (new.people / name).write_bytes(b"of before")
    move_out(database, cabinet, new)

    assert as_sets(people_of_file(new.people / FILE)) == told
    assert new.people.stat().st_mode & 0o077 == (new.people / FILE).stat().st_mode & 0o077 == 0
    handed = new.people / HANDED_OVER
    assert handed.read_bytes() == (old.parent / HANDED_OVER).read_bytes()
    assert handed.stat().st_mode & 0o077 == 0
    for (kind, there), (_, here) in zip(small_files(new), small_files(busy_office.root.layout), strict=True):
        assert small_rows(there, kind) == small_rows(here, kind)
        assert any(small_rows(there, kind).values())
    aside = sorted(path.name for path in new.root.glob("arsip-sebelum-pusat*/*"))
    assert aside == sorted(f"{UNUSED}{name}" for name in (FILE, HANDED_OVER))
    people = Root(new.root).people
    assert people.present(keys["session"], MORNING)[1].login == "siti"
    people.close()


def test_what_people_said_and_asked_moves_in_and_out_again_as_it_is(busy_office, there, tmp_path):
    owner, database, objects = there
    old = busy_office.root
    for n in range(BATCH + 1):
        old.survey.drop(f"K{n}", GOOD, MORNING.date())
    for book in (old.person_requests, old.breaches, old.removal_book):
        book.add(lambda _: ASKED)
    told = [files_of(folder) for folder in (old.layout.survey, old.layout.privacy)]
    assert [*map(len, told)] == [2, 3]
    lay_out_filled(tmp_path / "baru")
    new, cabinet = Layout((tmp_path / "baru").resolve()), PostgresCabinet(database, objects)

    move_in(old.layout, owner, objects, quiet)
    assert list(verify_office(database, cabinet, quiet)) == []
    assert list(PostgresMatters(database, BREACHES).lines()) == [ASKED]
    move_out(database, cabinet, new)

    assert [files_of(folder) for folder in (new.survey, new.privacy)] == told
    assert (new.survey / "tanda").stat().st_mode & 0o077 == 0
    with pytest.raises(UsageFault, match=r"\.ikm sudah ada"):
        require_room(Layout(holding_survey(new, tmp_path / "terisi")))
    set_aside(old.layout, aside := old.layout.root / "disisihkan")
    assert [files_of(aside / name) for name in (".ikm", ".data-pribadi")] == told
    assert not old.layout.privacy.exists()
    assert (old.layout.state / "ikm-laman").is_file()  # what waits is of this desk, and is counted by it


def holding_survey(of: Layout, place: Path) -> Path:
    """Return a folder without cases in which the survey of another lies."""
    shutil.copytree(of.survey, place / "archive" / ".ikm")
    return place


def test_how_often_work_failed_and_for_what_it_waits_moves_along(busy_office, there, tmp_path):
    owner, database, objects = there
    first, second, _ = busy_office.root.cabinet.numbers()
    busy_office.root.cabinet.failed(first, "baca")
    busy_office.root.cabinet.hold_up(second, "cetak", "Templat rusak")
    cabinet = PostgresCabinet(database, objects)
    lay_out_filled(tmp_path / "baru")
    new = Layout((tmp_path / "baru").resolve())

    move_in(busy_office.root.layout, owner, objects, quiet)
    assert cabinet.held_up(second) == {"cetak": "Templat rusak"}
    assert cabinet.failed(first, "baca") == 2
    move_out(database, cabinet, new)

    home = Root(new.root)
    assert home.held_up(second) == {"cetak": "Templat rusak"}
    assert home.cabinet.failed(first, "baca") == 3


def test_an_office_that_has_cases_there_takes_in_no_others(busy_office, there):
    owner, database, objects = there
    move_in(busy_office.root.layout, owner, objects, quiet)

    with pytest.raises(UsageFault, match="sudah mempunyai perkara"):
        move_in(busy_office.root.layout, owner, objects, quiet)
    assert len(PostgresCabinet(database, objects).numbers()) == 3


def test_a_folder_with_a_file_that_was_changed_moves_nothing(busy_office, there):
    owner, database, objects = there
    number = busy_office.root.cabinet.numbers()[2]
    changed = busy_office.root.layout.case(number) / "data" / "01-surat.pdf"
    changed.chmod(0o640)
    changed.write_bytes(b"lain")

    with pytest.raises(ArchiveFault, match="hilang atau berubah"):
        move_in(busy_office.root.layout, owner, objects, quiet)
    assert PostgresCabinet(database, objects).numbers() == []


def test_nothing_moves_out_into_a_folder_that_has_cases(busy_office, there):
    _, database, objects = there
    before = files_of(busy_office.root.layout.archive)

    with pytest.raises(UsageFault, match="sudah berisi perkara"):
        move_out(database, PostgresCabinet(database, objects), busy_office.root.layout)
    assert files_of(busy_office.root.layout.archive) == before


def test_cases_that_the_first_version_wrote_come_back_byte_for_byte_and_are_exported_so(there, tmp_path):
    owner, database, objects = there
    with tarfile.open(Path(__file__).parents[1] / "archives/0.1.0/kantor.tar.gz") as tar:
        tar.extractall(tmp_path)
    lay_out_filled(tmp_path / "baru")
    old, new = Layout((tmp_path / "kantor").resolve()), Layout((tmp_path / "baru").resolve())
    cabinet = PostgresCabinet(database, objects)

    def folders(layout: Layout) -> dict[str, bytes]:
        return {name: data for name, data in files_of(layout.archive).items() if name[:4].isdecimal()}

    before = folders(old)
    first = [name for name, data in before.items() if name.endswith(bagit.TAGS) and b"journal" not in data]
    assert first

    move_in(old, owner, objects, quiet)
    export(old, database, cabinet, tmp_path / "ekspor", MORNING, quiet)
    move_out(database, cabinet, new)

    assert folders(new) == before
    assert folders(Layout((tmp_path / "ekspor").resolve())) == before


def test_a_case_of_the_first_version_that_went_on_at_the_centre_has_todays_files(busy_office, there, tmp_path):
    owner, database, objects = there
    number = busy_office.root.cabinet.numbers()[0]
    entries = busy_office.root.cabinet.case(number).entries
    tags = busy_office.root.layout.case(number) / bagit.TAGS
    tags.write_bytes(bagit.first_tags(number, entries))
    cabinet = PostgresCabinet(database, objects)
    lay_out_filled(tmp_path / "baru")
    new = Layout((tmp_path / "baru").resolve())
    move_in(busy_office.root.layout, owner, objects, quiet)

    with cabinet.held(number) as case:
        case.append(failed("baca"), {}, by="sistem", at=MORNING + timedelta(days=2))
    move_out(database, cabinet, new)

    assert b"journal.jsonl" in (new.case(number) / bagit.TAGS).read_bytes()
