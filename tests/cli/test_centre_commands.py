"""``yankomas pusat``: an office is made at the centre, moves in, works there, moves out; each as it is typed."""

from __future__ import annotations

import re
import shutil
import zipfile
from contextlib import closing
from pathlib import Path

import bagit
import obstore
import psycopg
import pytest
from central_servers import central_servers, servers_of_this_run, servers_with_few_offices
from fakes import MORNING
from offices import FakeOffice

from pipeline.access.drafts import Draft
from pipeline.archive.store.layout import FORMAT
from pipeline.cases.case_number import CaseNumber
from pipeline.cli import main
from pipeline.errors import ArchiveFault, UsageFault
from pipeline.letters.ports import TYPED, Unsaved
from pipeline.office.central_plan import KEY, KEY_ID
from pipeline.office.store.server_clock import ServerClock
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_offices import address_of, make_office
from pipeline.wiring import office_in
from pipeline.work.store.postgres_exchange import PostgresExchange
from pipeline.work.store.setup import lay_out_filled


@pytest.fixture
def centre(monkeypatch):
    """The servers of this run, as who looks after them has them in the environment."""
    return looked_after(servers_of_this_run(), monkeypatch)


def looked_after(servers, monkeypatch):
    monkeypatch.setenv("YANKOMAS_PUSAT_PENGELOLA", servers.database)
    return servers


def come_with(monkeypatch, place) -> None:
    """Have this key of the object store in the environment."""
    monkeypatch.setenv(f"YANKOMAS_PUSAT_{KEY_ID.upper()}", place.key_id)
    monkeypatch.setenv(f"YANKOMAS_PUSAT_{KEY.upper()}", place.secret)


@pytest.fixture
def name(centre, monkeypatch) -> str:
    """A name for a new office, which has a bucket and a key of its own."""
    name = next(centre.names)
    come_with(monkeypatch, centre.key_of(name))
    return name


@pytest.fixture
def few(monkeypatch):
    """Servers with few offices, and a name for a new one there."""
    servers = looked_after(servers_with_few_offices(), monkeypatch)
    name = next(servers.names)
    come_with(monkeypatch, servers.key_of(name))
    return servers, name


def yankomas(*words: object) -> int:
    return main([*map(str, words)])


def moved_in(office: FakeOffice, name: str, centre) -> int:
    folder = office.root.layout.root
    return yankomas("pusat", "kantor", "pindah-masuk", folder, name, "--objek", centre.store.address)


@pytest.fixture(scope="module")
def there(tmp_path_factory) -> Path:
    """The folder of an office whose case has moved in, for those who only ask."""
    office, servers = FakeOffice(tmp_path_factory.mktemp("tanya") / "kantor"), servers_of_this_run()
    office.drop("surat.pdf", b"Sengketa tanah rekaan")
    office.run_once()
    name = next(servers.names)
    with pytest.MonkeyPatch.context() as patch:
        come_with(patch, servers.key_of(name))
        assert moved_in(office, name, looked_after(servers, patch)) == 0
    return office.root.layout.root


def test_an_empty_folder_becomes_an_office_of_the_centre_and_the_status_tells_of_it(few, tmp_path, capsys):
    centre, name = few
    lay_out_filled(tmp_path / "kantor")

    made = yankomas("--root", tmp_path / "kantor", "pusat", "kantor", "tambah", name, "--objek", centre.store.address)
    told = yankomas("pusat", "status")

    assert (made, told) == (0, 0)
    said = capsys.readouterr().out
    assert f"{name}: 0 perkara, 0 dikerjakan mesin, belum ada nomor" in said
    assert re.search(r"Pekerja pusat: \d+ hidup.*; \d+ perkara menunggu pekerja", said)
    assert office_in(tmp_path / "kantor").cabinet.numbers() == []
    assert (tmp_path / "kantor/.kunci/pusat.toml").stat().st_mode & 0o077 == 0


