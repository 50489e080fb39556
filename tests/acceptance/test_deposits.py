"""The agent of a remote office: exactly once, in order, with proof, whatever breaks between it and the centre."""

from __future__ import annotations

import hashlib
import os
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace

import httpx
import pytest
import uvicorn
from careless_store import careless_store
from central_servers import CentralServers, servers_of_this_run
from free_ports import free_port
from patience import PATIENCE, until
from two_offices import CentralOffice
from web_desk import WebDesk

import pipeline
from pipeline.backoff import CUT_OFFS
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.ports import content
from pipeline.cli import main
from pipeline.desk.api import deposits
from pipeline.errors import ArchiveFault, NotAllowed, SettingsFault
from pipeline.intake import deposit
from pipeline.intake.account import State, Taken
from pipeline.intake.agents import FORM
from pipeline.intake.at_rest import Patience
from pipeline.intake.engines import giving_again, remote_centre, remote_receiving
from pipeline.wiring.agent import agent_of
from pipeline.work.services import take_service
from pipeline.work.store.setup import lay_out_filled as lay_out

QUICK = Patience(closed=0, quiet=0, incomplete=0.2)
CLAIM = "0123456789abcdef"


def pdf(text: bytes) -> bytes:
    """A file that looks whole."""
    return b"%PDF-1.4\n" + text + b"\n%%EOF\n"


@pytest.fixture(autouse=True)
def _pauses_are_short(monkeypatch):
    """What could not be handed over is tried again soon."""
    monkeypatch.setattr(remote_receiving, "_FIRST", 0.05)


@pytest.fixture
def store():
    """The centre's object store, which does as it is told, and where it is."""
    with careless_store() as made:
        yield made


@pytest.fixture
def desk(tmp_path, store):
    """The desk of an office at the centre, whose scanner is far away."""
    servers = servers_of_this_run()
    lay_out(tmp_path / "bengkulu")
    CentralServers(servers.database, store[1], servers.names, tmp_path / "ember").join(tmp_path / "bengkulu")
    made = WebDesk(tmp_path / "bengkulu", CentralOffice)
    desk = made.app.state.desk
    desk.__dict__["reader"] = made.office.reader
    yield made
    made.office.close()


@pytest.fixture
def token(desk):
    now = desk.clock.now()
    return desk.people.tokens.make("agen", "tim-yankomas", now.date(), "admin", now)


