"""PostgreSQL brought back to a moment between two letters, beside an object store that has more: a rehearsal."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from dataclasses import replace
from datetime import datetime
from itertools import count
from pathlib import Path

import offices
import psycopg
import pytest
from central_servers import CentralServers
from ended_cases import ARCHIVIST
from fakes import MORNING
from offices import FakeOffice
from patience import until
from people_rows import ASKED, GOOD, IN_PLACE, lived_in
from processes import all_ended, watched
from test_central_moves import quiet
from trial_servers import object_store, postgres

from pipeline.access.store.people import SqlitePeople
from pipeline.access.store.people_file import FILE
from pipeline.access.store.people_moves import IDS, TABLES
from pipeline.archive.store.layout import Layout
from pipeline.archive.store.objects import StorePlace
from pipeline.backup.store.centre import PostgresCentre
from pipeline.cases.case_number import CaseNumber
from pipeline.cli import main
from pipeline.errors import Denied, Interrupted, NotAllowed, Passing, UsageFault
from pipeline.mail.store.sent_record import SENT, SqliteSentRecord
from pipeline.office.store.handovers import FILE as HANDED_OVER
from pipeline.office.store.handovers import HandoverFile
from pipeline.privacy.store.matter_books import BOOKS, REQUESTS, MatterFile
from pipeline.storage.postgres_lines import SURVEY
from pipeline.storage.postgres_offices import server_version
from pipeline.survey.store.survey_files import SurveyFiles
from pipeline.work.close_year import close_year, sign_year
from pipeline.work.store.setup import lay_out_filled

FIRST = CaseNumber(2026, 1)


class Centre:
    """A centre whose WAL is archived, as docs/many-offices.md asks; its objects are not brought back."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.wal, self.base = folder, folder / "wal", folder / "dasar"
        self._places = (folder / f"basis{n}" for n in count())

    def running(self, place: Path | None = None):
        """Run PostgreSQL in a new folder, or in one that is there already."""
        self.place = place or next(self._places)
        _given_to_server(self.wal)
        archive = f"test ! -f {self.wal}/%f && cp %p {self.wal}/%f"
        return postgres(self.place, {"fsync": "off", "archive_mode": "on", "archive_command": archive})

    def back_up(self) -> None:
        """Copy the running server, as it is to be done each week."""
        _pg("pg_basebackup", "-D", self.base, "-h", self.place, "-U", "yankomas", "-X", "none", "-c", "fast")

    def archive(self, address: str) -> None:
        """Wait until what was committed is in the archive of WAL."""
        with psycopg.connect(address, autocommit=True) as owner:
            segment = owner.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone()[0]
        until(lambda: (self.wal / segment).exists())

    def kill(self) -> None:
        """End the server as a power cut does."""
        pid = int((self.place / "data/postmaster.pid").read_text().split()[0])
        held = watched([pid])
        os.kill(pid, signal.SIGKILL)
        assert all_ended(held), "the server still runs"

    def brought_back(self, moment: datetime) -> Path:
        """Make the data of a server that goes to a moment and on from there; return its folder."""
        place = next(self._places)
        place.mkdir()
        shutil.copytree(self.base, place / "data")
        with open(place / "data/postgresql.auto.conf", "a") as settings:
            settings.write(f"restore_command = 'cp {self.wal}/%f \"%p\"'\n")
            settings.write(f"recovery_target_time = '{moment.isoformat()}'\nrecovery_target_action = 'promote'\n")
        (place / "data/recovery.signal").touch()
        _given_to_server(place)
        return place


def _pg(program: str, *words: object) -> None:
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    subprocess.run([programs / program, *map(str, words)], check=True, capture_output=True)


def _given_to_server(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, "postgres", "postgres")


@pytest.fixture
def centre(tmp_path_factory):
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="yankomas-pulih-"))
    folder.chmod(0o755)
    yield Centre(folder)
    shutil.rmtree(folder, ignore_errors=True)


def ready(address: str) -> None:
    """Wait until a server that is brought back takes writes."""

    def writable() -> bool:
        with psycopg.connect(address) as asked:
            return not asked.execute("SELECT pg_is_in_recovery()").fetchone()[0]

    until(writable)


def at_the_server(address: str) -> datetime:
    """Return the server's time, when all that was committed before has an earlier one and all that comes a later."""
    with psycopg.connect(address) as asked:
        moment = asked.execute("SELECT clock_timestamp()").fetchone()[0]
    time.sleep(0.01)
    return moment


def opened(folder: Path, address: str = "") -> FakeOffice:
    """Open the office anew, as its processes do after a start; its database may be at another address now."""
    FakeOffice.close_all()
    if address:
        settings = folder / "office.toml"
        lines = settings.read_text().splitlines(keepends=True)
        kept = [f'basis_data = "{address}"\n' if line.startswith("basis_data") else line for line in lines]
        settings.write_text("".join(kept))
    office = FakeOffice(folder)
    offices._OPEN.append(office)
    return office


class _Undone(Exception):
    """A number of a letter was looked at, and no decision takes it."""


