"""``yankomas run`` as an office has it: two processes under a supervisor; each is killed, and the other goes on."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

import httpx
import pytest
from free_ports import free_port
from offices import laid_out, resettled, settings_of
from patience import PATIENCE, until
from processes import all_ended, command_of, family, watched
from test_watcher import letter
from web_desk import PASSWORD

from pipeline.access.accounts import held
from pipeline.cases.actor import Actor
from pipeline.cases.case_number import CaseNumber
from pipeline.intake.account import State
from pipeline.intake.open_case import open_case
from pipeline.storage.locks import is_running
from pipeline.wiring import office_in
from pipeline.work.processes import Part
from pipeline.work.store.setup import bundled

#: What somebody told who came without a letter.
TOLD = {"perihal": "Hal", "pelapor": ["Siti"], "terlapor": "Instansi", "uraian": "Uraian"}
TEAM = Actor("tim-yankomas", "penguji")
pytestmark = pytest.mark.slow

YANKOMAS = [sys.executable, "-P", "-m", "pipeline.cli"]


class Running:
    """A running office: its processes, what it says, its desk."""

    def __init__(self, folder: Path, *words: str, program: Sequence[str] = YANKOMAS) -> None:
        self.root, self.port = office_in(folder), free_port()
        self._said = (folder / "terminal").open("w+")
        command = [*program, "--root", str(folder), "run", "--port", str(self.port), *words]
        self.process = subprocess.Popen(command, stdout=self._said, stderr=subprocess.STDOUT)

    @property
    def said(self) -> str:
        """What stands on the terminal so far."""
        return (self.root.layout.root / "terminal").read_text()

    def pid(self, part: Part) -> int:
        """The process of a part; 0 if there is none."""
        word = {Part.INTAKE: "--no-web", Part.DESK: "--web-only"}[part]
        for pid in family(self.process.pid)[1:]:
            if word in command_of(pid):
                return pid
        return 0

    def up(self, part: Part) -> bool:
        """Whether a part does its work."""
        lock = self.root.layout.run_lock if part is Part.INTAKE else self.root.layout.desk_lock
        return bool(self.pid(part)) and is_running(lock)

    def kill(self, part: Part) -> int:
        """Kill a part's process; return which it was."""
        os.kill(pid := self.pid(part), signal.SIGKILL)
        until(lambda: self.pid(part) != pid)
        return pid

    def answers(self) -> bool:
        """Whether the desk answers."""
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/masuk", timeout=PATIENCE).status_code == 200
        except httpx.HTTPError:
            return False

    def drop(self, *texts: str) -> None:
        """Put a letter of each text into the inbox."""
        for text in texts:
            (self.root.layout.inbox / f"{text}.png").write_bytes(letter(text))

    def registered(self) -> list[str]:
        """The numbers that files of the inbox went to, one for each file."""
        entries = self.root.ledger.everything().entries.values()
        return sorted(part.number for e in entries if e.state is State.REGISTERED for part in e.parts)

    def stop(self, number: int = signal.SIGTERM) -> int:
        """End it by a signal; return its exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def come_in(self) -> httpx.Client:
        """Come in at the desk, as somebody of the team."""
        people = self.root.people
        people.accounts.make("rani", "Rani Rekaan", [held("tim-yankomas")], self.root.clock.now())
        people.accounts.set_password("rani", PASSWORD)
        people.close()
        browser = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=PATIENCE)
        token = re.search(r'name="csrf" value="([^"]+)"', browser.get("/masuk").text)[1]
        browser.post("/masuk", data={"login": "rani", "sandi": PASSWORD, "csrf": token})
        return browser


@contextmanager
def running(folder: Path, *words: str, program: Sequence[str] = YANKOMAS):
    laid_out(folder)
    office = Running(folder, *words, program=program)
    family_before = []
    try:
        yield office
        family_before = watched(family(office.process.pid)) if office.process.poll() is None else []
    finally:
        if office.process.poll() is None:
            office.stop()
    assert all_ended(family_before)


@pytest.fixture
def office(tmp_path):
    with running(tmp_path / "kantor") as office:
        until(lambda: office.up(Part.INTAKE) and office.answers() and "Belum ada akun admin" in office.said)
        yield office


def test_a_desk_that_is_killed_keeps_no_letter_waiting_and_comes_back(office):
    assert "Meja web: berjalan" in told(office, "inbox")  # and the supervisor has heard that it is up

    before = office.kill(Part.DESK)
    office.drop("A", "B")

    until(lambda: len(office.registered()) == 2)
    until(office.answers)

    assert office.pid(Part.DESK) != before
    until(lambda: "Meja web berjalan lagi." in office.said)
    assert "Meja web berhenti: prosesnya dihentikan paksa (SIGKILL)." in office.said
    assert office.said.count("Meja web: http") == office.said.count("Belum ada akun admin") == 1
    until(lambda: not os.listdir(office.root.layout.open_cases))  # read, drafted, filed
    assert "1 kali dijalankan lagi" in told(office, "inbox")


def test_an_intake_that_is_killed_comes_back_loses_nothing_and_the_desk_answers_throughout(office):
    office.drop("A", "B", "C")
    until(office.registered)

    office.kill(Part.INTAKE)
    office.drop("D")
    answered = []
    until(lambda: answered.append(office.answers()) or office.up(Part.INTAKE))
    until(lambda: len(office.registered()) == 4)

    assert all(answered)
    assert office.registered() == [f"{office.root.clock.now().year}/{n:04}" for n in range(1, 5)]
    until(lambda: "Pemantau kotak masuk berjalan lagi." in office.said)
    assert office.said.count("Memantau ") == 1


def test_while_nobody_watches_the_inbox_the_desk_and_the_commands_say_so(office):
    browser = office.come_in()
    assert "tidak dipantau" not in browser.get("/").text

    os.kill(office.process.pid, signal.SIGSTOP)  # so that nobody starts it again
    try:
        office_pid = office.pid(Part.INTAKE)
        os.kill(office_pid, signal.SIGKILL)
        until(lambda: not is_running(office.root.layout.run_lock))
        until(lambda: "Kotak masuk sedang tidak dipantau" in browser.get("/").text)
        assert "Pemantau kotak masuk: tidak berjalan" in told(office, "inbox")
        assert "Meja web: berjalan" in told(office, "inbox")
        assert "[awas] Pemantau kotak masuk: tidak berjalan" in told(office, "doctor")
    finally:
        os.kill(office.process.pid, signal.SIGCONT)

    until(lambda: office.up(Part.INTAKE))
    until(lambda: "tidak dipantau" not in browser.get("/").text)


def test_a_part_that_hangs_is_killed_and_started_again(tmp_path):
    """The supervisor of this office waits for 25 seconds, parts give a sign of life every 20 at most."""
    patient = "import pipeline.work.supervisor as s; s._SILENCE = dict.fromkeys(s._SILENCE, 25.0); "
    patient += "import pipeline.cli, sys; sys.exit(pipeline.cli.program())"
    with running(tmp_path / "kantor", program=[sys.executable, "-P", "-c", patient]) as office:
        until(lambda: office.up(Part.INTAKE) and office.answers())
        os.kill(before := office.pid(Part.INTAKE), signal.SIGSTOP)

        until(lambda: office.pid(Part.INTAKE) not in (0, before))
        office.drop("A")
        until(office.registered)

        assert "Pemantau kotak masuk macet, dan dihentikan paksa." in office.said


def test_a_supervisor_that_is_killed_takes_both_with_it(office):
    ends = watched(family(office.process.pid))

    office.process.kill()

    assert all_ended(ends)
    assert not is_running(office.root.layout.run_lock)
    assert not is_running(office.root.layout.desk_lock)
    office.process.wait()


def test_who_runs_a_second_time_is_told_which_process_to_stop(office):
    for words in (("run", "--port", str(free_port())), ("run", "--once"), ("run", "--web-only")):
        command = [*YANKOMAS, "--root", str(office.root.layout.root), *words]
        done = subprocess.run(command, capture_output=True, text=True)
        assert (done.returncode, f"pid {office.process.pid}" in done.stderr) == (7, True), words


def test_a_desk_that_somebody_else_serves_is_said_and_the_mail_goes_on(tmp_path):
    folder = tmp_path / "kantor"
    laid_out(folder)
    alone = [*YANKOMAS, "--root", str(folder), "run", "--web-only", "--port", str(free_port())]
    other = subprocess.Popen(alone, stdout=subprocess.DEVNULL)
    try:
        until(lambda: is_running(office_in(folder).layout.desk_lock))
        with running(folder) as office:
            until(lambda: f"Meja web folder ini sudah dikerjakan proses lain (pid {other.pid})" in office.said)
            office.drop("A")
            until(office.registered)
            other.terminate()
            until(office.answers)
    finally:
        other.terminate()
        assert other.wait(PATIENCE) == 0


def test_an_inbox_that_somebody_else_watches_ends_the_whole_and_names_the_process(tmp_path):
    folder = tmp_path / "kantor"
    laid_out(folder)
    other = subprocess.Popen([*YANKOMAS, "--root", str(folder), "run", "--no-web"], stdout=subprocess.DEVNULL)
    try:
        until(lambda: is_running(office_in(folder).layout.run_lock))
        command = [*YANKOMAS, "--root", str(folder), "run", "--port", str(free_port())]
        done = subprocess.run(command, capture_output=True, text=True)
    finally:
        other.terminate()

    assert (done.returncode, "Meja web" in done.stdout) == (7, False)
    assert done.stderr.startswith(f"yankomas: Folder ini sudah dikerjakan proses lain (pid {other.pid}).")
    assert other.wait(PATIENCE) == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_all_in_good_order(tmp_path, number):
    with running(tmp_path / "kantor") as office:
        until(lambda: office.up(Part.INTAKE) and office.answers())
        ends = watched(family(office.process.pid))

        assert office.stop(number) == 0

        assert all_ended(ends)
        assert "Selesai: tidak ada berkas baru" in office.said
        assert "berhenti:" not in office.said


def test_a_move_at_the_desk_is_followed_by_the_machine_at_once(tmp_path):
    """The machine of this office looks by itself once an hour: what is followed before was told to it."""
    folder = laid_out(tmp_path / "kantor")
    seldom = settings_of(folder).replace('"langsung"', '"berkala"').replace("selang_detik = 2 ", "selang_detik = 3600 ")
    resettled(folder, seldom)
    with running(folder) as office:
        until(lambda: office.up(Part.INTAKE) and "Memantau" in office.said)
        root = office.root
        assert root.settings.inbox.interval == 3600

        number = open_case("lisan", TOLD, by=TEAM, parts=root.open_parts()).number
        root.wake()

        until(lambda: len(root.case(number).documents) > 1)


def test_a_port_that_is_taken_keeps_only_the_desk_away_until_it_is_free(tmp_path):
    folder = tmp_path / "kantor"
    laid_out(folder)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        office = Running(folder, "--port", str(port := taken.getsockname()[1]))
        office.port = port
        try:
            until(lambda: "Meja web tidak dibuka" in office.said)
            office.drop("A")
            until(office.registered)
            taken.close()
            until(office.answers)
            until(lambda: office.said.count("Belum ada akun admin") == 1)
            assert office.said.count("Meja web tidak dibuka") == 1
        finally:
            assert office.stop() == 0


def test_a_certificate_that_is_none_keeps_only_the_desk_away(tmp_path):
    folder = tmp_path / "kantor"
    laid_out(folder)
    settings = folder / "office.toml"
    text = settings.read_text().replace('tls = "tidak"', 'tls = "sertifikat"')
    text = text.replace('sertifikat = ""', 'sertifikat = "meja.pem"')  # and kunci_sertifikat
    settings.write_text(text)
    (folder / "meja.pem").write_text("bukan sertifikat")
    with running(folder) as office:
        until(lambda: "Sertifikat meja web tidak dapat dipakai" in office.said)
        office.drop("A")
        until(office.registered)


def test_an_office_whose_words_nobody_reads_any_more_goes_on(tmp_path):
    folder = tmp_path / "kantor"
    laid_out(folder)
    command = [*YANKOMAS, "--root", str(folder), "run", "--port", str(free_port())]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    root = office_in(folder)
    try:
        assert b"Memantau" in process.stdout.readline()
        process.stdout.close()
        (folder / "inbox" / "A.png").write_bytes(letter("A"))
        until(lambda: root.ledger.everything().totals()[State.REGISTERED])
        until(lambda: not list(root.cabinet.open_cases()))
        assert root.processes.state(Part.INTAKE).note.restarts == 0
    finally:
        process.terminate()
        assert process.wait(PATIENCE) == 0


def test_all_work_at_once_and_are_killed_again_and_again_and_the_archive_is_as_it_must_be(office):
    """Letters by the folder and by the desk, cases opened by a third process, both processes killed ten times."""
    browser, root = office.come_in(), office.root
    chance, sent = Random(12), 0

    def send(text: str) -> int:
        """Send a letter to the desk; whoever is not answered does not know whether it came, and does not count it."""
        try:
            token = re.search(r'name="csrf" value="([^"]+)"', browser.get("/kotak-masuk").text)[1]
            file = {"berkas": (f"{text}.png", letter(text))}
            return browser.post("/kotak-masuk", data={"csrf": token}, files=file).status_code == 303
        except (httpx.HTTPError, TypeError):
            return False

    for n in range(20):
        office.drop(f"folder {n}")
        sent += send(f"meja {n}")
        open_case(
            "lisan", {**TOLD, "perihal": f"Hal {n}"}, by=Actor("tim-yankomas", "penguji"), parts=root.open_parts()
        )
        root.book.refresh()
        if n % 2:
            part = chance.choice(tuple(Part))
            if office.pid(part):
                office.kill(part)
    until(lambda: office.up(Part.INTAKE) and office.up(Part.DESK))
    until(lambda: len(office.registered()) >= 20 + sent and not list((root.layout.inbox).glob("*.png")))
    until(lambda: not root.cabinet.open_cases())

    assert office.stop() == 0
    numbers = sorted(n.serial for n in root.cabinet.numbers())
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) == 20 + len(office.registered())
    assert root.verify(lambda _done, _all: None) == []


def test_what_keeps_the_intake_from_starting_ends_the_whole_with_its_code_and_words(tmp_path):
    folder = tmp_path / "kantor"
    laid_out(folder)
    (folder / "archive" / ".bentuk").write_text("99\n")

    done = subprocess.run([*YANKOMAS, "--root", str(folder), "run"], capture_output=True, text=True)

    assert (done.returncode, done.stdout) == (6, "")
    assert done.stderr.count("yankomas:") == 1


def told(office: Running, command: str) -> str:
    """What a command says of the office."""
    words = [*YANKOMAS, "--root", str(office.root.layout.root), command]
    return subprocess.run(words, capture_output=True, text=True).stdout


def test_changed_settings_are_used_by_both_processes_without_a_new_start(tmp_path):
    folder = tmp_path / "kantor"
    folder.mkdir()
    example = (bundled() / "office.toml").read_text(encoding="utf-8")
    (folder / "office.toml").write_text(example, encoding="utf-8")
    with running(folder) as office:
        until(lambda: office.up(Part.INTAKE) and office.answers())
        pids = [office.pid(part) for part in Part]
        office.drop("A")
        until(lambda: office.registered() and office.root.held_up(CaseNumber(office.root.clock.now().year, 1)))

        filled = (
            (folder / "office.toml")
            .read_text()
            .replace("(isi alamat kantor di office.toml)", "Rekaan 1")
            .replace("(isi)", "0736-000000")
        )
        part = folder / "office.toml.baru"
        part.write_text(filled.replace('nama = "Kantor Wilayah', 'nama = "Kanwil', 1), encoding="utf-8")
        part.rename(folder / "office.toml")

        until(lambda: not list(office.root.cabinet.open_cases()))
        assert "Kanwil Kementerian" in httpx.get(f"http://127.0.0.1:{office.port}/status", timeout=PATIENCE).text
        office.drop("B")
        until(lambda: len(office.registered()) == 2)
        assert [office.pid(part) for part in Part] == pids
