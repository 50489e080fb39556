"""An office becomes a service of its machine: rehearsed, installed, again without harm, taken away; never by halves."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.errors import EngineFault, EngineMissing, NotAllowed, Passing, SettingsFault
from pipeline.work.engines.service_machine import ThisMachine
from pipeline.work.install_service import LEAST_ROOM, install, rehearse, remove
from pipeline.work.service_plan import MARK, SHARE, ServicePlan
from pipeline.work.store.setup import lay_out

HOST = "127.0.0.1"


@dataclass
class FakeMachine:
    """A Debian in memory, on which everything may be done."""

    is_root: bool = True
    has_systemd: bool = True
    free: int = 10 * LEAST_ROOM
    taken: str = ""
    running: tuple[str, ...] = ()
    refuses: str = ""
    files: dict[Path, str] = field(default_factory=dict)
    offices: set[Path] = field(default_factory=set)
    done: list[tuple[str, ...]] = field(default_factory=list)
    owners: dict[Path, str] = field(default_factory=dict)

    def read(self, path):
        return self.files.get(path)

    def write(self, path, text):
        self.files[path] = text

    def remove(self, path):
        del self.files[path]

    def run(self, *command):
        if self.refuses and self.refuses in command:
            raise EngineFault("ditolak")
        self.done.append(command)

    def runs(self, unit):
        return unit in self.running

    def port_taken(self, host, port):
        return self.taken

    def room(self, folder):
        return self.free

    def has_office(self, folder):
        return folder in self.offices

    def give(self, folder, user):
        self.owners[folder] = user


def plan(**changes) -> ServicePlan:
    usual = {"folder": Path("/srv/yankomas"), "program": Path("/opt/yankomas/bin/yankomas"), "parts": (), "port": 8017}
    return ServicePlan(**{**usual, **changes})


def made(machine, its=None) -> list[str]:
    def laid_out(folder):
        machine.offices.add(folder)
        return ["dibuat     inbox", "Isi office.toml"]

    return install(its or plan(), HOST, machine, laid_out)


def test_a_rehearsal_tells_everything_and_writes_nothing():
    machine = FakeMachine(is_root=False)

    told = "\n".join(rehearse(plan(), HOST, machine))

    assert "ditulis    /etc/systemd/system/yankomas.service" in told
    assert "/srv/yankomas (folder kantor baru)" in told
    assert "HALANGAN" in told
    assert "perlu root" in told
    assert (machine.files, machine.done, machine.owners) == ({}, [], {})


def test_an_office_is_installed_and_again_without_harm():
    machine = FakeMachine()

    first = made(machine)
    files, machine.running = dict(machine.files), ("yankomas.service",)
    machine.taken = "sudah dipakai"  # by the service itself
    second = made(machine)

    assert machine.files == files == plan().files()
    assert all(MARK in text for text in files.values())
    assert any("inbox" in line for line in first)
    assert not any("inbox" in line for line in second)
    assert [line for line in second if line.startswith("sudah ada")]
    assert machine.owners == {Path("/srv/yankomas"): "yankomas"}
    assert ("systemctl", "restart", "yankomas.service") in machine.done


@pytest.mark.parametrize(
    ("machine", "its", "fault", "words"),
    [
        (FakeMachine(is_root=False), plan(), NotAllowed, "root"),
        (FakeMachine(has_systemd=False), plan(), EngineMissing, "systemd"),
        (FakeMachine(free=LEAST_ROOM - 1), plan(), Passing, "penuh"),
        (FakeMachine(taken="sudah dipakai"), plan(), Passing, "Pintu 8017"),
        (FakeMachine(), plan(folder=Path("/home/siti/kantor")), SettingsFault, "tidak terlihat oleh layanan"),
        (FakeMachine(), plan(parts=(Path("/root/venv"),)), SettingsFault, "/opt/yankomas"),
        (FakeMachine(), plan(folder=Path("/srv/kantor kami")), SettingsFault, "tidak dapat ditulis"),
        (FakeMachine(), plan(folder=Path("/srv/%h")), SettingsFault, "tidak dapat ditulis"),
        (
            FakeMachine(files={Path("/etc/systemd/system/yankomas.service"): "[Unit] milik orang"}),
            plan(),
            SettingsFault,
            "tidak ditulis `yankomas pasang`",
        ),
    ],
)
def test_what_stands_against_it_is_told_before_anything_is_written(machine, its, fault, words):
    before = dict(machine.files)

    with pytest.raises(fault, match=words):
        made(machine, its)

    assert (machine.files, machine.done, machine.owners) == (before, [], {})


def test_what_the_machine_refused_is_gone_on_with_by_doing_it_again():
    machine = FakeMachine(refuses="daemon-reload")
    with pytest.raises(EngineFault):
        made(machine)

    machine.refuses = ""
    made(machine)

    assert machine.done[-1] == ("systemctl", "restart", "yankomas.service")


def test_taking_it_away_leaves_the_office_and_what_others_wrote():
    machine, others = FakeMachine(), Path("/etc/samba/yankomas.conf")
    machine.files[others] = "[orang lain]"
    made(machine)

    told = remove(machine)

    assert set(machine.files) == {others}
    assert machine.offices == {Path("/srv/yankomas")}
    assert any("Folder kantor tidak disentuh" in line for line in told)
    assert remove(machine) == ["Tidak ada layanan Yankomas yang terpasang di komputer ini."]
    with pytest.raises(NotAllowed):
        remove(FakeMachine(is_root=False))


def test_a_low_port_alone_gives_the_service_a_capability():
    usual, low = (plan(port=port).files()[Path("/etc/systemd/system/yankomas.service")] for port in (8017, 443))

    assert "\nCapabilityBoundingSet=\n" in usual
    assert "\nCapabilityBoundingSet=CAP_NET_BIND_SERVICE\n" in low


def test_a_share_is_prepared_where_there_is_samba():
    assert SHARE not in plan().files()
    assert "path = /srv/yankomas/inbox" in plan(shares=True).files()[SHARE]


def test_the_machine_itself_answers(tmp_path):
    machine = ThisMachine(tmp_path)

    machine.write(Path("/etc/yankomas.conf"), "isi")
    assert machine.read(Path("/etc/yankomas.conf")) == "isi"
    machine.remove(Path("/etc/yankomas.conf"))
    assert machine.read(Path("/etc/yankomas.conf")) is None
    assert not machine.has_systemd
    assert machine.room(tmp_path / "belum" / "ada") > 0
    with closing(socket.create_server((HOST, 0))) as taken:
        assert machine.port_taken(HOST, taken.getsockname()[1])
    with pytest.raises(EngineFault, match="alat-yang-tidak-ada"):
        machine.run("alat-yang-tidak-ada")
    with pytest.raises(EngineFault, match="ditolak"):
        machine.run("false")


@pytest.mark.skipif(os.geteuid() != 0, reason="hanya root memberi berkas kepada akun lain")
def test_a_folder_becomes_an_accounts_and_links_are_not_followed(tmp_path):
    outside = tmp_path / "luar"
    outside.touch()
    (tmp_path / "kantor" / "inbox").mkdir(parents=True)
    (tmp_path / "kantor" / "inbox" / "tautan").symlink_to(outside)

    ThisMachine().give(tmp_path / "kantor", "nobody")

    assert (tmp_path / "kantor" / "inbox").stat().st_uid != 0
    assert outside.stat().st_uid == 0


def test_no_setting_of_a_unit_takes_away_what_confines_a_strangers_file():
    """Each of these was found, or is documented, to make bubblewrap or LibreOffice fail under systemd."""
    breaks = {"ProtectKernelTunables", "ProtectKernelLogs", "ProtectHostname", "ProtectProc", "ProcSubset"}
    breaks |= {"RestrictSUIDSGID", "MemoryDenyWriteExecute"}

    for path, text in plan().files().items():
        assert not breaks & {line.partition("=")[0] for line in text.splitlines()}, path


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze tidak terpasang")
def test_systemd_reads_the_units_without_complaint_and_finds_the_service_well_kept(tmp_path):
    for path, text in plan(program=Path("/bin/true")).files().items():
        if path.parent.name == "system":
            (tmp_path / path.name).write_text(text)

    read = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))],
        capture_output=True,
        text=True,
        check=False,
    )
    kept = subprocess.run(
        ["systemd-analyze", "security", "--offline=yes", "--threshold=35", str(tmp_path / "yankomas.service")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (read.returncode, read.stderr) == (0, "")
    assert kept.returncode == 0, kept.stdout[-2000:]


def test_the_command_refuses_in_words_where_it_cannot(tmp_path, capsys):
    folder = tmp_path / "kantor kami"  # a name that no unit can have: whatever this machine is, nothing is installed
    lay_out(folder)

    code = main(["--root", str(folder), "pasang"])

    assert code != 0
    assert "yankomas: " in capsys.readouterr().err
    assert main(["--root", str(folder), "pasang", "--coba"]) == 0
    told = capsys.readouterr().out
    assert "namanya memuat tanda" in told
    assert "Tidak ada yang ditulis." in told


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl tidak terpasang")
def test_the_guides_own_certificate_is_believed_by_who_has_its_issuer_for_that_name_alone(tmp_path):
    guide = (Path(__file__).parents[2] / "docs" / "panduan" / "memasang.md").read_text(encoding="utf-8")
    commands = guide.partition("<!-- sertifikat -->\n```sh\n")[2].partition("```")[0]
    subprocess.run(["sh", "-ec", commands], cwd=tmp_path, capture_output=True, check=True)
    serving = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    serving.load_cert_chain(tmp_path / "meja.pem", tmp_path / "meja.key")

    assert _shake_hands(serving, ssl.create_default_context(cafile=tmp_path / "penerbit.pem"), "yankomas.kantor.lan")
    with pytest.raises(ssl.SSLCertVerificationError):
        _shake_hands(serving, ssl.create_default_context(cafile=tmp_path / "penerbit.pem"), "lain.kantor.lan")


def _shake_hands(serving: ssl.SSLContext, asking: ssl.SSLContext, name: str) -> bool:
    """Let two ends of TLS meet in memory."""
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = [serving.wrap_bio(there, back, server_side=True), asking.wrap_bio(back, there, server_hostname=name)]
    for _ in range(4):
        for end in ends:
            with suppress(ssl.SSLWantReadError):
                end.do_handshake()
    return all(end.version() for end in ends)
