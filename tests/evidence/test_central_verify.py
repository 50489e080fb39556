"""Verifying at the centre: seals, numbers and rows of cases are held against the journals, whoever changed them."""

from __future__ import annotations

from datetime import timedelta

import offices
import psycopg
import pytest
from central_letters import enrolled
from central_office import made
from fakes import MORNING
from kept_offices import KeptOffice
from people_rows import past_the_program

from pipeline.archive.store.postgres_cabinet import PostgresCabinet
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.journal import read_journal, write_line
from pipeline.errors import Passing
from pipeline.evidence.store.postgres_seals import PostgresSeals
from pipeline.evidence.store.postgres_verify import verify_office
from pipeline.storage.version_list import LIST

KEY = b"kunci kantor"


@pytest.fixture
def sealed(central_office):
    """An office with two cases under a seal: its database and its cabinet."""
    database, objects = central_office
    for text in ("pertama", "kedua"):
        enrolled(database, objects, text)
    assert PostgresSeals(database, lambda: KEY).seal_if_due(MORNING + timedelta(days=1))
    return database, PostgresCabinet(database, objects)


def found(sealed, **told) -> list[tuple[str, str]]:
    told = {"seal_key": KEY, **told}
    return [(one.where, one.code) for one in verify_office(*sealed, lambda _done, _all: None, **told)]


def as_owner(central, sealed, *acts: str) -> None:
    """Do what only who owns the database can."""
    with psycopg.connect(central.database) as owner:
        owner.execute(f"SET search_path TO {sealed[0].schema}")
        owner.execute("SET session_replication_role = replica")
        for act in acts:
            owner.execute(act)


def test_an_office_that_nobody_touched_has_nothing_wrong(sealed):
    assert found(sealed) == []


@pytest.mark.parametrize(
    ("act", "finding"),
    [
        ("UPDATE deret SET terakhir = 1", ("2026/deret", "nomor")),
        ("UPDATE deret SET terakhir = 3", ("2026/0003", "lompat")),
        ("UPDATE deret SET saat = '2026-11-01T08:00:00+07:00'", ("2026/deret", "nomor")),
        ("DELETE FROM deret", ("2026/deret", "nomor")),
        ("UPDATE perkara SET asli = sha256('x') WHERE urut = 2", ("2026/0002/perkara", "nomor")),
        ("UPDATE perkara SET klaim = 'lain' WHERE urut = 1", ("2026/0001/perkara", "nomor")),
        ("UPDATE kantor SET posisi = posisi + 1", ("kantor", "saksi")),
        ("UPDATE saksi SET posisi = posisi + 7 WHERE urut = 2", ("saksi", "saksi")),
        ("DELETE FROM catatan WHERE buku = 'segel'; UPDATE kantor SET posisi = 0", ("kantor", "saksi")),
        (
            "INSERT INTO deret_naskah (tahun, nama, nomor, perkara, teks)"
            " VALUES (2026, 'keluar', 1, '2026/0001', 'W-1')",
            ("2026/deret_naskah", "naskah"),
        ),
    ],
)
def test_what_does_not_follow_from_the_journals_is_named(sealed, central, act, finding):
    as_owner(central, sealed, act)

    assert finding in found(sealed)


def test_witnesses_that_are_not_those_that_were_sealed_are_named(sealed, central):
    other = "f" * 64
    as_owner(central, sealed, f"UPDATE saksi SET hash = '{other}' WHERE urut = 2")

    assert (".changes", "saksi") in found(sealed)


def test_a_case_that_was_taken_away_whole_is_missed_by_its_seal(sealed, central):
    as_owner(central, sealed, *(f"DELETE FROM {table} WHERE urut = 2" for table in ("saksi", "jurnal", "perkara")))

    assert {("2026/0002/jurnal", "segel"), (".changes", "saksi"), ("2026/0002", "lompat")} <= set(found(sealed))


def test_a_seal_that_was_made_by_somebody_else_is_named(sealed):
    assert found(sealed, seal_key=b"lain") == [("segel", "segel")]


def test_a_seal_whose_line_was_changed_is_named(sealed, central):
    as_owner(central, sealed, "UPDATE catatan SET isi = overlay(isi PLACING '9' FROM 8) WHERE buku = 'segel'")

    assert ("segel", "segel") in found(sealed)


def test_a_case_that_is_owed_something_and_not_marked_is_named(sealed):
    database, cabinet = sealed
    with cabinet.held(CaseNumber(2026, 1)) as folder:
        folder.settle()

    assert found(sealed, owed=lambda _case: True) == [("2026/0001/perkara", "terbuka")]
    cabinet.mark_open(CaseNumber(2026, 1))
    assert found(sealed, owed=lambda _case: True) == []
    assert database.row("SELECT count(*) FROM perkara WHERE terbuka") == (2,)


def test_a_number_that_an_old_book_left_out_is_no_gap_but_one_that_was_seen_is(central, sealed):
    as_owner(central, sealed, "UPDATE deret SET terakhir = 4", "DELETE FROM perkara WHERE urut = 2")

    told = found(sealed, left_out=lambda year: ((2, 3),) if year == 2026 else ())

    assert [where for where, code in told if code == "lompat"] == ["2026/0002", "2026/0004"]


