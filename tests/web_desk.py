"""A web desk for tests: a fake office with accounts, and browsers that have come in."""

from __future__ import annotations

import os
import re
import threading
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from urllib.parse import unquote

import anyio
import httpx
from anyio.from_thread import BlockingPortal
from argon2 import PasswordHasher
from fakes import FixedClock
from offices import FakeOffice
from starlette.types import ASGIApp, Message, Scope

from pipeline.access.accounts import held
from pipeline.access.store.password_hashes import Passwords
from pipeline.desk.app import create_app
from pipeline.desk.stated_reasons import StatedReasons
from pipeline.desk.visitor import Visitor
from pipeline.register.row import Row

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


class Whole(httpx.BaseTransport):
    """Brings a request to the desk and its answer back in one go; Starlette's own goes into the loop for every part."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer once all of it is there and everything after it is done; raises what the desk raises."""
        url = request.url
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": request.method,
            "scheme": url.scheme,
            "path": unquote(url.path),
            "raw_path": url.raw_path.partition(b"?")[0],
            "root_path": "",
            "query_string": url.query,
            "headers": [(name.lower(), value) for name, value in request.headers.raw],
            "client": ("testclient", 50000),
            "server": (url.host, url.port or 80),
            "state": {},
        }
        status, headers, body = _loop_of(os.getpid()).call(self._answered, scope, request.read())
        return httpx.Response(status, headers=headers, content=body, request=request)

    async def _answered(self, scope: Scope, body: bytes) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
        asked, begun, parts, over = [body], {}, [], anyio.Event()

        async def receive() -> Message:
            if asked:
                return {"type": "http.request", "body": asked.pop(), "more_body": False}
            await over.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                assert not begun, "an answer begins once"
                begun.update(message)
                return
            assert begun, "an answer begins before it has a body"
            assert not over.is_set(), "nothing comes behind the end of an answer"
            parts.append(bytes(message.get("body", b"")))
            if not message.get("more_body"):
                over.set()

        await self._app(scope, receive, send)
        assert over.is_set(), "an answer comes to its end"
        said = dict(begun["headers"]).get(b"content-length")
        assert scope["method"] == "HEAD" or said in (None, b"%d" % sum(map(len, parts))), "as long as it says"
        return begun["status"], begun["headers"], b"".join(parts) if scope["method"] != "HEAD" else b""


class Browser(httpx.Client):
    """A browser that follows no redirects by itself, and sends forms with the token of the page they stand on."""

    def __init__(self, app: ASGIApp, base_url: str = "http://127.0.0.1:8017") -> None:
        super().__init__(base_url=base_url, transport=Whole(app), trust_env=False)

    def post_form(self, path: str, data: dict | None = None, *, page: str | None = None, **more):
        """Open the page (default: the form's own path) and send its form."""
        return self.post(path, data={**(data or {}), "csrf": self.token(page or path)}, **more)

    def token(self, page: str) -> str:
        """The token of the forms on a page."""
        found = _TOKEN.search(self.get(page, follow_redirects=True).text)
        assert found, page
        return found[1]


class EverythingSaid(StatedReasons):
    """Everybody has said today why they read every case."""

    def owes(self, who: Visitor, row: Row, now: datetime) -> bool:
        """Let everybody read."""
        return False


class WebDesk:
    """The desk of a fake office."""

    def __init__(self, folder: Path, made: type[FakeOffice] = FakeOffice) -> None:
        self.office = made(folder)
        self.clock = FixedClock()
        self.office.clock = self.clock
        self.people = self.office.root.people
        self.people.accounts._passwords = Passwords(_CHEAP)
        self.app = create_app(self.office.root, people=self.people, clock=self.clock)
        self.app.state.desk.reasons = EverythingSaid(self.office.root.access_log)

    def asks_reasons(self) -> None:
        """Ask why a case is read, as the desk does; other tests take it that everybody has said so."""
        self.app.state.desk.reasons = StatedReasons(self.office.root.access_log)

    def stranger(self) -> Browser:
        """A browser that has not come in."""
        return Browser(self.app)

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
