"""A web desk for tests: a fake office with accounts, and browsers that have come in."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path
from queue import SimpleQueue

import anyio
from anyio.from_thread import BlockingPortal
from argon2 import PasswordHasher
from fakes import FixedClock
from offices import FakeOffice
from starlette.testclient import TestClient

from pipeline.access.accounts import held
from pipeline.access.store.accounts import Passwords
from pipeline.access.store.people import SqlitePeople
from pipeline.desk.app import create_app

PASSWORD = "empat kata acak sekali"
#: What a clerk types to confirm a complaint of which nothing was read.
CONFIRMED = {
    "i.cara_penyampaian": "surat",
    "i.perihal": "Sengketa tanah rekaan",
    "i.pelapor.1.nama": "Siti Rekaan",
    "i.terlapor": "Kantor Contoh",
    "i.ringkasan": "Tanah dipagari.",
    "i.hak": ["rasa aman"],
}
#: Costs a test can pay; the real ones are argon2-cffi's.
_CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
_TOKEN = re.compile(r'name="csrf" value="([^"]+)"')


def posts_in(folder: Path) -> None:
    """Write into the office's file who holds which post: Budi that of the head, Dewi that of the head of division."""
    settings = folder / "office.toml"
    text = settings.read_text()
    for role, name, nip in (("kakanwil", "Budi Rekaan", "1970"), ("kadiv", "Dewi Rekaan", "1980")):
        text = text.replace(f'peran = "{role}"\n', f'peran = "{role}"\nnama = "{name}"\nnip = "{nip}"\n')
    settings.write_text(text)


@cache
def _loop_of(_process: int) -> BlockingPortal:
    """Start the loop in which the desks of a process answer: one for each request would cost more than most answers."""
    started: SimpleQueue[BlockingPortal] = SimpleQueue()

    async def run() -> None:
        async with BlockingPortal() as portal:
            started.put(portal)
            await portal.sleep_until_stopped()

    threading.Thread(target=anyio.run, args=(run,), daemon=True).start()
    return started.get()


class Browser(TestClient):
    """A browser that follows no redirects by itself, and sends forms with the token of the page they stand on."""

    @contextmanager
    def _portal_factory(self) -> Iterator[BlockingPortal]:
        yield self.portal or _loop_of(os.getpid())

    def post_form(self, path: str, data: dict | None = None, *, page: str | None = None, **more):
        """Open the page (default: the form's own path) and send its form."""
        return self.post(path, data={**(data or {}), "csrf": self.token(page or path)}, **more)

    def token(self, page: str) -> str:
        """The token of the forms on a page."""
        found = _TOKEN.search(self.get(page, follow_redirects=True).text)
        assert found, page
        return found[1]


class WebDesk:
    """The desk of a fake office."""

    def __init__(self, folder: Path, made: type[FakeOffice] = FakeOffice) -> None:
        self.office = made(folder)
        self.clock = FixedClock()
        self.office.clock = self.clock
        self.people = SqlitePeople(folder / ".akun", Passwords(_CHEAP))
        self.app = create_app(self.office.root, people=self.people, clock=self.clock)

    def stranger(self) -> Browser:
        """A browser that has not come in."""
        return Browser(self.app, base_url="http://127.0.0.1:8017", follow_redirects=False)

    def account(self, login: str, *roles: str, name: str = "", nip: str = "") -> str:
        """An account of a month ago with a password and these roles; by its NIP also those of the posts it holds."""
        made = self.clock.now() - timedelta(days=30)
        self.people.accounts.make(login, name or login.title(), [held(role) for role in roles], made, nip)
        self.people.accounts.set_password(login, PASSWORD)
        return login

    def browser(self, *roles: str) -> Browser:
        """A browser in which somebody with these roles has come in."""
        login = "-".join(roles) or "tanpa-peran"
        if login not in [a.login for a in self.people.accounts.all()]:
            self.account(login, *roles)
        return self.come_in(login)

    def come_in(self, login: str) -> Browser:
        """A browser in which that account has come in by the login page."""
        browser = self.stranger()
        answer = browser.post_form("/masuk", {"login": login, "sandi": PASSWORD})
        assert answer.status_code == 303, answer.text
        return browser