def test_an_office_moves_in_works_there_and_moves_out_with_its_new_case(few, office, capsys):
    centre, name = few
    office.drop("surat.pdf", b"Sengketa tanah rekaan")
    office.run_once()
    folder = office.root.layout.root
    settings = (folder / "office.toml").read_bytes()

    assert moved_in(office, name, centre) == 0
    assert (folder / "arsip-sebelum-pusat/2026/0001/journal.jsonl").is_file()
    there = FakeOffice(folder)
    there.drop("kedua.pdf", b"Upah rekaan")
    there.run_once()
    assert [str(number) for number in there.root.cabinet.numbers()] == ["2026/0001", "2026/0002"]
    assert not (folder / "archive/2026").exists()

    assert yankomas("pusat", "kantor", "pindah-keluar", folder) == 0
    assert (folder / "office.toml").read_bytes() == settings
    home = office_in(folder)
    assert not home.is_central
    assert [str(number) for number in home.cabinet.numbers()] == ["2026/0001", "2026/0002"]
    home.rebuild()
    home.book.rebuild()
    assert home.verify(lambda _done, _all: None) == []
    assert "sudah pindah keluar" in (yankomas("pusat", "status"), capsys.readouterr().out)[1]


def test_nobody_works_at_the_centre_on_an_office_that_moved_out_with_what_was_being_typed(centre, name, office):
    office.drop("surat.pdf", b"Sengketa tanah rekaan")
    office.run_once()
    moved_in(office, name, centre)
    there = FakeOffice(office.root.layout.root)
    assert there.root.cabinet.numbers()
    assert there.root.settings
    there.root.people.accounts.make("siti", "Siti Rekaan", [], MORNING)
    begun, edited = Draft("/buka/lisan", "/", MORNING, (("i.uraian", "Tanah"),)), Unsaved(1, MORNING, b"isi")
    there.root.drafts.keep("siti", begun)
    there.root.unsaved_edits.keep(CaseNumber(2026, 1), "06-surat", "siti", TYPED, edited)
    yankomas("pusat", "kantor", "pindah-keluar", office.root.layout.root)

    home = office_in(office.root.layout.root)
    assert (home.is_central, home.drafts.all("siti")) == (False, [begun])
    assert home.unsaved_edits.kept(CaseNumber(2026, 1), "06-surat", "siti", TYPED) == edited
    with pytest.raises(Exception, match="pindah keluar dari pusat"):
        there.open("lisan", {"perihal": "x", "pelapor": "Siti Rekaan", "terlapor": "PT Contoh", "uraian": "x"})


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("pusat", "status", "--basis-data", "host=/tiada user=x dbname=x"), "tidak dapat dihubungi"),
        (("pusat", "kantor", "tambah", "Kanwil!", "--objek", "http://127.0.0.1:1"), "tidak dapat dipakai"),
    ],
)
def test_what_cannot_be_is_said_with_its_remedy(centre, words, said, capsys, tmp_path):
    lay_out_filled(tmp_path / "kantor")

    assert yankomas("--root", tmp_path / "kantor", *words) != 0
    assert said in capsys.readouterr().err


def test_a_name_is_given_once(centre, name, tmp_path, capsys):
    for folder in ("satu", "dua"):
        lay_out_filled(tmp_path / folder)
    words = ("pusat", "kantor", "tambah", name, "--objek", centre.store.address)

    assert yankomas("--root", tmp_path / "satu", *words) == 0
    assert yankomas("--root", tmp_path / "dua", *words) != 0
    assert "sudah ada di pusat" in capsys.readouterr().err
    assert not office_in(tmp_path / "dua").is_central


def test_a_folder_with_cases_is_not_made_an_empty_office(centre, name, office, capsys):
    office.drop("surat.pdf", b"Sengketa tanah rekaan")
    office.run_once()
    words = ("pusat", "kantor", "tambah", name, "--objek", centre.store.address)

    assert yankomas("--root", office.root.layout.root, *words) != 0
    assert "pindah-masuk" in capsys.readouterr().err
    assert not office_in(office.root.layout.root).is_central


