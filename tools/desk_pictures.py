"""Takes the guide's pictures of the web desk: ``python tools/desk_pictures.py [--keep FOLDER] [PICTURE ...]``.

An office with a year of cases (``filled_office.py``) gets the demonstration's letters, which are read for real; some
moves are made by command; then every page is opened in Debian's Chromium, in the order of an office's day. The
disposition sheet of what was told at the counter is the picture of a sheet in README. Invented people only.
"""

from __future__ import annotations

import argparse
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import filled_office
import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from pipeline.access.accounts import FIRST, held
from pipeline.access.store.people import SqlitePeople
from pipeline.cases.case_number import CaseNumber
from pipeline.wiring import Root
from pipeline.work.store.setup import samples

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures" / "desk"
YANKOMAS = str(Path(sys.executable).with_name("yankomas"))
PASSWORD = "kata sandi rekaan saja"
PEOPLE = {
    "rani": ("Rani Contoh", ["tim-yankomas"]),
    "kepala": ("Budi Contoh", ["kakanwil"]),
    "kadiv": ("Dewi Rekaan", ["kadiv"]),
    "subbid": ("Fitri Umpama", ["kasubbid"]),
    "arsip": ("Sri Misal", ["arsiparis"]),
    "admin": ("Adi Contoh", ["admin"]),
}
CONFIRM = ["cara_penyampaian=surat", "hak=rasa aman"]
REVIEW = [
    "persoalan=Apakah penanganan pengaduan itu melanggar hak atas rasa aman?",
    "analisis_hak=Pasal 29 dan 30 Undang-Undang Nomor 39 Tahun 1999.",
    "indikasi=ya",
    "berwenang=ya",
    "saran=rekomendasi",
]
DISPOSED = ["isi_disposisi=Telaah; Siapkan konsep"]
NOTE, LETTER = "04-nota-telaahan", "06-surat-rekomendasi"
#: What somebody told at the counter: the sixth case, whose letters are on their way.
TOLD = [
    "perihal=Bantuan pangan dihentikan tanpa alasan",
    "pelapor=Dewi Misal",
    "terlapor=Kantor Desa Contoh",
    "uraian=Bantuan pangan keluarganya dihentikan sejak Agustus.",
]
COMPOSED = [
    "tujuan_surat=Kepala Dinas Sosial Kabupaten Contoh",
    "tempat_tujuan=Bengkulu",
    "ringkasan_pengaduan=Bantuan pangan sebuah keluarga dihentikan tanpa alasan.",
    "hasil_klarifikasi=Kantor desa membenarkan penghentian itu.",
    "analisis=Pasal 41 Undang-Undang Nomor 39 Tahun 1999.",
    "rekomendasi=Kantor Desa Contoh | Melanjutkan bantuan itu | 14 hari sejak surat diterima",
]
#: How many cases the office has before those of the day.
FORMER = len(filled_office.complaints())
#: The moves that bring the demonstration's cases apart: case, move, role, answers.
MOVES: Sequence[tuple[int, str, str, list[str]]] = (
    (1, "konfirmasi", "tim-yankomas", CONFIRM),
    (1, "sampaikan", "tim-yankomas", []),
    (2, "konfirmasi", "tim-yankomas", CONFIRM),
    (2, "sampaikan", "tim-yankomas", []),
    (2, "disposisi", "kakanwil", DISPOSED),
    (2, "disposisi", "kadiv", DISPOSED),
    (2, "disposisi", "kabid", DISPOSED),
    (2, "telaah", "kasubbid", REVIEW),
    (2, "paraf-naskah", "kabid", [f"naskah={NOTE}", "versi=1"]),
    (2, "paraf-naskah", "kadiv", [f"naskah={NOTE}", "versi=1"]),
    (2, "putuskan-nota", "kakanwil", ["keputusan=rekomendasi"]),
    (4, "konfirmasi", "tim-yankomas", CONFIRM),
    (6, "konfirmasi", "tim-yankomas", ["ringkasan=Bantuan pangan dihentikan.", "hak=kesejahteraan"]),
    (6, "sampaikan", "tim-yankomas", []),
    (6, "disposisi", "kakanwil", DISPOSED),
    (6, "disposisi", "kadiv", DISPOSED),
    (6, "disposisi", "kabid", DISPOSED),
    (6, "telaah", "kasubbid", REVIEW),
    (6, "paraf-naskah", "kabid", [f"naskah={NOTE}", "versi=1"]),
    (6, "paraf-naskah", "kadiv", [f"naskah={NOTE}", "versi=1"]),
    (6, "putuskan-nota", "kakanwil", ["keputusan=rekomendasi"]),
    (6, "nomori-naskah", "tim-yankomas", [f"naskah={NOTE}"]),
    (6, "susun-rekomendasi", "kasubbid", COMPOSED),
    (6, "paraf-naskah", "kabid", [f"naskah={LETTER}", "versi=1"]),
    (6, "kembalikan", "kadiv", ["alasan=Sebut pula surat keputusan penghentiannya."]),
    (6, "ajukan-rekomendasi", "kasubbid", []),
    (6, "paraf-naskah", "kabid", [f"naskah={LETTER}", "versi=1"]),
)
#: The picture of a sheet: its name, the case's number, the sheet, and how wide it is, in points.
SHEET, SHEET_OF, SHEET_DRAWN, SHEET_WIDE = "lembar-disposisi", FORMER + 6, "03-lembar-disposisi", 640
#: The pictures in the order of a day: name, login, path, width.
DAY: Sequence[tuple[str, str, str, int]] = (
    ("masuk-pertama", "", "/masuk/pertama?kunci={key}", 1366),
    ("masuk", "", "/masuk", 1366),
    ("kotak-masuk", "rani", "/kotak-masuk", 1366),
    ("kotak-masuk-telepon", "rani", "/kotak-masuk", 390),
    ("verifikasi", "rani", "/verifikasi", 1366),
    ("verifikasi-surat", "rani", f"/verifikasi/2026/{FORMER + 3:04d}", 1366),
    ("tanda-terima", "rani", f"/kasus/2026/{FORMER + 4:04d}/tanda-terima", 1366),
    ("buka", "rani", "/buka/lisan", 1366),
    ("meja-saya", "kepala", "/", 1366),
    ("perkara", "kepala", f"/kasus/2026/{FORMER + 1:04d}", 1366),
    ("perkara-telepon", "kepala", f"/kasus/2026/{FORMER + 1:04d}", 390),
    ("surat", "rani", "/surat", 1366),
    ("surat-satu", "kadiv", f"/kasus/2026/{FORMER + 6:04d}/surat/{LETTER}", 1366),
    ("gerak", "subbid", f"/kasus/2026/{FORMER + 2:04d}/gerak/susun-rekomendasi", 1366),
    ("naskah", "subbid", f"/kasus/2026/{FORMER + 2:04d}/lihat/{NOTE}-v1.pdf", 1366),
    ("sunting", "subbid", f"/kasus/2026/{FORMER + 2:04d}/isi/{NOTE}", 1366),
    ("bagan", "subbid", f"/kasus/2026/{FORMER + 2:04d}/bagan", 1366),
    ("salin", "rani", f"/kasus/2026/{FORMER + 2:04d}/salin", 1366),
    ("register", "arsip", "/register", 1366),
    ("arsip", "arsip", "/arsip?q=upah", 1366),
    ("map", "arsip", f"/arsip/2026/{FORMER + 2:04d}?periksa=1", 1366),
    ("ringkasan", "kepala", "/ringkasan", 1366),
    ("status", "", "/status", 390),
    ("status-jawaban", "", "/status", 390),
    ("akun", "admin", "/akun", 1366),
    ("keutuhan", "admin", "/keutuhan", 1366),
    ("akses", "admin", "/akses", 1366),
)
_TALLEST = 1100  # pixels of a picture's height
_RARE = ("#a11a22", "#7a4c00", "#1a6238", "#d9a441", "#fdeeee", "#fdf3dc")
#: Pages with a part that stays in sight while one scrolls are taken as one sees them, others whole.
_SCROLLED = ("verifikasi/", "/isi/")