class Line:
    """The desk on a port, which can be cut off and brought back, and loses or holds what is handed over there."""

    def __init__(self, app) -> None:
        self.app, self.port, self.puts = app, free_port(), []
        self.lose_answers = self.lose_requests = 0
        self.holds_answers, self.held = lambda: False, False
        self._server = None

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    async def __call__(self, scope, receive, send):
        if scope["type"] == "http" and scope["method"] == "PUT":
            self.puts.append(scope["path"].rpartition("/")[2])
            if self.lose_requests:
                self.lose_requests -= 1
                raise ConnectionError("putus")
            if self.lose_answers:
                self.lose_answers -= 1

                async def nowhere(_message):
                    return None

                await self.app(scope, receive, nowhere)
                raise ConnectionError("putus sesudah dikerjakan")
            await self._handed(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _handed(self, scope, receive, send):
        """Do what is asked; an answer that is to be held goes nowhere, and whoever waits for it is waited for."""
        answer = []

        async def keep(message):
            answer.append(message)

        await self.app(scope, receive, keep)
        if self.holds_answers():
            self.held = True
            while (await receive())["type"] != "http.disconnect":
                pass
            self.held = False
        for message in answer:
            await send(message)

    def up(self):
        config = uvicorn.Config(self, port=self.port, log_config=None, lifespan="off")
        self._server = uvicorn.Server(config)
        threading.Thread(target=self._server.run, daemon=True).start()
        until(lambda: self._server.started)
        return self

    def close(self):
        if self._server:
            self._server.should_exit = True
            until(lambda: socket.socket().connect_ex(("127.0.0.1", self.port)) != 0)
            self._server = None


@pytest.fixture
def line(desk):
    with closing(Line(desk.app)) as made:
        yield made


@pytest.fixture
def far(tmp_path):
    """The remote office's folder."""
    folder = tmp_path / "jauh"
    (folder / "inbox").mkdir(parents=True)
    return folder


def drop(far, name, text):
    """Put a file into the remote inbox, whole and dated at once: an agent at work takes what it sees."""
    beside = far / "diletakkan"
    beside.write_bytes(pdf(text))
    os.utime(beside, (1_795_000_001 + len(list((far / "inbox").iterdir())),) * 2)
    return beside.rename(far / "inbox" / name)


def send(line, token, body, *, claim=CLAIM, **said):
    """Hand a file over under a claim as an agent does; ``said`` is said of it besides, or instead."""
    return httpx.put(
        f"{line.address}/api/titipan/{claim}",
        data={"sha256": hashlib.sha256(body).hexdigest(), **said},
        files={"berkas": ("surat.pdf", body)},
        headers={"authorization": f"Bearer {token}"},
        timeout=PATIENCE,
    )


def hand_over(far, line, token, said=None):
    said = [] if said is None else said
    with agent_of(far, line.address, token, said.append, QUICK) as agent:
        return agent.run(once=True)


@contextmanager
def running(far, line, token, said):
    with agent_of(far, line.address, token, said.append, QUICK) as agent:
        thread = threading.Thread(target=agent.run)
        thread.start()
        try:
            yield agent
        finally:
            agent.stop()
            thread.join(PATIENCE)


def left(far):
    """What still lies at the remote office, but for notes."""
    return sorted(p.name for p in (far / "inbox").rglob("*") if p.is_file() and p.suffix == ".pdf")


def numbers(desk):
    return [str(number) for number in desk.office.root.cabinet.numbers()]


def letter(desk, serial):
    cabinet = desk.office.root.cabinet
    case = cabinet.case(CaseNumber(2026, serial))
    return content(cabinet.blob(case.number, case.original))


def test_what_is_scanned_far_away_gets_its_number_at_the_centre_in_order(desk, line, far, token):
    for n in range(5):
        drop(far, f"surat-{n}.pdf", b"surat %d" % n)
    line.up()

    counts = hand_over(far, line, token)

    assert counts == {"terdaftar": 5}
    assert [letter(desk, n + 1) for n in range(5)] == [pdf(b"surat %d" % n) for n in range(5)]
    assert left(far) == []
    (came,) = desk.office.root.cabinet.case(CaseNumber(2026, 1)).received.deliveries
    assert (came.way, came.login[:6]) == ("titipan", "token-")


def test_what_is_scanned_into_the_folder_of_a_service_gets_its_number_at_the_centre(desk, line, far, token):
    take_service("surat-masuk", by="penguji", parts=desk.office.root.service_parts)
    desk.app.state.desk.root.service_record.look_anew()
    (far / "inbox" / "surat-masuk").mkdir()
    drop(far, "surat-masuk/undangan.pdf", b"undangan")
    drop(far, "aduan.pdf", b"aduan")

    counts = hand_over(far, line.up(), token)

    assert counts == {"terdaftar": 2}
    assert numbers(desk) == ["2026/0001", "2026~SM/0001"]


def test_both_ends_have_an_account_with_the_same_hash(desk, line, far, token):
    drop(far, "surat.pdf", b"surat")
    hand_over(far, line.up(), token)

    with agent_of(far, line.address, token, print, QUICK) as agent:
        (here,) = agent._intake.journey.account.everything().entries.values()
    (there,) = desk.office.root.ledger.everything().entries.values()

    assert here.taken.sha256 == there.taken.sha256 == hashlib.sha256(pdf(b"surat")).hexdigest()
    assert there.taken.claim == f"titipan-{here.taken.claim}"
    assert [here.parts[0].number, here.state] == [there.parts[0].number, State.REGISTERED]


def test_an_answer_that_is_lost_is_given_again_and_nothing_twice(desk, line, far, token):
    drop(far, "surat.pdf", b"surat")
    line.lose_answers = 1
    hand_over(far, line.up(), token)

    assert numbers(desk) == ["2026/0001"]
    assert len(line.puts) == 2
    assert len(set(line.puts)) == 1
    assert left(far) == []


def test_offline_files_wait_claimed_and_go_in_order_when_the_line_is_back(desk, line, far, token):
    said = []
    with running(far, line, token, said):
        for n in range(4):
            drop(far, f"surat-{n}.pdf", b"surat %d" % n)
        until(lambda: len(left(far)) == 4 and any("tidak dapat dihubungi" in words for words in said))
        assert numbers(desk) == []
        line.up()
        until(lambda: len(numbers(desk)) == 4 and not left(far))

    assert [letter(desk, n + 1) for n in range(4)] == [pdf(b"surat %d" % n) for n in range(4)]
    assert "Pusat menjawab lagi." in said


def test_of_an_agent_that_is_not_understood_nothing_is_taken_and_no_file_is_lost(desk, line, far, token, monkeypatch):
    said, understood = [], remote_centre.said_of_itself
    monkeypatch.setattr(remote_centre, "said_of_itself", lambda: "yankomas-agen/9.9 (bentuk 2; pindai-rekaan)")
    drop(far, "surat.pdf", b"surat")
    line.up()
    with running(far, line, token, said):
        until(lambda: any("agen ini lebih baru daripada program di pusat" in words for words in said))
    assert any("Pasang versi program yang sama di kedua mesin" in words for words in said)
    assert (numbers(desk), left(far)) == ([], ["surat.pdf"])
    (sign,) = desk.office.root.agent_signs.all()
    assert (sign.machine, sign.program, sign.fits) == ("pindai-rekaan", "9.9", False)

    monkeypatch.setattr(remote_centre, "said_of_itself", understood)
    assert hand_over(far, line, token) == {"terdaftar": 1}
    assert letter(desk, 1) == pdf(b"surat")


def test_who_looks_after_the_centre_sees_which_agent_came_and_one_of_an_earlier_version_is_served(
    desk, line, far, token, monkeypatch, capsys
):
    line.up()
    assert send(line, token, pdf(b"surat")).status_code == 200  # which says nothing of its version
    drop(far, "lagi.pdf", b"lagi")
    assert hand_over(far, line, token) == {"terdaftar": 1}
    monkeypatch.setenv("YANKOMAS_PUSAT_PENGELOLA", servers_of_this_run().database)

    assert main(["pusat", "status"]) == 0

    told = capsys.readouterr().out
    assert "versi yang belum menyebut dirinya" in told
    assert f"(versi {pipeline.__version__}, bentuk {FORM}; terakhir" in told


def test_what_came_days_before_the_line_was_back_came_then(desk, line, far, token):
    line.up()
    at = desk.clock.now()
    desk.clock.forward(days=3)
    send(line, renewed(desk), pdf(b"lama"), diambil=at.isoformat())

    case = desk.office.root.case(CaseNumber(2026, 1))
    assert case.received_at == at
    assert case.registered_at == desk.clock.now()


def renewed(desk):
    now = desk.clock.now()
    return desk.people.tokens.make("agen lagi", "tim-yankomas", now.date(), "admin", now)


def test_a_wrong_token_hands_nothing_over_and_loses_nothing(desk, line, far, token):
    said = []
    drop(far, "surat.pdf", b"surat")
    line.up()
    with running(far, line, "ykm_salah", said):
        until(lambda: any("token" in words for words in said))
    assert numbers(desk) == []
    assert left(far) == ["surat.pdf"]

    assert hand_over(far, line, token) == {"terdaftar": 1}


def test_a_token_of_another_role_does_not_hand_over(desk, line):
    now = desk.clock.now()
    other = desk.people.tokens.make("arsip", "arsiparis", now.date(), "admin", now)

    assert send(line.up(), other, pdf(b"surat")).status_code == 403
    assert numbers(desk) == []


def test_the_same_file_twice_is_one_case_and_the_second_is_set_aside_there(desk, line, far, token):
    drop(far, "surat.pdf", b"surat")
    hand_over(far, line.up(), token)
    drop(far, "lagi.pdf", b"surat")

    counts = hand_over(far, line, token)

    assert counts == {"ganda": 1}
    assert numbers(desk) == ["2026/0001"]
    assert left(far) == ["lagi.pdf"]
    assert "2026/0001" in next((far / "inbox").rglob("lagi*.txt")).read_text()


def test_what_is_refused_stays_at_the_remote_office_with_the_reason(desk, line, far, token):
    (far / "inbox" / "buruk.pdf").write_bytes(b"BAD %PDF-1.4\n%%EOF\n")

    counts = hand_over(far, line.up(), token)

    assert counts == {"ditolak": 1}
    assert left(far) == ["buruk.pdf"]
    assert "Jenis berkas ini tidak diterima" in next((far / "inbox").rglob("buruk*.txt")).read_text()
    (there,) = desk.office.root.ledger.everything().entries.values()
    assert there.parts[0].place == "di kantor yang memindai"


def test_another_file_under_a_claim_that_is_known_is_refused(desk, line, token):
    line.up()

    first, again, other = (send(line, token, pdf(text)) for text in (b"satu", b"satu", b"dua"))

    assert first.json() == again.json()
    assert first.json()["parts"][0]["number"] == "2026/0001"
    assert other.status_code in (400, 422)
    assert numbers(desk) == ["2026/0001"]


def test_what_is_no_name_of_a_claim_is_refused(desk, line, token):
    line.up()
    for claim in ("x", "..%2f..", "ABCDEF0123456789", "0" * 65):
        assert 400 <= send(line, token, pdf(b"x"), claim=claim).status_code < 500, claim
    assert numbers(desk) == []


def test_a_file_that_changed_on_the_way_is_not_taken(desk, line, token):
    answer = send(line.up(), token, pdf(b"x"), sha256="0" * 64)

    assert answer.status_code == 422
    assert numbers(desk) == []
    assert list((desk.office.root.layout.state / "unggahan").glob("*")) == []


def test_hostile_sizes_are_answered_and_leave_nothing(desk, line, far, token):
    root = desk.app.state.desk.root
    root.__dict__["settings"] = replace(root.settings, inbox=replace(root.settings.inbox, max_bytes=10_000))
    drop(far, "besar.pdf", b"x" * 50_000)

    counts = hand_over(far, line.up(), token)

    assert counts == {"ditolak": 1}
    assert left(far) == ["besar.pdf"]
    assert numbers(desk) == []


def test_who_goes_while_sending_a_file_leaves_nothing_and_is_no_fault_of_the_program(desk, line, token, caplog):
    head = f"PUT /api/titipan/{CLAIM} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer {token}\r\n"
    head += "content-type: multipart/form-data; boundary=x\r\ncontent-length: 500000\r\n\r\n"
    head += '--x\r\ncontent-disposition: form-data; name="berkas"; filename="surat.pdf"\r\n\r\n'
    place = desk.app.state.desk.root.layout.state / "unggahan"
    with socket.create_connection(("127.0.0.1", line.up().port)) as wire:
        wire.sendall(head.encode() + b"x" * 300_000)
        until(lambda: list(place.glob("*")))
    until(lambda: not list(place.glob("*")))

    line.close()
    assert numbers(desk) == []
    assert "kesalahan program" not in caplog.text


def test_several_at_once_under_one_claim_are_one_case(desk, line, token):
    line.up()
    with ThreadPoolExecutor(4) as agents:
        answers = [*agents.map(lambda _: send(line, token, pdf(b"serentak")), range(4))]

    good = [answer.json()["parts"][0]["number"] for answer in answers if answer.status_code == 200]
    assert good
    assert set(good) == {"2026/0001"}
    assert numbers(desk) == ["2026/0001"]


def test_beyond_this_machine_nothing_goes_in_clear_text(far):
    with pytest.raises(SettingsFault, match="https"), agent_of(far, "http://meja.example", "x", print, QUICK):
        pass


def test_an_agent_that_is_killed_goes_on_where_it_stopped(desk, line, far, token):
    """Killed while its answer is under way, again and again; at the end everything is there once and in order."""
    token_file = far / "token"
    token_file.write_text(token)
    token_file.chmod(0o600)
    command = [sys.executable, "-P", "-m", "pipeline.cli", "titipan", str(far), "--ke", line.address]
    command += ["--token", str(token_file), "--sekali"]
    for n in range(3):
        drop(far, f"surat-{n}.pdf", b"surat %d" % n)
    line.up()
    for killed in (1, 2):
        line.holds_answers = lambda killed=killed: len(numbers(desk)) == killed
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            until(lambda: line.held)
            process.send_signal(signal.SIGKILL)
        until(lambda: not line.held)
    line.holds_answers = lambda: False

    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)

    assert done.returncode == 0, done.stderr
    assert [letter(desk, n + 1) for n in range(3)] == [pdf(b"surat %d" % n) for n in range(3)]
    assert len(numbers(desk)) == 3
    assert left(far) == []


