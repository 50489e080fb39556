"""Files of an office of many are deleted from the store by who looks after it: those that no case names any more."""

from __future__ import annotations

import threading
from dataclasses import replace

import obstore
import psycopg
import pytest
from careless_store import careless_store
from case_factory import document, recognised
from central_letters import FIRST, enrolled
from fakes import MORNING
from patience import PATIENCE, until

from pipeline.archive.store.central_removable import RemovableObjects
from pipeline.archive.store.objects import Objects
from pipeline.archive.store.postgres_cabinet import PostgresCabinet
from pipeline.backup.ports import Removed
from pipeline.backup.store import central_removal
from pipeline.backup.store.central_removal import ObjectRemoval
from pipeline.cases.archived import Archived
from pipeline.cases.case_number import CaseNumber
from pipeline.errors import NotAllowed, Passing
from pipeline.register.ports import Claim
from pipeline.register.store.postgres_numbers import PostgresNumbers
from pipeline.storage.blobs import TypedText
from pipeline.storage.postgres_offices import make_office
from pipeline.storage.postgres_unneeded import waiting_of

SECOND = CaseNumber(2026, 2)
LIST = "musnah-2026-1"
TEXT = document("02-teks.txt", b"isi surat", kind="teks", step=2)


def quiet(_done: int, _all: int) -> None:
    """Show nothing."""


class Office:
    """An office of many with two letters, both with the same text beside; and its files as who deletes sees them."""

    def __init__(self, central, database, objects, owner) -> None:
        self.central, self.database, self.objects = central, database, objects
        self.cabinet = PostgresCabinet(database, objects)
        for letter in ("pertama", "kedua"):
            add_text(self.cabinet, enrolled(database, objects, letter))
        # By the office's key, which may delete in the trial's store: to another that store shows what it remembers.
        self.files = RemovableObjects(objects.place, objects.office)
        self.owner = owner
        self.removal = self.removing(self.files)

    def removing(self, files, cabinet=None) -> ObjectRemoval:
        return ObjectRemoval(self.owner, cabinet or PostgresCabinet(self.owner, self.objects), files)

    def destroy(self, number: CaseNumber) -> None:
        with self.cabinet.held(number) as folder:
            names = tuple(d.name for d in folder.case.documents)
            act = Archived("musnahkan", "Dimusnahkan", becomes="dimusnahkan", of_list=LIST, removed=names)
            folder.append(act, {}, by="arsiparis", at=MORNING)

    def there(self) -> set[str]:
        return {file.sha256 for file in self.files.every()}

    def letter(self, number: CaseNumber) -> str:
        return self.cabinet.first(number).arrived.sha256


def add_text(cabinet, number) -> None:
    with cabinet.held(number) as folder:
        folder.append(recognised(documents=(TEXT,)), {TEXT.name: b"isi surat"}, by="sistem", at=MORNING)


@pytest.fixture
def office(central, central_office):
    database, objects = central_office
    with central.as_owner(database) as owner:
        yield Office(central, database, objects, owner)


def test_what_was_destroyed_is_deleted_with_the_last_case_that_names_it(office):
    first, second = office.letter(FIRST), office.letter(SECOND)

    office.destroy(FIRST)
    assert waiting_of(office.database, LIST) == 2
    assert office.there() == {first, second, TEXT.sha256}
    assert office.removal.remove(quiet) == Removed(deleted=1, in_use=1)
    assert office.there() == {second, TEXT.sha256}
    assert waiting_of(office.database, LIST) == 0

    office.destroy(SECOND)
    assert office.removal.remove(quiet) == Removed(deleted=2)
    assert office.there() == set()
    assert office.removal.remove(quiet) == Removed()


class StoppedAfter:
    """The program ends right after the store has deleted a file."""

    def __init__(self, files) -> None:
        self._files = files

    def __getattr__(self, name):
        return getattr(self._files, name)

    def remove(self, sha256: str) -> str:
        self._files.remove(sha256)
        raise KeyboardInterrupt


def test_a_deletion_that_was_cut_short_is_gone_on_with(office):
    office.destroy(FIRST)

    with pytest.raises(KeyboardInterrupt):
        office.removing(StoppedAfter(office.files)).remove(quiet)
    assert waiting_of(office.database, LIST) >= 1

    office.removal.remove(quiet)
    assert waiting_of(office.database, LIST) == 0
    assert office.letter(FIRST) not in office.there()


@pytest.mark.parametrize("deleted", [False, True], ids=["before it is deleted", "afterwards"])
def test_the_same_bytes_filed_again_stay(office, deleted):
    office.destroy(FIRST)
    office.destroy(SECOND)
    if deleted:
        office.removal.remove(quiet)

    third = enrolled(office.database, office.objects, "ketiga")
    add_text(office.cabinet, third)
    office.removal.remove(quiet)

    assert office.there() == {office.letter(third), TEXT.sha256}
    with office.cabinet.blob(third, TEXT).local() as path:
        assert path.read_bytes() == b"isi surat"


def test_a_letter_that_was_put_before_and_gets_its_number_after_the_deletion_is_put_anew(office):
    office.destroy(FIRST)
    again = TypedText("surat.pdf", b"pertama")
    numbers = PostgresNumbers(office.database, office.objects)
    received = office.cabinet.first(FIRST).received

    with numbers.staged(Claim("k-lagi", again), "01-surat.pdf") as staged:
        office.removal.remove(quiet)
        assert again.sha256 not in office.there()
        with numbers.numbering() as held:
            held.take(staged, MORNING, lambda number: replace(received, year=number.year, serial=number.serial))

    assert again.sha256 in office.there()


