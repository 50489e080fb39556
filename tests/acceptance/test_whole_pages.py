"""Tests in a browser look at whole pages: what they press ends when the page that it leads to has come to its end."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from browsers import chromium, new_page
from playwright.sync_api import Error


class Halting(BaseHTTPRequestHandler):
    """Answers with a link to a page that begins at once and comes to its end later."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.end_headers()
        if self.path == "/":
            self.wfile.write(b'<a href="/dua">Lanjut</a><button onclick="window.close()">Tutup</button>')
        elif self.path == "/dua":
            self.wfile.write(b"<!doctype html>")
            self.wfile.flush()
            time.sleep(0.2)
            self.wfile.write(b"<p>akhir</p>")

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture(scope="module")
def page():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Halting)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with chromium() as browser:
        yield new_page(browser, base_url=f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "press", [lambda page: page.click("a"), lambda page: page.locator("a").press("Enter")], ids=["click", "key"]
)
def test_what_is_pressed_leads_to_a_whole_page(page, press):
    page.goto("/")

    press(page)

    assert page.locator("p").count() == 1


def test_what_closes_its_own_window_has_come_to_its_end_and_nothing_is_pressed_in_a_closed_one(page):
    page.goto("/")
    with page.expect_popup() as opened:
        page.evaluate("window.open('/')")
    window = opened.value

    with window.expect_event("close"):
        window.click("button")

    with pytest.raises(Error, match="closed"):
        window.click("button")