# -- one file that does not get through --------------------------------------------------------------------------------


@pytest.fixture
def sick(monkeypatch, line):
    """Have the centre meet a fault over what is called ``sakit.pdf``, as long as there is one."""

    def made(where, act, fault):
        well = getattr(where, act)

        def meets(*args, **told):
            if fault and any(getattr(getattr(a, "blob", a), "name", "") == "sakit.pdf" for a in args):
                raise fault[0]
            return well(*args, **told)

        monkeypatch.setattr(where, act, meets)
        line.up()

    return made


def test_a_file_over_which_the_program_at_the_centre_stumbles_is_refused_alone(desk, line, far, token, sick):
    sick(deposit, "receive", [ValueError("rekaan")])
    drop(far, "sakit.pdf", b"sakit")
    drop(far, "sehat.pdf", b"sehat")

    assert hand_over(far, line, token) == {"ditolak": 1, "terdaftar": 1}

    assert letter(desk, 1) == pdf(b"sehat")
    assert "kesalahan program (ValueError)" in next((far / "inbox").rglob("sakit*.txt")).read_text()


@pytest.mark.parametrize("fault", [ArchiveFault("Jurnal rusak."), NotAllowed("Tidak sekarang.")], ids=["500", "403"])
def test_a_file_that_waits_for_a_person_at_the_centre_does_not_hold_up_the_others(
    desk, line, far, token, sick, fault, monkeypatch
):
    monkeypatch.setattr(remote_receiving, "_STUMBLES", 2)
    faults, said = [fault], []
    sick(deposit, "receive", faults)
    drop(far, "sakit.pdf", b"sakit")
    for n in range(2):
        drop(far, f"sehat-{n}.pdf", b"sehat %d" % n)

    with running(far, line, token, said):
        until(lambda: len(numbers(desk)) == 2 and left(far) == ["sakit.pdf"])
        until(lambda: any("tersandung pada berkas ini" in words for words in said))
        faults.clear()
        until(lambda: not left(far))

    assert [letter(desk, n) for n in (1, 2, 3)] == [pdf(b"sehat 0"), pdf(b"sehat 1"), pdf(b"sakit")]