def registered(office: FakeOffice, *words: str) -> None:
    for word in words:
        office.drop(f"{word}.pdf", f"Pengaduan tentang {word} rekaan".encode())
        office.run_once()
        office.clock.forward(minutes=1)
    office.root.index.refresh()


def begun(centre: Centre, address: str, store: StorePlace, folder: Path) -> FakeOffice:
    """An office that has just joined the centre, with two cases."""
    lay_out_filled(folder)
    CentralServers(address, store, iter(["bengkulu"]), centre.folder / "objek").join(folder)
    office = opened(folder)
    registered(office, "tanah", "upah")
    return office


def found(office: FakeOffice, word: str) -> list[CaseNumber]:
    office.root.index.refresh()
    return [CaseNumber(hit.year, hit.serial) for hit in office.search(word).hits]


def test_a_moment_between_two_letters_comes_back_and_no_number_on_paper_is_given_again(centre, tmp_path):
    folder = tmp_path / "kantor"
    with object_store(centre.folder / "objek") as store:
        with centre.running() as address:
            office = begun(centre, address, store, folder)
            keys = lived_in(office.root.people)
            assert office.root.people.present(keys["session"], MORNING)
            centre.back_up()
            registered(office, "ijazah")
            moment = at_the_server(address)
            registered(office, "pasar", "tambang")
            lost = office.root.cabinet.case(CaseNumber(2026, 5)).original
            assert found(office, "tambang") == [CaseNumber(2026, 5)]
            centre.archive(address)
            centre.kill()

        with centre.running(centre.brought_back(moment)) as address:
            ready(address)
            office = opened(folder, address)
            office.clock.forward(minutes=10)
            assert [number.serial for number in office.root.cabinet.numbers()] == [1, 2, 3]
            assert office.root.verify(quiet) == []
            assert office.root.people.accounts.account("siti").ready
            assert office.root.people.present(keys["session"], MORNING) is None
            with pytest.raises(Denied):
                office.root.people.links.whose(keys["link"], MORNING)
            assert [row.serial for row in office.root.rows.rows()] == [1, 2, 3]
            assert found(office, "tambang") == []
            assert found(office, "ijazah") == [CaseNumber(2026, 3)]
            assert office.root.objects.size(lost.sha256) == lost.bytes

            office.drop("baru.pdf", b"Pengaduan tentang hutan rekaan")
            with pytest.raises(Interrupted, match="belum diketahui"):
                office.run_once()
            with office.root.series.held(2026) as series, pytest.raises(Passing, match="yankomas nomor"):
                series.next(FIRST, MORNING.date())
            with pytest.raises(UsageFault, match="lebih rendah"):
                office.root.numbers.confirm(CaseNumber(2026, 2), {}, "Ani", office.clock.now())
            assert office.root.numbers.confirm(CaseNumber(2026, 5), {"keluar": 7}, "Ani", office.clock.now()) == 2
            office.run_once()

            assert max(office.root.cabinet.numbers()) == CaseNumber(2026, 6)
            with pytest.raises(_Undone, match=r"-8$"), office.root.series.held(2026) as series:
                raise _Undone(series.next(FIRST, MORNING.date()))
            assert [(f.where, f.code) for f in office.root.verify(quiet)] == [
                ("2026/0004", "lompat"),
                ("2026/0005", "lompat"),
            ]
            with pytest.raises(UsageFault, match="Tidak ada pemulihan"):
                office.root.numbers.confirm(None, {}, "Ani", office.clock.now())
            FakeOffice.close_all()


def as_of_the_version_before(address: str, schema: str) -> None:
    """Make an office's schema what it was in form 10, with all that stands in it."""
    with psycopg.connect(address) as owner:
        owner.execute(f"SET search_path TO {schema}")
        owner.execute("DROP TRIGGER tempatkan_catatan ON catatan")
        owner.execute("DROP FUNCTION tempatkan_catatan")
        owner.execute("ALTER TABLE catatan DROP COLUMN akhir")  # and its index
        owner.execute("DROP TABLE kemajuan")
        owner.execute(f"DROP TABLE {', '.join(TABLES)}, {IDS}, people_state")
        owner.execute("DROP FUNCTION note_account_change, session_ended, give_id, guard_people_state, guard_last_id")
        owner.execute(
            "DROP TABLE taken_over, told, refused, mails, receipts, survey_mark, office_key, agent_sign, drawer, typed"
        )
        held = ("orang", "alih-tugas", "surel", SURVEY, *BOOKS)
        owner.execute("DELETE FROM kunci WHERE nama = ANY(%s)", (list(held),))
        owner.execute("DELETE FROM bentuk WHERE versi > 10")


def close(office: FakeOffice) -> None:
    """Close the year that is over, with its signed sheet."""
    parts = office.root.close_year_parts(lambda: office.reader)
    close_year(2026, by=ARCHIVIST, parts=parts)
    sign_year(2026, office.root.in_memory("lembar.pdf", b"%PDF-1.7 lembar"), by=ARCHIVIST, parts=parts)