@pytest.mark.parametrize(
    "words",
    [
        ("case", "1/2026", "--alasan", "uji"),
        ("moves", "1/2026"),
        ("register",),
        ("cari", "tanah"),
        ("due",),
        ("surat",),
        ("verify",),
        ("verify", "1/2026"),
        ("segel",),
        ("jam",),
        ("inbox",),
        ("status", "AAAA-AAAA-AAAA"),
        ("ringkasan",),
        ("rebuild",),
    ],
    ids=" ".join,
)
def test_what_an_archivist_asks_at_the_terminal_is_answered_from_the_centre(there, words, capsys):
    code = yankomas("--root", there, *words)

    assert code == (4 if words[0] == "status" else 0), capsys.readouterr().err


def test_an_old_register_is_taken_over_in_folders_alone_and_who_brings_one_is_told_so(there, capsys, tmp_path):
    (tmp_path / "buku.csv").write_text("No,Tanggal\n1,3-2-2019\n")

    code = yankomas("--root", there, "impor", tmp_path / "buku.csv", "--laksanakan")

    assert code == UsageFault.exit_code
    assert "buku register lama diambil alih di folder kantor" in capsys.readouterr().err
    assert [str(number) for number in office_in(there).cabinet.numbers()] == ["2026/0001"]


def test_who_backs_the_folder_up_is_told_that_its_cases_are_not_in_it(there, capsys, tmp_path):
    code = yankomas("--root", there, "backup", "--to", tmp_path / "cadangan")

    assert code == 0
    assert "disimpan di pusat dan tidak termasuk" in capsys.readouterr().out


def test_the_bag_of_a_case_at_the_centre_is_taken_away_whole(centre, name, office, tmp_path):
    office.drop("surat.pdf", b"Sengketa tanah rekaan")
    office.run_once()
    before = office.root.cabinet.journal(CaseNumber(2026, 1))
    moved_in(office, name, centre)

    code = yankomas(
        "--root", office.root.layout.root, "berkas", "1/2026", "--bag", "-o", tmp_path / "map.zip", "--alasan", "uji"
    )

    assert code == 0
    with zipfile.ZipFile(tmp_path / "map.zip") as bag:
        assert bag.read("2026-0001/journal.jsonl") == before
        bag.extractall(tmp_path)
    bagit.Bag(str(tmp_path / "2026-0001")).validate()


def test_an_office_moves_out_once_and_a_second_copy_of_its_folder_does_not(centre, name, office, tmp_path, capsys):
    office.drop("surat.pdf", b"Sengketa tanah rekaan")
    office.run_once()
    folder = office.root.layout.root
    moved_in(office, name, centre)
    shutil.copytree(folder, tmp_path / "salinan", ignore=shutil.ignore_patterns("bel"))

    assert yankomas("pusat", "kantor", "pindah-keluar", folder) == 0
    assert yankomas("pusat", "kantor", "pindah-keluar", tmp_path / "salinan") != 0
    assert "sudah pindah keluar" in capsys.readouterr().err


def test_a_folder_whose_settings_forgot_the_centre_gives_no_numbers(centre, name, office, capsys):
    office.drop("surat.pdf", b"Sengketa tanah rekaan")
    office.run_once()
    folder = office.root.layout.root
    before = (folder / "office.toml").read_bytes()
    moved_in(office, name, centre)
    (folder / "office.toml").write_bytes(before)

    assert yankomas("--root", folder, "run", "--once") == 3
    assert "disimpan di pusat" in capsys.readouterr().err


@pytest.mark.parametrize("reserved", ["kerja", "public", "pg_catalog"])
def test_the_names_of_the_database_itself_are_no_offices(centre, reserved, tmp_path, capsys):
    lay_out_filled(tmp_path / "kantor")
    words = ("pusat", "kantor", "tambah", reserved, "--objek", centre.store.address)

    assert yankomas("--root", tmp_path / "kantor", *words) == 3
    assert "tidak dapat dipakai" in capsys.readouterr().err


def test_an_archive_of_a_later_version_is_not_moved_and_left_as_it_was(centre, name, office, capsys):
    office.drop("surat.pdf", b"Sengketa tanah rekaan")
    office.run_once()
    (office.root.layout.archive / ".bentuk").write_bytes(b"%d\n" % (FORMAT + 1))

    assert moved_in(office, name, centre) == ArchiveFault.exit_code
    assert "versi program yang lebih baru" in capsys.readouterr().err
    assert (office.root.layout.archive / "2026/0001/journal.jsonl").is_file()