def test_what_can_never_be_taken_is_set_aside_there_with_the_reason(desk, line, far, token, monkeypatch):
    put = deposits.deposit

    def other_bytes(name, blob, **told):
        if blob.name == "sakit.pdf":  # as if another file had been handed over by this claim before
            root = desk.app.state.desk.root
            root.ledger.note(Taken(f"titipan-{name}", blob.name, 1, "0" * 64, name, desk.clock.now()))
        return put(name, blob, **told)

    monkeypatch.setattr(deposits, "deposit", other_bytes)
    drop(far, "sakit.pdf", b"sakit")
    drop(far, "sehat.pdf", b"sehat")

    assert hand_over(far, line.up(), token) == {"ditolak": 1, "terdaftar": 1}

    note = next((far / "inbox").rglob("sakit*.txt")).read_text()
    assert "sudah diterima dengan isi lain" in note
    assert "dengan nama baru" in note


def test_files_without_a_name_to_speak_of_arrive_too(desk, line, far, token):
    names = ("$.", "~", "$$$", "$$.pdf")
    for name in names:
        drop(far, name, f"tanpa nama {name}".encode())

    assert hand_over(far, line.up(), token) == {"terdaftar": 4}
    assert [letter(desk, n) for n in (1, 2, 3, 4)] == [pdf(f"tanpa nama {name}".encode()) for name in names]