class FiledMeanwhile:
    """A cabinet of which the last journal was read when somebody files the same text."""

    def __init__(self, office: Office) -> None:
        self._cabinet, self._office = PostgresCabinet(office.owner, office.objects), office
        self.objects = office.objects

    def numbers(self):
        yield from self._cabinet.numbers()
        add_text(self._office.cabinet, enrolled(self._office.database, self._office.objects, "ketiga"))

    def journal(self, number):
        return self._cabinet.journal(number)


def test_bytes_that_are_filed_while_the_journals_are_read_stay(office):
    office.destroy(FIRST)
    office.destroy(SECOND)

    office.removing(office.files, FiledMeanwhile(office)).remove(quiet)

    assert TEXT.sha256 in office.there()
    assert office.letter(FIRST) not in office.there()


def test_whoever_had_begun_to_file_them_is_waited_for(office, monkeypatch):
    third = enrolled(office.database, office.objects, "ketiga")
    found: list[Removed] = []
    looks: list[bool] = []
    real = central_removal._all_ended
    monkeypatch.setattr(central_removal, "_all_ended", lambda *said: looks.append(real(*said)) or looks[-1])
    removing = threading.Thread(target=lambda: found.append(office.removal.remove(quiet)))

    with office.cabinet.held(third) as folder:
        folder.append(recognised(documents=(TEXT,)), {TEXT.name: b"isi surat"}, by="sistem", at=MORNING)
        other = threading.Thread(target=lambda: (office.destroy(FIRST), office.destroy(SECOND)))
        other.start()
        other.join(PATIENCE)
        removing.start()
        until(lambda: looks)
        assert looks[:1] == [False]
    removing.join(PATIENCE)

    assert found == [Removed(deleted=2, in_use=1)]
    assert TEXT.sha256 in office.there()


def test_a_file_that_the_store_keeps_as_an_old_version_is_not_told_as_gone(office):
    office.destroy(FIRST)
    with careless_store() as (store, place):
        store.versions = {}
        objects = Objects(place, office.objects.office)
        for text in (b"pertama", b"kedua", b"isi surat"):
            objects.put(text)
        removal = office.removing(RemovableObjects(place, objects.office))

        assert removal.remove(quiet) == Removed(in_use=1, as_versions=1)
        assert objects.size(office.letter(FIRST)) is None
        assert waiting_of(office.database, LIST) == 1
        store.versions.clear()  # by a rule of its own
        assert removal.remove(quiet) == Removed()
        assert waiting_of(office.database, LIST) == 0


def test_a_store_that_says_it_deleted_and_gives_the_file_all_the_same_is_told(office):
    office.destroy(FIRST)
    with careless_store() as (store, place):
        Objects(place, office.objects.office).put(b"pertama")
        store.files = Undying(store.files)

        assert office.removing(RemovableObjects(place, office.objects.office)).remove(quiet).refused == 1
    assert waiting_of(office.database, LIST) == 1


class Undying(dict):
    """Files of which none goes."""

    def pop(self, key, default=None):
        return self.get(key, default)


def test_what_nobody_names_is_shown_and_then_deleted_and_nothing_else(office):
    office.objects.put(b"tanpa nomor")
    stray = TypedText("x", b"tanpa nomor").sha256
    office.destroy(FIRST)
    of_a_service = enrolled(office.database, office.objects, "surat layanan", series="SM")
    before = office.there()

    assert office.removal.unnamed(30) == (0, 0)
    assert office.removal.unnamed(0) == (1, len(b"tanpa nomor"))
    assert office.there() == before
    assert office.removal.remove_unnamed(30, quiet) == Removed(deleted=1, in_use=1)
    assert stray in office.there()
    assert office.removal.remove_unnamed(0, quiet) == Removed(deleted=1)
    assert office.there() == {office.letter(SECOND), office.letter(of_a_service), TEXT.sha256}
    assert office.removal.unnamed(0) == (0, 0)


def test_nothing_is_swept_while_numbers_wait_or_an_office_moves_in(office):
    name = office.database.schema
    with psycopg.connect(office.central.database) as owner:
        owner.execute(f"UPDATE {name}.kantor SET riwayat = ''")
    with pytest.raises(Passing):
        office.removal.unnamed(0)
    with psycopg.connect(office.central.database) as owner:
        owner.execute(f"UPDATE {name}.kantor SET pindah = 'tanda'")
    with pytest.raises(NotAllowed, match="pindah masuk"):
        office.removal.remove(quiet)


def test_a_journal_that_cannot_be_read_names_whatever_stands_in_it(office, central):
    office.destroy(FIRST)
    with psycopg.connect(central.database) as owner:
        owner.execute(f"SET search_path TO {office.database.schema}")
        owner.execute("SET session_replication_role = replica")
        owner.execute("DELETE FROM jurnal WHERE urut = 2 AND seq = 1")

    assert office.removal.remove(quiet).in_use == 1
    assert TEXT.sha256 in office.there()


@pytest.mark.parametrize("act", ["UPDATE hapus_objek SET dihapus = now()", "UPDATE hapus_objek SET ditandai = NULL"])
def test_an_office_says_of_nothing_that_it_is_deleted(office, act):
    office.destroy(FIRST)

    with pytest.raises(psycopg.errors.InsufficientPrivilege), office.database.transaction() as running:
        running.execute(act)


def test_a_schema_that_is_made_ready_again_stays_as_it_is(office, central):
    office.destroy(FIRST)

    make_office(central.database, office.database.schema)

    assert waiting_of(office.database, LIST) == 2
    assert obstore.head(office.objects._store, office.objects.key(TEXT.sha256))["size"] == TEXT.bytes
