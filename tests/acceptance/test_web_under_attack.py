"""A real ``yankomas run`` with the usual 1,024 open files while strangers, or one account, want to close the desk."""

from __future__ import annotations

import json
import re
import resource
import signal
import ssl
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import attackers
import httpx
import pytest
from desk_certificate import certificate_in
from free_ports import free_port
from offices import laid_out
from patience import until

from pipeline.access.accounts import held
from pipeline.cases.case_number import CaseNumber
from pipeline.wiring import lay_out_demo, office_in

pytestmark = pytest.mark.slow
PASSWORD = "empat kata acak sekali"
ROLES = ("tim-yankomas", "kadiv", "kabid", "arsiparis")
_TOKEN = re.compile(r'name="csrf" value="([^"]+)"')
_YANKOMAS = str(Path(sys.executable).with_name("yankomas"))
#: Seconds that each attack goes on while others work.
_LONG = 30.0
#: And before, to know what the machine does without.
_QUIET = 10.0


def _usual_limit() -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (1024, 1024))


class Served:
    """An office with some cases, served by TLS."""

    def __init__(self, folder: Path) -> None:
        lay_out_demo(folder)
        laid_out(folder)
        first = min((folder / "inbox").glob("*.pdf"))
        self.letter = first.name, first.read_bytes()
        first.unlink()
        subprocess.run([_YANKOMAS, "--root", str(folder), "run", "--once"], check=True, capture_output=True)
        self.folder, self.root = folder, office_in(folder)
        self.certificate, _ = certificate_in(folder)
        settings = folder / "office.toml"
        words = 'tls = "sertifikat"', 'sertifikat = "meja.pem"', 'kunci_sertifikat = "meja.key"'
        text = settings.read_text()
        for word in words:
            name = word.partition(" ")[0]
            text = re.sub(rf'^{name} = ".*"', word, text, count=1, flags=re.MULTILINE)
        settings.write_text(text)
        for login in ("budi", "dewi"):
            people = self.root.people
            people.accounts.make(login, login.title(), [held(role) for role in ROLES], self.root.clock.now())
            people.accounts.set_password(login, PASSWORD)
        self.port = free_port()
        self._context = ssl.create_default_context(cafile=self.certificate)
        self.log = folder / "run.log"

    @contextmanager
    def running(self):
        """Run the program while the context lasts; it must still run at its end, and end in order."""
        command = [_YANKOMAS, "--root", str(self.folder), "run", "--port", str(self.port)]
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, preexec_fn=_usual_limit)
        try:
            until(self._answers)
            yield
            assert self.process.poll() is None, self.log.read_text()
        finally:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)

    def cases(self) -> int:
        """How many cases there are."""
        return len(list(self.root.cabinet.cases()))

    def _answers(self) -> bool:
        try:
            return self.browser().get("/masuk").status_code == 200
        except httpx.HTTPError:
            return False

    def browser(self, **more) -> httpx.Client:
        """A browser of its own connections."""
        return httpx.Client(base_url=f"https://localhost:{self.port}", verify=self._context, timeout=60, **more)

    def come_in(self, login: str) -> tuple[httpx.Client, float]:
        """Log in by the page; return the browser and the seconds from sending the form to being in."""
        browser = self.browser()
        token = _TOKEN.search(browser.get("/masuk").text)[1]
        begun = time.monotonic()
        answer = browser.post("/masuk", data={"login": login, "sandi": PASSWORD, "csrf": token})
        assert answer.status_code == 303, answer.text
        return browser, time.monotonic() - begun

    @contextmanager
    def attacked(self, kind: str, more: str = ""):
        """Attack while the context lasts."""
        program = [sys.executable, attackers.__file__, kind, str(self.port), str(self.certificate), more]
        command = ["nice", "-n", "19", *program]  # they are other machines, which take no processor of ours
        attack = subprocess.Popen(command, stdout=subprocess.PIPE)
        try:
            yield attack
        finally:
            attack.kill()
            attack.wait()


def _in_time(quiet, attacked):
    """Hold the promise: a login in half a second, a page in one; on a machine that is busy anyhow in proportion."""
    assert attacked[0] < max(0.5, 3 * quiet[0])
    assert attacked[1] < max(1.0, 3 * quiet[1])


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    return Served(tmp_path_factory.mktemp("kantor"))


def _worked(served, login, paths, long=_LONG):
    """Have somebody work for a while; return the longest seconds of a login, and of a page."""
    logins, pages, end = [], {}, time.monotonic() + long
    while time.monotonic() < end:
        browser, seconds = served.come_in(login)
        logins.append(seconds)
        for path in ("/masuk", *paths):
            begun = time.monotonic()
            answer = browser.get(path, follow_redirects=True)
            pages.setdefault(path, []).append(time.monotonic() - begun)
            assert answer.status_code == 200, path
        browser.close()
    for what, seconds in {"login": logins, **pages}.items():
        seconds.sort()
        print(f"{what}: n={len(seconds)} median={seconds[len(seconds) // 2]:.3f} longest={seconds[-3:]}")
    return logins[-1], max(seconds[-1] for seconds in pages.values())


def test_two_thousand_connections_of_twenty_addresses_close_nothing(served):
    paths = ("/", "/register", "/kasus/2026/0001", "/kotak-masuk")
    with served.running():
        quiet = _worked(served, "dewi", paths, _QUIET)
        with served.attacked("connections"):
            until(lambda: "terlalu banyak sambungan" in served.log.read_text())
            before, (name, letter) = served.cases(), served.letter
            (served.folder / "inbox" / name).write_bytes(letter)
            attacked = _worked(served, "dewi", paths)
            until(lambda: served.cases() > before)

        _in_time(quiet, attacked)


def test_one_account_that_asks_for_the_dearest_things_holds_up_nobody(served):
    with served.running():
        budi, _ = served.come_in("budi")
        names = [d.name for d in served.root.cabinet.case(CaseNumber(2026, 1)).documents]
        pdf = next(name for name in names if name.endswith(".pdf"))
        paths = [
            "/ringkasan/laporan?jenis=pdf&tahun=2026",
            "/register/buku.pdf?tahun=2026",
            "/arsip/2026/0001/berkas.pdf",
            "/arsip?q=upah+dan+tanah",
            "/arsip/2026/0001?periksa=ya",
            "/arsip/2026/0001/bag.zip",
            *(f"/kasus/2026/0001/naskah/{pdf}/halaman/{n}?lebar={w}" for n in (1, 2) for w in (240, 900, 1400)),
            f"/kasus/2026/0001/lihat/{pdf}",
        ]
        mine = ("/", "/register", "/kasus/2026/0001", f"/kasus/2026/0001/lihat/{pdf}")
        quiet = _worked(served, "dewi", mine, _QUIET)
        more = json.dumps({"cookies": dict(budi.cookies), "paths": paths})
        with served.attacked("requests", more) as attack:
            attacked = _worked(served, "dewi", mine)
        told = attack.stdout.read().decode().strip().splitlines()

        print(told[-1])
        assert "503" in json.loads(told[-1])
        _in_time(quiet, attacked)