def test_a_file_that_ends_the_desk_every_time_is_refused_in_the_end(desk, line, far, token, monkeypatch):
    attempts, seen = desk.app.state.desk.root.attempts, []
    well = deposit.receive

    def looked_into(claim, parts):
        seen.append(attempts.begin(claim.id, "titipan").cut_off)
        return well(claim, parts)

    monkeypatch.setattr(deposit, "receive", looked_into)
    drop(far, "sehat.pdf", b"sehat")
    assert hand_over(far, line.up(), token) == {"terdaftar": 1}
    assert seen == [1]  # noted before it is looked into

    for _ in range(CUT_OFFS):
        attempts.begin(f"titipan-{CLAIM}", "titipan")
    answer = send(line, token, pdf(b"racun"))

    assert answer.json()["parts"][0]["state"] == State.REFUSED
    assert "berhenti setiap kali" in answer.json()["parts"][0]["reason"]
    assert attempts.begin(f"titipan-{CLAIM}", "titipan").cut_off == 0


def test_by_the_command_a_token_that_others_may_read_is_refused(far, capsys):
    (far / "token").write_text("x")
    (far / "token").chmod(0o644)

    code = main(["titipan", str(far), "--ke", "http://127.0.0.1:1", "--token", str(far / "token")])

    assert code != 0
    assert "chmod 600" in capsys.readouterr().err