def main() -> int:
    """Make the office, open its pages, write the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, help="make the office here and keep it; used again if it is there")
    parser.add_argument("pictures", nargs="*", metavar="PICTURE", help="only these; all of them where none is named")
    options = parser.parse_args()
    wanted = options.pictures or [SHEET, *(name for name, *_ in DAY)]
    with tempfile.TemporaryDirectory() as name:
        folder = options.keep or Path(name) / "kantor"
        if not folder.exists():
            _make(folder)
        if SHEET in wanted:
            _sheet(folder)
        _picture(folder, [taken for taken in DAY if taken[0] in wanted])
    return 0


def _make(folder: Path) -> None:
    filled_office.main(folder)
    year = Root(folder).clock.now().year
    for sample in samples():
        shutil.copyfile(sample, folder / "inbox" / sample.name)
    subprocess.run([YANKOMAS, "--root", str(folder), "run", "--once"], check=True)
    _yankomas(folder, ["buka", "--lisan"], "tim-yankomas", TOLD)
    for serial, move, role, answers in MOVES:
        _yankomas(folder, ["do", f"{FORMER + serial}/{year}", move], role, answers)
    root = Root(folder)
    people = SqlitePeople(root.layout.people)
    for login, (full, roles) in PEOPLE.items():
        people.accounts.make(login, full, [held(role) for role in roles], root.clock.now())
        people.accounts.set_password(login, PASSWORD)
    people.close()


def _yankomas(folder: Path, command: list[str], role: str, answers: list[str]) -> None:
    """Make a move with its answers at the terminal, and let the machine do its part."""
    typed = [word for answer in answers for word in ("--set", answer)]
    for words in ([*command, "--as", role, *typed], ["run", "--once"]):
        subprocess.run([YANKOMAS, "--root", str(folder), *words], check=True)


def _sheet(folder: Path) -> None:
    """Draw the first page of the newest print of the sheet."""
    prints = (folder / "archive").glob(f"*/{SHEET_OF:04d}/data/{SHEET_DRAWN}-v*.pdf")
    newest = max(prints, key=lambda path: path.stat().st_mtime)
    page = pypdfium2.PdfDocument(newest)[0].render(scale=4, grayscale=True).to_pil()
    page.thumbnail((SHEET_WIDE, page.height), Image.Resampling.LANCZOS)
    page.quantize(16).save(PICTURES.parent / f"{SHEET}.png", optimize=True)


def _picture(folder: Path, day: Sequence[tuple[str, str, str, int]]) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    office = subprocess.Popen([YANKOMAS, "--root", str(folder), "run", "--port", str(port)], stdout=subprocess.DEVNULL)
    try:
        _wait_for(port)
        with sync_playwright() as playwright:
            program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
            browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
            desk = _Desk(browser, Root(folder), f"http://127.0.0.1:{port}")
            for name, login, path, width in day:
                desk.take(name, login, path, width)
            browser.close()
    finally:
        office.terminate()
        office.wait(30)


def _wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("The desk does not answer.")


class _Desk:
    """The desk in a browser: everybody comes in once for each width, as a person would."""

    def __init__(self, browser: Browser, root: Root, address: str) -> None:
        self._browser, self._root, self._address = browser, root, address
        self._pages: dict[tuple[str, int], Page] = {}

    def take(self, name: str, login: str, path: str, width: int) -> None:
        """Write one picture."""
        if (login, width) not in self._pages:
            self._pages[login, width] = self._come_in(login, width)
        page = self._pages[login, width]
        page.goto(self._address + (path.format(key=_first_key(self._root)) if "{key}" in path else path))
        if name == "status-jawaban":
            page.get_by_label("Kode status").fill(_code(self._root))
            page.get_by_role("button", name="Lihat status").click()
        page.wait_for_load_state("load")
        page.wait_for_timeout(1000)  # the pages of scans are drawn while one looks
        whole = width < 600 or not any(part in path for part in _SCROLLED)
        target = PICTURES / f"{name}.png"
        page.screenshot(path=target, full_page=whole)
        with Image.open(target) as taken:
            _small(taken.crop((0, 0, taken.width, min(taken.height, _TALLEST))).convert("RGB")).save(
                target, optimize=True
            )

    def _come_in(self, login: str, width: int) -> Page:
        window = {"width": width, "height": 768 if width > 600 else 844}
        page = self._browser.new_context(viewport=window, locale="id-ID").new_page()
        if login:
            page.goto(f"{self._address}/masuk")
            page.get_by_label("Nama masuk").fill(login)
            page.get_by_label("Kata sandi").fill(PASSWORD)
            page.get_by_role("button", name="Masuk").click()
            page.wait_for_url(f"{self._address}/")
        return page


def _small(picture: Image.Image) -> Image.Image:
    """Return a picture of few colours, among them the desk's rare ones (the red of what is late, the gold)."""
    with_rare = picture.copy()
    side = round((picture.width * picture.height / 150) ** 0.5)
    for n, colour in enumerate(_RARE):
        with_rare.paste(colour, (n * side, 0, (n + 1) * side, side))
    return picture.quantize(palette=with_rare.quantize(160), dither=Image.Dither.NONE)


def _first_key(root: Root) -> str:
    """Return a key for the page of the first admin, as the terminal shows it."""
    people = SqlitePeople(root.layout.people)
    key = people.links.make(FIRST, root.clock.now())
    people.close()
    return key


def _code(root: Root) -> str:
    """Return the code on a complainant's receipt."""
    return root.cabinet.case(CaseNumber(root.clock.now().year, FORMER + 2)).received.status_code


if __name__ == "__main__":
    sys.exit(main())