def test_a_journal_whose_line_names_documents_as_none_are_written_is_named_and_the_rest_looked_at(sealed, central):
    database, cabinet = sealed
    first = read_journal(cabinet.journal(CaseNumber(2026, 1))).entries[0]
    line, entry = write_line(2, MORNING, "sistem", "kelak", {"documents": "salah"}, first.hash)
    with psycopg.connect(central.database) as owner:
        owner.execute(f"SET search_path TO {database.schema}")
        owner.execute("SET session_replication_role = replica")
        row = (entry.prev, entry.hash, line)
        owner.execute("INSERT INTO jurnal (tahun, urut, seq, prev, hash, baris) VALUES (2026, 1, 2, %s, %s, %s)", row)
        owner.execute("DELETE FROM deret")

    assert {("2026/0001/jurnal", "rantai"), ("2026/deret", "nomor")} <= set(found(sealed))


class Whole:
    """An office of the centre with two letters and an account, sealed."""

    def __init__(self, office, servers) -> None:
        self.office, self.root, self.servers = office, office.root, servers

    def seal(self) -> None:
        self.office.clock.forward(minutes=5)
        assert self.root.seals.seal_now(self.office.clock.now())

    def found(self) -> set[tuple[str, str]]:
        return {(one.where, one.code) for one in self.root.verify(lambda _done, _all: None)}

    def past_the_program(self, statement: str) -> None:
        past_the_program(self.root, statement)


@pytest.fixture(scope="module")
def kept(tmp_path_factory, central):
    """Such an office, to be put back for each test."""

    def until_sealed(office) -> None:
        for text in (b"Surat A", b"Surat B"):
            office.drop("scan.pdf", text)
            office.run_once()
        office.root.people.accounts.make("siti", "Siti Rekaan", [], MORNING)
        Whole(office, central).seal()

    place = tmp_path_factory.mktemp("utuh")
    return KeptOffice(made(place / "kantor", central), place, until_sealed)


@pytest.fixture
def whole(kept, tmp_path, central):
    office = kept.at(1, tmp_path / "kantor")
    offices._OPEN.append(office)
    office.clock.forward(minutes=5)
    return Whole(office, central)


@pytest.mark.parametrize("sealed", [False, True])
@pytest.mark.parametrize("logged", ["", "before", "with"])
def test_an_account_that_was_changed_past_the_program_is_found_at_the_centre_too(whole, sealed, logged):
    def note() -> None:
        whole.root.access_log.append(whole.office.clock.now(), "admin", "POST /akun", ("admin",), about="siti")

    assert whole.found() == set()
    if logged:
        note()
    if logged == "before":
        whole.seal()
    whole.past_the_program("UPDATE account SET password = 'lain' WHERE login = 'siti'")
    if sealed:
        whole.seal()

    assert whole.found() == (set() if logged else {(".akun", "akun")})


def test_a_backup_of_the_folder_says_so_too_and_is_made_while_the_centre_is_away(whole, tmp_path, monkeypatch):
    sound = whole.root.back_up(str(tmp_path / "cadangan"), lambda _done, _all: None)
    (whole.root.layout.archive / "asing.txt").touch()
    whole.past_the_program("UPDATE account SET password = 'lain' WHERE login = 'siti'")

    kept = whole.root.back_up(str(tmp_path / "cadangan"), lambda _done, _all: None)
    monkeypatch.setattr(type(whole.root), "access_log", property(lambda _root: away()))
    blind = whole.root.back_up(str(tmp_path / "cadangan"), lambda _done, _all: None)

    assert [[one.code for one in backup.findings] for backup in (sound, kept, blind)] == [
        [],
        ["asing", "akun"],
        ["asing"],
    ]


def away():
    raise Passing("Pusat tidak dapat dihubungi.", "Ulangi.")


def test_what_was_in_force_and_the_keys_marks_are_missed_at_the_centre_too(whole):
    layout = whole.root.layout
    version = next(path for path in layout.states.iterdir() if path.name != LIST and len(path.name) == 64)
    version.unlink()
    (layout.key_marks / "segel").write_text("lain")

    assert {(f".keadaan/{version.name}", "keadaan"), (".sidik/segel", "kunci")} <= whole.found()


def test_a_key_s_mark_that_somebody_exchanged_is_named_with_what_puts_it_right(whole):
    whole.past_the_program("UPDATE office_key SET mark = encode(sha256('lain'), 'hex') WHERE name = 'segel'")

    [told] = whole.root.verify(lambda _done, _all: None)

    assert (told.where, told.code) == ("pusat: kunci/segel", "kunci")
    assert "Sidik kunci segel di pusat bukan dari kunci di folder ini" in told.fact
    assert "--kunci-hilang; kunci yang ada di sini tetap" in str(told.remedy)


def test_an_old_register_that_is_no_longer_the_one_taken_over_is_named_at_the_centre_too(whole):
    book = whole.root.layout.old_registers / f"{'0' * 64}.buku"
    book.parent.mkdir()
    book.write_bytes(b"lain")

    assert whole.found() == {(f".buku-lama/{book.name}", "buku-lama")}


def test_the_newest_case_that_was_taken_away_with_every_trace_is_still_in_the_inbox_account(whole):
    with psycopg.connect(whole.servers.database) as owner:
        owner.execute(f"SET search_path TO {whole.root.database.schema}")
        owner.execute("SET session_replication_role = replica")
        for table in ("saksi", "jurnal", "perkara"):
            owner.execute(f"DELETE FROM {table} WHERE urut = 2")
        owner.execute("UPDATE deret SET terakhir = 1")
        owner.execute("UPDATE kantor SET posisi = (SELECT max(posisi) FROM saksi)")
        owner.execute("DELETE FROM catatan WHERE buku = 'segel'")

    assert ("2026/0002", "nomor") in whole.found()
