"""Destroying where cases are kept centrally: decided by the office, deleted from the store by who looks after it."""

from __future__ import annotations

import psycopg
import pytest
from central_servers import servers_with_few_offices
from ended_cases import ARCHIVIST, DONE, approved, destroyed, ended, let_all_fall_due
from offices import FakeOffice
from test_destruction import WORD, files_with

from pipeline.cli import main
from pipeline.cli.centre import REMOVAL_KEY, REMOVAL_KEY_ID
from pipeline.errors import NotAllowed
from pipeline.office.central_plan import KEY, KEY_ID
from pipeline.records.came_back import destroy_again
from pipeline.records.list_sheets import sheet_of
from pipeline.records.list_steps import all_lists, go_on, resume
from pipeline.records.still_kept import told
from pipeline.wiring import Root
from pipeline.wiring.central_export import export_office

pytestmark = pytest.mark.in_folders


def quiet(_done: int, _all: int) -> None:
    """Show nothing."""


class Office:
    """An office that moved in with two cases that have ended: one says the word, the other shares a file with it."""

    def __init__(self, folder, monkeypatch, *, cut: bool = False) -> None:
        self.servers = servers_with_few_offices()  # some ask how all offices there fare
        self.name = next(self.servers.names)
        key = self.servers.key_of(self.name)
        monkeypatch.setenv("YANKOMAS_PUSAT_PENGELOLA", self.servers.database)
        for name in (f"YANKOMAS_PUSAT_{KEY_ID.upper()}", REMOVAL_KEY_ID):
            monkeypatch.setenv(name, key.key_id)
        for name in (f"YANKOMAS_PUSAT_{KEY.upper()}", REMOVAL_KEY):
            monkeypatch.setenv(name, key.secret)
        before = FakeOffice(folder)
        self.number = ended(before, uraian=f"Kebun {WORD}", perihal=f"Perihal {WORD}")
        self.other = ended(before)
        let_all_fall_due(before)
        self.cut = cut_short(before, (self.number, self.other), monkeypatch) if cut else ""
        assert self.yankomas("pusat", "kantor", "pindah-masuk", folder, self.name, "--objek", key.address) == 0
        self.office = FakeOffice(folder)
        self.root = self.office.root
        self.parts = self.root.record_parts
        self.root.index.refresh()

    def yankomas(self, *words: object) -> int:
        return main([*map(str, words)])

    def words_of(self, name: str) -> str:
        made = next(one for one in self.lists() if one.id == name)
        return told(made, self.parts.acts.list_kind(made.kind), self.parts)

    def sheet(self, name: str, template: str):
        return sheet_of(name, template, self.parts, self.root.rows)

    def lists(self):
        return all_lists(self.parts).values()

    def findings(self):
        return self.root.verify(quiet)


@pytest.fixture
def there(tmp_path, monkeypatch):
    return Office(tmp_path / "kantor", monkeypatch)


def test_the_content_is_gone_everywhere_once_it_was_deleted_and_until_then_that_is_said(there, tmp_path, capsys):
    exported, _ = export_office(there.root.exporting, _made(tmp_path / "ekspor"), quiet)
    assert files_with_word(exported)
    before = there.root.cabinet.case(there.number)
    assert there.office.search(WORD).total == 1

    made = destroyed(there.parts, there.number)

    hashes = {d.sha256 for d in before.documents}
    shared = hashes & {d.sha256 for d in there.root.cabinet.case(there.other).documents}
    assert made.done == {"laksana"}
    assert there.office.search(WORD).total == 0
    assert files_with(there.office, WORD) == []
    assert words_of_index(there) == []
    assert "menunggu dihapus pengelola pusat" in there.words_of(made.id)
    assert all(there.root.objects.size(one) is not None for one in hashes)
    with pytest.raises(NotAllowed, match="belum habis dihapus"):
        there.sheet(made.id, "berita-acara-pemusnahan")
    assert there.sheet(made.id, "daftar-usul-musnah").name == made.id
    assert there.yankomas("pusat", "kantor", "pindah-keluar", there.root.layout.root) != 0
    assert there.yankomas("pusat", "status") == 0
    said = capsys.readouterr()
    assert "yankomas pusat musnahkan" in said.out
    assert "masih ada di penyimpanan objek" in said.err

    assert there.yankomas("pusat", "musnahkan", there.name) == 0

    assert {one for one in hashes if there.root.objects.size(one) is not None} == shared
    assert "menunggu" not in there.words_of(made.id)
    assert there.sheet(made.id, "berita-acara-pemusnahan").name == made.id
    assert [f for f in there.findings() if f.code != "saksi-luar"] == []
    export_office(there.root.exporting, tmp_path / "ekspor", quiet)
    assert files_with_word(exported) == []
    assert Root(exported).verify(quiet) == []