# -- what the centre's store loses -------------------------------------------------------------------------------------


def original(desk, serial):
    """The name under which the store has a case's letter."""
    cabinet = desk.office.root.cabinet
    return desk.office.root.objects.key(cabinet.case(CaseNumber(2026, serial)).original.sha256)


def journals(desk):
    return [desk.office.root.cabinet.journal(number) for number in desk.office.root.cabinet.numbers()]


def test_what_the_store_has_lost_or_changed_is_given_again_once_and_no_journal_changes(desk, line, far, token, store):
    (careless, _), said = store, []
    for n in range(3):
        drop(far, f"surat-{n}.pdf", b"surat %d" % n)
    hand_over(far, line.up(), token)
    before, first, second = journals(desk), original(desk, 1), original(desk, 2)
    del careless.files[first]
    careless.files[second] = b"lain"
    assert [finding.code for finding in desk.office.findings()] == ["hilang", "berubah"]
    handed, put = len(line.puts), len(careless.puts)

    assert hand_over(far, line, token, said) == {}
    assert hand_over(far, line, token, said) == {}

    assert [words for words in said if "diserahkan lagi" in words] == [
        f"surat-{n}.pdf diserahkan lagi: pusat kehilangan berkasnya." for n in (0, 1)
    ]
    assert (len(line.puts) - handed, careless.puts[put:]) == (2, [first, second])
    assert [letter(desk, n + 1) for n in range(3)] == [pdf(b"surat %d" % n) for n in range(3)]
    assert journals(desk) == before
    assert desk.office.findings() == []


def test_an_agent_that_runs_gives_again_by_itself_what_was_acknowledged_and_never_kept(
    desk, line, far, token, store, monkeypatch
):
    monkeypatch.setattr(giving_again, "_SOON", 0.0)
    monkeypatch.setattr(giving_again, "_PAUSE", 0.05)
    (careless, _), said = store, []
    careless.loses = lambda _key: True
    with running(far, line.up(), token, said):
        drop(far, "surat.pdf", b"surat")
        until(lambda: any("tercatat di sana" in words for words in said))  # lost again when it was given again
        careless.loses = lambda _key: False
        monkeypatch.setattr(giving_again, "_FACTOR", 0)
        monkeypatch.setattr(giving_again, "_SELDOM", 0.0)
        until(lambda: original(desk, 1) in careless.files)

    assert letter(desk, 1) == pdf(b"surat")
    assert desk.office.findings() == []


def test_a_part_of_a_scan_is_cut_again_from_the_scan(desk, line, far, token, store):
    (careless, _), said = store, []
    (far / "inbox" / "tumpukan.txt").write_bytes(b"PAGES\n-aduan satu\n===\n-aduan dua\n-lanjutan\n")
    assert hand_over(far, line.up(), token) == {"terdaftar": 2}
    before = letter(desk, 2)
    del careless.files[original(desk, 2)]

    hand_over(far, line, token, said)

    assert "tumpukan.txt diserahkan lagi: pusat kehilangan berkasnya." in said
    assert letter(desk, 2) == before
    assert desk.office.findings() == []


def test_what_changed_at_the_remote_office_since_is_not_given(desk, line, far, token, store):
    (careless, _), said = store, []
    drop(far, "surat.pdf", b"surat")
    hand_over(far, line.up(), token)
    del careless.files[original(desk, 1)]
    [kept] = (far / "archive" / ".titipan").iterdir()
    kept.write_bytes(pdf(b"lain"))
    handed = len(line.puts)

    hand_over(far, line, token, said)

    assert "surat.pdf: pusat kehilangan berkas ini, dan salinannya di sini berubah." in said
    assert len(line.puts) == handed
    assert original(desk, 1) not in careless.files


def test_who_may_not_hand_over_is_not_told_what_is_lost_and_nobody_of_what_is_unknown(desk, line, token):
    now = desk.clock.now()
    other = desk.people.tokens.make("arsip", "arsiparis", now.date(), "admin", now)
    address = f"{line.up().address}/api/titipan/hilang"

    answers = [
        httpx.post(
            address,
            json={"titipan": [CLAIM, "../x"]},
            headers={"authorization": f"Bearer {whose}"},
            timeout=PATIENCE,
        )
        for whose in (other, token)
    ]

    assert [answer.status_code for answer in answers] == [403, 200]
    assert answers[1].json() == {"lost": []}
