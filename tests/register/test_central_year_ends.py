"""Closed years of an office of many: every machine of it knows them; of its register, and of its access log."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta

import obstore
import offices
import psycopg
import pytest
from ended_cases import ARCHIVIST, running
from fakes import MORNING
from offices import FakeOffice

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.ports import content
from pipeline.cli import main
from pipeline.errors import NotAllowed, Passing
from pipeline.office.central_plan import KEY, KEY_ID
from pipeline.privacy.matters import By
from pipeline.privacy.terms import Terms
from pipeline.privacy.terms import close_year as close_log
from pipeline.wiring import Root
from pipeline.wiring.central_export import export_office
from pipeline.work.close_year import close_year, sign_year
from pipeline.work.store.setup import lay_out_filled

pytestmark = pytest.mark.in_folders

YEAR = MORNING.year
SHEET = b"%PDF-1.7 lembar bertanda tangan"
ADMIN = By("ani", "admin")


def quiet(_done: int, _all: int) -> None:
    """Show nothing."""


def findings(root) -> list[tuple[str, str]]:
    return [(one.where, one.code) for one in root.verify(quiet)]


def opened(folder) -> FakeOffice:
    office = FakeOffice(folder)
    offices._OPEN.append(office)
    return office


def close(office: FakeOffice) -> None:
    """Close the year of the office's letters, in the next, with its signed sheet."""
    office.clock.forward(days=60)
    parts = office.root.close_year_parts(lambda: office.reader)
    close_year(YEAR, by=ARCHIVIST, parts=parts)
    sign_year(YEAR, office.root.in_memory("lembar.pdf", SHEET), by=ARCHIVIST, parts=parts)


def with_a_letter(office: FakeOffice) -> FakeOffice:
    office.drop("surat.pdf", b"Sengketa tanah rekaan")
    office.run_once()
    return office


@pytest.fixture
def office(tmp_path, central):
    folder = tmp_path / "kantor"
    lay_out_filled(folder)
    central.join(folder)
    return with_a_letter(opened(folder))


def test_a_second_machine_knows_the_closed_year_and_gives_no_number_of_it(office, tmp_path, central):
    folder = tmp_path / "mesin-lain"
    shutil.copytree(office.root.layout.root, folder)
    other = opened(folder)
    close(office)

    assert other.root.year_ends.closed() == {YEAR}
    (end,) = other.root.year_ends.every()
    assert content(other.root.year_ends.sheet(end)) == SHEET
    with pytest.raises(Passing, match="sudah ditutup"):
        running(other)
    assert office.root.seals.seal_now(office.clock.now())
    assert findings(office.root) == []
    with psycopg.connect(central.database) as owner:
        owner.execute(f"UPDATE {office.root.database.schema}.kantor SET riwayat = 'lain'")
    with pytest.raises(NotAllowed, match="lembar penutupannya"):
        other.root.numbers.confirm(CaseNumber(YEAR, 9), {}, "Ani Rekaan", office.clock.now())
    assert other.root.numbers.confirm(None, {}, "Ani Rekaan", office.clock.now()) == 0


def test_a_year_closed_by_a_clock_that_ran_ahead_is_open_again_once_a_person_says_so(office):
    close(office)
    office.clock.forward(days=-60)

    ahead = office.root.moments_ahead()
    office.root.confirm_clock(ahead, "Ani Rekaan")

    assert office.root.year_ends.closed() == frozenset()


def test_a_sheet_that_the_store_lost_and_a_line_that_was_changed_are_named(office, central):
    close(office)
    (end,) = office.root.year_ends.every()
    obstore.delete(office.root.objects._store, office.root.objects.key(end.signed))
    assert (f".tutup-buku/{end.signed}.lembar", "tutup-buku") in findings(office.root)
    office.root.objects.put(SHEET)
    with psycopg.connect(central.database) as owner:
        owner.execute(f"SET search_path TO {office.root.database.schema}")
        owner.execute("DELETE FROM catatan WHERE baris = (SELECT min(baris) FROM catatan WHERE buku = 'tutup-buku')")
    assert (".tutup-buku/daftar.jsonl", "tutup-buku") in findings(office.root)


