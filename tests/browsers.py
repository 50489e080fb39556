"""A real browser at a desk that is really served: Debian's Chromium, driven by Playwright.

It is Chromium without windows of its own where that is installed (`chromium-headless-shell`): the same pages by the
same engine for less of the processor (a window 0.13 s where 0.50 were, a page of 150 fields 0.11 where 0.27 were).
"""

from __future__ import annotations

import re
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from patience import PATIENCE, until
from playwright.sync_api import Browser, Page, expect, sync_playwright
from web_desk import PASSWORD, WebDesk
from whole_pages import wait_for_whole_pages
from windows import noted

from pipeline.desk.connections import Patient
from pipeline.desk.crowd import DoorRules
from pipeline.desk.serving import DeskServer

DESKTOP, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
#: A rule of WCAG 2.2 that axe leaves out unless it is asked for: what is pressed is 24 pixels or has room around.
_RULES = {"rules": {"target-size": {"enabled": True}}}
expect.set_options(timeout=PATIENCE * 1000)


@contextmanager
def served(desk: WebDesk) -> Iterator[str]:
    """Serve a desk on a free port; gives its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    started = threading.Event()

    class Server(DeskServer):
        async def startup(self, sockets=None):
            await super().startup(sockets)
            started.set()

    config = uvicorn.Config(desk.app, log_config=None, http=Patient, timeout_graceful_shutdown=2)
    server = Server(config, listener, DoorRules(most=400, of_one=150), print)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    assert started.wait(PATIENCE)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        desk.app.state.desk.live_news.closing = True
        server.should_exit = True
        thread.join(PATIENCE)


#: Pages are drawn in the browser's own process: on a machine without a graphics card another only costs (15 % of all).
_DRAWN_HERE = ("--disable-gpu", "--in-process-gpu")
_TOKEN = re.compile(r'name="csrf" value="([^"]+)"')


@contextmanager
def own_chromium() -> Iterator[Browser]:
    """Start a browser."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        wait_for_whole_pages(patch)
        program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", *_DRAWN_HERE], timeout=PATIENCE * 1000
        )
        try:
            yield browser
        finally:
            browser.close()


@cache
def _shared() -> tuple[Browser, ExitStack]:
    running = ExitStack()
    return running.enter_context(own_chromium()), running


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give the browser of this process, whose windows are closed at the end; it stays for the tests that follow."""
    browser, _ = _shared()
    try:
        yield browser
    finally:
        for context in browser.contexts:
            context.close()


def needs_browser(item: pytest.Item) -> bool:
    """Whether a test lies in a module that opens the browser."""
    return isinstance(item, pytest.Function) and getattr(item.module, "chromium", None) is chromium


def close_browser() -> None:
    """End the browser of this process if it was started."""
    if _shared.cache_info().currsize:
        _, running = _shared()
        _shared.cache_clear()
        running.close()


def new_page(browser: Browser, **options: Any) -> Page:
    """Open a window of its own, in Indonesian, that waits as long as any test does."""
    context = browser.new_context(**{"viewport": DESKTOP, "locale": "id-ID", **options})
    context.set_default_timeout(PATIENCE * 1000)
    return noted(context.new_page())


class ServedDesk(WebDesk):
    """The desk of a fake office that is really served; ``page`` opens a browser in which somebody has come in."""

    def __init__(self, folder: Path, browser: Browser) -> None:
        super().__init__(folder)
        self._browser = browser
        self.address = ""

    def page(self, role: str, *, scripts: bool = True, size: Any = DESKTOP) -> Page:
        """Come in as somebody with a role, in a window of their own."""
        if role not in [a.login for a in self.people.accounts.all()]:
            self.account(role, role)
        page = new_page(self._browser, base_url=self.address, java_script_enabled=scripts, viewport=size)
        come_in(page, self.address, role)
        return page


@contextmanager
def hearing_news(desk: WebDesk, page: Page) -> Iterator[None]:
    """Open a page meanwhile, and wait until it hears the news of the desk."""
    page.goto("about:blank")  # what the page before it heard is not meant
    with page.expect_response("**/peristiwa"):
        yield
    until(lambda: desk.app.state.desk.live_news._news)


def come_in(page: Page, address: str, login: str) -> None:
    """Come in with the form of the login page, which is sent and not drawn; whoever looks at it draws it."""
    token = _TOKEN.search(page.request.get(f"{address}/masuk").text())
    assert token
    said = {"login": login, "sandi": PASSWORD, "csrf": token[1]}
    answer = page.request.post(f"{address}/masuk", form=said, max_redirects=0)
    assert answer.status == 303, answer.text()
    page.goto(f"{address}/")


def findings(page: Page) -> list[str]:
    """What axe finds on the page, whatever it thinks of its weight: rule and where."""
    found = Axe().run(page, options=_RULES).response["violations"]
    return [f"{v['id']}: {n['target']}" for v in found for n in v["nodes"]]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