def _made(folder):
    folder.mkdir()
    return folder


def files_with_word(folder) -> list[str]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "journal.jsonl")
    return [path.name for path in files if WORD.encode() in path.read_bytes()]


def words_of_index(there) -> list[str]:
    return there.root.database.rows("SELECT kata FROM cari_kata WHERE kata LIKE %s", (f"%{WORD}%",))


def cut_short(office, numbers, monkeypatch) -> str:
    """Destroy these cases; the program ends before the last. Return the name of the list."""
    parts = office.root.record_parts
    made = approved(parts, *numbers)
    kind = type(office.root.cabinet)
    real = kind.held

    def stopped(self, number):
        if number == numbers[-1]:
            raise KeyboardInterrupt
        return real(self, number)

    with monkeypatch.context() as cut:
        cut.setattr(kind, "held", stopped)
        with pytest.raises(KeyboardInterrupt):
            go_on(made.id, "laksana", DONE, by=ARCHIVIST, parts=parts)
    return made.id


@pytest.mark.parametrize("before_the_move", [True, False], ids=["before the move", "afterwards"])
def test_an_execution_that_was_cut_short_is_gone_on_with(tmp_path, monkeypatch, before_the_move):
    there = Office(tmp_path / "kantor", monkeypatch, cut=before_the_move)
    name = there.cut if before_the_move else cut_short(there.office, (there.number, there.other), monkeypatch)
    assert there.root.cabinet.case(there.number).gone
    assert not there.root.cabinet.case(there.other).gone

    assert resume(there.parts) == [name]
    assert there.root.cabinet.case(there.other).gone
    assert there.yankomas("pusat", "musnahkan", there.name) == 0
    assert files_with(there.office, WORD) == []
    assert there.findings() == []


def test_a_file_that_was_deleted_and_is_there_again_is_named_and_deleted_again(there, capsys):
    document = there.root.cabinet.case(there.number).arrived
    with there.root.cabinet.blob(there.number, document).local() as path:
        kept = path.read_bytes()
    destroyed(there.parts, there.number)
    there.yankomas("pusat", "musnahkan", there.name)

    there.root.objects.put(kept)  # as a store that is brought back

    assert [(f.where, f.code) for f in there.findings()] == [(f"{there.number}/{document.name}", "dimusnahkan")]
    folder = there.root.layout.root
    assert there.yankomas("--root", folder, "arsip", "hapus-sisa", there.number, "--as", "arsiparis") == 0
    assert document.name in capsys.readouterr().out
    there.yankomas("pusat", "musnahkan", there.name)
    assert there.findings() == []


def test_a_database_brought_back_to_before_a_destruction_says_so_and_it_is_done_again(there):
    destroyed(there.parts, there.number)
    there.yankomas("pusat", "musnahkan", there.name)
    with psycopg.connect(there.servers.database) as owner:
        owner.execute(f"SET search_path TO {there.name}")
        owner.execute("SET session_replication_role = replica")
        where = f"tahun = {there.number.year} AND urut = {there.number.serial}"
        last = f"(SELECT max(seq) FROM jurnal WHERE {where})"
        owner.execute(f"DELETE FROM saksi WHERE {where} AND seq = {last}")
        owner.execute(f"DELETE FROM jurnal WHERE {where} AND seq = {last}")
        owner.execute("UPDATE kantor SET posisi = (SELECT max(posisi) FROM saksi)")
        owner.execute("DELETE FROM hapus_objek")

    assert (str(there.number), "dimusnahkan") in {(f.where, f.code) for f in there.findings()}

    assert [one.fault for one in destroy_again(by=ARCHIVIST, parts=there.parts)] == [None]
    there.yankomas("pusat", "musnahkan", there.name)
    assert not [f for f in there.findings() if f.where.startswith(str(there.number))]


def test_who_deletes_needs_a_key_of_their_own_and_the_name_of_an_office(there, monkeypatch, capsys):
    assert there.yankomas("pusat", "musnahkan", "bukan_kantor") != 0
    assert "tidak ada di pusat" in capsys.readouterr().err
    assert there.yankomas("pusat", "sapu", there.name) == 0
    assert "0 berkas" in capsys.readouterr().out
    assert there.yankomas("pusat", "sapu", there.name, "--hari", "0") != 0
    assert there.yankomas("pusat", "sapu", there.name, "--hapus") == 0
    monkeypatch.delenv(REMOVAL_KEY)
    assert there.yankomas("pusat", "sapu", there.name) != 0
    assert REMOVAL_KEY in capsys.readouterr().err