def test_closed_years_move_in_and_out_and_into_the_export_byte_for_byte(tmp_path, central, monkeypatch):
    before = with_a_letter(FakeOffice(tmp_path / "kantor"))
    folder, name = before.root.layout.root, next(central.names)
    close(before)
    key = central.key_of(name)
    monkeypatch.setenv("YANKOMAS_PUSAT_PENGELOLA", central.database)
    monkeypatch.setenv(f"YANKOMAS_PUSAT_{KEY_ID.upper()}", key.key_id)
    monkeypatch.setenv(f"YANKOMAS_PUSAT_{KEY.upper()}", key.secret)
    kept = {path.name: path.read_bytes() for path in (folder / "archive/.tutup-buku").iterdir()}
    assert len(kept) == 2

    assert main(["pusat", "kantor", "pindah-masuk", str(folder), name, "--objek", key.address]) == 0
    there = opened(folder)
    assert there.root.year_ends.closed() == {YEAR}
    assert not (folder / "archive/.tutup-buku").exists()
    assert findings(there.root) == []
    (tmp_path / "ekspor").mkdir()
    exported, _ = export_office(there.root.exporting, tmp_path / "ekspor", quiet)
    assert {path.name: path.read_bytes() for path in (exported / "archive/.tutup-buku").iterdir()} == kept
    assert Root(exported).verify(quiet) == []

    assert main(["pusat", "kantor", "pindah-keluar", str(folder)]) == 0
    assert {path.name: path.read_bytes() for path in (folder / "archive/.tutup-buku").iterdir()} == kept


def test_a_year_of_the_access_log_is_closed_and_nothing_else_of_it_goes(office, tmp_path):
    root, now = office.root, office.clock.now()
    for year in (2013, 2014, 2026):
        at = datetime(year, 3, 3, 9, tzinfo=now.tzinfo)
        root.access_log.append(at, "ani", "POST /akun", {"admin"}, about="ani")
        root.seals.seal_now(at)
    (tmp_path / "ekspor").mkdir()
    exported, _ = export_office(root.exporting, tmp_path / "ekspor", quiet)
    before = findings(root)
    assert root.due_removals().years == (2013,)

    close_log(root.due_removals(), 2013, "lewat masa simpan", ADMIN, now, root.removals, Terms())

    assert [month[:4] for month in root.access_log.months()] == ["2026", "2014"]
    assert findings(root) == before == []
    export_office(root.exporting, tmp_path / "ekspor", quiet)
    assert [path.name for path in sorted((exported / "archive/akses").iterdir())] == ["2014-03.jsonl", "2026-03.jsonl"]
    assert Root(exported).verify(quiet) == []
    young = datetime.now(UTC).year - 5
    for act in (f"SELECT hapus_catatan_akses({young})", "DELETE FROM catatan WHERE buku = 'akses'"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            root.database.row(act)


def test_a_log_that_was_changed_in_the_database_is_not_closed(office, central):
    root, now = office.root, office.clock.now()
    for year in (2013, 2026):
        at = now.replace(year=year) - timedelta(days=1)
        root.access_log.append(at, "ani", "POST /akun", {"admin"}, about="pensiun")
        root.seals.seal_now(at)
    with psycopg.connect(central.database) as owner:
        owner.execute(f"SET search_path TO {root.database.schema}")
        owner.execute(
            "UPDATE catatan SET isi = convert_to(replace(convert_from(isi, 'UTF8'), 'pensiun', 'lainlai'), 'UTF8')"
            " WHERE buku = 'akses' AND bagian LIKE '2013-%'"
        )

    with pytest.raises(NotAllowed, match="tidak utuh"):
        close_log(root.due_removals(), 2013, "x", ADMIN, now, root.removals, Terms())

    assert len(root.access_log.months()) == 2
