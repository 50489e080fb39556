"""A whole office on a machine of its own, its workers on others, and what fails between them and the centre."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import pytest
import uvicorn
from central_network import PATIENCE, Centre, network_centre, told
from central_office import drop, registered, require_whole
from desk_certificate import certificate_in
from free_ports import free_port
from hostile_files import pdf
from network_nodes import Node, node
from offices import FakeOffice
from patience import until
from two_offices import CentralOffice
from web_desk import WebDesk

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.ports import content
from pipeline.errors import Passing
from pipeline.storage.postgres_forms import migrations
from pipeline.storage.postgres_offices import make_worker, worker_address
from pipeline.wiring.central_export import export_office, take_objects_again

pytestmark = pytest.mark.skipif(os.environ.get("YANKOMAS_TES_PUSAT") != "1", reason="dijalankan `make test-central`")
_LETTERS = 12


def quiet(_done: int, _all: int) -> None:
    """Show nothing."""


def ended(process: subprocess.Popen[str]) -> None:
    """End the office of a machine as its service manager does, and wait until it has made its last seal."""
    process.terminate()
    assert process.wait(PATIENCE) == 0


def doctor(centre: Centre, machine: Node, folder: Path, *before: object) -> str:
    """What the doctor says of the centre on a machine."""
    words = [*before, sys.executable, Path(__file__).parents[1] / "central_office_node.py", folder, "doctor"]
    return centre.start(machine, words).communicate(timeout=PATIENCE)[0]


def test_while_the_database_has_no_connection_left_letters_wait_and_a_machine_goes_on_with_its_own(tmp_path):
    hold = tmp_path / "lanjut"
    with network_centre(tmp_path, max_connections="60") as centre, node() as desk, node() as machine:
        office, process = centre.runs(desk)
        worker = centre.machine(machine, hold)
        drop(office, "tanah")
        assert worker.stdout.readline() == "mulai\n"
        with centre.database.without_connections(centre.office.root.database.address):
            drop(office, "upah")
            hold.touch()
            until(lambda: "tidak dapat dihubungi" in told(office.root.layout.root))
            until(lambda: "bengkulu 2026/0001 tertunda: Basis data" in told(centre.folder_on(machine)[0]))
        until(lambda: centre.all_done(2))
        ended(process)

        require_whole(office, 2)


def test_while_the_databases_disk_is_full_letters_wait_and_a_machine_goes_on_with_its_own(tmp_path):
    hold = tmp_path / "lanjut"
    log_in_short = {"min_wal_size": "32MB", "max_wal_size": "32MB"}
    with (
        network_centre(tmp_path, on_small_disk=True, **log_in_short) as centre,
        node() as desk,
        node() as machine,
    ):
        office, process = centre.runs(desk)
        worker = centre.machine(machine, hold)
        drop(office, *(f"sebelum {n}" for n in range(10)))  # so much that its tables have to grow
        until(lambda: len(office.root.cabinet.numbers()) == 10)
        assert worker.stdout.readline() == "mulai\n"
        with centre.database.full_disk():
            drop(office, *(f"sesudah {n}" for n in range(30)))
            hold.touch()
            until(lambda: "tertunda: Basis data" in told(office.root.layout.root))
            until(lambda: "tertunda: Basis data" in told(centre.folder_on(machine)[0]))
        until(lambda: centre.all_done(40))
        ended(process)

        require_whole(office, 40)


def test_what_the_store_lost_is_named_and_taken_again_from_the_export_and_the_scanners_folder(tmp_path):
    with network_centre(tmp_path) as centre, node() as desk, node() as first, node() as second:
        office, process = centre.runs(desk)
        worker, store = centre.machine(first), centre.store
        drop(office, "tanah")
        until(lambda: centre.all_done(1))
        (tmp_path / "ekspor").mkdir()
        folder, _ = export_office(office.root.exporting, tmp_path / "ekspor", quiet)
        done = office.root.cabinet.case(office.root.cabinet.numbers()[0])
        del store.files[office.root.objects.key(done.documents[-1].sha256)]
        worker.kill()
        kept = tmp_path / "pindaian"
        kept.mkdir()
        (kept / "scan0007.pdf").write_bytes(b"Pengaduan upah rekaan")
        store.loses = lambda _key: True
        number = registered(centre.office, "upah")
        store.loses = lambda _key: False
        missed = store.missed
        worker = centre.machine(second)
        until(lambda: store.missed > missed)
        worker.kill()

        original = office.root.cabinet.case(number).original.name
        lost = [f"{done.number}/{done.documents[-1].name}", f"{number}/{original}"]
        found = {finding.where: finding for finding in office.findings()}
        assert [where for where in found if where in lost] == lost
        assert {found[where].code for where in lost} == {"hilang"}
        assert all("padahal pernah disimpan" in found[where].fact for where in lost)
        assert take_objects_again(office.root.exporting, folder, quiet) == [(lost[0], True), (lost[1], False)]
        assert take_objects_again(office.root.exporting, kept, quiet) == [(lost[1], True)]

        centre.machine(second)
        until(lambda: centre.all_done(2))
        ended(process)
        require_whole(office, 2)


@contextmanager
def served(centre: Centre, name: str, place: Path) -> Iterator[tuple[WebDesk, str, Path]]:
    """Serve the office's desk by TLS while the context lasts; give it, its address by this name, its certificate."""
    folder = centre.office.root.layout.root
    before, web, text = (folder / "office.toml").read_text().partition("\n[web]\n")
    (folder / "office.toml").write_text(before + web + re.sub(r"(?m)^nama = .*$", f'nama = ["{name}"]', text, count=1))
    desk = WebDesk(folder, CentralOffice)
    desk.app.state.desk.__dict__["reader"] = desk.office.reader
    certificate, key = certificate_in(place, name)
    config = uvicorn.Config(
        desk.app, "0.0.0.0", free_port(), log_config=None, lifespan="off", ssl_certfile=certificate, ssl_keyfile=key
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        until(lambda: server.started)
        yield desk, f"https://{name}:{config.port}", certificate
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        desk.office.close()


def test_what_the_store_lost_an_agent_far_away_gives_again_by_itself_once_its_cable_is_back(tmp_path):
    far, text = tmp_path / "jauh", pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"])
    (far / "inbox").mkdir(parents=True)
    with (
        network_centre(tmp_path) as centre,
        node() as agents,
        node() as machine,
        served(centre, agents.servers, tmp_path) as (desk, address, certificate),
    ):
        now, store, cabinet = desk.clock.now(), centre.store, centre.office.root.cabinet
        token = tmp_path / "token"
        token.write_text(desk.people.tokens.make("agen", "tim-yankomas", now.date(), "admin", now))
        token.chmod(0o600)
        program = [sys.executable, Path(__file__).parents[1] / "central_agent_node.py", far, address, token]
        store.loses = lambda _key: True
        centre.start(agents, program, {"SSL_CERT_FILE": str(certificate)})
        (far / "inbox" / "surat.pdf").write_bytes(text)
        until(lambda: [*(far / "archive/.titipan").glob("[0-9a-f]*")])
        agents.cut_off()
        store.loses = lambda _key: False
        [number] = cabinet.numbers()
        journal = cabinet.journal(number)
        [lost] = centre.office.findings()
        assert (lost.code, lost.where) == ("hilang", f"{number}/{cabinet.case(number).original.name}")
        agents.reconnect()
        until(lambda: not centre.office.findings())

        assert cabinet.journal(number) == journal
        assert content(cabinet.blob(number, cabinet.case(number).original)) == text
        centre.machine(machine)
        until(lambda: centre.all_done(1))
        require_whole(centre.office, 1)


@pytest.mark.parametrize("wrong", ["+1h", pytest.param("-1h", marks=pytest.mark.slow)])
def test_a_machine_whose_clock_is_an_hour_wrong_gives_the_right_time_and_is_told(tmp_path, wrong):
    if not (library := next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)):
        pytest.skip("libfaketime belum dipasang")
    moved = ["env", f"LD_PRELOAD={library}", f"FAKETIME={wrong}", "FAKETIME_DONT_FAKE_MONOTONIC=1"]
    begun = datetime.now(UTC)
    with network_centre(tmp_path, has_workers=False) as centre, node() as right, node() as machine:
        office, process = centre.runs(machine, *moved)
        drop(office, "tanah", "upah")
        until(lambda: centre.all_done(2))
        said = doctor(centre, machine, office.root.layout.root, *moved)
        ended(process)
        at_once, _ = centre.runs(right)  # and a machine with the right time goes on at once
        drop(at_once, "ijazah")
        until(lambda: centre.all_done(3))

        moments = [entry.at for case in office.root.cabinet.cases() for entry in case.entries]
        assert begun - timedelta(minutes=1) < min(moments)
        assert max(moments) < datetime.now(UTC) + timedelta(minutes=1)
        told_apart = next(line for line in said.splitlines() if line.startswith("Jam pusat"))
        assert abs(int(re.search(r"berselisih (\d+) detik", told_apart)[1]) - 3600) < 60
        assert "Samakan jam kedua mesin (NTP)" in told_apart
        require_whole(office, 3)