def test_a_moment_before_an_update_and_the_closing_of_a_year_is_brought_to_todays_form_and_closed_again(
    centre, tmp_path, capsys, monkeypatch
):
    folder = tmp_path / "kantor"
    with object_store(centre.folder / "objek") as store:
        with centre.running() as address:
            office = begun(centre, address, store, folder)
            office.root.seals.seal_now(office.clock.now())
            as_of_the_version_before(address, "bengkulu")
            lived_in(SqlitePeople(folder / ".akun"))
            HandoverFile(folder / ".akun" / HANDED_OVER, folder / "archive" / ".locks" / "alih").enter(IN_PLACE, [])
            SqliteSentRecord(folder / ".akun").told(["pagi siti"], MORNING)
            SurveyFiles(Layout(folder), lambda: office.root.keys.key("kode-status")).drop("K1", GOOD, MORNING.date())
            MatterFile(Layout(folder), REQUESTS).add(lambda _: ASKED)
            centre.back_up()
            moment = at_the_server(address)
            PostgresCentre(address, lambda *_: None, lambda _: ()).prepare(quiet)
            office = opened(folder)
            office.clock.forward(minutes=10)
            registered(office, "ijazah")
            office.clock.forward(days=60)
            close(office)
            assert office.root.seals.seal_now(office.clock.now())
            office.root.handovers.take_back(1, "budi", MORNING)
            office.root.sent_record().told(["segera siti"], MORNING)
            office.root.survey.drop("K2", GOOD, MORNING.date())
            office.root.person_requests.add(lambda _: replace(ASKED, number=2))
            assert not any(path.exists() for path in (office.root.layout.survey, office.root.layout.privacy))
            for name in (FILE, HANDED_OVER, SENT.name):
                assert not (folder / ".akun" / name).exists()  # what was in the file is at the centre
            centre.archive(address)
            centre.kill()

        with centre.running(centre.brought_back(moment)) as address:
            ready(address)
            opened(folder, address)
            for command in ("verify", "nomor", "run"):
                assert main(["--root", str(folder), command, *(["--once"] if command == "run" else [])]) == 3, command
                told = capsys.readouterr().err
                assert ("bentuk 10, perlu" in told, "yankomas pusat siapkan" in told) == (True, True), command
            monkeypatch.setenv("YANKOMAS_PUSAT_PENGELOLA", address)
            assert main(["pusat", "siapkan"]) == 0

            office = opened(folder)
            office.clock.forward(days=70)
            assert office.root.verify(quiet) == []
            assert office.root.people.accounts.account("siti").ready
            assert office.root.people.sessions.alive(MORNING) == []
            assert [(h.name, h.taken_back_by) for h in office.root.handovers.all()] == [("Siti Rekaan", "")]
            sent = office.root.sent_record()
            assert (sent.is_told("pagi siti"), sent.is_told("segera siti")) == (True, False)
            assert [office.root.survey.has_answered(code) for code in ("K1", "K2")] == [True, False]
            assert list(office.root.person_requests.lines()) == [ASKED]
            assert office.root.year_ends.closed() == frozenset()
            with pytest.raises(NotAllowed, match="belum dipastikan"):
                close(office)
            assert office.root.numbers.confirm(CaseNumber(2026, 3), {}, "Ani", office.clock.now()) == 1
            close(office)
            assert office.root.year_ends.closed() == {2026}
            assert office.root.seals.seal_now(office.clock.now())
            registered(office, "hutan")
            assert [str(number) for number in office.root.cabinet.numbers()] == ["2026/0001", "2026/0002", "2027/0001"]
            assert [(f.where, f.code) for f in office.root.verify(quiet)] == [("2026/0003", "lompat")]
            FakeOffice.close_all()


def test_a_server_that_only_crashed_asks_nothing_and_a_copied_disk_is_told(centre, tmp_path):
    folder = tmp_path / "kantor"
    with object_store(centre.folder / "objek") as store:
        with centre.running() as address:
            lay_out_filled(folder)
            CentralServers(address, store, iter(["bengkulu"]), centre.folder / "objek").join(folder)
            registered(opened(folder), "tanah")
            centre.kill()
        with centre.running(centre.place) as address:
            assert server_version(address) >= 15
            office = opened(folder)
            office.clock.forward(minutes=5)
            registered(office, "upah")
            assert office.root.numbers.restored_from() is None
            newest = office.root.cabinet.case(CaseNumber(2026, 2)).entries[-1].at

            assert PostgresCentre(address, lambda *_: None, lambda _: ()).brought_back() == 1

            assert office.root.numbers.restored_from() == newest
            assert newest > MORNING
            with pytest.raises(Interrupted, match="belum diketahui"):
                registered(office, "hutan")
            assert office.root.numbers.confirm(None, {}, "Ani", office.clock.now()) == 0
            registered(office, "pasar")
            assert [number.serial for number in office.root.cabinet.numbers()] == [1, 2, 3, 4]
            FakeOffice.close_all()