def test_an_export_is_an_archive_and_what_the_store_lost_comes_back_from_it(centre, name, office, tmp_path, capsys):
    office.drop("surat.pdf", b"Sengketa tanah rekaan")
    office.run_once()
    folder, place = office.root.layout.root, tmp_path / "ekspor"
    place.mkdir()
    assert yankomas("pusat", "ekspor", folder, "--ke", place) != 0
    assert "tidak disimpan di pusat" in capsys.readouterr().err
    assert moved_in(office, name, centre) == 0

    assert yankomas("pusat", "ekspor", folder, "--ke", place) == 0
    assert "1 perkara ditulis" in capsys.readouterr().out
    assert yankomas("--root", place / name, "verify") == 0
    assert yankomas("pusat", "ekspor", folder, "--ke", place) == 0
    assert "0 perkara ditulis" in capsys.readouterr().out
    there = office_in(folder)
    document = there.cabinet.case(CaseNumber(2026, 1)).original
    obstore.delete(there.objects._store, there.objects.key(document.sha256))
    assert yankomas("--root", folder, "verify") == ArchiveFault.exit_code
    assert yankomas("pusat", "lengkapi", folder, "--dari", tmp_path / "lama") != 0
    assert yankomas("pusat", "lengkapi", folder, "--dari", place / name) == 0
    assert f"{document.name}: disimpan kembali" in capsys.readouterr().out
    assert yankomas("--root", folder, "verify") == 0


@pytest.fixture
def own_centre(monkeypatch):
    """Servers of which no other test has an office."""
    with central_servers() as servers:
        come_with(monkeypatch, servers.key_of("bengkulu"))
        yield looked_after(servers, monkeypatch)
        FakeOffice.close_all()


def test_who_put_a_copied_disk_back_says_so_and_numbers_wait_for_a_person(own_centre, office, capsys, monkeypatch):
    monkeypatch.setattr(ServerClock, "now", lambda _clock: MORNING)
    office.drop("surat.pdf", b"Sengketa tanah rekaan")
    office.run_once()
    assert moved_in(office, "bengkulu", own_centre) == 0
    folder = office.root.layout.root

    assert yankomas("pusat", "dipulihkan") == 0
    assert "1 kantor" in capsys.readouterr().out
    assert yankomas("--root", folder, "nomor") == 0
    assert "nomor baru ditahan" in capsys.readouterr().out
    assert yankomas("pusat", "kantor", "pindah-keluar", folder) != 0
    assert "belum diketahui" in capsys.readouterr().err
    assert yankomas("--root", folder, "nomor", "--register", "4/2026", "--naskah", "tetap") == 0
    assert "3 nomor register hilang" in capsys.readouterr().out

    there = FakeOffice(folder)
    there.drop("kedua.pdf", b"Upah rekaan")
    there.run_once()
    assert max(there.root.cabinet.numbers()) == CaseNumber(2026, 5)


def test_an_office_made_under_a_name_that_was_used_before_sees_nothing_of_the_former(centre):
    with centre.office() as (former, _), centre.office() as (other, _):
        name, role = former.schema, f"kantor_{former.schema}"
        PostgresExchange(former).send(other.schema, CaseNumber(2026, 1), {"kantor": "Rekaan"}, [b"surat"])
        (sent,) = PostgresExchange(other).incoming()
        with PostgresExchange(other).held(sent.id) as parcel:
            parcel.take("2026/0007")
        former.close()
        with psycopg.connect(centre.database) as owner:
            owner.execute(f"DROP SCHEMA {name} CASCADE")
            owner.execute(f"DROP OWNED BY {role}")
            owner.execute(f"DROP ROLE {role}")

        password = make_office(centre.database, name, new=True)
        with closing(Database(address_of(centre.database, name, password), name)) as new:
            assert PostgresExchange(new).sent(9) == PostgresExchange(new).answers() == []
        with psycopg.connect(centre.database) as owner:
            assert owner.execute("SELECT asal FROM antar.kiriman WHERE id = %s", (int(sent.id),)).fetchone() == (
                f"{name} (dahulu)",
            )
