"""Takes the guide's pictures of the web desk: ``python tools/desk_pictures.py [--keep FOLDER]``.

The demonstration's letters are read for real in an office of their own; some moves are made by command; then every page
is opened in Debian's Chromium, in the order of an office's day. Invented people only.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

import uvicorn
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from pipeline.adapters.people.accounts import held
from pipeline.adapters.people.people import People
from pipeline.web.app import create_app
from pipeline.wiring import Root

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "gambar" / "meja"
YANKOMAS = str(Path(sys.executable).with_name("yankomas"))
PASSWORD = "kata sandi rekaan saja"
PEOPLE = {
    "rani": ("Rani Contoh", ["tim-yankomas"]),
    "kepala": ("Kakanwil Contoh", ["kakanwil"]),
    "arsip": ("Arsiparis Contoh", ["arsiparis"]),
    "admin": ("Admin Contoh", ["admin"]),
}
CONFIRM = ["cara_penyampaian=surat", "hak=rasa aman"]
#: The moves that bring the demonstration's cases apart: case, move, role, answers.
MOVES: Sequence[tuple[int, str, str, list[str]]] = (
    (1, "konfirmasi", "tim-yankomas", CONFIRM),
    (1, "sampaikan", "tim-yankomas", []),
    (2, "konfirmasi", "tim-yankomas", CONFIRM),
    (2, "sampaikan", "tim-yankomas", []),
    (2, "disposisi", "kakanwil", ["isi_disposisi=Telaah; Siapkan konsep"]),
    (4, "konfirmasi", "tim-yankomas", CONFIRM),
)
#: The pictures in the order of a day: name, login, path, width.
DAY: Sequence[tuple[str, str, str, int]] = (
    ("masuk", "", "/masuk", 1366),
    ("kotak-masuk", "rani", "/kotak-masuk", 1366),
    ("kotak-masuk-telepon", "rani", "/kotak-masuk", 390),
    ("verifikasi", "rani", "/verifikasi", 1366),
    ("verifikasi-surat", "rani", "/verifikasi/2026/0003", 1366),
    ("buka", "rani", "/buka/lisan", 1366),
    ("meja-saya", "kepala", "/", 1366),
    ("perkara", "kepala", "/kasus/2026/0001", 1366),
    ("perkara-telepon", "kepala", "/kasus/2026/0001", 390),
    ("naskah", "rani", "/kasus/2026/0002/lihat/03-lembar-disposisi-v3.pdf", 1366),
    ("register", "arsip", "/register", 1366),
    ("arsip", "arsip", "/arsip?q=upah", 1366),
    ("ringkasan", "kepala", "/ringkasan", 1366),
    ("status", "", "/status", 390),
    ("akun", "admin", "/akun", 1366),
    ("akses", "admin", "/akses", 1366),
)
_TALLEST = 1500  # pixels of a picture's height


def main() -> int:
    """Make the office, open its pages, write the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, help="make the office here and keep it; used again if it is there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = options.keep or Path(name) / "kantor"
        if not folder.exists():
            _make(folder)
        _picture(folder)
    return 0


def _make(folder: Path) -> None:
    subprocess.run([YANKOMAS, "demo", str(folder)], check=True)
    year = Root(folder).clock.now().year
    for serial, move, role, answers in MOVES:
        typed = [word for answer in answers for word in ("--set", answer)]
        command = [YANKOMAS, "--root", str(folder), "do", f"{serial}/{year}", move, "--as", role, *typed]
        subprocess.run(command, check=True)
        subprocess.run([YANKOMAS, "--root", str(folder), "run", "--once"], check=True)
    root = Root(folder)
    people = People(root.layout.people)
    for login, (full, roles) in PEOPLE.items():
        people.accounts.make(login, full, [held(role) for role in roles], root.clock.now())
        people.accounts.set_password(login, PASSWORD)
    people.close()


def _picture(folder: Path) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    server = uvicorn.Server(uvicorn.Config(create_app(Root(folder)), port=0, log_config=None))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for name, login, path, width in DAY:
            _take(browser, f"http://127.0.0.1:{port}", name, login, path, width)
        browser.close()
    server.should_exit = True
    thread.join(10)


def _take(browser: Browser, address: str, name: str, login: str, path: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 768 if width > 600 else 844}, locale="id-ID")
    page = context.new_page()
    if login:
        page.goto(f"{address}/masuk")
        page.get_by_label("Nama masuk").fill(login)
        page.get_by_label("Kata sandi").fill(PASSWORD)
        page.get_by_role("button", name="Masuk").click()
        page.wait_for_url(f"{address}/")
    page.goto(f"{address}{path}")
    page.wait_for_load_state("load")
    whole = width < 600 or "verifikasi/" not in path
    target = PICTURES / f"{name}.png"
    page.screenshot(path=target, full_page=whole)
    with Image.open(target) as taken:
        shown = taken.crop((0, 0, taken.width, min(taken.height, _TALLEST)))
        shown.convert("RGB").quantize(128).save(target, optimize=True)
    context.close()


if __name__ == "__main__":
    sys.exit(main())