def test_two_machines_that_schedule_one_office_give_each_letter_one_number_and_accuse_nobody(tmp_path):
    with network_centre(tmp_path, has_workers=False) as centre, node() as first, node() as second:
        one, running = centre.runs(first)
        other, besides = centre.runs(second)
        for n in range(_LETTERS // 4):
            for office in (one, other):
                drop(office, f"{n} dari {office.root.layout.root.name}")
                drop(office, f"{n} dua kali")
        until(lambda: centre.all_done(_LETTERS * 3 // 4))
        second.cut_off()  # one is dead, is replaced, and comes back
        drop(one, "selama ia terputus")
        drop(other, "selama terputus")
        until(lambda: "tertunda" in told(other.root.layout.root))
        second.reconnect()
        until(lambda: centre.all_done(_LETTERS * 3 // 4 + 2))
        for process in (running, besides):
            ended(process)

        both = [doctor(centre, machine, f.root.layout.root) for machine, f in ((first, one), (second, other))]
        assert any("Folder kantor di pusat: kantor ini dijalankan dari " in said for said in both)
        assert any("Folder kantor di pusat: juga dijalankan dari " in said for said in both)
        assert all("Satu kantor dijalankan dari satu folder; mesin lain menjadi pekerja" in said for said in both)
        for office in (one, other):
            require_whole(office, _LETTERS * 3 // 4 + 2, apart=["folder-lain"])
        found = [finding.code for office in (one, other) for finding in office.findings()]
        assert found == ["folder-lain"]  # the one that is not the office's says so, and accuses nobody


def _next_version(to: Path) -> Path:
    """Make the program's next version, with one more form of the database, in a folder; return that."""
    source = Path(__file__).parents[2] / "pipeline"
    shutil.copytree(source, to / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    columns = "ALTER TABLE perkara ADD COLUMN kelak text;\nALTER TABLE deret ADD COLUMN kelak integer DEFAULT 0;\n"
    (to / f"pipeline/storage/migrations/{len(migrations()) + 1:04}_kelak.sql").write_text(columns)
    return to


def _refused(office: FakeOffice) -> str:
    """What an office of the version before says to whoever asks it for its cases; empty while it answers."""
    try:
        office.root.cabinet.numbers()
    except Passing as fault:
        return str(fault)
    return ""


def _says(centre: Centre, machine: Node, password: str, words: str, environment: Mapping[str, str]) -> bool:
    """Start a worker on a machine as who looks after it does, and say whether this is what it says; then end it."""
    folder, there = centre.folder_on(machine)
    command = [sys.executable, "-P", "-m", "pipeline.cli", "pusat", "pekerja", folder]
    address = ["--basis-data", worker_address(there, password)]
    process = centre.start(machine, ["sh", "-c", 'exec "$@" 2>&1', "-", *command, *address], environment)
    found = any(words in line for line in islice(process.stdout, 10))
    process.terminate()
    assert process.wait(PATIENCE) == 0
    return found


def test_a_new_version_is_brought_in_while_old_workers_run_which_take_no_case_any_more(tmp_path, monkeypatch):
    hold, new = tmp_path / "lanjut", _next_version(tmp_path / "versi-baru")
    by_new = {"PYTHONPATH": os.pathsep.join([str(new), *sys.path])}
    with network_centre(tmp_path) as centre, node() as old, node() as other:
        office = centre.office
        folder, there = centre.folder_on(other)
        password = make_worker(centre.address)
        assert _says(centre, other, password, "belum mengambil perkara kantor bengkulu", by_new)
        worker = centre.machine(old, hold)
        registered(office, "sebelum")
        assert worker.stdout.readline() == "mulai\n"
        prepare = [sys.executable, "-P", "-m", "pipeline.cli", "pusat", "{}", "--basis-data", there]

        said = centre.start(other, [word.format("siapkan") for word in prepare], by_new).communicate(timeout=PATIENCE)[
            0
        ]

        assert "1 kantor berbentuk versi program ini" in said
        until(lambda: "lebih lama daripada basis data kantor bengkulu" in _refused(office))
        hold.touch()
        words = lambda: told(centre.folder_on(old)[0])  # noqa: E731
        until(lambda: "bengkulu 2026/0001 tertunda: Program yang sedang berjalan ini lebih lama" in words())
        until(lambda: "tidak mengambil perkara kantor bengkulu: basis datanya berbentuk" in words())
        status = centre.start(other, [word.format("status") for word in prepare], by_new)
        said = status.communicate(timeout=PATIENCE)[0]
        assert "lebih lama daripada basis data kantor" in said
        assert "tidak mengambil perkaranya" in said
        monkeypatch.setattr("pipeline.storage.postgres.known_form", lambda: len(migrations()) + 1)
        assert [entry.kind for entry in office.root.cabinet.case(CaseNumber(2026, 1)).entries] == ["diterima"]
        centre.start(
            other, [sys.executable, Path(__file__).parents[1] / "central_node.py", folder, there, "1.5"], by_new
        )
        for n in range(4):
            registered(office, f"sesudah {n}")
        until(centre.all_done)

        require_whole(office, 5)
        assert words().count("tertunda") == 1
        assert _says(centre, old, password, "tidak mengambil perkara kantor bengkulu", {})
